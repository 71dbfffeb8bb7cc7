// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/http/inference.h"

#include <algorithm>
#include <charconv>

#include "core/data/celldecoder.h"

namespace tidemark::http {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t mostColumns = 2000;

bool isUuid(std::string_view text)
{
    constexpr std::size_t length = 36;
    if (text.size() != length)
        return false;
    for (std::size_t i = 0; i < length; ++i) {
        const bool isDash = i == 8 || i == 13 || i == 18 || i == 23;
        const bool isHex = (text[i] >= '0' && text[i] <= '9') || (text[i] >= 'a' && text[i] <= 'f');
        if (isDash ? text[i] != '-' : !isHex)
            return false;
    }
    return true;
}

bool isWhole(std::string_view digits)
{
    qint64 value = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return read.ec == std::errc() && read.ptr == digits.data() + digits.size();
}

} // namespace

Inference::Guess Inference::guessOf(std::string_view value, std::string &scratch)
{
    switch (kindOf(value)) {
    case JsonKind::Null:
        return Guess::Unknown;
    case JsonKind::Boolean:
        return Guess::Boolean;
    case JsonKind::Number:
        return isWhole(value) ? Guess::Integer : Guess::Decimal;
    case JsonKind::Array:
    case JsonKind::Object:
        return Guess::Json;
    case JsonKind::String:
        break;
    }
    decodeString(value, scratch);
    if (isUuid(scratch))
        return Guess::Uuid;
    if (parseDate(scratch))
        return Guess::Date;
    if (const auto time = parseTimestamp(scratch))
        return time->offsetSeconds ? Guess::Instant : Guess::Timestamp;
    return Guess::Text;
}

std::optional<Inference::Guess> Inference::both(Guess a, Guess b)
{
    if (a == b || b == Guess::Unknown)
        return a;
    if (a == Guess::Unknown)
        return b;
    const auto isNumber = [](Guess guess) { return guess == Guess::Integer || guess == Guess::Decimal; };
    if (isNumber(a) && isNumber(b))
        return Guess::Decimal;
    const auto isText = [](Guess guess) {
        return guess == Guess::Text || guess == Guess::Date || guess == Guess::Time || guess == Guess::Timestamp
            || guess == Guess::Instant || guess == Guess::Uuid;
    };
    return isText(a) && isText(b) ? std::optional(Guess::Text) : std::nullopt;
}

ColumnType Inference::typeOf(Guess guess)
{
    const auto named = [](QLatin1StringView name) { return *httpColumnType(name); };
    switch (guess) {
    case Guess::Boolean:
        return named("boolean"_L1);
    case Guess::Integer:
        return named("integer"_L1);
    case Guess::Decimal:
        return named("decimal"_L1);
    case Guess::Date:
        return named("date"_L1);
    case Guess::Time:
        return named("time"_L1);
    case Guess::Timestamp:
        return named("datetime"_L1);
    case Guess::Instant:
        return named("timestamp"_L1);
    case Guess::Uuid:
        return named("uuid"_L1);
    case Guess::Json:
        return named("json"_L1);
    case Guess::Unknown:
    case Guess::Text:
        break;
    }
    return named("text"_L1);
}

Result<Inference::Field *> Inference::field(std::string_view quotedName)
{
    std::string name;
    decodeString(quotedName, name);
    const auto found =
        std::find_if(m_fields.begin(), m_fields.end(), [&name](const Field &field) { return field.name == name; });
    if (found != m_fields.end())
        return &*found;
    if (m_fields.size() >= mostColumns)
        return fail(Error{ErrorCode::TypesIncompatible,
                          {{Fact::Table, m_resource}, {Fact::Limit, QString::number(mostColumns)}},
                          u"too many members to be columns"_s});
    m_fields.push_back({std::move(name), Guess::Unknown});
    return &m_fields.back();
}

Result<void> Inference::take(std::string_view record)
{
    ++m_records;
    for (JsonItems items(record); items.next();) {
        TRY_ASSIGN(Field *const known, field(items.key()));
        const Guess guess = guessOf(items.value(), m_scratch);
        const auto agreed = both(known->guess, guess);
        if (!agreed) {
            Error error{ErrorCode::TypesIncompatible, {}, {}};
            error.with(Fact::Table, m_resource).with(Fact::Column, QString::fromStdString(known->name));
            error.with(Fact::Record, QString::number(m_records)).with(Fact::Found, typeOf(guess).native);
            return fail(error.with(Fact::Expected, typeOf(known->guess).native));
        }
        known->guess = *agreed;
    }
    return {};
}

std::vector<RecordColumn> Inference::columns() const
{
    std::vector<RecordColumn> columns;
    for (const Field &field : m_fields)
        columns.push_back({QString::fromStdString(field.name), typeOf(field.guess), {field.name}});
    return columns;
}

} // namespace tidemark::http
