// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/cellconversion.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

#include "core/data/cellbytes.h"
#include "core/data/celldecoder.h"
#include "core/data/comparison.h"
#include "core/data/decimaltext.h"
#include "core/data/jsoncanonical.h"
#include "core/data/timetext.h"
#include "core/data/utf8text.h"

namespace tidemark {

namespace {

constexpr double wholeLimit = 9007199254740992.0; // 2⁵³
constexpr std::size_t shownBytes = 120;

bool isTextual(CellKind kind) { return kind == CellKind::Text || kind == CellKind::Exact; }

bool isInfinite(qint64 microseconds)
{
    return microseconds == std::numeric_limits<qint64>::max() || microseconds == std::numeric_limits<qint64>::min();
}

std::string uuidText(std::string_view bytes)
{
    std::string text;
    cell::appendText(CellType{.kind = CellKind::Uuid}, {bytes, false}, text);
    return text;
}

} // namespace

ZoneOffsets &CellConversion::zone() { return m_encoder.m_zones[m_encoder.m_cell - 1]; }

void CellConversion::refuse(std::string_view shown, bool isBinary)
{
    RowBatch &batch = *m_encoder.m_batch;
    const std::string_view cut = shown.substr(0, shownBytes);
    const auto size = static_cast<qsizetype>(cut.size());
    QString value = isBinary ? QString::fromLatin1(QByteArray::fromRawData(cut.data(), size).toHex())
                             : QString::fromUtf8(cut.data(), size);
    if (cut.size() < shown.size())
        value += u'…';
    Error error{ErrorCode::ValueNotKept, {}, {}};
    error.with(Fact::Column, m_encoder.m_sources[m_encoder.m_cell - 1].column)
        .with(Fact::Value, value)
        .with(Fact::Type, cellKindName(m_type.kind));
    batch.setFault(std::move(error));
    batch.appendNull();
}

void CellConversion::put(std::string_view value)
{
    RowBatch &batch = *m_encoder.m_batch;
    std::string &own = m_encoder.m_comparisonScratch;
    switch (comparisonForm(m_type, value, own)) {
    case ComparisonForm::Same:
        batch.appendCell(value);
        return;
    case ComparisonForm::Own:
        batch.appendCell(value, own);
        return;
    case ComparisonForm::AsNull:
        batch.appendCellComparedAsNull(value);
        return;
    case ComparisonForm::Invalid:
        refuse(value);
        return;
    }
}

void CellConversion::putReal(double value)
{
    std::array<char, sizeof value> bytes;
    cellbytes::putReal(value, bytes.data());
    const bool isPlain = m_type.floatBits == 64 && !(m_type.floatTolerance > 0) && value != 0;
    if (isPlain)
        m_encoder.m_batch->appendCell({bytes.data(), bytes.size()});
    else
        put({bytes.data(), bytes.size()});
}

void CellConversion::putTime(qint64 microseconds)
{
    std::array<char, sizeof microseconds> bytes;
    cellbytes::putTime(microseconds, bytes.data());
    put({bytes.data(), bytes.size()});
}

void CellConversion::putDate(qint32 days) { cellbytes::putDate(days, m_encoder.m_batch->appendRaw(sizeof days)); }

void CellConversion::putBoolean(bool value) { *m_encoder.m_batch->appendRaw(1) = value ? '\1' : '\0'; }

void CellConversion::putDigits(std::string_view normal)
{
    if (m_type.kind == CellKind::Decimal || isTextual(m_type.kind) || m_type.kind == CellKind::Json)
        put(normal);
    else
        refuse(normal);
}

// Text whose bytes may be anything: the policy for U+0000, then UTF-8.
void CellConversion::putText(std::string_view utf8)
{
    if (m_type.refuseNul && utf8.find('\0') != std::string_view::npos) {
        if (m_type.nulByte == NulByte::Refuse) {
            refuse(utf8, true);
            return;
        }
        m_encoder.m_scratch.assign(utf8);
        std::erase(m_encoder.m_scratch, '\0');
        utf8 = m_encoder.m_scratch;
    }
    if (isValidUtf8(utf8))
        put(utf8);
    else
        refuse(utf8, true);
}

void CellConversion::integer(bool isNegative, quint64 bits)
{
    std::array<char, 24> buffer;
    char *const begin = buffer.data();
    const auto result = isNegative ? std::to_chars(begin, begin + buffer.size(), static_cast<qint64>(bits))
                                   : std::to_chars(begin, begin + buffer.size(), bits);
    const std::string_view digits(begin, result.ptr);
    if (m_type.kind == CellKind::Boolean && !isNegative && bits <= 1) {
        putBoolean(bits == 1);
        return;
    }
    if (m_type.kind != CellKind::Float) {
        putDigits(digits);
        return;
    }
    const quint64 magnitude = isNegative ? 0 - bits : bits;
    const auto value = static_cast<double>(magnitude);
    // 2⁶⁴ is what the greatest numbers round to, and not theirs; the cast back would be undefined.
    if (value >= 18446744073709551616.0 || static_cast<quint64>(value) != magnitude)
        refuse(digits);
    else
        putReal(isNegative ? -value : value);
}

void CellConversion::decimal(std::string_view digits)
{
    const auto normal = normalDecimal(digits, m_encoder.m_scratch);
    if (!normal) {
        refuse(digits);
    } else if (m_type.kind == CellKind::Integer) {
        parseInteger(*normal);
    } else if (m_type.kind == CellKind::Float) {
        parseReal(*normal);
    } else {
        putDigits(*normal);
    }
}

void CellConversion::putWholeReal(double value, std::string_view shown)
{
    if (std::abs(value) < wholeLimit && std::trunc(value) == value)
        cellbytes::putInteger(static_cast<qint64>(value), m_encoder.m_batch->appendRaw(9));
    else
        refuse(shown);
}

void CellConversion::real(double value)
{
    std::string &shortest = m_encoder.m_scratch;
    shortest.clear();
    appendShortest(value, shortest);
    std::string scratch;
    if (m_type.kind == CellKind::Integer)
        putWholeReal(value, shortest);
    else if (m_type.kind == CellKind::Decimal)
        put(*normalDecimal(shortest, scratch));
    else
        putDigits(shortest);
}

void CellConversion::real32(float value)
{
    std::string &shortest = m_encoder.m_scratch;
    shortest.clear();
    appendShortest(value, shortest);
    std::string scratch;
    if (m_type.kind == CellKind::Integer)
        putWholeReal(static_cast<double>(value), shortest);
    else if (m_type.kind == CellKind::Decimal)
        put(*normalDecimal(shortest, scratch));
    else
        putDigits(shortest);
}

void CellConversion::text(std::string_view utf8)
{
    switch (m_type.kind) {
    case CellKind::Text:
    case CellKind::Exact:
        putText(utf8);
        return;
    case CellKind::Blob:
        m_encoder.m_batch->appendCell(utf8);
        return;
    case CellKind::Json:
        json(utf8);
        return;
    case CellKind::Integer: // digits alone: "1e3" and "1.0" are decimals
        if (utf8.find_first_not_of("+-0123456789") == std::string_view::npos)
            parseInteger(utf8);
        else
            refuse(utf8);
        return;
    case CellKind::Decimal:
        decimal(utf8);
        return;
    case CellKind::Float:
        parseReal(utf8);
        return;
    case CellKind::Boolean:
        parseBoolean(utf8);
        return;
    case CellKind::Uuid:
        parseUuid(utf8);
        return;
    case CellKind::Date:
    case CellKind::Time:
    case CellKind::Timestamp:
    case CellKind::Instant:
        parseDateOrTime(utf8);
        return;
    }
}

void CellConversion::parseInteger(std::string_view text)
{
    std::string scratch;
    const auto normal = normalDecimal(text, scratch);
    const auto integer = normal ? integerOfDecimal(*normal) : std::nullopt;
    constexpr quint64 leastMagnitude = quint64(1) << 63;
    if (!integer || (integer->isNegative && integer->magnitude > leastMagnitude)) {
        refuse(text);
        return;
    }
    char *const place = m_encoder.m_batch->appendRaw(9);
    if (integer->isNegative && integer->magnitude > 0)
        cellbytes::putInteger(static_cast<qint64>(0 - integer->magnitude), place);
    else
        cellbytes::putUnsigned(integer->magnitude, place);
}

void CellConversion::parseReal(std::string_view text)
{
    std::string scratch;
    const auto normal = normalDecimal(text, scratch);
    const auto value = normal ? realOfDecimal(*normal) : std::nullopt;
    if (value)
        putReal(*value);
    else
        refuse(text);
}

void CellConversion::parseBoolean(std::string_view text)
{
    if (text == "t" || text == "true" || text == "1")
        putBoolean(true);
    else if (text == "f" || text == "false" || text == "0")
        putBoolean(false);
    else
        refuse(text);
}

void CellConversion::parseUuid(std::string_view text)
{
    std::array<char, 16> bytes{};
    std::size_t digits = 0;
    bool isUuid = text.size() == 36;
    for (std::size_t i = 0; i < text.size() && isUuid; ++i) {
        const bool wantsDash = i == 8 || i == 13 || i == 18 || i == 23;
        const char c = text[i];
        const char lower = static_cast<char>(c | 0x20);
        const bool isHex = (c >= '0' && c <= '9') || (lower >= 'a' && lower <= 'f');
        isUuid = wantsDash ? c == '-' : isHex;
        if (wantsDash || !isUuid)
            continue;
        const int nibble = c <= '9' ? c - '0' : lower - 'a' + 10;
        char &byte = bytes.at(digits / 2);
        byte = static_cast<char>(byte | (digits % 2 == 0 ? nibble << 4 : nibble));
        ++digits;
    }
    if (isUuid)
        m_encoder.m_batch->appendCell({bytes.data(), bytes.size()});
    else
        refuse(text);
}

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

void CellConversion::blob(std::string_view bytes)
{
    if (m_type.kind == CellKind::Uuid && bytes.size() == 16)
        m_encoder.m_batch->appendCell(bytes);
    else if (isTextual(m_type.kind))
        putText(bytes);
    else
        refuse(bytes, true);
}

void CellConversion::boolean(bool value)
{
    if (m_type.kind == CellKind::Integer)
        cellbytes::putInteger(value ? 1 : 0, m_encoder.m_batch->appendRaw(9));
    else if (isTextual(m_type.kind))
        put(value ? "true" : "false");
    else
        refuse(value ? "true" : "false");
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

void CellConversion::uuid(std::string_view bytes16)
{
    if (bytes16.size() != 16)
        refuse(bytes16, true);
    else if (isTextual(m_type.kind))
        put(uuidText(bytes16));
    else if (m_type.kind == CellKind::Blob)
        m_encoder.m_batch->appendCell(bytes16);
    else
        refuse(uuidText(bytes16));
}

void CellConversion::json(std::string_view utf8)
{
    if (isTextual(m_type.kind))
        putText(utf8);
    else if (m_type.kind == CellKind::Json
             && (!m_type.jsonAsText || canonicalJson(utf8, m_encoder.m_comparisonScratch)))
        put(utf8);
    else
        refuse(utf8);
}

} // namespace tidemark
