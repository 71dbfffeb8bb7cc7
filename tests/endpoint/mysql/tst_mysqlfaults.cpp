// SPDX-License-Identifier: GPL-3.0-or-later
#include <QElapsedTimer>

#include <thread>

#include "tests/endpoint/mysql/listener.h"
#include "tests/endpoint/mysql/mysqlfixture.h"
#include "tests/support/tcpproxy.h"

using namespace Qt::StringLiterals;
using namespace tidemark;
using namespace tidemark::test;

// Every wait ends: in time where the server froze, at once where somebody cancels; a cut is never taken for the end.
class TestMysqlFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!hasMysql())
            QSKIP("TIDEMARK_TEST_MYSQL is not set");
    }
    void silentServer();
    void frozenWhileOpening();
    void frozenServer();
    void slowStatementIsNotFrozen();
    void oneFailureIsNotAnothers();
    void cancelWhileOpening();
    void cancelWhileReading();
    void cancelWhileWaiting();
    void killedWhileReading();
    void cutWhileOpening();
    void cutWhileReading();
    void cutAtCommit();
    void abandonedReader();
};

void TestMysqlFaults::silentServer()
{
    const Listener silent;
    ConnectionSettings settings = mysqlSettings();
    settings.port = silent.port();
    settings.timeoutMs = 300;
    QElapsedTimer timer;
    timer.start();
    COMPARE_CODE(openMysql(settings, mysqlSecret(), {}), ErrorCode::Timeout);
    QVERIFY(timer.elapsed() < 10'000);
}

// Frozen at every stage of opening: greeting, TLS handshake, login, settings.
void TestMysqlFaults::frozenWhileOpening()
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
            QVERIFY2(timer.elapsed() < 10'000, qPrintable(QString::number(timer.elapsed())));
            if (!session) // the freezer may have come too late for the last stage
                COMPARE_CODE(session, ErrorCode::Timeout);
        }
    }
}

void TestMysqlFaults::frozenServer()
{
    const ConnectionSettings real = mysqlSettings();
    TcpProxy proxy(real.host, real.port);
    for (const TlsMode mode : {TlsMode::Disable, TlsMode::Require}) {
        ConnectionSettings settings = real;
        settings.port = proxy.port();
        settings.timeoutMs = 800;
        settings.tls.mode = mode;
        proxy.setFrozen(false);
        const auto session = openMysql(settings, mysqlSecret(), {});
        VERIFY_OK(session);
        proxy.setFrozen(true);
        QElapsedTimer timer;
        timer.start();
        COMPARE_CODE((*session)->query(u"SELECT 1"_s), ErrorCode::Timeout);
        QVERIFY2(timer.elapsed() >= 800 && timer.elapsed() < 10'000, qPrintable(QString::number(timer.elapsed())));
        timer.start();
        COMPARE_CODE((*session)->query(u"SELECT 1"_s), ErrorCode::Timeout); // dead, and says so at once
        QVERIFY(timer.elapsed() < 800);
    }
}

void TestMysqlFaults::slowStatementIsNotFrozen()
{
    ConnectionSettings settings = mysqlSettings();
    settings.timeoutMs = 1000;
    const auto session = openMysql(settings, mysqlSecret(), {});
    VERIFY_OK(session);
    const auto slept = (*session)->query(u"SELECT SLEEP(2.5)"_s);
    VERIFY_OK(slept);
    QCOMPARE(*slept->first()[0], QByteArray("0"));
}

// OpenSSL's errors are kept by thread: that of a connection that broke was taken for one of the next connection that
// waits.
void TestMysqlFaults::oneFailureIsNotAnothers()
{
    const ConnectionSettings real = mysqlSettings();
    TcpProxy proxy(real.host, real.port);
    ConnectionSettings settings = real;
    settings.tls.mode = TlsMode::Require;
    const auto healthy = openMysql(settings, mysqlSecret(), {});
    VERIFY_OK(healthy);
    settings.port = proxy.port();
    settings.timeoutMs = 1000;
    auto broken = openMysql(settings, mysqlSecret(), {});
    VERIFY_OK(broken);
    proxy.setFrozen(true);
    COMPARE_CODE((*broken)->query(u"SELECT 1"_s), ErrorCode::Timeout);
    broken->reset();
    VERIFY_OK((*healthy)->query(u"SELECT SLEEP(0.05)"_s));
}

void TestMysqlFaults::cancelWhileOpening()
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

void TestMysqlFaults::cancelWhileReading()
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
    QVERIFY2(timer.elapsed() < 10'000, qPrintable(QString::number(timer.elapsed())));
}

void TestMysqlFaults::cancelWhileWaiting()
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

void TestMysqlFaults::killedWhileReading()
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

// A connection that is cut in its TLS handshake is no certificate that nobody trusts: it is worth another attempt.
void TestMysqlFaults::cutWhileOpening()
{
    const ConnectionSettings real = mysqlSettings();
    TcpProxy proxy(real.host, real.port);
    ConnectionSettings settings = real;
    settings.port = proxy.port();
    settings.tls.mode = TlsMode::Require;
    int refused = 0;
    for (qint64 bytes = 0; bytes < 4000; bytes += 16) {
        proxy.cutAfter(bytes);
        const auto session = openMysql(settings, mysqlSecret(), {});
        proxy.cutAfter(-1);
        refused += session ? 0 : 1;
        QVERIFY2(session || session.error().isTransient(),
                 session ? ""
                         : qPrintable(QString::number(bytes) + u' ' + codeName(session.error().code) + u' '
                                      + session.error().detail));
    }
    QVERIFY(refused > 0);
}

void TestMysqlFaults::cutWhileReading()
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

void TestMysqlFaults::cutAtCommit()
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

void TestMysqlFaults::abandonedReader()
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

QTEST_GUILESS_MAIN(TestMysqlFaults)
#include "tst_mysqlfaults.moc"
