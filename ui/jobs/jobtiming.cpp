// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/jobtiming.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include "app/wording/wording.h"
#include "ui/widgets/format.h"

using namespace Qt::StringLiterals;

namespace tidemark::timing {

namespace {

struct JobTiming
{
    Q_DECLARE_TR_FUNCTIONS(JobTiming)
};

using State = JobOutlook::State;

} // namespace

static QString weekday(const QDateTime &time)
{
    return QLocale().dayName(time.date().dayOfWeek(), QLocale::ShortFormat);
}

QString dayAndTime(qint64 us)
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(us / 1000);
    return weekday(time) + time.toString(u" yyyy-MM-dd HH:mm"_s);
}

QString moment(qint64 us, qint64 nowUs)
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(us / 1000);
    const qint64 days = QDateTime::fromMSecsSinceEpoch(nowUs / 1000).date().daysTo(time.date());
    if (days == 0)
        return time.toString(u"HH:mm"_s);
    return days > 0 && days < 7 ? weekday(time) + time.toString(u" HH:mm"_s) : time.toString(u"yyyy-MM-dd HH:mm"_s);
}

QString nextText(const JobEntry &job, qint64 nowUs)
{
    if (!job.outlook || !job.settings || !job.settings->schedule || !job.settings->enabled)
        return {};
    const JobOutlook &outlook = *job.outlook;
    if (job.foreign && job.untrusted)
        return JobTiming::tr("Waits until its file is trusted");
    switch (outlook.state) {
    case State::Planned:
    case State::Running:
        return outlook.nextUs ? JobTiming::tr("Next run %1").arg(moment(*outlook.nextUs, nowUs)) : QString();
    case State::Queued:
        return JobTiming::tr("Runs once more when this run has ended");
    case State::Follows:
        return JobTiming::tr("Runs after %1").arg(wording::safeText(outlook.after, 60));
    case State::WaitsReview:
        return JobTiming::tr("Waits for a review");
    case State::Paused:
        return JobTiming::tr("Its schedule is paused");
    case State::AllPaused:
        return JobTiming::tr("All schedules are paused");
    case State::NoSlot:
        return JobTiming::tr("Its schedule never comes");
    case State::Circle:
        return JobTiming::tr("Follows itself by way of other jobs: it never starts");
    case State::NoPredecessor:
        return JobTiming::tr("There is no job named %1 to follow").arg(wording::safeText(outlook.after, 60));
    case State::Disabled:
    case State::NoSchedule:
    case State::Faulty:
        break;
    }
    return {};
}

QString noticeText(const ScheduleNotice &notice)
{
    const QString when = dayAndTime(notice.slotUs);
    const int count = static_cast<int>(std::min<qint64>(notice.count, 1'000'000));
    switch (notice.kind) {
    case ScheduleNotice::Kind::MissedSkipped:
        return JobTiming::tr("%n run(s) were missed and skipped, the last one at %1.", nullptr, count).arg(when);
    case ScheduleNotice::Kind::Overlapped:
        return JobTiming::tr("The run of %1 was skipped: the one before was still under way.").arg(when);
    case ScheduleNotice::Kind::TakenElsewhere:
        return JobTiming::tr("The run of %1 was another program's.").arg(when);
    case ScheduleNotice::Kind::BusyElsewhere:
        return JobTiming::tr("The run of %1 was skipped: the job was running elsewhere.").arg(when);
    case ScheduleNotice::Kind::WaitsReview:
        return JobTiming::tr("It does not run by itself until somebody has seen what it would write. Compare, review "
                             "and synchronise it once.");
    case ScheduleNotice::Kind::Paused:
        return JobTiming::tr("The run of %1 passed while the schedule was paused.").arg(when);
    case ScheduleNotice::Kind::Alarm:
        return JobTiming::tr("It has not run well for longer than it may.");
    case ScheduleNotice::Kind::JournalFault:
        return notice.error ? wording::oneLine(*notice.error) : QString();
    }
    return {};
}

bool needsPerson(const JobEntry &job)
{
    return job.settings && job.settings->enabled && job.settings->schedule && job.outlook
        && (job.outlook->state == State::WaitsReview || (job.foreign && job.untrusted));
}

} // namespace tidemark::timing
