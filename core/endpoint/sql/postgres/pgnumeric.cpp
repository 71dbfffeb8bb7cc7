// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/sql/postgres/pgnumeric.h"

#include <algorithm>
#include <array>

#include <QtEndian>

namespace tidemark::postgres {

namespace {

constexpr quint16 signNegative = 0x4000;
constexpr quint16 signNan = 0xc000;
constexpr quint16 signInfinity = 0xd000;
constexpr quint16 signMinusInfinity = 0xf000;
constexpr int groupDigits = 4;
constexpr std::size_t headerSize = 8;
constexpr std::size_t maxDigits = 16'383; // after the point, and about as many groups before it

void appendShort(int value, std::string &out)
{
    char bytes[2];
    qToBigEndian(static_cast<quint16>(value), bytes);
    out.append(bytes, sizeof bytes);
}

int shortAt(std::string_view field, std::size_t offset) { return qFromBigEndian<qint16>(field.data() + offset); }

std::array<char, groupDigits> digitsOf(int group)
{
    std::array<char, groupDigits> digits{};
    for (std::size_t i = groupDigits; i-- > 0; group /= 10)
        digits[i] = static_cast<char>('0' + group % 10);
    return digits;
}

void appendSpecial(int sign, std::string &out)
{
    for (const int value : {0, 0, sign, 0})
        appendShort(value, out);
}

// Four characters of the digits from `from` on; what lies outside counts as zero.
int groupAt(std::string_view digits, qsizetype from)
{
    int group = 0;
    for (qsizetype i = from; i < from + groupDigits; ++i)
        group = group * 10
            + (i >= 0 && i < static_cast<qsizetype>(digits.size()) ? digits[static_cast<std::size_t>(i)] - '0' : 0);
    return group;
}

} // namespace

bool appendNumericText(std::string_view field, std::string &out)
{
    if (field.size() < headerSize)
        return false;
    const int count = shortAt(field, 0);
    const int weight = shortAt(field, 2);
    const auto sign = static_cast<quint16>(shortAt(field, 4));
    const int scale = shortAt(field, 6);
    if (sign == signNan || sign == signInfinity || sign == signMinusInfinity) {
        out += sign == signNan ? "NaN" : sign == signInfinity ? "Infinity" : "-Infinity";
        return true;
    }
    if (count < 0 || scale < 0 || field.size() != headerSize + 2 * static_cast<std::size_t>(count))
        return false;
    const auto group = [&](int index) {
        return index >= 0 && index < count ? shortAt(field, headerSize + 2 * static_cast<std::size_t>(index)) : 0;
    };
    if (sign == signNegative)
        out += '-';
    const std::size_t start = out.size();
    for (int i = 0; i <= weight; ++i) {
        const auto digits = digitsOf(group(i));
        std::size_t skipped = 0;
        while (out.size() == start && skipped < groupDigits && digits[skipped] == '0')
            ++skipped;
        out.append(digits.data() + skipped, groupDigits - skipped);
    }
    if (out.size() == start)
        out += '0';
    if (scale > 0)
        out += '.';
    int index = weight + 1;
    for (int left = scale; left > 0; left -= groupDigits, ++index) {
        const auto digits = digitsOf(group(index));
        out.append(digits.data(), static_cast<std::size_t>(std::min(left, groupDigits)));
    }
    return true;
}

bool appendNumericField(std::string_view normal, std::string &out)
{
    if (normal == "NaN" || normal == "Infinity" || normal == "-Infinity") {
        appendSpecial(normal == "NaN" ? signNan : normal == "Infinity" ? signInfinity : signMinusInfinity, out);
        return true;
    }
    const bool negative = normal.starts_with('-');
    normal.remove_prefix(negative ? 1 : 0);
    const std::size_t point = std::min(normal.find('.'), normal.size());
    const std::string_view whole = normal.substr(0, point);
    const std::string_view fraction = point < normal.size() ? normal.substr(point + 1) : std::string_view();
    if (fraction.size() > maxDigits || whole.size() > 131'072)
        return false;
    const auto wholeSize = static_cast<qsizetype>(whole.size());
    const auto fractionSize = static_cast<qsizetype>(fraction.size());
    const qsizetype wholeGroups = (wholeSize + groupDigits - 1) / groupDigits;
    const qsizetype fractionGroups = (fractionSize + groupDigits - 1) / groupDigits;
    const auto groupOf = [&](qsizetype index) {
        return index < wholeGroups ? groupAt(whole, wholeSize - (wholeGroups - index) * groupDigits)
                                   : groupAt(fraction, (index - wholeGroups) * groupDigits);
    };
    qsizetype first = 0;
    qsizetype end = wholeGroups + fractionGroups;
    while (first < end && groupOf(first) == 0)
        ++first;
    while (end > first && groupOf(end - 1) == 0)
        --end;
    appendShort(static_cast<int>(end - first), out);
    appendShort(first == end ? 0 : static_cast<int>(wholeGroups - 1 - first), out);
    appendShort(negative && first < end ? signNegative : 0, out);
    appendShort(static_cast<int>(fractionSize), out);
    for (qsizetype i = first; i < end; ++i)
        appendShort(groupOf(i), out);
    return true;
}

} // namespace tidemark::postgres
