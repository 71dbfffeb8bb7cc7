// SPDX-License-Identifier: GPL-3.0-or-later
// Both engines through a real SSH server of the test's own.
#include <csignal>
#include <functional>
#include <memory>
#include <thread>

#include <QTest>
#include <QUrl>

#include "core/endpoint/certificate.h"
#include "core/endpoint/connectiontest.h"
#include "core/endpoint/ssh/sshtunnels.h"
#include "tests/support/fakeserver.h"
#include "tests/support/sshserver.h"

using namespace tidemark;
using namespace tidemark::test;
using namespace Qt::StringLiterals;

namespace {

QList<int> sshProcesses() { return sshProcessesOf(QCoreApplication::applicationPid()); }

QString words(const Error &error) { return QString(codeName(error.code) + u": "_s + error.detail); }

} // namespace

class TestSshTunnel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void init();
    void cleanup() { QTRY_COMPARE(sshProcesses().size(), 0); }
    void reaches_data() { engines(); }
    void reaches();
    void verifiesTheRealName_data() { engines(); }
    void verifiesTheRealName();
    void refusesAnotherAuthority_data() { engines(); }
    void refusesAnotherAuthority();
    void pinHolds_data() { engines(); }
    void pinHolds();
    void showsTheCertificate_data() { engines(); }
    void showsTheCertificate();
    void sessionsShareATunnel_data() { engines(); }
    void sessionsShareATunnel();
    void lostWithItsTunnel_data() { engines(); }
    void lostWithItsTunnel();
    void databaseBehindIsAbsent_data() { engines(); }
    void databaseBehindIsAbsent();
    void hostBehindIsUnknown_data() { engines(); }
    void hostBehindIsUnknown();
    void forwardingForbidden_data() { engines(); }
    void forwardingForbidden();
    void sshServerIsSilent();
    void sshServerIsAbsent();
    void cancelled();
    void keyFile();
    void endsWhenIdle();

private:
    static void engines()
    {
        QTest::addColumn<int>("engine");
        QTest::newRow("PostgreSQL") << static_cast<int>(Driver::Postgres);
        QTest::newRow("MariaDB") << static_cast<int>(Driver::Mysql);
    }
    ConnectionSettings settings(int engine) const
    {
        const auto driver = static_cast<Driver>(engine);
        const QUrl url(
            qEnvironmentVariable(driver == Driver::Postgres ? "TIDEMARK_TEST_POSTGRES" : "TIDEMARK_TEST_MYSQL"));
        ConnectionSettings settings;
        settings.driver = driver;
        settings.host = u"127.0.0.1"_s;
        settings.port = url.port();
        settings.user = url.userName();
        settings.database = url.path().mid(1);
        settings.password = {PasswordSource::Kind::Env, u"TIDEMARK_TEST_PASSWORD"_s};
        settings.timeoutMs = 10'000;
        settings.ssh = SshSettings{u"127.0.0.1"_s, m_ssh->port(), m_ssh->user(), {}};
        return settings;
    }
    ConnectionSettings verified(int engine, const QString &host, const QString &authority) const
    {
        ConnectionSettings settings = this->settings(engine);
        settings.host = host;
        settings.tls.mode = TlsMode::VerifyFull;
        settings.tls.ca = qEnvironmentVariable("TIDEMARK_TEST_TLS_DIR") + u'/' + authority;
        return settings;
    }
    static Result<std::unique_ptr<SqlSession>> open(SqlConnector &connector, const ConnectionSettings &settings,
                                                    Cancellation *cancellation = nullptr)
    {
        return connector.openSql(settings, OpenOptions{true, cancellation});
    }
    static void refuses(const ConnectionSettings &settings, ErrorCode code)
    {
        SqlConnector connector;
        const auto session = open(connector, settings);
        QVERIFY(!session);
        QVERIFY2(session.error().code == code, qPrintable(words(session.error())));
    }

    std::unique_ptr<SshServer> m_ssh;
};

#define VERIFY_RESULT(result) QVERIFY2((result), (result) ? "" : qPrintable(words((result).error())))

void TestSshTunnel::initTestCase()
{
    if (!SshServer::isThere())
        QSKIP("sshd, ssh or ssh-keygen is not installed (openssh-server, openssh-client)");
    if (!qEnvironmentVariableIsSet("TIDEMARK_TEST_POSTGRES") || !qEnvironmentVariableIsSet("TIDEMARK_TEST_MYSQL"))
        QSKIP("TIDEMARK_TEST_POSTGRES and TIDEMARK_TEST_MYSQL are not set");
    m_ssh = std::make_unique<SshServer>();
    QVERIFY2(m_ssh->isRunning(), qPrintable(m_ssh->log()));
}

void TestSshTunnel::cleanupTestCase() { m_ssh.reset(); }

void TestSshTunnel::init() { qputenv("TIDEMARK_SSH_CONFIG", m_ssh->clientConfig().toLocal8Bit()); }

void TestSshTunnel::reaches()
{
    QFETCH(int, engine);
    SqlConnector connector;
    Cancellation cancellation;
    QList<TestStep> steps;
    const auto test =
        testConnection(connector, settings(engine), cancellation, [&steps](TestStep step) { steps.append(step); });
    VERIFY_RESULT(test);
    QCOMPARE(steps.first(), TestStep::Ssh);
    QCOMPARE(steps.last(), TestStep::Rights);
    QVERIFY(test->throughSsh);
    const auto session = open(connector, settings(engine));
    VERIFY_RESULT(session);
    const auto rows = (*session)->query(u"SELECT 17"_s);
    VERIFY_RESULT(rows);
    QCOMPARE(rows->first()[0], QByteArray("17"));
}

void TestSshTunnel::verifiesTheRealName()
{
    QFETCH(int, engine);
    {
        SqlConnector connector;
        const auto session = open(connector, verified(engine, u"localhost"_s, u"ca.pem"_s));
        VERIFY_RESULT(session);
        QVERIFY((*session)->facts().tls.startsWith("TLSv1."_L1));
        QVERIFY((*session)->query(u"SELECT 1"_s));
    }
    // The tunnel's near end is 127.0.0.1, too; the certificate is for localhost alone.
    refuses(verified(engine, u"127.0.0.1"_s, u"ca.pem"_s), ErrorCode::TlsName);
}

void TestSshTunnel::refusesAnotherAuthority()
{
    QFETCH(int, engine);
    refuses(verified(engine, u"localhost"_s, u"wrong-ca.pem"_s), ErrorCode::TlsUntrusted);
}

void TestSshTunnel::pinHolds()
{
    QFETCH(int, engine);
    ConnectionSettings pinned = settings(engine);
    Cancellation cancellation;
    const auto certificate = fetchCertificate(pinned, cancellation);
    VERIFY_RESULT(certificate);
    pinned.tls.pin = certificate->sha256;
    {
        SqlConnector connector;
        const auto session = open(connector, pinned);
        VERIFY_RESULT(session);
        QVERIFY(!(*session)->facts().tls.isEmpty());
    }
    pinned.tls.pin[0] = pinned.tls.pin[0] == u'0' ? u'1' : u'0';
    refuses(pinned, ErrorCode::TlsUntrusted);
}

void TestSshTunnel::showsTheCertificate()
{
    QFETCH(int, engine);
    Cancellation cancellation;
    const auto certificate = fetchCertificate(settings(engine), cancellation);
    VERIFY_RESULT(certificate);
    QCOMPARE(certificate->subject, u"CN=localhost"_s);
    QCOMPARE(certificate->names, QStringList(u"localhost"_s));
}

void TestSshTunnel::sessionsShareATunnel()
{
    QFETCH(int, engine);
    SqlConnector connector;
    const auto first = open(connector, settings(engine));
    VERIFY_RESULT(first);
    const QList<int> one = sshProcesses();
    QCOMPARE(one.size(), 1);
    const auto second = open(connector, settings(engine));
    VERIFY_RESULT(second);
    QCOMPARE(sshProcesses(), one);
    std::thread other([&] {
        const auto third = open(connector, settings(engine));
        QVERIFY(third);
    });
    other.join();
    QCOMPARE(sshProcesses(), one); // and it stays for the next
    QVERIFY((*first)->query(u"SELECT 1"_s));
}

void TestSshTunnel::lostWithItsTunnel()
{
    QFETCH(int, engine);
    SqlConnector connector;
    const auto session = open(connector, settings(engine));
    VERIFY_RESULT(session);
    const QList<int> before = sshProcesses();
    QCOMPARE(before.size(), 1);
    ::kill(before.first(), SIGKILL);
    const auto rows = (*session)->query(u"SELECT 1"_s);
    QVERIFY(!rows);
    QCOMPARE(codeName(rows.error().code), codeName(ErrorCode::ConnectionLost));
    QVERIFY(rows.error().isTransient());
    QTRY_COMPARE(sshProcesses().size(), 0);
    const auto again = open(connector, settings(engine)); // by a new tunnel
    VERIFY_RESULT(again);
    QVERIFY((*again)->query(u"SELECT 1"_s));
}

void TestSshTunnel::databaseBehindIsAbsent()
{
    QFETCH(int, engine);
    ConnectionSettings absent = settings(engine);
    absent.port = closedPort();
    SqlConnector connector;
    const auto session = open(connector, absent);
    QVERIFY(!session);
    QVERIFY2(session.error().code == ErrorCode::Unreachable, qPrintable(words(session.error())));
    QCOMPARE(session.error().facts.value(Fact::Port), QString::number(absent.port));
    QCOMPARE(session.error().facts.value(Fact::Ssh), absent.ssh->label());
}

void TestSshTunnel::hostBehindIsUnknown()
{
    QFETCH(int, engine);
    ConnectionSettings unknown = settings(engine);
    unknown.host = u"no-such-host.invalid"_s;
    unknown.tls.mode = TlsMode::Prefer;
    refuses(unknown, ErrorCode::HostNotFound);
}

void TestSshTunnel::forwardingForbidden()
{
    QFETCH(int, engine);
    SshServer strict({u"AllowTcpForwarding no"_s});
    QVERIFY2(strict.isRunning(), qPrintable(strict.log()));
    qputenv("TIDEMARK_SSH_CONFIG", strict.clientConfig().toLocal8Bit());
    ConnectionSettings settings = this->settings(engine);
    settings.ssh->port = strict.port();
    refuses(settings, ErrorCode::SshForwardRefused);
}

void TestSshTunnel::sshServerIsSilent()
{
    const FakeServer silent(silentServer());
    ConnectionSettings settings = this->settings(static_cast<int>(Driver::Postgres));
    settings.ssh->port = silent.port();
    settings.timeoutMs = 5000; // the network stands before that, however busy the machine
    refuses(settings, ErrorCode::SshUnreachable);
}

void TestSshTunnel::sshServerIsAbsent()
{
    ConnectionSettings settings = this->settings(static_cast<int>(Driver::Mysql));
    settings.ssh->port = closedPort();
    refuses(settings, ErrorCode::SshUnreachable);
}

void TestSshTunnel::cancelled()
{
    const FakeServer silent(silentServer());
    ConnectionSettings settings = this->settings(static_cast<int>(Driver::Postgres));
    settings.ssh->port = silent.port();
    settings.timeoutMs = 600'000;
    Cancellation cancellation;
    SqlConnector connector;
    std::thread person([&] {
        while (sshProcesses().isEmpty())
            std::this_thread::yield();
        cancellation.cancel();
    });
    const auto session = open(connector, settings, &cancellation);
    person.join();
    QVERIFY(!session);
    QCOMPARE(codeName(session.error().code), codeName(ErrorCode::Cancelled));
}

void TestSshTunnel::keyFile()
{
    qputenv("TIDEMARK_SSH_CONFIG", m_ssh->clientConfig(SshServer::Known::Right, false).toLocal8Bit());
    ConnectionSettings keyed = settings(static_cast<int>(Driver::Postgres));
    keyed.ssh->key = m_ssh->key();
    {
        SqlConnector connector;
        VERIFY_RESULT(open(connector, keyed));
    }
    keyed.ssh->key = m_ssh->otherKey();
    refuses(keyed, ErrorCode::SshAuth);
}

void TestSshTunnel::endsWhenIdle()
{
    SshTunnels tunnels(200);
    auto first = tunnels.open(settings(static_cast<int>(Driver::Mysql)), nullptr);
    VERIFY_RESULT(first);
    auto second = tunnels.open(settings(static_cast<int>(Driver::Mysql)), nullptr);
    VERIFY_RESULT(second);
    QCOMPARE((*first)->port(), (*second)->port());
    const auto elsewhere = tunnels.open(settings(static_cast<int>(Driver::Postgres)), nullptr);
    VERIFY_RESULT(elsewhere);
    QCOMPARE(sshProcesses().size(), 2);
    first->reset();
    second->reset();
    QTRY_COMPARE_WITH_TIMEOUT(sshProcesses().size(), 1, 60'000); // what is in use stays
    const auto again = tunnels.open(settings(static_cast<int>(Driver::Mysql)), nullptr);
    VERIFY_RESULT(again);
    QCOMPARE(sshProcesses().size(), 2);
}

QTEST_GUILESS_MAIN(TestSshTunnel)
#include "tst_sshtunnel.moc"
