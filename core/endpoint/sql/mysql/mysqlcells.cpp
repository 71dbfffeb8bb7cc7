// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/sql/mysql/mysqlcells.h"

#include <bit>

#include <QtEndian>

#include "core/data/celldecoder.h"
#include "core/data/decimaltext.h"
#include "core/data/timetext.h"

namespace tidemark::mysql {

namespace {

struct Packed // a date or time as it comes over the wire
{
    unsigned year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, microsecond = 0;
    bool isNegative = false;

    bool isCalendarDate() const { return month != 0 && day != 0; }
    qint64 timeOfDay() const
    {
        return ((qint64(hour) * 60 + minute) * 60 + second) * microsecondsPerSecond + microsecond;
    }
};

template <typename T> T littleEndian(std::string_view bytes, size_t offset = 0)
{
    return bytes.size() >= offset + sizeof(T) ? qFromLittleEndian<T>(bytes.data() + offset) : T{};
}

unsigned byteAt(std::string_view bytes, size_t offset)
{
    return offset < bytes.size() ? static_cast<unsigned char>(bytes[offset]) : 0;
}

Packed unpackDate(std::string_view bytes)
{
    Packed packed;
    packed.year = littleEndian<quint16>(bytes);
    packed.month = byteAt(bytes, 2);
    packed.day = byteAt(bytes, 3);
    packed.hour = byteAt(bytes, 4);
    packed.minute = byteAt(bytes, 5);
    packed.second = byteAt(bytes, 6);
    packed.microsecond = littleEndian<quint32>(bytes, 7);
    return packed;
}

Packed unpackTime(std::string_view bytes)
{
    Packed packed;
    packed.isNegative = byteAt(bytes, 0) != 0;
    packed.hour = littleEndian<quint32>(bytes, 1) * 24 + byteAt(bytes, 5);
    packed.minute = byteAt(bytes, 6);
    packed.second = byteAt(bytes, 7);
    packed.microsecond = littleEndian<quint32>(bytes, 8);
    return packed;
}

std::string dateText(const Packed &packed, bool withTime, unsigned digits)
{
    char text[48];
    int size = qsnprintf(text, sizeof text, "%04u-%02u-%02u", packed.year, packed.month, packed.day);
    if (withTime) {
        size +=
            qsnprintf(text + size, sizeof text - size, " %02u:%02u:%02u", packed.hour, packed.minute, packed.second);
        if (digits > 0 && digits <= 6)
            size += qsnprintf(text + size, sizeof text - size, ".%06u", packed.microsecond)
                - (6 - static_cast<int>(digits));
    }
    return std::string(text, static_cast<size_t>(size));
}

qint64 timeValue(const Packed &packed) { return packed.isNegative ? -packed.timeOfDay() : packed.timeOfDay(); }

void encodeDate(RowEncoder &encoder, const ColumnType &own, const ResultColumn &column, std::string_view bytes)
{
    const Packed packed = unpackDate(bytes);
    const bool withTime = column.type != MYSQL_TYPE_DATE;
    if (!packed.isCalendarDate())
        return encoder.zeroDate(dateText(packed, withTime, column.decimals));
    const qint32 days = daysFromCivil(packed.year, static_cast<int>(packed.month), static_cast<int>(packed.day));
    if (!withTime)
        return encoder.date(days);
    const qint64 value = qint64(days) * microsecondsPerDay + packed.timeOfDay();
    if (own.kind == CellKind::Instant)
        encoder.instant(value);
    else
        encoder.timestamp(value);
}

quint64 bits(std::string_view bytes) // BIT: big-endian, as few bytes as it needs
{
    quint64 value = 0;
    for (const char byte : bytes)
        value = value << 8 | static_cast<unsigned char>(byte);
    return value;
}

void encodeBits(RowEncoder &encoder, const ColumnType &own, std::string_view bytes)
{
    const quint64 value = bits(bytes);
    if (own.kind == CellKind::Boolean)
        return encoder.boolean(value != 0);
    std::string digits;
    for (qint64 i = own.length - 1; i >= 0; --i)
        digits += (value >> i & 1) != 0 ? '1' : '0';
    encoder.text(digits);
}

struct Whole
{
    bool isUnsigned;
    quint64 value;
};

Whole wholeNumber(const ResultColumn &column, std::string_view bytes)
{
    const auto extended = [&](auto number) {
        return Whole{column.isUnsigned,
                     column.isUnsigned ? quint64(std::make_unsigned_t<decltype(number)>(number))
                                       : quint64(qint64(number))};
    };
    switch (column.type) {
    case MYSQL_TYPE_TINY:
        return extended(littleEndian<qint8>(bytes));
    case MYSQL_TYPE_SHORT:
    case MYSQL_TYPE_YEAR:
        return extended(littleEndian<qint16>(bytes));
    case MYSQL_TYPE_LONG:
    case MYSQL_TYPE_INT24:
        return extended(littleEndian<qint32>(bytes));
    default:
        return {column.isUnsigned, littleEndian<quint64>(bytes)};
    }
}

void encodeText(RowEncoder &encoder, const ColumnType &own, const ResultColumn &column, std::string_view bytes)
{
    if (own.kind == CellKind::Json)
        encoder.json(bytes);
    else if (own.kind == CellKind::Blob
             || (own.kind != CellKind::Exact && own.kind != CellKind::Uuid && column.charset == 63))
        encoder.blob(bytes);
    else
        encoder.text(bytes);
}

void encodeYear(RowEncoder &encoder, unsigned year)
{
    char text[8];
    encoder.text({text, static_cast<size_t>(qsnprintf(text, sizeof text, "%04u", year))});
}

} // namespace

void encodeCell(RowEncoder &encoder, const ColumnType &own, const ResultColumn &column, const RawCell &cell)
{
    if (cell.isNull)
        return encoder.null();
    switch (column.type) {
    case MYSQL_TYPE_YEAR:
        return encodeYear(encoder, littleEndian<quint16>(cell.bytes));
    case MYSQL_TYPE_TINY:
    case MYSQL_TYPE_SHORT:
    case MYSQL_TYPE_LONG:
    case MYSQL_TYPE_INT24:
    case MYSQL_TYPE_LONGLONG: {
        const Whole whole = wholeNumber(column, cell.bytes);
        return whole.isUnsigned ? encoder.unsignedInteger(whole.value)
                                : encoder.integer(static_cast<qint64>(whole.value));
    }
    case MYSQL_TYPE_FLOAT:
        return encoder.real32(std::bit_cast<float>(littleEndian<quint32>(cell.bytes)));
    case MYSQL_TYPE_DOUBLE:
        return encoder.real(std::bit_cast<double>(littleEndian<quint64>(cell.bytes)));
    case MYSQL_TYPE_DECIMAL:
    case MYSQL_TYPE_NEWDECIMAL:
        return encoder.decimal(cell.bytes);
    case MYSQL_TYPE_DATE:
    case MYSQL_TYPE_NEWDATE:
    case MYSQL_TYPE_DATETIME:
    case MYSQL_TYPE_TIMESTAMP:
        return encodeDate(encoder, own, column, cell.bytes);
    case MYSQL_TYPE_TIME:
        return encoder.time(timeValue(unpackTime(cell.bytes)));
    case MYSQL_TYPE_BIT:
        return encodeBits(encoder, own, cell.bytes);
    default:
        return encodeText(encoder, own, column, cell.bytes);
    }
}

QByteArray cellText(const ResultColumn &column, const RawCell &cell)
{
    std::string text;
    switch (column.type) {
    case MYSQL_TYPE_TINY:
    case MYSQL_TYPE_SHORT:
    case MYSQL_TYPE_YEAR:
    case MYSQL_TYPE_LONG:
    case MYSQL_TYPE_INT24:
    case MYSQL_TYPE_LONGLONG: {
        const Whole whole = wholeNumber(column, cell.bytes);
        return whole.isUnsigned ? QByteArray::number(whole.value)
                                : QByteArray::number(static_cast<qint64>(whole.value));
    }
    case MYSQL_TYPE_FLOAT:
        appendShortest(std::bit_cast<float>(littleEndian<quint32>(cell.bytes)), text);
        break;
    case MYSQL_TYPE_DOUBLE:
        appendShortest(std::bit_cast<double>(littleEndian<quint64>(cell.bytes)), text);
        break;
    case MYSQL_TYPE_DATE:
    case MYSQL_TYPE_NEWDATE:
    case MYSQL_TYPE_DATETIME:
    case MYSQL_TYPE_TIMESTAMP:
        text = dateText(unpackDate(cell.bytes), column.type != MYSQL_TYPE_DATE, column.decimals);
        break;
    case MYSQL_TYPE_TIME:
        appendTime(timeValue(unpackTime(cell.bytes)), static_cast<int>(std::min(column.decimals, 6U)), text);
        break;
    case MYSQL_TYPE_BIT:
        return QByteArray::number(bits(cell.bytes));
    default:
        text = cell.bytes;
    }
    return QByteArray::fromStdString(text);
}

} // namespace tidemark::mysql
