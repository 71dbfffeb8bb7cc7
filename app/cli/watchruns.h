// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <mutex>

#include <QHash>
#include <QThreadPool>

#include "app/cli/watchlog.h"
#include "core/after/afterrun.h"
#include "core/run/runner.h"
#include "core/schedule/scheduleloop.h"

namespace tidemark::cli {

// Runs what the schedule asks for, so many jobs at once, and tells what came of it. Its members are called by the
// schedule's thread; it is attached to the loop that calls them.
class WatchRuns
{
public:
    struct Settings
    {
        int atOnce = 4;
        bool trustsAll = false; // what follows a run is carried out, whoever wrote the job file
        Result<Workspace> workspace = fail(ErrorCode::Internal); // whose passwords' variables commands must not see
    };
    WatchRuns(Runner &runner, Journal &journal, const Clock &clock, Cancellation &cancellation, WatchLog &log,
              const Settings &settings);
    ~WatchRuns(); // waits for what runs

    void attach(ScheduleLoop *loop); // null: ends are told to nobody
    void start(const JobSettings &job, const ScheduledStart &start);
    void notice(const ScheduleNotice &notice, const QString &job);
    void changed(const ScheduleOverview &overview);
    void finish(); // waits for what runs

private:
    void run(const JobSettings &job, const ScheduledStart &start);
    void ended(const RunReport &report);
    void tellEnd(const RunReport &report, const QJsonObject &document);
    void follow(const JobSettings &job, const RunReport &report, const QJsonObject &document);
    void tellOutlook(const JobOutlook &job);

    Runner &m_runner;
    Journal &m_journal;
    const Clock &m_clock;
    Cancellation &m_cancellation;
    WatchLog &m_log;
    const Settings m_settings;
    std::mutex m_mutex;
    ScheduleLoop *m_loop = nullptr;
    QHash<QString, JobOutlook> m_told; // by name; the schedule's thread alone
    std::optional<Error> m_fault; // of the workspace, as told
    bool m_began = false;
    QThreadPool m_pool;
};

} // namespace tidemark::cli
