// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "core/base/clock.h"
#include "core/config/workspace.h"
#include "core/journal/journal.h"
#include "core/schedule/scheduler.h"

namespace tidemark {

// All jobs of the workspace and what they are about to do, at one instant.
struct ScheduleOverview
{
    QList<JobOutlook> jobs; // names sorted
    qint64 pausedUs = 0; // all of them, since then; 0: not
    QString pausedBy;
    std::optional<Error> error; // of the workspace or the journal
    bool operator==(const ScheduleOverview &) const = default;
};

// The scheduler at work: a thread of its own that reads the job files (and notices when they change), keeps the
// journal's records, waits for the next slot and tells whom it was given what to start. The window and `watch` differ
// in what they do then. Every member is thread-safe and returns at once.
class ScheduleLoop
{
public:
    // Called on the loop's thread; must not block, nor destroy the loop.
    struct Listener
    {
        // Whoever gets it runs the job and tells runBegan() and runEnded() of it, also where it cannot be begun. The
        // loop counts the job as running from this call on; runBegan() is for other runs.
        std::function<void(const JobSettings &job, const ScheduledStart &start)> start;
        std::function<void(const ScheduleNotice &notice, const QString &job)> notice; // job: its name
        std::function<void(const ScheduleOverview &overview)> changed; // differs from the last one
    };
    struct Options
    {
        QStringList onlyJobs; // names or files; empty: all of the workspace
        bool wantsTrust = false; // a job whose file nobody trusts waits as if for a review, and claims no slot
        qint64 pollMs = 2000; // how often files are looked at; the clock likewise, so that a sleep is noticed
    };

    ScheduleLoop(Workspace workspace, Journal &journal, const Clock &clock, Listener listener, Options options);
    ~ScheduleLoop(); // ends the thread, not the runs

    void runBegan(const QString &jobId);
    void runEnded(const RunReport &report); // jobId set; state Cancelled where it could not be begun
    void pause(const QString &jobId, const QString &by); // empty id: all
    void resume(const QString &jobId);
    void refresh(); // files, reviews or pauses have changed: look now
    ScheduleOverview overview() const;

private:
    struct State;
    std::unique_ptr<State> d;
};

} // namespace tidemark
