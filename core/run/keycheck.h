// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/apply/tablepair.h"

namespace tidemark {

// Before any run: whether each row of the pair's source has a key of its own. An index may say so; else the rows are
// asked, within `milliseconds`. False: nobody can tell, and a run finds out. KeyNotUnique: two have one, which it
// names. The session is outside any transaction.
Result<bool> keysDiffer(Session &source, const TablePair &pair, qint64 milliseconds);

} // namespace tidemark
