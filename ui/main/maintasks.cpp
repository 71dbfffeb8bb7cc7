// SPDX-License-Identifier: GPL-3.0-or-later
// The work of the main window: compare, review, synchronise, verify.
#include "ui/main/mainwindow.h"

#include <QApplication>
#include <QLineEdit>
#include <QListView>
#include <QSortFilterProxyModel>

#include "ui/jobs/joblistmodel.h"
#include "ui/main/mainpresence.h"
#include "ui/plan/previewwindow.h"
#include "ui/report/checkwindow.h"
#include "ui/report/reporttext.h"
#include "ui/report/reportwindow.h"
#include "ui/widgets/reportcounts.h"

using namespace Qt::StringLiterals;

namespace tidemark {

QString MainWindow::selectedKey() const { return m_list->currentIndex().data(JobListModel::KeyRole).toString(); }

const JobEntry *MainWindow::selected() const { return m_jobs->find(selectedKey()); }

void MainWindow::select(const QString &key)
{
    const QModelIndex index = m_found->mapFromSource(m_jobs->indexOf(key));
    if (index.isValid())
        m_list->setCurrentIndex(index);
    else if (!m_list->currentIndex().isValid() && m_found->rowCount() > 0)
        m_list->setCurrentIndex(m_found->index(0, 0));
    showActions();
}

PreviewWindow *MainWindow::preview() const { return m_windows.newest; }

void MainWindow::compare(const QString &key, const AfterCompare &follow)
{
    const JobEntry *job = m_jobs->find(key);
    if (!job || !job->settings || !job->settings->enabled)
        return;
    whenTrusted(key, [this, key, follow, settings = *job->settings] {
        if (m_controller->start(settings, Task::Compare))
            m_follow[key] = follow;
    });
}

void MainWindow::verify()
{
    if (const JobEntry *job = selected(); job && job->settings)
        whenTrusted(job->key, [this, settings = *job->settings] { m_controller->start(settings, Task::Verify); });
}

void MainWindow::check()
{
    const JobEntry *job = selected();
    if (!job || !job->settings)
        return;
    whenTrusted(job->key, [this, settings = *job->settings] {
        auto *window = new CheckWindow(m_desk, settings, this);
        window->setAttribute(Qt::WA_DeleteOnClose);
        remember(*window);
        window->show();
    });
}

void MainWindow::pause(const QString &key, bool pause)
{
    m_controller->setPaused(key, pause);
    m_jobs->change(key, [&](JobEntry &job) { job.paused = pause && job.running; });
}

void MainWindow::stop(const QString &key)
{
    m_controller->stopAfterBatch(key);
    m_jobs->change(key, [&](JobEntry &job) { job.stopping = job.running.has_value(); });
}

// What comes up by itself must not take the keys from somebody who is typing, here or elsewhere.
bool MainWindow::mayTakeFocus() const
{
    const QWidget *active = QApplication::activeWindow();
    const bool looksOn =
        active == this || qobject_cast<const ReportWindow *>(active) || qobject_cast<const PreviewWindow *>(active);
    return looksOn && !QApplication::activeModalWidget() && !qobject_cast<QLineEdit *>(active->focusWidget());
}

// byItself: nobody has asked for it just now.
void MainWindow::present(QWidget &window, bool byItself)
{
    const bool activates = !byItself || mayTakeFocus();
    window.setAttribute(Qt::WA_ShowWithoutActivating, !activates);
    window.show();
    if (!activates)
        return;
    window.raise();
    window.activateWindow();
}

void MainWindow::report(const QString &key, bool byItself)
{
    const JobEntry *job = m_jobs->find(key);
    if (!job || !job->settings || !job->last)
        return;
    const bool canRetry = !job->retryPlan.isEmpty();
    if (ReportWindow *open = m_windows.reports.value(key)) {
        open->showReport(*job->last, canRetry);
        present(*open, byItself);
        return;
    }
    auto *window = new ReportWindow(m_desk, *job->settings, *job->last, canRetry);
    window->setAttribute(Qt::WA_DeleteOnClose);
    window->setWindowIcon(windowIcon());
    m_windows.reports[key] = window;
    connect(window, &ReportWindow::compareRequested, this, [this, key] { compare(key, {true, {}, {}}); });
    connect(window, &ReportWindow::conflictsRequested, this, [this, key] { showConflicts(key); });
    connect(window, &ReportWindow::asideRequested, this, &MainWindow::showAside);
    connect(window, &ReportWindow::retryRequested, this,
            [this, key](const QStringList &tables) { retry(key, tables); });
    remember(*window);
    present(*window, byItself);
}

// The plan that was approved, once more for the tables that failed: guards skip what it has written already.
void MainWindow::retry(const QString &key, const QStringList &tables)
{
    const JobEntry *job = m_jobs->find(key);
    if (!job || job->retryPlan.isEmpty())
        return;
    RunOptions options;
    options.planFile = job->retryPlan;
    options.onlyTables = tables;
    startRun(key, options, false);
}

void MainWindow::synchronise()
{
    const QString key = selectedKey();
    const JobEntry *job = m_jobs->find(key);
    if (!job || !job->settings)
        return;
    // Nothing is written that was not on screen: without a comparison that stands there is one first.
    if (job->planned)
        review(key);
    else
        compare(key, {true, {}, {}});
}

void MainWindow::review(const QString &key, bool byItself)
{
    const JobEntry *job = m_jobs->find(key);
    if (!job || !job->planned || !job->settings)
        return;
    if (PreviewWindow *open = m_windows.previews.value(key); open && open->planFile() == job->planFile) {
        present(*open, byItself);
        return;
    }
    delete m_windows.previews.take(key).data();
    auto *window = new PreviewWindow(*job->settings, *job->planned, job->planFile);
    window->setAttribute(Qt::WA_DeleteOnClose);
    window->setDesk(m_desk);
    window->setWindowIcon(windowIcon());
    m_windows.previews[key] = window;
    remember(*window);
    m_windows.newest = window;
    connect(window, &PreviewWindow::ready, this, &MainWindow::previewReady);
    connect(window, &PreviewWindow::conflictsRequested, this, [this, key](qint64 place) { showConflicts(key, place); });
    connect(window, &PreviewWindow::compareRequested, this, [this, key] { compare(key, {true, {}, {}}); });
    if (!job->visiting) {
        window->offerFirstRules();
        connect(window, &PreviewWindow::firstRuleChosen, this,
                [this, key](const QString &policy) { chooseFirst(key, policy); });
    }
    connect(window, &PreviewWindow::synchroniseRequested, this,
            [this, key](const RunOptions &options, bool verify) { startRun(key, options, verify); });
    present(*window, byItself);
}

void MainWindow::startRun(const QString &key, const RunOptions &options, bool verify)
{
    const JobEntry *job = m_jobs->find(key);
    if (!job || !job->settings || m_controller->isRunning(key))
        return;
    if (job->foreign)
        return whenTrusted(key, [this, key, options, verify] { startRun(key, options, verify); });
    m_jobs->change(key, [](JobEntry &entry) {
        if (entry.planned)
            entry.approved = entry.planned;
    });
    m_controller->start(*job->settings, Task::Synchronise, options);
    if (verify)
        m_verifyAfter.insert(key);
    if (PreviewWindow *open = m_windows.previews.value(key))
        open->close();
    select(key);
    raise();
    activateWindow();
}

void MainWindow::taskStarted(const QString &key, Task task)
{
    m_presence->began(key, task);
    m_jobs->change(key, [&](JobEntry &job) {
        job.running = task;
        job.waiting = m_controller->isWaiting(key);
        job.paused = job.stopping = false;
        job.progress = {};
        job.taskError.reset();
        if (task != Task::Synchronise)
            job.approved.reset();
    });
    showActions();
}

void MainWindow::dropPlan(JobEntry &job)
{
    if (PreviewWindow *open = m_windows.previews.value(job.key); open && open->planFile() == job.planFile)
        open->close();
    m_controller->dropPlan(job.planFile);
    job.planFile.clear();
    job.planned.reset();
}

static std::optional<Error> errorOf(const RunReport &report)
{
    if (report.error)
        return report.error;
    for (const TableReport &table : report.tables) {
        if (table.error)
            return table.error;
    }
    return std::nullopt;
}

void MainWindow::compareFinished(const QString &key, const TaskResult &result)
{
    m_jobs->change(key, [&](JobEntry &job) {
        job.running.reset();
        dropPlan(job);
        const RunState state = result.report.state;
        if (!result.planFile.isEmpty()) {
            m_controller->dropPlan(std::exchange(job.retryPlan, {}));
            job.planned = result.report;
            job.planFile = result.planFile;
        } else if (state == RunState::Failed || state == RunState::Busy) {
            job.taskError =
                errorOf(result.report)
                    .value_or(Error{state == RunState::Busy ? ErrorCode::Busy : ErrorCode::Internal, {}, {}});
        }
    });
    const AfterCompare follow = m_follow.take(key);
    if (!follow.preview || result.planFile.isEmpty())
        return;
    review(key, true);
    if (PreviewWindow *window = m_windows.previews.value(key); window && !follow.table.isEmpty())
        window->focusOn(follow.table, follow.column);
}

void MainWindow::runFinished(const QString &key, const TaskResult &result)
{
    const bool unfinished = ReportText::toneOf(result.report) == ReportText::Tone::Problem
        || result.report.state == RunState::Cancelled || result.report.state == RunState::Busy;
    m_jobs->change(key, [&](JobEntry &job) {
        job.running.reset();
        job.last = result.report;
        job.openConflicts = counts::conflicts(result.report); // until they are counted
        job.verified.reset();
        if (unfinished && !result.planFile.isEmpty()) {
            // What was approved and was not written may be tried again.
            if (PreviewWindow *open = m_windows.previews.value(key); open && open->planFile() == result.planFile)
                open->close();
            job.planFile.clear();
            job.planned.reset();
            job.retryPlan = result.planFile;
            return;
        }
        // What somebody looks at stays when a run comes by that was not made of it: its guards know.
        const PreviewWindow *open = m_windows.previews.value(key);
        const bool byItself = result.task == Task::Synchronise && result.planFile.isEmpty();
        if (!byItself || (counts::rows(result.report) > 0 && !(open && open->isVisible())))
            dropPlan(job);
        m_controller->dropPlan(std::exchange(job.retryPlan, {}));
    });
    const bool isTold = ReportText::toneOf(result.report) != ReportText::Tone::Good && m_presence->mayPopUp(key);
    if (m_windows.reports.value(key) || isTold)
        report(key, true);
}

void MainWindow::taskFinished(const QString &key, const TaskResult &result)
{
    bool follows = false;
    // A password that was refused is asked for anew, however long it was to be remembered.
    const JobEntry *ended = m_jobs->find(key);
    if (const auto error = errorOf(result.report);
        error && error->code == ErrorCode::WrongPassword && ended && ended->settings) {
        m_asker.forgetRefused(ended->settings->source.label());
        m_asker.forgetRefused(ended->settings->target.label());
    }
    switch (result.task) {
    case Task::Compare:
        compareFinished(key, result);
        break;
    case Task::Synchronise: {
        runFinished(key, result);
        const JobEntry *job = m_jobs->find(key);
        if (m_verifyAfter.remove(key) && job && result.report.state == RunState::Completed)
            follows = m_controller->start(*job->settings, Task::Verify);
        break;
    }
    case Task::Resolve:
    case Task::Undo:
        runFinished(key, result);
        break;
    case Task::PlanUndo:
        m_jobs->change(key, [&](JobEntry &job) {
            job.running.reset();
            if (result.report.state == RunState::Failed || result.report.state == RunState::Busy)
                job.taskError = errorOf(result.report).value_or(Error{ErrorCode::Internal, {}, {}});
        });
        undoPlanned(key, result);
        break;
    case Task::Verify:
        m_jobs->change(key, [&](JobEntry &job) {
            job.running.reset();
            const RunState state = result.report.state;
            if (state == RunState::Failed || state == RunState::Busy)
                job.taskError = errorOf(result.report).value_or(Error{ErrorCode::Internal, {}, {}});
            else if (state != RunState::Cancelled)
                job.verified = result.report;
        });
        break;
    }
    showActions();
    if (result.task != Task::Compare && result.task != Task::Verify && result.task != Task::PlanUndo) {
        countConflicts(key);
        showFollowers();
    }
    m_presence->ended(key, result);
    if (!follows)
        Q_EMIT settled(key);
}

} // namespace tidemark
