// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QToolButton>

#include "ui/plan/columnspopup.h"
#include "ui/plan/confirmdialog.h"
#include "ui/plan/planrowmodel.h"
#include "ui/plan/previewwindow.h"
#include "ui/plan/rowsview.h"
#include "ui/widgets/accentbutton.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// The preview by key and mouse, over a plan of two tables.
class TestPreview : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void skipsAndTakesBack();
    void skipsTheSelection();
    void ticksATableInPart();
    void onlyTheSelectedRows();
    void goesOnOverTables();
    void filtersRows();
    void findsAroundTheEnd();
    void categoriesFilter();
    void sortsByHeader();
    void choosesColumns();
    void copiesRows();
    void showsValues();
    void aHugeValueIsShownInParts();
    void confirmTellsTables();
    void saysThatNothingIsToBeDone();
    void saysWhatWasNotRead();
    void aRemovedPlanEndsIt();
    void aThousandColumnsWithHostileNames();

private:
    void open(const std::function<void(PlanTable &)> &change = {}, int rows = 30, const QByteArray &large = {});
    QWidget *find(const QString &name) const { return m_window->findChild<QWidget *>(name); }
    QString write() const { return m_window->findChild<AccentButton *>(u"writeButton"_s)->text().remove(u'&'); }
    QString label(const QString &name) const { return m_window->findChild<QLabel *>(name)->text(); }
    PlanRowModel &model() const { return *m_window->findChild<PlanRowModel *>(); }
    RowsView &rows() const { return *m_window->findChild<RowsView *>(); }
    QTableView &view(const QString &name) const { return *m_window->findChild<QTableView *>(name); }
    QAction *action(const QString &text) const;
    bool choose(const QString &text); // of the row menu

    QTemporaryDir m_folder;
    int m_number = 0;
    std::unique_ptr<PreviewWindow> m_window;
};

static std::shared_ptr<const RowLayout> layoutOf(int cells)
{
    auto layout = std::make_shared<RowLayout>();
    layout->cells.resize(static_cast<size_t>(cells));
    layout->keyCount = 1;
    layout->comparedCount = cells;
    return layout;
}

static void append(RowBatch &batch, const QList<QByteArray> &cells)
{
    batch.beginRow();
    for (const QByteArray &cell : cells)
        batch.appendCell({cell.constData(), static_cast<size_t>(cell.size())});
    batch.endRow();
}

static PlanTable tableOf(const QString &name, int cells)
{
    PlanTable table;
    table.report.source = table.report.target = name;
    table.report.identical = 5;
    for (int cell = 0; cell < cells; ++cell)
        table.columns.append({u"c%1"_s.arg(cell), u"c%1"_s.arg(cell), {}, true});
    table.columns[0].source = table.columns[0].target = u"id"_s;
    table.keyCount = 1;
    table.comparedCount = cells;
    return table;
}

// Of three rows one is inserted, one updated in its last cell, one deleted.
static void fill(PlanWriter &writer, PlanTable table, int rows, const QByteArray &large = {})
{
    const int cells = static_cast<int>(table.columns.size());
    const auto number = writer.addTable(table);
    QVERIFY(number);
    RowBatch source(layoutOf(cells)), target(layoutOf(cells));
    std::vector<PlanWriter::Item> items;
    for (int row = 0; row < rows; ++row) {
        QList<QByteArray> values{"k" + QByteArray::number(1000 + row)};
        for (int cell = 1; cell < cells; ++cell)
            values << "v" + QByteArray::number(row % 7);
        if (row == 1 && !large.isEmpty())
            values.last() = large;
        append(source, values);
        values.last() = row == 1 && !large.isEmpty() ? large.left(large.size() - 1) + "!" : QByteArray("old");
        append(target, values);
        const Decision decisions[] = {Decision::InsertTarget, Decision::UpdateTarget, Decision::DeleteTarget};
        const Decision decision = decisions[row % 3];
        items.push_back({decision, Reason::CellsDiffer, decision == Decision::DeleteTarget ? -1 : row,
                         decision == Decision::InsertTarget ? -1 : row});
    }
    QVERIFY(writer.addRows(*number, source, target, items));
    table.report.toTarget = {(rows + 2) / 3, (rows + 1) / 3, rows / 3};
    QVERIFY(writer.finishTable(*number, table));
}

void TestPreview::open(const std::function<void(PlanTable &)> &change, int rows, const QByteArray &large)
{
    const QString file = m_folder.filePath(u"plan%1.db"_s.arg(++m_number));
    PlanHead head;
    head.id = u"p"_s;
    auto writer = PlanWriter::create(file, head);
    QVERIFY(writer);
    PlanTable first = tableOf(u"orders"_s, 4);
    if (change)
        change(first);
    fill(**writer, first, rows, large);
    fill(**writer, tableOf(u"lines"_s, 3), rows > 0 ? 3 : 0);
    QVERIFY((*writer)->finish());
    JobSettings job;
    job.name = u"j"_s;
    job.source.name = u"Till"_s;
    job.target.name = u"Report"_s;
    m_window = std::make_unique<PreviewWindow>(job, RunReport(), file);
    QSignalSpy ready(m_window.get(), &PreviewWindow::ready);
    m_window->show();
    QVERIFY(ready.wait());
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
}

void TestPreview::init() { open(); }

void TestPreview::cleanup() { m_window.reset(); }

QAction *TestPreview::action(const QString &text) const
{
    for (QAction *action : m_window->findChildren<QAction *>()) {
        if (action->text() == text)
            return action;
    }
    return nullptr;
}

bool TestPreview::choose(const QString &text)
{
    QTest::keyClick(&view(u"sourceRows"_s), Qt::Key_Menu);
    auto *menu = m_window->findChild<QMenu *>(u"rowMenu"_s);
    QAction *wanted = action(text);
    if (!menu || !wanted)
        return false;
    if (wanted->parent() == menu) {
        menu->setActiveAction(wanted);
        QTest::keyClick(menu, Qt::Key_Return);
    } else {
        wanted->trigger(); // of the menu within
    }
    menu->close();
    return true;
}

void TestPreview::skipsAndTakesBack()
{
    QCOMPARE(write(), u"Synchronise 33 rows…"_s);
    QTRY_VERIFY(rows().current().isValid());
    QTest::keyClick(&view(u"sourceRows"_s), Qt::Key_Space);
    QTRY_COMPARE(write(), u"Synchronise 32 rows…"_s);
    QVERIFY(!model().row(0)->included);
    QCOMPARE(label(u"skippedNote"_s), u"1 row skipped"_s);
    QTest::keyClick(&view(u"sourceRows"_s), Qt::Key_Space);
    QTRY_COMPARE(write(), u"Synchronise 33 rows…"_s);
    QTest::keySequence(m_window.get(), QKeySequence::Undo);
    QTRY_COMPARE(write(), u"Synchronise 32 rows…"_s);
    QTest::keySequence(m_window.get(), QKeySequence::Undo);
    QTRY_COMPARE(write(), u"Synchronise 33 rows…"_s);
    QTest::keySequence(m_window.get(), QKeySequence::Redo);
    QTRY_COMPARE(write(), u"Synchronise 32 rows…"_s);
    QTest::mouseClick(find(u"resetButton"_s), Qt::LeftButton);
    QTRY_COMPARE(write(), u"Synchronise 33 rows…"_s);
}

void TestPreview::skipsTheSelection()
{
    QTRY_VERIFY(rows().current().isValid());
    QTableView &source = view(u"sourceRows"_s);
    for (int i = 0; i < 4; ++i)
        QTest::keyClick(&source, Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(rows().selection(), (QList<RowSpan>{{0, 5}}));
    QTest::keyClick(&source, Qt::Key_Space);
    QTRY_COMPARE(write(), u"Synchronise 28 rows…"_s);
    QTest::keySequence(&source, QKeySequence::SelectAll);
    QCOMPARE(rows().selection(), (QList<RowSpan>{{0, 30}}));
    QVERIFY(choose(u"Skip 30 rows"_s));
    QTRY_COMPARE(write(), u"Synchronise 3 rows…"_s);
    QTest::mouseClick(find(u"undoButton"_s), Qt::LeftButton); // one step
    QTRY_COMPARE(write(), u"Synchronise 28 rows…"_s);
}

void TestPreview::ticksATableInPart()
{
    QTRY_VERIFY(rows().current().isValid());
    QTableView &tables = view(u"planTables"_s);
    QTest::keyClick(&view(u"sourceRows"_s), Qt::Key_Space);
    QTRY_COMPARE(tables.model()->index(0, 0).data(Qt::CheckStateRole).toInt(), int(Qt::PartiallyChecked));
    tables.setFocus();
    QTest::keyClick(&tables, Qt::Key_Space); // all of it
    QTRY_COMPARE(tables.model()->index(0, 0).data(Qt::CheckStateRole).toInt(), int(Qt::Checked));
    QTest::keyClick(&tables, Qt::Key_Space);
    QTRY_COMPARE(write(), u"Synchronise 3 rows…"_s);
    QTest::keySequence(m_window.get(), QKeySequence::Undo);
    QTRY_COMPARE(write(), u"Synchronise 33 rows…"_s);
}

void TestPreview::onlyTheSelectedRows()
{
    QTRY_VERIFY(rows().current().isValid());
    QTest::keyClick(&view(u"sourceRows"_s), Qt::Key_Down, Qt::ShiftModifier);
    QVERIFY(choose(u"Synchronise only these: 2 rows…"_s));
    QTRY_VERIFY(m_window->findChild<ConfirmDialog *>());
    QCOMPARE(write(), u"Synchronise 2 rows…"_s);
    QSignalSpy wished(m_window.get(), &PreviewWindow::synchroniseRequested);
    auto *confirm = m_window->findChild<ConfirmDialog *>();
    QTest::mouseClick(confirm->findChild<AccentButton *>(), Qt::LeftButton);
    QCOMPARE(wished.count(), 1);
    const auto reader = PlanReader::open(m_window->planFile());
    QCOMPARE((*reader)->includedCounts(0).value(), (WriteCounts{1, 1, 0}));
    QCOMPARE((*reader)->includedCounts(1).value().total(), 0);
}

void TestPreview::goesOnOverTables()
{
    QTRY_VERIFY(rows().current().isValid());
    rows().select(29, -1);
    QTest::keyClick(m_window.get(), Qt::Key_F8);
    QTRY_COMPARE(model().query().table, 1);
    QTRY_COMPARE(rows().current().row(), 0);
    QTest::keyClick(m_window.get(), Qt::Key_F7);
    QTRY_COMPARE(model().query().table, 0);
    QTRY_COMPARE(rows().current().row(), 29);
}

void TestPreview::filtersRows()
{
    auto *text = m_window->findChild<QLineEdit *>(u"filterText"_s);
    QTest::keyClick(m_window.get(), Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(text->hasFocus());
    QTest::keyClicks(text, u"K100"_s);
    QTRY_COMPARE(model().rowCount(), 10);
    QCOMPARE(label(u"filterNote"_s), u"10 rows match"_s);
    QTest::keyClicks(text, u"9"_s);
    QTest::keyClick(text, Qt::Key_Return);
    QTRY_COMPARE(model().rowCount(), 1);
    QTRY_VERIFY(model().row(0));
    QCOMPARE(model().index(0, 1).data().toString(), u"k1009"_s);
    QTRY_COMPARE(rows().current().row(), 0);
    QTest::keyClick(&view(u"sourceRows"_s), Qt::Key_Space); // the decision reaches the row that is meant
    QTRY_COMPARE(write(), u"Synchronise 32 rows…"_s);
    text->clear();
    QTRY_COMPARE(model().rowCount(), 30);
    QTRY_VERIFY(model().row(9) && !model().row(9)->included);
    QTest::keyClicks(text, u"nowhere"_s);
    QTest::keyClick(text, Qt::Key_Return);
    QTRY_COMPARE(model().rowCount(), 0);
    for (QAbstractButton *button : m_window->findChildren<QAbstractButton *>()) {
        if (button->text() == u"Show all rows"_s)
            QTest::mouseClick(button, Qt::LeftButton);
    }
    QTRY_COMPARE(model().rowCount(), 30);
}

void TestPreview::findsAroundTheEnd()
{
    QTRY_VERIFY(rows().current().isValid());
    auto *text = m_window->findChild<QLineEdit *>(u"findText"_s);
    QTest::keyClick(m_window.get(), Qt::Key_F, Qt::ControlModifier);
    QTRY_VERIFY(text->hasFocus());
    QTest::keyClicks(text, u"K102"_s);
    QTest::keyClick(text, Qt::Key_Return);
    QTRY_COMPARE(rows().current().row(), 20);
    QTest::keyClick(m_window.get(), Qt::Key_F3);
    QTRY_COMPARE(rows().current().row(), 21);
    QTest::keyClick(m_window.get(), Qt::Key_F3, Qt::ShiftModifier);
    QTRY_COMPARE(rows().current().row(), 20);
    QTest::keyClick(m_window.get(), Qt::Key_F3, Qt::ShiftModifier); // on from the last row
    QTRY_COMPARE(rows().current().row(), 29);
    QTest::keyClick(m_window.get(), Qt::Key_F3); // and from the first
    QTRY_COMPARE(rows().current().row(), 20);
    text->setFocus();
    QTest::keyClick(text, Qt::Key_Escape); // leaves the field, not the window
    QVERIFY(m_window->isVisible());
    QCOMPARE(text->text(), QString());
    QTest::keyClick(m_window.get(), Qt::Key_Escape);
    QVERIFY(!m_window->isVisible());
}

void TestPreview::categoriesFilter()
{
    const auto buttons = m_window->findChildren<QToolButton *>();
    const auto press = [&](const QString &name) {
        for (QToolButton *button : buttons) {
            if (button->accessibleName() == name)
                QTest::mouseClick(button, Qt::LeftButton);
        }
    };
    press(u"Delete 10"_s);
    QTRY_COMPARE(model().rowCount(), 10);
    QTRY_VERIFY(model().row(0));
    QCOMPARE(model().row(0)->decision, Decision::DeleteTarget);
    press(u"All 30"_s);
    QTRY_COMPARE(model().rowCount(), 30);
    QTRY_VERIFY(rows().current().isValid());
    QTest::keyClick(&view(u"sourceRows"_s), Qt::Key_Space);
    QTRY_COMPARE(write(), u"Synchronise 32 rows…"_s);
    press(u"Skipped 1"_s);
    QTRY_COMPARE(model().rowCount(), 1);
}

void TestPreview::sortsByHeader()
{
    QTRY_VERIFY(rows().current().isValid());
    QHeaderView *header = view(u"rowKeys"_s).horizontalHeader();
    const QPoint key(header->sectionViewportPosition(1) + 10, header->height() / 2);
    QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, key);
    QTRY_VERIFY(model().query().view);
    QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, key);
    QTRY_VERIFY(model().row(0) && model().index(0, 1).data().toString() == u"k1029"_s);
    QVERIFY(header->isSortIndicatorShown());
    QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, key); // as found
    QTRY_VERIFY(!model().query().view);
    QTRY_COMPARE(model().index(0, 1).data().toString(), u"k1000"_s);
}

void TestPreview::choosesColumns()
{
    QTRY_VERIFY(rows().current().isValid());
    QCOMPARE(rows().shownCells(), (QList<int>{0, 1, 2, 3}));
    for (QAbstractButton *box : m_window->findChildren<QAbstractButton *>()) {
        if (box->text() == u"Changed columns only"_s)
            QTest::mouseClick(box, Qt::LeftButton, {}, QPoint(10, box->height() / 2));
    }
    QCOMPARE(rows().shownCells(), (QList<int>{0, 3}));
    for (QAbstractButton *box : m_window->findChildren<QAbstractButton *>()) {
        if (box->text() == u"Changed columns only"_s)
            QTest::mouseClick(box, Qt::LeftButton, {}, QPoint(10, box->height() / 2));
    }
    QTest::mouseClick(find(u"columnsButton"_s), Qt::LeftButton);
    auto *list = m_window->findChild<QListWidget *>(u"columnsList"_s);
    QTRY_VERIFY(list->isVisible());
    QCOMPARE(list->item(2)->text(), u"c3  ~10"_s);
    list->setCurrentRow(0);
    QTest::keyClick(list, Qt::Key_Space);
    QCOMPARE(rows().shownCells(), (QList<int>{0, 2, 3}));
    m_window->findChild<ColumnsPopup *>()->hide();
}

void TestPreview::copiesRows()
{
    QTRY_VERIFY(rows().current().isValid());
    QGuiApplication::clipboard()->clear();
    QTest::keySequence(&view(u"sourceRows"_s), QKeySequence::Copy);
    QTRY_VERIFY(!QGuiApplication::clipboard()->text().isEmpty());
    QCOMPARE(QGuiApplication::clipboard()->text(),
             u"change\tid\tc1 (Till)\tc1 (Report)\tc2 (Till)\tc2 (Report)\tc3 (Till)\tc3 (Report)\n"
             "insert\tk1000\tv0\t\tv0\t\tv0\t\n"_s);
    QVERIFY(choose(u"INSERT statements"_s));
    QTRY_VERIFY(QGuiApplication::clipboard()->text().startsWith(u"INSERT INTO"_s));
    QVERIFY(!action(u"SQL of the selection…"_s)); // without the databases there is no script
}

void TestPreview::showsValues()
{
    QTRY_VERIFY(rows().current().isValid());
    rows().select(1, 3);
    const auto *source = m_window->findChild<QPlainTextEdit *>(u"sourceValueText"_s);
    const auto *target = m_window->findChild<QPlainTextEdit *>(u"targetValueText"_s);
    QTRY_COMPARE(source->toPlainText(), u"v1"_s);
    QCOMPARE(target->toPlainText(), u"old"_s);
    QVERIFY(!source->extraSelections().isEmpty());
    rows().select(0, 3);
    QTRY_COMPARE(target->toPlainText(), QString());
    QCOMPARE(target->placeholderText(), u"no row"_s);
}

void TestPreview::aHugeValueIsShownInParts()
{
    const QByteArray large(16 << 20, 'x');
    open({}, 30, large);
    QTRY_VERIFY(rows().current().isValid());
    rows().select(1, 3);
    const auto *source = m_window->findChild<QPlainTextEdit *>(u"sourceValueText"_s);
    QTRY_VERIFY(source->toPlainText().startsWith(u"xxx"_s));
    QVERIFY(source->toPlainText().size() <= 16'000); // the last part: there they differ
    QCOMPARE(source->extraSelections().size(), 1);
    QGuiApplication::clipboard()->clear();
    for (QToolButton *button : find(u"sourceValue"_s)->findChildren<QToolButton *>()) {
        if (button->text() == u"Copy"_s)
            QTest::mouseClick(button, Qt::LeftButton);
    }
    QTRY_COMPARE(QGuiApplication::clipboard()->text().size(), large.size());
    // Cells and what is explained of them stay short.
    QVERIFY(model().index(1, 4).data().toString().size() <= 301);
}

void TestPreview::confirmTellsTables()
{
    QTRY_VERIFY(rows().current().isValid());
    QTest::keyClick(&view(u"sourceRows"_s), Qt::Key_Space);
    QTRY_COMPARE(write(), u"Synchronise 32 rows…"_s);
    QTest::keyClick(m_window.get(), Qt::Key_F9);
    auto *confirm = m_window->findChild<ConfirmDialog *>();
    QVERIFY(confirm);
    const auto *tables = confirm->findChild<QTableView *>(u"confirmTables"_s);
    QVERIFY(tables);
    QStringList shown;
    for (int row = 0; row < tables->model()->rowCount(); ++row) {
        for (int column = 0; column < 4; ++column)
            shown << tables->model()->index(row, column).data().toString();
    }
    QCOMPARE(shown, (QStringList{u"orders"_s, u"9"_s, u"10"_s, u"10"_s, u"lines"_s, u"1"_s, u"1"_s, u"1"_s}));
    QTest::keyClick(confirm, Qt::Key_Escape);
}

void TestPreview::saysThatNothingIsToBeDone()
{
    open({}, 0);
    QCOMPARE(label(u"previewHeadline"_s), u"Nothing to do. Both sides are equal."_s);
    QVERIFY(!find(u"writeButton"_s)->isEnabled());
    open([](PlanTable &table) { table.report.error = Error{ErrorCode::NoSuchTable, {}, {}}; }, 0);
    QCOMPARE(label(u"previewHeadline"_s), u"Nothing to write. Not every row was compared."_s);
}

void TestPreview::saysWhatWasNotRead()
{
    open([](PlanTable &table) { table.report.identical.reset(); });
    QCOMPARE(view(u"planTables"_s).model()->index(0, 5).data().toString(), u"not read"_s);
    QCOMPARE(view(u"planTables"_s).model()->index(1, 5).data().toString(), u"5"_s);
    bool told = false;
    for (const QLabel *label : m_window->findChildren<QLabel *>())
        told = told || label->text() == u"= not read"_s;
    QVERIFY(told);
}

void TestPreview::aRemovedPlanEndsIt()
{
    QVERIFY(QFile::remove(m_window->planFile()));
    QTRY_VERIFY_WITH_TIMEOUT(!find(u"writeButton"_s)->isEnabled(), 10'000);
    QSignalSpy again(m_window.get(), &PreviewWindow::compareRequested);
    for (QAbstractButton *button : m_window->findChildren<QAbstractButton *>()) {
        if (button->text() == u"Compare again"_s && button->isVisible())
            QTest::mouseClick(button, Qt::LeftButton);
    }
    QCOMPARE(again.count(), 1);
}

void TestPreview::aThousandColumnsWithHostileNames()
{
    open([](PlanTable &table) {
        table = tableOf(u"<b>wide</b>\n\u202e\""_s, 1000);
        table.columns[5].source = u"a \"very\" long name\nwith lines \u202e and more "_s + QString(3000, u'x');
    });
    QCOMPARE(model().columnCount(), 1 + 1 + 2 * 999);
    QTRY_VERIFY(rows().current().isValid());
    const QString header = model().headerData(6, Qt::Horizontal, Qt::DisplayRole).toString();
    QVERIFY(header.size() < 300 && header.contains(u"⏎"_s) && header.contains(u"‹U+202E›"_s));
    QVERIFY(view(u"sourceRows"_s).columnWidth(6) <= 400);
    rows().select(1, 999);
    QCOMPARE(model().cellOf(rows().current().column()), 999);
    const auto *source = m_window->findChild<QPlainTextEdit *>(u"sourceValueText"_s);
    QTRY_COMPARE(source->toPlainText(), u"v1"_s);
}

QTEST_MAIN(TestPreview)
#include "tst_preview.moc"
