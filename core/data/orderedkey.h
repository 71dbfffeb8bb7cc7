// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/data/rowbatch.h"

namespace tidemark {

// A row's key as bytes that sort as keys do (celltype.h, ORDER), for indexes that know nothing of cells: cell by cell
// the comparison bytes; those of no fixed size with every 0x00 as 0x00 0xff and closed by 0x00 0x00. Equal keys, equal
// bytes. The key is whole: no cell is NULL.
void appendOrderedKey(const RowBatch &rows, int row, std::string &out);

} // namespace tidemark
