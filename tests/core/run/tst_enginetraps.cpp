// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/planfile.h"
#include "tests/core/run/enginerig.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

const QJsonObject byStamp{{u"by"_s, u"timestamp"_s}, {u"column"_s, u"stamp"_s}};

} // namespace

// Traps that have cost users of some tool their rows, each with the run that would fall into it.
class TestEngineTraps : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_rig = std::make_unique<EngineRig>();
        m_rig->pair.makeTable(
            u"items"_s, u"id integer key, name text(2000), stamp timestamp(6), version integer, pending integer"_s);
        m_rig->setBound(usAt(59), usAt(59));
    }
    void cleanup()
    {
        QCOMPARE(m_rig->pair.violations().join(u'\n'), QString());
        m_rig.reset();
    }

    void tiesAreNotLost()
    {
        put(1, 10);
        put(2, 10);
        const JobSettings job = updates(byStamp);
        m_rig->run(job);
        put(3, 10); // stamped as the last one that was read
        QCOMPARE(shown(m_rig->run(job)), u"completed +1 ~0 -0"_s);
        QCOMPARE(shown(m_rig->run(job)), u"completed +0 ~0 -0"_s);
    }

    // More rows of one stamp than a batch holds, and a crash between them.
    void tiesAcrossBatches()
    {
        put(1, 5);
        const JobSettings job = updates(
            byStamp, {{u"batch"_s, QJsonObject{{u"rows"_s, 4}}}, {u"retry"_s, QJsonObject{{u"attempts"_s, 1}}}});
        m_rig->run(job);
        for (int id = 2; id <= 16; ++id)
            put(id, 10);
        m_rig->pair.target.failOn(u"commit"_s, Error{ErrorCode::ConnectionLost, {}, {}}, 1);
        QCOMPARE(m_rig->run(job).state, RunState::Failed);
        m_rig->pair.target.failNoMore();
        QCOMPARE(m_rig->run(job).state, RunState::Completed);
        QCOMPARE(m_rig->pair.targetRows(u"items"_s), m_rig->pair.sourceRows(u"items"_s));
    }

    void versionsAreReadAgainBelowTheOverlap()
    {
        QJsonObject detect{{u"by"_s, u"version"_s}, {u"column"_s, u"version"_s}, {u"overlap"_s, 10}};
        m_rig->pair.putSource(u"items"_s, {1, u"a"_s, nullptr, 100, 0});
        const JobSettings job = updates(detect);
        m_rig->run(job);
        m_rig->pair.putSource(u"items"_s, {2, u"late"_s, nullptr, 91, 0});
        m_rig->pair.putSource(u"items"_s, {3, u"later than promised"_s, nullptr, 80, 0});
        QCOMPARE(shown(m_rig->run(job)), u"completed +1 ~0 -0"_s);
        QVERIFY(m_rig->pair.targetRows(u"items"_s).contains(u"2|late|NULL|91|0"_s));
    }

    void zeroIsAPosition()
    {
        m_rig->pair.putSource(u"items"_s, {1, u"a"_s, nullptr, 0, 0});
        const JobSettings job = updates({{u"by"_s, u"version"_s}, {u"column"_s, u"version"_s}});
        m_rig->run(job);
        // Only a full compare would see this: the position was kept, and is trusted.
        m_rig->pair.putTarget(u"items"_s, {9, u"extra"_s, nullptr, 5, 0});
        m_rig->pair.putTarget(u"items"_s, {1, u"a"_s, nullptr, 0, 0});
        m_rig->pair.resetCounters();
        QCOMPARE(shown(m_rig->run(job)), u"completed +0 ~0 -0"_s);
        QVERIFY(!m_rig->pair.target.log().contains(u"read items"_s));
    }

    void anEmptyReadLeavesThePosition()
    {
        put(1, 10);
        const JobSettings job = updates(byStamp);
        m_rig->run(job);
        m_rig->pair.removeSource(u"items"_s, {1});
        QCOMPARE(shown(m_rig->run(job)), u"completed +0 ~0 -0"_s);
        m_rig->pair.resetCounters();
        put(2, 11);
        QCOMPARE(shown(m_rig->run(job)), u"completed +1 ~0 -0"_s);
        QVERIFY(!m_rig->pair.target.log().contains(u"read items"_s)); // no full compare was wanted
    }

    void aPlanMovesNoPosition()
    {
        put(1, 10);
        const JobSettings job = updates(byStamp);
        m_rig->run(job);
        put(2, 11);
        QCOMPARE(shown(m_rig->plan(job, u"one.db"_s)), u"planned +1 ~0 -0"_s);
        QCOMPARE(shown(m_rig->plan(job, u"two.db"_s)), u"planned +1 ~0 -0"_s);
        QCOMPARE(shown(m_rig->run(job)), u"completed +1 ~0 -0"_s);
    }

    // What a person leaves out of a plan is below the new position, and found all the same.
    void whatAPlanLeavesOutIsNotLost_data()
    {
        QTest::addColumn<bool>("wholeTable");
        QTest::newRow("a row") << false;
        QTest::newRow("the table") << true;
    }
    void whatAPlanLeavesOutIsNotLost()
    {
        QFETCH(bool, wholeTable);
        put(1, 10);
        const JobSettings job = updates(byStamp);
        m_rig->run(job);
        put(2, 11);
        put(3, 12);
        QCOMPARE(shown(m_rig->plan(job, u"plan.db"_s)), u"planned +2 ~0 -0"_s);
        {
            const auto plan = std::move(*PlanReader::open(m_rig->path(u"plan.db"_s)));
            QVERIFY(wholeTable ? plan->setTableIncluded(0, false) : plan->setRowIncluded(0, 0, false));
        }
        RunOptions options;
        options.planFile = m_rig->path(u"plan.db"_s);
        QCOMPARE(shown(m_rig->run(job, options)), wholeTable ? u"completed +0 ~0 -0"_s : u"completed +1 ~0 -0"_s);
        QCOMPARE(m_rig->journal->waitingCount(job.id, {}, RetryReason::NotSelected).value(), wholeTable ? 2 : 1);
        put(4, 11); // below the plan's position: it counts for the table that was approved, and for no other
        QCOMPARE(shown(m_rig->run(job)), wholeTable ? u"completed +3 ~0 -0"_s : u"completed +1 ~0 -0"_s);
        QCOMPARE(m_rig->journal->waitingCount(job.id, {}, {}).value(), 0);
    }

    // One side came back from a backup: positions and the retry set no longer belong together.
    void aBackupMeansAFullCompare_data()
    {
        QTest::addColumn<bool>("ofTheJournal");
        QTest::newRow("of the journal") << true;
        QTest::newRow("of the target") << false;
    }
    void aBackupMeansAFullCompare()
    {
        QFETCH(bool, ofTheJournal);
        put(1, 10);
        const JobSettings job = updates(byStamp);
        m_rig->run(job);
        const auto target = m_rig->pair.target.backUp();
        m_rig->journal.reset();
        QVERIFY(QFile::copy(m_rig->path(u"journal.db"_s), m_rig->path(u"backup.db"_s)));
        m_rig->reopenJournal();
        // Two more runs; the last one leaves a row in the retry set.
        put(2, 11);
        m_rig->run(job);
        m_rig->pair.target.refuseRows(
            u"items"_s, [](const QStringList &cells) { return cells[0] == u"3"_s; },
            Error{ErrorCode::CheckViolated, {}, {}});
        put(3, 12);
        put(4, 13);
        QCOMPARE(shown(m_rig->run(job)), u"needs-attention +1 ~0 -0"_s);
        m_rig->pair.target.acceptRows();
        if (ofTheJournal)
            m_rig->reopenJournal(u"backup.db"_s);
        else
            m_rig->pair.target.restore(target);
        const RunReport report = m_rig->run(job);
        QCOMPARE(report.state, RunState::Completed);
        QVERIFY(report.tables.first().identical.has_value()); // all rows of both sides were compared
        QCOMPARE(m_rig->pair.targetRows(u"items"_s), m_rig->pair.sourceRows(u"items"_s));
        QVERIFY(!m_rig->run(job).tables.first().identical.has_value());
    }

    // The note of a write that never came about: the target is still where the journal said it was.
    void aWriteThatNeverCameKeepsThePosition()
    {
        put(1, 10);
        const JobSettings job = updates(byStamp, {{u"retry"_s, QJsonObject{{u"attempts"_s, 1}}}});
        m_rig->run(job);
        put(2, 11);
        for (int i = 0; i < 2; ++i) {
            m_rig->pair.target.failOn(u"commit"_s, Error{ErrorCode::ConnectionLost, {}, {}});
            QCOMPARE(m_rig->run(job).state, RunState::Failed);
            m_rig->pair.target.failNoMore();
        }
        const RunReport report = m_rig->run(job);
        QCOMPARE(shown(report), u"completed +1 ~0 -0"_s);
        QVERIFY(!report.tables.first().identical.has_value());
    }

    void anotherSourceMeansAFullCompare()
    {
        put(1, 5);
        put(2, 10);
        const JobSettings job = updates(byStamp);
        m_rig->run(job);
        m_rig->pair.source.facts.identity = u"another server"_s;
        m_rig->pair.putTarget(u"items"_s, {1, u"edited"_s, stampAt(5), 1, 0});
        QCOMPARE(shown(m_rig->run(job)), u"completed +0 ~1 -0"_s);
    }

    void withheldDeletesAreRemembered()
    {
        for (int id = 1; id <= 30; ++id)
            put(id, 10);
        const JobSettings job = m_rig->job({{u"detect"_s, byStamp}, {u"keyCompare"_s, u"1h"_s}});
        m_rig->run(job);
        m_rig->setBound(usAt(59) + 7'200'000'000, usAt(59) + 7'200'000'000);
        for (int id = 1; id <= 15; ++id)
            m_rig->pair.removeSource(u"items"_s, {id});
        QCOMPARE(shown(m_rig->run(job)), u"needs-attention +0 ~0 -0"_s);
        QCOMPARE(m_rig->journal->waitingCount(job.id, {}, RetryReason::Withheld).value(), 15);
        RunOptions options; // keys are not compared again for an hour: the deletes come from the retry set
        options.allowDeletes = 15;
        QCOMPARE(shown(m_rig->run(job, options)), u"completed +0 ~0 -15"_s);
        QCOMPARE(m_rig->journal->waitingCount(job.id, {}, {}).value(), 0);
    }

    void aNewerEditStaysPending()
    {
        QJsonObject detect{{u"by"_s, u"flag"_s}, {u"column"_s, u"pending"_s}, {u"pending"_s, 1}, {u"done"_s, 0}};
        m_rig->pair.putSource(u"items"_s, {1, u"a"_s, nullptr, 1, 1});
        m_rig->pair.putSource(u"items"_s, {2, u"b"_s, nullptr, 1, 1});
        bool done = false;
        m_rig->pair.target.onOperation([&](const QString &operation) {
            if (operation == u"commit"_s && !std::exchange(done, true))
                m_rig->pair.putSource(u"items"_s, {1, u"newer"_s, nullptr, 2, 1});
        });
        const JobSettings job = updates(detect);
        m_rig->run(job);
        m_rig->pair.target.onOperation({});
        QCOMPARE(m_rig->pair.sourceRows(u"items"_s), (QStringList{u"1|newer|NULL|2|1"_s, u"2|b|NULL|1|0"_s}));
        QCOMPARE(shown(m_rig->run(job)), u"completed +0 ~1 -0"_s);
        QCOMPARE(m_rig->pair.sourceRows(u"items"_s).first(), u"1|newer|NULL|2|0"_s);
    }

    void hiddenRowsProveNothing()
    {
        put(1, 10);
        m_rig->pair.putTarget(u"items"_s, {9, u"extra"_s, nullptr, 1, 0});
        m_rig->pair.source.alterTable(u"items"_s, [](TableSchema &schema) { schema.rowSecurity = true; });
        const RunReport report = m_rig->run(m_rig->job());
        QCOMPARE(report.exitCode(), 4);
        QCOMPARE(report.tables.first().error->code, ErrorCode::RowSecurity);
        QCOMPARE(m_rig->pair.targetRows(u"items"_s), QStringList{u"9|extra|NULL|1|0"_s});
    }

    void aTableWithoutTransactionsIsRefused()
    {
        put(1, 10);
        m_rig->pair.target.alterTable(u"items"_s, [](TableSchema &schema) { schema.transactional = false; });
        const RunReport report = m_rig->run(m_rig->job());
        QCOMPARE(report.exitCode(), 4);
        QCOMPARE(report.tables.first().error->code, ErrorCode::NonTransactional);
        const QJsonObject accepted{{u"source"_s, u"items"_s}, {u"allowNonTransactional"_s, true}};
        QCOMPARE(shown(m_rig->run(m_rig->job({{u"tables"_s, QJsonArray{accepted}}}))), u"completed +1 ~0 -0"_s);
    }

    // A thousand bad rows are no accident: the table stops, and says how many it took.
    void aTableStopsAfterAThousandBadRows()
    {
        for (int id = 1; id <= 1300; ++id)
            put(id, 10);
        m_rig->pair.target.refuseRows(
            u"items"_s, [](const QStringList &cells) { return cells[0].toInt() > 100; },
            Error{ErrorCode::CheckViolated, {}, {}});
        const JobSettings job = m_rig->job({{u"batch"_s, QJsonObject{{u"rows"_s, 100}}}});
        const RunReport report = m_rig->run(job);
        QCOMPARE(report.state, RunState::Failed);
        QCOMPARE(report.exitCode(), 4);
        QCOMPARE(report.tables.first().error->facts.value(Fact::Limit), u"1000"_s);
        QCOMPARE(report.tables.first().quarantined, 1000);
        QCOMPARE(m_rig->pair.targetRows(u"items"_s).size(), 100);
        m_rig->pair.target.acceptRows();
        QCOMPARE(shown(m_rig->run(job)), u"completed +1200 ~0 -0"_s);
        QCOMPARE(m_rig->journal->asideCount(job.id, {}).value(), 0);
    }

    void batchesAreBoundedByBytes()
    {
        for (int id = 1; id <= 40; ++id)
            m_rig->pair.putSource(u"items"_s, {id, QString(1000, u'x'), nullptr, 1, 0});
        const JobSettings job = m_rig->job({{u"batch"_s, QJsonObject{{u"bytes"_s, u"8KiB"_s}}}});
        m_rig->pair.resetCounters();
        QCOMPARE(shown(m_rig->run(job)), u"completed +40 ~0 -0"_s);
        QVERIFY2(m_rig->pair.target.counters().commits >= 4, "one batch took all");
    }

    void aBrokenOrderFallsBack_data()
    {
        QTest::addColumn<bool>("atSource");
        QTest::addColumn<QJsonObject>("detect");
        const QJsonObject versions{{u"by"_s, u"version"_s}, {u"column"_s, u"version"_s}, {u"scope"_s, u"row"_s}};
        for (const bool atSource : {true, false}) {
            const char *side = atSource ? "source" : "target";
            QTest::addRow("%s", side) << atSource << QJsonObject{{u"by"_s, u"hash"_s}};
            QTest::addRow("%s, keys alone", side) << atSource << byStamp;
            QTest::addRow("%s, keys and versions", side) << atSource << versions;
        }
    }
    void aBrokenOrderFallsBack()
    {
        QFETCH(bool, atSource);
        QFETCH(QJsonObject, detect);
        const JobSettings job = m_rig->job({{u"batch"_s, QJsonObject{{u"rows"_s, 4}}}, {u"detect"_s, detect}});
        for (int id = 1; id <= 40; ++id)
            put(id, 10);
        m_rig->run(job);
        for (int id = 41; id <= 43; ++id) // deletes that are counted twice would be withheld
            m_rig->pair.putTarget(u"items"_s, {id, u"old"_s, nullptr, 1, 0});
        for (int id = 1; id <= 6; ++id)
            m_rig->pair.removeSource(u"items"_s, {id});
        for (int id = 20; id <= 30; ++id)
            m_rig->pair.putSource(u"items"_s, {id, u"newer"_s, stampAt(20), 2, 0});
        m_rig->pair.target.refuseRows(
            u"items"_s, [](const QStringList &cells) { return cells[0] == u"20"_s; },
            Error{ErrorCode::CheckViolated, {}, {}});
        (atSource ? m_rig->pair.source : m_rig->pair.target).breaksOrder = true;
        QCOMPARE(shown(m_rig->plan(job, u"plan.db"_s)), u"planned +0 ~11 -9"_s);
        const RunReport report = m_rig->run(job);
        QCOMPARE(shown(report), u"needs-attention +0 ~10 -9"_s);
        QCOMPARE(report.tables.first().quarantined, 1);
        m_rig->pair.target.acceptRows();
        QCOMPARE(shown(m_rig->run(job)), u"completed +0 ~1 -0"_s);
        QCOMPARE(m_rig->pair.targetRows(u"items"_s), m_rig->pair.sourceRows(u"items"_s));
    }

    void aSourceThatChangesItsSchemaStopsTheTable()
    {
        for (int id = 1; id <= 12; ++id)
            put(id, 10);
        bool done = false;
        m_rig->pair.target.onOperation([&](const QString &operation) {
            if (operation != u"beginWrite"_s || std::exchange(done, true))
                return;
            m_rig->pair.clock.advanceMs(2000);
            m_rig->pair.source.alterTable(u"items"_s, [](TableSchema &schema) { schema.columns[1].type.length = 5; });
        });
        const RunReport report = m_rig->run(m_rig->job({{u"batch"_s, QJsonObject{{u"rows"_s, 4}}}}));
        m_rig->pair.target.onOperation({});
        QCOMPARE(report.tables.first().error->code, ErrorCode::SchemaChanged);
        QCOMPARE(report.exitCode(), 4);
        QCOMPARE(report.totals().deletes, 0);
    }

private:
    void put(int id, int minute) { m_rig->pair.putSource(u"items"_s, {id, u"name"_s, stampAt(minute), 1, 0}); }
    JobSettings updates(const QJsonObject &detect, QJsonObject more = {}) const
    {
        more[u"mode"_s] = u"update"_s;
        more[u"detect"_s] = detect;
        return m_rig->job(more);
    }

    std::unique_ptr<EngineRig> m_rig;
};

QTEST_GUILESS_MAIN(TestEngineTraps)
#include "tst_enginetraps.moc"
