// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/rowencoder.h"

namespace tidemark {

// A canonical cell of that kind handed to an encoder, as a driver would deliver it: it becomes a cell of its own kind.
void deliverCell(RowEncoder &encoder, CellKind kind, CellView cell);

} // namespace tidemark
