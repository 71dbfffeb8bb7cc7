// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/planfile.h"
#include "core/run/execution.h"

namespace tidemark {

PlanTable planTableOf(const TablePair &pair); // its names, columns and digests

// Compares a job's tables and writes nothing at either side: for a plan file, or (planFile empty) for verify, by hash
// and counts alone.
class Planner
{
public:
    Planner(RunContext &context, QString planFile)
        : m_context(context), m_sides(context, false), m_planFile(std::move(planFile))
    { }
    RunReport run();

private:
    Result<void> compareAll();
    Result<void> compareTable(int index, const EarlierState &state);
    Result<void> createPlan();

    RunContext &m_context;
    Sides m_sides;
    QString m_planFile;
    std::unique_ptr<PlanWriter> m_plan;
    QList<MatchedTable> m_matched;
    QList<TableReport> m_reports;
};

} // namespace tidemark
