// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace tidemark::postgres {

// The server's binary numeric: digits to the base of 10,000, with the scale as displayed.

// Appends the digits ("-12.50", "NaN", "-Infinity"); false: not such a field.
bool appendNumericText(std::string_view field, std::string &out);

// Appends the field of a decimal in normal form (decimaltext.h); false: more digits than the format holds.
bool appendNumericField(std::string_view normal, std::string &out);

} // namespace tidemark::postgres
