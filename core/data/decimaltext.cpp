// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/decimaltext.h"

#include <array>
#include <charconv>
#include <cmath>
#include <limits>

namespace tidemark {

namespace {

constexpr qint64 maxDigits = 150'000; // PostgreSQL: 131072 before the point, 16383 after
constexpr std::size_t maxPlainReal = 24; // longer than that a number is read more easily with its exponent

bool isDigit(char c) { return c >= '0' && c <= '9'; }

std::size_t countDigits(std::string_view text, std::size_t from)
{
    std::size_t end = from;
    while (end < text.size() && isDigit(text[end]))
        ++end;
    return end - from;
}

bool isNormal(std::string_view text)
{
    std::size_t at = !text.empty() && text[0] == '-' ? 1 : 0;
    const std::size_t whole = countDigits(text, at);
    if (whole == 0 || (whole > 1 && text[at] == '0'))
        return false;
    at += whole;
    if (at == text.size())
        return true;
    if (text[at] != '.')
        return false;
    const std::size_t fraction = countDigits(text, at + 1);
    return fraction > 0 && at + 1 + fraction == text.size();
}

bool equalsIgnoringCase(std::string_view text, std::string_view lower)
{
    if (text.size() != lower.size())
        return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i] >= 'A' && text[i] <= 'Z' ? static_cast<char>(text[i] - 'A' + 'a') : text[i];
        if (c != lower[i])
            return false;
    }
    return true;
}

std::optional<std::string_view> special(std::string_view unsignedText, bool isNegative)
{
    if (equalsIgnoringCase(unsignedText, "nan"))
        return "NaN";
    if (equalsIgnoringCase(unsignedText, "infinity") || equalsIgnoringCase(unsignedText, "inf"))
        return isNegative ? "-Infinity" : "Infinity";
    return std::nullopt;
}

std::optional<qint64> exponentOf(std::string_view text) // "" is 0, else "e-12"
{
    if (text.empty())
        return 0;
    if (text[0] != 'e' && text[0] != 'E')
        return std::nullopt;
    text.remove_prefix(1);
    if (!text.empty() && text[0] == '+') {
        text.remove_prefix(1);
        if (!text.empty() && text[0] == '-')
            return std::nullopt;
    }
    qint64 value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

// `digits` with the point after the first `point` of them (which may lie outside), leading zeros cut.
void appendPlain(std::string_view digits, qint64 point, std::string &out)
{
    const auto size = static_cast<qint64>(digits.size());
    const std::size_t start = out.size();
    if (point > 0) {
        out.append(digits.substr(0, static_cast<std::size_t>(std::min(point, size))));
        if (point > size)
            out.append(static_cast<std::size_t>(point - size), '0');
        const std::size_t firstUsed = std::min(out.find_first_not_of('0', start), out.size() - 1);
        out.erase(start, firstUsed - start);
    } else {
        out += '0';
    }
    if (point >= size)
        return;
    out += '.';
    if (point < 0)
        out.append(static_cast<std::size_t>(-point), '0');
    out.append(digits.substr(static_cast<std::size_t>(std::max<qint64>(point, 0))));
}

template <typename Real> void appendReal(Real value, std::string &out)
{
    if (std::isnan(value)) {
        out += "NaN";
    } else if (std::isinf(value)) {
        out += value < 0 ? "-Infinity" : "Infinity";
    } else {
        std::array<char, 64> buffer;
        const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
        const std::string_view shortest(buffer.data(), result.ptr);
        std::string scratch;
        const bool hasExponent = shortest.find('e') != std::string_view::npos;
        const auto plain = hasExponent ? normalDecimal(shortest, scratch) : shortest;
        out += plain && plain->size() <= maxPlainReal ? *plain : shortest;
    }
}

} // namespace

std::optional<std::string_view> normalDecimal(std::string_view text, std::string &scratch)
{
    if (isNormal(text))
        return static_cast<qint64>(text.size()) <= maxDigits ? std::optional(text) : std::nullopt;
    const bool isNegative = !text.empty() && text[0] == '-';
    if (isNegative || (!text.empty() && text[0] == '+'))
        text.remove_prefix(1);
    if (const auto name = special(text, isNegative))
        return name;
    const std::size_t whole = countDigits(text, 0);
    const bool hasPoint = whole < text.size() && text[whole] == '.';
    const std::size_t fraction = hasPoint ? countDigits(text, whole + 1) : 0;
    if (whole + fraction == 0)
        return std::nullopt;
    const std::size_t mantissa = whole + (hasPoint ? 1 + fraction : 0);
    const auto exponent = exponentOf(text.substr(mantissa));
    if (!exponent || std::abs(*exponent) > maxDigits || static_cast<qint64>(mantissa) > maxDigits)
        return std::nullopt;
    std::string digits(text.substr(0, whole));
    if (hasPoint)
        digits.append(text.substr(whole + 1, fraction));
    scratch.assign(isNegative ? 1 : 0, '-');
    appendPlain(digits, static_cast<qint64>(whole) + *exponent, scratch);
    return scratch;
}

std::string_view trimmedDecimal(std::string_view normal)
{
    const std::size_t point = normal.find('.');
    if (point != std::string_view::npos) {
        std::size_t end = normal.size();
        while (normal[end - 1] == '0')
            --end;
        normal = normal.substr(0, end - 1 == point ? point : end);
    }
    return normal == "-0" ? std::string_view("0") : normal;
}

std::string_view flooredDecimal(std::string_view normal, int scale, std::string &scratch)
{
    const std::size_t point = normal.find('.');
    const auto kept = static_cast<std::size_t>(scale);
    if (point == std::string_view::npos || normal.size() - point - 1 <= kept)
        return trimmedDecimal(normal);
    const std::string_view cut = normal.substr(0, kept == 0 ? point : point + 1 + kept);
    const bool isExact = normal.find_first_not_of('0', point + 1 + kept) == std::string_view::npos;
    if (isExact || normal[0] != '-')
        return trimmedDecimal(cut);
    scratch.assign(cut); // a negative number moves away from zero
    for (std::size_t i = scratch.size(); i-- > 1;) {
        if (scratch[i] == '.')
            continue;
        if (scratch[i] != '9') {
            ++scratch[i];
            return trimmedDecimal(scratch);
        }
        scratch[i] = '0';
    }
    scratch.insert(1, 1, '1');
    return trimmedDecimal(scratch);
}

std::optional<DecimalInteger> integerOfDecimal(std::string_view normal)
{
    std::string_view text = trimmedDecimal(normal);
    DecimalInteger result;
    result.isNegative = text[0] == '-';
    if (result.isNegative)
        text.remove_prefix(1);
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), result.magnitude);
    if (error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return result;
}

void appendShortest(double value, std::string &out) { appendReal(value, out); }
void appendShortest(float value, std::string &out) { appendReal(value, out); }

std::optional<double> realOfDecimal(std::string_view normal)
{
    if (normal == "NaN")
        return std::numeric_limits<double>::quiet_NaN();
    double value = 0;
    if (normal.ends_with("Infinity"))
        return normal[0] == '-' ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::infinity();
    const auto [end, error] = std::from_chars(normal.data(), normal.data() + normal.size(), value);
    if (error != std::errc() || end != normal.data() + normal.size())
        return std::nullopt;
    const std::string_view wanted = trimmedDecimal(normal);
    const auto reads = [&](auto... format) {
        std::array<char, 64> buffer;
        const auto printed = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, format...);
        std::string scratch;
        const auto digits = normalDecimal(std::string_view(buffer.data(), printed.ptr), scratch);
        return digits && trimmedDecimal(*digits) == wanted;
    };
    if (reads() || reads(std::chars_format::scientific, 16))
        return value;
    return std::nullopt;
}

} // namespace tidemark
