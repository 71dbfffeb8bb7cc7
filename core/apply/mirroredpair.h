// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/apply/tablepair.h"

namespace tidemark {

// The same two tables the other way round: what writes to the target writes to the source. Layout and digests stay, so
// that rows of both directions are the same; checkpoint, retry set and rows set aside are its own ("orders ← copy").
TablePair mirroredPair(const TablePair &pair);

// How the target's changes are found (two-way): as its own settings say, else as the source's, by the matched column.
DetectSettings targetDetect(const TablePair &pair);

} // namespace tidemark
