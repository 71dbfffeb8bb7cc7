// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/jobsettings.h"
#include "core/journal/conflictrows.h"
#include "core/run/twowaysink.h"

namespace tidemark {

// Which side changed a cell since both were in step. Unknown: they differ, and nothing tells.
enum class CellMove : quint8 { None, Source, Target, Both, Unknown };
// One a cell of the layout; all None where a side has no row.
std::vector<CellMove> cellMoves(const Conflict &conflict, const ConflictRows &rows);

// What a policy would answer to stored conflicts of one table, was it the job's: with the job's rules for columns, by
// the pictures in the journal, and without asking a database.
class ConflictJudge
{
public:
    // newest: the column that tells it, by either side's name; empty: the job's own. The errors of twoWaySettings().
    static Result<ConflictJudge> open(const JobSettings &job, const PlanTable &table, ConflictPolicy policy,
                                      const QString &newest = {});
    // None: under this policy, too, a person is asked.
    ConflictReply reply(const Conflict &conflict) const;

private:
    ConflictJudge(const PlanTable &table, TwoWaySettings settings) : m_table(table), m_settings(std::move(settings)) { }
    std::optional<JobSide> newer(const ConflictRows &rows) const;
    ConflictAnswer oneWayAnswer(const ConflictRows &rows) const;

    PlanTable m_table;
    TwoWaySettings m_settings;
};

// What the job says of the table that a layout in the journal is of.
const JobTable &jobTableOf(const JobSettings &job, const PlanTable &table);

} // namespace tidemark
