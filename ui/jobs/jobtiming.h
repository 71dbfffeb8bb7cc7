// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/jobentry.h"

// When jobs run by themselves, and who does it, as people read it.
namespace tidemark::timing {

QString dayAndTime(qint64 us); // "Tue 2026-11-24 14:00", this computer's time
QString moment(qint64 us, qint64 nowUs); // "14:00" today, "Tue 14:00" within a week, else the date
QString nextText(const JobEntry &job, qint64 nowUs); // "Next run 14:00", why there is none; empty: it has no schedule
QString noticeText(const ScheduleNotice &notice); // what became of slots
bool needsPerson(const JobEntry &job); // it would run by itself, and waits for somebody

} // namespace tidemark::timing
