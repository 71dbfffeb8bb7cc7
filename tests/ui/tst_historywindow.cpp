// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTableView>
#include <QThreadPool>

#include "app/wording/wording.h"
#include "core/endpoint/sql/sqlsession.h"
#include "tests/ui/support/person.h"
#include "tests/ui/support/twowaystage.h"
#include "ui/history/historycellsmodel.h"
#include "ui/history/historychart.h"
#include "ui/history/historyrowsmodel.h"
#include "ui/history/historyruns.h"
#include "ui/history/historytext.h"
#include "ui/history/historywindow.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// What the history shows of real runs, by key and mouse; nothing is read on the UI thread.
class TestHistoryWindow : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { wording::useLanguage(u"en"_s); }
    void cleanup() { QThreadPool::globalInstance()->waitForDone(); }
    void listsRunsAndWhatTheyWrote();
    void aTableLeadsToItsRows();
    void filtersRuns();
    void showsAndBringsBackWhatLost();
    void asksForAnUndo();
    void knowsWhatWasUndone();
    void findsARowInAllRuns();
    void writesTheSqlEquivalent();
    void theSqlEquivalentDoesTheSame();
    void tenThousandRunsScroll();
    void saysWhatIsEmpty();
    void keysAreRead_data();
    void keysAreRead();
    void aRunThatFailedInPartIsNeverGreen();

private:
    static QTableView *view(const QWidget &window, const QString &name) { return window.findChild<QTableView *>(name); }
    static QString cell(const QTableView &view, int row, int column)
    {
        return view.model()->index(row, column).data().toString();
    }
    // The row with this text in a column; −1: none.
    static int rowOf(const QTableView &view, int column, const QString &text)
    {
        for (int row = 0; row < view.model()->rowCount(); ++row) {
            if (cell(view, row, column).contains(text))
                return row;
        }
        return -1;
    }
    static void pick(QTableView &view, int row)
    {
        view.scrollTo(view.model()->index(row, 0));
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.visualRect(view.model()->index(row, 0)).center());
    }
};

static QJsonObject sourceWins() { return {{u"conflicts"_s, QJsonObject{{u"policy"_s, u"source"_s}}}}; }

void TestHistoryWindow::aTableLeadsToItsRows()
{
    TwoWayStage stage(sourceWins());
    stage.compare();
    stage.apply();
    HistoryWindow window(stage.shared());
    window.show();
    QTableView *tables = view(window, u"historyTables"_s);
    auto *box = window.findChild<QComboBox *>(u"historyTable"_s);
    QTRY_VERIFY(box->count() > 0);
    for (int row = 0; row < tables->model()->rowCount(); ++row) {
        const QString name = cell(*tables, row, 0);
        pick(*tables, row);
        if (box->currentIndex() >= 0)
            QVERIFY2(box->currentText().startsWith(name + u" in "_s), qPrintable(name + u": "_s + box->currentText()));
        else
            QVERIFY2(person::shows(window, u"The run wrote no row of %1."_s.arg(name)), qPrintable(name));
    }
    QVERIFY(tables->model()->rowCount() > 1);
}

void TestHistoryWindow::listsRunsAndWhatTheyWrote()
{
    TwoWayStage stage(sourceWins());
    QVERIFY(stage.isReady());
    stage.compare();
    const RunReport report = stage.apply();
    const person::Watch watch;
    HistoryWindow window(stage.shared());
    QTableView *runs = view(window, u"historyRuns"_s);
    QTableView *rows = view(window, u"historyRows"_s);
    const QAbstractItemModelTester runsTester(window.findChild<HistoryRunsModel *>());
    const QAbstractItemModelTester filterTester(window.findChild<HistoryRunsFilter *>());
    const QAbstractItemModelTester rowsTester(window.findChild<HistoryRowsModel *>());
    const QAbstractItemModelTester cellsTester(window.findChild<HistoryCellsModel *>());
    window.show();
    QTRY_VERIFY(runs->model()->rowCount() >= 1);
    QCOMPARE(runs->currentIndex().row(), 0); // the newest
    QCOMPARE(cell(*runs, 0, HistoryRunsModel::Job), report.job);
    QVERIFY(runs->isColumnHidden(HistoryRunsModel::Aside)); // nothing was, in any run
    auto *box = window.findChild<QComboBox *>(u"historyTable"_s);
    QTRY_VERIFY(box->count() > 0);
    // Both sides of a table were written.
    QVERIFY2(box->findText(u"products in Till"_s) >= 0 && box->findText(u"products in Tablet"_s) >= 0,
             qPrintable(box->itemText(0)));
    QVERIFY(person::choose(window, u"historyTable"_s, u"products in Tablet"_s));
    QTRY_VERIFY(rowOf(*rows, HistoryRowsModel::Change, u"9.9"_s) >= 0);
    pick(*rows, rowOf(*rows, HistoryRowsModel::Change, u"9.9"_s));
    QTableView *cells = view(window, u"historyCells"_s);
    const int price = rowOf(*cells, HistoryCellsModel::Name, u"price"_s);
    QCOMPARE(price, 1); // after the key
    QVERIFY(cell(*cells, price, HistoryCellsModel::Before).startsWith(u"9.9"_s));
    QVERIFY(cell(*cells, price, HistoryCellsModel::After).startsWith(u"10.5"_s));
    QVERIFY(view(window, u"historyTables"_s)->model()->rowCount() >= 2);
}

void TestHistoryWindow::filtersRuns()
{
    TwoWayStage stage(sourceWins());
    stage.compare();
    stage.apply();
    const person::Watch watch;
    HistoryWindow window(stage.shared());
    window.show();
    QTableView *runs = view(window, u"historyRuns"_s);
    QTRY_VERIFY(runs->model()->rowCount() >= 1);
    const int all = runs->model()->rowCount();
    QVERIFY(person::choose(window, u"historyState"_s, u"Failed"_s));
    QCOMPARE(runs->model()->rowCount(), 0);
    QVERIFY(person::shows(window, u"No run fits these filters."_s));
    QVERIFY(person::choose(window, u"historyState"_s, u"All states"_s));
    QTest::keyClick(&window, Qt::Key_F, Qt::ControlModifier);
    QVERIFY(person::type(window, u"historyText"_s, u"nothing like this"_s));
    QCOMPARE(runs->model()->rowCount(), 0);
    QVERIFY(person::type(window, u"historyText"_s, u"products"_s));
    QCOMPARE(runs->model()->rowCount(), all);
    window.showJob(u"another job"_s);
    window.reload();
    QTRY_COMPARE(runs->model()->rowCount(), all);
    window.showJob(stage.job().id);
    QCOMPARE(window.findChild<QComboBox *>(u"historyJob"_s)->currentText(), stage.job().name);
    QCOMPARE(runs->model()->rowCount(), all);
}

void TestHistoryWindow::showsAndBringsBackWhatLost()
{
    TwoWayStage stage(sourceWins());
    stage.compare();
    const RunReport report = stage.apply();
    const person::Watch watch;
    HistoryWindow window(stage.shared());
    QSignalSpy restore(&window, &HistoryWindow::restoreRequested);
    window.show();
    QTableView *rows = view(window, u"historyRows"_s);
    auto *box = window.findChild<QComboBox *>(u"historyTable"_s);
    QTRY_VERIFY(box->count() > 0);
    QVERIFY(person::choose(window, u"historyTable"_s, u"products in Tablet"_s));
    const QString why = u"what stood here gave way; the policy “source” decided"_s;
    QTRY_VERIFY(rowOf(*rows, HistoryRowsModel::Rule, why) >= 0);
    pick(*rows, rowOf(*rows, HistoryRowsModel::Rule, why));
    QTableView *cells = view(window, u"historyCells"_s);
    const QModelIndex before = cells->model()->index(1, HistoryCellsModel::Before);
    QVERIFY(before.data().toString().startsWith(u"3.4"_s));
    QVERIFY(before.data(Qt::AccessibleTextRole).toString().contains(u"this value lost"_s));
    QVERIFY(!before.data(Qt::DecorationRole).isNull());
    window.setIdle(false);
    QVERIFY(!person::button(window, u"Bring back the value that lost…"_s)->isEnabled());
    window.setIdle(true);
    QVERIFY(person::click(window, u"Bring back the value that lost…"_s));
    QCOMPARE(restore.size(), 1);
    QCOMPARE(restore.first().at(0).toString(), stage.job().id);
    QCOMPARE(restore.first().at(1).toString(), report.run);
    QCOMPARE(restore.first().at(2).toString(), u"products"_s);
    QCOMPARE((restore.first().at(3).value<QMap<QString, QString>>()), (QMap<QString, QString>{{u"id"_s, u"1"_s}}));
}

void TestHistoryWindow::asksForAnUndo()
{
    TwoWayStage stage(sourceWins());
    stage.compare();
    const RunReport report = stage.apply();
    const person::Watch watch;
    HistoryWindow window(stage.shared());
    QSignalSpy undo(&window, &HistoryWindow::undoRequested);
    QSignalSpy told(&window, &HistoryWindow::reportRequested);
    window.show();
    auto *button = window.findChild<QPushButton *>(u"undoRun"_s);
    QVERIFY(!button->isEnabled());
    QTRY_VERIFY(button->isEnabled());
    window.setIdle(false);
    QVERIFY(!button->isEnabled());
    QVERIFY(button->toolTip().contains(u"A job is running"_s));
    window.setIdle(true);
    QTest::keyClick(&window, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(undo.size(), 1);
    QCOMPARE(undo.first().at(1).toString(), report.run);
    QVERIFY(person::click(window, u"Report…"_s));
    QCOMPARE(told.first().at(0).value<RunReport>().run, report.run);
}

void TestHistoryWindow::knowsWhatWasUndone()
{
    TwoWayStage stage(sourceWins());
    stage.compare();
    const RunReport report = stage.apply();
    HistoryWindow window(stage.shared());
    window.show();
    QTableView *runs = view(window, u"historyRuns"_s);
    auto *button = window.findChild<QPushButton *>(u"undoRun"_s);
    QTRY_VERIFY(button->isEnabled());
    const int before = runs->model()->rowCount();
    UndoOutcome outcome;
    person::elsewhere([&] {
        UndoRequest request;
        request.run = report.run;
        request.yes = true;
        Cancellation cancellation;
        ProgressBoard board;
        outcome = stage.desk().undo(stage.job(), request, cancellation, board);
    });
    QCOMPARE(outcome.report.state, RunState::Completed);
    window.reload();
    QTRY_COMPARE(runs->model()->rowCount(), before + 1);
    QVERIFY(cell(*runs, 0, HistoryRunsModel::Result).startsWith(u"Undo: "_s));
    // The run that was looked at stays chosen, and can be undone no more.
    QTRY_VERIFY(!button->isEnabled());
    QVERIFY2(button->toolTip().contains(outcome.report.run), qPrintable(button->toolTip()));
    QCOMPARE(runs->currentIndex().row(), 1);
    pick(*runs, 0);
    QTRY_VERIFY(button->isEnabled());
}

void TestHistoryWindow::findsARowInAllRuns()
{
    TwoWayStage stage(sourceWins());
    stage.compare();
    stage.apply();
    const person::Watch watch;
    HistoryWindow window(stage.shared());
    window.show();
    QTableView *rows = view(window, u"historyRows"_s);
    auto *box = window.findChild<QComboBox *>(u"historyTable"_s);
    QTRY_VERIFY(box->count() > 0);
    QVERIFY(person::choose(window, u"historyTable"_s, u"products in Tablet"_s));
    QTRY_VERIFY(rows->model()->rowCount() > 1);
    const int ofRun = rows->model()->rowCount();
    QTest::keyClick(&window, Qt::Key_K, Qt::ControlModifier);
    auto *key = window.findChild<QLineEdit *>(u"historyKey"_s);
    QTRY_VERIFY(key->hasFocus());
    QTest::keyClicks(key, u"2"_s);
    QTest::keyClick(key, Qt::Key_Return);
    QTRY_VERIFY(person::shows(window, u"Back to the run"_s));
    QCOMPARE(rows->model()->rowCount(), 1);
    QTRY_VERIFY(rowOf(*rows, HistoryRowsModel::Change, u"6.5"_s) >= 0);
    QVERIFY(rowOf(*rows, HistoryRowsModel::Change, u"12 → 10"_s) >= 0);
    QVERIFY(person::click(window, u"Back to the run"_s));
    QTRY_COMPARE(rows->model()->rowCount(), ofRun);
    // From a row, by its button.
    QTRY_VERIFY(rowOf(*rows, HistoryRowsModel::Key, u"3"_s) >= 0);
    pick(*rows, rowOf(*rows, HistoryRowsModel::Key, u"3"_s));
    QVERIFY(person::click(window, u"History of this row"_s));
    QTRY_COMPARE(rows->model()->rowCount(), 1);
    QCOMPARE(key->text(), u"3"_s);
    // One that no run wrote, and one that is none.
    QVERIFY(person::type(window, u"historyKey"_s, u"id=777"_s));
    QTest::keyClick(key, Qt::Key_Return);
    QTRY_VERIFY(person::shows(window, u"No run that is still kept wrote this row."_s));
    QVERIFY(person::type(window, u"historyKey"_s, u"abc"_s));
    QTest::keyClick(key, Qt::Key_Return);
    QTRY_VERIFY(!person::shows(window, u"Reading the runs that are kept."_s));
}

void TestHistoryWindow::writesTheSqlEquivalent()
{
    TwoWayStage stage(sourceWins());
    stage.compare();
    stage.apply();
    const person::Watch watch;
    HistoryWindow window(stage.shared());
    window.show();
    auto *box = window.findChild<QComboBox *>(u"historyTable"_s);
    QTRY_VERIFY(box->count() > 0);
    QVERIFY(person::choose(window, u"historyTable"_s, u"products in Tablet"_s));
    auto *tabs = window.findChild<QTabBar *>();
    tabs->setFocus();
    QTest::keyClick(tabs, Qt::Key_Right);
    auto *sql = window.findChild<QPlainTextEdit *>(u"historySql"_s);
    QTRY_VERIFY(sql->isVisible());
    QTRY_VERIFY2(sql->toPlainText().contains(u"\"products\" SET \"price\""_s), qPrintable(sql->toPlainText()));
    const QString text = sql->toPlainText();
    QVERIFY2(text.contains(u"10.5"_s) && text.contains(u"DELETE FROM "_s)
                 && text.contains(u"row 7 was inserted; the values of inserted rows are not kept"_s)
                 && text.contains(u"SELECT * FROM main.\"products\" WHERE \"id\" = 7;"_s),
             qPrintable(text));
    QVERIFY(text.startsWith(u"-- The SQL equivalent"_s));
}

// At a copy of the side as it was before: all but the inserted row, of which no more is said.
void TestHistoryWindow::theSqlEquivalentDoesTheSame()
{
    TwoWayStage stage(sourceWins());
    stage.compare();
    ConnectionSettings copy = stage.job().target;
    copy.database += u".copy"_s;
    bool done = false;
    person::elsewhere([&] { done = QFile::copy(stage.job().target.database, copy.database); });
    QVERIFY(done);
    stage.apply();
    HistoryWindow window(stage.shared());
    window.show();
    auto *box = window.findChild<QComboBox *>(u"historyTable"_s);
    QTRY_VERIFY(box->count() > 0);
    QVERIFY(person::choose(window, u"historyTable"_s, u"products in Tablet"_s));
    window.findChild<QTabBar *>()->setCurrentIndex(1);
    auto *sql = window.findChild<QPlainTextEdit *>(u"historySql"_s);
    QTRY_VERIFY(sql->toPlainText().contains(u"DELETE FROM "_s));
    const QStringList lines = sql->toPlainText().split(u'\n', Qt::SkipEmptyParts);
    QStringList rows;
    const QString query = u"SELECT * FROM products WHERE id <> 7 ORDER BY id"_s;
    person::elsewhere([&] {
        const auto session = stage.desk().connector().openSql(copy, OpenOptions{true, nullptr});
        done = session && (*session)->beginWrite();
        for (const QString &line : lines)
            done = done && (line.startsWith(u"--"_s) || (*session)->execute(line));
        const auto found = done ? (*session)->query(query) : Result<QList<SqlRow>>(QList<SqlRow>());
        for (const SqlRow &row : found.value_or(QList<SqlRow>())) {
            QStringList cells;
            for (const auto &cell : row)
                cells << (cell ? QString::fromUtf8(*cell) : u"NULL"_s);
            rows << cells.join(u", "_s);
        }
        done = done && (*session)->commit();
    });
    QVERIFY2(done, qPrintable(sql->toPlainText()));
    QVERIFY(rows.size() > 3);
    QCOMPARE(rows, stage.rows(true, query));
}

void TestHistoryWindow::tenThousandRunsScroll()
{
    TwoWayStage stage(sourceWins());
    HistoryRunsModel model;
    const QAbstractItemModelTester tester(&model);
    QList<RunReport> runs;
    for (int i = 10'000; i > 0; --i) {
        RunReport run;
        run.run = u"2026-%1"_s.arg(i, 6, 10, QChar(u'0'));
        run.job = u"job"_s;
        run.jobId = i % 2 ? u"odd"_s : u"even"_s;
        run.state = i % 7 ? RunState::Completed : RunState::Failed;
        run.startedUs = qint64{i} * 1'000'000;
        runs << run;
    }
    // The first page, then all of them: what is selected stays.
    HistoryRunsFilter filter;
    filter.setSourceModel(&model);
    model.setRuns(runs.mid(0, 300));
    QTableView view;
    view.setModel(&filter);
    view.setCurrentIndex(filter.index(7, 0));
    model.setRuns(runs);
    QCOMPARE(filter.rowCount(), 10'000);
    QCOMPARE(view.currentIndex().row(), 7);
    // A run has ended meanwhile.
    RunReport newest = runs.first();
    newest.run = u"2027"_s;
    model.setRuns(QList<RunReport>{newest} + runs);
    QCOMPARE(view.currentIndex().row(), 8);
    model.setRuns(runs); // and was purged
    QCOMPARE(filter.rowCount(), 10'000);
    filter.setFilter(u"odd"_s, HistoryRunsFilter::State::Failed, {});
    QCOMPARE(filter.rowCount(), 714);
    QCOMPARE(filter.index(0, 0).data().toString(), model.index(model.rowOf(u"2026-009989"_s), 0).data().toString());
    filter.setFilter({}, HistoryRunsFilter::State::All, u"2026-000042"_s);
    QCOMPARE(filter.rowCount(), 1);
    HistoryChart chart;
    chart.setRuns(runs);
    QVERIFY(chart.accessibleDescription().contains(u"Last 30 runs"_s));
}

void TestHistoryWindow::saysWhatIsEmpty()
{
    QTemporaryDir folder;
    std::shared_ptr<Desk> desk;
    person::elsewhere([&] { desk = Desk::open(folder.path(), {}).value(); });
    const person::Watch watch;
    HistoryWindow window(desk);
    window.show();
    QTRY_VERIFY(person::shows(window, u"No job has run yet. Every run will be listed here."_s));
    QVERIFY(person::shows(window, u"Choose a run to see what it wrote."_s));
    QVERIFY(!window.findChild<QPushButton *>(u"undoRun"_s)->isEnabled());
    QVERIFY(!window.findChild<QPushButton *>(u"exportRun"_s)->isEnabled());
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QTest::keyClick(&window, Qt::Key_Escape);
    QVERIFY(!window.isVisible());
}

void TestHistoryWindow::keysAreRead_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QStringList>("columns");
    QTest::addColumn<QString>("read");
    const QStringList one{u"id"_s}, two{u"id"_s, u"part"_s};
    QTest::newRow("a value") << u" 3 "_s << one << u"id=3"_s;
    QTest::newRow("named") << u"ID = 3"_s << one << u"id=3"_s;
    QTest::newRow("an equals sign in it") << u"a=b"_s << one << u"id=a=b"_s;
    QTest::newRow("two") << u"id=3, part=x"_s << two << u"id=3|part=x"_s;
    QTest::newRow("a comma in it") << u"part=x, y, id=3"_s << two << u"id=3|part=x, y"_s;
    QTest::newRow("one of two") << u"id=3"_s << two << QString();
    QTest::newRow("no names") << u"3, x"_s << two << QString();
    QTest::newRow("nothing") << u"  "_s << one << QString();
}

void TestHistoryWindow::keysAreRead()
{
    QFETCH(QString, typed);
    QFETCH(QStringList, columns);
    QStringList parts;
    const auto key = HistoryText::keyFrom(typed, columns);
    for (auto part = key.cbegin(); part != key.cend(); ++part)
        parts << part.key() + u'=' + part.value();
    QTEST(parts.join(u'|'), "read");
}

void TestHistoryWindow::aRunThatFailedInPartIsNeverGreen()
{
    RunReport run;
    run.tables = {TableReport(), TableReport()};
    run.tables[0].source = u"orders"_s;
    run.tables[1].source = u"lines"_s;
    QCOMPARE(HistoryText::sign(run), u"done"_s);
    run.tables[1].quarantined = 1;
    QCOMPARE(HistoryText::sign(run), u"warning"_s);
    run.tables[1].error = Error{ErrorCode::NoKey, {}, {}};
    QCOMPARE(HistoryText::sign(run), u"error"_s); // although its state says Completed
    QCOMPARE(HistoryText::signWords(run), u"Failed in part"_s);
    run.error = Error{ErrorCode::Unreachable, {}, {}};
    run.state = RunState::Failed;
    QCOMPARE(HistoryText::signWords(run), u"Failed"_s);
}

QTEST_MAIN(TestHistoryWindow)
#include "tst_historywindow.moc"
