// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>
#include <charconv>
#include <cmath>

#include "core/data/cellbytes.h"
#include "core/data/cellconversion.h"
#include "core/data/decimaltext.h"

// What CellConversion does with numbers and booleans.

namespace tidemark {

namespace {

constexpr double wholeLimit = 9007199254740992.0; // 2⁵³
constexpr quint32 integerSize = 9;

} // namespace

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

void CellConversion::putBoolean(bool value) { *m_encoder.m_batch->appendRaw(1) = value ? '\1' : '\0'; }

void CellConversion::putDigits(std::string_view normal)
{
    if (m_type.kind == CellKind::Decimal || isTextual(m_type.kind) || m_type.kind == CellKind::Json)
        put(normal);
    else
        refuse(normal);
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
        cellbytes::putInteger(static_cast<qint64>(value), m_encoder.m_batch->appendRaw(integerSize));
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
    char *const place = m_encoder.m_batch->appendRaw(integerSize);
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

void CellConversion::boolean(bool value)
{
    if (m_type.kind == CellKind::Integer)
        cellbytes::putInteger(value ? 1 : 0, m_encoder.m_batch->appendRaw(integerSize));
    else if (isTextual(m_type.kind))
        put(value ? "true" : "false");
    else
        refuse(value ? "true" : "false");
}

} // namespace tidemark
