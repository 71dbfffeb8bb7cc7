// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QAbstractButton>
#include <QApplication>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTableWidget>

#include "app/wording/wording.h"
#include "tests/ui/support/person.h"
#include "tests/ui/support/twowaystage.h"
#include "ui/plan/confirmdialog.h"
#include "ui/plan/planrowmodel.h"
#include "ui/plan/plantablemodel.h"
#include "ui/plan/previewwindow.h"
#include "ui/plan/rowsview.h"
#include "ui/plan/whypanel.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// The preview of a two-way job, over plans that the engine made: both directions, merged rows, conflicts.
class TestTwoWayPreview : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { wording::useLanguage(u"en"_s); }
    void init();
    void cleanup();
    void bothDirectionsAreCounted();
    void tabsAreByDirection();
    void rowsSayWhereTheyGo();
    void mergedCellsAreMarked();
    void conflictsAreNotTicked();
    void skippedRowsAreCountedOnce();
    void whatIsForOneSideIsNotOffered();
    void bothSidesAreConfirmed();
    void productionIsNamedAtEitherSide();
    void whatIsShownIsWritten();

private:
    bool open();
    QAbstractButton *tab(const QString &name) const; // by its accessible name's beginning
    int rowOf(const QString &key) const;
    QString headline() const { return m_window->findChild<QLabel *>(u"previewHeadline"_s)->text(); }
    ConfirmDialog *confirm();

    std::unique_ptr<TwoWayStage> m_stage;
    std::unique_ptr<PreviewWindow> m_window;
    JobSettings m_job;
    PlanRowModel *m_rows = nullptr;
    RowsView *m_view = nullptr;
};

void TestTwoWayPreview::init()
{
    m_stage = std::make_unique<TwoWayStage>();
    QVERIFY(m_stage->isReady());
    m_job = m_stage->job();
    QVERIFY(open());
}

void TestTwoWayPreview::cleanup()
{
    m_window.reset();
    m_stage.reset();
}

bool TestTwoWayPreview::open()
{
    const RunReport planned = m_stage->compare();
    m_window = std::make_unique<PreviewWindow>(m_job, planned, m_stage->planFile());
    m_window->setDesk(m_stage->shared());
    QSignalSpy ready(m_window.get(), &PreviewWindow::ready);
    m_window->show();
    m_rows = m_window->findChild<PlanRowModel *>();
    m_view = m_window->findChild<RowsView *>();
    return ready.wait(30'000) && QTest::qWaitFor([this] { return m_view->current().isValid(); }, 30'000);
}

QAbstractButton *TestTwoWayPreview::tab(const QString &name) const
{
    for (QAbstractButton *button : m_window->findChildren<QAbstractButton *>())
        if (button->isCheckable() && button->accessibleName().startsWith(name + u' '))
            return button;
    return nullptr;
}

int TestTwoWayPreview::rowOf(const QString &key) const
{
    for (int row = 0; row < m_rows->rowCount(); ++row)
        if (m_rows->index(row, 1).data().toString() == key)
            return row;
    return -1;
}

void TestTwoWayPreview::bothDirectionsAreCounted()
{
    // Products: 1 in conflict, 2 merged, 3 4 7 to the tablet, 5 to the till. Customers: 3 in conflict, 4 to the till.
    QCOMPARE(headline(), u"Would change: 3 in Till, 4 in Tablet."_s);
    QVERIFY(m_window->findChild<QLabel *>(u"previewNote"_s)->text().contains(u"2 conflicts, not written"_s));
    QCOMPARE(m_window->findChild<QAbstractButton *>(u"writeButton"_s)->text(), u"&Synchronise 6 rows…"_s);
    const auto *tables = m_window->findChild<PlanTableModel *>();
    QStringList line, heads;
    for (int column = 0; column < tables->columnCount(); ++column) {
        line << tables->index(0, column).data().toString();
        heads << tables->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
    }
    QCOMPARE(
        heads,
        (QStringList{u"Table"_s, u"→ +"_s, u"→ ~"_s, u"→ −"_s, u"← +"_s, u"← ~"_s, u"← −"_s, u"!"_s, u"○"_s, u"="_s}));
    QCOMPARE(line,
             (QStringList{u"products"_s, u"1"_s, u"2"_s, u"1"_s, u"0"_s, u"2"_s, u"0"_s, u"1"_s, u"0"_s, u"1"_s}));
}

void TestTwoWayPreview::tabsAreByDirection()
{
    const std::pair<QString, QString> tabs[]{{u"Insert into Tablet"_s, u"7"_s},
                                             {u"Update in Tablet"_s, u"3"_s},
                                             {u"Delete from Tablet"_s, u"4"_s},
                                             {u"Update in Till"_s, u"5"_s},
                                             {u"Merged: written to both sides"_s, u"2"_s},
                                             {u"Conflicts: not written"_s, u"1"_s}};
    for (const auto &[name, key] : tabs) {
        QAbstractButton *button = tab(name);
        QVERIFY2(button && button->isVisible(), qPrintable(name));
        QTest::mouseClick(button, Qt::LeftButton);
        QTRY_COMPARE(m_rows->rowCount(), 1);
        QTRY_COMPARE(m_rows->index(0, 1).data().toString(), key);
    }
    // Of what there is nothing there is no tab.
    for (const QString &name : {u"Insert into Till"_s, u"Delete from Till"_s, u"Skipped"_s})
        QVERIFY(!tab(name) || !tab(name)->isVisible());
    QTest::mouseClick(tab(u"All"_s), Qt::LeftButton);
    QTRY_COMPARE(m_rows->rowCount(), 6);
}

void TestTwoWayPreview::rowsSayWhereTheyGo()
{
    QTRY_COMPARE(m_rows->rowCount(), 6);
    const std::pair<QString, QString> words[]{
        {u"1"_s, u"Conflict: not written"_s}, {u"2"_s, u"Merge, written to both sides"_s},
        {u"3"_s, u"Update in Tablet"_s},      {u"4"_s, u"Delete from Tablet"_s},
        {u"5"_s, u"Update in Till"_s},        {u"7"_s, u"Insert into Tablet"_s}};
    for (const auto &[key, word] : words)
        QCOMPARE(m_rows->index(rowOf(key), 0).data(Qt::AccessibleTextRole).toString(), word);
}

void TestTwoWayPreview::mergedCellsAreMarked()
{
    const int row = rowOf(u"2"_s);
    using Part = PlanRowModel::Part;
    const auto flow = [&](Part part, int cell) {
        return m_rows->flow(m_rows->index(row, m_rows->columnOf(part, cell)));
    };
    // The price comes from the tablet, the stock from the till.
    QCOMPARE(flow(Part::Source, 2), CellFlow::ToSource);
    QCOMPARE(flow(Part::Target, 2), CellFlow::None);
    QCOMPARE(flow(Part::Source, 3), CellFlow::None);
    QCOMPARE(flow(Part::Target, 3), CellFlow::ToTarget);
    QCOMPARE(flow(Part::Source, 1), CellFlow::None);
    QCOMPARE(m_rows->index(row, m_rows->columnOf(Part::Source, 2)).data(Qt::AccessibleTextRole).toString(),
             u"6.5, replaced by the merge"_s);
    m_view->select(row, 2);
    const auto *why = m_window->findChild<WhyPanel *>();
    QTRY_VERIFY2(why->text().contains(u"Merged: Till gets 6.9."_s), qPrintable(why->text()));
    m_view->select(row, 3);
    QTRY_VERIFY2(why->text().contains(u"Merged: Tablet gets 10."_s), qPrintable(why->text()));
}

void TestTwoWayPreview::conflictsAreNotTicked()
{
    const int row = rowOf(u"1"_s);
    m_view->select(row, 2);
    const auto *why = m_window->findChild<WhyPanel *>();
    QTRY_VERIFY2(why->text().contains(u"until it is answered: F4"_s), qPrintable(why->text()));
    QSignalSpy wanted(m_window.get(), &PreviewWindow::conflictsRequested);
    QTest::keyClick(m_window->findChild<QTableView *>(u"sourceRows"_s), Qt::Key_Space);
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.at(0).at(0).toLongLong(), m_rows->row(row)->place);
    QTest::keyClick(m_window.get(), Qt::Key_F4);
    QVERIFY(person::click(*m_window, u"Answer 2 conflicts… (F4)"_s));
    QCOMPARE(wanted.size(), 3);
    QVERIFY(m_rows->row(row)->included);
    // Nor with all others.
    QSignalSpy decided(m_window->findChild<PlanSource *>(), &PlanSource::decided);
    QTest::keyClick(m_window->findChild<QTableView *>(u"sourceRows"_s), Qt::Key_Menu);
    auto *menu = m_window->findChild<QMenu *>(u"rowMenu"_s);
    QVERIFY(menu);
    for (QAction *action : menu->actions()) {
        if (action->text().startsWith(u"Skip this row"_s) || action->text().startsWith(u"Synchronise only"_s))
            QVERIFY(!action->isEnabled());
        if (action->text().startsWith(u"Skip all"_s))
            action->trigger();
    }
    menu->close();
    QVERIFY(decided.count() > 0 || decided.wait(30'000));
    QTRY_VERIFY(!m_rows->row(rowOf(u"2"_s))->included);
    QVERIFY(m_rows->row(row)->included);
    QTRY_VERIFY(tab(u"Skipped"_s) && tab(u"Skipped"_s)->isVisible());
    QVERIFY(tab(u"Skipped"_s)->accessibleName().endsWith(u" 5"_s));
}

void TestTwoWayPreview::skippedRowsAreCountedOnce()
{
    m_view->select(rowOf(u"2"_s), 1); // written to both sides
    QTest::keyClick(m_window->findChild<QTableView *>(u"sourceRows"_s), Qt::Key_Space);
    QTRY_COMPARE(m_window->findChild<QAbstractButton *>(u"writeButton"_s)->text(), u"&Synchronise 5 rows…"_s);
    QCOMPARE(m_window->findChild<QLabel *>(u"skippedNote"_s)->text(), u"1 row skipped"_s);
    QCOMPARE(m_window->findChild<PlanTableModel *>()->state(0), Qt::PartiallyChecked);
}

void TestTwoWayPreview::whatIsForOneSideIsNotOffered()
{
    QVERIFY(!m_window->findChild<QWidget *>(u"scriptButton"_s)->isVisible());
    QTest::keyClick(m_window->findChild<QTableView *>(u"sourceRows"_s), Qt::Key_Menu);
    auto *menu = m_window->findChild<QMenu *>(u"rowMenu"_s);
    QVERIFY(menu);
    for (const QAction *action : m_window->findChildren<QAction *>())
        QVERIFY2(!action->text().contains(u"SQL"_s) && !action->text().contains(u"INSERT"_s),
                 qPrintable(action->text()));
    menu->close();
}

ConfirmDialog *TestTwoWayPreview::confirm()
{
    QTest::keyClick(m_window.get(), Qt::Key_F9);
    (void)QTest::qWaitFor([this] { return m_window->findChild<ConfirmDialog *>() != nullptr; }, 30'000);
    return m_window->findChild<ConfirmDialog *>();
}

void TestTwoWayPreview::bothSidesAreConfirmed()
{
    ConfirmDialog *dialog = confirm();
    QVERIFY(dialog);
    QVERIFY(person::shows(*dialog, u"To be written: 3 to Till, 4 to Tablet."_s));
    QVERIFY(person::shows(*dialog, u"Till: Insert 1 · update 2 · delete 0"_s));
    QVERIFY(person::shows(*dialog, u"Tablet: Insert 1 · update 2 · delete 1"_s));
    const auto *list = dialog->findChild<QTableWidget *>(u"confirmTables"_s);
    QVERIFY(list);
    QCOMPARE(list->columnCount(), 7);
    QCOMPARE(list->item(1, 4)->text(), u"1"_s);
    dialog->reject();
}

void TestTwoWayPreview::productionIsNamedAtEitherSide()
{
    m_window.reset();
    m_job.source.production = true;
    QVERIFY(open());
    QVERIFY(person::shows(*m_window, u"PRODUCTION: Till"_s));
    ConfirmDialog *dialog = confirm();
    QVERIFY(dialog);
    QVERIFY(person::button(*dialog, u"Write to Till"_s));
    dialog->reject();
}

void TestTwoWayPreview::whatIsShownIsWritten()
{
    const RunReport report = m_stage->apply();
    QCOMPARE(report.totals().total(), 7); // the merged row at both sides
    const QStringList products = m_stage->rows(false, u"SELECT * FROM products WHERE id > 1 ORDER BY id"_s);
    QCOMPARE(products, m_stage->rows(true, u"SELECT * FROM products WHERE id > 1 ORDER BY id"_s));
    QVERIFY2(products.constFirst().startsWith(u"2, Oolong tea 乌龙茶, 6.9"_s), qPrintable(products.join(u'\n')));
    QCOMPARE(m_stage->rows(false, u"SELECT price FROM products WHERE id = 1"_s), QStringList(u"3.5"_s));
    QCOMPARE(m_stage->rows(true, u"SELECT price FROM products WHERE id = 1"_s), QStringList(u"3.4"_s));
}

QTEST_MAIN(TestTwoWayPreview)
#include "tst_twowaypreview.moc"
