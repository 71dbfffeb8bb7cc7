// SPDX-License-Identifier: GPL-3.0-or-later
// The conflicts of the main window's jobs: where they are listed and answered.
#include <QJsonObject>

#include "core/run/plannedconflicts.h"
#include "core/run/queueround.h"
#include "ui/conflicts/conflictwindow.h"
#include "ui/history/historywindow.h"
#include "ui/jobs/editorproblems.h"
#include "ui/jobs/joblistmodel.h"
#include "ui/main/mainwindow.h"
#include "ui/queues/asidewindow.h"
#include "ui/widgets/background.h"
#include "ui/widgets/reportcounts.h"

using namespace Qt::StringLiterals;

namespace tidemark {

// What the comparison that stands has found is listed before any run has met it.
void MainWindow::showConflicts(const QString &key, qint64 place)
{
    const JobEntry *job = m_jobs->find(key);
    if (!job || openConflicts(*job) == 0)
        return;
    const QString plan = job->planned && counts::conflicts(*job->planned) > 0 ? job->planFile : QString();
    if (plan.isEmpty())
        return openConflictWindow(key, std::nullopt);
    inBackground(
        this,
        [desk = m_desk, plan, place]() -> Result<std::optional<ConflictPlace>> {
            TRY(keepPlannedConflicts(desk->journal(), plan));
            if (place < 0)
                return std::nullopt;
            TRY_ASSIGN(ConflictPlace found, plannedConflict(plan, place));
            return found;
        },
        [this, key](const Result<std::optional<ConflictPlace>> &focus) {
            if (!focus)
                return showError(focus.error());
            openConflictWindow(key, *focus);
        });
}

void MainWindow::openConflictWindow(const QString &key, const std::optional<ConflictPlace> &focus)
{
    const JobEntry *job = m_jobs->find(key);
    if (!job || !job->settings)
        return;
    ConflictWindow *window = m_windows.conflicts.value(key);
    if (!window) {
        window = new ConflictWindow(m_desk, *job->settings);
        window->setAttribute(Qt::WA_DeleteOnClose);
        window->setWindowIcon(windowIcon());
        m_windows.conflicts[key] = window;
        remember(*window);
        connect(window, &ConflictWindow::writeRequested, this, [this, key] { writeAnswers(key); });
        connect(window, &ConflictWindow::countChanged, this, [this, key] { countConflicts(key); });
        connect(window, &ConflictWindow::ruleRequested, this, [this, key] {
            whenTrusted(key, [this, key] { openEditor(key, static_cast<int>(EditorPage::Rules)); });
        });
        window->setIdle(!job->running);
    } else {
        window->reload();
    }
    if (focus)
        window->focusOn(focus->table, focus->key);
    present(*window, false);
}

void MainWindow::writeAnswers(const QString &key)
{
    whenTrusted(key, [this, key] {
        if (const JobEntry *job = m_jobs->find(key); job && job->settings && job->settings->enabled)
            m_controller->start(*job->settings, Task::Resolve);
    });
}

void MainWindow::showAside(const ConnectionSettings &queue)
{
    const QString which = queueIdentity(queue);
    AsideWindow *window = m_windows.asides.value(which);
    if (!window) {
        window = new AsideWindow(m_desk, queue);
        window->setAttribute(Qt::WA_DeleteOnClose);
        window->setWindowIcon(windowIcon());
        m_windows.asides[which] = window;
        remember(*window);
    } else {
        window->reload();
    }
    present(*window, false);
}

void MainWindow::countConflicts(const QString &key)
{
    const JobEntry *job = m_jobs->find(key);
    if (!job || !job->settings || job->settings->id.isEmpty())
        return;
    inBackground(
        this, [desk = m_desk, id = job->settings->id] { return desk->journal().conflictCount(id, {}); },
        [this, key](const Result<qint64> &open) {
            if (open)
                m_jobs->change(key, [&](JobEntry &entry) { entry.openConflicts = *open; });
        });
}

void MainWindow::chooseFirst(const QString &key, const QString &policy)
{
    const JobEntry *job = m_jobs->find(key);
    if (!job || !job->settings || job->settings->file.isEmpty() || m_controller->isRunning(key))
        return;
    const auto change = [policy](QJsonObject &object) {
        QJsonObject conflicts = object.value("conflicts"_L1).toObject();
        conflicts["first"_L1] = policy;
        object["conflicts"_L1] = conflicts;
    };
    rewriteJob(job->settings->file, job->name, change, [this, key] { compare(key, {true, {}, {}}); });
}

void MainWindow::showFollowers()
{
    for (auto window = m_windows.conflicts.cbegin(); window != m_windows.conflicts.cend(); ++window) {
        if (*window && !m_controller->isRunning(window.key())) // what it meets is shown once it has ended
            (*window)->reload();
    }
    if (m_windows.history)
        m_windows.history->reload();
}

} // namespace tidemark
