// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QDate>
#include <QList>
#include <QTimeZone>

#include "core/config/cronexpression.h"
#include "core/config/schedulesettings.h"

namespace tidemark {

// The slots of a schedule: a pure function of its settings, without a clock or a file. Instants are UTC microseconds.
//
// Days and times are the zone's. A time that a day does not have (clocks put forward) is the first instant after the
// gap, one that it has twice (put back) is the first of both. So each slot comes once. `every` counts real time, from a
// Monday's midnight of the zone; a cron expression whose hours are * counts hours as they come.
// Windows: slots of `every` outside of them are put off to the next opening, several as one; those of cron are none
// (the reader refuses a schedule that has no slot within its windows).
class Timetable
{
public:
    // The job's id decides its jitter. `local` stands for an empty zone.
    explicit Timetable(const ScheduleSettings &settings, const QString &jobId = {},
                       const QTimeZone &local = QTimeZone::systemTimeZone());

    bool hasSlots() const; // none where the job follows another
    std::optional<qint64> next(qint64 afterUs) const; // the first one later than that; nothing: none within ten years
    QList<qint64> next(qint64 afterUs, int count) const;
    std::optional<qint64> last(qint64 untilUs) const; // the last one not later than that
    qint64 startOf(qint64 slotUs) const; // with its jitter: always before the next slot

    struct Passed
    {
        qint64 count = 0; // at most mostCounted
        std::optional<qint64> lastUs;
        bool operator==(const Passed &) const = default;
    };
    static constexpr qint64 mostCounted = 10'000;
    Passed passed(qint64 afterUs, qint64 untilUs) const; // later than the one, not later than the other

private:
    struct Span // of a window on one day
    {
        qint64 from = 0;
        qint64 to = 0; // exclusive; not later than from: only that instant (it falls into a gap)
    };
    qint64 offsetUs(qint64 utcUs) const;
    QDate dateOf(qint64 utcUs) const;
    qint64 instant(QDate date, int minute) const;
    bool isPlainDay(QDate date) const; // one offset from midnight to midnight
    bool contains(QDate date) const;
    QList<qint64> instants(QDate date) const; // on a day with a change of the clocks
    std::optional<qint64> nextOfDay(QDate date, qint64 afterUs) const;
    std::optional<qint64> nextOfDays(qint64 afterUs) const;
    std::optional<qint64> nextOfEvery(qint64 afterUs) const;
    Span span(const ScheduleSettings::Window &window, QDate date) const;
    qint64 putOff(qint64 slotUs) const;

    ScheduleSettings m_settings;
    QString m_jobId;
    QTimeZone m_zone;
    QList<int> m_minutes; // of the day; Daily and Cron
    CronExpression m_cron;
    qint64 m_phaseUs = 0; // Every
};

} // namespace tidemark
