// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QAbstractButton>
#include <QApplication>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QToolButton>

#include "app/wording/wording.h"
#include "ui/jobs/joblistmodel.h"
#include "ui/jobs/jobpanel.h"
#include "ui/main/mainwindow.h"
#include "ui/main/startpage.h"
#include "ui/plan/confirmdialog.h"
#include "ui/plan/planrowmodel.h"
#include "ui/plan/previewwindow.h"
#include "ui/plan/rowsview.h"
#include "ui/plan/whypanel.h"
#include "ui/widgets/accentbutton.h"
#include "ui/widgets/style.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// The first minutes of a person: an empty window, one click, seventeen rows, why, synchronise, nothing to do.
class TestFirstWindow : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void walksTheFirstMinutes();
    void speaksChineseAtOnce();

private:
    static bool shows(const QWidget *window, const QString &text);
    static MainWindow::Options options(const QTemporaryDir &folder);
};

void TestFirstWindow::initTestCase()
{
    QApplication::setStyle(new TidemarkStyle);
    wording::useLanguage(u"en"_s);
    theme::apply(theme::Choice::Light, false);
}

MainWindow::Options TestFirstWindow::options(const QTemporaryDir &folder)
{
    MainWindow::Options options;
    options.folder = folder.path();
    options.preferences.language = u"en"_s;
    return options;
}

bool TestFirstWindow::shows(const QWidget *window, const QString &text)
{
    for (const QLabel *label : window->findChildren<QLabel *>()) {
        if (label->isVisibleTo(window) && label->text().contains(text))
            return true;
    }
    qWarning("not shown: %s", qPrintable(text));
    for (const QLabel *label : window->findChildren<QLabel *>())
        if (label->isVisibleTo(window) && !label->text().isEmpty())
            qWarning("  %s", qPrintable(label->text()));
    return false;
}

void TestFirstWindow::walksTheFirstMinutes()
{
    QTemporaryDir folder;
    MainWindow window(options(folder));
    QSignalSpy loaded(&window, &MainWindow::loaded);
    window.show();
    QVERIFY(loaded.wait(30'000));

    // 1. An empty window with three cards, never an empty grid.
    const QList<StartCard *> cards = window.findChildren<StartCard *>();
    QCOMPARE(cards.size(), qsizetype(3));
    QVERIFY(cards.first()->isVisible());

    // 2. One click: the preview stands with products open and the changed price selected.
    QSignalSpy ready(&window, &MainWindow::previewReady);
    auto *card = window.findChild<StartCard *>(u"sampleCard"_s);
    QCOMPARE(window.focusWidget(), card);
    QTest::keyClick(card, Qt::Key_Return); // a card is a button for Enter, too
    QVERIFY(ready.wait(10'000));
    QCOMPARE(window.focusWidget(), window.findChild<QListView *>(u"jobList"_s));
    PreviewWindow *preview = window.preview();
    QVERIFY(preview);
    QVERIFY(shows(preview, u"17 rows would change in Report copy."_s));
    QVERIFY(shows(preview, u"Nothing has been written yet."_s));
    const auto *rows = preview->findChild<RowsView *>();
    auto *model = preview->findChild<PlanRowModel *>();
    auto *tables = preview->findChild<QTableView *>(u"planTables"_s);
    QCOMPARE(tables->currentIndex().siblingAtColumn(0).data().toString(), u"products"_s);
    QTRY_VERIFY(rows->current().isValid() && model->isChanged(rows->current()));
    QCOMPARE(model->cell(rows->current())->text, u"6.90"_s);
    const int price = model->cellOf(rows->current().column());
    QCOMPARE(model->row(rows->current().row())->target.at(price).text, u"6.50"_s);

    // 3. The phone row answers "Why?".
    for (int row = 0; row < tables->model()->rowCount(); ++row) {
        if (tables->model()->index(row, 0).data().toString() == u"customers")
            tables->selectRow(row);
    }
    auto *why = preview->findChild<WhyPanel *>();
    QTRY_COMPARE(model->rowCount(), 2);
    QTRY_VERIFY(model->row(0) && model->row(1));
    const int updated = model->row(0)->decision == Decision::UpdateTarget ? 0 : 1;
    preview->findChild<RowsView *>()->select(updated, -1);
    QTRY_VERIFY2(why->text().contains(u"NULL is not an empty text."_s), qPrintable(why->text()));

    // 4. Synchronise: confirmed with its totals, written, verified.
    QSignalSpy settled(&window, &MainWindow::settled);
    QTest::mouseClick(preview->findChild<QAbstractButton *>(u"writeButton"_s), Qt::LeftButton);
    auto *confirm = preview->findChild<ConfirmDialog *>();
    QVERIFY(confirm && confirm->isVisible());
    QVERIFY(shows(confirm, u"Insert 9 · update 4 · delete 4"_s));
    QTRY_VERIFY(confirm->findChild<AccentButton *>()->isEnabled());
    QTest::mouseClick(confirm->findChild<AccentButton *>(), Qt::LeftButton);
    QVERIFY(settled.wait(10'000));
    const auto *panel = window.findChild<JobPanel *>();
    QVERIFY(shows(panel, u"17 rows written."_s));
    QVERIFY(shows(panel, u"Verified: both sides are equal."_s));

    // Compare again: nothing to do.
    settled.clear();
    QTest::keyClick(&window, Qt::Key_F5);
    QVERIFY(settled.wait(10'000));
    QVERIFY(shows(panel, u"Nothing to do. Both sides are equal."_s));
}

void TestFirstWindow::speaksChineseAtOnce()
{
    QTemporaryDir folder;
    MainWindow window(options(folder));
    QSignalSpy loaded(&window, &MainWindow::loaded);
    window.show();
    QVERIFY(loaded.wait(30'000));
    wording::useLanguage(u"zh_CN"_s);
    QCoreApplication::processEvents();
    QCOMPARE(window.findChild<StartCard *>(u"newJobCard"_s)->text(), u"新建任务"_s);
    wording::useLanguage(u"en"_s);
    QCoreApplication::processEvents();
    QCOMPARE(window.findChild<StartCard *>(u"newJobCard"_s)->text(), u"New job"_s);
}

QTEST_MAIN(TestFirstWindow)
#include "tst_firstwindow.moc"
