// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QClipboard>
#include <QFile>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTableView>
#include <QToolButton>

#include "app/wording/wording.h"
#include "tests/ui/support/person.h"
#include "tests/ui/support/planfiles.h"
#include "ui/plan/columnspopup.h"
#include "ui/plan/filterbar.h"
#include "ui/plan/planrowmodel.h"
#include "ui/plan/previewwindow.h"
#include "ui/plan/rowsview.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// The rows of a preview by key and mouse: gone through, found, filtered, sorted, copied, looked at.
class TestPreviewRows : public QObject, private PreviewFixture
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { wording::useLanguage(u"en"_s); }
    void init();
    void cleanup() { m_window.reset(); }
    void goesOnOverTables();
    void filtersRows();
    void findsAroundTheEnd();
    void aSearchOfOtherRowsIsForgotten();
    void categoriesFilter();
    void sortsByHeader();
    void sortsByKey();
    void tooManyRowsStayAsTheyAre();
    void readingIsToldAndStopped();
    void choosesColumns();
    void copiesRows();
    void savesRows();
    void showsValues();
    void whyIsAnswered();
    void aHugeValueIsShownInParts();
    void aThousandColumnsWithHostileNames();
};

void TestPreviewRows::init()
{
    QVERIFY(open());
    QTRY_VERIFY(rows().current().isValid());
}

void TestPreviewRows::goesOnOverTables()
{
    rows().select(29, -1);
    QTest::keyClick(m_window.get(), Qt::Key_F8);
    QTRY_COMPARE(model().query().table, 1);
    QTRY_COMPARE(rows().current().row(), 0);
    QTest::keyClick(m_window.get(), Qt::Key_F7);
    QTRY_COMPARE(model().query().table, 0);
    QTRY_COMPARE(rows().current().row(), 29);
}

void TestPreviewRows::filtersRows()
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
    QVERIFY(click(u"Show all rows"_s));
    QTRY_COMPARE(model().rowCount(), 30);
}

void TestPreviewRows::findsAroundTheEnd()
{
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

void TestPreviewRows::categoriesFilter()
{
    QVERIFY(click(u"Delete 10"_s));
    QTRY_COMPARE(model().rowCount(), 10);
    QTRY_VERIFY(model().row(0));
    QCOMPARE(model().row(0)->decision, Decision::DeleteTarget);
    QVERIFY(click(u"All 30"_s));
    QTRY_COMPARE(model().rowCount(), 30);
    QTRY_VERIFY(rows().current().isValid() && model().row(rows().current().row()));
    QTest::keyClick(&view(u"sourceRows"_s), Qt::Key_Space);
    QTRY_COMPARE(write(), u"Synchronise 32 rows…"_s);
    QVERIFY(click(u"Skipped 1"_s));
    QTRY_COMPARE(model().rowCount(), 1);
}

void TestPreviewRows::sortsByHeader()
{
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

void TestPreviewRows::choosesColumns()
{
    QCOMPARE(rows().shownCells(), (QList<int>{0, 1, 2, 3}));
    QVERIFY(click(u"Changed columns only"_s));
    QCOMPARE(rows().shownCells(), (QList<int>{0, 3}));
    QVERIFY(click(u"Changed columns only"_s));
    QTest::mouseClick(find(u"columnsButton"_s), Qt::LeftButton);
    auto *list = m_window->findChild<QListWidget *>(u"columnsList"_s);
    QTRY_VERIFY(list->isVisible());
    QCOMPARE(list->item(2)->text(), u"c3  ~10"_s);
    list->setCurrentRow(0);
    QTest::keyClick(list, Qt::Key_Space);
    QCOMPARE(rows().shownCells(), (QList<int>{0, 2, 3}));
    m_window->findChild<ColumnsPopup *>()->hide();
}

void TestPreviewRows::copiesRows()
{
    QGuiApplication::clipboard()->clear();
    QTest::keySequence(&view(u"sourceRows"_s), QKeySequence::Copy);
    QTRY_VERIFY(!QGuiApplication::clipboard()->text().isEmpty());
    QCOMPARE(QGuiApplication::clipboard()->text(),
             u"change\tid\tc1 (Till)\tc1 (Report)\tc2 (Till)\tc2 (Report)\tc3 (Till)\tc3 (Report)\n"
             "insert\tk1000\tv0\t\tv0\t\tv0\t\n"_s);
    QVERIFY(choose(u"INSERT statements"_s));
    QTRY_VERIFY(QGuiApplication::clipboard()->text().startsWith(u"INSERT INTO"_s));
    QVERIFY(choose(u"CSV"_s));
    QTRY_COMPARE(QGuiApplication::clipboard()->text().section(u"\r\n"_s, 1, 1), u"insert,k1000,v0,,v0,,v0,"_s);
    QVERIFY(QGuiApplication::clipboard()->text().startsWith(u"change,id"_s));
    QVERIFY(QGuiApplication::clipboard()->mimeData()->hasFormat(u"text/csv"_s));
    QVERIFY(choose(u"JSON"_s));
    QTRY_VERIFY(QGuiApplication::clipboard()->text().startsWith(u"[\n{\"decision\":\"insert-target\""_s));
    QVERIFY(!action(u"SQL of the selection…"_s)); // without the databases there is no script
}

void TestPreviewRows::showsValues()
{
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

void TestPreviewRows::aHugeValueIsShownInParts()
{
    const QByteArray large(16 << 20, 'x');
    QVERIFY(open({}, 30, large));
    QTRY_VERIFY(rows().current().isValid());
    rows().select(1, 3);
    const auto *source = m_window->findChild<QPlainTextEdit *>(u"sourceValueText"_s);
    QTRY_VERIFY(source->toPlainText().startsWith(u"xxx"_s));
    QVERIFY(source->toPlainText().size() <= 8'000); // the last part: there they differ
    QCOMPARE(source->extraSelections().size(), 1);
    QGuiApplication::clipboard()->clear();
    QVERIFY(person::click(*find(u"sourceValue"_s), u"Copy"_s));
    QTRY_COMPARE(QGuiApplication::clipboard()->text().size(), large.size());
    // Into a file: every byte.
    const QString file = m_folder.filePath(u"value.txt"_s);
    QVERIFY(person::click(*find(u"targetValue"_s), u"Save…"_s));
    auto *dialog = m_window->findChild<QFileDialog *>();
    QVERIFY(dialog);
    dialog->setOption(QFileDialog::DontConfirmOverwrite);
    auto *name = dialog->findChild<QLineEdit *>(u"fileNameEdit"_s);
    QVERIFY(name);
    name->setText(file);
    QTest::keyClick(name, Qt::Key_Return);
    QTRY_VERIFY(label(u"said"_s).startsWith(u"Saved: "_s));
    QCOMPARE(QFile(file).size(), qint64(large.size()));
    // Cells and what is explained of them stay short.
    QVERIFY(model().index(1, 4).data().toString().size() <= 301);
}

void TestPreviewRows::aThousandColumnsWithHostileNames()
{
    QVERIFY(open([](PlanTable &table) {
        table = plans::table(u"<b>wide</b>\n\u202e\""_s, 1000);
        table.columns[5].source = u"a \"very\" long name\nwith lines \u202e and more "_s + QString(3000, u'x');
    }));
    QCOMPARE(model().columnCount(), 1 + 1 + 2 * 999);
    const QString header = model().headerData(6, Qt::Horizontal, Qt::DisplayRole).toString();
    QVERIFY(header.size() < 300 && header.contains(u"⏎"_s) && header.contains(u"‹U+202E›"_s));
    QVERIFY(view(u"sourceRows"_s).columnWidth(6) <= 400);
    rows().select(1, 999);
    QCOMPARE(model().cellOf(rows().current().column()), 999);
    rows().select(1, 5);
    QTRY_VERIFY(person::shows(*m_window, u"a \"very\" long name⏎with lines ‹U+202E›"_s)); // also in "Why?"
    for (const QLabel *label : m_window->findChildren<QLabel *>())
        QVERIFY2(!label->text().contains(QChar(0x202e)), qPrintable(label->text()));
    const auto tip = [&](const QAbstractItemModel &model, const QModelIndex &index) {
        return model.data(index, Qt::ToolTipRole).toString();
    };
    const QAbstractItemModel &tables = *view(u"planTables"_s).model();
    QVERIFY(tip(tables, tables.index(0, 0)).contains(u"&lt;b&gt;wide"_s)); // shown, not obeyed
    rows().select(1, 999);
    const auto *source = m_window->findChild<QPlainTextEdit *>(u"sourceValueText"_s);
    QTRY_COMPARE(source->toPlainText(), u"v1"_s);
}

// What is found in rows that are not shown any more must not select one of those that are.
void TestPreviewRows::aSearchOfOtherRowsIsForgotten()
{
    auto *source = m_window->findChild<PlanSource *>();
    auto *text = m_window->findChild<QLineEdit *>(u"findText"_s);
    QTest::keyClicks(text, u"k1020"_s);
    QTest::keyClick(text, Qt::Key_Return);
    QTRY_COMPARE(rows().current().row(), 20);
    auto *filter = m_window->findChild<QLineEdit *>(u"filterText"_s);
    QTest::keyClicks(filter, u"k102"_s);
    QTest::keyClick(filter, Qt::Key_Return);
    QTRY_COMPARE(model().rowCount(), 10);
    QTRY_COMPARE(rows().current().row(), 0);
    Q_EMIT source->foundRow(5); // that was under way
    QCOMPARE(rows().current().row(), 0);
    QTest::keyClick(m_window.get(), Qt::Key_F3);
    QTRY_COMPARE(label(u"findNote"_s), u"On from the first row"_s);
    QCOMPARE(rows().current().row(), 0);
}

// Without a mouse: by the menu of a cell.
void TestPreviewRows::sortsByKey()
{
    QTest::keyClick(&view(u"sourceRows"_s), Qt::Key_Left); // onto the key
    QVERIFY(choose(u"Descending"_s));
    QTRY_VERIFY(model().row(0) && model().index(0, 1).data().toString() == u"k1029"_s);
    QVERIFY(view(u"rowKeys"_s).horizontalHeader()->isSortIndicatorShown());
    QTRY_VERIFY(rows().current().isValid());
    QVERIFY(choose(u"As found"_s));
    QTRY_VERIFY(!model().query().view);
    QVERIFY(!view(u"rowKeys"_s).horizontalHeader()->isSortIndicatorShown());
}

// More keys than memory is given for: said, until something else is wished; the order that stands stays.
void TestPreviewRows::tooManyRowsStayAsTheyAre()
{
    Q_EMIT rows().orderWished({0, false, true});
    QTRY_VERIFY(model().row(0) && model().index(0, 1).data().toString() == u"k1029"_s);
    m_window->findChild<PlanSource *>()->setSortLimit(300);
    Q_EMIT rows().orderWished({1, false, false});
    QTRY_VERIFY(label(u"filterNote"_s).startsWith(u"Not sorted: at most "_s));
    QVERIFY(label(u"filterNote"_s).endsWith(u" rows can be. Filter the rows first."_s));
    QVERIFY(view(u"rowKeys"_s).horizontalHeader()->isSortIndicatorShown());
    QVERIFY(!view(u"sourceRows"_s).horizontalHeader()->isSortIndicatorShown());
    QCoreApplication::processEvents();
    QCOMPARE(model().index(0, 1).data().toString(), u"k1029"_s);
    QVERIFY(label(u"filterNote"_s).startsWith(u"Not sorted"_s));
    auto *filter = m_window->findChild<QLineEdit *>(u"filterText"_s); // few enough
    QTest::keyClicks(filter, u"k102"_s);
    QTest::keyClick(filter, Qt::Key_Return);
    QTRY_COMPARE(model().rowCount(), 10);
    QCOMPARE(label(u"filterNote"_s), u"10 rows match"_s);
}

void TestPreviewRows::readingIsToldAndStopped()
{
    auto *bar = m_window->findChild<FilterBar *>();
    auto *text = m_window->findChild<QLineEdit *>(u"filterText"_s);
    QVERIFY(!person::button(*m_window, u"Stop reading"_s));
    QTest::keyClicks(text, u"k1005"_s);
    QTest::keyClick(text, Qt::Key_Return);
    QTRY_COMPARE(model().rowCount(), 1);
    QTest::keyClicks(text, u"9"_s);
    Q_EMIT m_window->findChild<PlanSource *>()->arranging(10, 30);
    QCOMPARE(label(u"filterNote"_s), u"Reading: 33 % of 30 rows"_s);
    QAbstractButton *stop = person::button(*m_window, u"Stop reading"_s);
    QVERIFY(stop);
    stop->setFocus();
    QTest::keyClick(stop, Qt::Key_Space);
    QCOMPARE(label(u"filterNote"_s), u"Stopped; the rows before it are shown"_s);
    QVERIFY(!stop->isVisible());
    QCOMPARE(model().rowCount(), 1);
    QSignalSpy changed(bar, &FilterBar::filterChanged);
    QTest::keyClick(text, Qt::Key_Backspace);
    QTest::keyClick(text, Qt::Key_Return); // the same as before it was stopped: read all the same
    QCOMPARE(changed.count(), 1);
}

void TestPreviewRows::savesRows()
{
    QVERIFY(choose(u"Save rows…"_s));
    auto *dialog = m_window->findChild<QFileDialog *>();
    QVERIFY(dialog);
    auto *name = dialog->findChild<QLineEdit *>(u"fileNameEdit"_s);
    QVERIFY(name);
    name->setText(m_folder.filePath(u"rows.json"_s));
    QTest::keyClick(name, Qt::Key_Return);
    QTRY_COMPARE(label(u"said"_s), u"1 row saved."_s);
    QFile file(m_folder.filePath(u"rows.json"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().startsWith("[\n{\"decision\":\"insert-target\""));
}

void TestPreviewRows::whyIsAnswered()
{
    QTest::keyClick(m_window.get(), Qt::Key_F8);
    QTRY_COMPARE(rows().current().row(), 1);
    QCOMPARE(model().cellOf(rows().current().column()), 3); // the cell that differs
    QTRY_VERIFY(person::shows(*m_window, u"The values differ."_s));
    QVERIFY(person::shows(*m_window, u"c3\nTill:  v1\nReport:  old"_s));
    QTest::keyClick(&view(u"sourceRows"_s), Qt::Key_Left);
    QTRY_VERIFY(person::shows(*m_window, u"The same value on both sides."_s));
    QTest::keyClick(m_window.get(), Qt::Key_F1);
    QVERIFY(!person::shows(*m_window, u"The same value on both sides."_s));
    QTest::keyClick(m_window.get(), Qt::Key_F1);
    rows().select(0, -1);
    QTRY_VERIFY(!person::shows(*m_window, u"Till:  v1"_s));
}

QTEST_MAIN(TestPreviewRows)
#include "tst_previewrows.moc"
