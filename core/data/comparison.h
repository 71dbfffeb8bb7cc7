// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "core/data/celltype.h"

namespace tidemark {

// How the comparison bytes of a value relate to its value bytes (celltype.h).
enum class ComparisonForm : quint8 {
    Same,
    Own, // they are in the out parameter
    AsNull, // emptyIsNull
    Invalid, // the bytes are no value of this type
};

// The one rule for readers and for rows that come back from a file. `out` is scratch; only Own leaves a meaning in it.
ComparisonForm comparisonForm(const CellType &type, std::string_view value, std::string &out);

// Whether the bytes have a size that the kind allows; cheap, for rows that come from outside.
bool isSizeOf(CellKind kind, std::size_t size);

} // namespace tidemark
