// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QAbstractItemModelTester>

#include "app/wording/wording.h"
#include "ui/jobs/joblistmodel.h"
#include "ui/jobs/tableprogressmodel.h"
#include "ui/plan/confirmdialog.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

class TestJobModels : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { wording::useLanguage(u"en"_s); }
    void problemsComeFirst();
    void reloadingKeepsWhatTheWindowKnows();
    void aChangedJobLosesItsPlan();
    void persistentIndexesFollow();
    void progressLines();
    void estimateNeverLooksLikeTheEnd();
    void guardAsks_data();
    void guardAsks();
};

static JobEntry entry(const QString &name)
{
    JobEntry job;
    job.key = u"/jobs/"_s + name;
    job.name = name;
    JobSettings settings;
    settings.name = name;
    settings.file = job.key;
    job.settings = settings;
    return job;
}

static RunReport report(RunState state, qint64 inserts = 0)
{
    RunReport report;
    report.state = state;
    TableReport table;
    table.source = table.target = u"t"_s;
    table.toTarget.inserts = inserts;
    report.tables << table;
    return report;
}

void TestJobModels::problemsComeFirst()
{
    JobListModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    JobEntry broken = entry(u"z broken"_s);
    broken.settings.reset();
    broken.error = Error{ErrorCode::NotJson, {}, {}};
    JobEntry attention = entry(u"m attention"_s);
    attention.last = report(RunState::NeedsAttention);
    JobEntry good = entry(u"a good"_s);
    good.last = report(RunState::Completed);
    model.setJobs({good, entry(u"b never"_s), attention, broken});
    QStringList names;
    for (int row = 0; row < model.rowCount(); ++row)
        names << model.index(row).data().toString();
    QCOMPARE(names, (QStringList{u"z broken"_s, u"m attention"_s, u"a good"_s, u"b never"_s}));
    QCOMPARE(model.index(3).data(JobListModel::StateRole).toString(), u"Never run"_s);
    model.remove(broken.key);
    model.add(entry(u"aa new"_s));
    QCOMPARE(model.rowCount(), 4);
}

void TestJobModels::reloadingKeepsWhatTheWindowKnows()
{
    JobListModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    JobEntry visitor = entry(u"visitor"_s);
    visitor.visiting = true;
    model.setJobs({entry(u"one"_s), entry(u"two"_s)});
    model.add(visitor);
    model.change(entry(u"one"_s).key, [](JobEntry &job) {
        job.planned = report(RunState::Planned, 17);
        job.planFile = u"p.db"_s;
    });
    model.setJobs({entry(u"one"_s)});
    QCOMPARE(model.rowCount(), 2);
    QVERIFY(model.find(entry(u"one"_s).key)->planned);
    QVERIFY(model.find(visitor.key));
    QCOMPARE(model.indexOf(entry(u"one"_s).key).data(JobListModel::StateRole).toString(), u"17 to write"_s);
}

void TestJobModels::aChangedJobLosesItsPlan()
{
    JobListModel model;
    model.setJobs({entry(u"one"_s)});
    model.change(entry(u"one"_s).key, [](JobEntry &job) { job.planned = report(RunState::Planned, 1); });
    JobEntry edited = entry(u"one"_s);
    edited.settings->mode = Mode::Mirror;
    model.setJobs({edited});
    QVERIFY(!model.find(edited.key)->planned);

    // Somebody else has run it since: what was found is no longer so. One's own run is still at its plan.
    JobEntry ran = edited;
    ran.last = report(RunState::Completed);
    ran.last->run = u"2026-11-22T120000.000Z-0001"_s;
    for (const bool running : {true, false}) {
        model.setJobs({edited});
        model.change(edited.key, [&](JobEntry &job) {
            job.planned = report(RunState::Planned, 1);
            job.last.reset();
            job.running = running ? std::optional(Task::Synchronise) : std::nullopt;
        });
        model.setJobs({ran});
        QCOMPARE(model.find(edited.key)->planned.has_value(), running);
        model.change(edited.key, [](JobEntry &job) { job.running.reset(); });
    }
}

void TestJobModels::persistentIndexesFollow()
{
    JobListModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setJobs({entry(u"a"_s), entry(u"b"_s)});
    const QPersistentModelIndex b = model.index(1);
    model.change(entry(u"b"_s).key, [](JobEntry &job) { job.taskError = Error{ErrorCode::Unreachable, {}, {}}; });
    QCOMPARE(b.row(), 0);
    QCOMPARE(b.data().toString(), u"b"_s);
}

void TestJobModels::progressLines()
{
    TableProgressModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    TableProgress table;
    table.source = u"orders"_s;
    table.target = u"orders_copy"_s;
    table.phase = Phase::Comparing;
    table.rowsRead = 12'000;
    table.estimate = 88'000;
    table.rowsPerSecond = 48'213;
    table.found = {3, 2, 1};
    model.showProgress({{table}, 0, {}}, true);
    QCOMPARE(model.index(0).data().toString(), u"orders → orders_copy"_s);
    const QString detail = model.index(0).data(TableProgressModel::DetailRole).toString();
    QVERIFY2(detail.contains(u"12,000 of ≈ 88,000 rows"_s) && detail.contains(u"48,000 rows/s"_s), qPrintable(detail));
    QCOMPARE(model.index(0).data(TableProgressModel::CountsRole).toString(), u"+3  ~2  −1"_s);
    // Ten times a second the bar moves, and the words stay.
    table.rowsRead = 44'000;
    model.showProgress({{table}, 0, {}}, false);
    QCOMPARE(model.index(0).data(TableProgressModel::DetailRole).toString(), detail);
    QCOMPARE(model.index(0).data(TableProgressModel::FractionRole).toDouble(), 0.5);
    table.error = Error{ErrorCode::ConnectionLost, {}, {}};
    model.showProgress({{table}, 0, {}}, true);
    QVERIFY(model.index(0).data(TableProgressModel::ErrorRole).toBool());
    RunReport report;
    report.tables.resize(2);
    report.tables[0].toTarget.updates = report.tables[1].toTarget.updates = 1;
    model.showReport(report);
    QCOMPARE(model.index(0).data(TableProgressModel::CountsRole).toString(), u"+0  ~1  −0"_s);
    report.tables[1].toSource.inserts = 2; // with arrows or without: the same in all tables
    model.showReport(report);
    QCOMPARE(model.index(0).data(TableProgressModel::CountsRole).toString(), u"→ +0  ~1  −0   ← +0  ~0  −0"_s);
    model.clear();
    QCOMPARE(model.rowCount(), 0);
}

void TestJobModels::estimateNeverLooksLikeTheEnd()
{
    TableProgress table;
    table.phase = Phase::Comparing;
    table.rowsRead = 200;
    table.estimate = 100;
    QVERIFY(TableProgressModel::lineOf(table).fraction < 1);
    table.estimate = -1;
    QCOMPARE(TableProgressModel::lineOf(table).fraction, -2.0);
    table.phase = Phase::Done;
    QCOMPARE(TableProgressModel::lineOf(table).fraction, 1.0);
}

void TestJobModels::guardAsks_data()
{
    QTest::addColumn<qint64>("deletes");
    QTest::addColumn<qint64>("rows");
    QTest::addColumn<qint64>("withheld");
    QTest::addColumn<bool>("asks");
    QTest::newRow("none") << qint64(0) << qint64(100) << qint64(0) << false;
    QTest::newRow("one of many") << qint64(1) << qint64(100) << qint64(0) << false;
    QTest::newRow("nine of ten") << qint64(9) << qint64(10) << qint64(0) << false;
    QTest::newRow("a small table emptied") << qint64(5) << qint64(5) << qint64(0) << true;
    QTest::newRow("ten of a hundred") << qint64(10) << qint64(100) << qint64(0) << false;
    QTest::newRow("eleven of a hundred") << qint64(11) << qint64(100) << qint64(0) << true;
    QTest::newRow("a thousand of many") << qint64(1000) << qint64(1'000'000) << qint64(0) << false;
    QTest::newRow("more than a thousand") << qint64(1001) << qint64(1'000'000) << qint64(0) << true;
    QTest::newRow("the plan says so") << qint64(2) << qint64(-1) << qint64(2) << true;
}

void TestJobModels::guardAsks()
{
    QFETCH(qint64, deletes);
    QFETCH(qint64, rows);
    QFETCH(qint64, withheld);
    QFETCH(bool, asks);
    TableReport table;
    table.toTarget.deletes = deletes;
    table.targetRows = rows;
    table.withheldDeletes = withheld;
    const GuardedDeletes guarded = guardedDeletes({table}, JobSettings());
    QCOMPARE(guarded.deletes > 0, asks);
    if (asks)
        QCOMPARE(guarded.deletes, deletes);
}

QTEST_MAIN(TestJobModels)
#include "tst_jobmodels.moc"
