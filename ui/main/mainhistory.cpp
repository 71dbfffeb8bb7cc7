// SPDX-License-Identifier: GPL-3.0-or-later
// The history of the main window's jobs, and the ways back: an undo is planned, looked at, and then written.
#include "app/wording/wording.h"
#include "ui/history/historywindow.h"
#include "ui/history/undopreview.h"
#include "ui/jobs/joblistmodel.h"
#include "ui/main/mainwindow.h"
#include "ui/plan/previewwindow.h"
#include "ui/report/reportwindow.h"
#include "ui/widgets/askbox.h"
#include "ui/widgets/reportcounts.h"

using namespace Qt::StringLiterals;

namespace tidemark {

const JobEntry *MainWindow::jobOf(const QString &jobId) const
{
    for (const JobEntry &job : m_jobs->jobs()) {
        if (!jobId.isEmpty() && job.settings && job.settings->id == jobId)
            return &job;
    }
    return nullptr;
}

void MainWindow::showHistory(const QString &jobId)
{
    if (!m_windows.history) {
        m_windows.history = new HistoryWindow(m_desk);
        m_windows.history->setAttribute(Qt::WA_DeleteOnClose);
        m_windows.history->setWindowIcon(windowIcon());
        connect(m_windows.history, &HistoryWindow::undoRequested, this, [this](const QString &job, const QString &run) {
            UndoRequest request;
            request.run = run;
            planUndo(job, request);
        });
        connect(
            m_windows.history, &HistoryWindow::restoreRequested, this,
            [this](const QString &job, const QString &run, const QString &table, const QMap<QString, QString> &key) {
                UndoRequest request;
                request.run = run;
                request.tables << table;
                request.key = key;
                planUndo(job, request);
            });
        connect(m_windows.history, &HistoryWindow::reportRequested, this, [this](const RunReport &report) {
            const JobEntry *job = jobOf(report.jobId);
            if (!job)
                return;
            auto *window = new ReportWindow(m_desk, *job->settings, report, false);
            window->setAttribute(Qt::WA_DeleteOnClose);
            window->setWindowIcon(windowIcon());
            window->setOffers(false, false);
            present(*window, false);
        });
        remember(*m_windows.history);
    }
    m_windows.history->setIdle(m_controller->runningCount() == 0);
    m_windows.history->showJob(jobId);
    present(*m_windows.history, false);
}

void MainWindow::planUndo(const QString &jobId, const UndoRequest &request)
{
    const JobEntry *job = jobOf(jobId);
    if (!job || !job->settings) {
        auto *box = new AskBox(u"warning"_s, tr("Undo"),
                               tr("The job of this run is not in the workspace any more. tidemark-cli undo can still "
                                  "take the run back: it keeps the job as it was."),
                               m_windows.history ? static_cast<QWidget *>(m_windows.history) : this);
        box->setObjectName(u"undoBox"_s);
        box->addKeepButton(tr("Close"));
        box->open();
        return;
    }
    whenTrusted(job->key, [this, settings = *job->settings, request] {
        m_controller->startUndo(settings, Task::PlanUndo, request);
    });
}

// What the undo would put back is shown as any comparison is, and written only from there.
void MainWindow::undoPlanned(const QString &key, const TaskResult &result)
{
    const JobEntry *job = m_jobs->find(key);
    if (!job || !job->settings || result.planFile.isEmpty() || counts::rows(result.report) == 0) {
        m_controller->dropPlan(result.planFile);
        if (result.report.state != RunState::Planned)
            return;
        auto *box = new AskBox(u"question"_s, tr("Undo"),
                               tr("There is nothing to put back: every row that the run wrote is as it was before, or "
                                  "has changed since."),
                               m_windows.history ? static_cast<QWidget *>(m_windows.history) : this);
        box->setObjectName(u"undoBox"_s);
        box->addKeepButton(tr("Close"));
        box->open();
        return;
    }
    delete m_windows.undoPreviews.take(key).data();
    auto *window = new PreviewWindow(UndoPreview::job(*job->settings), result.report, result.planFile);
    window->setAttribute(Qt::WA_DeleteOnClose);
    if (!UndoPreview::writesBothSides(*job->settings))
        window->setDesk(m_desk); // for its script, which is for one side
    window->setWindowIcon(windowIcon());
    m_windows.undoPreviews[key] = window;
    remember(*window);
    const auto used = std::make_shared<bool>(false); // the plan is the undo's once it has begun
    connect(window, &QObject::destroyed, this, [this, used, file = result.planFile] {
        if (!*used && m_controller)
            m_controller->dropPlan(file);
    });
    connect(window, &PreviewWindow::synchroniseRequested, this,
            [this, key, used, window = QPointer(window), request = result.undo,
             file = result.planFile](const RunOptions &options, bool) {
                const JobEntry *entry = m_jobs->find(key);
                if (!entry || !entry->settings)
                    return;
                UndoRequest undo = request;
                undo.planFile = file;
                undo.allowDeletes = options.allowDeletes;
                undo.yes = options.yes;
                if (!m_controller->startUndo(*entry->settings, Task::Undo, undo))
                    return;
                *used = true;
                if (window)
                    window->close();
            });
    present(*window, false);
}

} // namespace tidemark
