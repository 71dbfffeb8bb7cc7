// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/planner.h"

#include <QUuid>

#include "core/run/inparallel.h"
#include "core/run/oneway.h"

namespace tidemark {

namespace {

// Counts decisions, and keeps them in the plan where there is one.
class PlanSink final : public DecisionSink
{
public:
    PlanSink(PlanWriter *plan, int table, TableReport &report, std::function<void(const WriteCounts &)> progress)
        : m_plan(plan), m_table(table), m_report(report), m_progress(std::move(progress))
    { }

    Result<void> take(const RowBatch &source, const RowBatch &target, std::span<const RowDecision> decisions) override
    {
        m_items.clear();
        for (const RowDecision &decision : decisions) {
            m_items.push_back({decision.decision, decision.reason, decision.sourceRow, decision.targetRow});
            if (decision.decision == Decision::Conflict) {
                ++m_report.conflicts;
                continue;
            }
            (decision.decision == Decision::InsertTarget       ? m_report.toTarget.inserts
                 : decision.decision == Decision::UpdateTarget ? m_report.toTarget.updates
                                                               : m_report.toTarget.deletes) += 1;
        }
        m_progress(m_report.toTarget);
        return m_plan != nullptr ? m_plan->addRows(m_table, source, target, m_items) : Result<void>();
    }

    Result<void> setAside(const RowBatch &, int) override
    {
        ++m_report.quarantined;
        return {};
    }

    bool restart() override
    {
        m_report.toTarget = {};
        m_report.quarantined = m_report.conflicts = 0;
        return m_plan == nullptr || m_plan->restartTable(m_table);
    }

private:
    PlanWriter *m_plan;
    int m_table;
    TableReport &m_report;
    std::function<void(const WriteCounts &)> m_progress;
    std::vector<PlanWriter::Item> m_items;
};

CellLimits limitsIn(const ColumnWords &words, const Column &column)
{
    CellLimits limits = limitsOf(column);
    if (const auto known = words.constFind(column.name); known != words.constEnd())
        limits.words = *known;
    return limits;
}

PlanTable planTableOf(const MatchedTable &matched, const TableReport &report)
{
    PlanTable table;
    if (matched.pair)
        table = planTableOf(*matched.pair);
    table.report = report;
    return table;
}

} // namespace

PlanTable planTableOf(const TablePair &pair)
{
    PlanTable table;
    table.report.source = pair.sourceName();
    table.report.target = pair.targetName();
    const TableMapping &mapping = pair.mapping;
    for (int cell = 0; cell < mapping.columns.size(); ++cell) {
        const ColumnPair &column = mapping.columns[cell];
        table.columns += {mapping.source.columns[column.source].name, mapping.target.columns[column.target].name,
                          column.type, cell < mapping.comparedCount};
        table.sourceLimits += limitsIn(pair.sourceWords, mapping.source.columns[column.source]);
        table.targetLimits += limitsIn(pair.targetWords, mapping.target.columns[column.target]);
    }
    table.keyCount = mapping.keyCount;
    table.comparedCount = mapping.comparedCount;
    table.mappingDigest = pair.mappingDigest;
    table.planDigest = pair.planDigest;
    return table;
}

RunReport Planner::run()
{
    RunReport report;
    report.job = m_context.job.name;
    report.jobId = m_context.job.id;
    report.startedUs = m_context.clock.nowUs();
    const bool verifies = m_planFile.isEmpty();
    const Result<void> outcome = compareAll();
    report.tables = m_reports;
    bool failed = !outcome;
    for (TableReport &table : report.tables) {
        failed = failed || table.error;
        const qint64 deletes = table.toTarget.deletes;
        if (table.conflicts > 0)
            report.attention += {Attention::Kind::Conflicts, table.source, table.conflicts};
        for (const MatchedTable &matched : m_matched) {
            if (!verifies && matched.sourceName == table.source && matched.targetName == table.target
                && ((table.sidesChanged && deletes > 0)
                    || needsApproval(deletes, table.targetRows, matched.settings.guard)))
                report.attention += {Attention::Kind::Deletes, table.source, deletes};
        }
    }
    const bool differs = report.totals().total() > 0;
    report.state = failed ? RunState::Failed
        : !verifies       ? RunState::Planned
        : differs         ? RunState::NeedsAttention
                          : RunState::Completed;
    if (!outcome) {
        report.error = outcome.error();
        if (outcome.error().code == ErrorCode::Cancelled)
            report.state = RunState::Cancelled;
    }
    report.finishedUs = m_context.clock.nowUs();
    return report;
}

Result<void> Planner::createPlan()
{
    if (m_planFile.isEmpty())
        return {};
    const JobSettings &job = m_context.job;
    PlanHead head;
    head.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    head.jobId = job.id;
    head.job = job.name;
    head.source = job.source.label();
    head.target = job.target.label();
    head.mirror = job.mode == Mode::Mirror;
    head.targetIsProduction = job.target.production;
    head.createdUs = m_context.clock.nowUs();
    TRY_ASSIGN(m_plan, PlanWriter::create(m_planFile, head));
    return {};
}

Result<void> Planner::compareAll()
{
    TRY(m_sides.open());
    TRY_ASSIGN(m_matched, matchTables(m_context.job, m_sides.source(), m_sides.target()));
    TRY(keepOnly(m_context.options.onlyTables, m_matched));
    TRY_ASSIGN(const bool hasCheckpoints, m_sides.target().hasCheckpointTable());
    QList<TableProgress> progress;
    std::vector<EarlierState> states(std::size_t(m_matched.size()));
    for (int i = 0; i < m_matched.size(); ++i) {
        const MatchedTable &matched = m_matched[i];
        TableProgress row;
        row.source = matched.sourceName;
        row.target = matched.targetName;
        TableReport report;
        report.source = matched.sourceName;
        report.target = matched.targetName;
        report.error = matched.error;
        if (matched.pair) {
            TRY_ASSIGN(states[std::size_t(i)],
                       earlierState(m_context, *matched.pair, m_sides.target(), hasCheckpoints));
            report.sidesChanged = states[std::size_t(i)].sidesChanged;
            row.estimate = m_sides.source().estimateRows(matched.pair->mapping.source.name).value_or(-1);
        }
        progress += row;
        m_reports += report;
    }
    m_context.progress.setTables(progress);
    TRY(createPlan());
    for (int i = 0; m_plan && i < m_matched.size(); ++i) { // a table's number in the plan is its place in the job
        const PlanTable table = planTableOf(m_matched[i], m_reports[i]);
        TRY(m_plan->addTable(table));
        if (table.report.error)
            TRY(m_plan->finishTable(i, table));
    }
    TRY(m_sides.shareSnapshot());
    std::vector<Result<void>> outcomes(std::size_t(m_matched.size()));
    TableReport *const reports = m_reports.data(); // detached before workers write to their own rows
    inParallel(std::size_t(m_matched.size()), m_context.job.parallel, [&](std::size_t i) {
        if (!reports[i].error)
            outcomes[i] = compareTable(static_cast<int>(i), states[i]);
    });
    m_sides.endSnapshot();
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        if (outcomes[i])
            continue;
        Error error = outcomes[i].error();
        if (error.code == ErrorCode::Cancelled)
            return fail(error);
        if (!error.facts.contains(Fact::Table))
            error.with(Fact::Table, reports[i].source);
        reports[i].error = error;
    }
    return m_plan ? m_plan->finish() : Result<void>();
}

Result<void> Planner::compareTable(int index, const EarlierState &state)
{
    const MatchedTable &matched = m_matched.at(index);
    TableReport &report = m_reports.data()[index];
    const qint64 startedMs = m_context.clock.steadyMs();
    m_context.progress.update(index, [&](TableProgress &progress) {
        progress.phase = Phase::Comparing;
        progress.startedMs = startedMs;
    });
    PlanSink sink(m_plan.get(), index, report, [&](const WriteCounts &counts) {
        m_context.progress.update(index, [&](TableProgress &progress) { progress.found = counts; });
    });
    TRY_ASSIGN(const QList<RetryKey> retries,
               m_context.journal.retries(m_context.job.id, matched.pair->checkpointKey.table));
    const bool verifies = m_planFile.isEmpty(); // by no policy: what differs differs
    OneWayPolicy policy(m_context, *matched.pair);
    auto detected = [&]() -> Result<Detected> {
        if (!verifies)
            TRY(policy.open());
        OneWaySink policed({policy, sink, true});
        TableDetector::Settings settings{m_context, *matched.pair, index, state.position,
                                         {},        verifies,      false, matched.sourceToken};
        settings.retries = policy.withRetries(retries);
        return TableDetector(std::move(settings))
            .run(policy.isActive() ? static_cast<DecisionSink &>(policed) : static_cast<DecisionSink &>(sink));
    }();
    report.skipped = policy.skipped();
    if (detected) {
        if (detected->complete)
            report.identical = detected->counts.identical;
        report.deletesChecked = detected->deletesChecked;
        report.whyWhole = detected->log.whyWhole;
        report.targetRows = detected->targetRows;
        report.rowsRead = detected->counts.sourceRows + detected->counts.targetRows;
    } else {
        report.error = detected.error();
        if (!report.error->facts.contains(Fact::Table))
            report.error->with(Fact::Table, report.source);
    }
    report.seconds = double(m_context.clock.steadyMs() - startedMs) / 1000.0;
    m_context.progress.update(index, [&](TableProgress &progress) {
        progress.phase = detected ? Phase::Done : Phase::Failed;
        progress.error = report.error;
    });
    if (m_plan) {
        PlanTable result = planTableOf(matched, report);
        if (detected)
            result.position = detected->position.toBytes();
        TRY(m_plan->finishTable(index, result));
    }
    return detected ? Result<void>() : fail(detected.error());
}

} // namespace tidemark
