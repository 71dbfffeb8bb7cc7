// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/sql/sqlite/storedvalue.h"

#include <charconv>
#include <cmath>

#include <sqlite3.h>

#include "core/data/decimaltext.h"

namespace tidemark {

namespace {

using Storage = StoredValue::Storage;

bool isBlank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool isDigit(char c) { return c >= '0' && c <= '9'; }

size_t skipDigits(std::string_view text, size_t at)
{
    while (at < text.size() && isDigit(text[at]))
        ++at;
    return at;
}

struct Number // a text that SQLite takes for a number
{
    std::string_view text; // without blanks and '+'
    bool isInteger = true;
};

std::optional<Number> asNumber(std::string_view text)
{
    while (!text.empty() && isBlank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isBlank(text.back()))
        text.remove_suffix(1);
    if (!text.empty() && text.front() == '+')
        text.remove_prefix(1);
    Number number{text, true};
    size_t at = !text.empty() && text.front() == '-' ? 1 : 0;
    const size_t start = at;
    at = skipDigits(text, at);
    size_t digits = at - start;
    if (at < text.size() && text[at] == '.') {
        const size_t fraction = at + 1;
        at = skipDigits(text, fraction);
        digits += at - fraction;
        number.isInteger = false;
    }
    if (digits == 0)
        return std::nullopt;
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        const size_t sign = at + 1 < text.size() && (text[at + 1] == '+' || text[at + 1] == '-') ? 1 : 0;
        const size_t exponent = at + 1 + sign;
        at = skipDigits(text, exponent);
        if (at == exponent)
            return std::nullopt;
        number.isInteger = false;
    }
    return at == text.size() ? std::optional(number) : std::nullopt;
}

StoredValue numberOf(const Number &number)
{
    const char *end = number.text.data() + number.text.size();
    qint64 integer = 0;
    if (number.isInteger && std::from_chars(number.text.data(), end, integer).ec == std::errc())
        return StoredValue::ofInteger(integer);
    double real = 0;
    if (std::from_chars(number.text.data(), end, real).ec == std::errc::result_out_of_range)
        real = std::nan(""); // beyond what a double holds: never equal to anything
    return StoredValue::ofReal(real);
}

// SQLite keeps a whole number as an integer there.
StoredValue integral(const StoredValue &value)
{
    constexpr double limit = 9223372036854774784.0; // the greatest double below 2⁶³
    if (value.storage != Storage::Real || !(std::abs(value.real) <= limit) || std::trunc(value.real) != value.real)
        return value;
    return StoredValue::ofInteger(static_cast<qint64>(value.real));
}

} // namespace

std::optional<StoredValue> storedValue(const SqliteStatement &row, int column)
{
    switch (row.storage(column)) {
    case SQLITE_INTEGER:
        return StoredValue::ofInteger(row.integer(column));
    case SQLITE_FLOAT:
        return StoredValue::ofReal(row.real(column));
    case SQLITE_BLOB:
        return StoredValue::ofBlob(row.blob(column));
    case SQLITE_NULL:
        return StoredValue();
    default:
        break;
    }
    const std::string_view text = row.text(column);
    return text.data() == nullptr ? std::nullopt : std::optional(StoredValue::ofText(text));
}

void bindStored(SqliteStatement &statement, int parameter, const StoredValue &value)
{
    switch (value.storage) {
    case Storage::Null:
        statement.bindNull(parameter);
        return;
    case Storage::Integer:
        statement.bindInteger(parameter, value.integer);
        return;
    case Storage::Real:
        statement.bindReal(parameter, value.real);
        return;
    case Storage::Text:
        statement.bindStaticText(parameter, value.bytes);
        return;
    case Storage::Blob:
        statement.bindStaticBlob(parameter, value.bytes);
        return;
    }
}

void encodeStored(RowEncoder &encoder, CellKind kind, const StoredValue &value, std::string &scratch)
{
    switch (value.storage) {
    case Storage::Null:
        encoder.null();
        return;
    case Storage::Text:
        encoder.text(value.bytes);
        return;
    case Storage::Blob:
        encoder.blob(value.bytes);
        return;
    case Storage::Integer:
        if (kind != CellKind::Json) {
            encoder.integer(value.integer);
            return;
        }
        scratch = std::to_string(value.integer); // NUMERIC affinity made a number of a document that is one
        encoder.json(scratch);
        return;
    case Storage::Real:
        if (kind != CellKind::Json) {
            encoder.real(value.real);
            return;
        }
        scratch.clear();
        appendShortest(value.real, scratch);
        encoder.json(scratch);
        return;
    }
}

StoredValue underAffinity(Affinity affinity, const StoredValue &value, std::string &scratch)
{
    StoredValue result = value;
    const bool numeric = affinity == Affinity::Numeric || affinity == Affinity::Integer || affinity == Affinity::Real;
    if (affinity == Affinity::Text && value.storage == Storage::Integer) {
        scratch = std::to_string(value.integer);
        return StoredValue::ofText(scratch);
    }
    if (numeric && value.storage == Storage::Text)
        if (const auto number = asNumber(value.bytes))
            result = numberOf(*number);
    if (affinity == Affinity::Real && result.storage == Storage::Integer)
        return StoredValue::ofReal(static_cast<double>(result.integer));
    return affinity == Affinity::Numeric || affinity == Affinity::Integer ? integral(result) : result;
}

void appendExact(const StoredValue &value, std::string &out)
{
    switch (value.storage) {
    case Storage::Null:
        return;
    case Storage::Integer:
        out += "i:" + std::to_string(value.integer);
        return;
    case Storage::Real:
        out += "r:";
        appendShortest(value.real, out);
        return;
    case Storage::Text:
        out.append("t:").append(value.bytes);
        return;
    case Storage::Blob:
        out += "b:";
        out += QByteArray::fromRawData(value.bytes.data(), static_cast<qsizetype>(value.bytes.size()))
                   .toHex()
                   .toStdString();
        return;
    }
}

SqlValue exactValue(const QByteArray &text)
{
    const QByteArray rest = text.mid(2);
    if (text.startsWith("i:"))
        return rest.toLongLong();
    if (text.startsWith("r:")) {
        double value = 0;
        std::from_chars(rest.constData(), rest.constData() + rest.size(), value);
        return value;
    }
    if (text.startsWith("b:"))
        return QByteArray::fromHex(rest);
    return QString::fromUtf8(rest);
}

} // namespace tidemark
