// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/data/celltype.h"

namespace tidemark {

// Order and sums of value bytes (celltype.h), for the rules that merge cells. Exact: nothing goes through a double but
// a Float itself.

// <0, 0, >0; nothing: the kind has no order, or a value is NaN.
std::optional<int> compareCells(CellKind kind, std::string_view a, std::string_view b);

// base + (a − base) + (b − base), as value bytes; nothing: no number, or one that does not fit (64 bits of an Integer,
// 36 digits of a Decimal).
std::optional<std::string> sumOfMoves(CellKind kind, std::string_view base, std::string_view a, std::string_view b);

} // namespace tidemark
