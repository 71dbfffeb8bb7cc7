// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTabBar>
#include <QTableView>
#include <QTemporaryDir>

#include "app/wording/wording.h"
#include "tests/ui/support/person.h"
#include "ui/jobs/engine.h"
#include "ui/report/checkwindow.h"
#include "ui/report/reporttablemodel.h"
#include "ui/report/reporttext.h"
#include "ui/report/reportwindow.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

using Tone = ReportText::Tone;

// What is told after a run: errors first, nothing that failed in part looks good, and rows left unwritten are listed.
class TestMainReport : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void partlyFailedIsNeverGood_data();
    void partlyFailedIsNeverGood();
    void problemsComeFirst();
    void tablesModel();
    void rowsLeftArePaged();
    void leadsOn();
    void copiesTextAndJson();
    void checkListsProblemsFirst();

private:
    QTemporaryDir m_folder;
    std::shared_ptr<Desk> m_desk;
    JobSettings m_job;
};

void TestMainReport::initTestCase()
{
    wording::useLanguage(u"en"_s);
    auto desk = Desk::open(m_folder.path(), {});
    QVERIFY(desk);
    m_desk = *desk;
    m_job.id = u"11111111-2222-3333-4444-555555555555"_s;
    m_job.name = u"shop"_s;
    m_job.source.name = u"Till"_s;
    m_job.target.name = u"Copy"_s;
}

static TableReport table(const QString &name, const WriteCounts &counts = {})
{
    TableReport table;
    table.source = table.target = name;
    table.toTarget = counts;
    table.identical = 10;
    table.deletesChecked = true;
    return table;
}

static RunReport report(RunState state, const QList<TableReport> &tables)
{
    RunReport report;
    report.job = u"shop"_s;
    report.state = state;
    report.startedUs = 1'700'000'000'000'000;
    report.finishedUs = report.startedUs + 65'000'000;
    report.tables = tables;
    return report;
}

void TestMainReport::partlyFailedIsNeverGood_data()
{
    QTest::addColumn<RunReport>("run");
    QTest::addColumn<Tone>("tone");
    TableReport failed = table(u"b"_s);
    failed.error = Error{ErrorCode::NoRights, {}, {}};
    TableReport aside = table(u"c"_s);
    aside.quarantined = 1;
    TableReport changed = table(u"d"_s);
    changed.changedSincePlan = 1;
    TableReport withheld = table(u"e"_s);
    withheld.withheldDeletes = 1;
    RunReport whole = report(RunState::Failed, {table(u"a"_s)});
    whole.error = Error{ErrorCode::Unreachable, {}, {}};
    QTest::newRow("all well") << report(RunState::Completed, {table(u"a"_s)}) << Tone::Good;
    QTest::newRow("one failed") << report(RunState::Failed, {table(u"a"_s), failed}) << Tone::Problem;
    // Whatever the state says: an error is an error.
    QTest::newRow("one failed, said complete") << report(RunState::Completed, {failed}) << Tone::Problem;
    QTest::newRow("the run failed") << whole << Tone::Problem;
    QTest::newRow("interrupted") << report(RunState::Failed, {}) << Tone::Problem;
    QTest::newRow("set aside") << report(RunState::Completed, {aside}) << Tone::Attention;
    QTest::newRow("changed") << report(RunState::Completed, {changed}) << Tone::Attention;
    QTest::newRow("withheld") << report(RunState::Completed, {withheld}) << Tone::Attention;
    QTest::newRow("needs attention") << report(RunState::NeedsAttention, {}) << Tone::Attention;
    QTest::newRow("cancelled") << report(RunState::Cancelled, {table(u"a"_s)}) << Tone::Attention;
    QTest::newRow("busy") << report(RunState::Busy, {}) << Tone::Attention;
}

void TestMainReport::partlyFailedIsNeverGood()
{
    QFETCH(RunReport, run);
    QTEST(ReportText::toneOf(run), "tone");
}

void TestMainReport::problemsComeFirst()
{
    TableReport aside = table(u"lines"_s, {3, 0, 0});
    aside.quarantined = 1200;
    TableReport failed = table(u"orders"_s);
    failed.error = Error{ErrorCode::ConnectionLost, {}, u"gone\x1b[0m"_s}.with(Fact::Connection, u"Copy"_s);
    const RunReport run = report(RunState::Failed, {aside, failed});
    const QList<ReportText::Problem> problems = ReportText::problems(run);
    QCOMPARE(problems.size(), qsizetype(2));
    QCOMPARE(problems.at(0).table, u"orders"_s);
    QVERIFY(!problems.at(0).next.isEmpty());
    QVERIFY(!problems.at(0).detail.contains(u'\x1b')); // what a server says is shown harmless
    QCOMPARE(problems.at(1).what, u"1,200 rows set aside: the target refused them."_s);
    QCOMPARE(ReportText::failedTables(run), QStringList(u"orders"_s));
    QCOMPARE(ReportText::headline(run), u"1 of 2 tables failed. Written in the others: 3 rows."_s);
    // What ended the whole run is said once.
    RunReport whole = run;
    whole.error = failed.error;
    QCOMPARE(ReportText::problems(whole).size(), qsizetype(2));
    QVERIFY(ReportText::problems(whole).first().table.isEmpty());
}

void TestMainReport::tablesModel()
{
    ReportTableModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    TableReport failed = table(u"z"_s);
    failed.error = Error{ErrorCode::NoRights, {}, {}};
    TableReport aside = table(u"y"_s);
    aside.quarantined = 1;
    model.setReport(report(RunState::Failed, {table(u"a"_s, {1, 2, 3}), aside, failed}));
    QStringList names;
    for (int row = 0; row < model.rowCount(); ++row)
        names << model.index(row, 0).data().toString();
    QCOMPARE(names, (QStringList{u"z"_s, u"y"_s, u"a"_s}));
    QCOMPARE(model.index(2, ReportTableModel::Updates).data().toString(), u"2"_s);
    QCOMPARE(model.index(1, ReportTableModel::Aside).data().toString(), u"1"_s);
}

void TestMainReport::rowsLeftArePaged()
{
    QList<SetAsideRow> rows;
    for (int i = 0; i < 450; ++i) {
        SetAsideRow row;
        row.table = u"orders → orders"_s;
        row.key = QByteArray::number(1000 + i);
        row.keyText = u"id = %1"_s.arg(1000 + i);
        row.error = Error{ErrorCode::CheckViolated, {}, u"CHECK failed"_s};
        rows << row;
    }
    QVERIFY(m_desk->journal().setAside(m_job.id, rows));
    QVERIFY(
        m_desk->journal().addRetries(m_job.id, u"orders → orders_copy"_s,
                                     {RetryKey{.key = "7", .reason = RetryReason::Withheld, .keyText = u"id = 7"_s}}));
    const auto counts = LeftRowsModel::count(m_desk->journal(), m_job.id);
    QVERIFY(counts);
    QCOMPARE(*counts, (LeftRowsModel::Counts{450, 0, 1}));

    const person::Watch watch;
    LeftRowsModel model(m_desk);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.show(m_job.id, LeftRowsModel::Kind::Aside, 450);
    QCOMPARE(model.rowCount(), 450);
    const QModelIndex last = model.index(449, LeftRowsModel::Key);
    QCOMPARE(last.data().toString(), u"…"_s); // asked for, not waited for
    QTRY_COMPARE(last.data().toString(), u"id = 1449"_s);
    QCOMPARE(last.siblingAtColumn(LeftRowsModel::Table).data().toString(), u"orders"_s);
    QVERIFY(last.siblingAtColumn(LeftRowsModel::Reason).data(Qt::ToolTipRole).toString().contains(u"CHECK failed"_s));
    model.show(m_job.id, LeftRowsModel::Kind::Withheld, 1);
    QTRY_COMPARE(model.index(0, LeftRowsModel::Key).data().toString(), u"id = 7"_s);
    QCOMPARE(model.index(0, LeftRowsModel::Table).data().toString(), u"orders → orders_copy"_s);
}

void TestMainReport::leadsOn()
{
    TableReport failed = table(u"orders"_s);
    failed.error = Error{ErrorCode::ConnectionLost, {}, {}};
    const person::Watch watch;
    ReportWindow window(m_desk, m_job, report(RunState::Failed, {table(u"a"_s), failed}), true);
    window.show();
    QSignalSpy retry(&window, &ReportWindow::retryRequested);
    QSignalSpy compare(&window, &ReportWindow::compareRequested);
    QVERIFY(person::click(window, u"Retry what failed"_s));
    QCOMPARE(retry.takeFirst().at(0).toStringList(), QStringList(u"orders"_s));
    QVERIFY(person::click(window, u"Compare again"_s));
    QCOMPARE(compare.size(), 1);
    // The rows that the test above left behind.
    QTRY_COMPARE(window.findChild<QTabBar *>()->tabText(0), u"Set aside 450"_s);
    // A run that was cancelled goes on with the whole of its plan.
    window.showReport(report(RunState::Cancelled, {table(u"a"_s)}), true);
    QVERIFY(person::click(window, u"Write the rest"_s));
    QCOMPARE(retry.takeFirst().at(0).toStringList(), QStringList());
    // Without the plan nothing is written that was not on screen.
    window.showReport(report(RunState::Failed, {failed}), false);
    QVERIFY(!person::button(window, u"Retry what failed"_s));
}

void TestMainReport::copiesTextAndJson()
{
    ReportWindow window(m_desk, m_job, report(RunState::Completed, {table(u"a"_s, {1, 2, 3})}), false);
    window.show();
    QVERIFY(person::click(window, u"Copy as text"_s));
    const QString text = QApplication::clipboard()->text();
    QVERIFY2(text.contains(u"Till → Copy"_s) && text.contains(u"1 min 5 s"_s) && text.contains(u"+1  ~2  −3"_s),
             qPrintable(text));
    QVERIFY(person::click(window, u"Copy as JSON"_s));
    QTRY_VERIFY(QJsonDocument::fromJson(QApplication::clipboard()->text().toUtf8()).isObject());
}

namespace {

class CheckingEngine final : public Engine
{
public:
    RunReport plan(const JobSettings &, const RunOptions &, const QString &, Cancellation &, ProgressBoard &) override
    {
        return {};
    }
    RunReport run(const JobSettings &, const RunOptions &, Cancellation &, ProgressBoard &) override { return {}; }
    RunReport verify(const JobSettings &, Cancellation &, ProgressBoard &) override { return {}; }
    RunReport resolve(const JobSettings &, const RunOptions &, Cancellation &, ProgressBoard &) override { return {}; }
    UndoOutcome planUndo(const JobSettings &, const UndoRequest &, const QString &, Cancellation &,
                         ProgressBoard &) override
    {
        return {};
    }
    UndoOutcome undo(const JobSettings &, const UndoRequest &, Cancellation &, ProgressBoard &) override { return {}; }
    Result<QList<CheckItem>> check(const JobSettings &, Cancellation &, const CheckOptions &) override
    {
        CheckItem note;
        note.level = CheckItem::Level::Note;
        note.table = u"orders"_s;
        note.code = u"creates-table"_s;
        note.detail = u"CREATE TABLE orders (id INTEGER)"_s;
        CheckItem problem;
        problem.table = u"lines"_s;
        problem.error = Error{ErrorCode::NoKey, {}, {}}.with(Fact::Table, u"lines"_s);
        return QList<CheckItem>{note, problem};
    }
};

} // namespace

void TestMainReport::checkListsProblemsFirst()
{
    CheckWindow window(std::make_shared<CheckingEngine>(), m_job);
    window.show();
    QVERIFY(person::shows(window, u"Looking at both databases. Nothing is written."_s));
    QTRY_VERIFY(person::shows(window, u"1 problem keeps this job from running."_s));
    auto *list = window.findChild<QAbstractItemView *>(u"checkItems"_s);
    QCOMPARE(list->model()->rowCount(), 2);
    QVERIFY(list->model()->index(0, 0).data().toString().contains(u"lines"_s));
    QVERIFY(!person::button(window, u"Copy the SQL"_s)->isEnabled());
    QTest::keyClick(list, Qt::Key_Down);
    QVERIFY(person::click(window, u"Copy the SQL"_s));
    QCOMPARE(QApplication::clipboard()->text(), u"CREATE TABLE orders (id INTEGER)"_s);
    QVERIFY(!list->model()->index(1, 0).data().toString().contains(u"CREATE"_s));
}

QTEST_MAIN(TestMainReport)
#include "tst_mainreport.moc"
