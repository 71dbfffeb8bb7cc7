// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QDateTime>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QSignalSpy>
#include <QTableView>

#include "app/wording/wording.h"
#include "tests/ui/support/person.h"
#include "tests/ui/support/planfiles.h"
#include "ui/plan/confirmdialog.h"
#include "ui/plan/planrowmodel.h"
#include "ui/plan/previewwindow.h"
#include "ui/plan/rowsview.h"
#include "ui/widgets/accentbutton.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// What a person decides in the preview, by key and mouse, and what it says of the whole.
class TestPreview : public QObject, private PreviewFixture
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { wording::useLanguage(u"en"_s); }
    void init();
    void cleanup();
    void skipsAndTakesBack();
    void skipsTheSelection();
    void ticksATableInPart();
    void onlyTheSelectedRows();
    void confirmCountsWhatIsBeingDecided();
    void confirmTellsTables();
    void tellsItsAge();
    void saysThatNothingIsToBeDone();
    void saysWhatWasNotRead();
    void aRemovedPlanEndsIt();
    void speaksTheLanguageOfTheMoment();
    void closingWaitsForNothing();
};

void TestPreview::init()
{
    m_createdUs = 0;
    QVERIFY(open());
    QTRY_VERIFY(rows().current().isValid());
}

void TestPreview::cleanup()
{
    m_window.reset();
    wording::useLanguage(u"en"_s);
}

void TestPreview::skipsAndTakesBack()
{
    QCOMPARE(write(), u"Synchronise 33 rows…"_s);
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

void TestPreview::confirmTellsTables()
{
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
    QVERIFY(open({}, 0));
    QCOMPARE(label(u"previewHeadline"_s), u"Nothing to do. Both sides are equal."_s);
    QVERIFY(!find(u"writeButton"_s)->isEnabled());
    QVERIFY(open([](PlanTable &table) { table.report.error = Error{ErrorCode::NoSuchTable, {}, {}}; }, 0));
    QCOMPARE(label(u"previewHeadline"_s), u"Nothing to write. Not every row was compared."_s);
}

// An incremental read does not look at rows that did not change: nothing is said of them.
void TestPreview::saysWhatWasNotRead()
{
    const auto incremental = [](PlanTable &table) { table.report.identical.reset(); };
    QVERIFY(open(incremental));
    QCOMPARE(view(u"planTables"_s).model()->index(0, 5).data().toString(), u"not read"_s);
    QCOMPARE(view(u"planTables"_s).model()->index(1, 5).data().toString(), u"5"_s);
    QVERIFY(person::shows(*m_window, u"= not read"_s));
    QVERIFY(!person::shows(*m_window, u"equal"_s));
    view(u"planTables"_s).selectRow(1);
    QTRY_VERIFY(person::shows(*m_window, u"= 5 equal"_s));
    // Nothing to write is no proof of being equal.
    QVERIFY(open(incremental, 0));
    QCOMPARE(label(u"previewHeadline"_s), u"Nothing to write. Not every row was compared."_s);
    QTRY_VERIFY(person::shows(*m_window, u"Nothing to write. Rows that did not change were not read."_s));
    QVERIFY(!person::shows(*m_window, u"equal"_s));
}

void TestPreview::aRemovedPlanEndsIt()
{
    QVERIFY(QFile::remove(m_window->planFile()));
    QTRY_VERIFY_WITH_TIMEOUT(!find(u"writeButton"_s)->isEnabled(), 10'000);
    QSignalSpy again(m_window.get(), &PreviewWindow::compareRequested);
    QVERIFY(click(u"Compare again"_s));
    QCOMPARE(again.count(), 1);
    // Another language does not make it a plan that is being read.
    wording::useLanguage(u"zh_CN"_s);
    QTRY_VERIFY(person::shows(*m_window, u"此预览已无法读取。尚未写入任何数据。"_s));
    QVERIFY(!person::shows(*m_window, u"正在读取计划…"_s));
    QVERIFY(person::button(*m_window, u"再次比较"_s));
}

// F9 right behind Space: the totals that are confirmed have the row skipped.
void TestPreview::confirmCountsWhatIsBeingDecided()
{
    QTest::keyClick(&view(u"sourceRows"_s), Qt::Key_Space);
    QTest::keyClick(m_window.get(), Qt::Key_F9);
    QTRY_VERIFY(m_window->findChild<ConfirmDialog *>());
    QVERIFY(person::shows(*m_window->findChild<ConfirmDialog *>(), u"32 rows"_s));
    QCOMPARE(m_window->findChildren<ConfirmDialog *>().size(), 1);
}

void TestPreview::tellsItsAge()
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch() * 1000;
    m_createdUs = now - 3LL * 60 * 1'000'000;
    QVERIFY(open());
    QVERIFY2(label(u"previewNote"_s).startsWith(u"Nothing has been written yet. Compared "_s)
                 && label(u"previewNote"_s).endsWith(wording::ago(m_createdUs, now)),
             qPrintable(label(u"previewNote"_s)));
    QSignalSpy again(m_window.get(), &PreviewWindow::compareRequested);
    QTest::keyClick(m_window.get(), Qt::Key_F5);
    QCOMPARE(again.count(), 1);
}

void TestPreview::speaksTheLanguageOfTheMoment()
{
    QVERIFY(click(u"Changed columns only"_s));
    QCOMPARE(person::plain(m_window->findChild<QAbstractButton *>(u"columnsButton"_s)->text()), u"Columns: 2 of 4…"_s);
    wording::useLanguage(u"zh_CN"_s);
    const auto *columns = m_window->findChild<QAbstractButton *>(u"columnsButton"_s);
    QTRY_VERIFY(columns->text().contains(u"列"_s));
    QVERIFY2(columns->text().contains(u'2') && columns->text().contains(u'4'), qPrintable(columns->text()));
    QVERIFY(click(u"columnsButton"_s));
    QWidget *popup = find(u"columnsPopup"_s);
    QTRY_VERIFY(popup->isVisible());
    QVERIFY(person::button(*popup, u"全部"_s));
    popup->hide();
    // All that is visible is said anew.
    for (const QString &text : person::texts(*m_window))
        QVERIFY2(!text.contains(u"row"_s) && !text.contains(u"Compare"_s) && !text.contains(u"Copy"_s),
                 qPrintable(text));
}

// Closing does not wait for what is being read.
void TestPreview::closingWaitsForNothing()
{
    const QPointer<PlanSource> source = m_window->findChild<PlanSource *>();
    QVERIFY(source);
    source->arrange(0, {}, {}, {0, false, true});
    m_window.reset();
    QVERIFY(source); // ends by itself
    QTRY_VERIFY(!source);
}

QTEST_MAIN(TestPreview)
#include "tst_preview.moc"
