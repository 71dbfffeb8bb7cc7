// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>

#include "app/wording/wording.h"
#include "tests/ui/support/person.h"
#include "ui/jobs/progressmeter.h"
#include "ui/jobs/runprogress.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// The figures of a running task: what is not known yet is not told, and words do not flicker.
class TestMainProgress : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { wording::useLanguage(u"en"_s); }
    void fraction_data();
    void fraction();
    void timeLeftIsKnownOnlyWithEnoughToJudgeBy();
    void aPauseIsNoSpeed();
    void anApprovedPlanIsTheWork();
    void timeLeftInWords_data();
    void timeLeftInWords();
    void buttonsSayWhatTheyDo();
    void aJobThatWaitsSaysSo();
};

static TableProgress table(Phase phase, qint64 read, qint64 estimate)
{
    TableProgress table;
    table.source = table.target = u"t%1"_s.arg(estimate);
    table.phase = phase;
    table.rowsRead = read;
    table.estimate = estimate;
    return table;
}

void TestMainProgress::fraction_data()
{
    QTest::addColumn<QList<TableProgress>>("tables");
    QTest::addColumn<double>("expected");
    const auto row = [](const char *name, const QList<TableProgress> &tables, double expected) {
        QTest::newRow(name) << tables << expected;
    };
    row("nothing known", {}, -1);
    row("half", {table(Phase::Comparing, 50, 100)}, 0.5);
    row("one without an estimate", {table(Phase::Comparing, 50, 100), table(Phase::Comparing, 9, -1)}, -1);
    row("waiting tables count", {table(Phase::Done, 100, 100), table(Phase::Waiting, 0, 300)}, 0.25);
    row("without an estimate, but done", {table(Phase::Done, 70, -1), table(Phase::Waiting, 0, 70)}, 0.5);
    row("an estimate that was too high", {table(Phase::Done, 50, 100)}, 1);
    row("empty tables", {table(Phase::Done, 0, 0)}, 0);
    row("failed is ended", {table(Phase::Failed, 1, 100), table(Phase::Waiting, 0, 100)}, 0.5);
}

void TestMainProgress::fraction()
{
    QFETCH(QList<TableProgress>, tables);
    QFETCH(double, expected);
    ProgressMeter meter;
    QCOMPARE(meter.measure({tables, 0, {}}, 0, false).fraction, expected);
    // An estimate that is too low must not look like the end.
    const double late = ProgressMeter().measure({{table(Phase::Comparing, 5000, 100)}, 0, {}}, 0, false).fraction;
    QVERIFY(late > 0.9 && late < 1);
}

void TestMainProgress::timeLeftIsKnownOnlyWithEnoughToJudgeBy()
{
    ProgressMeter meter;
    const auto at = [&](qint64 ms, qint64 read) {
        return meter.measure({{table(Phase::Comparing, read, 1'000'000)}, 0, {}}, ms, false);
    };
    QVERIFY(!at(0, 0).secondsLeft);
    QVERIFY(!at(1000, 50'000).secondsLeft);
    const OverallProgress known = at(4000, 200'000);
    QVERIFY(known.secondsLeft);
    QCOMPARE(*known.secondsLeft, qint64(16)); // 800,000 rows at 50,000 a second
    QCOMPARE(known.rowsPerSecond, 50'000.0);
    // A slow beginning is forgotten.
    for (qint64 ms = 4250; ms <= 40'000; ms += 250)
        at(ms, 200'000 + (ms - 4000) * 10);
    QCOMPARE(at(40'000, 560'000).rowsPerSecond, 10'000.0);
    // So little is done that nobody can tell.
    ProgressMeter slow;
    slow.measure({{table(Phase::Comparing, 0, 1'000'000)}, 0, {}}, 0, false);
    QVERIFY(!slow.measure({{table(Phase::Comparing, 10, 1'000'000)}, 0, {}}, 60'000, false).secondsLeft);
}

void TestMainProgress::aPauseIsNoSpeed()
{
    ProgressMeter meter;
    const ProgressSnapshot half{{table(Phase::Comparing, 500, 1000)}, 0, {}};
    meter.measure({{table(Phase::Comparing, 0, 1000)}, 0, {}}, 0, false);
    QVERIFY(meter.measure(half, 5000, false).secondsLeft);
    QVERIFY(!meter.measure(half, 6000, true).secondsLeft);
    QVERIFY(!meter.measure(half, 60'000, false).secondsLeft); // begun anew
    ProgressSnapshot retry = half;
    retry.retryAttempt = 2;
    QVERIFY(!meter.measure(retry, 61'000, false).secondsLeft);
    // Begun again after a failure: counted from there.
    QVERIFY(!meter.measure({{table(Phase::Comparing, 1, 1000)}, 0, {}}, 64'000, false).secondsLeft);
}

void TestMainProgress::anApprovedPlanIsTheWork()
{
    TableReport planned;
    planned.source = planned.target = u"t-1"_s;
    planned.toTarget = {60, 30, 10};
    TableProgress now = table(Phase::Writing, 0, -1);
    now.written = {20, 5, 0};
    now.bytesWritten = 4096;
    ProgressMeter meter({planned});
    const OverallProgress progress = meter.measure({{now}, 0, {}}, 0, false);
    QCOMPARE(progress.fraction, 0.25);
    QCOMPARE(progress.counts, (WriteCounts{20, 5, 0}));
    now.phase = Phase::Done;
    now.bytesWritten = 14'336;
    const OverallProgress done = meter.measure({{now}, 0, {}}, 2000, false);
    QCOMPARE(done.fraction, 1.0);
    QCOMPARE(done.bytesPerSecond, 5120.0);
}

void TestMainProgress::timeLeftInWords_data()
{
    QTest::addColumn<qint64>("seconds");
    QTest::addColumn<QString>("words");
    QTest::newRow("seconds") << qint64(12) << u"less than a minute left"_s;
    QTest::newRow("a minute") << qint64(60) << u"about 1 min left"_s;
    QTest::newRow("rounded up") << qint64(61) << u"about 2 min left"_s;
    QTest::newRow("hours") << qint64(2 * 3600 + 5 * 60) << u"about 2 h 5 min left"_s;
}

void TestMainProgress::timeLeftInWords()
{
    QFETCH(qint64, seconds);
    QTEST(RunProgress::timeLeft(seconds), "words");
}

static JobEntry running()
{
    JobEntry job;
    job.key = u"job"_s;
    job.running = Task::Synchronise;
    job.progress.tables = {table(Phase::Writing, 250, 1000)};
    return job;
}

void TestMainProgress::buttonsSayWhatTheyDo()
{
    RunProgress progress;
    progress.show();
    JobEntry job = running();
    progress.showJob(job);
    QCOMPARE(progress.findChild<QProgressBar *>()->value(), 250);
    QVERIFY(person::shows(progress, u"time left not known yet"_s));
    QSignalSpy pause(&progress, &RunProgress::pauseRequested);
    QVERIFY(person::click(progress, u"Pause"_s));
    QCOMPARE(pause.takeFirst().at(0).toBool(), true);
    job.paused = true;
    progress.showJob(job);
    QVERIFY(person::shows(progress, u"paused"_s));
    QVERIFY(person::click(progress, u"Resume"_s));
    QCOMPARE(pause.takeFirst().at(0).toBool(), false);
    QSignalSpy stop(&progress, &RunProgress::stopRequested);
    QVERIFY(person::click(progress, u"Stop after this batch"_s));
    QCOMPARE(stop.size(), 1);
    job.stopping = true;
    progress.showJob(job);
    QVERIFY(!person::button(progress, u"Stop after this batch"_s)->isEnabled());
    // A comparison writes no batch that could be finished.
    job.running = Task::Compare;
    job.stopping = job.paused = false;
    progress.showJob(job);
    QVERIFY(!person::button(progress, u"Stop after this batch"_s));
}

void TestMainProgress::aJobThatWaitsSaysSo()
{
    RunProgress progress;
    progress.show();
    JobEntry job = running();
    job.waiting = true;
    job.progress = {};
    progress.showJob(job);
    QVERIFY(person::shows(progress, u"Waiting for another job to end."_s));
    QCOMPARE(progress.findChild<QProgressBar *>()->maximum(), 0); // not known: no end in sight
}

QTEST_MAIN(TestMainProgress)
#include "tst_mainprogress.moc"
