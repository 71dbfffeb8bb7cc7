// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/config/schedulesettings.h"
#include "core/schedule/scheduler.h"

namespace tidemark::wording {

QString schedule(const ScheduleSettings &settings); // "daily at 08:00 and 20:00, Mon, Tue (Europe/Berlin)"
QString moment(qint64 us, qint64 nowUs); // "14:00", "tomorrow 08:00", "30 Nov 2026 08:00", in local time
// "next run 14:00", "paused since 09:10 by ann", "waits until somebody has seen what it does" …
QString outlook(const JobOutlook &job, qint64 nowUs);
QString startReason(const ScheduledStart &start, qint64 nowUs); // "its slot of 14:00"
QString notice(const ScheduleNotice &notice, qint64 nowUs); // a sentence, without the job's name
QString scheduleExpected(const QString &name); // a part of expected(); empty: not of schedules

} // namespace tidemark::wording
