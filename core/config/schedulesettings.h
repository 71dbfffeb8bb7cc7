// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace tidemark {

// When a job runs by itself (interfaces.md, `schedule`), as plain values. core/schedule says what follows from them.
struct ScheduleSettings
{
    enum class By : quint8 { Every, Daily, Cron, After }; // After: only once the job named by `after` has run well
    enum class Missed : quint8 { Skip, Once };
    enum class Overlap : quint8 { Skip, Queue };

    // Minutes of the day in the schedule's zone, from inclusive, to exclusive; to <= from goes past midnight.
    struct Window
    {
        int from = 0;
        int to = 0;
        bool operator==(const Window &) const = default;
    };

    By by = By::Every;
    qint64 everyMs = 0;
    QString cron; // "M H D M W"
    QList<int> times; // Daily: minutes of the day, ascending
    quint8 days = 0x7f; // Daily: bit 0 is Monday
    QString zone; // IANA name; empty: the machine's ("local")
    QList<Window> windows; // none: always
    qint64 jitterMs = 0; // a slot is put off by up to this much
    QString after; // a job's name; empty: none
    Missed missed = Missed::Once;
    Overlap overlap = Overlap::Skip;
    qint64 alarmMs = 0; // no good run for so long wants a person; 0: never
    bool operator==(const ScheduleSettings &) const = default;
};

} // namespace tidemark
