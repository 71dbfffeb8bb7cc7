// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "core/journal/conflict.h"
#include "core/journal/sqlitefile.h"

namespace tidemark {

// A conflict as a record of the journal. The texts of SQL list its cells in this order; those that may be large come
// last, so that a scan by state and run leaves their pages alone.
#define TIDEMARK_CONFLICT_CELLS                                                                                        \
    "job_id, table_name, state, run, kind, since_us, answer, answered_us, answered_by, ending, closed_us, key, "       \
    "key_text, mapping_digest, source, target, base, row_for_source, row_for_target, refusal, checksum"

qint64 conflictStateNumber(ConflictState state); // fixed: the file outlives the enumeration
std::optional<ConflictState> conflictStateOf(qint64 number);

// Binds the cells above, in their order.
SqliteQuery &bindConflict(SqliteQuery &query, const QString &jobId, const Conflict &conflict);
// Reads "id" and the cells above. Nothing: the record is damaged.
std::optional<Conflict> readConflict(const SqliteQuery &query);

} // namespace tidemark
