// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QAbstractButton>
#include <QHeaderView>
#include <QListWidget>
#include <QSplitter>
#include <QTableView>

#include "app/wording/wording.h"
#include "tests/ui/support/planfiles.h"
#include "ui/plan/columnspopup.h"
#include "ui/plan/columnwidths.h"
#include "ui/plan/planrowmodel.h"
#include "ui/plan/previewwindow.h"
#include "ui/plan/rowsview.h"
#include "ui/widgets/framedelegate.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/windowstate.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// How a preview looks: where the selection's frame ends, how wide columns are, what is kept until the next time.
class TestPreviewLooks : public QObject, private PreviewFixture
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { wording::useLanguage(u"en"_s); }
    void init();
    void cleanup();
    void theFrameEndsWithTheRow();
    void theFrameOfAListEndsWithTheRow();
    void columnsFitTheirContents();
    void farColumnsFitTheirContents();
    void widthsAreKept();
    void partsAreKept();
    void strangeStatesAreNothing_data();
    void strangeStatesAreNothing();
    void rowsMayBeCompact();

private:
    bool isAccent(const QString &view, int column, int row, bool right) const;
    void drag(const QString &view, int column, int by);
};

void TestPreviewLooks::init()
{
    QVERIFY(open());
    QTRY_VERIFY(rows().current().isValid());
}

void TestPreviewLooks::cleanup()
{
    m_window.reset();
    theme::setCompact(false);
}

// The outermost pixels of a cell, in the middle of its height: there is neither its upper nor its lower line.
bool TestPreviewLooks::isAccent(const QString &name, int column, int row, bool right) const
{
    QTableView &rows = view(name);
    const QRect rect = rows.visualRect(rows.model()->index(row, column));
    const QImage image = rows.viewport()->grab().toImage();
    const QColor accent(theme::of(rows.palette()).accent);
    return image.pixelColor(right ? rect.right() : rect.left(), rect.center().y()) == accent;
}

void TestPreviewLooks::theFrameEndsWithTheRow()
{
    rows().select(0, 1);
    QTRY_VERIFY(isAccent(u"rowKeys"_s, 0, 0, false));
    QVERIFY(!isAccent(u"rowKeys"_s, 0, 1, false)); // another row
    const int last = model().columnOf(PlanRowModel::Part::Target, 3);
    QVERIFY(isAccent(u"targetRows"_s, last, 0, true));
    QVERIFY(!isAccent(u"targetRows"_s, last - 1, 0, true));
    QVERIFY(!isAccent(u"sourceRows"_s, model().columnOf(PlanRowModel::Part::Source, 3), 0, true));
    // Without the last column the one before it ends the row.
    QTest::mouseClick(find(u"columnsButton"_s), Qt::LeftButton);
    auto *list = m_window->findChild<QListWidget *>(u"columnsList"_s);
    QTRY_VERIFY(list->isVisible());
    list->setCurrentRow(2);
    QTest::keyClick(list, Qt::Key_Space);
    m_window->findChild<ColumnsPopup *>()->hide();
    QTRY_VERIFY(isAccent(u"targetRows"_s, last - 1, 0, true));
}

void TestPreviewLooks::theFrameOfAListEndsWithTheRow()
{
    QTableView &tables = view(u"planTables"_s);
    const int last = tables.model()->columnCount() - 1;
    QTRY_VERIFY(isAccent(u"planTables"_s, last, 0, true));
    QVERIFY(isAccent(u"planTables"_s, 0, 0, false));
    tables.setColumnHidden(last, true);
    QCOMPARE(FrameDelegate::lastShown(tables), last - 1);
    QTRY_VERIFY(isAccent(u"planTables"_s, last - 1, 0, true));
}

void TestPreviewLooks::columnsFitTheirContents()
{
    QVERIFY(open([](PlanTable &table) { table = plans::table(u"orders"_s, 4); }, 30,
                 QByteArray("a text of some forty characters, no more")));
    QTRY_VERIFY(rows().current().isValid());
    QTableView &source = view(u"sourceRows"_s);
    QTableView &target = view(u"targetRows"_s);
    for (int cell = 1; cell < 3; ++cell)
        QCOMPARE(source.columnWidth(model().columnOf(PlanRowModel::Part::Source, cell)),
                 target.columnWidth(model().columnOf(PlanRowModel::Part::Target, cell)));
    // The text that is inserted, semibold, and the room beside it.
    const int column = model().columnOf(PlanRowModel::Part::Source, 3);
    QFont bold = source.font();
    bold.setWeight(QFont::DemiBold);
    QVERIFY(source.columnWidth(column)
            >= QFontMetrics(bold).horizontalAdvance(u"a text of some forty characters, no more"_s) + 16);
    QVERIFY(source.columnWidth(model().columnOf(PlanRowModel::Part::Source, 1)) < 120);
}

void TestPreviewLooks::farColumnsFitTheirContents()
{
    QVERIFY(open([](PlanTable &table) { table = plans::table(u"wide"_s, 1000); }, 30,
                 QByteArray("乌龙茶 and a text of some forty characters")));
    QTRY_VERIFY(rows().current().isValid());
    QTableView &target = view(u"targetRows"_s);
    // The last column is stretched; the one before it holds short values.
    QVERIFY(target.columnWidth(model().columnOf(PlanRowModel::Part::Target, 999))
            >= QFontMetrics(target.font()).horizontalAdvance(u"乌龙茶 and a text of some forty characters"_s));
    QVERIFY(target.columnWidth(model().columnOf(PlanRowModel::Part::Target, 998)) < 120);
}

void TestPreviewLooks::drag(const QString &name, int column, int by)
{
    QHeaderView *header = view(name).horizontalHeader();
    const QPoint edge(header->sectionViewportPosition(column) + header->sectionSize(column) - 1, header->height() / 2);
    QTest::mousePress(header->viewport(), Qt::LeftButton, {}, edge);
    QTest::mouseMove(header->viewport(), edge + QPoint(by / 2, 0));
    QTest::mouseMove(header->viewport(), edge + QPoint(by, 0));
    QTest::mouseRelease(header->viewport(), Qt::LeftButton, {}, edge + QPoint(by, 0));
}

// What a person drags stays for this table, in this window and in the next one; what merely follows is not kept.
void TestPreviewLooks::widthsAreKept()
{
    QTableView &source = view(u"sourceRows"_s);
    const int column = model().columnOf(PlanRowModel::Part::Source, 1);
    const int before = source.columnWidth(column);
    drag(u"sourceRows"_s, column, 60);
    QCOMPARE(source.columnWidth(column), before + 60);
    QCOMPARE(view(u"targetRows"_s).columnWidth(model().columnOf(PlanRowModel::Part::Target, 1)), before + 60);
    QCOMPARE(rows().widths(), (QHash<int, int>{{1, before + 60}}));
    drag(u"rowKeys"_s, 1, 20);
    const int key = view(u"rowKeys"_s).columnWidth(1);
    QCOMPARE(view(u"rowKeys"_s).width(), key + view(u"rowKeys"_s).columnWidth(0));
    view(u"planTables"_s).selectRow(1);
    QTRY_COMPARE(model().query().table, 1);
    QVERIFY(rows().widths().isEmpty());
    view(u"planTables"_s).selectRow(0);
    QTRY_COMPARE(model().query().table, 0);
    QCOMPARE(source.columnWidth(column), before + 60);
    const QByteArray state = windowstate::save(*m_window);
    QVERIFY(open());
    QVERIFY(windowstate::restore(*m_window, state));
    view(u"planTables"_s).selectRow(1); // the state comes before the plan is read; here after it
    QTRY_COMPARE(model().query().table, 1);
    view(u"planTables"_s).selectRow(0);
    QTRY_COMPARE(model().query().table, 0);
    QCOMPARE(view(u"sourceRows"_s).columnWidth(column), before + 60);
    QCOMPARE(view(u"rowKeys"_s).columnWidth(1), key);
}

void TestPreviewLooks::partsAreKept()
{
    m_window->resize(1010, 720);
    auto *parts = m_window->findChild<QSplitter *>();
    parts->setSizes({200, 250, 150});
    const QList<int> sizes = parts->sizes();
    const QByteArray state = windowstate::save(*m_window);
    QVERIFY(open());
    QVERIFY(windowstate::restore(*m_window, state));
    QTRY_COMPARE(m_window->size(), QSize(1010, 720));
    QTRY_COMPARE(m_window->findChild<QSplitter *>()->sizes(), sizes);
}

void TestPreviewLooks::strangeStatesAreNothing_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no JSON") << QByteArray("\xff\0{", 3);
    QTest::newRow("a list") << QByteArray("[1,2]");
    QTest::newRow("a number for a table") << QByteArray(R"({"j/orders":7})");
    QTest::newRow("widths of no use") << QByteArray(R"({"j/orders":{"id":-5,"c1":0,"c2":1e9,"c3":"x"}})");
    QTest::newRow("vast") << QByteArray(R"({"j/orders":{"id":100},"x":")") + QByteArray(1 << 20, 'x') + "\"}";
}

void TestPreviewLooks::strangeStatesAreNothing()
{
    QFETCH(QByteArray, json);
    const ColumnWidths widths(json);
    QVERIFY(widths.of(u"j/orders"_s, plans::table(u"orders"_s, 4).columns).isEmpty());
}

void TestPreviewLooks::rowsMayBeCompact()
{
    QCOMPARE(view(u"sourceRows"_s).rowHeight(0), theme::rowHeight(view(u"sourceRows"_s).font()));
    theme::setCompact(true);
    QVERIFY(open()); // as much as those that stand
    QTRY_VERIFY(rows().current().isValid());
    for (const QString &name : {u"rowKeys"_s, u"sourceRows"_s, u"targetRows"_s, u"planTables"_s})
        QCOMPARE(view(name).rowHeight(0), theme::rowHeight(view(name).font()));
    QVERIFY(view(u"sourceRows"_s).rowHeight(0) < theme::row);
}

QTEST_MAIN(TestPreviewLooks)
#include "tst_previewlooks.moc"
