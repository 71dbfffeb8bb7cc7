// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/wording/schedulewords.h"

#include <QDateTime>
#include <QLocale>

#include "app/wording/text.h"
#include "core/base/units.h"

namespace tidemark::wording {

using namespace Qt::StringLiterals;

namespace {

QString clockTime(int minutes)
{
    return u"%1:%2"_s.arg(minutes / 60, 2, 10, QLatin1Char('0')).arg(minutes % 60, 2, 10, QLatin1Char('0'));
}

QString listed(const QStringList &words)
{
    if (words.size() < 2)
        return words.value(0);
    const QString &last = words.last();
    return Wording::tr("%1 and %2", "a list and its last word")
        .arg(words.mid(0, words.size() - 1).join(Wording::tr(", ", "between words of a list")), last);
}

QString duration(qint64 ms)
{
    const auto count = [](qint64 value) { return static_cast<int>(qMin<qint64>(value, 2'000'000'000)); };
    constexpr qint64 second = 1000;
    constexpr qint64 minute = 60 * second;
    constexpr qint64 hour = 60 * minute;
    constexpr qint64 day = 24 * hour;
    if (ms % day == 0)
        return Wording::tr("%Ln day(s)", nullptr, count(ms / day));
    if (ms % hour == 0)
        return Wording::tr("%Ln hour(s)", nullptr, count(ms / hour));
    if (ms % minute == 0)
        return Wording::tr("%Ln minute(s)", nullptr, count(ms / minute));
    if (ms % second == 0)
        return Wording::tr("%Ln second(s)", nullptr, count(ms / second));
    return formatDuration(ms);
}

QString clockTimes(const QList<int> &times)
{
    QStringList words;
    for (const int minutes : times)
        words.append(clockTime(minutes));
    return listed(words);
}

QString when(const ScheduleSettings &settings)
{
    switch (settings.by) {
    case ScheduleSettings::By::Every:
        return Wording::tr("every %1").arg(duration(settings.everyMs));
    case ScheduleSettings::By::Cron:
        return Wording::tr("as %1 says").arg(safeText(settings.cron));
    case ScheduleSettings::By::After:
        return Wording::tr("after %1").arg(safeText(settings.after));
    case ScheduleSettings::By::Daily:
        break;
    }
    if ((settings.days & 0x7f) == 0x7f)
        return Wording::tr("daily at %1").arg(clockTimes(settings.times));
    QStringList days;
    for (int day = 0; day < 7; ++day) {
        if ((settings.days >> day & 1) != 0)
            days.append(QLocale().dayName(day + 1, QLocale::ShortFormat));
    }
    return Wording::tr("%1 at %2", "days of the week, times").arg(listed(days), clockTimes(settings.times));
}

} // namespace

QString schedule(const ScheduleSettings &settings)
{
    QString text = when(settings);
    QStringList windows;
    for (const ScheduleSettings::Window &window : settings.windows)
        windows.append(clockTime(window.from) + u'–' + clockTime(window.to));
    if (!windows.isEmpty())
        text = Wording::tr("%1, within %2").arg(text, listed(windows));
    if (!settings.zone.isEmpty())
        text = Wording::tr("%1 (%2)", "a schedule and its time zone").arg(text, safeText(settings.zone));
    return text;
}

QString moment(qint64 us, qint64 nowUs)
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(us / 1000);
    const QDate today = QDateTime::fromMSecsSinceEpoch(nowUs / 1000).date();
    const QString clock = time.toString(u"HH:mm"_s);
    if (time.date() == today)
        return clock;
    if (time.date() == today.addDays(1))
        return Wording::tr("tomorrow %1").arg(clock);
    return QLocale().toString(time.date(), QLocale::ShortFormat) + u' ' + clock;
}

QString outlook(const JobOutlook &job, qint64 nowUs)
{
    using State = JobOutlook::State;
    const auto paused = [&](const QString &since, const QString &sinceBy) {
        return job.pausedBy.isEmpty() ? since.arg(moment(job.pausedUs, nowUs))
                                      : sinceBy.arg(moment(job.pausedUs, nowUs), safeText(job.pausedBy));
    };
    switch (job.state) {
    case State::Planned:
        return job.nextUs ? Wording::tr("next run %1").arg(moment(*job.nextUs, nowUs)) : QString();
    case State::Running:
        return Wording::tr("runs now");
    case State::Queued:
        return Wording::tr("runs now, and once more after that");
    case State::Follows:
        return Wording::tr("runs after %1").arg(safeText(job.after));
    case State::WaitsReview:
        return Wording::tr("waits until somebody has seen what it does");
    case State::Paused:
        return paused(Wording::tr("paused since %1"), Wording::tr("paused since %1 by %2"));
    case State::AllPaused:
        return paused(Wording::tr("all jobs are paused since %1"), Wording::tr("all jobs are paused since %1 by %2"));
    case State::Disabled:
        return Wording::tr("switched off");
    case State::NoSchedule:
        return Wording::tr("runs only when it is told to");
    case State::NoSlot:
        return Wording::tr("never runs by itself: its schedule has no such time");
    case State::Circle:
        return Wording::tr("never runs by itself: it follows %1, which follows it").arg(safeText(job.after));
    case State::NoPredecessor:
        return Wording::tr("never runs by itself: there is no job %1 to follow").arg(safeText(job.after));
    case State::Faulty:
        return job.error ? message(*job.error).what : QString();
    }
    return {};
}

QString startReason(const ScheduledStart &start, qint64 nowUs)
{
    const QString time = moment(start.slotUs, nowUs);
    const auto missed = static_cast<int>(start.missed);
    switch (start.cause) {
    case ScheduledStart::Cause::Slot:
        return missed == 0 ? Wording::tr("its time is %1").arg(time)
                           : Wording::tr("its time is %1; %Ln earlier one(s) passed unused", nullptr, missed).arg(time);
    case ScheduledStart::Cause::Missed:
        return missed == 0
            ? Wording::tr("its time was %1, and nothing was there to run it").arg(time)
            : Wording::tr("its time was %1, and nothing was there to run it; %Ln earlier one(s) passed unused, too",
                          nullptr, missed)
                  .arg(time);
    case ScheduledStart::Cause::Queued:
        return Wording::tr("its time %1 came while it ran").arg(time);
    case ScheduledStart::Cause::Chain:
        return Wording::tr("the job that it follows has completed");
    }
    return {};
}

QString notice(const ScheduleNotice &notice, qint64 nowUs)
{
    const QString time = moment(notice.slotUs, nowUs);
    const auto count = static_cast<int>(notice.count);
    switch (notice.kind) {
    case ScheduleNotice::Kind::MissedSkipped:
        return Wording::tr("%Ln time(s) passed unused, the last at %1.", nullptr, count).arg(time);
    case ScheduleNotice::Kind::Overlapped:
        return Wording::tr("%1 is skipped: the job is still running.").arg(time);
    case ScheduleNotice::Kind::TakenElsewhere:
        return Wording::tr("%1 is run by another program.").arg(time);
    case ScheduleNotice::Kind::BusyElsewhere:
        return Wording::tr("%1 is skipped: the job is under way elsewhere.").arg(time);
    case ScheduleNotice::Kind::WaitsReview:
        return Wording::tr("It waits: nothing runs by itself before somebody has seen what it does. Synchronise a "
                           "preview of it in the window, or run it once from the command line.");
    case ScheduleNotice::Kind::Paused:
        return Wording::tr("%1 is skipped: the schedule is paused.").arg(time);
    case ScheduleNotice::Kind::Alarm:
        return notice.slotUs == 0 ? Wording::tr("No run has completed yet, and it is time for one.")
                                  : Wording::tr("No run has completed since %1.").arg(time);
    case ScheduleNotice::Kind::JournalFault:
        return Wording::tr("%1 cannot be run yet: %2")
            .arg(time, notice.error ? message(*notice.error).what : QString());
    }
    return {};
}

QString scheduleExpected(const QString &name)
{
    if (name == "time"_L1)
        return Wording::tr("a time such as 08:30");
    if (name == "window"_L1)
        return Wording::tr("a span such as 22:00-06:00");
    if (name == "one-schedule"_L1)
        return Wording::tr("one of every, daily, cron and after alone");
    if (name == "daily-only"_L1)
        return Wording::tr("nothing here (null): daily alone has it");
    if (name == "times-in-windows"_L1)
        return Wording::tr("times within the windows");
    if (name == "unattended-password"_L1)
        return Wording::tr("the keychain, an environment variable or a file as the place of the password, because "
                           "nobody can be asked when a scheduled job runs");
    if (name == "cron"_L1)
        return Wording::tr("five fields: minute, hour, day, month and weekday, such as 30 6 * * mon-fri");
    if (name == "cron-minute"_L1)
        return Wording::tr("minutes from 0 to 59, such as 0,30 or */15");
    if (name == "cron-hour"_L1)
        return Wording::tr("hours from 0 to 23, such as 8-18");
    if (name == "cron-day"_L1)
        return Wording::tr("days of the month from 1 to 31");
    if (name == "cron-month"_L1)
        return Wording::tr("months from 1 to 12 or from jan to dec");
    if (name == "cron-weekday"_L1)
        return Wording::tr("days of the week from 0 (Sunday) to 7 or from sun to sat");
    if (name == "cron-date"_L1)
        return Wording::tr("a day that one of these months has");
    return {};
}

} // namespace tidemark::wording
