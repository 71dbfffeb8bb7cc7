// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/apply/tablepair.h"

namespace tidemark {

// Rows that cannot be written in any order – unique values that swap places, foreign keys in a circle – are written
// twice: first with stand-ins in the cells that are in the way, then as they should be.

std::vector<int> uniqueCells(const TablePair &pair); // written cells under a unique index of the target, the key apart
std::vector<int> foreignCells(const TablePair &pair); // written cells of the target's foreign keys, the key apart

// Appends the row with stand-ins in these cells: NULL where the column takes it, else a random value that fits (only
// where `invented`). false: there is none for some cell, and nothing was appended.
bool appendStandIn(const TablePair &pair, const RowBatch &rows, int row, const std::vector<int> &cells, bool invented,
                   RowBatch &out);

} // namespace tidemark
