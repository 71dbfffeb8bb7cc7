// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QLabel>
#include <QPushButton>
#include <QTableView>

#include "app/wording/wording.h"
#include "core/config/jsontext.h"
#include "tests/ui/support/pages.h"
#include "tests/ui/support/person.h"
#include "tests/ui/support/twowaystage.h"
#include "ui/jobs/joblistmodel.h"
#include "ui/jobs/jobpanel.h"
#include "ui/main/mainwindow.h"
#include "ui/plan/confirmdialog.h"
#include "ui/plan/previewwindow.h"
#include "ui/report/reporttablemodel.h"
#include "ui/report/reporttext.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

Q_DECLARE_METATYPE(tidemark::TableReport)

// A two-way job from the list to its report: both directions, and what waits for an answer.
class TestTwoWayWindow : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { wording::useLanguage(u"en"_s); }
    void aJobIsComparedAndWritten();
    void statesInTheList_data();
    void statesInTheList();
    void guardedDeletesOfBothSides_data();
    void guardedDeletesOfBothSides();
    void effectsOfBothSides();
    void reportColumns();
    void reportSaysWhereConflictsAreAnswered();
};

void TestTwoWayWindow::aJobIsComparedAndWritten()
{
    TwoWayStage stage;
    QVERIFY(stage.isReady());
    MainWindow::Options options;
    options.folder = stage.workspace();
    options.preferences.language = u"en"_s;
    person::elsewhere([&] { options.preferences.trust(jobHash(*readJsonFile(stage.job().file))); });
    MainWindow window(options);
    QVERIFY(pages::openWorkspace(window));
    QVERIFY(pages::selectJob(window, u"Till and tablet"_s));
    QVERIFY(pages::panelShows(window, u"Two-way: each side gets what changed at the other."_s));
    QVERIFY(pages::panelShows(window, u"Till ↔ Tablet"_s));
    QVERIFY(pages::compare(window));
    QVERIFY(pages::panelShows(window, u"Would change: 3 in Till, 4 in Tablet."_s));
    PreviewWindow *preview = pages::review(window);
    QVERIFY(preview);
    QVERIFY(pages::synchronise(window, *preview));
    QTRY_VERIFY(person::shows(*window.findChild<JobPanel *>(), u"Written: 6. Needs you: 2."_s));
    QVERIFY(pages::panelShows(window, u"2 conflicts: left as they are at both sides until they are answered."_s));
    const QString priced = u"SELECT price FROM products WHERE id = 2"_s;
    QCOMPARE(stage.rows(false, priced), QStringList(u"6.9"_s));
    QCOMPARE(stage.rows(true, u"SELECT stock FROM products WHERE id = 2"_s), QStringList(u"10"_s));
    // Once more: the conflicts alone are left, and can be looked at.
    QVERIFY(pages::compare(window));
    QVERIFY(pages::panelShows(window, u"Nothing to write: 2 conflicts to be answered."_s));
    QVERIFY(person::button(*window.findChild<JobPanel *>(), u"Answer 2 conflicts…"_s));
    preview = pages::review(window);
    QVERIFY(preview);
    QCOMPARE(preview->findChild<QLabel *>(u"previewHeadline"_s)->text(),
             u"Nothing to write: 2 conflicts to be answered."_s);
    QVERIFY(!preview->findChild<QWidget *>(u"writeButton"_s)->isEnabled());
}

static TableReport table(const WriteCounts &toTarget, const WriteCounts &toSource, qint64 merged, qint64 conflicts)
{
    TableReport report;
    report.source = report.target = u"t"_s;
    report.toTarget = toTarget;
    report.toSource = toSource;
    report.merged = merged;
    report.conflicts = conflicts;
    return report;
}

void TestTwoWayWindow::statesInTheList_data()
{
    QTest::addColumn<TableReport>("planned");
    QTest::addColumn<QString>("state");
    QTest::addColumn<int>("tone");
    const auto row = [](const char *name, const TableReport &planned, const QString &state, JobTone tone) {
        QTest::newRow(name) << planned << state << int(tone);
    };
    row("nothing", table({}, {}, 0, 0), u"Nothing to do"_s, JobTone::Good);
    row("to the source alone", table({}, {1, 0, 0}, 0, 0), u"1 to write"_s, JobTone::Pending);
    row("merged is one row", table({0, 1, 0}, {0, 1, 0}, 1, 0), u"1 to write"_s, JobTone::Pending);
    row("conflicts alone", table({}, {}, 0, 2), u"2 conflicts"_s, JobTone::Attention);
    row("both", table({1, 0, 0}, {0, 2, 1}, 0, 1), u"4 to write · 1 conflict"_s, JobTone::Attention);
}

void TestTwoWayWindow::statesInTheList()
{
    QFETCH(TableReport, planned);
    JobEntry job;
    job.key = job.name = u"j"_s;
    job.settings.emplace();
    job.settings->mode = Mode::TwoWay;
    job.settings->source.name = u"Till"_s;
    job.settings->target.name = u"Tablet"_s;
    job.planned.emplace();
    job.planned->state = RunState::Planned;
    job.planned->tables = {planned};
    JobListModel model;
    model.add(job);
    QTEST(model.index(0).data(JobListModel::StateRole).toString(), "state");
    QTEST(model.index(0).data(JobListModel::ToneRole).toInt(), "tone");
    QCOMPARE(model.index(0).data(JobListModel::SidesRole).toString(), u"Till ↔ Tablet"_s);
    QCOMPARE(model.index(0).data(JobListModel::SecondLineRole).toString(), u"Two-way"_s);
}

void TestTwoWayWindow::guardedDeletesOfBothSides_data()
{
    QTest::addColumn<qint64>("atTarget"); // deletes, of 100 rows
    QTest::addColumn<qint64>("atSource"); // of 50
    QTest::addColumn<bool>("twoWay");
    QTest::addColumn<qint64>("deletes");
    QTest::addColumn<qint64>("rows");
    const auto row = [](const char *name, qint64 atTarget, qint64 atSource, bool twoWay, qint64 deletes, qint64 rows) {
        QTest::newRow(name) << atTarget << atSource << twoWay << deletes << rows;
    };
    row("few", 5, 5, true, 0, 0);
    row("at the source", 5, 20, true, 20, 50);
    row("at the target", 20, 5, true, 20, 100);
    row("at both", 20, 20, true, 40, 150);
    row("one way", 20, 0, false, 20, 100);
}

void TestTwoWayWindow::guardedDeletesOfBothSides()
{
    QFETCH(qint64, atTarget);
    QFETCH(qint64, atSource);
    QFETCH(bool, twoWay);
    TableReport report = table({0, 0, atTarget}, {0, 0, atSource}, 0, 0);
    report.targetRows = 100;
    report.rowsRead = 150;
    JobSettings job;
    job.mode = twoWay ? Mode::TwoWay : Mode::Mirror;
    const GuardedDeletes guarded = guardedDeletes({report}, job);
    QTEST(guarded.deletes, "deletes");
    QTEST(guarded.rows, "rows");
}

void TestTwoWayWindow::effectsOfBothSides()
{
    CheckItem atTarget;
    atTarget.level = CheckItem::Level::Warning;
    atTarget.table = u"t"_s;
    atTarget.code = u"cascades"_s;
    atTarget.detail = u"lines"_s;
    CheckItem atSource = atTarget;
    atSource.code = u"cascades-at-source"_s;
    CheckItem triggers = atTarget;
    triggers.code = u"has-triggers-at-source"_s;
    triggers.detail = u"stamp"_s;
    const QList<CheckItem> items{triggers, atTarget, atSource};
    const QString cascade = u"t: Deleting at the source also changes other tables: lines"_s;
    const QString fires = u"t: The source's triggers fire on every write: stamp"_s;
    QCOMPARE(SideEffects::of(items, {table({1, 0, 0}, {0, 0, 1}, 0, 0)}).warnings, (QStringList{cascade, fires}));
    QCOMPARE(SideEffects::of(items, {table({1, 0, 0}, {1, 0, 0}, 0, 0)}).warnings, QStringList(fires));
    QCOMPARE(SideEffects::of(items, {table({0, 0, 1}, {}, 0, 0)}).warnings,
             QStringList(u"t: Deleting here also changes other tables: lines"_s));
}

void TestTwoWayWindow::reportColumns()
{
    RunReport report;
    report.tables = {table({1, 2, 3}, {4, 5, 6}, 2, 7)};
    ReportTableModel model;
    model.setReport(report, true);
    QStringList heads, cells;
    for (int column = 0; column < model.columnCount(); ++column) {
        heads << model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
        cells << model.index(0, column).data().toString();
    }
    QCOMPARE(heads.mid(0, 8),
             (QStringList{u"Table"_s, u"→ +"_s, u"→ ~"_s, u"→ −"_s, u"← +"_s, u"← ~"_s, u"← −"_s, u"!"_s}));
    QCOMPARE(cells.mid(0, 8), (QStringList{u"t"_s, u"1"_s, u"2"_s, u"3"_s, u"4"_s, u"5"_s, u"6"_s, u"7"_s}));
    QCOMPARE(model.headerData(4, Qt::Horizontal, Qt::ToolTipRole).toString(), u"Rows inserted at the source"_s);
    model.setReport(report, false);
    QCOMPARE(model.columnCount(), int(ReportTableModel::ColumnCount));
    QCOMPARE(model.headerData(1, Qt::Horizontal, Qt::DisplayRole).toString(), u"+"_s);
}

void TestTwoWayWindow::reportSaysWhereConflictsAreAnswered()
{
    RunReport report;
    report.job = u"shop"_s;
    report.state = RunState::Completed;
    report.tables = {table({1, 0, 0}, {}, 0, 1)};
    report.tables[0].quarantined = 2;
    QCOMPARE(ReportText::toneOf(report), ReportText::Tone::Attention);
    const QList<ReportText::Problem> problems = ReportText::problems(report, true);
    QCOMPARE(problems.at(0).what, u"1 conflict: left as it is at both sides."_s);
    QCOMPARE(problems.at(0).next, u"Nothing is written to them until they are answered."_s);
    QVERIFY(problems.at(1).what.startsWith(u"2 rows set aside: the side that they were to be written to"_s));
    QVERIFY(ReportText::plainText(report, u"A ↔ B"_s, true).contains(u"!1"_s));
}

QTEST_MAIN(TestTwoWayWindow)
#include "tst_twowaywindow.moc"
