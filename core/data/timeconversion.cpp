// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>
#include <limits>

#include "core/data/cellbytes.h"
#include "core/data/cellconversion.h"
#include "core/data/celldecoder.h"
#include "core/data/timetext.h"

// What CellConversion does with dates and times.

namespace tidemark {

namespace {

bool isInfinite(qint64 microseconds)
{
    return microseconds == std::numeric_limits<qint64>::max() || microseconds == std::numeric_limits<qint64>::min();
}

} // namespace

ZoneOffsets &CellConversion::zone() { return m_encoder.m_zones[m_encoder.m_cell - 1]; }

void CellConversion::putTime(qint64 microseconds)
{
    std::array<char, sizeof microseconds> bytes;
    cellbytes::putTime(microseconds, bytes.data());
    put({bytes.data(), bytes.size()});
}

void CellConversion::putDate(qint32 days) { cellbytes::putDate(days, m_encoder.m_batch->appendRaw(sizeof days)); }

void CellConversion::parseDateOrTime(std::string_view text)
{
    if (m_type.kind == CellKind::Time) {
        if (const auto time = parseTime(text))
            putTime(*time);
        else
            refuse(text);
        return;
    }
    if (isZeroDate(text)) {
        zeroDate(text);
        return;
    }
    const auto days = m_type.kind == CellKind::Date ? parseDate(text) : std::nullopt;
    if (days) {
        putDate(*days);
        return;
    }
    const auto parsed = parseTimestamp(text);
    if (parsed && !parsed->offsetSeconds && m_type.kind == CellKind::Date) {
        putDay(parsed->microseconds, text);
        return;
    }
    if (!parsed || m_type.kind == CellKind::Date || (m_type.kind == CellKind::Timestamp && parsed->offsetSeconds)) {
        refuse(text); // which wall clock an offset belongs to, nobody said
    } else if (m_type.kind == CellKind::Timestamp || isInfinite(parsed->microseconds)) {
        putTime(parsed->microseconds);
    } else if (parsed->offsetSeconds) {
        qint64 utc = 0;
        if (__builtin_sub_overflow(parsed->microseconds, *parsed->offsetSeconds * microsecondsPerSecond, &utc))
            refuse(text);
        else
            putTime(utc);
    } else {
        putWallTime(parsed->microseconds, text);
    }
}

void CellConversion::putWallTime(qint64 microseconds, std::string_view shown)
{
    const auto utc = isInfinite(microseconds) ? microseconds : zone().toUtc(microseconds);
    if (utc)
        putTime(*utc);
    else
        refuse(shown);
}

// As a Date: only where no time of day would be lost.
void CellConversion::putDay(qint64 wall, std::string_view shown)
{
    if (isInfinite(wall))
        putDate(wall < 0 ? std::numeric_limits<qint32>::min() : std::numeric_limits<qint32>::max());
    else if (wall % microsecondsPerDay == 0)
        putDate(static_cast<qint32>(wall / microsecondsPerDay));
    else
        refuse(shown);
}

void CellConversion::date(qint32 days)
{
    std::string &text = m_encoder.m_scratch;
    text.clear();
    appendDate(days, text);
    qint64 start = days < 0 ? std::numeric_limits<qint64>::min() : std::numeric_limits<qint64>::max();
    const bool isInfinity = days == std::numeric_limits<qint32>::min() || days == std::numeric_limits<qint32>::max();
    const bool fits = isInfinity || !__builtin_mul_overflow(qint64(days), microsecondsPerDay, &start);
    if (isTextual(m_type.kind))
        put(text);
    else if (m_type.kind == CellKind::Timestamp && fits)
        putTime(start);
    else if (m_type.kind == CellKind::Instant && fits)
        putWallTime(start, text);
    else
        refuse(text);
}

void CellConversion::time(qint64 microseconds)
{
    std::string &text = m_encoder.m_scratch;
    text.clear();
    appendTime(microseconds, 0, text);
    if (isTextual(m_type.kind))
        put(text);
    else
        refuse(text);
}

void CellConversion::timestamp(qint64 microseconds)
{
    if (m_type.kind == CellKind::Instant) {
        const auto utc = isInfinite(microseconds) ? microseconds : zone().toUtc(microseconds);
        if (utc) {
            putTime(*utc);
            return;
        }
    }
    std::string &text = m_encoder.m_scratch;
    text.clear();
    appendTimestamp(microseconds, 0, "", text);
    if (m_type.kind == CellKind::Date)
        putDay(microseconds, text);
    else if (isTextual(m_type.kind))
        put(text);
    else
        refuse(text);
}

void CellConversion::instant(qint64 microseconds)
{
    if (m_type.kind == CellKind::Timestamp) {
        const auto wall = isInfinite(microseconds) ? microseconds : zone().toWall(microseconds);
        if (wall) {
            putTime(*wall);
            return;
        }
    }
    std::string &text = m_encoder.m_scratch;
    text.clear();
    appendTimestamp(microseconds, 0, "+00:00", text);
    if (isTextual(m_type.kind))
        put(text);
    else
        refuse(text);
}

void CellConversion::zeroDate(std::string_view text)
{
    if (isTextual(m_type.kind))
        put(text);
    else if (m_type.zeroDate == ZeroDate::Null)
        m_encoder.m_batch->appendNull();
    else
        refuse(text);
}

} // namespace tidemark
