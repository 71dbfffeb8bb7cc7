// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDate>
#include <QList>
#include <QString>

#include "core/base/result.h"

namespace tidemark {

// "M H D M W" as sets: lists, ranges, steps, names (jan, mon), 0 and 7 for Sunday; "@hourly", "@daily", "@weekly",
// "@monthly", "@yearly". As in cron, a date is one of the days of the month or of the week where both are named.
struct CronExpression
{
    QList<int> minutes; // of the hour, ascending
    QList<int> hours;
    quint32 days = 0; // of the month, bit 1 is the first
    quint16 months = 0; // bit 1 is January
    quint8 weekdays = 0; // bit 0 is Monday
    bool anyDay = false; // the field begins with *
    bool anyWeekday = false;
    bool everyHour = false; // the hours are *: an hour that comes twice is one of its own, one left out is not missed

    bool contains(QDate date) const;
    bool operator==(const CronExpression &) const = default;
};

// WrongValue. Fact::Expected: "cron" (five fields), "cron-minute", "cron-hour", "cron-day", "cron-month",
// "cron-weekday" (that field), "cron-date" (no such date ever comes); Fact::Found: the text at fault.
Result<CronExpression> parseCron(const QString &text);

} // namespace tidemark
