// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <map>

#include "app/cli/arguments.h"
#include "app/cli/output.h"
#include "core/config/jobsettings.h"
#include "core/journal/journal.h"
#include "core/journal/planfile.h"

namespace tidemark::cli {

// The layouts of the tables of one job's conflicts, as the journal keeps them.
class ConflictTables
{
public:
    ConflictTables(Journal &journal, QString jobId) : m_journal(journal), m_jobId(std::move(jobId)) { }
    Result<const PlanTable *> of(const QString &table); // null: not kept

private:
    Journal &m_journal;
    QString m_jobId;
    std::map<QString, std::optional<PlanTable>> m_tables;
};

// In the order of their ids, page by page.
using VisitConflict = std::function<Result<void>(const Conflict &conflict)>;
Result<void> eachConflict(Journal &journal, const QString &jobId, const QList<ConflictState> &states,
                          const VisitConflict &visit);

// --table T: by the pair's name or either side's. Usage where the job names its tables, and this is none of them.
Result<void> checkTable(const Arguments &arguments, const JobSettings &job);
bool isOfTable(const Conflict &conflict, const QString &asked);

QJsonObject conflictDocument(const Conflict &conflict, const PlanTable *table); // fields of interfaces.md
// A block of lines: what it is, and the columns that differ.
void printConflict(Output &out, const Conflict &conflict, const PlanTable *table);

} // namespace tidemark::cli
