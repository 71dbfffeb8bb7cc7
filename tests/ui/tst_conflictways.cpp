// SPDX-License-Identifier: GPL-3.0-or-later
#include <QLabel>
#include <QListView>
#include <QMenu>
#include <QPointer>
#include <QTableView>
#include <QTest>

#include "app/wording/wording.h"
#include "core/config/jsontext.h"
#include "tests/ui/support/pages.h"
#include "tests/ui/support/person.h"
#include "tests/ui/support/twowaystage.h"
#include "ui/conflicts/conflictwindow.h"
#include "ui/jobs/jobpanel.h"
#include "ui/main/mainwindow.h"
#include "ui/plan/planrowmodel.h"
#include "ui/plan/previewwindow.h"
#include "ui/widgets/style.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// All the ways that lead to the conflicts of a job, with another job beside it that has some, too: tray, job list,
// panel, preview and report.
class TestConflictWays : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void theTrayListsTheJobs();
    void theListAndThePanel();
    void thePreviewLeadsToTheRow();
    void theReport();

private:
    ConflictWindow *opened(const QString &job);
    static bool closed(const QString &job);
    static QAction *trayAction(const QString &text);

    std::unique_ptr<TwoWayStage> m_stage;
    std::unique_ptr<MainWindow> m_window;
};

static const QString first = u"Till and tablet"_s;
static const QString second = u"Another of the same"_s;

void TestConflictWays::initTestCase()
{
    QApplication::setStyle(new TidemarkStyle);
    wording::useLanguage(u"en"_s);
    theme::apply(theme::Choice::Light, false);
}

// Both jobs are compared: the second one has never run, so that all rows that differ are conflicts of it.
void TestConflictWays::init()
{
    m_stage = std::make_unique<TwoWayStage>();
    QVERIFY(m_stage->isReady());
    MainWindow::Options options;
    options.folder = m_stage->workspace();
    options.preferences.language = u"en"_s;
    options.stays = true;
    person::elsewhere([&] {
        QJsonObject job = *readJsonFile(m_stage->job().file);
        options.preferences.trust(jobHash(job));
        job[u"id"_s] = u"aaaaaaaa-2222-4333-8444-555555555555"_s;
        job[u"name"_s] = second;
        QVERIFY(m_stage->desk().workspace().saveJob(job, second));
        options.preferences.trust(jobHash(job));
    });
    m_window = std::make_unique<MainWindow>(options);
    QVERIFY(pages::openWorkspace(*m_window));
    for (const QString &name : {second, first}) {
        QVERIFY(pages::selectJob(*m_window, name));
        QVERIFY(pages::compare(*m_window));
    }
}

void TestConflictWays::cleanup()
{
    m_window.reset();
    m_stage.reset();
    QApplication::setQuitOnLastWindowClosed(true);
}

static QPointer<ConflictWindow> windowOf(const QString &job)
{
    const QWidgetList windows = QApplication::topLevelWidgets();
    for (QWidget *one : windows) {
        if (auto *window = qobject_cast<ConflictWindow *>(one);
            window && window->isVisible() && window->windowTitle() == u"Conflicts: "_s + job)
            return window;
    }
    return {};
}

// One window comes, that of the job, with its conflicts.
ConflictWindow *TestConflictWays::opened(const QString &job)
{
    if (!QTest::qWaitFor([&] { return windowOf(job) != nullptr; }, 10'000))
        return nullptr;
    const QPointer<ConflictWindow> window = windowOf(job);
    const auto *headline = window->findChild<QLabel *>(u"conflictHeadline"_s);
    const bool stands = QTest::qWaitFor([&] { return headline->text().startsWith(u"1 of "_s); }, 10'000);
    const bool alone = windowOf(job == first ? second : first) == nullptr;
    return stands && alone ? window : nullptr;
}

bool TestConflictWays::closed(const QString &job)
{
    const QPointer<ConflictWindow> window = windowOf(job);
    if (!window)
        return false;
    window->close();
    return QTest::qWaitFor([&] { return window == nullptr; }, 30'000);
}

// A menu without a parent: nothing but the tray has such a one.
QAction *TestConflictWays::trayAction(const QString &text)
{
    const QWidgetList windows = QApplication::topLevelWidgets();
    for (QWidget *one : windows) {
        const auto *menu = qobject_cast<QMenu *>(one);
        const QList<QAction *> actions = menu ? menu->actions() : QList<QAction *>();
        for (QAction *action : actions) {
            if (person::plain(action->text()).startsWith(text))
                return action;
        }
    }
    return nullptr;
}

void TestConflictWays::theTrayListsTheJobs()
{
    QTRY_VERIFY(trayAction(second + u": "_s) && trayAction(first + u": 2"_s));
    trayAction(second + u": "_s)->trigger();
    QVERIFY(opened(second));
    QVERIFY(closed(second));
    trayAction(first + u": 2"_s)->trigger();
    QVERIFY(opened(first));
    QVERIFY(closed(first));
}

void TestConflictWays::theListAndThePanel()
{
    QVERIFY(pages::selectJob(*m_window, second));
    QVERIFY(pages::press(*m_window, Qt::Key_F4));
    QVERIFY(opened(second));
    QVERIFY(closed(second));
    QVERIFY(pages::selectJob(*m_window, first));
    QVERIFY(person::click(*m_window->findChild<JobPanel *>(), u"Answer 2 conflicts…"_s));
    QVERIFY(opened(first));
    // Once more is the same window, brought forward.
    QVERIFY(pages::press(*m_window, Qt::Key_F4));
    QTRY_VERIFY(windowOf(first)->isActiveWindow());
    QVERIFY(closed(first));
}

// Of the row that is selected there, the conflict is the one that stands.
void TestConflictWays::thePreviewLeadsToTheRow()
{
    PreviewWindow *preview = pages::review(*m_window);
    QVERIFY(preview);
    const auto *rows = preview->findChild<PlanRowModel *>();
    auto *view = preview->findChild<QTableView *>(u"sourceRows"_s);
    QStringList headlines;
    for (const auto &[table, count] : {std::pair(u"products"_s, 6), std::pair(u"customers"_s, 2)}) {
        QVERIFY(pages::openTable(*preview, table));
        QTRY_COMPARE(rows->rowCount(), count);
        for (int row = 0; row < rows->rowCount(); ++row) {
            QTRY_VERIFY(rows->row(row));
            if (rows->row(row)->decision != Decision::Conflict)
                continue;
            QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, QPoint(20, view->rowViewportPosition(row) + 10));
            QVERIFY(pages::press(*preview, Qt::Key_F4));
            QTRY_VERIFY(windowOf(first));
            const auto *headline = windowOf(first)->findChild<QLabel *>(u"conflictHeadline"_s);
            QTRY_VERIFY2(headline->text().contains(table) && !headlines.contains(headline->text()),
                         qPrintable(table + u" | "_s + headline->text() + u" | "_s + headlines.join(u" | "_s)));
            headlines << headline->text();
        }
    }
    QCOMPARE(headlines.size(), 2);
    QVERIFY(closed(first));
}

void TestConflictWays::theReport()
{
    PreviewWindow *preview = pages::review(*m_window);
    QVERIFY(preview);
    QVERIFY(pages::synchronise(*m_window, *preview));
    WAIT_WINDOW(report, u"reportWindow"_s);
    QTRY_VERIFY(person::button(*report, u"Answer 2 conflicts… (F4)"_s));
    QVERIFY(person::click(*report, u"Answer 2 conflicts… (F4)"_s));
    QVERIFY(opened(first));
    QVERIFY(closed(first));
}

QTEST_MAIN(TestConflictWays)
#include "tst_conflictways.moc"
