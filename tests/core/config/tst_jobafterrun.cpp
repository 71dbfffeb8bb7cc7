// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QJsonDocument>
#include <QTest>

#include "core/config/jobreader.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

struct Read
{
    AfterRunSettings afterRun;
    ThrottleSettings throttle;
    std::optional<Error> error;
};

Read readJson(const QByteArray &json)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    JsonReader reader(u"/jobs/j.json"_s);
    const JsonObjectNode root(JsonNode(reader, object, {}));
    Read result;
    if (const auto node = root.findSet("afterRun"_L1))
        result.afterRun = readAfterRun(*node, u"/jobs"_s);
    if (const auto node = root.findSet("throttle"_L1))
        result.throttle = readThrottle(*node);
    result.error = reader.error();
    return result;
}

QByteArray failure(const QByteArray &action) { return R"({"afterRun": {"failure": [)" + action + "]}}"; }

const auto forms = uR"({"notify": true} | {"command": [PROGRAM, …]} | {"webhook": URL})"_s;
const auto sources = uR"({"keychain": KEY} | {"env": NAME} | {"file": PATH})"_s;

} // namespace

class TestJobAfterRun : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refuses_data();
    void refuses();
    void reads();
    void addresses_data();
    void addresses();
    void programs_data();
    void programs();
    void throttles();
};

void TestJobAfterRun::refuses_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<QString>("found");
    const auto row = [](const char *name, const QByteArray &json, const char *code, const char *path,
                        const QString &expected, const char *found = "") {
        QTest::newRow(name) << json << QString::fromUtf8(code) << QString::fromUtf8(path) << expected
                            << QString::fromUtf8(found);
    };
    const char *const at = "afterRun.failure[0]";
    row("no object", R"({"afterRun": [1]})", "wrong-type", "afterRun", u"object"_s, "array");
    row("no such state", R"({"afterRun": {"failed": []}})", "unknown-key", "afterRun.failed", u"\"failure\""_s);
    row("no list", R"({"afterRun": {"always": {"notify": true}}})", "wrong-type", "afterRun.always", u"array"_s,
        "object");
    row("an action is an object", failure(R"("notify")"), "wrong-type", at, forms, "\"notify\"");
    row("nothing to do", failure("{}"), "wrong-value", at, forms);
    row("two things", failure(R"({"notify": true, "command": ["a"]})"), "wrong-value", at, forms);
    row("a secret alone", failure(R"({"secret": {"env": "A"}})"), "wrong-value", at, forms);
    row("notify nobody", failure(R"({"notify": false})"), "wrong-value", "afterRun.failure[0].notify", u"true"_s,
        "false");
    row("notify whom", failure(R"({"notify": "me"})"), "wrong-type", "afterRun.failure[0].notify", u"boolean"_s,
        "\"me\"");
    row("notify needs no time", failure(R"({"notify": true, "timeout": "5s"})"), "unknown-key",
        "afterRun.failure[0].timeout", u"\"notify\""_s);
    row("a command for a shell", failure(R"({"command": "mail me"})"), "wrong-type", "afterRun.failure[0].command",
        u"array"_s, "\"mail me\"");
    row("no program", failure(R"({"command": []})"), "wrong-value", "afterRun.failure[0].command", u"non-empty"_s,
        "array");
    row("an empty program", failure(R"({"command": [""]})"), "wrong-value", "afterRun.failure[0].command[0]",
        u"non-empty"_s, "\"\"");
    row("a number for an argument", failure(R"({"command": ["a", 1]})"), "wrong-type", "afterRun.failure[0].command[1]",
        u"string"_s, "1");
    row("a control character", failure(R"({"command": ["a", "geheim\u0000"]})"), "wrong-value",
        "afterRun.failure[0].command[1]", u"printable"_s);
    row("commands are not signed", failure(R"({"command": ["a"], "secret": {"env": "A"}})"), "unknown-key",
        "afterRun.failure[0].secret", u"\"command\" | \"timeout\""_s);
    row("no address", failure(R"({"webhook": ""})"), "wrong-value", "afterRun.failure[0].webhook", u"non-empty"_s,
        "\"\"");
    row("in clear over the network", failure(R"({"webhook": "http://example.org/geheim"})"), "wrong-value",
        "afterRun.failure[0].webhook", u"hook-url"_s);
    row("almost this machine", failure(R"({"webhook": "http://localhost.example.org/"})"), "wrong-value",
        "afterRun.failure[0].webhook", u"hook-url"_s);
    row("a file", failure(R"({"webhook": "file:///etc/passwd"})"), "wrong-value", "afterRun.failure[0].webhook",
        u"hook-url"_s);
    row("no host", failure(R"({"webhook": "https:///x"})"), "wrong-value", "afterRun.failure[0].webhook",
        u"hook-url"_s);
    row("a fragment", failure(R"({"webhook": "https://a.example/#x"})"), "wrong-value", "afterRun.failure[0].webhook",
        u"hook-url"_s);
    row("a password in it", failure(R"({"webhook": "https://me:geheim@a.example/"})"), "password-in-clear",
        "afterRun.failure[0].webhook", u"hook-url"_s);
    row("a secret in clear", failure(R"({"webhook": "https://a.example/", "secret": "geheim"})"), "password-in-clear",
        "afterRun.failure[0].secret", sources);
    row("a secret that asks", failure(R"({"webhook": "https://a.example/", "secret": "ask"})"), "wrong-value",
        "afterRun.failure[0].secret", sources);
    row("too short", failure(R"({"command": ["a"], "timeout": "10ms"})"), "wrong-value", "afterRun.failure[0].timeout",
        u"1s … 1h"_s, "\"10ms\"");
    row("throttled to nothing", R"({"throttle": {"rows": 0}})", "wrong-value", "throttle.rows", u"1 … 1000000000"_s,
        "0");
    row("rows are whole", R"({"throttle": {"rows": 1.5}})", "wrong-type", "throttle.rows", u"integer"_s, "1.5");
    row("bytes have a unit", R"({"throttle": {"bytes": 1000}})", "wrong-type", "throttle.bytes", u"size"_s, "1000");
    row("too few bytes", R"({"throttle": {"bytes": "1B"}})", "wrong-value", "throttle.bytes", u"1KiB … 1024GiB"_s,
        "\"1B\"");
    row("no such limit", R"({"throttle": {"row": 1}})", "unknown-key", "throttle.row", u"\"rows\""_s);
}

void TestJobAfterRun::refuses()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, code);
    QFETCH(QString, path);
    QFETCH(QString, expected);
    QFETCH(QString, found);
    QVERIFY2(!QJsonDocument::fromJson(json).isNull(), "the test's own JSON");
    const Read result = readJson(json);
    QVERIFY(result.error.has_value());
    QCOMPARE(codeName(result.error->code), code);
    QCOMPARE(result.error->facts.value(Fact::File), u"/jobs/j.json"_s);
    QCOMPARE(result.error->facts.value(Fact::JsonPath), path);
    if (code != "unknown-key"_L1) {
        QCOMPARE(result.error->facts.value(Fact::Expected), expected);
        QCOMPARE(result.error->facts.value(Fact::Found), found);
    }
    for (const QString &fact : result.error->facts)
        QVERIFY2(!fact.contains("geheim"_L1), "a secret in a message");
    QCOMPARE(exitCode(result.error->code), 4);
}

void TestJobAfterRun::reads()
{
    const Read result = readJson(R"({"afterRun": {
        "success": [{"notify": true}],
        "attention": null,
        "failure": [{"command": ["notify", "{report}", "", "two words"], "timeout": "5m"},
                    {"webhook": "https://hooks.example/a?b=c", "secret": {"file": "secret.txt"}},
                    {"webhook": "https://hooks.example/", "secret": {"env": "HOOK"}, "timeout": "2s"}],
        "always": [{"webhook": "http://127.0.0.1:8080/", "secret": {"keychain": "hook"}}]}})");
    QVERIFY(!result.error);
    const AfterRunSettings &read = result.afterRun;
    QCOMPARE(read.success, QList{AfterRunAction()});
    QVERIFY(read.attention.isEmpty());
    QCOMPARE(read.failure.size(), 3);
    QCOMPARE(read.failure[0].kind, AfterRunAction::Kind::Command);
    QCOMPARE(read.failure[0].command, (QStringList{u"notify"_s, u"{report}"_s, u""_s, u"two words"_s}));
    QCOMPARE(afterRunTimeoutMs(read.failure[0]), 300'000);
    QCOMPARE(read.failure[1].kind, AfterRunAction::Kind::WebHook);
    QCOMPARE(read.failure[1].url, u"https://hooks.example/a?b=c"_s);
    QCOMPARE(read.failure[1].secret, (PasswordSource{PasswordSource::Kind::File, u"/jobs/secret.txt"_s}));
    QCOMPARE(afterRunTimeoutMs(read.failure[1]), 10'000);
    QCOMPARE(read.failure[2].secret, (PasswordSource{PasswordSource::Kind::Env, u"HOOK"_s}));
    QCOMPARE(afterRunTimeoutMs(read.failure[2]), 2000);
    QCOMPARE(read.always[0].secret, (PasswordSource{PasswordSource::Kind::Keychain, u"hook"_s}));
    QVERIFY(!read.isEmpty());
    QVERIFY(readJson(R"({"afterRun": {"failure": []}})").afterRun.isEmpty());
}

void TestJobAfterRun::addresses_data()
{
    QTest::addColumn<QString>("url");
    QTest::newRow("https") << u"https://hooks.example"_s;
    QTest::newRow("a port and a query") << u"https://hooks.example:8443/a/b?token=x"_s;
    QTest::newRow("this machine") << u"http://localhost:8080/"_s;
    QTest::newRow("this machine by number") << u"http://127.1.2.3/"_s;
    QTest::newRow("this machine by IPv6") << u"http://[::1]:80/"_s;
    QTest::newRow("a name in Chinese") << u"https://例子.example/"_s;
}

void TestJobAfterRun::addresses()
{
    QFETCH(QString, url);
    const Read result = readJson(failure(R"({"webhook": ")" + url.toUtf8() + "\"}"));
    QVERIFY(!result.error);
    QCOMPARE(result.afterRun.failure.value(0).url, url);
}

void TestJobAfterRun::programs_data()
{
    QTest::addColumn<QString>("word");
    QTest::addColumn<QString>("program");
    QTest::newRow("of PATH") << u"notify"_s << u"notify"_s;
    QTest::newRow("beside the job") << u"./hook"_s << u"/jobs/hook"_s;
    QTest::newRow("above the job") << u"../hooks/hook"_s << u"/hooks/hook"_s;
    QTest::newRow("absolute") << u"/usr/bin/logger"_s << u"/usr/bin/logger"_s;
    QTest::newRow("at home") << u"~/bin/hook"_s << QString(QDir::homePath() + u"/bin/hook"_s);
}

void TestJobAfterRun::programs()
{
    QFETCH(QString, word);
    QFETCH(QString, program);
    const Read result = readJson(failure(R"({"command": [")" + word.toUtf8() + R"(", "./stays"]})"));
    QVERIFY(!result.error);
    QCOMPARE(result.afterRun.failure.value(0).command, (QStringList{program, u"./stays"_s}));
}

void TestJobAfterRun::throttles()
{
    QCOMPARE(readJson(R"({"throttle": null})").throttle, ThrottleSettings());
    QCOMPARE(readJson(R"({"throttle": {"rows": null, "bytes": null}})").throttle, ThrottleSettings());
    const Read both = readJson(R"({"throttle": {"rows": 2000, "bytes": "8MiB"}})");
    QVERIFY(!both.error);
    QCOMPARE(both.throttle, (ThrottleSettings{2000, qint64{8} << 20}));
    QCOMPARE(readJson(R"({"throttle": {"rows": 1}})").throttle, (ThrottleSettings{1, {}}));
}

QTEST_GUILESS_MAIN(TestJobAfterRun)
#include "tst_jobafterrun.moc"
