// SPDX-License-Identifier: GPL-3.0-or-later
// Which tables of a two-way run are written together, and in which order.
#include <algorithm>
#include <atomic>

#include "core/endpoint/sql/onedatabase.h"
#include "core/run/inparallel.h"
#include "core/run/twowayrun.h"

namespace tidemark {

void TwoWayRun::makeUnits()
{
    switch (m_s.context.job.transaction) {
    case TransactionScope::Batch:
        for (int i = 0; i < int(m_tables.size()); ++i)
            addUnit({i});
        break;
    case TransactionScope::Table: {
        // Foreign keys of either side join tables: what one side keeps together, both commit together.
        std::vector<std::vector<int>> groups = m_targetOrder.groups;
        for (const std::vector<int> &joined : m_sourceOrder.groups) {
            std::vector<int> group;
            for (const int table : joined) {
                const auto of = std::find_if(groups.begin(), groups.end(), [table](const std::vector<int> &one) {
                    return std::find(one.begin(), one.end(), table) != one.end();
                });
                if (of == groups.end())
                    continue; // one that is in `group` by now
                group.insert(group.end(), of->begin(), of->end());
                groups.erase(of);
            }
            groups.push_back(std::move(group));
        }
        for (std::vector<int> &group : groups) {
            if (!group.empty())
                addUnit(std::move(group));
        }
        break;
    }
    case TransactionScope::Run: {
        std::vector<int> all;
        for (const std::vector<int> &level : m_targetOrder.levels)
            all.insert(all.end(), level.begin(), level.end());
        addUnit(std::move(all));
        break;
    }
    }
}

void TwoWayRun::addUnit(std::vector<int> tables)
{
    RunContext &context = m_s.context;
    auto unit = std::make_unique<Unit>();
    const auto inOrder = [&tables](const TableOrder &order) {
        std::vector<int> sorted;
        for (const std::vector<int> &level : order.levels) {
            for (const int table : level) {
                if (std::find(tables.begin(), tables.end(), table) != tables.end())
                    sorted.push_back(table);
            }
        }
        return sorted;
    };
    unit->tables = inOrder(m_targetOrder);
    unit->atSource = inOrder(m_sourceOrder);
    unit->toTarget =
        std::make_unique<WriteLane>(context.connector, context.job.target, context.cancellation, context.gate, true);
    // Two transactions on one file with one writer would wait for each other.
    const bool sharesWriter =
        context.source.oneWriter && areOneDatabase(context.source.identity, context.target.identity);
    if (isBatchwise() || !sharesWriter)
        unit->toSource = std::make_unique<WriteLane>(context.connector, context.job.source, context.cancellation,
                                                     m_sourceGate, true);
    for (const int table : unit->tables) {
        for (const JobSide side : {JobSide::Target, JobSide::Source})
            m_tables[std::size_t(table)]->to(side).lane = unit->to(side);
    }
    m_units.push_back(std::move(unit));
}

Result<void> TwoWayRun::applyAll()
{
    TRY(onAll([this](Work &work) { return begin(work); }));
    m_spool.reset(); // from here on each table reads it on the thread that writes it
    if (isBatchwise())
        return applyBatchwise();
    std::vector<Result<void>> outcomes(m_units.size());
    inParallel(m_units.size(), m_s.context.job.parallel, [&](std::size_t i) { outcomes[i] = applyUnit(*m_units[i]); });
    for (Result<void> &outcome : outcomes) {
        if (!outcome && endsRun(outcome.error()))
            return std::move(outcome);
    }
    return {};
}

// Upserts by level, deletes in reverse, then what others were in the way of: first at the target, then at the source.
Result<void> TwoWayRun::applyBatchwise()
{
    for (const JobSide side : {JobSide::Target, JobSide::Source}) {
        TRY(onLevels(side, false, [&](Work &work) -> Result<void> {
            if (!work.active)
                return {};
            enter(work, Phase::Writing);
            TRY(takePlanned(work.to(side)));
            return work.to(side).applier->finishUpserts();
        }));
        TRY(onLevels(side, true, [&](Work &work) -> Result<void> {
            return work.active ? work.to(side).applier->applyDeletes(work.to(side).rows, m_s.context.approval)
                               : Result<void>();
        }));
        for (const bool lastPass : {false, false, true}) {
            TRY(onLevels(side, false, [&](Work &work) -> Result<void> {
                return work.active ? work.to(side).applier->retryRefused(lastPass) : Result<void>();
            }));
        }
    }
    return {};
}

// All of it or nothing, at both sides: what one table cannot do, none has done.
Result<void> TwoWayRun::applyUnit(Unit &unit)
{
    Work *current = nullptr;
    auto done = writeUnit(unit, current);
    if (!done) {
        for (const JobSide side : {JobSide::Target, JobSide::Source})
            unit.to(side)->rollback(done.error());
        for (const int table : unit.tables) {
            Work &work = *m_tables[std::size_t(table)];
            if (work.report.error)
                continue;
            work.report.error = done.error();
            if (current != nullptr && current != &work && !done.error().facts.contains(Fact::Table))
                work.report.error->with(Fact::Table, current->report.source);
        }
    }
    for (const JobSide side : {JobSide::Target, JobSide::Source})
        unit.to(side)->close();
    return done;
}

Result<void> TwoWayRun::writeUnit(Unit &unit, Work *&current)
{
    const auto onUnit = [&](const std::vector<int> &tables, const Step &step) -> Result<void> {
        for (const int table : tables) {
            current = m_tables[std::size_t(table)].get();
            if (current->report.error)
                return fail(*current->report.error);
            if (current->active)
                TRY(step(*current));
        }
        return {};
    };
    TRY(onUnit(unit.tables, [](Work &) { return Result<void>(); })); // none of them has failed by now
    for (const JobSide side : {JobSide::Target, JobSide::Source}) {
        const std::vector<int> &order = side == JobSide::Target ? unit.tables : unit.atSource;
        TRY(onUnit(order, [&](Work &work) -> Result<void> {
            enter(work, Phase::Writing);
            TRY(takePlanned(work.to(side)));
            return work.to(side).applier->finishUpserts();
        }));
        TRY(onUnit({order.rbegin(), order.rend()}, [&](Work &work) {
            return work.to(side).applier->applyDeletes(work.to(side).rows, m_s.context.approval);
        }));
        for (const bool lastPass : {false, false, true})
            TRY(onUnit(order, [&](Work &work) { return work.to(side).applier->retryRefused(lastPass); }));
    }
    current = nullptr;
    TRY(unit.to(JobSide::Target)->prepare());
    TRY(unit.to(JobSide::Source)->prepare());
    TRY(unit.to(JobSide::Target)->commit());
    return unit.to(JobSide::Source)->commit();
}

Result<void> TwoWayRun::onEach(const std::vector<int> &tables, int limit, const Step &step)
{
    std::atomic<bool> ended = false;
    inParallel(tables.size(), limit, [&](std::size_t i) {
        Work &work = *m_tables[std::size_t(tables[i])];
        if (work.report.error || ended)
            return;
        if (auto done = step(work); !done) {
            for (const JobSide side : {JobSide::Target, JobSide::Source}) {
                if (work.to(side).lane != nullptr)
                    work.to(side).lane->rollback(done.error());
            }
            work.report.error = done.error();
            if (endsRun(done.error()))
                ended = true;
        }
        for (const JobSide side : {JobSide::Target, JobSide::Source}) {
            if (work.to(side).applier)
                work.to(side).applier->disconnect(); // a session belongs to the thread that opened it
        }
    });
    for (const int table : tables) {
        const std::optional<Error> &error = m_tables[std::size_t(table)]->report.error;
        if (error && endsRun(*error))
            return fail(*error);
    }
    return {};
}

Result<void> TwoWayRun::onLevels(JobSide order, bool backwards, const Step &step)
{
    std::vector<std::vector<int>> levels = order == JobSide::Target ? m_targetOrder.levels : m_sourceOrder.levels;
    if (backwards)
        std::reverse(levels.begin(), levels.end());
    for (const std::vector<int> &level : levels)
        TRY(onEach(level, m_s.context.job.parallel, step));
    return {};
}

Result<void> TwoWayRun::onAll(const Step &step)
{
    for (const std::vector<int> &level : m_targetOrder.levels)
        TRY(onEach(level, 1, step));
    return {};
}

} // namespace tidemark
