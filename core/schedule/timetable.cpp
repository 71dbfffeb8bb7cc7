// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schedule/timetable.h"

#include <algorithm>
#include <limits>

#include <QCryptographicHash>
#include <QtEndian>

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 usOfSecond = 1'000'000;
constexpr qint64 usOfMinute = 60 * usOfSecond;
constexpr qint64 usOfDay = 24 * 60 * usOfMinute;
constexpr int minutesOfDay = 24 * 60;
constexpr int daysAhead = 10 * 366; // 29 February may be eight years away
const QDate epoch(1970, 1, 1);

qint64 floorOf(qint64 value, qint64 unit)
{
    const qint64 quotient = value / unit;
    return value % unit < 0 ? quotient - 1 : quotient;
}

qint64 midnight(QDate date) { return epoch.daysTo(date) * usOfDay; } // as if the zone were UTC

bool within(int minute, const ScheduleSettings::Window &window)
{
    return window.from < window.to ? minute >= window.from && minute < window.to
                                   : minute >= window.from || minute < window.to;
}

} // namespace

Timetable::Timetable(const ScheduleSettings &settings, const QString &jobId, const QTimeZone &local)
    : m_settings(settings), m_jobId(jobId), m_zone(settings.zone.isEmpty() ? local : QTimeZone(settings.zone.toUtf8()))
{
    using By = ScheduleSettings::By;
    if (!m_zone.isValid())
        m_zone = QTimeZone::utc();
    if (settings.by == By::Daily)
        m_minutes = settings.times;
    if (settings.by == By::Cron) {
        if (const auto cron = parseCron(settings.cron)) {
            m_cron = *cron;
            for (const int hour : m_cron.hours) {
                for (const int minute : m_cron.minutes)
                    m_minutes.append(hour * 60 + minute);
            }
        }
    }
    if (settings.by == By::Cron && !settings.windows.isEmpty()) {
        const auto closed = [&](int minute) {
            return std::none_of(settings.windows.begin(), settings.windows.end(),
                                [minute](const ScheduleSettings::Window &w) { return within(minute, w); });
        };
        m_minutes.erase(std::remove_if(m_minutes.begin(), m_minutes.end(), closed), m_minutes.end());
    }
    std::sort(m_minutes.begin(), m_minutes.end());
    if (settings.by == By::Every)
        m_phaseUs = instant(QDate(2001, 1, 1), 0); // a Monday, in winter or summer: one fixed instant
}

bool Timetable::hasSlots() const
{
    return m_settings.by == ScheduleSettings::By::Every ? m_settings.everyMs > 0 : !m_minutes.isEmpty();
}

qint64 Timetable::offsetUs(qint64 utcUs) const
{
    const auto instant = QDateTime::fromMSecsSinceEpoch(floorOf(utcUs, 1000), Qt::UTC);
    return m_zone.offsetFromUtc(instant) * usOfSecond;
}

QDate Timetable::dateOf(qint64 utcUs) const { return epoch.addDays(floorOf(utcUs + offsetUs(utcUs), usOfDay)); }

// The first instant with this wall time, else the first after the gap that swallowed it.
qint64 Timetable::instant(QDate date, int minute) const
{
    const qint64 wall = midnight(date) + minute * usOfMinute;
    const qint64 before = offsetUs(wall - usOfDay);
    const qint64 after = offsetUs(wall + usOfDay);
    for (const qint64 offset : {qMax(before, after), qMin(before, after)}) {
        if (offsetUs(wall - offset) == offset)
            return wall - offset;
    }
    const qint64 sooner = wall - qMax(before, after);
    const auto change = m_zone.nextTransition(QDateTime::fromMSecsSinceEpoch(floorOf(sooner, 1000), Qt::UTC));
    const qint64 gapEnd = change.atUtc.isValid() ? change.atUtc.toMSecsSinceEpoch() * 1000 : sooner;
    return gapEnd <= wall - qMin(before, after) ? gapEnd : wall - qMin(before, after);
}

bool Timetable::isPlainDay(QDate date) const
{
    const qint64 start = midnight(date);
    const qint64 offset = offsetUs(start - usOfDay);
    // A change within these days is seen unless a second one undoes it: no zone has done that.
    return offsetUs(start + 2 * usOfDay) == offset && offsetUs(start + usOfDay / 2) == offset;
}

bool Timetable::contains(QDate date) const
{
    return m_settings.by == ScheduleSettings::By::Daily ? (m_settings.days >> (date.dayOfWeek() - 1) & 1) != 0
                                                        : m_cron.contains(date);
}

QList<qint64> Timetable::instants(QDate date) const
{
    QList<qint64> found;
    const bool asTheyCome = m_settings.by == ScheduleSettings::By::Cron && m_cron.everyHour;
    for (const int minute : m_minutes) {
        const qint64 first = instant(date, minute);
        if (!asTheyCome) {
            found.append(first);
            continue;
        }
        const qint64 wall = midnight(date) + minute * usOfMinute;
        for (const qint64 offset : {offsetUs(wall - usOfDay), offsetUs(wall + usOfDay)}) {
            if (offsetUs(wall - offset) == offset)
                found.append(wall - offset);
        }
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

std::optional<qint64> Timetable::nextOfDay(QDate date, qint64 afterUs) const
{
    if (!contains(date))
        return {};
    if (!isPlainDay(date)) {
        const QList<qint64> all = instants(date);
        const auto later = std::upper_bound(all.begin(), all.end(), afterUs);
        return later == all.end() ? std::nullopt : std::optional(*later);
    }
    const qint64 start = midnight(date) - offsetUs(midnight(date));
    const qint64 minute = floorOf(afterUs - start, usOfMinute);
    const auto later = std::upper_bound(m_minutes.begin(), m_minutes.end(), minute);
    return later == m_minutes.end() ? std::nullopt : std::optional(start + *later * usOfMinute);
}

std::optional<qint64> Timetable::nextOfDays(qint64 afterUs) const
{
    if (m_minutes.isEmpty())
        return {};
    // Gaps and hours that come twice shift a day's times into the days beside it.
    const QDate first = dateOf(afterUs).addDays(-1);
    for (int day = 0; day < daysAhead; ++day) {
        const auto found = nextOfDay(first.addDays(day), afterUs);
        if (!found)
            continue;
        const auto beside = nextOfDay(first.addDays(day + 1), afterUs);
        return beside ? qMin(*found, *beside) : *found;
    }
    return {};
}

Timetable::Span Timetable::span(const ScheduleSettings::Window &window, QDate date) const
{
    const QDate end = window.to > window.from ? date : date.addDays(1);
    return {instant(date, window.from),
            window.to == minutesOfDay ? instant(end.addDays(1), 0) : instant(end, window.to)};
}

qint64 Timetable::putOff(qint64 slotUs) const
{
    if (m_settings.windows.isEmpty())
        return slotUs;
    const QDate date = dateOf(slotUs);
    qint64 opening = std::numeric_limits<qint64>::max();
    for (int day = -1; day <= 3; ++day) {
        for (const ScheduleSettings::Window &window : m_settings.windows) {
            const Span open = span(window, date.addDays(day));
            if (open.from <= slotUs && slotUs < open.to)
                return slotUs;
            if (open.from >= slotUs)
                opening = qMin(opening, open.from);
        }
    }
    return opening;
}

std::optional<qint64> Timetable::nextOfEvery(qint64 afterUs) const
{
    const qint64 every = m_settings.everyMs * 1000;
    if (every <= 0)
        return {};
    const qint64 before = m_phaseUs + floorOf(afterUs - m_phaseUs, every) * every;
    const qint64 found = putOff(before);
    return found > afterUs ? found : putOff(before + every);
}

std::optional<qint64> Timetable::next(qint64 afterUs) const
{
    switch (m_settings.by) {
    case ScheduleSettings::By::Every:
        return nextOfEvery(afterUs);
    case ScheduleSettings::By::Daily:
    case ScheduleSettings::By::Cron:
        return nextOfDays(afterUs);
    case ScheduleSettings::By::After:
        break;
    }
    return {};
}

QList<qint64> Timetable::next(qint64 afterUs, int count) const
{
    QList<qint64> found;
    while (found.size() < count) {
        const auto slot = next(found.isEmpty() ? afterUs : found.last());
        if (!slot)
            break;
        found.append(*slot);
    }
    return found;
}

std::optional<qint64> Timetable::last(qint64 untilUs) const
{
    // Steps back until a slot comes into sight; between that and the step before there is none later.
    const bool isEvery = m_settings.by == ScheduleSettings::By::Every;
    constexpr qint64 farthest = daysAhead * usOfDay;
    for (qint64 back = isEvery ? m_settings.everyMs * 1000 : usOfMinute; hasSlots() && back <= 2 * farthest;
         back *= 2) {
        auto slot = next(untilUs - back);
        if (!slot || *slot > untilUs)
            continue;
        for (auto later = slot; later && *later <= untilUs; later = next(*later))
            slot = later;
        return slot;
    }
    return {};
}

Timetable::Passed Timetable::passed(qint64 afterUs, qint64 untilUs) const
{
    Passed result;
    auto slot = next(afterUs);
    while (slot && *slot <= untilUs && result.count < mostCounted) {
        ++result.count;
        result.lastUs = slot;
        slot = next(*slot);
    }
    if (slot && *slot <= untilUs)
        result.lastUs = last(untilUs);
    return result;
}

qint64 Timetable::startOf(qint64 slotUs) const
{
    if (m_settings.jitterMs <= 0)
        return slotUs;
    const auto following = next(slotUs);
    const qint64 most = qMin(m_settings.jitterMs * 1000, following ? *following - slotUs : m_settings.jitterMs * 1000);
    // The same in every program, another for each job and each slot.
    const QByteArray hash = QCryptographicHash::hash(QByteArray(m_jobId.toUtf8() + ':' + QByteArray::number(slotUs)),
                                                     QCryptographicHash::Sha256);
    return slotUs + static_cast<qint64>(qFromBigEndian<quint64>(hash.constData()) % static_cast<quint64>(most));
}

} // namespace tidemark
