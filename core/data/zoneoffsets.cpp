// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/zoneoffsets.h"

#include <limits>

#include <QDateTime>

#include "core/data/timetext.h"

namespace tidemark {

namespace {

constexpr qint64 least = std::numeric_limits<qint64>::min();
constexpr qint64 greatest = std::numeric_limits<qint64>::max();
constexpr qint64 margin = 2 * microsecondsPerDay; // more than any zone is off

qint64 floorMilliseconds(qint64 microseconds)
{
    return microseconds >= 0 ? microseconds / 1000 : -((-(microseconds + 1)) / 1000) - 1;
}

} // namespace

ZoneOffsets::ZoneOffsets(const QByteArray &ianaId) : m_isUtc(ianaId.isEmpty() || ianaId == "UTC")
{
    if (!m_isUtc)
        m_zone = QTimeZone(ianaId);
}

qint64 ZoneOffsets::offsetAt(qint64 utc)
{
    if (utc >= m_from && utc < m_until)
        return m_offset;
    const QDateTime moment = QDateTime::fromMSecsSinceEpoch(floorMilliseconds(utc), Qt::UTC);
    m_offset = m_zone.offsetFromUtc(moment) * microsecondsPerSecond;
    // previousTransition() means strictly before
    const QDateTime before = m_zone.previousTransition(moment.addMSecs(1)).atUtc;
    const QDateTime after = m_zone.nextTransition(moment).atUtc;
    m_from = before.isValid() ? before.toMSecsSinceEpoch() * 1000 : least + margin;
    m_until = after.isValid() ? after.toMSecsSinceEpoch() * 1000 : greatest - margin;
    return m_offset;
}

std::optional<qint64> ZoneOffsets::toUtc(qint64 wall)
{
    if (m_isUtc)
        return wall;
    if (!m_zone.isValid() || wall < least + 2 * margin || wall > greatest - 2 * margin)
        return std::nullopt;
    const qint64 likely = wall - m_offset;
    if (likely >= m_from && likely - m_from >= margin && likely < m_until) // far from a fold that began before
        return likely;
    std::optional<qint64> earliest;
    for (const qint64 near : {wall - microsecondsPerDay, wall, wall + microsecondsPerDay}) {
        const qint64 candidate = wall - offsetAt(near);
        if (wall - offsetAt(candidate) == candidate && (!earliest || candidate < *earliest))
            earliest = candidate;
    }
    return earliest;
}

std::optional<qint64> ZoneOffsets::toWall(qint64 utc)
{
    if (m_isUtc)
        return utc;
    if (!m_zone.isValid() || utc < least + 2 * margin || utc > greatest - 2 * margin)
        return std::nullopt;
    return utc + offsetAt(utc);
}

} // namespace tidemark
