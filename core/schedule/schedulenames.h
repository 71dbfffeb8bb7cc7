// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/journal.h"
#include "core/schedule/scheduler.h"

namespace tidemark {

// As in JSON: add, never rename.
QString causeName(ScheduledStart::Cause cause); // "slot"
QString noticeName(ScheduleNotice::Kind kind); // "waits-review"
QString outlookName(JobOutlook::State state); // "planned"

// What the jobs are about to do, for whoever does not run them: reads the records, writes nothing, blocks. A job whose
// file could not be read has its error set.
Result<QList<JobOutlook>> outlooks(Journal &journal, const QList<ScheduledJob> &jobs, qint64 nowUs);

} // namespace tidemark
