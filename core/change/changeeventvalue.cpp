// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/changeeventvalue.h"

#include <charconv>
#include <limits>

#include "core/change/changeeventbytes.h"
#include "core/change/changeeventsource.h"
#include "core/data/celldecoder.h"
#include "core/data/timetext.h"

namespace tidemark {

namespace {

using Meaning = EventType::Meaning;

constexpr std::size_t shownBytes = 100;
constexpr std::string_view unavailable = "__debezium_unavailable_value";
constexpr std::string_view unavailableBase64 = "X19kZWJleml1bV91bmF2YWlsYWJsZV92YWx1ZQ==";
// What Debezium writes for PostgreSQL's infinite timestamps, in microseconds.
constexpr qint64 debeziumInfinity = 9'223'372'036'825'200'000;
constexpr qint64 debeziumMinusInfinity = -9'223'372'036'832'400'000;
constexpr qint64 plausibleFromMs = 94'694'400'000; // 1973
constexpr qint64 plausibleUntilMs = 7'258'118'400'000; // 2200

// As shortest digits of a double are read: no rounding but the nearest.
template <typename Float> bool readReal(std::string_view text, Float &value)
{
    const char *end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, value);
    return error == std::errc() && stopped == end;
}

bool isPlausible(qint64 milliseconds) { return milliseconds >= plausibleFromMs && milliseconds < plausibleUntilMs; }

} // namespace

void EventValue::refuse(std::string_view shown)
{
    Error error{ErrorCode::ValueNotKept, {}, {}};
    error.with(Fact::Column, m_source.column)
        .with(Fact::Value, QString::fromUtf8(shown.substr(0, shownBytes)) + (shown.size() > shownBytes ? u"…" : u""))
        .with(Fact::Type, cellKindName(m_type.kind));
    m_batch.setFault(std::move(error));
    m_encoder.null();
}

bool EventValue::isTemporal() const
{
    return m_type.kind == CellKind::Time || m_type.kind == CellKind::Timestamp || m_type.kind == CellKind::Instant;
}

void EventValue::encode(const EventField &field, bool isOurs)
{
    switch (field.value.kind) {
    case JsonToken::Kind::Null:
        m_encoder.null();
        return;
    case JsonToken::Kind::True:
    case JsonToken::Kind::False:
        if (m_type.kind == CellKind::Json)
            m_encoder.json(field.value.kind == JsonToken::Kind::True ? "true" : "false");
        else
            m_encoder.boolean(field.value.kind == JsonToken::Kind::True);
        return;
    case JsonToken::Kind::Number:
        number(field, isOurs);
        return;
    case JsonToken::Kind::String:
        string(field, isOurs);
        return;
    default:
        structure(field);
    }
}

void EventValue::number(const EventField &field, bool isOurs)
{
    const JsonToken &token = field.value;
    qint64 value = 0;
    const bool isWhole = readWhole(token, value);
    switch (field.type.meaning) {
    case Meaning::Days:
        break;
    case Meaning::TimeMs:
        return isWhole ? moment(value, 0, 1000, true, token.text) : refuse(token.text);
    case Meaning::TimeUs:
        return isWhole ? moment(value, 0, 1, true, token.text) : refuse(token.text);
    case Meaning::TimeNs:
        return isWhole ? moment(value, 1000, 1, true, token.text) : refuse(token.text);
    case Meaning::TimestampMs:
        return isWhole ? moment(value, 0, 1000, false, token.text) : refuse(token.text);
    case Meaning::TimestampUs:
        return isWhole ? moment(value, 0, 1, false, token.text) : refuse(token.text);
    case Meaning::TimestampNs:
        return isWhole ? moment(value, 1000, 1, false, token.text) : refuse(token.text);
    case Meaning::Duration:
        // An interval column would take the number for seconds.
        return m_type.kind == CellKind::Integer || m_type.kind == CellKind::Decimal ? plainNumber(token, false)
                                                                                    : refuse(token.text);
    default:
        if (!field.hasType && isTemporal())
            return isWhole ? untypedTime(value, isOurs) : refuse(token.text);
        if (field.hasType || m_type.kind != CellKind::Date) {
            plainNumber(token, field.hasType ? field.type.meaning == Meaning::Float32 : m_source.type.bytes == 4);
            return;
        }
    }
    if (isWhole && value >= std::numeric_limits<qint32>::min() && value <= std::numeric_limits<qint32>::max())
        m_encoder.date(static_cast<qint32>(value));
    else
        refuse(token.text);
}

void EventValue::plainNumber(const JsonToken &token, bool isFloat32)
{
    qint64 value = 0;
    quint64 large = 0;
    if (m_type.kind == CellKind::Json) {
        m_encoder.json(token.text);
    } else if (m_type.kind == CellKind::Float) {
        float narrow = 0;
        double real = 0;
        if (isFloat32 && readReal(token.text, narrow))
            m_encoder.real32(narrow);
        else if (!isFloat32 && readReal(token.text, real))
            m_encoder.real(real);
        else
            refuse(token.text);
    } else if (readWhole(token, value)) {
        m_encoder.integer(value);
    } else if (const char *end = token.text.data() + token.text.size(); token.isWhole && token.text[0] != '-'
               && std::from_chars(token.text.data(), end, large).ec == std::errc()) {
        m_encoder.unsignedInteger(large);
    } else {
        m_encoder.decimal(token.text);
    }
}

// perMicrosecond: 0, or how many of the unit make one.
void EventValue::moment(qint64 value, qint64 perMicrosecond, qint64 microseconds, bool isTime, std::string_view shown)
{
    qint64 moment = value;
    if (perMicrosecond != 0) {
        if (value % perMicrosecond != 0)
            return refuse(shown);
        moment = value / perMicrosecond;
    } else if (__builtin_mul_overflow(value, microseconds, &moment)) {
        return refuse(shown);
    }
    if (isTime)
        return m_encoder.time(moment);
    if (moment == debeziumInfinity)
        moment = std::numeric_limits<qint64>::max();
    else if (moment == debeziumMinusInfinity)
        moment = std::numeric_limits<qint64>::min();
    m_encoder.timestamp(moment);
}

void EventValue::untypedTime(qint64 value, bool isOurs)
{
    using Unit = EventReading::TimeUnit;
    const std::string shown = std::to_string(value);
    const bool isTime = m_type.kind == CellKind::Time;
    Unit unit = isOurs ? Unit::Microseconds : m_reading.timeUnit;
    if (unit == Unit::Auto) {
        unit = m_source.type.fraction <= 3 ? Unit::Milliseconds : Unit::Microseconds;
        const bool isMs = unit == Unit::Milliseconds;
        // As microseconds it would be less than 90 seconds, as milliseconds a time of day: either may be meant.
        const bool eitherTime = isTime && value > 0 && value <= microsecondsPerDay / 1000 && !isMs;
        const bool beyondTime =
            isTime && isMs && (value > microsecondsPerDay / 1000 || value < -microsecondsPerDay / 1000);
        const qint64 ms = isMs ? value : value / 1000;
        const bool other = isMs ? isPlausible(value / 1000) || isPlausible(value / 1'000'000)
                                : isPlausible(value) || isPlausible(value / 1'000'000);
        if (isTime ? eitherTime || beyondTime : !isPlausible(ms) && other)
            return refuse(shown);
    }
    if (unit == Unit::Nanoseconds)
        moment(value, 1000, 1, isTime, shown);
    else
        moment(value, 0, unit == Unit::Milliseconds ? 1000 : 1, isTime, shown);
}

void EventValue::string(const EventField &field, bool isOurs)
{
    std::string_view text;
    if (!unescaped(field.value, m_scratch.text, text))
        return refuse(field.value.text);
    if (!isOurs && (text == unavailable || (text == unavailableBase64 && m_type.kind == CellKind::Blob)))
        return refuse(text);
    switch (field.type.meaning) {
    case Meaning::Bytes:
    case Meaning::Bits:
        m_scratch.bytes.clear();
        if (!appendFromBase64(text, m_scratch.bytes))
            return refuse(text);
        return field.type.meaning == Meaning::Bytes ? m_encoder.blob(m_scratch.bytes)
                                                    : bits(m_scratch.bytes, field.type.length);
    case Meaning::Decimal:
        return decimal(text, field.type.scale);
    case Meaning::ZonedTimestamp:
        return zonedTimestamp(text);
    case Meaning::ZonedTime:
    case Meaning::IsoText:
        return isoText(text);
    default:
        return plainString(field, text, isOurs);
    }
}

void EventValue::plainString(const EventField &field, std::string_view text, bool isOurs)
{
    if (m_type.kind == CellKind::Json)
        return m_encoder.json(text);
    if (!field.hasType) {
        if (m_type.kind == CellKind::Blob) {
            m_scratch.bytes.clear();
            return appendFromBase64(text, m_scratch.bytes) ? m_encoder.blob(m_scratch.bytes) : refuse(text);
        }
        if (m_type.kind == CellKind::Decimal && !isOurs && m_reading.decimals == EventReading::Decimals::Base64)
            return m_source.type.scale < 0 ? refuse(text) : decimal(text, m_source.type.scale);
        if (m_type.kind == CellKind::Timestamp || m_type.kind == CellKind::Instant)
            return zonedTimestamp(text);
        if (m_type.kind == CellKind::Date || m_type.kind == CellKind::Time)
            return isoText(text);
    }
    m_encoder.text(text);
}

void EventValue::structure(const EventField &field)
{
    if (m_type.kind == CellKind::Json)
        return m_encoder.json(field.value.text);
    if (field.value.kind == JsonToken::Kind::Object
        && (!field.hasType || field.type.meaning == Meaning::VariableDecimal)) {
        JsonTokens tokens(field.value.text, 4);
        JsonToken name, value, digits;
        qint64 scale = -1;
        bool hasScale = false;
        tokens.enterObject();
        while (tokens.nextMember(name) && tokens.value(value)) {
            if (name.text == "value" && value.kind == JsonToken::Kind::String)
                digits = value;
            else if (name.text == "scale")
                hasScale = readWhole(value, scale) && scale >= -100'000 && scale <= 100'000;
        }
        std::string_view text;
        if (hasScale && !tokens.failed() && digits.kind == JsonToken::Kind::String
            && unescaped(digits, m_scratch.text, text))
            return decimal(text, static_cast<int>(scale));
    }
    refuse(field.value.text);
}

// The Z of a local time means nothing; any other offset would.
void EventValue::isoText(std::string_view text)
{
    if (m_type.kind != CellKind::Text && m_type.kind != CellKind::Exact) {
        if (text.ends_with('Z'))
            text.remove_suffix(1);
        else if (m_type.kind == CellKind::Time && text.ends_with("+00:00"))
            text.remove_suffix(6);
    }
    m_encoder.text(text);
}

void EventValue::zonedTimestamp(std::string_view text)
{
    const auto parsed = m_type.kind == CellKind::Timestamp ? parseTimestamp(text) : std::nullopt;
    qint64 utc = 0;
    if (!parsed || !parsed->offsetSeconds)
        m_encoder.text(text);
    else if (__builtin_sub_overflow(parsed->microseconds, *parsed->offsetSeconds * microsecondsPerSecond, &utc))
        refuse(text);
    else
        m_encoder.instant(utc);
}

void EventValue::decimal(std::string_view base64, int scale)
{
    m_scratch.bytes.clear();
    std::string digits;
    if (appendFromBase64(base64, m_scratch.bytes) && appendUnscaledDecimal(m_scratch.bytes, scale, digits))
        m_encoder.decimal(digits);
    else
        refuse(base64);
}

void EventValue::bits(std::string_view bytes, int length)
{
    std::string text;
    quint64 value = 0;
    if (!appendBits(bytes, length, text))
        return refuse(bytes);
    if (m_type.kind == CellKind::Integer && text.size() <= 64) {
        for (const char bit : text)
            value = value << 1 | (bit == '1' ? 1U : 0U);
        m_encoder.unsignedInteger(value);
    } else if (m_type.kind == CellKind::Text || m_type.kind == CellKind::Exact) {
        m_encoder.text(text);
    } else {
        refuse(text);
    }
}

} // namespace tidemark
