// SPDX-License-Identifier: GPL-3.0-or-later
// What the main window runs by itself.
#include <algorithm>

#include <QCoreApplication>
#include <QDateTime>
#include <QFileInfo>

#include "app/wording/wording.h"
#include "core/schedule/review.h"
#include "ui/jobs/joblistmodel.h"
#include "ui/jobs/jobpanel.h"
#include "ui/jobs/jobtiming.h"
#include "ui/main/mainpresence.h"
#include "ui/main/mainwindow.h"
#include "ui/main/scheduledesk.h"
#include "ui/tray/autostart.h"
#include "ui/tray/notifier.h"
#include "ui/widgets/background.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static qint64 nowUs() { return QDateTime::currentMSecsSinceEpoch() * 1000; }

static constexpr qsizetype mostNamed = 5; // jobs in one notification

static QString byWindow() { return QCoreApplication::applicationName(); }

void MainPresence::beginSchedule()
{
    if (!m_stays)
        return;
    m_schedule = std::make_unique<ScheduleDesk>(m_window.m_desk);
    connect(m_schedule.get(), &ScheduleDesk::startWanted, this, [this](const JobSettings &job) { startWanted(job); });
    connect(m_schedule.get(), &ScheduleDesk::noticed, this, &MainPresence::noticed);
    connect(m_schedule.get(), &ScheduleDesk::changed, this, &MainPresence::showOutlooks);
    m_schedule->begin();
    inBackground(
        this, [folder = m_window.m_folder] { return autostart::isOn(autostart::fileFor(folder)); },
        [this](bool on) { m_window.m_panel->setStartsAtLogin(on); });
}

void MainPresence::look()
{
    if (m_schedule)
        m_schedule->loop().refresh();
}

bool MainPresence::hasSchedule() const
{
    return m_schedule
        && std::any_of(m_window.m_jobs->jobs().cbegin(), m_window.m_jobs->jobs().cend(),
                       [this](const JobEntry &job) { return hasSchedule(job); });
}

bool MainPresence::hasSchedule(const JobEntry &job) const
{
    return m_schedule && job.outlook && job.settings && job.settings->enabled && job.settings->schedule;
}

bool MainPresence::isPaused() const { return m_schedule && m_schedule->overview().pausedUs > 0; }

QString MainPresence::nextText() const
{
    if (m_quitsWhenIdle)
        return tr("quits when the runs have ended");
    if (!hasSchedule())
        return {};
    if (isPaused())
        return tr("schedule paused");
    std::optional<qint64> next;
    for (const JobOutlook &job : m_schedule->overview().jobs) {
        const bool comes = job.state == JobOutlook::State::Planned || job.state == JobOutlook::State::Running;
        if (comes && job.nextUs && (!next || *job.nextUs < *next))
            next = job.nextUs;
    }
    return next ? tr("next %1").arg(timing::moment(*next, nowUs())) : QString();
}

void MainPresence::pauseAll(bool pause)
{
    if (!m_schedule)
        return;
    if (pause)
        m_schedule->loop().pause({}, byWindow());
    else
        m_schedule->loop().resume({});
}

void MainPresence::pauseJob(const QString &key, bool pause)
{
    const JobEntry *job = m_window.m_jobs->find(key);
    if (!m_schedule || !job || !job->settings)
        return;
    if (pause)
        m_schedule->loop().pause(job->settings->id, byWindow());
    else
        m_schedule->loop().resume(job->settings->id);
}

void MainPresence::jobsRead()
{
    if (m_schedule) {
        showOutlooks();
        takeEarly();
        m_schedule->loop().refresh();
    }
    if (!m_window.m_wants.run.isEmpty())
        runWanted(std::exchange(m_window.m_wants.run, {}));
}

void MainPresence::showOutlooks()
{
    QStringList keys;
    for (const JobEntry &job : m_window.m_jobs->jobs())
        keys << job.key;
    for (const QString &key : std::as_const(keys)) {
        const JobEntry *job = m_window.m_jobs->find(key);
        const JobOutlook *found =
            job && job->settings && !job->visiting ? m_schedule->outlook(job->settings->id) : nullptr;
        const std::optional<JobOutlook> outlook = found ? std::optional(*found) : std::nullopt;
        if (job && job->outlook != outlook)
            m_window.m_jobs->change(key, [&](JobEntry &entry) { entry.outlook = outlook; });
    }
    m_window.showActions();
    refresh();
}

// A person's word: `--run JOB`. The jobs are read once more: it may have been made a moment ago.
void MainPresence::runJob(const QString &nameOrFile)
{
    m_window.m_wants.run = nameOrFile;
    if (m_window.m_loaded)
        m_window.reload();
}

void MainPresence::runWanted(const QString &nameOrFile)
{
    for (const JobEntry &job : m_window.m_jobs->jobs()) {
        if (job.name == nameOrFile || job.key == nameOrFile)
            return runReviewed(job.key);
    }
    comeForward();
    if (QFileInfo(nameOrFile).isAbsolute())
        return m_window.openJobFile(nameOrFile); // of elsewhere: looked at first
    m_window.showError(Error{ErrorCode::NoSuchJob, {}, {}}.with(Fact::Job, nameOrFile));
}

// All that may run without a look at it; what waits for one is told of.
void MainPresence::runAll()
{
    struct Fit
    {
        QString key, name;
        JobSettings settings;
        bool reviewed = false;
    };
    QList<Fit> fit;
    for (const JobEntry &job : m_window.m_jobs->jobs()) {
        if (job.settings && job.settings->enabled && !job.running && !job.foreign && !job.visiting)
            fit += {job.key, job.name, *job.settings, false};
    }
    inBackground(
        this,
        [desk = m_window.m_desk, fit]() mutable {
            for (Fit &job : fit) {
                const auto reviewed = isReviewed(desk->journal(), job.settings);
                job.reviewed = reviewed && *reviewed;
            }
            return fit;
        },
        [this](const QList<Fit> &jobs) {
            QStringList waiting;
            QString first;
            for (const Fit &job : jobs) {
                if (job.reviewed)
                    startRun(job.key, false);
                else if (waiting << wording::safeText(job.name, 60); waiting.size() == 1)
                    first = job.key;
            }
            if (!waiting.isEmpty() && m_notifier)
                m_notifier->show({tr("%n job(s) wait for a review", nullptr, static_cast<int>(waiting.size())),
                                  waiting.mid(0, mostNamed).join(u'\n'),
                                  {NoticePlace::Kind::Review, first}});
        });
}

// Nothing is written that nobody has seen: the first time the rows are shown instead.
void MainPresence::runReviewed(const QString &key)
{
    const JobEntry *job = m_window.m_jobs->find(key);
    if (!job || !job->settings || !job->settings->enabled || job->foreign)
        return goTo({NoticePlace::Kind::Window, key});
    inBackground(
        this, [desk = m_window.m_desk, settings = *job->settings] { return isReviewed(desk->journal(), settings); },
        [this, key](const Result<bool> &reviewed) {
            if (!reviewed)
                return m_window.showError(reviewed.error());
            if (*reviewed)
                startRun(key, false);
            else
                goTo({NoticePlace::Kind::Review, key});
        });
}

void MainPresence::startRun(const QString &key, bool bySchedule)
{
    const JobEntry *job = m_window.m_jobs->find(key);
    if (!job || !job->settings || m_quitsWhenIdle)
        return;
    Run run{*job->settings, bySchedule, !bySchedule};
    if (m_window.m_controller->isRunning(key))
        return;
    m_runs.insert(key, run);
    if (!m_window.m_controller->start(*job->settings, Task::Synchronise))
        m_runs.remove(key);
}

void MainPresence::refuse(const QString &jobId)
{
    RunReport report;
    report.jobId = jobId;
    report.state = RunState::Cancelled;
    m_schedule->loop().runEnded(report);
}

// What was said of jobs before the list had them. Those that it still does not have cannot be run.
void MainPresence::takeEarly()
{
    const QList<ScheduleNotice> notices = std::exchange(m_earlyNotices, {});
    for (const ScheduleNotice &notice : notices) {
        if (m_window.jobOf(notice.jobId))
            noticed(notice);
    }
    const QHash<QString, JobSettings> starts = std::exchange(m_earlyStarts, {});
    for (auto start = starts.cbegin(); start != starts.cend(); ++start) {
        if (m_window.jobOf(start.key()))
            startWanted(*start);
        else
            refuse(start.key());
    }
}

void MainPresence::startWanted(const JobSettings &job)
{
    const JobEntry *entry = m_window.jobOf(job.id);
    if (!entry && !m_quitsWhenIdle) {
        m_earlyStarts.insert(job.id, job);
        return m_window.reload();
    }
    if (!entry || !entry->settings || (entry->foreign && entry->untrusted) || m_quitsWhenIdle)
        return refuse(job.id);
    if (m_window.m_controller->isRunning(entry->key)) { // a comparison, say: right after it
        m_due.insert(entry->key, job.id);
        return;
    }
    startRun(entry->key, true);
    if (!m_runs.contains(entry->key))
        refuse(job.id);
}

void MainPresence::began(const QString &key, Task task)
{
    const JobEntry *job = m_window.m_jobs->find(key);
    if (task != Task::Synchronise || !job || !job->settings)
        return;
    if (!m_runs.contains(key))
        m_runs.insert(key, {*job->settings, false, false});
    if (m_schedule && !m_runs.value(key).bySchedule)
        m_schedule->loop().runBegan(job->settings->id);
}

} // namespace tidemark
