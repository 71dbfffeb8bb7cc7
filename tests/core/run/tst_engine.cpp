// SPDX-License-Identifier: GPL-3.0-or-later
#include <atomic>
#include <thread>

#include "tests/core/run/enginerig.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

const QString itemColumns = u"id integer key, name text(20), stamp timestamp(6), version integer, pending integer"_s;

QJsonObject detectBy(const QString &by, const QString &column) { return {{u"by"_s, by}, {u"column"_s, column}}; }

} // namespace

// The rules of a run, on a fake pair: change source, change target, sync once, compare, count writes.
class TestEngine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_rig = std::make_unique<EngineRig>();
        m_rig->pair.makeTable(u"items"_s, itemColumns);
    }

    void cleanup()
    {
        QCOMPARE(m_rig->pair.violations().join(u'\n'), QString());
        m_rig.reset();
    }

    void nothingChangedWritesNothing_data()
    {
        QTest::addColumn<QJsonObject>("changes");
        QTest::newRow("hash") << QJsonObject{};
        QTest::newRow("hash, update") << QJsonObject{{u"mode"_s, u"update"_s}};
        QTest::newRow("timestamp") << QJsonObject{{u"detect"_s, detectBy(u"timestamp"_s, u"stamp"_s)}};
        QTest::newRow("version") << QJsonObject{{u"detect"_s, detectBy(u"version"_s, u"version"_s)}};
        QJsonObject row = detectBy(u"version"_s, u"version"_s);
        row[u"scope"_s] = u"row"_s;
        QTest::newRow("version a row") << QJsonObject{{u"detect"_s, row}};
        QJsonObject flag = detectBy(u"flag"_s, u"pending"_s);
        flag[u"pending"_s] = 1;
        flag[u"done"_s] = 0;
        QTest::newRow("flag") << QJsonObject{{u"detect"_s, flag}};
        for (const QString &scope : {u"table"_s, u"run"_s})
            QTest::addRow("transaction %s", qPrintable(scope)) << QJsonObject{{u"transaction"_s, scope}};
        QTest::newRow("checkpoint in the journal")
            << QJsonObject{{u"checkpoint"_s, u"journal"_s}, {u"detect"_s, detectBy(u"timestamp"_s, u"stamp"_s)}};
    }
    void nothingChangedWritesNothing()
    {
        QFETCH(QJsonObject, changes);
        fill(1, 20);
        m_rig->setBound(usAt(60), usAt(60));
        const JobSettings job = m_rig->job(changes);
        QCOMPARE(shown(m_rig->run(job)), u"completed +20 ~0 -0"_s);
        if (changes[u"detect"_s][u"by"_s] != u"flag"_s) // which stays the source's own
            QCOMPARE(items(), m_rig->pair.sourceRows(u"items"_s));
        m_rig->pair.resetCounters();
        QCOMPARE(shown(m_rig->run(job)), u"completed +0 ~0 -0"_s);
        QCOMPARE(m_rig->pair.target.counters().writes(), 0);
        QCOMPARE(m_rig->pair.target.counters().commits, 0);
        QCOMPARE(m_rig->pair.source.counters().writes(), 0);
    }

    void lateCommitsAreNotLost()
    {
        fill(1, 3);
        const JobSettings job =
            m_rig->job({{u"mode"_s, u"update"_s}, {u"detect"_s, detectBy(u"timestamp"_s, u"stamp"_s)}});
        m_rig->setBound(usAt(30), usAt(30));
        m_rig->run(job);
        // A transaction that began at 30 is open while a row stamped 40 is visible already.
        m_rig->pair.putSource(u"items"_s, {4, u"early"_s, stampAt(40), 1, 0});
        m_rig->setBound(usAt(30), usAt(45));
        QCOMPARE(shown(m_rig->run(job)), u"completed +1 ~0 -0"_s);
        // It commits a row stamped 31: before the newest cursor, yet it must be found.
        m_rig->pair.putSource(u"items"_s, {5, u"late"_s, stampAt(31), 1, 0});
        m_rig->setBound(usAt(50), usAt(50));
        QCOMPARE(shown(m_rig->run(job)), u"completed +1 ~0 -0"_s);
    }

    void cursorsBeyondTheClockNeverBecomeTheWatermark()
    {
        fill(1, 2);
        m_rig->pair.putSource(u"items"_s, {9, u"from the future"_s, u"2099-01-01 00:00:00"_s, 1, 0});
        const JobSettings job =
            m_rig->job({{u"mode"_s, u"update"_s}, {u"detect"_s, detectBy(u"timestamp"_s, u"stamp"_s)}});
        m_rig->setBound(usAt(30), usAt(30));
        QCOMPARE(shown(m_rig->run(job)), u"completed +3 ~0 -0"_s);
        m_rig->pair.putSource(u"items"_s, {4, u"today"_s, stampAt(29), 1, 0});
        QCOMPARE(shown(m_rig->run(job)), u"completed +1 ~0 -0"_s);
    }

    void refusedRowsAreReadAgainBelowTheWatermark()
    {
        fill(1, 3);
        const JobSettings job =
            m_rig->job({{u"mode"_s, u"update"_s}, {u"detect"_s, detectBy(u"timestamp"_s, u"stamp"_s)}});
        m_rig->setBound(usAt(59), usAt(59));
        m_rig->run(job);
        m_rig->pair.target.refuseRows(
            u"items"_s, [](const QStringList &cells) { return cells[0] == u"5"_s; },
            Error{ErrorCode::CheckViolated, {}, {}});
        m_rig->pair.putSource(u"items"_s, {5, u"refused"_s, stampAt(40), 1, 0});
        m_rig->pair.putSource(u"items"_s, {6, u"fine"_s, stampAt(41), 1, 0});
        const RunReport report = m_rig->run(job);
        QCOMPARE(shown(report), u"needs-attention +1 ~0 -0"_s);
        QCOMPARE(report.tables.first().quarantined, 1);
        QCOMPARE(report.exitCode(), 1);
        m_rig->pair.target.acceptRows();
        QCOMPARE(shown(m_rig->run(job)), u"completed +1 ~0 -0"_s);
        QCOMPARE(m_rig->journal->asideCount(job.id, {}).value(), 0);
        QVERIFY(m_rig->journal->retries(job.id, u"items → items"_s).value().isEmpty());
    }

    // Whatever fails, at whichever operation: nothing is half done, and the next run converges.
    void anyOperationMayFail_data()
    {
        QTest::addColumn<QJsonObject>("changes");
        QTest::newRow("hash") << QJsonObject{{u"batch"_s, QJsonObject{{u"rows"_s, 4}}}};
        QTest::newRow("hash, table") << QJsonObject{{u"transaction"_s, u"table"_s}};
        QTest::newRow("timestamp") << QJsonObject{{u"batch"_s, QJsonObject{{u"rows"_s, 4}}},
                                                  {u"detect"_s, detectBy(u"timestamp"_s, u"stamp"_s)}};
    }
    void anyOperationMayFail()
    {
        QFETCH(QJsonObject, changes);
        const QJsonObject once{{u"attempts"_s, 1}};
        changes[u"retry"_s] = once;
        int failures = 0;
        for (int skip = 0; skip < 300; ++skip) {
            init();
            m_rig->setBound(usAt(59), usAt(59));
            fill(1, 20);
            const JobSettings job = m_rig->job(changes);
            m_rig->run(job);
            m_rig->pair.removeSource(u"items"_s, {3});
            for (int id = 8; id < 16; ++id)
                m_rig->pair.putSource(u"items"_s, {id, u"changed"_s, stampAt(50), 2, 0});
            fill(30, 6);
            FakeDatabase &side = skip % 2 == 0 ? m_rig->pair.target : m_rig->pair.source;
            side.failOn({}, Error{ErrorCode::ConnectionLost, {}, {}}, skip / 2);
            const RunReport report = m_rig->run(job);
            const bool failed = report.state != RunState::Completed;
            failures += failed ? 1 : 0;
            side.failNoMore();
            const RunReport again = m_rig->run(job);
            QVERIFY2(again.state == RunState::Completed,
                     qPrintable(u"%1: %2 then %3"_s.arg(skip).arg(shown(report), shown(again))));
            QCOMPARE(items(), m_rig->pair.sourceRows(u"items"_s));
            m_rig->pair.resetCounters();
            QCOMPARE(shown(m_rig->run(job)), u"completed +0 ~0 -0"_s);
            QCOMPARE(m_rig->pair.target.counters().writes(), 0);
            if (!failed && skip > 4)
                break;
            cleanup();
        }
        QVERIFY(failures > 20);
    }

    void transientFailuresAreTriedAgain()
    {
        fill(1, 20);
        m_rig->pair.target.failOn(u"insert"_s, Error{ErrorCode::Deadlock, {}, {}}, 0, 2);
        QCOMPARE(shown(m_rig->run(m_rig->job())), u"completed +20 ~0 -0"_s);
        m_rig->pair.source.failOn(u"open"_s, Error{ErrorCode::Unreachable, {}, {}}, 0, -1);
        const RunReport report = m_rig->run(m_rig->job());
        QCOMPARE(report.state, RunState::Failed);
        QCOMPARE(report.exitCode(), 2);
    }

    void aLostCommitAnswerIsLookedUp_data()
    {
        QTest::addColumn<bool>("applied");
        QTest::newRow("it was committed") << true;
        QTest::newRow("it was not") << false;
    }
    void aLostCommitAnswerIsLookedUp()
    {
        QFETCH(bool, applied);
        fill(1, 9);
        m_rig->pair.target.failCommit(applied);
        QCOMPARE(shown(m_rig->run(m_rig->job())), u"completed +9 ~0 -0"_s);
        QCOMPARE(items(), m_rig->pair.sourceRows(u"items"_s));
        QCOMPARE(m_rig->pair.target.counters().inserts, 9);
    }

    void aBrokenReadIsNeverTheEndOfData()
    {
        fill(1, 20);
        m_rig->run(m_rig->job());
        QJsonObject changes{{u"retry"_s, QJsonObject{{u"attempts"_s, 1}}},
                            {u"guard"_s, QJsonObject{{u"rows"_s, 1000000}, {u"percent"_s, 100}}}};
        changes[u"batch"_s] = QJsonObject{{u"rows"_s, 5}};
        m_rig->pair.source.failOn(u"next"_s, Error{ErrorCode::BrokenStream, {}, {}}, 1);
        const RunReport report = m_rig->run(m_rig->job(changes));
        QCOMPARE(shown(report), u"failed +0 ~0 -0 [items: broken-stream ]"_s);
        QCOMPARE(items().size(), 20);
    }

    void foreignWritesInMidSyncAreNotOverwrittenUnseen()
    {
        fill(1, 5);
        const JobSettings job = m_rig->job();
        m_rig->pair.putTarget(u"items"_s, {2, u"old"_s, nullptr, 1, 0});
        bool done = false;
        m_rig->pair.target.onOperation([&](const QString &operation) {
            if (operation != u"beginWrite"_s || done)
                return;
            done = true;
            m_rig->pair.putTarget(
                u"items"_s, {1, u"name 1"_s, stampAt(1), 1, 0}); // as the source has it: no duplicate may stop the run
            m_rig->pair.removeTarget(u"items"_s, {2}); // an update that became an insert
        });
        QCOMPARE(m_rig->run(job).state, RunState::Completed);
        m_rig->pair.target.onOperation({});
        QCOMPARE(items(), m_rig->pair.sourceRows(u"items"_s));
    }

    void anotherRunFencesThisOne()
    {
        fill(1, 12);
        const JobSettings job = m_rig->job({{u"batch"_s, QJsonObject{{u"rows"_s, 4}}}});
        m_rig->run(job);
        fill(20, 12);
        const CheckpointKey key{job.id, u"items → items"_s, u"source"_s};
        int writes = 0;
        m_rig->pair.target.onOperation([&](const QString &operation) {
            if (operation == u"beginWrite"_s && ++writes == 2)
                m_rig->pair.target.changeCheckpoint(key, [](Checkpoint &checkpoint) { checkpoint.epoch += 7; });
        });
        const RunReport report = m_rig->run(job);
        m_rig->pair.target.onOperation({});
        QCOMPARE(report.state, RunState::Busy);
        QCOMPARE(report.exitCode(), 5);
        QCOMPARE(shown(m_rig->run(job)), u"completed +8 ~0 -0"_s);
    }

    void aHeldLockMeansBusy()
    {
        const JobSettings job = m_rig->job();
        m_rig->pair.target.holdJobLock(job.id);
        fill(1, 1);
        const RunReport report = m_rig->run(job);
        QCOMPARE(report.state, RunState::Busy);
        QCOMPARE(report.exitCode(), 5);
        QVERIFY(items().isEmpty());
    }

    void positionsOfAnotherWorldMeanAFullCompare_data()
    {
        QTest::addColumn<QString>("world");
        for (const char *world : {"another journal", "another filter", "a damaged record", "another column"})
            QTest::newRow(world) << QString::fromLatin1(world);
    }
    void positionsOfAnotherWorldMeanAFullCompare()
    {
        QFETCH(QString, world);
        fill(1, 10);
        m_rig->setBound(usAt(59), usAt(59));
        const QJsonObject changes{{u"mode"_s, u"update"_s}, {u"detect"_s, detectBy(u"timestamp"_s, u"stamp"_s)}};
        JobSettings job = m_rig->job(changes);
        m_rig->run(job);
        m_rig->pair.putTarget(u"items"_s, {1, u"edited"_s, stampAt(1), 1, 0}); // only a full compare can see it
        QCOMPARE(shown(m_rig->run(job)), u"completed +0 ~0 -0"_s);
        if (world == u"another journal"_s) {
            m_rig->reopenJournal(u"other.db"_s);
        } else if (world == u"another filter"_s) {
            m_rig->pair.source.setWhere(u"true"_s, [](const QStringList &) { return true; });
            job.defaults.whereSource = u"true"_s;
        } else if (world == u"a damaged record"_s) {
            const CheckpointKey key{job.id, u"items → items"_s, u"source"_s};
            m_rig->pair.target.changeCheckpoint(key, [](Checkpoint &checkpoint) {
                checkpoint.watermark = "garbage";
                checkpoint.generation = "other";
            });
        } else {
            job.defaults.detect.column = u"version"_s;
            job.defaults.detect.by = DetectBy::Version;
        }
        QCOMPARE(shown(m_rig->run(job)), u"completed +0 ~1 -0"_s);
    }

    void groupsFollowForeignKeys()
    {
        m_rig->pair.makeTable(u"lines"_s, u"id integer key, item integer -> items.id"_s);
        fill(1, 5);
        for (int id = 1; id <= 5; ++id)
            m_rig->pair.putSource(u"lines"_s, {id, id});
        for (const QString &scope : {u"batch"_s, u"table"_s, u"run"_s}) {
            m_rig->pair.target.clear(u"lines"_s);
            m_rig->pair.target.clear(u"items"_s);
            const JobSettings job = m_rig->job(
                {{u"transaction"_s, scope}, {u"tables"_s, QJsonArray{u"lines"_s, u"items"_s}}, {u"parallel"_s, 2}});
            QCOMPARE(shown(m_rig->run(job)), u"completed +10 ~0 -0"_s);
        }
        m_rig->pair.removeSource(u"lines"_s, {2});
        m_rig->pair.removeSource(u"items"_s, {2});
        QCOMPARE(shown(m_rig->run(m_rig->job())), u"completed +0 ~0 -2"_s);
    }

    void aTableThatFailsRollsItsGroupBack()
    {
        m_rig->pair.makeTable(u"lines"_s, u"id integer key, item integer -> items.id"_s);
        fill(1, 3);
        m_rig->pair.putSource(u"lines"_s, {1, 1});
        m_rig->pair.target.refuseRows(
            u"lines"_s, [](const QStringList &) { return true; }, Error{ErrorCode::CheckViolated, {}, {}});
        const RunReport report = m_rig->run(m_rig->job({{u"transaction"_s, u"table"_s}}));
        QCOMPARE(report.state, RunState::Failed);
        QVERIFY(items().isEmpty());
    }

    void rowsThatReferToEachOther()
    {
        m_rig->pair.makeTable(u"people"_s, u"id integer key, boss integer -> people.id"_s);
        m_rig->pair.putSource(u"people"_s, {9, nullptr});
        m_rig->pair.putSource(u"people"_s, {1, 9});
        m_rig->pair.putSource(u"people"_s, {2, 1});
        m_rig->pair.putSource(u"people"_s, {5, 5});
        const QJsonObject changes{{u"tables"_s, QJsonArray{u"people"_s}}};
        QCOMPARE(m_rig->run(m_rig->job(changes)).state, RunState::Completed);
        QCOMPARE(m_rig->pair.targetRows(u"people"_s), m_rig->pair.sourceRows(u"people"_s));
        QCOMPARE(shown(m_rig->run(m_rig->job(changes))), u"completed +0 ~0 -0"_s);
    }

    void tablesThatReferToEachOther()
    {
        m_rig->pair.makeTable(u"a"_s, u"id integer key, b integer -> b.id"_s);
        m_rig->pair.makeTable(u"b"_s, u"id integer key, a integer not null -> a.id"_s);
        m_rig->pair.putSource(u"a"_s, {1, 10});
        m_rig->pair.putSource(u"b"_s, {10, 1});
        const QJsonObject changes{{u"tables"_s, QJsonArray{u"b"_s, u"a"_s}}};
        const RunReport report = m_rig->run(m_rig->job(changes));
        QVERIFY2(report.state == RunState::Completed, qPrintable(shown(report)));
        QCOMPARE(m_rig->pair.targetRows(u"a"_s), m_rig->pair.sourceRows(u"a"_s));
        QCOMPARE(m_rig->pair.targetRows(u"b"_s), m_rig->pair.sourceRows(u"b"_s));
    }

    void uniqueValuesSwapPlaces()
    {
        m_rig->pair.makeTable(u"seats"_s, u"id integer key, seat text(20) unique"_s);
        m_rig->pair.putSource(u"seats"_s, {1, "front"});
        m_rig->pair.putSource(u"seats"_s, {2, "middle"});
        m_rig->pair.putSource(u"seats"_s, {3, "back"});
        const QJsonObject changes{{u"tables"_s, QJsonArray{u"seats"_s}}};
        m_rig->run(m_rig->job(changes));
        m_rig->pair.putSource(u"seats"_s, {1, "middle"});
        m_rig->pair.putSource(u"seats"_s, {2, "back"});
        m_rig->pair.putSource(u"seats"_s, {3, "front"});
        const RunReport report = m_rig->run(m_rig->job(changes));
        QVERIFY2(report.state == RunState::Completed, qPrintable(shown(report)));
        QCOMPARE(m_rig->pair.targetRows(u"seats"_s), m_rig->pair.sourceRows(u"seats"_s));
    }

    void aUniqueValueFreedByADelete()
    {
        m_rig->pair.makeTable(u"seats"_s, u"id integer key, seat text(20) unique"_s);
        for (int id = 1; id <= 5; ++id)
            m_rig->pair.putSource(u"seats"_s, {id, u"seat %1"_s.arg(id)});
        const QJsonObject changes{{u"tables"_s, QJsonArray{u"seats"_s}}};
        m_rig->run(m_rig->job(changes));
        m_rig->pair.removeSource(u"seats"_s, {2});
        m_rig->pair.putSource(u"seats"_s, {7, u"seat 2"_s});
        QCOMPARE(shown(m_rig->run(m_rig->job(changes))), u"completed +1 ~0 -1"_s);
    }

    void keysThatACollationEquatesAreSetAside()
    {
        m_rig->pair.source.createTable(fakeTable(u"words"_s, u"word text(20) key, n integer"_s));
        m_rig->pair.target.createTable(fakeTable(u"words"_s, u"word text(20) key nocase, n integer"_s));
        m_rig->pair.putSource(u"words"_s, {"ABC", 1});
        m_rig->pair.putSource(u"words"_s, {"def", 2});
        m_rig->pair.putTarget(u"words"_s, {"abc", 3});
        m_rig->pair.putTarget(u"words"_s, {"def", 2});
        const RunReport report = m_rig->run(m_rig->job({{u"tables"_s, QJsonArray{u"words"_s}}}));
        QCOMPARE(shown(report), u"needs-attention +0 ~0 -0"_s);
        QCOMPARE(report.tables.first().quarantined, 1);
        QCOMPARE(m_rig->pair.targetRows(u"words"_s), (QStringList{u"abc|3"_s, u"def|2"_s}));
        QCOMPARE(m_rig->journal->asideRows(m_rig->job().id, u"words → words"_s, 0, 10).value().first().error.code,
                 ErrorCode::KeyCollision);
    }

    void aSchemaThatChangesStopsTheTable()
    {
        fill(1, 12);
        const JobSettings job = m_rig->job({{u"batch"_s, QJsonObject{{u"rows"_s, 4}}}});
        int writes = 0;
        m_rig->pair.target.onOperation([&](const QString &operation) {
            if (operation != u"beginWrite"_s || ++writes != 2)
                return;
            m_rig->pair.clock.advanceMs(2000);
            m_rig->pair.target.alterTable(u"items"_s, [](TableSchema &schema) { schema.columns[1].type.length = 5; });
        });
        const RunReport report = m_rig->run(job);
        m_rig->pair.target.onOperation({});
        QCOMPARE(report.state, RunState::Failed);
        QCOMPARE(report.tables.first().error->code, ErrorCode::SchemaChanged);
        QCOMPARE(report.exitCode(), 4);
    }

    void cancellingKeepsWholeBatches()
    {
        fill(1, 40);
        const JobSettings job = m_rig->job({{u"batch"_s, QJsonObject{{u"rows"_s, 4}}}});
        Cancellation cancellation;
        int writes = 0;
        m_rig->pair.target.onOperation([&](const QString &operation) {
            if (operation == u"beginWrite"_s && ++writes == 3)
                cancellation.cancel();
        });
        const RunReport report = m_rig->run(job, {}, cancellation);
        m_rig->pair.target.onOperation({});
        QCOMPARE(report.state, RunState::Cancelled);
        QCOMPARE(report.exitCode(), 3);
        QCOMPARE(items().size() % 4, 0);
        QCOMPARE(m_rig->run(job).state, RunState::Completed);
        QCOMPARE(items(), m_rig->pair.sourceRows(u"items"_s));
    }

    void nothingIsBegunWhilePaused()
    {
        fill(1, 40);
        const JobSettings job = m_rig->job({{u"batch"_s, QJsonObject{{u"rows"_s, 4}}}});
        Cancellation cancellation;
        std::atomic<int> begun = 0;
        std::atomic<bool> begunWhilePaused = false;
        m_rig->pair.target.onOperation([&](const QString &operation) {
            if (operation != u"beginWrite"_s)
                return;
            begunWhilePaused = begunWhilePaused || cancellation.isPaused();
            if (++begun == 3)
                cancellation.setPaused(true);
        });
        std::thread resumer([&] {
            while (m_rig->pair.target.counters().commits < 3)
                std::this_thread::yield();
            cancellation.setPaused(false);
        });
        const RunReport report = m_rig->run(job, {}, cancellation);
        resumer.join();
        m_rig->pair.target.onOperation({});
        QCOMPARE(shown(report), u"completed +40 ~0 -0"_s);
        QVERIFY(!begunWhilePaused);
    }

    void aMissingTableNamesItsSide()
    {
        m_rig->pair.source.createTable(fakeTable(u"alone"_s, u"id integer key"_s));
        const RunReport report = m_rig->run(m_rig->job({{u"tables"_s, QJsonArray{u"alone"_s, u"nowhere"_s}}}));
        QCOMPARE(report.exitCode(), 4);
        QCOMPARE(report.tables.at(0).error->code, ErrorCode::NoSuchTable);
        QCOMPARE(report.tables.at(0).error->facts.value(Fact::Connection), u"target"_s);
        QCOMPARE(report.tables.at(1).error->facts.value(Fact::Connection), u"source"_s);
    }

    void aKeyThatIsNotUniqueStopsBeforeAnyDelete()
    {
        m_rig->pair.makeTable(u"pairs"_s, u"id integer key, code text(9)"_s);
        m_rig->pair.putSource(u"pairs"_s, {1, "same"});
        m_rig->pair.putSource(u"pairs"_s, {2, "same"});
        m_rig->pair.putTarget(u"pairs"_s, {7, "gone"});
        const QJsonObject table{{u"source"_s, u"pairs"_s}, {u"key"_s, QJsonArray{u"code"_s}}};
        const RunReport report = m_rig->run(m_rig->job({{u"tables"_s, QJsonArray{table}}}));
        QCOMPARE(report.state, RunState::Failed);
        QCOMPARE(report.tables.first().error->code, ErrorCode::KeyNotUnique);
        QVERIFY(m_rig->pair.targetRows(u"pairs"_s).contains(u"7|gone"_s));
    }

private:
    void fill(int first, int count)
    {
        for (int id = first; id < first + count; ++id)
            m_rig->pair.putSource(u"items"_s, {id, u"name %1"_s.arg(id), stampAt(id % 30), 1, 0});
    }
    QStringList items() const { return m_rig->pair.targetRows(u"items"_s); }

    std::unique_ptr<EngineRig> m_rig;
};

QTEST_GUILESS_MAIN(TestEngine)
#include "tst_engine.moc"
