// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/execution.h"

#include <algorithm>
#include <numeric>

#include "core/run/inparallel.h"

namespace tidemark {

namespace {

// Errors that end the run, whichever table met them.
bool endsRun(const Error &error) { return error.code == ErrorCode::Cancelled || error.code == ErrorCode::Busy; }

bool endsAttempt(const Error &error) { return endsRun(error) || error.code == ErrorCode::LockLost; }

} // namespace

RunReport Execution::run()
{
    m_startedUs = m_context.clock.nowUs();
    Result<void> outcome = runTables();
    for (const auto &table : m_tables)
        table->disconnect();
    return report(outcome);
}

Result<void> Execution::runTables()
{
    for (int attempt = 1;; ++attempt) {
        auto opened = [&]() -> Result<void> {
            m_tables.clear(); // of an attempt that was cut off
            m_units.clear();
            TRY(m_sides.open());
            TRY(m_sides.lock());
            TRY_ASSIGN(m_matched, matchTables(m_context.job, m_sides.source(), m_sides.target()));
            TRY(keepOnly(m_context.options.onlyTables, m_matched));
            TRY(createMissing(m_context.job, m_sides.source(), m_sides.target(), m_matched));
            TRY(m_sides.shareSnapshot());
            return prepareTables();
        }();
        if (opened)
            break;
        const bool ownLock =
            attempt > 1 && opened.error().code == ErrorCode::Busy; // a cut connection may still hold it
        if (!opened.error().isTransient() && !ownLock)
            return opened;
        TRY_ASSIGN(const bool again, waitToRetry(attempt, opened.error()));
        if (!again)
            return opened;
    }
    if (m_context.job.transaction == TransactionScope::Batch)
        return runBatchwise();
    return runUnits();
}

Result<void> Execution::prepareTables()
{
    makeUnits();
    QList<TableProgress> progress;
    for (int i = 0; i < m_matched.size(); ++i) {
        TableProgress row;
        row.source = m_matched[i].sourceName;
        row.target = m_matched[i].targetName;
        if (m_matched[i].pair && m_context.options.planFile.isEmpty()) { // of a plan, only its rows are read
            const auto rows = m_sides.source().estimateRows(m_matched[i].pair->mapping.source.name);
            if (!rows && rows.error().endsSession())
                return fail(rows.error());
            row.estimate = rows.value_or(-1);
        }
        progress += row;
    }
    m_context.progress.setTables(progress);
    TRY(openPlan());
    // A target that cannot be written while it is read is compared whole before the first write.
    const bool hold = m_context.target.readersBlockWriters;
    TRY_ASSIGN(const bool hasCheckpoints, m_sides.target().hasCheckpointTable());
    m_context.gate.checkpointTableStands = hasCheckpoints;
    for (int i = 0; i < m_matched.size(); ++i) {
        m_tables.push_back(std::make_unique<TableRun>(m_context, m_matched[i], i, hold));
        TableRun &table = *m_tables.back();
        if (table.error())
            table.setError(*table.error());
        else
            TRY(table.prepare(m_sides.target(), hasCheckpoints));
    }
    return {};
}

Result<void> Execution::openPlan()
{
    if (m_context.options.planFile.isEmpty())
        return {};
    TRY_ASSIGN(m_planForTables, PlanReader::open(m_context.options.planFile));
    if (m_planForTables->head().jobId != m_context.job.id)
        return fail(Error{ErrorCode::PlanOutdated,
                          {{Fact::File, m_context.options.planFile}, {Fact::Job, m_planForTables->head().job}},
                          {}});
    TRY_ASSIGN(m_plan, m_planForTables->tables());
    return {};
}

void Execution::makeUnits()
{
    QList<TableSchema> schemas;
    for (const MatchedTable &table : m_matched)
        schemas += table.pair ? table.pair->mapping.target : TableSchema{};
    m_order = orderTables(schemas);
    const auto addUnit = [this](std::vector<int> tables) {
        auto unit = std::make_unique<Unit>();
        unit->lane = std::make_unique<WriteLane>(m_context.connector, m_context.job.target, m_context.cancellation,
                                                 m_context.gate, m_context.job.checkpoint == CheckpointPlace::Target);
        unit->tables = std::move(tables);
        m_units.push_back(std::move(unit));
    };
    switch (m_context.job.transaction) {
    case TransactionScope::Batch:
        for (int i = 0; i < m_matched.size(); ++i)
            addUnit({i});
        break;
    case TransactionScope::Table:
        for (const std::vector<int> &group : m_order.groups)
            addUnit(group);
        break;
    case TransactionScope::Run: {
        std::vector<int> all;
        for (const std::vector<int> &level : m_order.levels)
            all.insert(all.end(), level.begin(), level.end());
        addUnit(std::move(all));
        break;
    }
    }
    m_unitOf.assign(std::size_t(m_matched.size()), 0);
    for (std::size_t unit = 0; unit < m_units.size(); ++unit) {
        for (const int table : m_units[unit]->tables)
            m_unitOf[std::size_t(table)] = unit;
    }
}

WriteLane &Execution::laneOf(int table) { return *m_units[m_unitOf[std::size_t(table)]]->lane; }

Result<void> Execution::detectOrPlan(TableRun &table, WriteLane &lane)
{
    if (m_context.options.planFile.isEmpty())
        return table.detect(lane);
    const MatchedTable &matched = table.matched();
    for (int i = 0; i < m_plan.size(); ++i) {
        if (m_plan[i].report.source != matched.sourceName || m_plan[i].report.target != matched.targetName)
            continue;
        if (m_plan[i].report.error)
            return fail(*m_plan[i].report.error);
        // A reader belongs to the thread that opened it.
        TRY_ASSIGN(const std::unique_ptr<PlanReader> plan, PlanReader::open(m_context.options.planFile));
        return table.takePlan(lane, *plan, i, m_plan[i]);
    }
    return fail(Error{ErrorCode::PlanOutdated, {{Fact::Table, matched.sourceName}}, {}});
}

Result<void> Execution::runBatchwise()
{
    for (int attempt = 1;; ++attempt) {
        const std::vector<int> tables = unfailed();
        auto done = workThrough(tables);
        if (done)
            done = lookAgain();
        if (done)
            break;
        // What was found under a lock that is lost is void: another run may have been, and all is looked at again.
        if (done.error().code != ErrorCode::LockLost)
            return done;
        TRY_ASSIGN(const bool again, comeBack(attempt, done.error(), QList<int>(tables.begin(), tables.end())));
        if (!again)
            return done;
        (void)m_sides.lostLock();
        for (const int table : tables)
            m_tables[std::size_t(table)]->setSecondLook(false);
    }
    return settleAll();
}

// Those that have not failed for good.
std::vector<int> Execution::unfailed() const
{
    std::vector<int> tables;
    for (const auto &table : m_tables) {
        if (!table->error() || table->error()->isTransient())
            tables.push_back(table->index());
    }
    return tables;
}

// Upserts by level with a barrier between levels, deletes in reverse, then what rows in each other's way kept out.
Result<void> Execution::workThrough(const std::vector<int> &tables)
{
    std::vector<std::vector<int>> levels = m_order.levels;
    for (std::vector<int> &level : levels)
        std::erase_if(level, [&](int table) { return std::find(tables.begin(), tables.end(), table) == tables.end(); });
    const auto detect = [this](TableRun &table) { return detectOrPlan(table, laneOf(table.index())); };
    if (m_context.target.readersBlockWriters && m_context.options.planFile.isEmpty()) {
        TRY(onTables(tables, detect));
        for (const std::vector<int> &level : levels)
            TRY(onTables(healthy(level), [](TableRun &table) { return table.writeUpserts(); }));
    } else {
        for (const std::vector<int> &level : levels) {
            TRY(onTables(healthy(level), [&](TableRun &table) -> Result<void> {
                TRY(detect(table));
                return table.writeUpserts();
            }));
        }
    }
    m_sides.endSnapshot();
    for (auto level = levels.rbegin(); level != levels.rend(); ++level)
        TRY(onTables(healthy(*level), [](TableRun &table) { return table.writeDeletes(); }));
    for (const bool lastPass : {false, false, true}) {
        for (const std::vector<int> &level : levels) {
            std::vector<int> refused = healthy(level);
            std::erase_if(refused,
                          [this](int table) { return m_tables[std::size_t(table)]->applier()->refusedRows() == 0; });
            TRY(onTables(refused, [lastPass](TableRun &table) { return table.retryRefused(lastPass); }));
        }
    }
    return {};
}

Result<void> Execution::lookAgain()
{
    std::vector<int> again;
    for (const std::vector<int> &group : m_order.groups) {
        const std::vector<int> tables = healthy(group);
        const bool wanted = std::any_of(tables.begin(), tables.end(),
                                        [this](int table) { return m_tables[std::size_t(table)]->wantsSecondLook(); });
        if (wanted)
            again.insert(again.end(), tables.begin(), tables.end());
    }
    for (const int table : again) {
        TableRun &run = *m_tables[std::size_t(table)];
        run.setSecondLook(true);
        TRY(run.prepare(m_sides.target(), m_context.gate.checkpointTableStands));
    }
    return again.empty() ? Result<void>() : workThrough(again);
}

// A bulk load that trips over one row learns of it late, and what a foreign key kept out may have been read too early:
// once more, read afresh, and row by row accountable.
Result<void> Execution::attemptUnit(Unit &unit)
{
    for (const int table : unit.tables)
        m_tables[std::size_t(table)]->setSecondLook(false);
    auto done = runUnit(unit, true);
    if (!done
        && (done.error().code == ErrorCode::UniqueViolated || done.error().code == ErrorCode::ForeignKeyViolated)) {
        for (const int table : unit.tables) {
            TableRun &run = *m_tables[std::size_t(table)];
            run.setSecondLook(true);
            if (run.matched().pair && !run.matched().error)
                run.clearError();
        }
        done = runUnit(unit, false);
    }
    for (const int table : unit.tables)
        m_tables[std::size_t(table)]->disconnect();
    return done;
}

Result<void> Execution::runUnits()
{
    std::vector<Result<void>> outcomes(m_units.size());
    inParallel(m_units.size(), [&](std::size_t index) { outcomes[index] = attemptUnit(*m_units[index]); });
    for (int attempt = 1;; ++attempt) {
        std::optional<Error> reason;
        for (const auto &outcome : outcomes) {
            if (outcome)
                continue;
            if (endsRun(outcome.error()))
                return outcome;
            if (outcome.error().isTransient() && (!reason || reason->code != ErrorCode::LockLost))
                reason = outcome.error();
        }
        if (!reason)
            break;
        const std::vector<int> tables = unfailed();
        TRY_ASSIGN(const bool goOn, comeBack(attempt, *reason, QList<int>(tables.begin(), tables.end())));
        if (!goOn && reason->code == ErrorCode::LockLost)
            return fail(*reason);
        if (!goOn)
            break;
        // What is committed stays as it is, unless another run may have been meanwhile.
        const bool all = m_sides.lostLock();
        inParallel(m_units.size(), [&](std::size_t i) {
            if (outcomes[i] ? all : outcomes[i].error().isTransient())
                outcomes[i] = attemptUnit(*m_units[i]);
        });
    }
    m_sides.endSnapshot();
    return settleAll();
}

// All of a unit's tables in one transaction: what one of them cannot do, none has done.
Result<void> Execution::runUnit(Unit &unit, bool streaming)
{
    WriteLane &lane = *unit.lane;
    for (const int table : unit.tables)
        m_tables[std::size_t(table)]->dropApplier();
    int current = -1;
    auto done = [&]() -> Result<void> {
        for (const int table : unit.tables) {
            current = table;
            TableRun &run = *m_tables[std::size_t(table)];
            if (run.error())
                return fail(*run.error());
            run.setStreaming(streaming && run.matched().settings.onBadRow == OnBadRow::Stop);
        }
        for (const int table : unit.tables) {
            current = table;
            TableRun &run = *m_tables[std::size_t(table)];
            TRY(detectOrPlan(run, lane));
            if (!m_context.target.readersBlockWriters)
                TRY(run.writeUpserts());
        }
        for (const int table : unit.tables) {
            current = table;
            if (m_context.target.readersBlockWriters)
                TRY(m_tables[std::size_t(table)]->writeUpserts());
        }
        for (auto table = unit.tables.rbegin(); table != unit.tables.rend(); ++table) {
            current = *table;
            TRY(m_tables[std::size_t(*table)]->writeDeletes());
        }
        for (const bool lastPass : {false, false, true}) {
            for (const int table : unit.tables) {
                current = table;
                TRY(m_tables[std::size_t(table)]->retryRefused(lastPass));
            }
        }
        return lane.commit();
    }();
    if (done)
        return done;
    lane.rollback(done.error());
    for (const int table : unit.tables) {
        if (!m_tables[std::size_t(table)]->error()) {
            Error error = done.error();
            if (table != current && current >= 0 && !error.facts.contains(Fact::Table))
                error.with(Fact::Table, m_tables[std::size_t(current)]->matched().sourceName);
            m_tables[std::size_t(table)]->setError(error);
        }
    }
    return done;
}

Result<void> Execution::settleAll()
{
    for (const auto &table : m_tables) {
        if (table->error() || !table->applier())
            continue;
        TRY(m_context.gate.checkLock()); // what the journal holds may be another run's by now
        auto done = table->settle();
        if (done)
            done = table->markFlags();
        if (!done)
            table->setError(std::move(done).error());
    }
    return {};
}

Result<void> Execution::onTables(const std::vector<int> &tables, const Step &step)
{
    std::vector<int> open = healthy(tables);
    for (int attempt = 1; !open.empty(); ++attempt) {
        inParallel(open.size(), [&](std::size_t index) {
            TableRun &table = *m_tables[std::size_t(open[index])];
            if (auto done = step(table); !done) {
                laneOf(table.index()).rollback(done.error());
                table.setError(std::move(done).error());
            }
            table.disconnect();
        });
        for (const int table : open) {
            const auto &error = m_tables[std::size_t(table)]->error();
            if (error && endsAttempt(*error))
                return fail(*error);
        }
        const auto reason = firstError(open, true);
        if (!reason)
            return {};
        std::erase_if(open, [this](int table) {
            const auto &error = m_tables[std::size_t(table)]->error();
            return !error || !error->isTransient();
        });
        TRY_ASSIGN(const bool again, comeBack(attempt, *reason, QList<int>(open.begin(), open.end())));
        if (m_sides.lostLock())
            return again ? fail(ErrorCode::LockLost) : fail(*reason);
        if (!again)
            return {};
    }
    return {};
}

std::vector<int> Execution::healthy(const std::vector<int> &tables) const
{
    std::vector<int> result = tables;
    std::erase_if(result, [this](int table) { return m_tables[std::size_t(table)]->error().has_value(); });
    return result;
}

std::optional<Error> Execution::firstError(const std::vector<int> &tables, bool transientOnly) const
{
    for (const int table : tables) {
        const auto &error = m_tables[std::size_t(table)]->error();
        if (error && (!transientOnly || error->isTransient()))
            return error;
    }
    return std::nullopt;
}

void Execution::inParallel(std::size_t count, const std::function<void(std::size_t)> &work)
{
    tidemark::inParallel(count, m_context.job.parallel, work);
}

RunReport Execution::report(const Result<void> &outcome) const
{
    RunReport report;
    report.job = m_context.job.name;
    report.jobId = m_context.job.id;
    report.run = m_context.run;
    report.startedUs = m_startedUs;
    bool failed = !outcome;
    for (const auto &table : m_tables) {
        TableReport row = table->report();
        failed = failed || row.error;
        if (row.withheldDeletes > 0)
            report.attention += {Attention::Kind::Deletes, row.source, row.withheldDeletes};
        if (row.changedSincePlan > 0)
            report.attention += {Attention::Kind::Review, row.source, row.changedSincePlan};
        if (row.quarantined > 0)
            report.attention += {Attention::Kind::Quarantine, row.source, row.quarantined};
        if (row.conflicts > 0)
            report.attention += {Attention::Kind::Conflicts, row.source, row.conflicts};
        report.tables += row;
    }
    if (m_tables.empty()) {
        for (const MatchedTable &table : m_matched) {
            TableReport row;
            row.source = table.sourceName;
            row.target = table.targetName;
            row.error = table.error;
            report.tables += row;
        }
    }
    report.state = failed            ? RunState::Failed
        : report.attention.isEmpty() ? RunState::Completed
                                     : RunState::NeedsAttention;
    if (!outcome) {
        report.error = outcome.error();
        if (outcome.error().code == ErrorCode::Cancelled)
            report.state = RunState::Cancelled;
        if (outcome.error().code == ErrorCode::Busy)
            report.state = RunState::Busy;
    }
    report.finishedUs = m_context.clock.nowUs();
    return report;
}

} // namespace tidemark
