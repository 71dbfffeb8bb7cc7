// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/sql/postgres/pgencode.h"

#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

#include <QtEndian>

#include "core/data/celldecoder.h"
#include "core/data/decimaltext.h"
#include "core/data/timetext.h"
#include "core/endpoint/sql/postgres/pgepoch.h"
#include "core/endpoint/sql/postgres/pgnumeric.h"

namespace tidemark::postgres {

namespace {

constexpr qint64 infinity = std::numeric_limits<qint64>::max();
constexpr qint64 minusInfinity = std::numeric_limits<qint64>::min();

template <typename T> void appendNumber(T value, std::string &out)
{
    char bytes[sizeof(T)];
    qToBigEndian(value, bytes);
    out.append(bytes, sizeof bytes);
}

// Whether a cell of this kind is written in this format directly.
bool isDirect(CellKind kind, Wire wire)
{
    switch (wire) {
    case Wire::Bool:
        return kind == CellKind::Boolean;
    case Wire::Int2:
    case Wire::Int4:
    case Wire::Int8:
        return kind == CellKind::Integer || kind == CellKind::Decimal || kind == CellKind::Boolean;
    case Wire::Numeric:
        return kind == CellKind::Integer || kind == CellKind::Decimal || kind == CellKind::Float;
    case Wire::Float4:
    case Wire::Float8:
        return kind == CellKind::Float;
    case Wire::Text:
    case Wire::Bpchar:
        return kind != CellKind::Blob;
    case Wire::Bytea:
        return kind == CellKind::Blob || kind == CellKind::Text;
    case Wire::Date:
        return kind == CellKind::Date || kind == CellKind::Timestamp;
    case Wire::Time:
        return kind == CellKind::Time;
    case Wire::Timestamp:
        return kind == CellKind::Timestamp || kind == CellKind::Date || kind == CellKind::Instant;
    case Wire::Timestamptz:
        return kind == CellKind::Instant;
    case Wire::Uuid:
        return kind == CellKind::Uuid;
    case Wire::Json:
    case Wire::Jsonb:
        return kind == CellKind::Json;
    case Wire::AsText:
        break;
    }
    return false;
}

qsizetype codePoints(std::string_view utf8)
{
    qsizetype count = 0;
    for (const char c : utf8)
        count += (static_cast<unsigned char>(c) & 0xc0) != 0x80;
    return count;
}

} // namespace

ColumnEncoder::ColumnEncoder(const CellType &type, const CellSource &target, const QString &name)
    : m_type(type), m_target(target.type), m_zone(target.zone), m_name(name)
{
    const Wire wire = wireOf(target.type);
    if (isDirect(type.kind, wire))
        m_wire = wire;
}

std::optional<Error> ColumnEncoder::fault(ErrorCode code, CellView cell) const
{
    Error error{code, {}, {}};
    error.with(Fact::Column, m_name).with(Fact::Type, m_target.native);
    if (m_type.kind != CellKind::Blob)
        error.with(Fact::Value, cell::text(m_type, cell).left(200));
    return error;
}

std::optional<Error> ColumnEncoder::appendField(CellView cell, std::string &out)
{
    const std::size_t start = out.size();
    appendNumber<qint32>(-1, out);
    if (cell.isNull)
        return std::nullopt;
    const std::size_t body = out.size();
    std::optional<Error> error = m_wire == Wire::AsText ? appendText(cell, out) : appendBinary(cell, out);
    if (error)
        out.resize(start);
    else
        qToBigEndian(static_cast<qint32>(out.size() - body), out.data() + start);
    return error;
}

std::optional<Error> ColumnEncoder::appendBinary(CellView cell, std::string &out)
{
    switch (m_wire) {
    case Wire::Bool:
        out += cell::boolean(cell) ? '\1' : '\0';
        return std::nullopt;
    case Wire::Int2:
    case Wire::Int4:
    case Wire::Int8:
        return appendInteger(cell, out);
    case Wire::Numeric:
        return appendNumeric(cell, out);
    case Wire::Float4:
    case Wire::Float8:
        return appendFloat(cell, out);
    case Wire::Date:
        return appendDate(cell, out);
    case Wire::Time:
    case Wire::Timestamp:
    case Wire::Timestamptz:
        return appendTime(cell, out);
    case Wire::Jsonb:
        out += '\1';
        [[fallthrough]];
    case Wire::Json:
    case Wire::Text:
    case Wire::Bpchar:
        return appendText(cell, out);
    case Wire::Bytea:
    case Wire::Uuid:
    case Wire::AsText:
        break;
    }
    out += cell.bytes;
    return std::nullopt;
}

std::optional<Error> ColumnEncoder::appendInteger(CellView cell, std::string &out) const
{
    bool negative = false;
    quint64 magnitude = 0;
    if (m_type.kind == CellKind::Boolean) {
        magnitude = cell::boolean(cell) ? 1 : 0;
    } else if (m_type.kind == CellKind::Integer) {
        const cell::Integer value = cell::integer(cell);
        negative = value.isNegative;
        magnitude = negative ? 0 - value.value : value.value;
    } else {
        const std::optional<DecimalInteger> value = integerOfDecimal(trimmedDecimal(cell.bytes));
        if (!value)
            return fault(ErrorCode::ValueNotKept, cell);
        negative = value->isNegative;
        magnitude = value->magnitude;
    }
    const int bits = m_wire == Wire::Int2 ? 15 : m_wire == Wire::Int4 ? 31 : 63;
    const quint64 limit = quint64(1) << bits;
    if (magnitude > limit || (magnitude == limit && !negative))
        return fault(ErrorCode::ValueOutOfRange, cell);
    const auto value = static_cast<qint64>(negative ? 0 - magnitude : magnitude);
    if (m_wire == Wire::Int2)
        appendNumber(static_cast<qint16>(value), out);
    else if (m_wire == Wire::Int4)
        appendNumber(static_cast<qint32>(value), out);
    else
        appendNumber(value, out);
    return std::nullopt;
}

std::optional<Error> ColumnEncoder::appendFloat(CellView cell, std::string &out) const
{
    const double value = cell::real(cell);
    if (m_wire == Wire::Float8) {
        appendNumber(std::bit_cast<quint64>(value), out);
        return std::nullopt;
    }
    const auto narrow = static_cast<float>(value);
    if (std::isinf(narrow) && !std::isinf(value))
        return fault(ErrorCode::ValueOutOfRange, cell);
    appendNumber(std::bit_cast<quint32>(narrow), out);
    return std::nullopt;
}

std::optional<Error> ColumnEncoder::appendNumeric(CellView cell, std::string &out)
{
    std::string_view digits = cell.bytes;
    if (m_type.kind != CellKind::Decimal) {
        m_digits.clear();
        cell::appendText(m_type, cell, m_digits);
        const std::optional<std::string_view> normal = normalDecimal(m_digits, m_scratch);
        if (!normal)
            return fault(ErrorCode::ValueNotKept, cell);
        m_digits = std::string(*normal);
        digits = m_digits;
    }
    const std::size_t point = digits.find('.');
    const std::size_t scale = point == std::string_view::npos ? 0 : digits.size() - point - 1;
    if (m_target.scale >= 0 && scale > static_cast<std::size_t>(m_target.scale))
        digits = flooredDecimal(digits, m_target.scale, m_scratch);
    return appendNumericField(digits, out) ? std::nullopt : fault(ErrorCode::ValueOutOfRange, cell);
}

std::optional<qint64> ColumnEncoder::wallClock(qint64 utc)
{
    const std::optional<qint64> wall = m_zone.toWall(utc);
    return wall && m_zone.toUtc(*wall) == utc ? wall : std::nullopt;
}

std::optional<Error> ColumnEncoder::appendTime(CellView cell, std::string &out)
{
    qint64 value = 0;
    if (m_type.kind == CellKind::Date) {
        const qint32 days = cell::date(cell);
        const bool infinite = days == std::numeric_limits<qint32>::max() || days == std::numeric_limits<qint32>::min();
        if (!infinite && std::abs(qint64(days)) > 106'000'000)
            return fault(ErrorCode::ValueOutOfRange, cell);
        value = infinite ? (days > 0 ? infinity : minusInfinity) : qint64(days) * microsecondsPerDay;
    } else {
        value = cell::floorMicroseconds(cell::microseconds(cell), m_target.fraction);
    }
    if (m_wire == Wire::Time) {
        if (value < 0 || value > microsecondsPerDay)
            return fault(ErrorCode::ValueOutOfRange, cell);
        appendNumber(value, out);
        return std::nullopt;
    }
    if (value == infinity || value == minusInfinity) {
        appendNumber(value, out);
        return std::nullopt;
    }
    if (m_wire == Wire::Timestamp && m_type.kind == CellKind::Instant) {
        const std::optional<qint64> wall = wallClock(value);
        if (!wall)
            return fault(ErrorCode::ValueNotKept, cell);
        value = *wall;
    }
    if (value < minusInfinity + epochMicroseconds + 1)
        return fault(ErrorCode::ValueOutOfRange, cell);
    appendNumber(value - epochMicroseconds, out);
    return std::nullopt;
}

std::optional<Error> ColumnEncoder::appendDate(CellView cell, std::string &out) const
{
    constexpr qint32 last = std::numeric_limits<qint32>::max();
    constexpr qint32 first = std::numeric_limits<qint32>::min();
    qint32 days = 0;
    if (m_type.kind == CellKind::Date) {
        days = cell::date(cell);
    } else {
        const qint64 time = cell::microseconds(cell);
        const bool infinite = time == infinity || time == minusInfinity;
        if (!infinite && time % microsecondsPerDay != 0)
            return fault(ErrorCode::ValueNotKept, cell);
        days = infinite ? (time > 0 ? last : first) : static_cast<qint32>(time / microsecondsPerDay);
    }
    if (days == last || days == first)
        appendNumber(days, out);
    else if (days < first + epochDays + 1)
        return fault(ErrorCode::ValueOutOfRange, cell);
    else
        appendNumber(days - epochDays, out);
    return std::nullopt;
}

// U+0000 cannot be stored; and what is too long is refused here, because the server would cut blanks in silence.
std::optional<Error> ColumnEncoder::checkText(std::string_view text) const
{
    if (!text.empty() && std::memchr(text.data(), 0, text.size()) != nullptr)
        return Error{ErrorCode::ValueNotKept, {{Fact::Column, m_name}, {Fact::Type, m_target.native}}, {}};
    if (m_target.kind != CellKind::Text || m_target.length < 0 || static_cast<qint64>(text.size()) <= m_target.length)
        return std::nullopt;
    const std::size_t last = isPadded(m_target) ? text.find_last_not_of(' ') : text.size() - 1;
    const std::string_view counted = last == std::string_view::npos ? std::string_view() : text.substr(0, last + 1);
    if (codePoints(counted) <= m_target.length)
        return std::nullopt;
    return Error{
        ErrorCode::ValueTooLong,
        {{Fact::Column, m_name}, {Fact::Type, m_target.native}, {Fact::Limit, QString::number(m_target.length)}},
        {}};
}

std::optional<Error> ColumnEncoder::appendText(CellView cell, std::string &out)
{
    const std::size_t start = out.size();
    switch (m_type.kind) {
    case CellKind::Blob: {
        constexpr std::string_view hex = "0123456789abcdef";
        out += "\\x";
        for (const char c : cell.bytes) {
            out += hex[static_cast<unsigned char>(c) >> 4];
            out += hex[static_cast<unsigned char>(c) & 0xf];
        }
        return std::nullopt;
    }
    case CellKind::Boolean:
        if (m_target.kind == CellKind::Integer || m_target.kind == CellKind::Decimal
            || m_target.kind == CellKind::Float)
            out += cell::boolean(cell) ? '1' : '0';
        else
            cell::appendText(m_type, cell, out);
        break;
    case CellKind::Decimal:
        out += m_target.kind == CellKind::Integer ? trimmedDecimal(cell.bytes) : cell.bytes;
        break;
    default:
        cell::appendText(m_type, cell, out);
        break;
    }
    std::optional<Error> error = checkText(std::string_view(out).substr(start));
    if (error)
        out.resize(start);
    return error;
}

} // namespace tidemark::postgres
