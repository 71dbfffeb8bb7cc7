// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/rowbatch.h"
#include "core/mapping/tablemapping.h"

namespace tidemark {

bool keyCollates(const TableMapping &mapping); // could the target's key index equate a key with another one?
QString foldedKey(const RowBatch &rows, int row); // the key as the loosest collation sees it

} // namespace tidemark
