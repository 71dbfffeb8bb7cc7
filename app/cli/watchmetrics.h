// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/watchlog.h"
#include "core/journal/journal.h"
#include "core/schedule/scheduleloop.h"

namespace tidemark::cli {

// watch --metrics FILE: the numbers of all jobs, written anew whenever what they are about to do changes, which is also
// whenever one begins or ends.
class WatchMetrics
{
public:
    WatchMetrics(Journal &journal, WatchLog &log, const QString &file);
    Result<void> begin(); // FileUnwritable, before anything runs
    void changed(const ScheduleOverview &overview); // on the schedule's thread

private:
    Result<void> write(const ScheduleOverview &overview);

    Journal &m_journal;
    WatchLog &m_log;
    QString m_file; // empty: not asked for
    std::optional<Error> m_fault; // told once
};

} // namespace tidemark::cli
