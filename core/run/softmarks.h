// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/jobsettings.h"
#include "core/data/tableschema.h"

namespace tidemark {

// What a soft delete asks of a pair of tables: its column is there and can hold the values (NoSuchColumn,
// TypesIncompatible with Fact::Expected "mark").
Result<void> checkMark(const JobSettings &job, const JobTable &table, const TableSchema &source,
                       const TableSchema &target);

// The column of a side that the job writes is its own mark, and no part of the row.
void leaveMarkOut(const JobSettings &job, const JobTable &table, const TableSchema &source, TableRules &rules);

} // namespace tidemark
