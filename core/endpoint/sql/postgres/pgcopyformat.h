// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace tidemark::postgres {

// Of COPY … (FORMAT binary): signature, no flags, no extension; then rows; then a row of −1 fields.
constexpr std::string_view copyHeader("PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", 19);
constexpr std::string_view copyTrailer("\377\377", 2);

} // namespace tidemark::postgres
