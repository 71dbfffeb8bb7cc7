// SPDX-License-Identifier: GPL-3.0-or-later
// What may happen to the connections of a run under way: killed sessions, absent servers, cut streams. Each ends with
// the codes that were promised, loses and deletes nothing, and the next run converges.

#include <thread>

#include "tests/endpoint/pairs/disaster.h"

using namespace tidemark;
using namespace tidemark::disaster;
using namespace Qt::StringLiterals;

class TestDisasters : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aKilledWriterIsTriedAgain_data() { addServers(allScopes); }
    void aKilledWriterIsTriedAgain();
    void killedReadersAreTriedAgain_data() { addServers(allScopes); }
    void killedReadersAreTriedAgain();
    void aServerMayStayAwayForAWhile_data() { addServers(allScopes); }
    void aServerMayStayAwayForAWhile();
    void aCutReadDeletesNothing_data();
    void aCutReadDeletesNothing();
    void aCutWriteKeepsWholeBatches_data() { addServers(allScopes); }
    void aCutWriteKeepsWholeBatches();
    void aCutWriteIsTriedAgain_data() { addServers(allScopes); }
    void aCutWriteIsTriedAgain();
    void stoppingKeepsTheBatchInHand_data() { addServers(allScopes); }
    void stoppingKeepsTheBatchInHand();
};

void TestDisasters::aKilledWriterIsTriedAgain()
{
    SERVER();
    ItemsPair pair(Driver::Sqlite, server);
    killOnce(pair.target,
             server == Driver::Mysql ? u"KILL CONNECTION CONNECTION_ID();"_s
                                     : u"PERFORM pg_terminate_backend(pg_backend_pid());"_s);
    const JobSettings job = pair.job(inBatches(scope));
    QCOMPARE(shown(pair.run(job)), u"completed +2000 ~0 -0"_s);
    QCOMPARE(pair.target.rows(u"SELECT nextval(%1deaths%1) > 2"_s.arg(server == Driver::Mysql ? u""_s : u"'"_s)),
             QStringList{server == Driver::Mysql ? u"1"_s : u"t"_s});
    QVERIFY(pair.target.rows(content) == pair.source.rows(content));
    QCOMPARE(shown(pair.run(job)), u"completed +0 ~0 -0"_s);
}

// Every session at the source dies while its rows are half read; no attempt may take what it has for all there is.
void TestDisasters::killedReadersAreTriedAgain()
{
    SERVER();
    std::optional<OwnDatabase> own;
    SqlPair pair(server, server);
    if (server == Driver::Postgres) {
        own.emplace(u"disaster"_s);
        own->use(pair.source, u"source"_s);
        own->use(pair.target, u"target"_s);
    }
    pair.source.exec(create);
    pair.target.exec(create);
    fill(pair.source);
    pair.target.exec(u"INSERT INTO items VALUES (9001, 'extra'), (9002, 'extra')"_s);
    killOnce(
        pair.target,
        server == Driver::Mysql
            ? u"FOR r IN (SELECT id FROM information_schema.processlist WHERE db = '%1') DO KILL CONNECTION r.id; END FOR;"_s
                  .arg(pair.source.settings.database)
            : u"PERFORM pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND "
              "backend_type = 'client backend' AND pid <> pg_backend_pid();"_s);
    JobSettings once = pair.job(inBatches(scope));
    once.retry.attempts = 1;
    const RunReport failed = runWith(pair, pair.connector, once);
    pair.source.reconnect(); // the test's own died with the others
    pair.target.reconnect();
    QVERIFY2(failed.state == RunState::Failed, qPrintable(shown(failed)));
    QCOMPARE(failed.exitCode(), 2);
    QVERIFY2(errorOf(failed)->isTransient(), qPrintable(shown(failed)));
    QCOMPARE(failed.totals().deletes, 0);
    QCOMPARE(pair.target.rows(u"SELECT count(*) FROM items WHERE id > 9000"_s), QStringList{u"2"_s});
    const qint64 kept = pair.target.rows(rowTotal).first().toLongLong() - 2;
    QCOMPARE(kept % batchRows, 0);
    QVERIFY(scope == u"batch"_s ? kept < rowCount : kept == 0);

    // The same once more, and this time the run itself goes on.
    pair.target.exec(server == Driver::Mysql ? u"ALTER SEQUENCE deaths RESTART 1"_s
                                             : u"ALTER SEQUENCE deaths RESTART"_s);
    pair.target.exec(u"DELETE FROM items WHERE id < 9000"_s);
    const RunReport report = runWith(pair, pair.connector, pair.job(inBatches(scope)));
    pair.source.reconnect();
    pair.target.reconnect();
    QCOMPARE(shown(report), u"completed +2000 ~0 -2"_s);
    QVERIFY(pair.target.rows(content) == pair.source.rows(content));
}

// The server dies, and the first attempts to come back find nobody.
void TestDisasters::aServerMayStayAwayForAWhile()
{
    SERVER();
    ItemsPair pair(Driver::Sqlite, server);
    test::TcpProxy proxy(pair.target.settings.host, pair.target.settings.port);
    JobSettings job = pair.job(inBatches(scope));
    job.target = through(proxy, job.target, false);
    proxy.cutAfterToServer(3'000'000);
    HookedConnector connector;
    std::atomic<int> refusals = 0;
    connector.beforeOpen = [&](const ConnectionSettings &) -> Result<void> {
        if (proxy.bytesToServer() < 3'000'000)
            return {};
        if (++refusals <= 3)
            return fail(Error{ErrorCode::Unreachable, {}, u"away"_s});
        proxy.cutAfterToServer(-1);
        return {};
    };
    const RunReport report = runWith(pair, connector, job);
    QCOMPARE(shown(report), u"completed +2000 ~0 -0"_s);
    QVERIFY(refusals > 3);
    QVERIFY(pair.target.rows(content) == pair.source.rows(content));
}

void TestDisasters::aCutReadDeletesNothing_data()
{
    QTest::addColumn<Driver>("server");
    QTest::addColumn<QString>("scope");
    QTest::addColumn<bool>("tls");
    for (const bool tls : {false, true}) {
        for (const QString &scope : {u"batch"_s, u"table"_s}) {
            QTest::addRow("PostgreSQL, %s%s", qPrintable(scope), tls ? ", TLS" : "")
                << Driver::Postgres << scope << tls;
            QTest::addRow("MariaDB, %s%s", qPrintable(scope), tls ? ", TLS" : "") << Driver::Mysql << scope << tls;
        }
    }
}

void TestDisasters::aCutReadDeletesNothing()
{
    SERVER();
    QFETCH(bool, tls);
    ItemsPair pair(server, Driver::Sqlite, 1000, false);
    test::TcpProxy proxy(pair.source.settings.host, pair.source.settings.port);
    JobSettings job = pair.job(inBatches(scope));
    job.retry.attempts = 1;
    job.source = through(proxy, job.source, tls);
    QCOMPARE(shown(runWith(pair, pair.connector, job)), u"completed +1000 ~0 -0"_s);
    const qint64 total = proxy.bytesFromServer();
    // Half of the rows are to come, some differ, and as many more are to go.
    pair.target.exec(u"DELETE FROM items WHERE id > 500"_s);
    pair.target.exec(u"UPDATE items SET name = 'other' WHERE id <= 10"_s);
    pair.target.exec(u"INSERT INTO items SELECT id + 5000, name FROM items"_s);
    pair.target.exec(u"CREATE TABLE before AS SELECT * FROM items"_s);
    const QStringList wanted = pair.source.rows(content);
    int failures = 0;
    constexpr int steps = 10;
    for (int step = 0; step < steps; ++step) {
        const qint64 offset = total * step / steps + step;
        proxy.cutAfter(offset);
        const RunReport report = runWith(pair, pair.connector, job);
        const QString said = u"cut after %1 of %2: %3"_s.arg(offset).arg(total).arg(shown(report));
        proxy.cutAfter(-1);
        if (report.state == RunState::Completed) {
            QVERIFY2(pair.target.rows(content) == wanted, qPrintable(said));
            QVERIFY2(step >= steps - 3, qPrintable(said)); // only the goodbyes were cut
        } else {
            ++failures;
            QVERIFY2(report.exitCode() == 2 && errorOf(report)->isTransient(), qPrintable(said));
            QVERIFY2(report.totals().deletes == 0, qPrintable(said));
            QVERIFY2(pair.target.rows(u"SELECT count(*) FROM items WHERE id > 5000"_s) == QStringList{u"500"_s},
                     qPrintable(said));
            QVERIFY2(pair.target.rows(u"SELECT count(*) FROM before WHERE id NOT IN (SELECT id FROM items)"_s)
                         == QStringList{u"0"_s},
                     qPrintable(said));
            if (scope == u"table"_s)
                QVERIFY2(pair.target.rows(u"SELECT * FROM items EXCEPT SELECT * FROM before"_s).isEmpty(),
                         qPrintable(said));
        }
        if (step % 4 == 3 || report.state == RunState::Completed) {
            const RunReport next = runWith(pair, pair.connector, job);
            QVERIFY2(next.state == RunState::Completed && pair.target.rows(content) == wanted,
                     qPrintable(said + shown(next)));
            pair.target.exec(u"DELETE FROM items"_s);
            pair.target.exec(u"INSERT INTO items SELECT * FROM before"_s);
        }
    }
    QVERIFY(failures >= steps - 3);
}

void TestDisasters::aCutWriteKeepsWholeBatches()
{
    SERVER();
    ItemsPair pair(Driver::Sqlite, server, 1000, false);
    test::TcpProxy proxy(pair.target.settings.host, pair.target.settings.port);
    JobSettings job = pair.job(inBatches(scope));
    job.retry.attempts = 1;
    job.target = through(proxy, job.target, false);
    QCOMPARE(shown(runWith(pair, pair.connector, job)), u"completed +1000 ~0 -0"_s);
    const qint64 total = proxy.bytesToServer();
    const QStringList wanted = pair.source.rows(content);
    constexpr int steps = 8;
    for (int step = 0; step < steps; ++step) {
        pair.target.exec(u"DELETE FROM items"_s);
        pair.target.exec(u"INSERT INTO items VALUES (5000, 'extra')"_s);
        const qint64 offset = total * step / steps + step;
        proxy.cutAfterToServer(offset);
        const RunReport report = runWith(pair, pair.connector, job);
        const QString said = u"cut after %1 of %2: %3"_s.arg(offset).arg(total).arg(shown(report));
        proxy.cutAfterToServer(-1);
        const QStringList left = pair.target.rows(content);
        if (report.state == RunState::Completed) {
            QVERIFY2(left == wanted, qPrintable(said));
            continue;
        }
        QVERIFY2(report.exitCode() == 2 && errorOf(report)->isTransient(), qPrintable(said));
        const qsizetype came = left.size() - (left.contains(u"5000|extra"_s) ? 1 : 0);
        QVERIFY2(scope == u"batch"_s ? came % batchRows == 0 : came == 0 || came == wanted.size(), qPrintable(said));
        RunReport next;
        // The server lets go of the dead session's lock in its own time.
        QTRY_VERIFY((next = runWith(pair, pair.connector, job)).state != RunState::Busy);
        QVERIFY2(next.state == RunState::Completed && pair.target.rows(content) == wanted,
                 qPrintable(said + u" then " + shown(next)));
    }
}

// Cut anywhere, then reachable again: one run, every row written once, as the counts say.
void TestDisasters::aCutWriteIsTriedAgain()
{
    SERVER();
    ItemsPair pair(Driver::Sqlite, server, 1000, false);
    test::TcpProxy proxy(pair.target.settings.host, pair.target.settings.port);
    JobSettings job = pair.job(inBatches(scope));
    job.target = through(proxy, job.target, false);
    QCOMPARE(shown(runWith(pair, pair.connector, job)), u"completed +1000 ~0 -0"_s);
    const qint64 total = proxy.bytesFromServer();
    constexpr int steps = 8;
    for (int step = 0; step < steps; ++step) {
        pair.target.exec(u"DELETE FROM items"_s);
        pair.target.exec(u"INSERT INTO items VALUES (5000, 'extra')"_s);
        const qint64 offset = total * step / steps + step + 1;
        const qint64 from = proxy.bytesFromServer();
        proxy.cutAfter(offset);
        HookedConnector connector;
        connector.beforeOpen = [&](const ConnectionSettings &) -> Result<void> {
            if (proxy.bytesFromServer() - from >= offset)
                proxy.cutAfter(-1);
            return {};
        };
        const RunReport report = runWith(pair, connector, job);
        proxy.cutAfter(-1);
        QVERIFY2(shown(report) == u"completed +1000 ~0 -1"_s,
                 qPrintable(u"cut after %1 of %2: %3"_s.arg(offset).arg(total).arg(shown(report))));
        QVERIFY(pair.target.rows(content) == pair.source.rows(content));
    }
}

// A person asks for the end while rows are on their way, and their readers with them.
void TestDisasters::stoppingKeepsTheBatchInHand()
{
    SERVER();
    ItemsPair pair(server, server);
    // The third batch waits for a lock of ours, so that the end comes before it or while it is in hand.
    const QString lock = server == Driver::Mysql ? u"GET_LOCK('%1', 60)"_s.arg(pair.target.settings.database)
                                                 : u"pg_advisory_lock(%1)"_s.arg(QCoreApplication::applicationPid());
    killOnce(pair.target, server == Driver::Mysql ? u"DO %1;"_s.arg(lock) : u"PERFORM %1;"_s.arg(lock));
    pair.target.rows(u"SELECT "_s + lock);
    const JobSettings job = pair.job(inBatches(scope));
    Cancellation cancellation;
    ProgressBoard progress;
    RunReport report;
    std::thread run(
        [&] { report = Runner(pair.connector, *pair.journal, pair.clock).run(job, {}, cancellation, progress); });
    const auto written = [&progress] {
        const ProgressSnapshot now = progress.snapshot();
        return now.tables.isEmpty() ? 0 : now.tables.first().written.inserts;
    };
    while (written() < (scope == u"batch"_s ? 2 * batchRows : 1))
        std::this_thread::yield();
    cancellation.stopAfterBatch();
    pair.target.reconnect(); // lets go of the lock
    run.join();
    QCOMPARE(report.state, RunState::Cancelled);
    const qint64 kept = pair.target.rows(rowTotal).first().toLongLong();
    QCOMPARE(report.totals().inserts, kept);
    QVERIFY2(scope == u"batch"_s ? kept == 2 * batchRows || kept == 3 * batchRows : kept == 0,
             qPrintable(shown(report)));
    QCOMPARE(shown(pair.run(job)), u"completed +%1 ~0 -0"_s.arg(rowCount - kept));
    QVERIFY(pair.target.rows(content) == pair.source.rows(content));
}

QTEST_GUILESS_MAIN(TestDisasters)
#include "tst_disasters.moc"
