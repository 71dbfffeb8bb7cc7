// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schedule/scheduleloop.h"

#include <algorithm>
#include <chrono>
#include <deque>

#include <QFileInfo>

#include "core/schedule/review.h"

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

// Changes whenever a file is written or replaced.
QString stampOf(const QString &file)
{
    const QFileInfo info(file);
    return u"%1 %2 %3"_s.arg(file).arg(info.size()).arg(info.lastModified().toMSecsSinceEpoch());
}

} // namespace

struct ScheduleLoop::State
{
    State(Workspace workspace, Journal &journal, const Clock &clock, Listener listener, Options options)
        : workspace(std::move(workspace)), journal(journal), clock(clock), listener(std::move(listener)),
          options(std::move(options)),
          scheduler([this](const QString &jobId, qint64 slotUs, qint64 previousUs, qint64 nowUs) {
              return this->journal.claimSlot(jobId, slotUs, previousUs, nowUs);
          })
    { }

    void post(std::function<void()> what); // by any thread: done before the next look
    void run(const std::stop_token &stop);
    void look();
    Result<void> read(qint64 nowUs);
    Result<void> readAll(const QList<Workspace::JobEntry> &entries, qint64 nowUs);
    Result<QList<Workspace::JobEntry>> entries() const;
    Result<JobSettings> readJob(const Workspace::JobEntry &entry) const;
    Result<ScheduledJob> asScheduled(const JobSettings &job, qint64 nowUs);
    void addFault(const Workspace::JobEntry &entry, const Error &error);
    Result<bool> mayRun(const JobSettings &job) const;
    bool refreshReviews();
    void publish();

    const Workspace workspace;
    Journal &journal;
    const Clock &clock;
    const Listener listener;
    const Options options;

    // The thread's own.
    Scheduler scheduler;
    QStringList stamps; // of the files as they were read
    bool isStale = true;
    QHash<QString, JobSettings> jobs; // by id
    QHash<QString, QString> ids; // by file, also while it cannot be read
    QList<ScheduledJob> scheduled;
    QList<JobOutlook> faults; // of files that never could be read
    QList<ScheduleRecord> records;
    std::optional<Error> error;
    std::optional<qint64> wakeUs;

    mutable std::mutex mutex;
    std::condition_variable_any changed;
    std::deque<std::function<void()>> posted;
    ScheduleOverview shown;
    bool everShown = false;
    std::jthread thread; // last: ends first
};

void ScheduleLoop::State::post(std::function<void()> what)
{
    {
        const std::scoped_lock lock(mutex);
        posted.push_back(std::move(what));
    }
    changed.notify_all();
}

void ScheduleLoop::State::run(const std::stop_token &stop)
{
    while (!stop.stop_requested()) {
        std::deque<std::function<void()>> calls;
        {
            const std::scoped_lock lock(mutex);
            calls.swap(posted);
        }
        for (const auto &call : calls)
            call();
        look();
        // Never longer than that: neither a file that changes nor a clock that is set wakes this thread.
        qint64 waitMs = options.pollMs;
        if (wakeUs)
            waitMs = std::clamp<qint64>((*wakeUs - clock.nowUs() + 999) / 1000, 0, waitMs);
        std::unique_lock lock(mutex);
        changed.wait_for(lock, stop, std::chrono::milliseconds(waitMs), [this] { return !posted.empty(); });
    }
}

void ScheduleLoop::State::look()
{
    const qint64 nowUs = clock.nowUs();
    const auto done = read(nowUs);
    error = done ? std::nullopt : std::optional(done.error());
    const Scheduler::Answer answer = scheduler.tick(nowUs);
    wakeUs = answer.wakeUs;
    for (const ScheduleNotice &notice : answer.notices)
        listener.notice(notice, jobs.value(notice.jobId).name);
    for (const ScheduledStart &start : answer.starts)
        listener.start(jobs.value(start.jobId), start);
    publish();
}

// Without the journal the jobs stay as they are; their slots cannot be claimed then, and are told as faults.
Result<void> ScheduleLoop::State::read(qint64 nowUs)
{
    TRY_ASSIGN(const QList<Workspace::JobEntry> files, entries());
    QStringList now{stampOf(workspace.folder() + "/connections.json"_L1)};
    for (const Workspace::JobEntry &entry : files)
        now.append(stampOf(entry.file));
    const bool isOther = isStale || now != stamps;
    if (isOther) {
        TRY(readAll(files, nowUs));
        stamps.clear(); // a job that had no id has been written
        stamps.append(stampOf(workspace.folder() + "/connections.json"_L1));
        for (const Workspace::JobEntry &entry : files)
            stamps.append(stampOf(entry.file));
        isStale = false;
    }
    const bool reviewed = refreshReviews();
    TRY_ASSIGN(const QList<ScheduleRecord> kept, journal.scheduleRecords());
    if (isOther || reviewed || kept != records) {
        records = kept;
        scheduler.setJobs(scheduled, records, nowUs);
    }
    return {};
}

Result<QList<Workspace::JobEntry>> ScheduleLoop::State::entries() const
{
    TRY_ASSIGN(const QList<Workspace::JobEntry> all, workspace.jobs());
    if (options.onlyJobs.isEmpty())
        return all;
    QList<Workspace::JobEntry> wanted;
    for (const QString &name : options.onlyJobs) {
        const auto known =
            std::find_if(all.begin(), all.end(), [&](const Workspace::JobEntry &entry) { return entry.name == name; });
        wanted.append(known != all.end() ? *known : Workspace::JobEntry{name, QFileInfo(name).absoluteFilePath()});
    }
    return wanted;
}

Result<JobSettings> ScheduleLoop::State::readJob(const Workspace::JobEntry &entry) const
{
    TRY_ASSIGN(JobSettings job, workspace.job(entry.file));
    if (workspace.jobFile(entry.name) == entry.file && job.name != entry.name) {
        TRY_ASSIGN(job, workspace.job(entry.name)); // tells that name and file disagree
    }
    if (job.id.isEmpty() && job.schedule) {
        TRY_ASSIGN(job.id, ensureJobId(entry.file));
    }
    return job;
}

Result<bool> ScheduleLoop::State::mayRun(const JobSettings &job) const
{
    TRY_ASSIGN(const bool reviewed, isReviewed(journal, job));
    return reviewed && options.wantsTrust ? isTrusted(journal, job) : Result<bool>(reviewed);
}

Result<ScheduledJob> ScheduleLoop::State::asScheduled(const JobSettings &job, qint64 nowUs)
{
    ScheduledJob found{job.id, job.name, job.enabled, job.schedule, false, {}, 0};
    if (!job.schedule)
        return found;
    // Switched off is a schedule of its own: slots that passed until it is switched on again are nobody's.
    const QByteArray digest = job.enabled ? Scheduler::digest(*job.schedule) : QByteArray("off");
    TRY(journal.followSchedule(job.id, digest, nowUs));
    TRY_ASSIGN(found.reviewed, mayRun(job));
    if (job.schedule->alarmMs > 0) {
        TRY_ASSIGN(found.lastGoodUs, journal.lastGoodRun(job.id));
    }
    return found;
}

void ScheduleLoop::State::addFault(const Workspace::JobEntry &entry, const Error &fault)
{
    // What is known of it stays, so that a run that is under way is not begun a second time.
    if (const auto known = jobs.constFind(ids.value(entry.file)); known != jobs.constEnd()) {
        scheduled.append({known->id, known->name, known->enabled, known->schedule, false, fault, 0});
        return;
    }
    JobOutlook look;
    look.name = entry.name;
    look.state = JobOutlook::State::Faulty;
    look.error = fault;
    faults.append(look);
}

Result<void> ScheduleLoop::State::readAll(const QList<Workspace::JobEntry> &files, qint64 nowUs)
{
    scheduled.clear();
    faults.clear();
    QSet<QString> seen;
    for (const Workspace::JobEntry &entry : files) {
        const auto job = readJob(entry);
        if (!job) {
            addFault(entry, job.error());
            continue;
        }
        if (job->id.isEmpty()) // never run, and not by itself
            continue;
        if (seen.contains(job->id)) {
            ids.remove(entry.file);
            addFault(entry,
                     Error{ErrorCode::DuplicateName, {}, {}}.with(Fact::File, entry.file).with(Fact::Job, job->id));
            continue;
        }
        seen.insert(job->id);
        TRY_ASSIGN(const ScheduledJob found, asScheduled(*job, nowUs));
        jobs.insert(job->id, *job);
        ids.insert(entry.file, job->id);
        scheduled.append(found);
    }
    return {};
}

// Another program may have given them.
bool ScheduleLoop::State::refreshReviews()
{
    bool any = false;
    for (ScheduledJob &job : scheduled) {
        if (job.reviewed || !job.schedule || !job.enabled || job.error)
            continue;
        const auto found = mayRun(jobs.value(job.id));
        job.reviewed = found && *found;
        any = any || job.reviewed;
    }
    return any;
}

void ScheduleLoop::State::publish()
{
    ScheduleOverview now{scheduler.outlook() + faults, 0, {}, error};
    std::stable_sort(now.jobs.begin(), now.jobs.end(),
                     [](const JobOutlook &a, const JobOutlook &b) { return a.name.localeAwareCompare(b.name) < 0; });
    for (const ScheduleRecord &record : std::as_const(records)) {
        if (record.jobId.isEmpty()) {
            now.pausedUs = record.pausedUs;
            now.pausedBy = record.pausedBy;
        }
    }
    {
        const std::scoped_lock lock(mutex);
        if (everShown && now == shown)
            return;
        everShown = true;
        shown = now;
    }
    listener.changed(now);
}

ScheduleLoop::ScheduleLoop(Workspace workspace, Journal &journal, const Clock &clock, Listener listener,
                           Options options)
    : d(std::make_unique<State>(std::move(workspace), journal, clock, std::move(listener), std::move(options)))
{
    d->thread = std::jthread([state = d.get()](const std::stop_token &stop) { state->run(stop); });
}

ScheduleLoop::~ScheduleLoop() = default;

void ScheduleLoop::runBegan(const QString &jobId)
{
    d->post([state = d.get(), jobId] { state->scheduler.runBegan(jobId); });
}

void ScheduleLoop::runEnded(const RunReport &report)
{
    d->post([state = d.get(), report] { state->scheduler.runEnded(report, state->clock.nowUs()); });
}

void ScheduleLoop::pause(const QString &jobId, const QString &by)
{
    d->post([state = d.get(), jobId, by] {
        const auto done = state->journal.pauseSchedule(jobId, by, state->clock.nowUs());
        if (!done)
            state->listener.notice({ScheduleNotice::Kind::JournalFault, jobId, 0, 0, done.error()}, {});
    });
}

void ScheduleLoop::resume(const QString &jobId)
{
    d->post([state = d.get(), jobId] {
        const auto done = state->journal.resumeSchedule(jobId, state->clock.nowUs());
        if (!done)
            state->listener.notice({ScheduleNotice::Kind::JournalFault, jobId, 0, 0, done.error()}, {});
    });
}

void ScheduleLoop::refresh()
{
    d->post([state = d.get()] { state->isStale = true; });
}

ScheduleOverview ScheduleLoop::overview() const
{
    const std::scoped_lock lock(d->mutex);
    return d->shown;
}

} // namespace tidemark
