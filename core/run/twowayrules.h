// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/apply/tablepair.h"
#include "core/run/twowaysink.h"

namespace tidemark {

// What a job says of one table's conflicts, for the columns that were matched. NoSuchColumn: one that decides is not
// among them; WrongValue: a rule, or a column to be the newest, whose values do not fit.
Result<TwoWaySettings> twoWaySettings(const TablePair &pair);

} // namespace tidemark
