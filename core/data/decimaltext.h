// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <QtGlobal>

namespace tidemark {

// Decimals as digits; nothing here goes through a double. The normal form is that of celltype.h:
// [-]digits[.digits] with its scale as it came, "NaN", "Infinity", "-Infinity".

// The normal form of any spelling (sign, leading zeros, ".5", exponent, names of infinity in any case): the view itself
// where it is normal already, else in scratch. Nothing: not a decimal, or more digits than any database keeps.
std::optional<std::string_view> normalDecimal(std::string_view text, std::string &scratch);

// Of a normal form: no trailing zeros after the point, no "-0". Views the argument or a literal.
std::string_view trimmedDecimal(std::string_view normal);

// Of a normal form: towards −infinity to so many digits after the point, and trimmed.
std::string_view flooredDecimal(std::string_view normal, int scale, std::string &scratch);

// A normal, finite, integral decimal as sign and magnitude; nothing: a fraction, or beyond 64 bits.
struct DecimalInteger
{
    bool isNegative = false;
    quint64 magnitude = 0;
};
std::optional<DecimalInteger> integerOfDecimal(std::string_view normal);

// The shortest digits that read back as the same number, without exponent where short; a normal form after
// normalDecimal().
void appendShortest(double value, std::string &out);
void appendShortest(float value, std::string &out);

// The double that these digits are the text of (shortest or with 17 digits); nothing where the double would be another
// number.
std::optional<double> realOfDecimal(std::string_view normal);

} // namespace tidemark
