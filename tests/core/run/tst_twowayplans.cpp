// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "tests/core/run/twowayjobrig.h"

using namespace tidemark;

// Plans of two-way jobs: what they show, and that nothing else is written.
class TestTwoWayPlans : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPlanWritesNothing();
    void anApprovedPlanIsAllThatIsWritten();
    void aPlanOfABaseWithPromisesLeavesThem();
    void aPlanKeepsNothingOfATableThatFailed();
    void verifyCountsWhatIsAtOneSideAlone();
    void aFirstMeetingWithoutATickStaysOne();
    void whatIsReadAnewCountsOnce_data();
    void whatIsReadAnewCountsOnce();
};

void TestTwoWayPlans::aPlanWritesNothing()
{
    JobRig rig;
    QCOMPARE(rig.synced(), quiet);
    rig.clash();
    rig.pair.putSource(u"t"_s, {2, "source", 10});
    rig.pair.removeTarget(u"t"_s, {3});
    rig.pair.putSource(u"t"_s, {4, "left", 10});
    rig.pair.putTarget(u"t"_s, {4, "same", 11});
    rig.pair.resetCounters();
    const RunReport planned = rig.plan(rig.twoWay(u"merge"_s), u"p.db"_s);
    QCOMPARE(JobRig::words(planned), u"planned > +0 ~2 -0 < +0 ~1 -1, 1 open"_s);
    QCOMPARE(rig.pair.source.counters().commits + rig.pair.target.counters().commits, 0);
    QCOMPARE(rig.listed({}).size(), 0);
    const auto plan = PlanReader::open(rig.path(u"p.db"_s));
    QVERIFY(plan);
    QVERIFY((*plan)->head().twoWay);
    const auto tables = (*plan)->tables();
    QVERIFY(tables);
    QCOMPARE(tables->size(), 1);
    const auto rows = (*plan)->rows(0, std::nullopt, 0, 10);
    QVERIFY(rows);
    QStringList decisions;
    for (const PlanRow &row : *rows)
        decisions += decisionName(row.decision) + u' ' + reasonName(row.reason);
    decisions.sort();
    QCOMPARE(decisions,
             QStringList({u"conflict changed-at-both"_s, u"delete-source deleted-at-target"_s,
                          u"merge changed-at-both"_s, u"update-target changed-at-source"_s}));
    QCOMPARE((*plan)->includedCounts(0, JobSide::Target).value(), (WriteCounts{0, 2, 0}));
    QCOMPARE((*plan)->includedCounts(0, JobSide::Source).value(), (WriteCounts{0, 1, 1}));
    for (const PlanRow &row : *rows) {
        QCOMPARE(row.mergedSource.isEmpty(), row.decision != Decision::Merge);
        QVERIFY(!row.base.isEmpty());
    }
}

void TestTwoWayPlans::anApprovedPlanIsAllThatIsWritten()
{
    JobRig rig;
    QCOMPARE(rig.synced(), quiet);
    rig.pair.putSource(u"t"_s, {1, "source", 10});
    rig.pair.putSource(u"t"_s, {2, "source", 10}); // moves after the plan
    rig.pair.putTarget(u"t"_s, {3, "target", 10}); // is skipped
    rig.pair.putSource(u"t"_s, {4, "left", 10});
    rig.pair.putTarget(u"t"_s, {4, "same", 11});
    QCOMPARE(rig.plan(rig.twoWay(u"merge"_s), u"p.db"_s).state, RunState::Planned);
    {
        const auto plan = PlanReader::open(rig.path(u"p.db"_s));
        const auto rows = (*plan)->rows(0, Decision::UpdateSource, 0, 10);
        QCOMPARE(rows->size(), 1);
        QVERIFY((*plan)->setRowIncluded(0, rows->first().number, false));
    }
    rig.pair.putSource(u"t"_s, {2, "moved", 10});
    rig.pair.putSource(u"t"_s, {8, "new", 1}); // nobody has seen it
    RunOptions options;
    options.planFile = rig.path(u"p.db"_s);
    QCOMPARE(JobRig::words(rig.run(rig.twoWay(u"merge"_s), options)),
             u"needs-attention > +0 ~2 -0 < +0 ~1 -0, 0 open, 1 moved"_s);
    QCOMPARE(rig.row(1), u"1|source|10 / 1|source|10"_s);
    QCOMPARE(rig.row(2), u"2|moved|10 / 2|same|10"_s);
    QCOMPARE(rig.row(3), u"3|same|10 / 3|target|10"_s);
    QCOMPARE(rig.row(4), u"4|left|11 / 4|left|11"_s);
    QCOMPARE(rig.row(8), u"8|new|1 / -"_s);
    QCOMPARE(rig.synced(), u"completed > +1 ~1 -0 < +0 ~1 -0, 0 open"_s);
    QCOMPARE(rig.synced(), quiet);
    QCOMPARE(JobRig::words(rig.run(rig.twoWay(u"source"_s), options)),
             u"needs-attention > +0 ~0 -0 < +0 ~0 -0, 0 open, 3 moved"_s);
}

// A run that was cut off left promises in the base; a plan looks them up and leaves them to the next run.
void TestTwoWayPlans::aPlanOfABaseWithPromisesLeavesThem()
{
    for (int skip = 0; skip < 40; ++skip) {
        JobRig rig;
        QCOMPARE(rig.synced(), quiet);
        rig.pair.putSource(u"t"_s, {1, "source", 10});
        rig.pair.putTarget(u"t"_s, {2, "target", 10});
        rig.pair.target.failOn({}, Error{ErrorCode::ConnectionLost, {}, {}}, skip, 1000);
        (void)rig.synced();
        rig.pair.target.failNoMore();
        const bool written = rig.row(1) == u"1|source|10 / 1|source|10"_s;
        const bool back = rig.row(2) == u"2|target|10 / 2|target|10"_s;
        const QString expected = u"planned > +0 ~%1 -0 < +0 ~%2 -0, 0 open"_s.arg(written ? 0 : 1).arg(back ? 0 : 1);
        QCOMPARE(JobRig::words(rig.plan(rig.twoWay(), u"p.db"_s)), expected);
        QVERIFY(!QFile::exists(rig.path(u"p.db.base"_s)));
        QVERIFY(rig.synced().endsWith(u"0 open"_s));
        QCOMPARE(rig.row(1), u"1|source|10 / 1|source|10"_s);
        QCOMPARE(rig.row(2), u"2|target|10 / 2|target|10"_s);
    }
}

void TestTwoWayPlans::aPlanKeepsNothingOfATableThatFailed()
{
    JobRig rig;
    QCOMPARE(rig.synced(), quiet);
    rig.pair.putSource(u"t"_s, {1, "source", 10});
    rig.pair.target.failOn(u"next t"_s, Error{ErrorCode::SqlRefused, {}, {}}, 2); // the first rows are in the plan
    JobSettings job = rig.twoWay();
    job.batch.rows = 2;
    const RunReport planned = rig.plan(job, u"p.db"_s);
    rig.pair.target.failNoMore();
    QCOMPARE(planned.state, RunState::Failed);
    const auto plan = PlanReader::open(rig.path(u"p.db"_s));
    QVERIFY(plan);
    QCOMPARE((*plan)->rowCount(0, std::nullopt).value(), 0);
    QVERIFY((*plan)->tables()->first().report.error);
    RunOptions options;
    options.planFile = rig.path(u"p.db"_s);
    QCOMPARE(rig.run(rig.twoWay(), options).state, RunState::Failed);
    QCOMPARE(rig.row(1), u"1|source|10 / 1|same|10"_s);
}

void TestTwoWayPlans::verifyCountsWhatIsAtOneSideAlone()
{
    JobRig rig;
    const JobSettings job = rig.job({{u"mode"_s, u"two-way"_s}, {u"deletes"_s, u"ignore"_s}});
    QCOMPARE(rig.run(job).state, RunState::Completed);
    rig.pair.removeSource(u"t"_s, {1});
    QCOMPARE(JobRig::words(rig.run(job)), quiet); // the delete stays where it was done
    Cancellation cancellation;
    ProgressBoard progress;
    const RunReport report =
        Runner(rig.pair.connector, *rig.journal, rig.pair.clock).verify(job, cancellation, progress);
    QCOMPARE(report.state, RunState::NeedsAttention);
    QCOMPARE(report.totals().total(), 1);
}

// What a job does with rows that met for the first time goes on to decide, not what it does with two edits.
void TestTwoWayPlans::aFirstMeetingWithoutATickStaysOne()
{
    JobRig rig;
    rig.clash();
    const JobSettings job =
        rig.job({{u"mode"_s, u"two-way"_s},
                 {u"conflicts"_s, QJsonObject{{u"policy"_s, u"target"_s}, {u"first"_s, u"source"_s}}}});
    QCOMPARE(JobRig::words(rig.plan(job, u"p.db"_s)), u"planned > +0 ~1 -0 < +0 ~0 -0, 0 open"_s);
    {
        const auto plan = PlanReader::open(rig.path(u"p.db"_s));
        QVERIFY((*plan)->setRowIncluded(0, (*plan)->rows(0, std::nullopt, 0, 10)->first().number, false));
    }
    RunOptions options;
    options.planFile = rig.path(u"p.db"_s);
    QCOMPARE(rig.run(job, options).totals().total(), 0);
    QCOMPARE(rig.row(1), u"1|one|10 / 1|two|10"_s);
    QCOMPARE(JobRig::words(rig.run(job)), u"completed > +0 ~1 -0 < +0 ~0 -0, 0 open"_s);
    QCOMPARE(rig.row(1), u"1|one|10 / 1|one|10"_s);
}

void TestTwoWayPlans::whatIsReadAnewCountsOnce_data()
{
    QTest::addColumn<bool>("atSource");
    QTest::newRow("source") << true;
    QTest::newRow("target") << false;
}

// The order of keys turns out to be broken after rows have been decided: the table is compared once more, from its
// first row, in no order.
void TestTwoWayPlans::whatIsReadAnewCountsOnce()
{
    QFETCH(const bool, atSource);
    JobRig once, anew;
    const auto jobOf = [](const JobRig &rig) {
        JobSettings job = rig.twoWay();
        job.batch.rows = 2; // some are decided before the last ones come
        return job;
    };
    for (JobRig *rig : {&once, &anew}) {
        QCOMPARE(rig->synced(), quiet);
        rig->clash();
        rig->pair.putSource(u"t"_s, {2, "source", 10});
        rig->pair.removeTarget(u"t"_s, {3});
        rig->putBoth({4, "both", 10});
    }
    (atSource ? anew.pair.source : anew.pair.target).breaksOrder = true;
    const RunReport expected = once.plan(jobOf(once), u"p.db"_s);
    const RunReport planned = anew.plan(jobOf(anew), u"p.db"_s);
    QCOMPARE(JobRig::words(expected), u"planned > +0 ~1 -0 < +0 ~0 -1, 1 open"_s);
    QCOMPARE(JobRig::words(planned), JobRig::words(expected));
    QCOMPARE(planned.tables.first().rowsRead, expected.tables.first().rowsRead);
    QCOMPARE(planned.tables.first().identical, expected.tables.first().identical);
    const auto plan = PlanReader::open(anew.path(u"p.db"_s));
    QVERIFY(plan);
    QCOMPARE((*plan)->rows(0, std::nullopt, 0, 10)->size(), 3);
    for (JobRig *rig : {&once, &anew}) {
        QCOMPARE(JobRig::words(rig->run(jobOf(*rig))), u"needs-attention > +0 ~1 -0 < +0 ~0 -1, 1 open"_s);
        QCOMPARE(rig->row(2), u"2|source|10 / 2|source|10"_s);
        QCOMPARE(rig->row(3), u"- / -"_s);
        QCOMPARE(rig->listed().size(), 1);
        QCOMPARE(rig->synced(), u"needs-attention > +0 ~0 -0 < +0 ~0 -0, 1 open"_s);
    }
}

QTEST_GUILESS_MAIN(TestTwoWayPlans)
#include "tst_twowayplans.moc"
