// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

#include "core/config/connectionsettings.h"
#include "core/config/keychain.h"
#include "core/config/secrets.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

Result<ConnectionSettings> parse(const QByteArray &text)
{
    return connectionFromJson(QJsonDocument::fromJson(text).object(), u"/w/connections.json"_s, u"connections[0]"_s,
                              u"/w"_s);
}

class FakeKeychain final : public Keychain
{
public:
    bool isAvailable() override { return error != ErrorCode::KeychainUnavailable; }
    Result<Secret> read(const QString &key, Cancellation *) override
    {
        if (error || !entries.contains(key))
            return fail(error.value_or(ErrorCode::PasswordMissing));
        return Secret(entries.value(key));
    }
    Result<void> write(const QString &key, const Secret &secret, Cancellation *) override
    {
        entries.insert(key, secret.bytes());
        return {};
    }
    Result<void> remove(const QString &key, Cancellation *) override
    {
        entries.remove(key);
        return {};
    }

    QMap<QString, QByteArray> entries;
    std::optional<ErrorCode> error;
};

const QByteArray server = R"("driver": "postgres", "host": "h", "database": "d")";

} // namespace

class TestConnectionSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refuses_data();
    void refuses();
    void roundTrip_data();
    void roundTrip();
    void sshWay();
    void urls_data();
    void urls();
    void refusesUrls_data();
    void refusesUrls();
    void tlsModeDependsOnHost_data();
    void tlsModeDependsOnHost();
    void passwordFromEnvironment();
    void passwordFromFile();
    void passwordFromPerson();
    void passwordFromKeychain_data();
    void passwordFromKeychain();
};

void TestConnectionSettings::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("path");
    const auto row = [](const char *name, const QByteArray &text, ErrorCode code, const char *path) {
        QTest::newRow(name) << '{' + text + '}' << static_cast<int>(code) << QString::fromUtf8(path);
    };
    row("no driver", R"("database": "x")", ErrorCode::MissingKey, ".driver");
    row("driver", R"("driver": "oracle")", ErrorCode::WrongValue, ".driver");
    row("driver type", R"("driver": 3)", ErrorCode::WrongType, ".driver");
    row("odbc", R"("driver": "odbc", "database": "s")", ErrorCode::NotAvailable, ".driver");
    row("unknown key", server + R"(, "hots": "x")", ErrorCode::UnknownKey, ".hots");
    row("no host", R"("driver": "mysql", "database": "d")", ErrorCode::MissingKey, ".host");
    row("no database", R"("driver": "mysql", "host": "d")", ErrorCode::MissingKey, ".database");
    row("no file", R"("driver": "sqlite")", ErrorCode::MissingKey, ".database");
    row("empty file", R"("driver": "sqlite", "database": "")", ErrorCode::WrongValue, ".database");
    row("memory", R"("driver": "sqlite", "database": ":memory:")", ErrorCode::WrongValue, ".database");
    row("uri", R"("driver": "sqlite", "database": "file:x?mode=rwc")", ErrorCode::WrongValue, ".database");
    row("sqlite host", R"("driver": "sqlite", "database": "d", "host": "h")", ErrorCode::WrongValue, ".host");
    row("mysql schema", R"("driver": "mysql", "host": "h", "database": "d", "schema": "s")", ErrorCode::WrongValue,
        ".schema");
    row("port", server + R"(, "port": 65536)", ErrorCode::WrongValue, ".port");
    row("port text", server + R"(, "port": "5432")", ErrorCode::WrongType, ".port");
    row("timeout", server + R"(, "timeout": 10)", ErrorCode::WrongType, ".timeout");
    row("timeout zero", server + R"(, "timeout": "0s")", ErrorCode::WrongValue, ".timeout");
    row("read only", server + R"(, "readOnly": 1)", ErrorCode::WrongType, ".readOnly");
    row("clear password", server + R"(, "password": "geheim")", ErrorCode::PasswordInClear, ".password");
    row("clear number", server + R"(, "password": 4711)", ErrorCode::PasswordInClear, ".password");
    row("keychain empty", server + R"(, "password": {"keychain": ""})", ErrorCode::WrongValue, ".password.keychain");
    row("keychain type", server + R"(, "password": {"keychain": 7})", ErrorCode::WrongType, ".password.keychain");
    row("keychain lines", server + R"(, "password": {"keychain": "a\nb"})", ErrorCode::WrongValue,
        ".password.keychain");
    row("keychain and file", server + R"(, "password": {"keychain": "a", "file": "b"})", ErrorCode::WrongValue,
        ".password");
    row("keychain of a file", R"("driver": "sqlite", "database": "d", "password": {"keychain": "x"})",
        ErrorCode::WrongValue, ".password");
    row("two passwords", server + R"(, "password": {"env": "A", "file": "b"})", ErrorCode::WrongValue, ".password");
    row("no password", server + R"(, "password": {})", ErrorCode::WrongValue, ".password");
    row("password value", server + R"(, "password": {"value": "geheim"})", ErrorCode::UnknownKey, ".password.value");
    row("ssh type", server + R"(, "ssh": "bastion")", ErrorCode::WrongType, ".ssh");
    row("ssh list", server + R"(, "ssh": ["bastion"])", ErrorCode::WrongType, ".ssh");
    row("ssh empty", server + R"(, "ssh": {})", ErrorCode::MissingKey, ".ssh.host");
    row("ssh without host", server + R"(, "ssh": {"user": "me"})", ErrorCode::MissingKey, ".ssh.host");
    row("ssh host null", server + R"(, "ssh": {"host": null})", ErrorCode::WrongType, ".ssh.host");
    row("ssh host type", server + R"(, "ssh": {"host": 22})", ErrorCode::WrongType, ".ssh.host");
    row("ssh host empty", server + R"(, "ssh": {"host": ""})", ErrorCode::WrongValue, ".ssh.host");
    row("ssh option", server + R"(, "ssh": {"host": "-oProxyCommand=id"})", ErrorCode::WrongValue, ".ssh.host");
    row("ssh shell", server + R"(, "ssh": {"host": "a;b"})", ErrorCode::WrongValue, ".ssh.host");
    row("ssh lines", server + R"(, "ssh": {"host": "a\nb"})", ErrorCode::WrongValue, ".ssh.host");
    row("ssh user option", server + R"(, "ssh": {"host": "b", "user": "-l"})", ErrorCode::WrongValue, ".ssh.user");
    row("ssh user type", server + R"(, "ssh": {"host": "b", "user": true})", ErrorCode::WrongType, ".ssh.user");
    row("ssh port", server + R"(, "ssh": {"host": "b", "port": 0})", ErrorCode::WrongValue, ".ssh.port");
    row("ssh port text", server + R"(, "ssh": {"host": "b", "port": "22"})", ErrorCode::WrongType, ".ssh.port");
    row("ssh key type", server + R"(, "ssh": {"host": "b", "key": {}})", ErrorCode::WrongType, ".ssh.key");
    row("ssh password", server + R"(, "ssh": {"host": "b", "password": "geheim"})", ErrorCode::UnknownKey,
        ".ssh.password");
    row("ssh unknown", server + R"(, "ssh": {"hots": "b"})", ErrorCode::UnknownKey, ".ssh.hots");
    row("ssh of a file", R"("driver": "sqlite", "database": "d", "ssh": {"host": "b"})", ErrorCode::WrongValue, ".ssh");
    row("ssh to a socket", R"("driver": "mysql", "host": "/run/x.sock", "database": "d", "ssh": {"host": "b"})",
        ErrorCode::WrongValue, ".host");
    row("tls mode", server + R"(, "tls": "on")", ErrorCode::WrongValue, ".tls");
    row("tls object", server + R"(, "tls": {"mode": true})", ErrorCode::WrongType, ".tls.mode");
    row("tls list", server + R"(, "tls": [])", ErrorCode::WrongType, ".tls");
    row("tls pin", server + R"(, "tls": {"pin": "abc"})", ErrorCode::WrongValue, ".tls.pin");
    row("tls key", server + R"(, "tls": {"cacert": "x"})", ErrorCode::UnknownKey, ".tls.cacert");
}

void TestConnectionSettings::refuses()
{
    QFETCH(QByteArray, text);
    QFETCH(int, code);
    QFETCH(QString, path);
    const auto result = parse(text);
    QVERIFY(!result);
    QCOMPARE(codeName(result.error().code), codeName(static_cast<ErrorCode>(code)));
    QCOMPARE(result.error().facts.value(Fact::JsonPath), "connections[0]"_L1 + path);
    QCOMPARE(result.error().facts.value(Fact::File), u"/w/connections.json"_s);
    for (const QString &fact : result.error().facts)
        QVERIFY2(!fact.contains("geheim"_L1) && !fact.contains("4711"_L1), "a password in a message");
    if (result.error().code == ErrorCode::PasswordInClear) {
        for (const QLatin1StringView form : {"keychain"_L1, "env"_L1, "file"_L1, "ask"_L1})
            QVERIFY(result.error().facts.value(Fact::Expected).contains(form));
    }
}

void TestConnectionSettings::roundTrip_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("sqlite") << QByteArray(R"({"driver": "sqlite", "database": "/a b/ü.db", "readOnly": true})");
    QTest::newRow("postgres") << QByteArray(R"({"name": "shop", "driver": "postgres", "host": "127.0.0.1", "port": 5432,
        "database": "shop", "schema": "public", "user": "app", "password": {"env": "PW"}, "timeout": "3s", "production": true,
        "tls": {"mode": "verify-full", "ca": "/ca.pem", "cert": "/c.pem", "key": "/k.pem"}})");
    QTest::newRow("mysql") << QByteArray(R"({"driver": "mysql", "host": "/run/mysqld/mysqld.sock", "database": "d",
        "password": "ask", "tls": "disable"})");
    QTest::newRow("password file") << QByteArray(
        R"({"driver": "mysql", "host": "h", "database": "d", "password": {"file": "/s/pw"}})");
    QTest::newRow("keychain") << QByteArray(
        R"({"driver": "mysql", "host": "h", "database": "d", "password": {"keychain": "店 – shop"}})");
    QTest::newRow("ssh") << QByteArray(R"({"driver": "mysql", "host": "localhost", "database": "d",
        "ssh": {"host": "bastion.example", "port": 2222, "user": "me", "key": "/k/id_ed25519"}})");
    QTest::newRow("ssh plain") << QByteArray(
        R"({"driver": "postgres", "host": "::1", "database": "d", "ssh": {"host": "fe80::1%eth0"}})");
}

void TestConnectionSettings::roundTrip()
{
    QFETCH(QByteArray, text);
    const auto first = parse(text);
    QVERIFY(first);
    QCOMPARE(connectionToJson(*first), QJsonDocument::fromJson(text).object());
    const auto second = parse(QJsonDocument(connectionToJson(*first)).toJson());
    QVERIFY(second);
    QCOMPARE(*second, *first);

    const auto relative = parse(R"({"driver": "postgres", "host": "h", "database": "d", "password": {"file": "pw"},
        "tls": {"ca": "../ca.pem", "pin": "AA:)"
                                + QByteArray(62, '0') + R"("}})");
    QVERIFY(relative);
    QCOMPARE(relative->password.name, u"/w/pw"_s);
    QCOMPARE(relative->tls.ca, u"/ca.pem"_s);
    QCOMPARE(relative->tls.pin, u"aa"_s + QString(62, u'0'));
}

void TestConnectionSettings::sshWay()
{
    const auto plain = parse('{' + server + R"(, "ssh": {"host": "b"}})");
    QVERIFY(plain);
    QCOMPARE(*plain->ssh, (SshSettings{u"b"_s, 22, {}, {}}));
    QCOMPARE(plain->ssh->label(), u"b"_s);
    QVERIFY(!parse('{' + server + R"(, "ssh": null})")->ssh);
    const auto relative =
        parse('{' + server + R"(, "ssh": {"host": "b", "port": 23, "user": "me", "key": "keys/id"}})");
    QVERIFY(relative);
    QCOMPARE(relative->ssh->key, u"/w/keys/id"_s);
    QCOMPARE(relative->ssh->label(), u"me@b:23"_s);
    const auto home = parse('{' + server + R"(, "ssh": {"host": "b", "key": "~/.ssh/id_ed25519"}})");
    QVERIFY(home);
    QCOMPARE(home->ssh->key, QDir::homePath() + "/.ssh/id_ed25519"_L1);
}

void TestConnectionSettings::urls_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("label");
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("postgres") << u"postgres://app@db.example:5433/shop?schema=sales&tls=require"_s
                              << u"postgres://db.example:5433/shop"_s
                              << QByteArray(
                                     R"({"driver": "postgres", "host": "db.example", "port": 5433, "database": "shop",
                                 "schema": "sales", "user": "app", "tls": "require"})");
    QTest::newRow("postgresql") << u"postgresql://h/d"_s << u"postgres://h/d"_s
                                << QByteArray(R"({"driver": "postgres", "host": "h", "database": "d"})");
    QTest::newRow("socket") << u"postgres:///d?host=/run/postgresql"_s << u"postgres:///run/postgresql/d"_s
                            << QByteArray(R"({"driver": "postgres", "host": "/run/postgresql", "database": "d"})");
    QTest::newRow("IPv6") << u"mysql://[::1]:3307/d"_s << u"mysql://::1:3307/d"_s
                          << QByteArray(R"({"driver": "mysql", "host": "::1", "port": 3307, "database": "d"})");
    QTest::newRow("mariadb") << u"mariadb://me%40home@h/my%20db?timeout=5s"_s << u"mysql://h/my db"_s
                             << QByteArray(R"({"driver": "mysql", "host": "h", "user": "me@home", "database": "my db",
                                "timeout": "5s"})");
    QTest::newRow("sqlite") << u"sqlite:///tmp/a%20b.db"_s << u"/tmp/a b.db"_s
                            << QByteArray(R"({"driver": "sqlite", "database": "/tmp/a b.db"})");
    QTest::newRow("file") << u"/tmp/100%.db"_s << u"/tmp/100%.db"_s
                          << QByteArray(R"({"driver": "sqlite", "database": "/tmp/100%.db"})");
}

void TestConnectionSettings::urls()
{
    QFETCH(QString, url);
    QFETCH(QString, label);
    QFETCH(QByteArray, json);
    const auto settings = connectionFromUrl(url);
    QVERIFY(settings);
    QCOMPARE(settings->label(), label);
    QCOMPARE(connectionToJson(*settings), QJsonDocument::fromJson(json).object());
    QCOMPARE(connectionFromUrl(u"x.db"_s)->database, QDir::currentPath() + "/x.db"_L1);
}

void TestConnectionSettings::refusesUrls_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<int>("code");
    const auto row = [](const char *url, ErrorCode code) {
        QTest::newRow(url) << QString::fromUtf8(url) << static_cast<int>(code);
    };
    row("postgres://app:geheim@h/d", ErrorCode::PasswordInClear);
    row("postgres://app:ge@heim@h/d", ErrorCode::PasswordInClear);
    row("postgres://app:ge heim%@h/d", ErrorCode::PasswordInClear);
    row("postgres://h/d?password=geheim", ErrorCode::PasswordInClear);
    row("postgres://h", ErrorCode::MissingKey);
    row("postgres:///d", ErrorCode::MissingKey);
    row("postgres://h/d?sslmode=maybe", ErrorCode::WrongValue);
    row("postgres://h/d?geheim=1", ErrorCode::UnknownKey);
    row("postgres://h:99999/d", ErrorCode::WrongValue);
    row("mysql://h/d?schema=s", ErrorCode::UnknownKey);
    row("oracle://h/d", ErrorCode::WrongValue);
    row("odbc://h", ErrorCode::NotAvailable);
    row("https://h", ErrorCode::MissingKey);
    row("", ErrorCode::MissingKey);
    row("sqlite://", ErrorCode::MissingKey);
}

void TestConnectionSettings::refusesUrls()
{
    QFETCH(QString, url);
    QFETCH(int, code);
    const auto settings = connectionFromUrl(url);
    QVERIFY(!settings);
    QCOMPARE(codeName(settings.error().code), codeName(static_cast<ErrorCode>(code)));
    if (settings.error().code == ErrorCode::PasswordInClear) {
        for (const QString &fact : settings.error().facts)
            QVERIFY2(!fact.contains("heim"_L1), "a password in a message");
    }
}

void TestConnectionSettings::tlsModeDependsOnHost_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("isNear");
    for (const char *near : {"localhost", "LOCALHOST", "127.0.0.1", "127.9.9.9", "::1", "/run/postgresql"})
        QTest::newRow(near) << QString::fromLatin1(near) << true;
    for (const char *far : {"localhost.example", "10.0.0.1", "db", "127-0-0-1.example", "127.0.0.1.example"})
        QTest::newRow(far) << QString::fromLatin1(far) << false;
}

void TestConnectionSettings::tlsModeDependsOnHost()
{
    QFETCH(QString, host);
    QFETCH(bool, isNear);
    ConnectionSettings settings;
    settings.driver = Driver::Postgres;
    settings.host = host;
    QCOMPARE(settings.effectiveTlsMode(), isNear ? TlsMode::Prefer : TlsMode::VerifyFull);
    settings.tls.mode = TlsMode::VerifyCa;
    QCOMPARE(settings.effectiveTlsMode(), TlsMode::VerifyCa);
}

void TestConnectionSettings::passwordFromEnvironment()
{
    ConnectionSettings settings;
    settings.password = {PasswordSource::Kind::Env, u"TIDEMARK_TST_SECRET"_s};
    qunsetenv("TIDEMARK_TST_SECRET");
    const auto missing = resolvePassword(settings, {});
    QVERIFY(!missing);
    QCOMPARE(missing.error().code, ErrorCode::PasswordMissing);
    QCOMPARE(missing.error().facts.value(Fact::Option), u"TIDEMARK_TST_SECRET"_s);
    qputenv("TIDEMARK_TST_SECRET", "p ä\n");
    QCOMPARE(resolvePassword(settings, {})->bytes(), "p ä\n");
    qputenv("TIDEMARK_TST_SECRET", "");
    QVERIFY(resolvePassword(settings, {}));
}

void TestConnectionSettings::passwordFromFile()
{
    const QTemporaryDir folder;
    ConnectionSettings settings;
    settings.password = {PasswordSource::Kind::File, folder.filePath(u"pw"_s)};
    QCOMPARE(resolvePassword(settings, {}).error().code, ErrorCode::FileNotFound);
    const std::pair<QByteArray, QByteArray> texts[]{
        {"geheim", "geheim"}, {"geheim\n", "geheim"}, {"geheim\r\n", "geheim"}, {"geheim\n\n", "geheim\n"}, {"\n", ""}};
    for (const auto &[text, password] : texts) {
        QFile file(settings.password.name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
        QVERIFY(file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner));
        file.close();
        QCOMPARE(resolvePassword(settings, {})->bytes(), password);
    }
    for (const auto other : {QFileDevice::ReadGroup, QFileDevice::ReadOther}) {
        QVERIFY(QFile::setPermissions(settings.password.name, QFileDevice::ReadOwner | other));
        const auto exposed = resolvePassword(settings, {});
        QVERIFY(!exposed);
        QCOMPARE(exposed.error().code, ErrorCode::PasswordExposed);
        QCOMPARE(exposed.error().facts.value(Fact::File), settings.password.name);
    }
    settings.password.name = folder.path();
    QCOMPARE(resolvePassword(settings, {}).error().code, ErrorCode::IsADirectory);
}

void TestConnectionSettings::passwordFromPerson()
{
    ConnectionSettings settings;
    settings.password.kind = PasswordSource::Kind::Ask;
    QCOMPARE(resolvePassword(settings, {}).error().code, ErrorCode::PasswordMissing);
    const auto answer = [](const ConnectionSettings &) { return Result<Secret>(Secret("typed")); };
    QCOMPARE(resolvePassword(settings, answer)->bytes(), "typed");
    settings.password.kind = PasswordSource::Kind::None;
    QVERIFY(resolvePassword(settings, answer)->isEmpty());
}

void TestConnectionSettings::passwordFromKeychain_data()
{
    QTest::addColumn<int>("kept"); // what the keychain says: an error, or −1: the password; −2: there is none
    QTest::addColumn<int>("asked"); // what a person says: likewise; −3: nobody is asked
    QTest::addColumn<QString>("outcome");
    const int missing = static_cast<int>(ErrorCode::PasswordMissing);
    const int locked = static_cast<int>(ErrorCode::KeychainLocked);
    const int cancelled = static_cast<int>(ErrorCode::Cancelled);
    QTest::newRow("kept") << -1 << -1 << u"kept"_s;
    QTest::newRow("another machine") << missing << -1 << u"typed"_s;
    QTest::newRow("another machine, nobody there") << missing << -3 << u"password-missing"_s;
    QTest::newRow("locked") << locked << -1 << u"typed"_s;
    QTest::newRow("locked, nobody there") << locked << -3 << u"keychain-locked"_s;
    QTest::newRow("locked, no terminal") << locked << missing << u"keychain-locked"_s;
    QTest::newRow("locked, given up") << locked << cancelled << u"cancelled"_s;
    QTest::newRow("no keychain") << -2 << -1 << u"typed"_s;
    QTest::newRow("no keychain, nobody there") << -2 << -3 << u"keychain-unavailable"_s;
    QTest::newRow("cancelled meanwhile") << cancelled << -1 << u"cancelled"_s;
}

void TestConnectionSettings::passwordFromKeychain()
{
    QFETCH(int, kept);
    QFETCH(int, asked);
    QFETCH(QString, outcome);
    FakeKeychain keychain;
    if (kept == -1)
        keychain.entries.insert(u"shop"_s, "kept");
    else if (kept >= 0)
        keychain.error = static_cast<ErrorCode>(kept);
    AskPassword ask;
    if (asked != -3)
        ask = [asked](const ConnectionSettings &) {
            return asked < 0 ? Result<Secret>(Secret("typed")) : fail(static_cast<ErrorCode>(asked));
        };
    ConnectionSettings settings;
    settings.name = u"the shop"_s;
    settings.password = {PasswordSource::Kind::Keychain, u"shop"_s};
    const auto secret = resolvePassword(settings, ask, kept == -2 ? nullptr : &keychain);
    QCOMPARE(secret ? QString::fromUtf8(secret->bytes()) : codeName(secret.error().code), outcome);
    if (!secret && secret.error().code != ErrorCode::Cancelled) {
        QCOMPARE(secret.error().facts.value(Fact::Connection), u"the shop"_s);
        QCOMPARE(secret.error().facts.value(Fact::Keychain), u"shop"_s);
    }
}

QTEST_APPLESS_MAIN(TestConnectionSettings)
#include "tst_connectionsettings.moc"
