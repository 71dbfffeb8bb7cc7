// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/endpoint/postgres/postgresfixture.h"

#include <thread>

#include <QCryptographicHash>
#include <QElapsedTimer>
#include <QFile>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/support/fakeserver.h"
#include "tests/support/tcpproxy.h"

using namespace tidemark;
using namespace tidemark::test;

namespace {

// Takes connections and says nothing, or one thing that is not PostgreSQL's.
class OddServer
{
public:
    explicit OddServer(const QByteArray &answer = {}) : m_listener(socket(AF_INET, SOCK_STREAM, 0))
    {
        sockaddr_in address = {};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t length = sizeof address;
        auto *generic = reinterpret_cast<sockaddr *>(&address);
        if (bind(m_listener, generic, length) != 0 || listen(m_listener, 8) != 0)
            qFatal("cannot listen");
        getsockname(m_listener, generic, &length);
        port = ntohs(address.sin_port);
        if (!answer.isEmpty())
            m_thread = std::thread([this, answer] {
                const int client = accept(m_listener, nullptr, nullptr);
                char request[64];
                (void)!recv(client, request, sizeof request, 0);
                (void)!send(client, answer.constData(), static_cast<std::size_t>(answer.size()), MSG_NOSIGNAL);
                close(client);
            });
    }
    OddServer(const OddServer &) = delete;
    OddServer &operator=(const OddServer &) = delete;
    ~OddServer()
    {
        if (m_thread.joinable())
            m_thread.join();
        close(m_listener);
    }
    int port = 0;

private:
    int m_listener;
    std::thread m_thread;
};

} // namespace

class TestPostgresConnect final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!PostgresFixture::isThere())
            QSKIP("TIDEMARK_TEST_POSTGRES is not set: nothing of PostgreSQL is tested");
        m_fixture = std::make_unique<PostgresFixture>();
        m_tls = qEnvironmentVariable("TIDEMARK_TEST_TLS_DIR");
    }
    void cleanupTestCase() { m_fixture.reset(); }

    void saysWhatItIsConnectedTo()
    {
        MUST(session, m_fixture->open());
        QCOMPARE(session->facts().product, u"PostgreSQL"_s);
        QVERIFY(session->facts().version.section(u'.', 0, 0).toInt() >= 12);
        QVERIFY(session->facts().identity.startsWith(u"postgres:"_s));
        QVERIFY(session->facts().holdsLock);
        QVERIFY(!session->facts().readOnly);
        ConnectionSettings byName = m_fixture->settings;
        byName.host = u"localhost"_s;
        MUST(other, openPostgres(byName, m_fixture->secret, {}));
        QCOMPARE(other->facts().identity, session->facts().identity);
    }

    void tellsFailuresApart_data()
    {
        QTest::addColumn<QString>("change");
        QTest::addColumn<QString>("code");
        QTest::newRow("wrong password") << u"password"_s << u"wrong-password"_s;
        QTest::newRow("no password") << u"nopassword"_s << u"password-missing"_s;
        QTest::newRow("unknown user") << u"user"_s << u"wrong-password"_s;
        QTest::newRow("no such database") << u"database"_s << u"no-such-database"_s;
        QTest::newRow("no such schema") << u"schema"_s << u"no-such-database"_s;
        QTest::newRow("nobody listens") << u"port"_s << u"unreachable"_s;
        QTest::newRow("no such host") << u"host"_s << u"host-not-found"_s;
        QTest::newRow("no such socket") << u"socket"_s << u"unreachable"_s;
        QTest::newRow("a CA file that is missing") << u"nocafile"_s << u"file-not-found"_s;
    }
    void tellsFailuresApart()
    {
        QFETCH(QString, change);
        QFETCH(QString, code);
        ConnectionSettings settings = m_fixture->settings;
        Secret secret = m_fixture->secret;
        if (change == u"password"_s)
            secret = Secret("not-the-password");
        else if (change == u"nopassword"_s)
            secret = Secret();
        else if (change == u"user"_s)
            settings.user = u"nobody_of_that_name"_s;
        else if (change == u"database"_s)
            settings.database = u"no \"such\" 'database' host=evil"_s;
        else if (change == u"schema"_s)
            settings.schema = u"no_such_schema"_s;
        else if (change == u"port"_s)
            settings.port = closedPort();
        else if (change == u"host"_s)
            settings.host = u"no-such-host.invalid"_s;
        else if (change == u"socket"_s)
            settings.host = u"/no/such/folder"_s;
        else
            settings.tls.ca = u"/no/such/ca.pem"_s;
        const auto opened = openPostgres(settings, secret, {});
        QVERIFY(!opened);
        QCOMPARE(codeName(opened.error().code), code);
        QVERIFY(!opened.error().detail.contains(u"not-the-password"_s));
        QVERIFY(!opened.error().detail.contains(QString::fromUtf8(m_fixture->secret.bytes())));
    }

    void verifiesTheServersCertificate_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<int>("mode");
        QTest::addColumn<QString>("ca");
        QTest::addColumn<QString>("code"); // empty: connects
        QTest::newRow("name and authority") << u"localhost"_s << int(TlsMode::VerifyFull) << u"ca.pem"_s << QString();
        QTest::newRow("another name") << u"127.0.0.1"_s << int(TlsMode::VerifyFull) << u"ca.pem"_s << u"tls-name"_s;
        QTest::newRow("another name, authority alone")
            << u"127.0.0.1"_s << int(TlsMode::VerifyCa) << u"ca.pem"_s << QString();
        QTest::newRow("another authority")
            << u"localhost"_s << int(TlsMode::VerifyFull) << u"wrong-ca.pem"_s << u"tls-untrusted"_s;
        QTest::newRow("the system's authorities")
            << u"localhost"_s << int(TlsMode::VerifyFull) << QString() << u"tls-untrusted"_s;
        QTest::newRow("encrypted alone") << u"127.0.0.1"_s << int(TlsMode::Require) << QString() << QString();
    }
    void verifiesTheServersCertificate()
    {
        QFETCH(QString, host);
        QFETCH(int, mode);
        QFETCH(QString, ca);
        QFETCH(QString, code);
        if (m_tls.isEmpty())
            QSKIP("TIDEMARK_TEST_TLS_DIR is not set");
        ConnectionSettings settings = m_fixture->settings;
        settings.host = host;
        settings.tls.mode = static_cast<TlsMode>(mode);
        settings.tls.ca = ca.isEmpty() ? ca : m_tls + u'/' + ca;
        const auto opened = openPostgres(settings, m_fixture->secret, {});
        QCOMPARE(opened ? QString() : codeName(opened.error().code), code);
        if (opened)
            QCOMPARE(QString::fromUtf8(
                         *(*opened)->query(u"SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"_s)->first()[0]),
                     u"t"_s);
    }

    void pinsACertificate()
    {
        const QString path = m_tls + u"/server.pem"_s;
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            QSKIP("the server's certificate is not at hand");
        QByteArray pem = file.readAll();
        pem = pem.mid(pem.indexOf('\n') + 1);
        pem = pem.left(pem.indexOf("-----END"));
        const QByteArray digest =
            QCryptographicHash::hash(QByteArray::fromBase64(pem), QCryptographicHash::Sha256).toHex();
        ConnectionSettings settings = m_fixture->settings;
        settings.tls.pin = QString::fromLatin1(digest);
        GOOD(openPostgres(settings, m_fixture->secret, {}));
        settings.tls.pin = QString(64, u'a');
        FAILS_WITH(openPostgres(settings, m_fixture->secret, {}), ErrorCode::TlsUntrusted);
    }

    void refusesWhatIsNoPostgres()
    {
        const OddServer server("HTTP/1.1 400 Bad Request\r\n\r\n");
        ConnectionSettings settings = m_fixture->settings;
        settings.port = server.port;
        FAILS_WITH(openPostgres(settings, m_fixture->secret, {}), ErrorCode::ProtocolUnknown);
    }

    void givesUpOnASilentServer()
    {
        const OddServer silent;
        ConnectionSettings settings = m_fixture->settings;
        settings.port = silent.port;
        settings.timeoutMs = 300;
        QElapsedTimer clock;
        clock.start();
        FAILS_WITH(openPostgres(settings, m_fixture->secret, {}), ErrorCode::Timeout);
        QVERIFY(clock.elapsed() < 3000);
    }

    void canBeCancelledWhileItConnects()
    {
        const OddServer silent;
        ConnectionSettings settings = m_fixture->settings;
        settings.port = silent.port;
        settings.timeoutMs = 60'000;
        Cancellation cancellation;
        std::thread canceller([&cancellation] {
            cancellation.wait(std::chrono::milliseconds(100));
            cancellation.cancel();
        });
        const auto opened = openPostgres(settings, m_fixture->secret, {true, &cancellation});
        canceller.join();
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, ErrorCode::Cancelled);
    }

    void waitsForAServerThatIsOnlyBusy()
    {
        ConnectionSettings settings = m_fixture->settings;
        settings.timeoutMs = 1000;
        MUST(session, openPostgres(settings, m_fixture->secret, {}));
        GOOD(session->query(u"SELECT pg_sleep(2.5)"_s));
    }

    void givesUpOnAServerThatFroze()
    {
        TcpProxy proxy(m_fixture->settings.host, m_fixture->settings.port);
        ConnectionSettings settings = m_fixture->settings;
        settings.port = proxy.port();
        settings.timeoutMs = 800;
        MUST(session, openPostgres(settings, m_fixture->secret, {}));
        GOOD(session->query(u"SELECT 1"_s));
        proxy.setFrozen(true);
        QElapsedTimer clock;
        clock.start();
        FAILS_WITH(session->query(u"SELECT 1"_s), ErrorCode::Timeout);
        QVERIFY2(clock.elapsed() < 10'000, qPrintable(QString::number(clock.elapsed())));
        FAILS_WITH(session->query(u"SELECT 1"_s), ErrorCode::Timeout); // dead for good
        proxy.setFrozen(false);
    }

    void interruptsABlockedStatement()
    {
        MUST(holder, m_fixture->open());
        GOOD(holder->query(u"SELECT pg_advisory_lock(4711)"_s));
        Cancellation cancellation;
        MUST(session, m_fixture->open(true, &cancellation));
        std::thread canceller([this, &cancellation] {
            const QString waiting =
                u"SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = 4711 AND NOT granted"_s;
            const auto watcher = m_fixture->open();
            auto rows = watcher ? (*watcher)->query(waiting) : Result<QList<SqlRow>>();
            while (watcher && rows && rows->isEmpty())
                rows = (*watcher)->query(waiting);
            cancellation.cancel();
        });
        QElapsedTimer clock;
        clock.start();
        const auto blocked = session->query(u"SELECT pg_advisory_lock(4711)"_s);
        canceller.join();
        QVERIFY(!blocked);
        QCOMPARE(blocked.error().code, ErrorCode::Cancelled);
        QVERIFY(clock.elapsed() < 5000);
        QTRY_COMPARE(
            m_fixture->value(
                u"SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 4711 AND NOT granted"_s),
            u"0"_s);
    }

    void locksAJobOnce()
    {
        MUST(first, m_fixture->open());
        MUST(second, m_fixture->open());
        MUST(held, first->tryJobLock(u"some-job"_s));
        QVERIFY(held);
        MUST(refused, second->tryJobLock(u"some-job"_s));
        QVERIFY(!refused);
        MUST(other, second->tryJobLock(u"another-job"_s));
        QVERIFY(other);
        first.reset();
        QTRY_VERIFY(second->tryJobLock(u"some-job"_s).value_or(false));
    }

    void isReadOnlyUnlessItMayWrite()
    {
        m_fixture->run(u"CREATE TABLE guarded (id int PRIMARY KEY)"_s);
        MUST(session, m_fixture->open(false));
        FAILS_WITH(session->execute(u"INSERT INTO guarded VALUES (1)"_s), ErrorCode::ReadOnly);
        FAILS_WITH(session->beginWrite(), ErrorCode::ReadOnly);
    }

private:
    std::unique_ptr<PostgresFixture> m_fixture;
    QString m_tls;
};

QTEST_GUILESS_MAIN(TestPostgresConnect)
#include "tst_postgresconnect.moc"
