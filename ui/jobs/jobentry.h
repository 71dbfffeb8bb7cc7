// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QJsonObject>
#include <QList>
#include <QString>

#include "core/config/workspace.h"
#include "core/reconcile/report.h"
#include "core/run/progress.h"
#include "core/schedule/scheduler.h"

namespace tidemark {

// Resolve: writes the answers that are kept. PlanUndo: what taking a run back would change; Undo: takes it back.
enum class Task : quint8 { Compare, Synchronise, Verify, Resolve, PlanUndo, Undo };

// One job as the window knows it.
struct JobEntry
{
    QString key; // its file, or "memory:…" where it has none
    QString name;
    std::optional<JobSettings> settings; // not set: its file cannot be read, see error
    std::optional<Error> error;
    std::optional<RunReport> last; // the last run
    std::optional<RunReport> planned; // the comparison that stands; its rows are in planFile
    QString planFile;
    std::optional<RunReport> verified; // after the last run
    std::optional<Error> taskError; // of a comparison or verification that failed
    std::optional<Task> running;
    bool waiting = false; // for a place among the jobs that may run at once
    bool paused = false;
    bool stopping = false; // after the batch in hand
    ProgressSnapshot progress;
    std::optional<RunReport> approved; // what the run under way was approved to write
    QString retryPlan; // the plan that the last run could not finish; its file is kept for another try
    std::optional<JobOutlook> outlook; // when it runs by itself, as the schedule sees it
    std::optional<ScheduleNotice> slotNotice; // what became of its last slots
    bool trusted = false; // what its file has others do, somebody has allowed, maybe on the command line
    bool untrusted = false; // nobody has: it does not run by itself
    qint64 asideCount = 0;
    qint64 openConflicts = 0; // in the journal: open, or answered and not yet written
    QString hash; // of what its file says, see jobHash()
    bool foreign = false; // this workspace did not write what the file says, and nobody has trusted it
    bool visiting = false; // not of the workspace: in memory, or a file that was opened
    bool operator==(const JobEntry &) const = default;
};

// To be answered: in the journal, or found by the comparison that stands. 0 where the job has no id to keep them by.
qint64 openConflicts(const JobEntry &job);

QString jobKey(const JobSettings &settings);

// What trust in a job file is kept by: all that it says but its id, which the first run adds.
QString jobHash(const QJsonObject &job);

// Reads the workspace's jobs with their last runs; not on the UI thread.
// trusted: jobHash() of those that are, which the journal is told.
Result<QList<JobEntry>> loadJobs(const Workspace &workspace, class Journal &journal, const QStringList &trusted = {});

} // namespace tidemark
