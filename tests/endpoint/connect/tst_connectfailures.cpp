// SPDX-License-Identifier: GPL-3.0-or-later
// What can keep a connection to a server from standing: each is provoked for both engines, has a code and a remedy of
// its own, and names where it happened.
#include <functional>
#include <memory>
#include <thread>

#include <QTest>
#include <QUrl>

#include "app/wording/wording.h"
#include "core/endpoint/connectiontest.h"
#include "tests/support/fakeserver.h"
#include "tests/support/sshserver.h"

using namespace tidemark;
using namespace tidemark::test;
using namespace Qt::StringLiterals;

namespace {

const char *variableOf(Driver driver)
{
    return driver == Driver::Postgres ? "TIDEMARK_TEST_POSTGRES" : "TIDEMARK_TEST_MYSQL";
}

ConnectionSettings settingsOf(Driver driver, const QByteArray &variable, const QString &passwordVariable)
{
    const QUrl url(qEnvironmentVariable(variable.constData()));
    ConnectionSettings settings;
    settings.driver = driver;
    settings.host = url.host();
    settings.port = url.port();
    settings.user = url.userName();
    settings.database = url.path().mid(1);
    settings.password = {PasswordSource::Kind::Env, passwordVariable};
    settings.timeoutMs = 20'000; // servers answer late where the machine is busy
    return settings;
}

ConnectionSettings goodSettings(Driver driver)
{
    return settingsOf(driver, variableOf(driver), u"TIDEMARK_TEST_PASSWORD"_s);
}

QString tlsFile(const char *name)
{
    return qEnvironmentVariable("TIDEMARK_TEST_TLS_DIR") + u'/' + QLatin1StringView(name);
}

void verifyBy(ConnectionSettings &settings, const char *host, const char *authority)
{
    settings.host = QString::fromLatin1(host);
    settings.tls.mode = TlsMode::VerifyFull;
    settings.tls.ca = tlsFile(authority);
}

struct Attempt
{
    Result<ConnectionTest> result = fail(ErrorCode::Internal);
    QList<TestStep> steps;
};

Attempt attempt(const ConnectionSettings &settings)
{
    SqlConnector connector;
    Cancellation cancellation;
    Attempt made;
    made.result =
        testConnection(connector, settings, cancellation, [&made](TestStep step) { made.steps.append(step); });
    return made;
}

// What a failure needs to be there while it is provoked.
struct Scene
{
    std::unique_ptr<FakeServer> server;
    std::unique_ptr<SshServer> ssh;
    std::function<void()> undo;

    ~Scene()
    {
        if (undo)
            undo();
        qunsetenv("TIDEMARK_SSH_CONFIG");
    }
    void replaceServer(ConnectionSettings &settings, FakeServer::Serve serve)
    {
        server = std::make_unique<FakeServer>(std::move(serve));
        settings.host = u"127.0.0.1"_s;
        settings.port = server->port();
    }
    void goThroughSsh(ConnectionSettings &settings)
    {
        ssh = std::make_unique<SshServer>();
        settings.ssh = SshSettings{u"127.0.0.1"_s, ssh->port(), ssh->user(), {}};
    }
};

using Provoke = void (*)(Scene &, ConnectionSettings &);

void nobody(Scene &, ConnectionSettings &settings) { settings.host = u"no-such-host.invalid"_s; }
void nobodyListens(Scene &, ConnectionSettings &settings) { settings.port = closedPort(); }
void silence(Scene &scene, ConnectionSettings &settings)
{
    scene.replaceServer(settings, silentServer());
    settings.timeoutMs = 5000; // the network stands before that, however busy the machine
}
void otherName(Scene &, ConnectionSettings &settings) { verifyBy(settings, "127.0.0.1", "ca.pem"); }
void otherAuthority(Scene &, ConnectionSettings &settings) { verifyBy(settings, "localhost", "wrong-ca.pem"); }
void wrongPassword(Scene &, ConnectionSettings &settings) { settings.password.name = u"TIDEMARK_TST_WRONG"_s; }
void noDatabase(Scene &, ConnectionSettings &settings) { settings.database = u"connect_no_such_database"_s; }

void noRights(Scene &scene, ConnectionSettings &settings)
{
    settings.user = qEnvironmentVariable("TIDEMARK_TEST_LOW_USER");
    if (settings.driver == Driver::Mysql) {
        settings.database = u"mysql"_s;
        return;
    }
    settings.database = u"connect_closed_%1"_s.arg(QCoreApplication::applicationPid());
    const auto asAdmin = [](const QString &sql) {
        SqlConnector connector;
        const auto session = connector.openSql(
            settingsOf(Driver::Postgres, "TIDEMARK_TEST_POSTGRES_ADMIN", u"TIDEMARK_TEST_ADMIN_PASSWORD"_s),
            OpenOptions{true, nullptr});
        QVERIFY(session);
        QVERIFY((*session)->execute(sql));
    };
    asAdmin("CREATE DATABASE "_L1 + settings.database);
    asAdmin("REVOKE CONNECT ON DATABASE "_L1 + settings.database + " FROM PUBLIC"_L1);
    scene.undo = [asAdmin, name = settings.database] { asAdmin("DROP DATABASE "_L1 + name); };
}

// A server that knows the user, and does not want to see him come from here.
void notFromHere(Scene &scene, ConnectionSettings &settings)
{
    scene.replaceServer(settings, settings.driver == Driver::Postgres ? closedPostgres() : closedMariaDb());
}

// Each engine begins TLS, and then falls silent.
void silenceInTls(Scene &scene, ConnectionSettings &settings)
{
    scene.replaceServer(settings, settings.driver == Driver::Postgres ? postgresSilentInTls() : mariaDbSilentInTls());
    settings.timeoutMs = 5000; // the network stands before that, however busy the machine
    settings.tls.mode = TlsMode::Require;
}

void oldServer(Scene &scene, ConnectionSettings &settings)
{
    scene.replaceServer(settings, settings.driver == Driver::Postgres ? oldPostgres() : oldMariaDb());
    settings.tls.mode = TlsMode::Disable;
}

void unknownHostKey(Scene &scene, ConnectionSettings &settings)
{
    scene.goThroughSsh(settings);
    qputenv("TIDEMARK_SSH_CONFIG", scene.ssh->clientConfig(SshServer::Known::Nothing).toLocal8Bit());
}

void changedHostKey(Scene &scene, ConnectionSettings &settings)
{
    scene.goThroughSsh(settings);
    qputenv("TIDEMARK_SSH_CONFIG", scene.ssh->clientConfig(SshServer::Known::Other).toLocal8Bit());
}

void strangersKey(Scene &scene, ConnectionSettings &settings)
{
    scene.goThroughSsh(settings);
    settings.ssh->key = scene.ssh->otherKey();
    qputenv("TIDEMARK_SSH_CONFIG", scene.ssh->clientConfig(SshServer::Known::Right, false).toLocal8Bit());
}

void webServer(Scene &scene, ConnectionSettings &settings) { scene.replaceServer(settings, httpServer()); }

void otherEngine(Scene &, ConnectionSettings &settings)
{
    settings.port = goodSettings(settings.driver == Driver::Postgres ? Driver::Mysql : Driver::Postgres).port;
}

struct Failure
{
    const char *name;
    Provoke provoke;
    ErrorCode code;
    TestStep step;
    std::vector<Fact> facts;
};

const std::vector<Failure> &failures()
{
    using F = Fact;
    using S = TestStep;
    static const std::vector<Failure> all{
        {"DNS", nobody, ErrorCode::HostNotFound, S::Network, {F::Host}},
        {"refused", nobodyListens, ErrorCode::Unreachable, S::Network, {F::Host, F::Port}},
        {"time-out", silence, ErrorCode::Timeout, S::Network, {F::Host, F::Port, F::Limit}},
        {"TLS name", otherName, ErrorCode::TlsName, S::Tls, {F::Host, F::Port}},
        {"TLS CA", otherAuthority, ErrorCode::TlsUntrusted, S::Tls, {F::Host, F::Port}},
        {"password", wrongPassword, ErrorCode::WrongPassword, S::Login, {F::Host, F::Port, F::User}},
        {"database", noDatabase, ErrorCode::NoSuchDatabase, S::Login, {F::Host, F::Port, F::Database}},
        {"rights", noRights, ErrorCode::NoRights, S::Login, {F::Host, F::User, F::Database}},
        {"rights from here", notFromHere, ErrorCode::NoRights, S::Login, {F::Host, F::User, F::Database}},
        {"time-out in TLS", silenceInTls, ErrorCode::Timeout, S::Tls, {F::Host, F::Port, F::Limit}},
        {"version", oldServer, ErrorCode::ServerTooOld, S::Login, {F::Host, F::Found, F::Expected}},
        {"SSH host key", unknownHostKey, ErrorCode::SshHostKey, S::Ssh, {F::Ssh}},
        {"SSH host key changed", changedHostKey, ErrorCode::SshHostKey, S::Ssh, {F::Ssh}},
        {"SSH auth", strangersKey, ErrorCode::SshAuth, S::Ssh, {F::Ssh}},
        {"protocol", webServer, ErrorCode::ProtocolUnknown, S::Network, {F::Host, F::Port, F::Found}},
        {"protocol of the other engine", otherEngine, ErrorCode::ProtocolUnknown, S::Network, {F::Host, F::Found}},
    };
    return all;
}

QByteArray detailOf(const Error &error)
{
    QStringList words{codeName(error.code), error.detail};
    for (auto fact = error.facts.begin(); fact != error.facts.end(); ++fact)
        words.append(factName(fact.key()) + u'=' + fact.value());
    return words.join(u" | "_s).toUtf8();
}

} // namespace

class TestConnectFailures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("TIDEMARK_TST_WRONG", "not the password"); }
    void succeeds_data() { engines(); }
    void succeeds();
    void fails_data();
    void fails();
    void everyFailureHasItsOwnRemedy();
    void cancelled_data() { engines(); }
    void cancelled();

private:
    static void engines()
    {
        QTest::addColumn<int>("engine");
        QTest::newRow("PostgreSQL") << static_cast<int>(Driver::Postgres);
        QTest::newRow("MariaDB") << static_cast<int>(Driver::Mysql);
    }
};

#define NEED_SERVERS                                                                                                   \
    if (!qEnvironmentVariableIsSet("TIDEMARK_TEST_POSTGRES") || !qEnvironmentVariableIsSet("TIDEMARK_TEST_MYSQL"))     \
    QSKIP("TIDEMARK_TEST_POSTGRES and TIDEMARK_TEST_MYSQL are not set")

void TestConnectFailures::succeeds()
{
    NEED_SERVERS;
    QFETCH(int, engine);
    ConnectionSettings settings = goodSettings(static_cast<Driver>(engine));
    verifyBy(settings, "localhost", "ca.pem");
    const Attempt made = attempt(settings);
    QVERIFY2(made.result, made.result ? "" : detailOf(made.result.error()).constData());
    QCOMPARE(
        made.steps,
        (QList<TestStep>{TestStep::Network, TestStep::Tls, TestStep::Login, TestStep::Database, TestStep::Rights}));
    QVERIFY(made.result->encrypted);
    QVERIFY(made.result->verified);
    QVERIFY2(made.result->tlsProtocol.startsWith("TLSv1."_L1), qPrintable(made.result->tlsProtocol));
    QVERIFY(!made.result->throughSsh);
    QVERIFY(made.result->canCreate);
    QVERIFY(!made.result->facts.readOnly);
}

void TestConnectFailures::fails_data()
{
    QTest::addColumn<int>("engine");
    QTest::addColumn<int>("failure");
    for (const Driver driver : {Driver::Postgres, Driver::Mysql}) {
        for (std::size_t i = 0; i < failures().size(); ++i)
            QTest::addRow("%s %s", driver == Driver::Postgres ? "PostgreSQL" : "MariaDB", failures()[i].name)
                << static_cast<int>(driver) << static_cast<int>(i);
    }
}

void TestConnectFailures::fails()
{
    NEED_SERVERS;
    QFETCH(int, engine);
    QFETCH(int, failure);
    const Failure &meant = failures()[static_cast<std::size_t>(failure)];
    if (meant.step == TestStep::Ssh && !SshServer::isThere())
        QSKIP("sshd is not installed (openssh-server)");
    Scene scene;
    ConnectionSettings settings = goodSettings(static_cast<Driver>(engine));
    meant.provoke(scene, settings);
    const Attempt made = attempt(settings);
    QVERIFY(!made.result);
    const Error &error = made.result.error();
    QVERIFY2(error.code == meant.code, detailOf(error).constData());
    QVERIFY(!made.steps.isEmpty());
    QCOMPARE(static_cast<int>(made.steps.last()), static_cast<int>(meant.step));
    for (const Fact fact : meant.facts)
        QVERIFY2(!error.facts.value(fact).isEmpty(),
                 QByteArray(factName(fact).toUtf8() + " in " + detailOf(error)).constData());
    QVERIFY2(!detailOf(error).contains("not the password"), "a password in a message");
}

// Nobody has to guess: what is wrong and what to do differ from failure to failure.
void TestConnectFailures::everyFailureHasItsOwnRemedy()
{
    for (const QString &language : {u"en"_s, u"zh_CN"_s}) {
        wording::useLanguage(language);
        QMap<QString, ErrorCode> remedies;
        for (const Failure &failure : failures()) {
            const Error error = Error{failure.code, {}, {}}.with(Fact::Host, u"h"_s).with(Fact::Port, u"1"_s);
            const wording::Message message = wording::message(error);
            QVERIFY2(!message.next.isEmpty(), failure.name);
            const auto other = remedies.constFind(message.next);
            QVERIFY2(other == remedies.constEnd() || *other == failure.code, qPrintable(message.next));
            remedies.insert(message.next, failure.code);
        }
    }
    wording::useLanguage(u"en"_s);
}

void TestConnectFailures::cancelled()
{
    NEED_SERVERS;
    QFETCH(int, engine);
    Scene scene;
    ConnectionSettings settings = goodSettings(static_cast<Driver>(engine));
    scene.replaceServer(settings, silentServer());
    settings.timeoutMs = 600'000; // nobody waits for that
    SqlConnector connector;
    Cancellation cancellation;
    std::thread person([&] { cancellation.cancel(); });
    const auto result = testConnection(connector, settings, cancellation, {});
    person.join();
    QVERIFY(!result);
    QCOMPARE(codeName(result.error().code), codeName(ErrorCode::Cancelled));
}

QTEST_GUILESS_MAIN(TestConnectFailures)
#include "tst_connectfailures.moc"
