// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/sql/mysql/mysqlbinder.h"

#include <algorithm>
#include <cmath>

#include "core/data/celldecoder.h"
#include "core/data/cellencoder.h"
#include "core/data/decimaltext.h"
#include "core/data/timetext.h"
#include "core/endpoint/sql/mysql/mysqltypes.h"

using namespace Qt::StringLiterals;

namespace tidemark::mysql {

namespace {

constexpr qint64 longestTime = ((838LL * 60 + 59) * 60 + 59) * microsecondsPerSecond + 999'999;
constexpr int valueShown = 200; // bytes of a refused value in a message

enum_field_types wireTypeOf(const ColumnType &type, bool isBit)
{
    if (isBit)
        return MYSQL_TYPE_LONGLONG;
    switch (type.kind) {
    case CellKind::Boolean:
    case CellKind::Integer:
        return MYSQL_TYPE_LONGLONG;
    case CellKind::Decimal:
        return MYSQL_TYPE_NEWDECIMAL;
    case CellKind::Float:
        return type.bytes == 4 ? MYSQL_TYPE_FLOAT : MYSQL_TYPE_DOUBLE;
    case CellKind::Blob:
        return MYSQL_TYPE_BLOB;
    case CellKind::Date:
        return MYSQL_TYPE_DATE;
    case CellKind::Time:
        return MYSQL_TYPE_TIME;
    case CellKind::Timestamp:
    case CellKind::Instant:
        return MYSQL_TYPE_DATETIME;
    case CellKind::Text:
    case CellKind::Uuid:
    case CellKind::Json:
    case CellKind::Exact:
        break;
    }
    return MYSQL_TYPE_STRING;
}

void point(MYSQL_BIND &bind, BindSlot &slot, const void *data, size_t size)
{
    bind.buffer = const_cast<void *>(data); // the library only reads parameters
    slot.length = static_cast<unsigned long>(size);
    bind.buffer_length = slot.length;
    bind.length = &slot.length;
}

qint64 characters(std::string_view utf8)
{
    return std::count_if(utf8.begin(), utf8.end(),
                         [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; });
}

// Kinds whose value bytes are bound the same way.
CellKind boundKind(CellKind kind) { return kind == CellKind::Json ? CellKind::Text : kind; }

} // namespace

ColumnBinder::ColumnBinder(const CellType &cell, const CellSource &target)
    : m_cell(cell), m_type(target.type), m_column(target.column), m_members(membersOf(target.type.native)),
      m_isChar(target.type.native.startsWith("char"_L1)), m_isBinary(target.type.native.startsWith("binary"_L1)),
      m_isBit(target.type.native.startsWith("bit("_L1)), m_isSet(target.type.native.startsWith("set("_L1)),
      m_unsigned(m_isBit || (target.type.kind == CellKind::Integer && target.type.isUnsigned)),
      m_wireType(wireTypeOf(target.type, m_isBit))
{
    if (boundKind(cell.kind) == boundKind(target.type.kind))
        return;
    auto layout = std::make_shared<RowLayout>();
    CellType own;
    own.kind = target.type.kind;
    layout->cells = {own};
    layout->keyCount = 1;
    layout->comparedCount = 1;
    CellSource source = target;
    source.type.kind = cell.kind;
    m_converted.reset(layout);
    m_encoder = std::make_unique<RowEncoder>(layout, std::vector<CellSource>{source});
}

Error ColumnBinder::fault(ErrorCode code, std::string_view value) const
{
    return Error{code, {}, {}}
        .with(Fact::Column, m_column)
        .with(Fact::Value,
              QString::fromUtf8(value.data(), std::min<qsizetype>(static_cast<qsizetype>(value.size()), valueShown)))
        .with(Fact::Type, m_type.native);
}

std::optional<Error> ColumnBinder::convert(std::string_view bytes)
{
    m_converted.clear();
    m_encoder->setBatch(&m_converted); // each time: a binder moves with its vector
    m_encoder->beginRow();
    deliverCell(*m_encoder, m_cell.kind, CellView{bytes, false});
    m_encoder->endRow();
    if (const Error *error = m_converted.fault(0))
        return Error(*error).with(Fact::Type, m_type.native);
    return std::nullopt;
}

std::optional<Error> ColumnBinder::bind(CellView cell, BindSlot &slot, MYSQL_BIND &bind)
{
    bool isNull = cell.isNull;
    std::string_view bytes = cell.bytes;
    if (m_encoder && !isNull) {
        if (auto error = convert(bytes))
            return error;
        const CellView converted = m_converted.value(0, 0);
        isNull = converted.isNull;
        bytes = converted.bytes;
    }
    slot.isNull = isNull ? 1 : 0;
    slot.indicator = isNull ? STMT_INDICATOR_NULL : STMT_INDICATOR_NONE;
    bind.is_null = &slot.isNull;
    bind.u.indicator = &slot.indicator;
    if (isNull) {
        point(bind, slot, &slot.whole, 0);
        return std::nullopt;
    }
    return bindValue(bytes, slot, bind);
}

std::optional<Error> ColumnBinder::bindValue(std::string_view bytes, BindSlot &slot, MYSQL_BIND &bind)
{
    const CellView cell{bytes, false};
    switch (m_type.kind) {
    case CellKind::Boolean:
        slot.whole = cell::boolean(cell) ? 1 : 0;
        point(bind, slot, &slot.whole, sizeof slot.whole);
        return std::nullopt;
    case CellKind::Integer:
        return bindWhole(bytes, slot, bind);
    case CellKind::Decimal:
        return bindDecimal(bytes, slot, bind);
    case CellKind::Float:
        return bindReal(cell::real(cell), slot, bind);
    case CellKind::Text:
    case CellKind::Json:
        if (m_encoder) { // it lies in the batch of the conversion, which the next cell overwrites
            slot.text = bytes;
            return bindText(slot.text, slot, bind);
        }
        return bindText(bytes, slot, bind);
    case CellKind::Blob:
        if (m_encoder) {
            slot.text = bytes;
            return bindBytes(slot.text, slot, bind);
        }
        return bindBytes(bytes, slot, bind);
    case CellKind::Date:
        return bindDate(cell::date(cell), 0, slot, bind);
    case CellKind::Time:
        return bindTime(cell::microseconds(cell), slot, bind);
    case CellKind::Timestamp:
    case CellKind::Instant:
        return bindMoment(cell::microseconds(cell), slot, bind);
    case CellKind::Uuid:
        slot.text.clear();
        cell::appendText(CellType{CellKind::Uuid}, cell, slot.text);
        point(bind, slot, slot.text.data(), slot.text.size());
        return std::nullopt;
    case CellKind::Exact:
        slot.text = bytes;
        return m_isBit ? bindBits(slot.text, slot, bind) : bindExact(slot.text, slot, bind);
    }
    return fault(ErrorCode::ValueNotKept, {});
}

std::optional<Error> ColumnBinder::bindWhole(std::string_view bytes, BindSlot &slot, MYSQL_BIND &bind) const
{
    const auto whole = cell::integer(CellView{bytes, false});
    if (m_unsigned ? whole.isNegative : !whole.isNegative && whole.toSigned() < 0) {
        std::string digits;
        cell::appendText(CellType{CellKind::Integer}, CellView{bytes, false}, digits);
        return fault(ErrorCode::ValueOutOfRange, digits);
    }
    slot.whole = whole.value;
    point(bind, slot, &slot.whole, sizeof slot.whole);
    return std::nullopt;
}

std::optional<Error> ColumnBinder::bindReal(double value, BindSlot &slot, MYSQL_BIND &bind) const
{
    const auto refuse = [&] {
        std::string digits;
        appendShortest(value, digits);
        return fault(ErrorCode::ValueNotKept, digits);
    };
    if (!std::isfinite(value))
        return refuse();
    if (m_type.scale >= 0) { // float(7,3): the server rounds
        std::string digits;
        std::string scratch;
        m_type.bytes == 4 ? appendShortest(static_cast<float>(value), digits) : appendShortest(value, digits);
        const auto normal = normalDecimal(digits, scratch);
        std::string floored;
        if (!normal || flooredDecimal(*normal, m_type.scale, floored) != trimmedDecimal(*normal))
            return refuse();
    }
    if (m_type.bytes == 4) {
        slot.real32 = static_cast<float>(value);
        if (!std::isfinite(slot.real32) || (m_cell.floatBits != 32 && double(slot.real32) != value))
            return refuse();
        point(bind, slot, &slot.real32, sizeof slot.real32);
        return std::nullopt;
    }
    slot.real = value;
    point(bind, slot, &slot.real, sizeof slot.real);
    return std::nullopt;
}

std::optional<Error> ColumnBinder::bindDecimal(std::string_view digits, BindSlot &slot, MYSQL_BIND &bind) const
{
    std::string scratch;
    const auto normal = normalDecimal(digits, scratch);
    if (!normal || normal->find_first_of("NI") != std::string_view::npos)
        return fault(ErrorCode::ValueNotKept, digits);
    std::string floored;
    const std::string_view counted = m_cell.kind == CellKind::Decimal && m_cell.scale >= 0
        ? flooredDecimal(*normal, m_cell.scale, floored)
        : trimmedDecimal(*normal);
    const size_t dot = counted.find('.');
    const auto fraction = dot == std::string_view::npos ? 0 : static_cast<int>(counted.size() - dot - 1);
    if (fraction > std::max(m_type.scale, 0))
        return fault(ErrorCode::ValueNotKept, digits);
    const auto whole = static_cast<int>(std::min(dot, counted.size())) - (counted.starts_with('-') ? 1 : 0);
    const bool isFraction = counted == "0" || counted.starts_with("0.") || counted.starts_with("-0.");
    if (m_type.precision >= 0 && !isFraction && whole > m_type.precision - std::max(m_type.scale, 0))
        return fault(ErrorCode::ValueOutOfRange, digits);
    slot.text = counted;
    point(bind, slot, slot.text.data(), slot.text.size());
    return std::nullopt;
}

std::optional<Error> ColumnBinder::bindText(std::string_view text, BindSlot &slot, MYSQL_BIND &bind) const
{
    if (text.ends_with(' ')) {
        if (m_isChar && !m_cell.ignoreTrailingSpaces)
            return fault(ErrorCode::ValueNotKept, text);
        // Spaces that do not fit are cut with a mere note.
        if (m_type.length >= 0 && characters(text) > m_type.length)
            return fault(ErrorCode::ValueTooLong, text);
    }
    point(bind, slot, text.data(), text.size());
    return std::nullopt;
}

std::optional<Error> ColumnBinder::bindBytes(std::string_view bytes, BindSlot &slot, MYSQL_BIND &bind) const
{
    const auto size = static_cast<qint64>(bytes.size());
    if (m_type.length >= 0 && size > m_type.length)
        return fault(ErrorCode::ValueTooLong, {});
    if (m_isBinary && size != m_type.length)
        return fault(ErrorCode::ValueNotKept, {});
    point(bind, slot, bytes.data(), bytes.size());
    return std::nullopt;
}

std::optional<Error> ColumnBinder::bindExact(std::string_view text, BindSlot &slot, MYSQL_BIND &bind) const
{
    const QString value = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    if (m_isSet && !value.isEmpty()) {
        qsizetype last = -1;
        for (const QString &member : value.split(u',')) {
            const qsizetype at = m_members.indexOf(member);
            if (at <= last)
                return fault(ErrorCode::ValueNotKept, text);
            last = at;
        }
    } else if (!m_isSet && !m_members.isEmpty() && !m_members.contains(value)) {
        return fault(ErrorCode::ValueNotKept, text);
    }
    point(bind, slot, text.data(), text.size());
    return std::nullopt;
}

std::optional<Error> ColumnBinder::bindBits(std::string_view digits, BindSlot &slot, MYSQL_BIND &bind) const
{
    if (static_cast<qint64>(digits.size()) != m_type.length || digits.find_first_not_of("01") != std::string_view::npos)
        return fault(ErrorCode::ValueNotKept, digits);
    slot.whole = 0;
    for (const char digit : digits)
        slot.whole = slot.whole << 1 | (digit == '1' ? 1 : 0);
    point(bind, slot, &slot.whole, sizeof slot.whole);
    return std::nullopt;
}

std::optional<Error> ColumnBinder::bindDate(qint32 days, qint64 timeOfDay, BindSlot &slot, MYSQL_BIND &bind) const
{
    qint64 year = 0;
    int month = 0;
    int day = 0;
    const bool isInfinite = days == std::numeric_limits<qint32>::min() || days == std::numeric_limits<qint32>::max();
    if (!isInfinite)
        civilFromDays(days, year, month, day);
    if (isInfinite || year < 0 || year > 9999) {
        std::string text;
        if (!isInfinite)
            appendDate(days, text);
        return fault(ErrorCode::ValueOutOfRange, isInfinite ? "infinity" : std::string_view(text));
    }
    slot.time = {};
    slot.time.year = static_cast<unsigned>(year);
    slot.time.month = static_cast<unsigned>(month);
    slot.time.day = static_cast<unsigned>(day);
    slot.time.hour = static_cast<unsigned>(timeOfDay / (3600 * microsecondsPerSecond));
    slot.time.minute = static_cast<unsigned>(timeOfDay / (60 * microsecondsPerSecond) % 60);
    slot.time.second = static_cast<unsigned>(timeOfDay / microsecondsPerSecond % 60);
    slot.time.second_part = static_cast<unsigned long>(timeOfDay % microsecondsPerSecond);
    slot.time.time_type = m_type.kind == CellKind::Date ? MYSQL_TIMESTAMP_DATE : MYSQL_TIMESTAMP_DATETIME;
    point(bind, slot, &slot.time, sizeof slot.time);
    return std::nullopt;
}

std::optional<Error> ColumnBinder::bindMoment(qint64 microseconds, BindSlot &slot, MYSQL_BIND &bind) const
{
    const bool isInfinite =
        microseconds == std::numeric_limits<qint64>::min() || microseconds == std::numeric_limits<qint64>::max();
    const qint64 floored = isInfinite ? microseconds : cell::floorMicroseconds(microseconds, m_type.fraction);
    // timestamp begins with the second after 1970; its first second is the server's mark for none
    if (isInfinite || (m_type.kind == CellKind::Instant && floored < microsecondsPerSecond)) {
        std::string text;
        if (!isInfinite)
            appendTimestamp(microseconds, 0, "", text);
        return fault(ErrorCode::ValueOutOfRange, isInfinite ? "infinity" : std::string_view(text));
    }
    qint64 days = floored / microsecondsPerDay;
    qint64 rest = floored % microsecondsPerDay;
    if (rest < 0) {
        rest += microsecondsPerDay;
        --days;
    }
    return bindDate(static_cast<qint32>(days), rest, slot, bind);
}

std::optional<Error> ColumnBinder::bindTime(qint64 microseconds, BindSlot &slot, MYSQL_BIND &bind) const
{
    const qint64 floored = cell::floorMicroseconds(microseconds, m_type.fraction);
    const qint64 size = std::abs(floored);
    if (size > longestTime) {
        std::string text;
        appendTime(microseconds, 0, text);
        return fault(ErrorCode::ValueOutOfRange, text);
    }
    slot.time = {};
    slot.time.neg = floored < 0 ? 1 : 0;
    slot.time.day = static_cast<unsigned>(size / microsecondsPerDay);
    slot.time.hour = static_cast<unsigned>(size / (3600 * microsecondsPerSecond) % 24);
    slot.time.minute = static_cast<unsigned>(size / (60 * microsecondsPerSecond) % 60);
    slot.time.second = static_cast<unsigned>(size / microsecondsPerSecond % 60);
    slot.time.second_part = static_cast<unsigned long>(size % microsecondsPerSecond);
    slot.time.time_type = MYSQL_TIMESTAMP_TIME;
    point(bind, slot, &slot.time, sizeof slot.time);
    return std::nullopt;
}

} // namespace tidemark::mysql
