// SPDX-License-Identifier: GPL-3.0-or-later
#include <QElapsedTimer>

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

#include "tests/endpoint/mysql/mysqlfixture.h"
#include "tests/support/tcpproxy.h"

using namespace Qt::StringLiterals;
using namespace tidemark;
using namespace tidemark::test;

// Takes connections into its queue, and says what it is told to say, or nothing.
class Listener
{
public:
    Listener()
    {
        m_socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto *plain = reinterpret_cast<sockaddr *>(&address);
        if (::bind(m_socket, plain, size) != 0 || ::listen(m_socket, 8) != 0
            || ::getsockname(m_socket, plain, &size) != 0)
            qFatal("cannot listen");
        m_port = ntohs(address.sin_port);
    }
    ~Listener() { ::close(m_socket); }
    Listener(const Listener &) = delete;
    Listener &operator=(const Listener &) = delete;

    int port() const { return m_port; }
    bool waitForClient() const
    {
        pollfd wait{m_socket, POLLIN, 0};
        return ::poll(&wait, 1, 5000) == 1;
    }
    void say(const QByteArray &words) const
    {
        const int client = waitForClient() ? ::accept(m_socket, nullptr, nullptr) : -1;
        if (client < 0)
            return;
        [[maybe_unused]] const auto written = ::write(client, words.constData(), static_cast<size_t>(words.size()));
        ::close(client);
    }

private:
    int m_socket = -1;
    int m_port = 0;
};

class TestMysqlConnection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!hasMysql())
            QSKIP("TIDEMARK_TEST_MYSQL is not set");
    }
    void tls_data();
    void tls();
    void refusesWhatItCannotHonour();
    void wrongPassword();
    void wrongDatabase();
    void refusedPort();
    void unknownHost();
    void socketPath();
    void silentServer();
    void frozenWhileOpening();
    void notMysql();
    void frozenServer();
    void slowStatementIsNotFrozen();
    void oneFailureIsNotAnothers();
    void cancelWhileOpening();
    void cancelWhileReading();
    void cancelWhileWaiting();
    void killedWhileReading();
    void cutWhileReading();
    void cutAtCommit();
    void abandonedReader();
    void localInfile();
    void sessionVariables();
    void readOnlySession();
    void jobLock();
};

void TestMysqlConnection::tls_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<int>("mode");
    QTest::addColumn<QString>("ca");
    QTest::addColumn<int>("expected"); // −1: opens encrypted, −2: in clear

    const auto row = [](const char *name, const QString &host, TlsMode mode, const QString &ca, int expected) {
        QTest::newRow(name) << host << static_cast<int>(mode) << ca << expected;
    };
    const int name = static_cast<int>(ErrorCode::TlsName);
    const int untrusted = static_cast<int>(ErrorCode::TlsUntrusted);
    row("disable", u"127.0.0.1"_s, TlsMode::Disable, {}, -2);
    row("prefer", u"127.0.0.1"_s, TlsMode::Prefer, {}, -1);
    row("require", u"127.0.0.1"_s, TlsMode::Require, {}, -1);
    row("verify-ca", u"127.0.0.1"_s, TlsMode::VerifyCa, u"ca.pem"_s, -1);
    row("verify-ca, other authority", u"127.0.0.1"_s, TlsMode::VerifyCa, u"wrong-ca.pem"_s, untrusted);
    row("verify-ca, the system's authorities", u"127.0.0.1"_s, TlsMode::VerifyCa, {}, untrusted);
    row("verify-full", u"localhost"_s, TlsMode::VerifyFull, u"ca.pem"_s, -1);
    row("verify-full, other name", u"127.0.0.1"_s, TlsMode::VerifyFull, u"ca.pem"_s, name);
    row("verify-full, other authority", u"localhost"_s, TlsMode::VerifyFull, u"wrong-ca.pem"_s, untrusted);
    row("verify-full, the system's authorities", u"localhost"_s, TlsMode::VerifyFull, {}, untrusted);
}

void TestMysqlConnection::tls()
{
    QFETCH(QString, host);
    QFETCH(int, mode);
    QFETCH(QString, ca);
    QFETCH(int, expected);
    ConnectionSettings settings = mysqlSettings();
    settings.host = host;
    settings.tls.mode = static_cast<TlsMode>(mode);
    if (!ca.isEmpty())
        settings.tls.ca = qEnvironmentVariable("TIDEMARK_TEST_TLS_DIR") + u'/' + ca;
    const auto session = openMysql(settings, mysqlSecret(), {});
    if (expected >= 0) {
        COMPARE_CODE(session, static_cast<ErrorCode>(expected));
        return;
    }
    VERIFY_OK(session);
    const auto cipher = (*session)->query(u"SHOW STATUS LIKE 'Ssl_cipher'"_s);
    VERIFY_OK(cipher);
    QCOMPARE(cipher->first()[1]->isEmpty(), expected == -2);
}

void TestMysqlConnection::refusesWhatItCannotHonour()
{
    ConnectionSettings settings = mysqlSettings();
    settings.tls.mode = TlsMode::Require;
    settings.tls.pin = QString(64, u'a');
    COMPARE_CODE(openMysql(settings, mysqlSecret(), {}), ErrorCode::TlsUntrusted);
    settings.tls.pin.clear();
    settings.tls.mode = TlsMode::VerifyFull;
    settings.tls.ca = u"/nonexistent/ca.pem"_s;
    COMPARE_CODE(openMysql(settings, mysqlSecret(), {}), ErrorCode::FileNotFound);
}

void TestMysqlConnection::wrongPassword()
{
    const auto session = openMysql(mysqlSettings(), Secret("not-the-password"), {});
    COMPARE_CODE(session, ErrorCode::WrongPassword);
    QVERIFY(!session.error().detail.contains("not-the-password"_L1));
    QCOMPARE(session.error().facts.value(Fact::User), mysqlSettings().user);
}

void TestMysqlConnection::wrongDatabase()
{
    ConnectionSettings settings = mysqlSettings("TIDEMARK_TEST_MYSQL_ADMIN");
    settings.database = u"my_no_such"_s;
    const auto session = openMysql(settings, mysqlSecret("TIDEMARK_TEST_ADMIN_PASSWORD"), {});
    COMPARE_CODE(session, ErrorCode::NoSuchDatabase);
    QCOMPARE(session.error().facts.value(Fact::Database), u"my_no_such"_s);
    settings = mysqlSettings();
    settings.user = u"tidemark_low"_s;
    settings.database = u"mysql"_s;
    COMPARE_CODE(openMysql(settings, mysqlSecret(), {}), ErrorCode::NoRights);
}

void TestMysqlConnection::refusedPort()
{
    ConnectionSettings settings = mysqlSettings();
    settings.port = Listener().port(); // closed again
    const auto session = openMysql(settings, mysqlSecret(), {});
    COMPARE_CODE(session, ErrorCode::Unreachable);
    QCOMPARE(session.error().facts.value(Fact::Port), QString::number(settings.port));
    settings.host = u"/nonexistent/mysqld.sock"_s;
    COMPARE_CODE(openMysql(settings, mysqlSecret(), {}), ErrorCode::Unreachable);
}

void TestMysqlConnection::unknownHost()
{
    ConnectionSettings settings = mysqlSettings();
    settings.host = u"no-such-host.invalid"_s;
    settings.tls.mode = TlsMode::Disable;
    COMPARE_CODE(openMysql(settings, mysqlSecret(), {}), ErrorCode::HostNotFound);
}

void TestMysqlConnection::socketPath()
{
    MysqlDatabase database;
    ConnectionSettings settings = database.settings();
    settings.host = QString::fromUtf8(database.value(u"SELECT @@socket"_s));
    settings.port = 0;
    VERIFY_OK(openMysql(settings, mysqlSecret(), {}));
}

void TestMysqlConnection::silentServer()
{
    const Listener silent;
    ConnectionSettings settings = mysqlSettings();
    settings.port = silent.port();
    settings.timeoutMs = 300;
    QElapsedTimer timer;
    timer.start();
    COMPARE_CODE(openMysql(settings, mysqlSecret(), {}), ErrorCode::Timeout);
    QVERIFY(timer.elapsed() < 2000);
}

// Frozen at every stage of opening: greeting, TLS handshake, login, settings.
void TestMysqlConnection::frozenWhileOpening()
{
    const ConnectionSettings real = mysqlSettings();
    for (const TlsMode mode : {TlsMode::Disable, TlsMode::Require}) {
        for (const qint64 bytes : {10, 120, 600, 1400, 1500, 1600, 1700, 1800, 1900, 2500}) {
            TcpProxy proxy(real.host, real.port);
            ConnectionSettings settings = real;
            settings.port = proxy.port();
            settings.timeoutMs = 300;
            settings.tls.mode = mode;
            std::atomic<bool> done = false;
            std::thread freezer([&] {
                while (!done && proxy.bytesFromServer() + proxy.bytesToServer() < bytes)
                    std::this_thread::yield();
                proxy.setFrozen(true);
            });
            QElapsedTimer timer;
            timer.start();
            const auto session = openMysql(settings, mysqlSecret(), {});
            done = true;
            freezer.join();
            QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
            if (!session) // the freezer may have come too late for the last stage
                COMPARE_CODE(session, ErrorCode::Timeout);
        }
    }
}

void TestMysqlConnection::notMysql()
{
    const Listener other;
    ConnectionSettings settings = mysqlSettings();
    settings.port = other.port();
    settings.timeoutMs = 2000;
    std::thread speaker([&] { other.say("SSH-2.0-OpenSSH_9.2p1\r\n"); });
    const auto session = openMysql(settings, mysqlSecret(), {});
    speaker.join();
    QVERIFY(!session);
    QVERIFY2(session.error().code == ErrorCode::ProtocolUnknown || session.error().code == ErrorCode::ConnectionLost,
             qPrintable(codeName(session.error().code)));
}

void TestMysqlConnection::frozenServer()
{
    const ConnectionSettings real = mysqlSettings();
    TcpProxy proxy(real.host, real.port);
    for (const TlsMode mode : {TlsMode::Disable, TlsMode::Require}) {
        ConnectionSettings settings = real;
        settings.port = proxy.port();
        settings.timeoutMs = 400;
        settings.tls.mode = mode;
        proxy.setFrozen(false);
        const auto session = openMysql(settings, mysqlSecret(), {});
        VERIFY_OK(session);
        proxy.setFrozen(true);
        QElapsedTimer timer;
        timer.start();
        COMPARE_CODE((*session)->query(u"SELECT 1"_s), ErrorCode::Timeout);
        QVERIFY2(timer.elapsed() >= 400 && timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
        timer.start();
        COMPARE_CODE((*session)->query(u"SELECT 1"_s), ErrorCode::Timeout); // dead, and says so at once
        QVERIFY(timer.elapsed() < 100);
    }
}

void TestMysqlConnection::slowStatementIsNotFrozen()
{
    ConnectionSettings settings = mysqlSettings();
    settings.timeoutMs = 200;
    const auto session = openMysql(settings, mysqlSecret(), {});
    VERIFY_OK(session);
    const auto slept = (*session)->query(u"SELECT SLEEP(1.2)"_s);
    VERIFY_OK(slept);
    QCOMPARE(*slept->first()[0], QByteArray("0"));
}

// OpenSSL's errors are kept by thread: that of a connection that broke was taken for one of the next connection that
// waits.
void TestMysqlConnection::oneFailureIsNotAnothers()
{
    const ConnectionSettings real = mysqlSettings();
    TcpProxy proxy(real.host, real.port);
    ConnectionSettings settings = real;
    settings.tls.mode = TlsMode::Require;
    const auto healthy = openMysql(settings, mysqlSecret(), {});
    VERIFY_OK(healthy);
    settings.port = proxy.port();
    settings.timeoutMs = 200;
    auto broken = openMysql(settings, mysqlSecret(), {});
    VERIFY_OK(broken);
    proxy.setFrozen(true);
    COMPARE_CODE((*broken)->query(u"SELECT 1"_s), ErrorCode::Timeout);
    broken->reset();
    VERIFY_OK((*healthy)->query(u"SELECT SLEEP(0.05)"_s));
}

void TestMysqlConnection::cancelWhileOpening()
{
    const Listener silent;
    ConnectionSettings settings = mysqlSettings();
    settings.port = silent.port();
    settings.timeoutMs = 20'000;
    Cancellation cancellation;
    QElapsedTimer timer;
    timer.start();
    std::thread canceller([&] {
        silent.waitForClient();
        cancellation.cancel();
    });
    COMPARE_CODE(openMysql(settings, mysqlSecret(), {false, &cancellation}), ErrorCode::Cancelled);
    canceller.join();
    QVERIFY(timer.elapsed() < 5000);
    COMPARE_CODE(openMysql(mysqlSettings(), mysqlSecret(), {false, &cancellation}), ErrorCode::Cancelled);
}

static void makeNumbers(MysqlDatabase &database, int count)
{
    database.run(u"CREATE TABLE n (id INT PRIMARY KEY, t VARCHAR(100))"_s);
    database.run(u"INSERT INTO n SELECT seq, REPEAT('x', 100) FROM seq_1_to_%1"_s.arg(count));
}

void TestMysqlConnection::cancelWhileReading()
{
    MysqlDatabase database;
    makeNumbers(database, 200'000);
    Cancellation cancellation;
    auto session = database.open(false, &cancellation);
    VERIFY_OK(session);
    const auto schema = (*session)->describe({{}, u"n"_s});
    VERIFY_OK(schema);
    const TableRequest request(*schema);
    auto reader = (*session)->read(request.read);
    VERIFY_OK(reader);
    RowBatch batch;
    VERIFY_OK((*reader)->next(batch));
    cancellation.cancel();
    QElapsedTimer timer;
    timer.start();
    Result<bool> more = true;
    while (more && *more)
        more = (*reader)->next(batch);
    COMPARE_CODE(more, ErrorCode::Cancelled);
    QVERIFY(batch.isEmpty());
    reader->reset();
    session->reset();
    QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
}

void TestMysqlConnection::cancelWhileWaiting()
{
    MysqlDatabase database;
    Cancellation cancellation;
    auto session = database.open(true, &cancellation);
    VERIFY_OK(session);
    const QString id = QString::fromUtf8(*(*(*session)->query(u"SELECT CONNECTION_ID()"_s)).first()[0]);
    QElapsedTimer timer;
    timer.start();
    std::thread canceller([&] {
        const auto watcher = database.open(false);
        while (
            watcher
            && (*watcher)
                   ->query(u"SELECT 1 FROM information_schema.PROCESSLIST WHERE INFO LIKE 'SELECT SLEEP%' AND ID = "_s
                           + id)
                   ->isEmpty())
            std::this_thread::yield();
        cancellation.cancel();
    });
    COMPARE_CODE((*session)->query(u"SELECT SLEEP(60)"_s), ErrorCode::Cancelled);
    canceller.join();
    session->reset();
    QVERIFY(timer.elapsed() < 5000);
    // and the server does not go on with it
    QTRY_COMPARE(database.value(u"SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE ID = "_s + id),
                 QByteArray("0"));
}

void TestMysqlConnection::killedWhileReading()
{
    MysqlDatabase database;
    makeNumbers(database, 200'000);
    auto session = database.open(false);
    VERIFY_OK(session);
    const auto schema = (*session)->describe({{}, u"n"_s});
    VERIFY_OK(schema);
    const QString id = QString::fromUtf8(*(*(*session)->query(u"SELECT CONNECTION_ID()"_s)).first()[0]);
    const TableRequest request(*schema);
    auto reader = (*session)->read(request.read);
    VERIFY_OK(reader);
    RowBatch batch;
    VERIFY_OK((*reader)->next(batch));
    database.run(u"KILL "_s + id);
    qint64 rows = batch.rowCount();
    Result<bool> more = true;
    while ((more = (*reader)->next(batch)) && *more)
        rows += batch.rowCount();
    COMPARE_CODE(more, ErrorCode::ConnectionLost);
    QVERIFY(rows < 200'000);
}

void TestMysqlConnection::cutWhileReading()
{
    MysqlDatabase database;
    makeNumbers(database, 500);
    const ConnectionSettings real = database.settings();
    TcpProxy proxy(real.host, real.port);
    const auto schema = database.open(false).value()->describe({{}, u"n"_s});
    VERIFY_OK(schema);
    const TableRequest request(*schema);
    // The whole answer, to know where it can be cut.
    qint64 length = 0;
    for (const TlsMode mode : {TlsMode::Disable, TlsMode::Require}) {
        ConnectionSettings settings = real;
        settings.port = proxy.port();
        settings.tls.mode = mode;
        {
            auto session = openMysql(settings, mysqlSecret(), {});
            VERIFY_OK(session);
            const qint64 before = proxy.bytesFromServer();
            RowBatch rows;
            VERIFY_OK(readAll(**session, request.read, rows));
            length = proxy.bytesFromServer() - before;
        }
        int cuts = 0;
        for (qint64 offset = 0; offset < length; offset += offset < 300 || offset > length - 60 ? 7 : 3989) {
            proxy.cutAfter(-1);
            auto session = openMysql(settings, mysqlSecret(), {});
            VERIFY_OK(session);
            proxy.cutAfter(offset);
            RowBatch rows;
            const auto read = readAll(**session, request.read, rows);
            QVERIFY2(!read, qPrintable(u"whole in spite of a cut at %1"_s.arg(offset)));
            QVERIFY2(read.error().code == ErrorCode::ConnectionLost,
                     qPrintable(codeName(read.error().code) + read.error().detail));
            ++cuts;
        }
        proxy.cutAfter(-1);
        QVERIFY(cuts > 50);
    }
}

void TestMysqlConnection::cutAtCommit()
{
    MysqlDatabase database;
    database.run(u"CREATE TABLE n (id INT PRIMARY KEY)"_s);
    const ConnectionSettings real = database.settings();
    TcpProxy proxy(real.host, real.port);
    ConnectionSettings settings = real;
    settings.port = proxy.port();
    auto session = openMysql(settings, mysqlSecret(), {true, nullptr});
    VERIFY_OK(session);
    VERIFY_OK((*session)->beginWrite());
    VERIFY_OK((*session)->execute(u"INSERT INTO n VALUES (1)"_s));
    proxy.cutAfter(0);
    COMPARE_CODE((*session)->commit(), ErrorCode::CommitInDoubt);
}

void TestMysqlConnection::abandonedReader()
{
    MysqlDatabase database;
    makeNumbers(database, 200'000);
    auto session = database.open(false);
    VERIFY_OK(session);
    const auto schema = (*session)->describe({{}, u"n"_s});
    const TableRequest request(*schema);
    for (int i = 0; i < 3; ++i) {
        auto reader = (*session)->read(request.read);
        VERIFY_OK(reader);
        RowBatch batch;
        VERIFY_OK((*reader)->next(batch));
        reader->reset(); // in the middle
        const auto one = (*session)->query(u"SELECT 1"_s);
        VERIFY_OK(one);
        QCOMPARE(*one->first()[0], QByteArray("1"));
    }
}

void TestMysqlConnection::localInfile()
{
    MysqlDatabase database;
    database.run(u"CREATE TABLE n (t TEXT)"_s);
    auto session = database.open();
    VERIFY_OK(session);
    QVERIFY(!(*session)->execute(u"LOAD DATA LOCAL INFILE '/etc/passwd' INTO TABLE n"_s));
    QCOMPARE(database.value(u"SELECT COUNT(*) FROM n"_s), QByteArray("0"));
}

void TestMysqlConnection::sessionVariables()
{
    auto session = openMysql(mysqlSettings(), mysqlSecret(), {true, nullptr});
    VERIFY_OK(session);
    const auto rows =
        (*session)->query(u"SELECT @@sql_mode, @@time_zone, @@character_set_results, @@local_infile IS NOT NULL"_s);
    VERIFY_OK(rows);
    QVERIFY(rows->first()[0]->contains("STRICT_ALL_TABLES"));
    QVERIFY(rows->first()[0]->contains("NO_AUTO_VALUE_ON_ZERO"));
    QCOMPARE(*rows->first()[1], QByteArray("+00:00"));
    QCOMPARE(*rows->first()[2], QByteArray("utf8mb4"));
    QCOMPARE((*session)->facts().product, u"MariaDB"_s);
    auto other = openMysql(mysqlSettings(), mysqlSecret(), {});
    VERIFY_OK(other);
    QCOMPARE((*session)->facts().identity, (*other)->facts().identity);
    const auto multi = (*session)->query(u"SELECT 1; SELECT 2"_s);
    QVERIFY(!multi);
}

void TestMysqlConnection::readOnlySession()
{
    MysqlDatabase database;
    database.run(u"CREATE TABLE n (id INT PRIMARY KEY)"_s);
    auto session = database.open(false);
    VERIFY_OK(session);
    COMPARE_CODE((*session)->beginWrite(), ErrorCode::ReadOnly);
    COMPARE_CODE((*session)->execute(u"INSERT INTO n VALUES (1)"_s), ErrorCode::ReadOnly);
    VERIFY_OK((*session)->beginRead({}));
    COMPARE_CODE((*session)->execute(u"INSERT INTO n VALUES (1)"_s), ErrorCode::ReadOnly);
    VERIFY_OK((*session)->rollback());
    QCOMPARE(database.value(u"SELECT COUNT(*) FROM n"_s), QByteArray("0"));
}

void TestMysqlConnection::jobLock()
{
    auto first = openMysql(mysqlSettings(), mysqlSecret(), {true, nullptr});
    auto second = openMysql(mysqlSettings(), mysqlSecret(), {true, nullptr});
    VERIFY_OK(first);
    VERIFY_OK(second);
    const QString job = u"my-test-%1"_s.arg(QCoreApplication::applicationPid());
    QCOMPARE((*first)->tryJobLock(job).value(), true);
    QCOMPARE((*second)->tryJobLock(job).value(), false);
    QCOMPARE((*second)->tryJobLock(job + u'x').value(), true);
    first->reset();
    QTRY_COMPARE((*second)->tryJobLock(job).value(), true); // the server notices the end in its own time
}

QTEST_GUILESS_MAIN(TestMysqlConnection)
#include "tst_mysqlconnection.moc"
