// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/data/tablerules.h"
#include "core/data/tableschema.h"

namespace tidemark {

// A table of events as the target's table describes it: of `columns` those that it has a column for and that `isBorne`
// says are of all rows. What the target alone does with a column is left out.
TableSchema queueTable(const TableSchema &target, const TableRules &rules, const std::vector<std::string> &columns,
                       const std::function<bool(const std::string &)> &isBorne);

// Likewise where nothing but deletes came, if anything: all of the target's columns, the key's as the deletes call
// them.
TableSchema deletedTable(const TableSchema &target, const TableRules &rules, const std::set<std::string> &keys);

// An error in short for somebody who looks at quarantine: "jsonPath: before.id, expected: integer".
QString factsText(const Error &error);

} // namespace tidemark
