// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace tidemark {

// What the journal keeps of a job's schedule, so that every program of the workspace sees the same.
struct ScheduleRecord
{
    QString jobId; // empty: all jobs (pausing them)
    QByteArray digest; // of the schedule that sinceUs belongs to
    qint64 sinceUs = 0; // slots before are nobody's: the schedule was made, changed, switched on or resumed then
    qint64 lastSlotUs = 0; // claimed last; 0: none
    qint64 pausedUs = 0; // 0: not paused
    QString pausedBy;
    bool isPaused() const { return pausedUs != 0; }
    bool operator==(const ScheduleRecord &) const = default;
};

enum class SlotClaim : quint8 {
    Claimed, // by this call, and by no other ever
    Taken, // before, by this or another program
    Paused, // the job or all of them
};

// That a person has seen what a job does (core/schedule/review.h).
struct ReviewRecord
{
    QByteArray digest; // of the subject
    QByteArray subject; // what was reviewed
    QString how; // "preview": a preview that was synchronised; "run": from the command line
    QString run;
    qint64 reviewedUs = 0;
    bool operator==(const ReviewRecord &) const = default;
};

} // namespace tidemark
