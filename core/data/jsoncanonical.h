// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace tidemark {

// The canonical form of a JSON text (celltype.h) in out: keys sorted by the bytes of their canonical text, the last of
// doubled ones, no blanks, numbers as decimals of any length, strings with the shortest escapes. false: not JSON
// (strict RFC 8259, UTF-8, at most 1,000 levels). An escaped lone surrogate, which no UTF-8 can hold, stays an escape.
bool canonicalJson(std::string_view text, std::string &out);

} // namespace tidemark
