// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QApplication>
#include <QListView>
#include <QMenu>
#include <QTableView>
#include <QTemporaryDir>
#include <QToolBar>
#include <QToolButton>
#include <QWhatsThis>
#include <QWindow>

#include "app/wording/wording.h"
#include "tests/ui/support/pages.h"
#include "tests/ui/support/person.h"
#include "tests/ui/support/planfiles.h"
#include "ui/jobs/engine.h"
#include "ui/jobs/joblistmodel.h"
#include "ui/main/mainwindow.h"
#include "ui/main/sample.h"
#include "ui/plan/planrowmodel.h"
#include "ui/plan/previewwindow.h"
#include "ui/plan/rowsview.h"
#include "ui/widgets/style.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// What only a mouse does, as the window system sends it: What's This of the main window, and the menu of the preview's
// rows.
class TestMouse : public QObject, private PreviewFixture
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanup() { m_window.reset(); }
    void whatsThisOfTheMainWindow();
    void theMenuOfARow();
    void theMenuWithinASelection();

private:
    static void clickInWindow(const QWidget &widget, const QPoint &at, Qt::MouseButton button = Qt::LeftButton,
                              Qt::KeyboardModifiers modifiers = {});
    QMenu *rowMenu() const;
};

void TestMouse::initTestCase()
{
    QApplication::setStyle(new TidemarkStyle);
    wording::useLanguage(u"en"_s);
    theme::apply(theme::Choice::Light, false);
}

void TestMouse::clickInWindow(const QWidget &widget, const QPoint &at, Qt::MouseButton button,
                              Qt::KeyboardModifiers modifiers)
{
    const QWidget *top = widget.window();
    QTest::mouseClick(top->windowHandle(), button, modifiers, widget.mapTo(top, at));
}

static QWidget *bubble()
{
    for (QWidget *widget : QApplication::topLevelWidgets()) {
        if (widget->inherits("QWhatsThat") && widget->isVisible())
            return widget;
    }
    return nullptr;
}

void TestMouse::whatsThisOfTheMainWindow()
{
    QTemporaryDir folder;
    person::elsewhere([&] {
        const auto desk = Desk::open(folder.filePath(u"workspace"_s), {}).value();
        Cancellation cancellation;
        if (!buildSample(*desk, folder.filePath(u"samples"_s), cancellation))
            qFatal("no sample");
    });
    MainWindow::Options options;
    options.folder = folder.filePath(u"workspace"_s);
    options.preferences.language = u"en"_s;
    MainWindow window(options);
    QVERIFY(pages::openWorkspace(window));
    QVERIFY(pages::selectJob(window, u"Till → Report copy"_s));
    auto *bar = window.findChild<QToolBar *>(u"work"_s);
    int explained = 0;
    for (const QAction *action : bar->actions()) {
        if (action->isSeparator() || action->text().isEmpty())
            continue;
        QWidget *button = bar->widgetForAction(const_cast<QAction *>(action));
        QVERIFY(pages::press(window, Qt::Key_F1, Qt::ShiftModifier));
        QVERIFY(QWhatsThis::inWhatsThisMode());
        clickInWindow(*button, button->rect().center());
        QTRY_VERIFY2(bubble(), qPrintable(action->text()));
        QVERIFY(!QWhatsThis::inWhatsThisMode());
        ++explained;
        QWhatsThis::hideText();
        QTRY_VERIFY(!bubble());
    }
    QCOMPARE(explained, 5);
    for (const QString &name : {u"jobList"_s, u"search"_s}) {
        auto *widget = window.findChild<QWidget *>(name);
        QVERIFY(pages::press(window, Qt::Key_F1, Qt::ShiftModifier));
        clickInWindow(*widget, widget->rect().center());
        QTRY_VERIFY2(bubble(), qPrintable(name));
        QWhatsThis::hideText();
        QTRY_VERIFY(!bubble());
    }
    // Asking what a button does is not pressing it.
    for (const JobEntry &job : window.jobs().jobs())
        QVERIFY(!job.running && !job.planned);
    QVERIFY(!person::window(u"jobDialog"_s));
    QVERIFY(pages::press(window, Qt::Key_F1, Qt::ShiftModifier)); // and it can be left
    QTest::keyClick(window.windowHandle(), Qt::Key_Escape);
    QTRY_VERIFY(!QWhatsThis::inWhatsThisMode());
}

QMenu *TestMouse::rowMenu() const
{
    auto *menu = m_window->findChild<QMenu *>(u"rowMenu"_s);
    return menu && menu->isVisible() ? menu : nullptr;
}

void TestMouse::theMenuOfARow()
{
    QVERIFY(open());
    QTRY_VERIFY(rows().current().isValid());
    m_window->activateWindow();
    QTableView &target = view(u"targetRows"_s);
    const QPoint at(20, target.visualRect(target.model()->index(3, target.columnAt(20))).center().y());
    clickInWindow(*target.viewport(), at, Qt::RightButton);
    QTRY_VERIFY(rowMenu());
    QCOMPARE(rows().current().row(), 3); // the row that was pointed at
    QAction *skip = action(u"Skip this row"_s);
    QVERIFY(skip && skip->isEnabled());
    const QRect entry = rowMenu()->actionGeometry(skip);
    QTest::mouseClick(rowMenu()->windowHandle(), Qt::LeftButton, {}, entry.center());
    QTRY_COMPARE(write(), u"Synchronise 32 rows…"_s);
    QTRY_VERIFY(model().row(3) && !model().row(3)->included);
}

void TestMouse::theMenuWithinASelection()
{
    QVERIFY(open());
    QTRY_VERIFY(rows().current().isValid());
    m_window->activateWindow();
    QTableView &source = view(u"sourceRows"_s);
    const auto point = [&](int row) {
        return QPoint(20, source.visualRect(source.model()->index(row, source.columnAt(20))).center().y());
    };
    clickInWindow(*source.viewport(), point(1));
    clickInWindow(*source.viewport(), point(4), Qt::LeftButton, Qt::ShiftModifier);
    clickInWindow(*source.viewport(), point(2), Qt::RightButton);
    QTRY_VERIFY(rowMenu());
    QVERIFY(action(u"Skip 4 rows"_s)); // it speaks of all of them
    QTest::mouseClick(rowMenu()->windowHandle(), Qt::LeftButton, {},
                      rowMenu()->actionGeometry(action(u"Skip 4 rows"_s)).center());
    QTRY_COMPARE(write(), u"Synchronise 29 rows…"_s);
    clickInWindow(*source.viewport(), point(6), Qt::RightButton); // outside of it: that row alone
    QTRY_VERIFY(rowMenu());
    QCOMPARE(rows().current().row(), 6);
    QVERIFY(!action(u"Skip 4 rows"_s));
    QTest::keyClick(rowMenu(), Qt::Key_Escape);
    QTRY_VERIFY(!rowMenu());
    QVERIFY(m_window->isVisible());
}

QTEST_MAIN(TestMouse)
#include "tst_mouse.moc"
