// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/apply/tablepair.h"
#include "core/run/runcontext.h"

namespace tidemark {

// One table of the job as it was matched against both databases; error: it cannot run.
struct MatchedTable
{
    JobTable settings;
    QString sourceName; // for people
    QString targetName;
    std::optional<TablePair> pair;
    std::optional<TableSchema> toCreate; // the target's table is missing and the job creates it
    std::optional<Error> error;
    QByteArray sourceToken, targetToken; // schemas as matched
};

// Finds the job's tables on both sides and matches their columns. Only a failure of the whole (connection lost, nothing
// matched) is an error of the result.
Result<QList<MatchedTable>> matchTables(const JobSettings &job, Session &source, Session &target);

// Drops the tables that `only` does not name (MatchedTable::sourceName); empty: keeps all. A name that is no table of
// the job is NoSuchTable.
Result<void> keepOnly(const QStringList &only, QList<MatchedTable> &tables);

// Creates the missing targets and matches them; before any transaction. A table that cannot be created keeps the error.
Result<void> createMissing(const JobSettings &job, Session &source, Session &target, QList<MatchedTable> &tables);

} // namespace tidemark
