// SPDX-License-Identifier: GPL-3.0-or-later
// What follows a run of the main window: reviews, notifications, and what the job itself asks for.
#include <QApplication>
#include <QPointer>

#include "app/wording/afterrunwords.h"
#include "app/wording/leftrows.h"
#include "app/wording/reportjson.h"
#include "app/wording/wording.h"
#include "core/after/afterrun.h"
#include "core/config/keychain.h"
#include "core/schedule/review.h"
#include "ui/jobs/joblistmodel.h"
#include "ui/jobs/jobtiming.h"
#include "ui/main/mainpresence.h"
#include "ui/main/mainwindow.h"
#include "ui/main/scheduledesk.h"
#include "ui/tray/notifier.h"
#include "ui/widgets/background.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static NoticePlace placeOf(NoticeBook::Need need, const QString &key)
{
    switch (need) {
    case NoticeBook::Need::Conflicts:
        return {NoticePlace::Kind::Conflicts, key};
    case NoticeBook::Need::Review:
        return {NoticePlace::Kind::Review, key};
    case NoticeBook::Need::SetAside:
    case NoticeBook::Need::Deletes:
    case NoticeBook::Need::Failure:
        return {NoticePlace::Kind::Report, key};
    case NoticeBook::Need::Alarm:
    case NoticeBook::Need::None:
        break;
    }
    return {NoticePlace::Kind::Window, key};
}

bool MainPresence::isLookedAt() const
{
    return m_window.isVisible() && !m_window.isMinimized() && QApplication::activeWindow() != nullptr;
}

// What a schedule runs never comes up by itself, nor what the tray has started while the window is away.
bool MainPresence::mayPopUp(const QString &key) const
{
    const Run run = m_runs.value(key);
    return !m_stays || (!run.bySchedule && m_window.isVisible() && !m_window.isMinimized());
}

void MainPresence::ended(const QString &key, const TaskResult &result)
{
    if (result.task == Task::Synchronise) {
        const Run run = m_runs.take(key);
        RunReport report = result.report;
        report.jobId = run.job.id.isEmpty() ? report.jobId : run.job.id;
        keepReview(run.job, result);
        // What was told of slots is settled by a run that goes well; what was missed stays to be seen.
        if (const JobEntry *job = m_window.m_jobs->find(key); job && job->slotNotice
            && report.state == RunState::Completed && job->slotNotice->kind != ScheduleNotice::Kind::MissedSkipped)
            m_window.m_jobs->change(key, [](JobEntry &entry) { entry.slotNotice.reset(); });
        follow(run.job, report);
        if (m_schedule)
            m_schedule->loop().runEnded(report);
        if (m_stays)
            tellEnd(key, result, !run.bySchedule);
    }
    if (m_due.contains(key) && !m_window.m_controller->isRunning(key)) {
        const QString jobId = m_due.take(key);
        startRun(key, true);
        if (!m_runs.contains(key))
            refuse(jobId);
    }
    refresh();
    if (m_quitsWhenIdle && m_window.m_controller->runningCount() == 0)
        end();
}

// A preview that was synchronised, or a run that did what it could.
void MainPresence::keepReview(const JobSettings &job, const TaskResult &result)
{
    JobSettings reviewed = job;
    if (reviewed.id.isEmpty())
        reviewed.id = result.report.jobId;
    if (result.planFile.isEmpty() || reviewed.id.isEmpty() || !countsAsReview(result.report))
        return;
    inBackground(
        this,
        [desk = m_window.m_desk, reviewed, run = result.report.run] {
            return tidemark::keepReview(desk->journal(), reviewed, ReviewedBy::Preview, run, desk->clock().nowUs());
        },
        [this](const Result<void> &kept) {
            if (!kept)
                m_window.showError(kept.error());
            look();
        });
}

// Of every connection: a command of one job is no reader of another's.
static QStringList passwordVariables(const Workspace &workspace)
{
    QStringList names;
    if (const auto connections = workspace.connections()) {
        for (const ConnectionSettings &connection : *connections) {
            if (connection.password.kind == PasswordSource::Kind::Env)
                names << connection.password.name;
        }
    }
    return names;
}

// What the job lets happen after its runs, off the UI thread. What fails of it is told, and changes nothing of the run.
void MainPresence::follow(const JobSettings &job, const RunReport &report)
{
    const JobEntry *entry = m_window.jobOf(job.id);
    if (actionsAfter(job.afterRun, report.state).isEmpty() || !m_notifier || (entry && entry->foreign))
        return;
    const QPointer<MainPresence> self(this);
    const auto notify = [self](const RunReport &of) -> Result<void> {
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [self, of] {
                if (self)
                    self->showEnd(of);
            },
            Qt::QueuedConnection);
        return {};
    };
    ++m_followers;
    inBackground(
        this,
        [desk = m_window.m_desk, job, report, notify, cancellation = m_following] {
            const auto keychain = systemKeychain();
            const AfterRun after({desk->clock(), keychain.get(), notify, passwordVariables(desk->workspace())});
            const auto document = wording::runJson(desk->journal(), report);
            return after.perform(job, report, document ? *document : wording::reportJson(report), *cancellation);
        },
        [this, id = job.id](const QList<ActionOutcome> &outcomes) {
            const JobEntry *of = m_window.jobOf(id);
            for (const ActionOutcome &outcome : outcomes) {
                if (outcome.error && of)
                    m_notifier->show({tr("%1: what follows its runs").arg(wording::safeText(of->name, 80)),
                                      wording::afterRunOutcome(outcome),
                                      {NoticePlace::Kind::Window, of->key}});
            }
            --m_followers;
            if (m_quitsWhenIdle)
                end();
        });
}

void MainPresence::showEnd(const RunReport &report)
{
    if (const JobEntry *job = m_window.jobOf(report.jobId))
        m_notifier->show({wording::safeText(job->name, 80), wording::outcome(report),
                          placeOf(NoticeBook::needOf(report), job->key)});
}

void MainPresence::tellEnd(const QString &key, const TaskResult &result, bool wasAsked)
{
    const JobEntry *job = m_window.m_jobs->find(key);
    const NoticeBook::Need need = NoticeBook::needOf(result.report);
    const bool told = m_book.isTold(key, need, NoticeBook::countOf(result.report, need), wasAsked);
    if (need == NoticeBook::Need::None)
        m_notifier->withdraw(key);
    if (!job || !told || isLookedAt())
        return;
    m_notifier->show({wording::safeText(job->name, 80), wording::outcome(result.report), placeOf(need, key)});
}

void MainPresence::noticed(const ScheduleNotice &notice)
{
    const JobEntry *job = m_window.jobOf(notice.jobId);
    if (!job && notice.jobId.isEmpty() && notice.error) // pausing all of it
        return m_window.showError(*notice.error);
    if (!job) {
        m_earlyNotices << notice;
        return;
    }
    const QString key = job->key;
    const QString name = job->name;
    m_window.m_jobs->change(key, [&](JobEntry &entry) { entry.slotNotice = notice; });
    const bool review = notice.kind == ScheduleNotice::Kind::WaitsReview;
    if (!review && notice.kind != ScheduleNotice::Kind::Alarm && notice.kind != ScheduleNotice::Kind::JournalFault)
        return;
    const NoticeBook::Need need = review ? NoticeBook::Need::Review : NoticeBook::Need::Alarm;
    if (!m_book.isTold(key, need, 0, false) || isLookedAt())
        return;
    if (const JobEntry *of = m_window.m_jobs->find(key); review && of && of->foreign && of->untrusted)
        m_notifier->show({wording::safeText(name, 80),
                          tr("It does not run by itself until its file is trusted."),
                          {NoticePlace::Kind::Window, key}});
    else
        m_notifier->show({wording::safeText(name, 80), timing::noticeText(notice), placeOf(need, key)});
}

} // namespace tidemark
