// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/reconcile/cellarithmetic.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/data/celldecoder.h"
#include "core/data/decimaltext.h"

namespace tidemark {

namespace {

__extension__ using Wide = __int128;
constexpr int mostDigits = 36; // three of them add up within 127 bits

CellView view(std::string_view bytes) { return {bytes, false}; }

struct Scaled // value × 10^scale
{
    Wide value = 0;
    int scale = 0;
};

// Nothing: NaN, infinite, or too long.
std::optional<Scaled> scaledDecimal(std::string_view normal)
{
    Scaled number;
    int digits = 0;
    bool fraction = false;
    const bool negative = normal.starts_with('-');
    for (const char c : normal.substr(negative ? 1 : 0)) {
        if (c == '.') {
            fraction = true;
            continue;
        }
        if (c < '0' || c > '9' || ++digits > mostDigits)
            return std::nullopt;
        number.value = number.value * 10 + (c - '0');
        number.scale += fraction ? 1 : 0;
    }
    if (digits == 0)
        return std::nullopt;
    if (negative)
        number.value = -number.value;
    return number;
}

bool rescale(Scaled &number, int scale)
{
    constexpr Wide bound = Wide(1) << 120;
    for (; number.scale < scale; ++number.scale) {
        if (number.value > bound / 10 || number.value < -bound / 10)
            return false;
        number.value *= 10;
    }
    return true;
}

std::string decimalText(Scaled number)
{
    const bool negative = number.value < 0;
    Wide rest = negative ? -number.value : number.value;
    std::string digits;
    for (int place = 0; rest != 0 || place <= number.scale; ++place) {
        if (place == number.scale && number.scale > 0)
            digits += '.';
        digits += char('0' + int(rest % 10));
        rest /= 10;
    }
    if (negative)
        digits += '-';
    std::reverse(digits.begin(), digits.end());
    return digits;
}

// "12.5": sign, digits before the point without leading zeros, digits after it without trailing ones.
int compareMagnitudes(std::string_view a, std::string_view b)
{
    const auto whole = [](std::string_view text) { return std::min(text.find('.'), text.size()); };
    if (whole(a) != whole(b))
        return whole(a) < whole(b) ? -1 : 1;
    return a.compare(b); // digit by digit; the longer fraction is the larger one
}

std::optional<int> compareDecimals(std::string_view a, std::string_view b)
{
    if (a == "NaN" || b == "NaN")
        return std::nullopt;
    const auto rank = [](std::string_view text) {
        return text == "Infinity" ? 2 : text == "-Infinity" ? -2 : text.starts_with('-') ? -1 : 1;
    };
    a = trimmedDecimal(a);
    b = trimmedDecimal(b);
    if (rank(a) != rank(b))
        return rank(a) < rank(b) ? -1 : 1;
    if (rank(a) == 1)
        return compareMagnitudes(a, b);
    return rank(a) == -1 ? compareMagnitudes(b.substr(1), a.substr(1)) : 0;
}

Wide wideInteger(std::string_view bytes)
{
    const cell::Integer number = cell::integer(view(bytes));
    return number.isNegative ? Wide(number.toSigned()) : Wide(number.value);
}

std::optional<std::string> integerBytes(Wide value)
{
    constexpr Wide least = -(Wide(1) << 63);
    constexpr Wide most = (Wide(1) << 64) - 1;
    if (value < least || value > most)
        return std::nullopt;
    std::string bytes(1, value < 0 ? '\0' : '\1');
    const auto bits = quint64(value);
    for (int shift = 56; shift >= 0; shift -= 8)
        bytes += char((bits >> shift) & 0xff);
    return bytes;
}

std::string floatBytes(double value)
{
    quint64 bits = 0;
    std::memcpy(&bits, &value, sizeof bits);
    bits = (bits >> 63) != 0 ? ~bits : bits | (quint64(1) << 63);
    std::string bytes;
    for (int shift = 56; shift >= 0; shift -= 8)
        bytes += char((bits >> shift) & 0xff);
    return bytes;
}

std::optional<std::string> sumOfDecimals(std::string_view base, std::string_view a, std::string_view b)
{
    auto atBase = scaledDecimal(base);
    auto first = scaledDecimal(a);
    auto second = scaledDecimal(b);
    if (!atBase || !first || !second)
        return std::nullopt;
    const int scale = std::max({atBase->scale, first->scale, second->scale});
    if (!rescale(*atBase, scale) || !rescale(*first, scale) || !rescale(*second, scale))
        return std::nullopt;
    return decimalText({first->value + second->value - atBase->value, scale});
}

} // namespace

std::optional<int> compareCells(CellKind kind, std::string_view a, std::string_view b)
{
    switch (kind) {
    case CellKind::Json:
    case CellKind::Exact:
        return std::nullopt;
    case CellKind::Decimal:
        return compareDecimals(a, b);
    case CellKind::Float:
        if (std::isnan(cell::real(view(a))) || std::isnan(cell::real(view(b))))
            return std::nullopt;
        [[fallthrough]];
    default:
        return a.compare(b); // the bytes sort as the values do
    }
}

std::optional<std::string> sumOfMoves(CellKind kind, std::string_view base, std::string_view a, std::string_view b)
{
    switch (kind) {
    case CellKind::Integer:
        return integerBytes(wideInteger(a) + wideInteger(b) - wideInteger(base));
    case CellKind::Decimal:
        return sumOfDecimals(base, a, b);
    case CellKind::Float: {
        const double sum = cell::real(view(a)) + cell::real(view(b)) - cell::real(view(base));
        return std::isfinite(sum) ? std::optional(floatBytes(sum)) : std::nullopt;
    }
    default:
        return std::nullopt;
    }
}

} // namespace tidemark
