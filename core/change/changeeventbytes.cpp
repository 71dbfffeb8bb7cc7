// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/changeeventbytes.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace tidemark {

namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr auto decodings = [] {
    std::array<signed char, 256> table{};
    for (signed char &place : table)
        place = -1;
    for (std::size_t i = 0; i < alphabet.size(); ++i)
        table[static_cast<unsigned char>(alphabet[i])] = static_cast<signed char>(i);
    return table;
}();

// The conversion is quadratic, so that a stranger's number must not be of any length.
constexpr std::size_t maxDecimalBytes = 4096;
constexpr int maxScale = 16'383;
constexpr std::uint32_t group = 1'000'000'000;
constexpr std::size_t groupDigits = 9;

// The magnitude of a two's complement as digits, none for zero.
std::string magnitudeDigits(std::string_view bytes, bool isNegative)
{
    std::vector<std::uint32_t> groups; // of nine digits, the lowest first
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(isNegative ? ~c : c);
        std::uint64_t carry = byte;
        for (std::uint32_t &part : groups) {
            const std::uint64_t value = (std::uint64_t(part) << 8) + carry;
            part = static_cast<std::uint32_t>(value % group);
            carry = value / group;
        }
        if (carry != 0)
            groups.push_back(static_cast<std::uint32_t>(carry));
    }
    if (isNegative) { // the complement, plus one
        std::size_t at = 0;
        while (at < groups.size() && ++groups[at] == group)
            groups[at++] = 0;
        if (at == groups.size())
            groups.push_back(1);
    }
    std::string digits;
    for (std::size_t i = groups.size(); i-- > 0;) {
        const std::string part = std::to_string(groups[i]);
        if (!digits.empty())
            digits.append(groupDigits - part.size(), '0');
        digits += part;
    }
    return digits;
}

} // namespace

bool appendFromBase64(std::string_view text, std::string &out)
{
    if (text.size() % 4 != 0)
        return false;
    const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
    const std::size_t start = out.size();
    out.resize(start + text.size() / 4 * 3);
    char *place = out.data() + start;
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < text.size(); i += 4) {
        const bool isLast = i + 4 == text.size();
        bits = 0;
        for (std::size_t j = 0; j < 4; ++j) {
            const bool isPadding = isLast && j >= 4 - padding;
            const int value = isPadding ? 0 : decodings[static_cast<unsigned char>(text[i + j])];
            if (value < 0)
                return false;
            bits = bits << 6 | static_cast<std::uint32_t>(value);
        }
        *place++ = static_cast<char>(bits >> 16);
        *place++ = static_cast<char>(bits >> 8);
        *place++ = static_cast<char>(bits);
    }
    out.resize(out.size() - padding);
    return (bits & ((std::uint32_t(1) << (8 * padding)) - 1)) == 0;
}

void appendBase64(std::string_view bytes, std::string &out)
{
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
        std::uint32_t bits = 0;
        for (std::size_t j = 0; j < 3; ++j)
            bits = bits << 8 | (j < count ? static_cast<unsigned char>(bytes[i + j]) : 0U);
        for (std::size_t j = 0; j < 4; ++j)
            out += j <= count ? alphabet[bits >> (18 - 6 * j) & 0x3f] : '=';
    }
}

bool appendUnscaledDecimal(std::string_view bytes, int scale, std::string &out)
{
    if (bytes.empty() || bytes.size() > maxDecimalBytes || scale < -maxScale || scale > maxScale)
        return false;
    const bool isNegative = (static_cast<unsigned char>(bytes[0]) & 0x80) != 0;
    std::string digits = magnitudeDigits(bytes, isNegative);
    if (digits.empty())
        digits = "0";
    else if (scale < 0)
        digits.append(static_cast<std::size_t>(-scale), '0');
    const std::size_t fraction = scale > 0 ? static_cast<std::size_t>(scale) : 0;
    if (digits.size() <= fraction)
        digits.insert(0, fraction + 1 - digits.size(), '0');
    if (isNegative)
        out += '-';
    out.append(digits, 0, digits.size() - fraction);
    if (fraction > 0)
        out.append(".").append(digits, digits.size() - fraction);
    return true;
}

bool appendBits(std::string_view bytes, int length, std::string &out)
{
    const std::size_t held = bytes.size() * 8;
    const std::size_t count = length > 0 ? static_cast<std::size_t>(length) : held;
    if (count > held + 8 || count > maxDecimalBytes * 8)
        return false;
    for (std::size_t i = held; i > count; --i) {
        if ((static_cast<unsigned char>(bytes[(i - 1) / 8]) >> ((i - 1) % 8) & 1) != 0)
            return false;
    }
    for (std::size_t i = count; i-- > 0;)
        out += i < held && (static_cast<unsigned char>(bytes[i / 8]) >> (i % 8) & 1) != 0 ? '1' : '0';
    return true;
}

} // namespace tidemark
