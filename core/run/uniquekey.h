// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/apply/tableapplier.h"

namespace tidemark {

bool keyIsUnique(const TablePair &pair); // does an index of the source keep the job's key unique?

// Of rows looked up by their keys. Two rows of one key: neither is the row of that key, and a write by it would be one
// to both.
Result<void> requireUnique(const RowBatch &rows, const RowNumbers &byKey);

} // namespace tidemark
