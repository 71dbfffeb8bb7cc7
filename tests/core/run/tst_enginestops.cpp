// SPDX-License-Identifier: GPL-3.0-or-later
#include <atomic>

#include "tests/core/run/enginerig.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

// Runs that end early, by a person or by the world, and the position that they leave behind.
class TestEngineStops : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_rig = std::make_unique<EngineRig>();
        m_rig->pair.makeTable(u"items"_s, u"id integer key, name text(20), stamp timestamp(6)"_s);
        m_rig->setBound(usAt(59), usAt(59));
    }
    void cleanup()
    {
        QCOMPARE(m_rig->pair.violations().join(u'\n'), QString());
        m_rig.reset();
    }

    void stoppingKeepsTheBatchInHand_data()
    {
        QTest::addColumn<QJsonObject>("changes");
        QTest::addColumn<bool>("holds");
        const QJsonObject stamps{{u"by"_s, u"timestamp"_s}, {u"column"_s, u"stamp"_s}};
        QTest::newRow("hash") << QJsonObject{} << false;
        QTest::newRow("hash, whole before the first write") << QJsonObject{} << true;
        QTest::newRow("timestamp") << QJsonObject{{u"detect"_s, stamps}} << false;
        QTest::newRow("timestamp, whole before the first write") << QJsonObject{{u"detect"_s, stamps}} << true;
    }
    void stoppingKeepsTheBatchInHand()
    {
        QFETCH(QJsonObject, changes);
        QFETCH(bool, holds);
        changes[u"batch"_s] = QJsonObject{{u"rows"_s, 4}};
        m_rig->pair.target.facts.readersBlockWriters = holds;
        fill(1, 1);
        const JobSettings job = m_rig->job(changes);
        m_rig->run(job);
        fill(2, 40);
        Cancellation cancellation;
        int writes = 0;
        m_rig->pair.target.onOperation([&](const QString &operation) {
            if (operation == u"beginWrite"_s && ++writes == 3)
                cancellation.stopAfterBatch();
        });
        const RunReport report = m_rig->run(job, {}, cancellation);
        m_rig->pair.target.onOperation({});
        QCOMPARE(report.state, RunState::Cancelled);
        QCOMPARE(report.exitCode(), 3);
        QVERIFY2(report.totals().inserts >= 11, qPrintable(shown(report))); // the third batch was in hand
        QVERIFY2(report.totals().inserts < 40, qPrintable(shown(report)));
        QCOMPARE(items().size(), report.totals().inserts + 1);
        const RunReport next = m_rig->run(job);
        QCOMPARE(shown(next), u"completed +%1 ~0 -0"_s.arg(40 - report.totals().inserts));
        QCOMPARE(items(), m_rig->pair.sourceRows(u"items"_s));
    }

    // What was read and waits for its batch to fill is in hand as well.
    void stoppingWritesWhatWasTaken()
    {
        fill(1, 10);
        const JobSettings job =
            m_rig->job({{u"mode"_s, u"update"_s},
                        {u"batch"_s, QJsonObject{{u"rows"_s, 4}}},
                        {u"detect"_s, QJsonObject{{u"by"_s, u"timestamp"_s}, {u"column"_s, u"stamp"_s}}}});
        m_rig->run(job);
        for (int id = 1; id <= 6; ++id)
            m_rig->pair.putSource(u"items"_s, {id, u"changed"_s, stampAt(40 + id)});
        Cancellation cancellation;
        int reads = 0;
        m_rig->pair.source.onOperation([&](const QString &operation) {
            if (operation.startsWith(u"next"_s) && items().first().startsWith(u"1|changed"_s) && ++reads == 1)
                cancellation.stopAfterBatch();
        });
        const RunReport report = m_rig->run(job, {}, cancellation);
        m_rig->pair.source.onOperation({});
        QCOMPARE(report.state, RunState::Cancelled);
        QCOMPARE(report.totals().updates, 6);
        QCOMPARE(shown(m_rig->run(job)), u"completed +0 ~0 -0"_s);
    }

    void stoppingRollsALargerTransactionBack_data()
    {
        QTest::addColumn<bool>("holds");
        QTest::newRow("written while it is read") << false;
        QTest::newRow("written after it was read") << true;
    }
    void stoppingRollsALargerTransactionBack()
    {
        QFETCH(bool, holds);
        m_rig->pair.target.facts.readersBlockWriters = holds;
        fill(1, 40);
        const JobSettings job = m_rig->job({{u"transaction"_s, u"table"_s}, {u"batch"_s, QJsonObject{{u"rows"_s, 4}}}});
        Cancellation cancellation;
        m_rig->pair.target.onOperation([&](const QString &operation) {
            if (operation == u"beginWrite"_s)
                cancellation.stopAfterBatch();
        });
        const RunReport report = m_rig->run(job, {}, cancellation);
        m_rig->pair.target.onOperation({});
        QCOMPARE(report.state, RunState::Cancelled);
        QCOMPARE(items(), QStringList());
    }

    void stoppingBeforeTheFirstRowWritesNothing()
    {
        fill(1, 40);
        Cancellation cancellation;
        cancellation.stopAfterBatch();
        QCOMPARE(m_rig->run(m_rig->job(), {}, cancellation).state, RunState::Cancelled);
        QCOMPARE(items(), QStringList());
    }

    void stoppingEndsAPlan()
    {
        fill(1, 40);
        Cancellation cancellation;
        m_rig->pair.source.onOperation([&](const QString &operation) {
            if (operation == u"read items"_s)
                cancellation.stopAfterBatch();
        });
        ProgressBoard progress;
        const RunReport report = Runner(m_rig->pair.connector, *m_rig->journal, m_rig->pair.clock)
                                     .plan(m_rig->job(), {}, m_rig->path(u"plan.db"_s), cancellation, progress);
        m_rig->pair.source.onOperation({});
        QCOMPARE(report.state, RunState::Cancelled);
        QVERIFY(!QFile::exists(m_rig->path(u"plan.db"_s)));
    }

    // A position in the checkpoint covers what was written, not what was read: rows that are held back are behind it.
    void aPositionNeverCoversWhatIsHeldBack_data()
    {
        QTest::addColumn<bool>("first");
        QTest::addColumn<bool>("collates");
        QTest::newRow("first run") << true << false;
        QTest::newRow("later run") << false << false;
        QTest::newRow("first run, keys that collate") << true << true;
        QTest::newRow("later run, keys that collate") << false << true;
    }
    void aPositionNeverCoversWhatIsHeldBack()
    {
        QFETCH(bool, first);
        QFETCH(bool, collates);
        const QString table = collates ? u"words"_s : u"items"_s;
        if (collates)
            m_rig->pair.makeTable(table, u"id text(9) key nocase, name text(20), stamp timestamp(6)"_s);
        m_rig->pair.target.facts.readersBlockWriters = !collates;
        const JobSettings job =
            m_rig->job({{u"mode"_s, u"update"_s},
                        {u"tables"_s, QJsonArray{table}},
                        {u"batch"_s, QJsonObject{{u"rows"_s, 4}}},
                        {u"retry"_s, QJsonObject{{u"attempts"_s, 1}}},
                        {u"detect"_s, QJsonObject{{u"by"_s, u"timestamp"_s}, {u"column"_s, u"stamp"_s}}}});
        const auto put = [&](int id) {
            const FakeValue key = collates ? FakeValue(u"k%1"_s.arg(id)) : FakeValue(id);
            m_rig->pair.putSource(table, {key, u"name"_s, stampAt(id)});
        };
        put(1);
        if (!first)
            m_rig->run(job);
        for (int id = 2; id <= 21; ++id)
            put(id);
        m_rig->pair.target.failOn(u"commit"_s, Error{ErrorCode::ConnectionLost, {}, {}}, 2);
        const RunReport report = m_rig->run(job);
        m_rig->pair.target.failNoMore();
        QCOMPARE(report.state, RunState::Failed);
        QCOMPARE(report.totals().inserts, 8);
        QCOMPARE(m_rig->run(job).state, RunState::Completed);
        QCOMPARE(m_rig->pair.targetRows(table), m_rig->pair.sourceRows(table));
    }

    // Nor rows that were read with others, and are still to be taken: batches that are read and written do not
    // coincide.
    void aPositionNeverCoversWhatIsToBeTaken()
    {
        const JobSettings job =
            m_rig->job({{u"mode"_s, u"update"_s},
                        {u"batch"_s, QJsonObject{{u"rows"_s, 4}}},
                        {u"retry"_s, QJsonObject{{u"attempts"_s, 1}}},
                        {u"detect"_s, QJsonObject{{u"by"_s, u"timestamp"_s}, {u"column"_s, u"stamp"_s}}}});
        for (int skip = 0;; ++skip) {
            cleanup();
            init();
            fill(1, 25);
            m_rig->run(job);
            for (int id = 2; id <= 25; ++id) { // a third is the same, but for the stamp of another clock
                m_rig->pair.putSource(u"items"_s, {id, u"newer"_s, stampAt(25 + id)});
                if (id % 3 == 0)
                    m_rig->pair.putTarget(u"items"_s, {id, u"newer"_s, stampAt(25 + id)});
            }
            m_rig->pair.target.failOn({}, Error{ErrorCode::ConnectionLost, {}, {}}, skip);
            const bool met = m_rig->run(job).state == RunState::Failed;
            m_rig->pair.target.failNoMore();
            QCOMPARE(m_rig->run(job).state, RunState::Completed);
            QCOMPARE(items(), m_rig->pair.sourceRows(u"items"_s));
            if (!met)
                break;
        }
    }

    // Nor deletes that were found and not yet made, where the next comparison of keys is far off.
    void aPositionNeverCoversDeletesToCome()
    {
        fill(1, 30);
        const JobSettings job =
            m_rig->job({{u"keyCompare"_s, u"1h"_s},
                        {u"retry"_s, QJsonObject{{u"attempts"_s, 1}}},
                        {u"detect"_s, QJsonObject{{u"by"_s, u"timestamp"_s}, {u"column"_s, u"stamp"_s}}}});
        m_rig->run(job);
        m_rig->setBound(usAt(59) + 7'200'000'000, usAt(59) + 7'200'000'000);
        fill(40, 2);
        m_rig->pair.removeSource(u"items"_s, {3});
        m_rig->pair.target.failOn(u"remove items"_s, Error{ErrorCode::ConnectionLost, {}, {}});
        QCOMPARE(m_rig->run(job).state, RunState::Failed);
        m_rig->pair.target.failNoMore();
        QCOMPARE(m_rig->run(job).state, RunState::Completed);
        QCOMPARE(items(), m_rig->pair.sourceRows(u"items"_s));
    }

    // A lock goes with its connection. Nothing is committed without it.
    void aLostLockStopsTheRun_data()
    {
        QTest::addColumn<QString>("scope");
        QTest::addColumn<QString>("at");
        QTest::addColumn<int>("kept");
        QTest::newRow("batch") << u"batch"_s << u"insert items"_s << 8;
        QTest::newRow("batch, before a transaction") << u"batch"_s << u"beginWrite"_s << 8;
        QTest::newRow("table") << u"table"_s << u"insert items"_s << 0; // one statement takes them all
        QTest::newRow("run") << u"run"_s << u"insert items"_s << 0;
    }
    void aLostLockStopsTheRun()
    {
        QFETCH(QString, scope);
        QFETCH(QString, at);
        QFETCH(int, kept);
        fill(1, 40);
        JobSettings job = m_rig->job({{u"transaction"_s, scope}, {u"batch"_s, QJsonObject{{u"rows"_s, 4}}}});
        job.retry.attempts = 1;
        const auto stop = losingTheLock(job, at, kept > 0 ? 3 : 1);
        const RunReport report = m_rig->run(job);
        QCOMPARE(report.state, RunState::Failed);
        QCOMPARE(report.exitCode(), 2);
        QCOMPARE(report.error->code, ErrorCode::LockLost);
        QVERIFY(report.error->isTransient());
        QCOMPARE(items().size(), kept);
        QCOMPARE(report.totals().inserts, kept);
        QCOMPARE(shown(m_rig->run(job)), u"completed +%1 ~0 -0"_s.arg(40 - kept));
        QCOMPARE(items(), m_rig->pair.sourceRows(u"items"_s));
    }

    // Taken again, it is another lock: what was found under the first one is found anew.
    void aLostLockMeansLookingAgain_data()
    {
        QTest::addColumn<QJsonObject>("changes");
        QTest::newRow("batch") << QJsonObject{};
        QTest::newRow("batch, checkpoint in the journal") << QJsonObject{{u"checkpoint"_s, u"journal"_s}};
        QTest::newRow("table") << QJsonObject{{u"transaction"_s, u"table"_s}};
        QTest::newRow("run") << QJsonObject{{u"transaction"_s, u"run"_s}};
    }
    void aLostLockMeansLookingAgain()
    {
        QFETCH(QJsonObject, changes);
        fill(1, 30);
        const JobSettings job = m_rig->job(changes);
        m_rig->run(job);
        fill(40, 5);
        m_rig->pair.removeSource(u"items"_s, {3});
        m_rig->pair.removeSource(u"items"_s, {4});
        // When the deletes are on their way, one of the two rows is back at both sides.
        const auto stop = losingTheLock(job, u"remove items"_s, 1, [this] { fill(3, 1); });
        QCOMPARE(shown(m_rig->run(job)), u"completed +5 ~0 -1"_s);
        QCOMPARE(items(), m_rig->pair.sourceRows(u"items"_s));
        QCOMPARE(shown(m_rig->run(job)), u"completed +0 ~0 -0"_s);
    }

    // The connection of the writer and the lock's go together, as when a server restarts.
    void aServerThatRestartsMeansLookingAgain()
    {
        m_rig->pair.makeTable(u"other"_s, u"id integer key, name text(20)"_s);
        fill(1, 30);
        const JobSettings job = m_rig->job({{u"checkpoint"_s, u"journal"_s}});
        m_rig->run(job);
        m_rig->pair.putSource(u"other"_s, {1, u"a"_s});
        m_rig->pair.removeSource(u"items"_s, {3});
        m_rig->pair.target.failOn(u"remove items"_s, Error{ErrorCode::ConnectionLost, {}, {}});
        const auto stop = losingTheLock(job, u"remove items"_s, 1, [this] { fill(3, 1); });
        QCOMPARE(shown(m_rig->run(job)), u"completed +1 ~0 -0"_s);
        QCOMPARE(items(), m_rig->pair.sourceRows(u"items"_s));
    }

    void aLockThatSomebodyElseTookMeansBusy()
    {
        fill(1, 40);
        const JobSettings job = m_rig->job({{u"batch"_s, QJsonObject{{u"rows"_s, 4}}}});
        const auto stop =
            losingTheLock(job, u"insert items"_s, 3, [&, this] { m_rig->pair.target.holdJobLock(job.id); });
        const RunReport report = m_rig->run(job);
        QCOMPARE(report.state, RunState::Busy);
        QCOMPARE(report.exitCode(), 5);
        QCOMPARE(items().size(), 8);
    }

    // After the last commit the journal is another run's.
    void aLostLockKeepsTheJournalAsItIs()
    {
        fill(1, 3);
        JobSettings job = m_rig->job({{u"checkpoint"_s, u"journal"_s}});
        job.retry.attempts = 1;
        const auto stop = losingTheLock(job, u"commit"_s, 1);
        const RunReport report = m_rig->run(job);
        QCOMPARE(report.error->code, ErrorCode::LockLost);
        QCOMPARE(items().size(), 3);
        QVERIFY(!m_rig->journal->checkpoint({job.id, u"items → items"_s, u"source"_s}).value());
        QCOMPARE(shown(m_rig->run(job)), u"completed +0 ~0 -0"_s);
    }

    // Trying again lets go of no lock that stands.
    void tryingAgainKeepsTheLock()
    {
        fill(1, 20);
        m_rig->pair.resetCounters();
        m_rig->pair.target.failOn(u"insert"_s, Error{ErrorCode::Deadlock, {}, {}}, 0, 2);
        QCOMPARE(shown(m_rig->run(m_rig->job())), u"completed +20 ~0 -0"_s);
        QCOMPARE(m_rig->pair.target.log().count(u"tryJobLock"_s), 1);
    }

    // What the first attempt wrote is equal for the second: it is counted as written alone.
    void tryingAgainCountsEachRowOnce()
    {
        fill(1, 20);
        m_rig->run(m_rig->job());
        fill(21, 30);
        m_rig->pair.target.failOn(u"commit"_s, Error{ErrorCode::ConnectionLost, {}, {}}, 2, 1);
        const RunReport report = m_rig->run(m_rig->job({{u"batch"_s, QJsonObject{{u"rows"_s, 4}}}}));
        QCOMPARE(shown(report), u"completed +30 ~0 -0"_s);
        QCOMPARE(report.tables.first().identical, std::optional<qint64>(20));
    }

    void bytesAreTold()
    {
        fill(1, 40);
        m_rig->pair.clock.advanceMs(1000);
        Cancellation cancellation;
        ProgressBoard progress;
        Runner(m_rig->pair.connector, *m_rig->journal, m_rig->pair.clock).run(m_rig->job(), {}, cancellation, progress);
        const TableProgress table = progress.snapshot().tables.first();
        QVERIFY(table.bytesWritten >= 40 * 16);
        QVERIFY(table.bytesRead >= table.bytesWritten);
        Runner(m_rig->pair.connector, *m_rig->journal, m_rig->pair.clock).run(m_rig->job(), {}, cancellation, progress);
        const TableProgress again = progress.snapshot().tables.first();
        QCOMPARE(again.bytesWritten, 0);
        QVERIFY(again.bytesRead >= 2 * table.bytesWritten);
    }

private:
    void fill(int first, int count)
    {
        for (int id = first; id < first + count; ++id)
            m_rig->pair.putSource(u"items"_s, {id, u"name %1"_s.arg(id), stampAt(id)});
    }
    QStringList items() const { return m_rig->pair.targetRows(u"items"_s); }
    // At the target's n-th such operation, once; then `more`.
    std::shared_ptr<void> losingTheLock(const JobSettings &job, const QString &operation, int n,
                                        const std::function<void()> &more = {})
    {
        const auto met = std::make_shared<int>(0);
        m_rig->pair.target.onOperation([=, this, id = job.id](const QString &name) {
            if (name != operation || ++*met != n)
                return;
            m_rig->pair.target.releaseJobLock(id);
            if (more)
                more();
        });
        return {nullptr, [this](void *) { m_rig->pair.target.onOperation({}); }};
    }

    std::unique_ptr<EngineRig> m_rig;
};

QTEST_GUILESS_MAIN(TestEngineStops)
#include "tst_enginestops.moc"
