// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/sql/postgres/pgdecode.h"

#include <bit>
#include <limits>

#include <QtEndian>

#include "core/endpoint/sql/postgres/pgepoch.h"
#include "core/endpoint/sql/postgres/pgnumeric.h"

namespace tidemark::postgres {

namespace {

template <typename T> T number(std::string_view field) { return qFromBigEndian<T>(field.data()); }

// The server counts from 2000; its last years lie beyond what counts from 1970 in 64 bits.
std::optional<qint64> fromServerTime(qint64 value)
{
    if (value == std::numeric_limits<qint64>::max() || value == std::numeric_limits<qint64>::min())
        return value;
    if (value >= std::numeric_limits<qint64>::max() - epochMicroseconds)
        return std::nullopt;
    return value + epochMicroseconds;
}

qint32 fromServerDate(qint32 value)
{
    const bool infinite = value == std::numeric_limits<qint32>::max() || value == std::numeric_limits<qint32>::min();
    return infinite ? value : value + epochDays;
}

Decoded decodeTime(Wire wire, std::string_view field, RowEncoder &encoder)
{
    const auto value = number<qint64>(field);
    if (wire == Wire::Time) {
        encoder.time(value);
        return Decoded::Good;
    }
    const std::optional<qint64> microseconds = fromServerTime(value);
    if (!microseconds)
        return Decoded::NotKept;
    if (wire == Wire::Timestamp)
        encoder.timestamp(*microseconds);
    else
        encoder.instant(*microseconds);
    return Decoded::Good;
}

std::size_t sizeOf(Wire wire) // 0: any
{
    switch (wire) {
    case Wire::Bool:
        return 1;
    case Wire::Int2:
        return 2;
    case Wire::Int4:
    case Wire::Float4:
    case Wire::Date:
        return 4;
    case Wire::Int8:
    case Wire::Float8:
    case Wire::Time:
    case Wire::Timestamp:
    case Wire::Timestamptz:
        return 8;
    case Wire::Uuid:
        return 16;
    default:
        return 0;
    }
}

} // namespace

Decoded decodeField(Wire wire, std::string_view field, RowEncoder &encoder, std::string &scratch)
{
    if (const std::size_t size = sizeOf(wire); size != 0 && field.size() != size)
        return Decoded::Broken;
    switch (wire) {
    case Wire::Bool:
        encoder.boolean(field[0] != '\0');
        break;
    case Wire::Int2:
        encoder.integer(number<qint16>(field));
        break;
    case Wire::Int4:
        encoder.integer(number<qint32>(field));
        break;
    case Wire::Int8:
        encoder.integer(number<qint64>(field));
        break;
    case Wire::Float4:
        encoder.real32(std::bit_cast<float>(number<quint32>(field)));
        break;
    case Wire::Float8:
        encoder.real(std::bit_cast<double>(number<quint64>(field)));
        break;
    case Wire::Text:
    case Wire::Bpchar:
    case Wire::AsText:
        encoder.text(field);
        break;
    case Wire::Bytea:
        encoder.blob(field);
        break;
    case Wire::Date:
        encoder.date(fromServerDate(number<qint32>(field)));
        break;
    case Wire::Time:
    case Wire::Timestamp:
    case Wire::Timestamptz:
        return decodeTime(wire, field, encoder);
    case Wire::Uuid:
        encoder.uuid(field);
        break;
    case Wire::Json:
        encoder.json(field);
        break;
    case Wire::Jsonb:
        if (field.empty() || field[0] != '\1')
            return Decoded::Broken;
        encoder.json(field.substr(1));
        break;
    case Wire::Numeric:
        scratch.clear();
        if (!appendNumericText(field, scratch))
            return Decoded::Broken;
        encoder.decimal(scratch);
        break;
    }
    return Decoded::Good;
}

} // namespace tidemark::postgres
