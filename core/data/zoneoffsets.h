// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QByteArray>
#include <QTimeZone>

namespace tidemark {

// A time zone's offsets for many values that lie close together: keeps the span between two transitions at hand,
// because asking QTimeZone costs a microsecond. Microseconds throughout; UTC where default-constructed. For one thread.
class ZoneOffsets
{
public:
    ZoneOffsets() = default;
    explicit ZoneOffsets(const QByteArray &ianaId);

    // Of two instants with this wall time the earlier; nothing: the zone never showed it, or there is no such zone.
    std::optional<qint64> toUtc(qint64 wall);
    std::optional<qint64> toWall(qint64 utc);

private:
    qint64 offsetAt(qint64 utc);

    QTimeZone m_zone;
    bool m_isUtc = true;
    qint64 m_from = 0; // the span that m_offset holds for, in UTC
    qint64 m_until = 0;
    qint64 m_offset = 0;
};

} // namespace tidemark
