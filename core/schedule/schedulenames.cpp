// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schedule/schedulenames.h"

namespace tidemark {

using namespace Qt::StringLiterals;

QString causeName(ScheduledStart::Cause cause)
{
    switch (cause) {
    case ScheduledStart::Cause::Slot:
        return u"slot"_s;
    case ScheduledStart::Cause::Missed:
        return u"missed"_s;
    case ScheduledStart::Cause::Queued:
        return u"queued"_s;
    case ScheduledStart::Cause::Chain:
        return u"chain"_s;
    }
    return {};
}

QString noticeName(ScheduleNotice::Kind kind)
{
    switch (kind) {
    case ScheduleNotice::Kind::MissedSkipped:
        return u"missed-skipped"_s;
    case ScheduleNotice::Kind::Overlapped:
        return u"overlapped"_s;
    case ScheduleNotice::Kind::TakenElsewhere:
        return u"taken-elsewhere"_s;
    case ScheduleNotice::Kind::BusyElsewhere:
        return u"busy-elsewhere"_s;
    case ScheduleNotice::Kind::WaitsReview:
        return u"waits-review"_s;
    case ScheduleNotice::Kind::Paused:
        return u"paused"_s;
    case ScheduleNotice::Kind::Alarm:
        return u"alarm"_s;
    case ScheduleNotice::Kind::JournalFault:
        return u"journal-fault"_s;
    }
    return {};
}

QString outlookName(JobOutlook::State state)
{
    switch (state) {
    case JobOutlook::State::Planned:
        return u"planned"_s;
    case JobOutlook::State::Running:
        return u"running"_s;
    case JobOutlook::State::Queued:
        return u"queued"_s;
    case JobOutlook::State::Follows:
        return u"follows"_s;
    case JobOutlook::State::WaitsReview:
        return u"waits-review"_s;
    case JobOutlook::State::Paused:
        return u"paused"_s;
    case JobOutlook::State::AllPaused:
        return u"all-paused"_s;
    case JobOutlook::State::Disabled:
        return u"disabled"_s;
    case JobOutlook::State::NoSchedule:
        return u"no-schedule"_s;
    case JobOutlook::State::NoSlot:
        return u"no-slot"_s;
    case JobOutlook::State::Circle:
        return u"circle"_s;
    case JobOutlook::State::NoPredecessor:
        return u"no-predecessor"_s;
    case JobOutlook::State::Faulty:
        return u"faulty"_s;
    }
    return {};
}

Result<QList<JobOutlook>> outlooks(Journal &journal, const QList<ScheduledJob> &jobs, qint64 nowUs)
{
    TRY_ASSIGN(QList<ScheduleRecord> records, journal.scheduleRecords());
    for (ScheduleRecord &record : records) { // from now on
        record.sinceUs = nowUs;
        record.lastSlotUs = 0;
    }
    Scheduler scheduler({});
    scheduler.setJobs(jobs, records, nowUs);
    return scheduler.outlook();
}

} // namespace tidemark
