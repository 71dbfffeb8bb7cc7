// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/cursor.h"

#include <limits>

#include "core/data/celldecoder.h"

namespace tidemark {

namespace {

constexpr qint64 secondsEnd = 100'000'000'000; // beyond: milliseconds (seconds would be the year 5138)
constexpr qint64 millisecondsEnd = 100'000'000'000'000; // beyond: microseconds

// Splits "i:42" into its storage class and the value.
std::pair<QByteArray, QByteArray> split(const QByteArray &cursor)
{
    if (cursor.size() >= 2 && cursor[1] == ':' && (cursor[0] == 'i' || cursor[0] == 'r' || cursor[0] == 't'))
        return {cursor.first(2), cursor.mid(2)};
    return {{}, cursor};
}

} // namespace

std::optional<qint64> cursorMicroseconds(const QByteArray &cursor)
{
    const QByteArray value = split(cursor).second;
    bool whole = false;
    const qint64 number = value.toLongLong(&whole);
    if (whole) {
        if (number < secondsEnd && number > -secondsEnd)
            return number * 1'000'000;
        if (number < millisecondsEnd && number > -millisecondsEnd)
            return number * 1'000;
        return number;
    }
    const auto parsed = parseTimestamp({value.constData(), std::size_t(value.size())});
    if (!parsed)
        return std::nullopt;
    return parsed->microseconds - qint64(parsed->offsetSeconds.value_or(0)) * 1'000'000;
}

std::optional<QByteArray> loweredCursor(const QByteArray &cursor, qint64 overlap)
{
    const auto [prefix, value] = split(cursor);
    bool whole = false;
    const qint64 number = value.toLongLong(&whole);
    if (!whole)
        return std::nullopt;
    const qint64 lowest = std::numeric_limits<qint64>::min();
    return prefix + QByteArray::number(number < lowest + overlap ? lowest : number - overlap);
}

} // namespace tidemark
