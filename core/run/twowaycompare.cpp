// SPDX-License-Identifier: GPL-3.0-or-later
// How a two-way run finds out what is to be done.
#include "core/run/twowayrun.h"

#include <algorithm>

#include "core/data/orderedkey.h"
#include "core/data/rowindex.h"
#include "core/detect/compare.h"
#include "core/detect/rowstream.h"

namespace tidemark {

namespace {

constexpr qint64 streamBytes = 4 << 20;

std::string keyOf(const RowBatch &rows, int row)
{
    std::string key;
    appendOrderedKey(rows, row, key);
    return key;
}

// A table that is not there yet.
class NoRows final : public RowSource
{
public:
    Result<bool> next(RowBatch &) override { return false; }
};

} // namespace

// Decisions go to the spool, a table a direction; what needs no write goes to the base, conflicts to the journal.
class TwoWayRun::Outlet final : public TwoWayOutlet
{
public:
    Outlet(Work &work, PlanWriter &plan) : m_work(work), m_plan(plan) { }

    Result<void> write(JobSide to, const RowBatch &from, const RowBatch &pictures,
                       std::span<const RowDecision> decisions) override
    {
        std::vector<PlanWriter::Item> items;
        items.reserve(decisions.size());
        for (const RowDecision &decision : decisions)
            items.push_back({decision.decision, decision.reason, decision.sourceRow, decision.targetRow});
        return m_plan.addRows(m_work.to(to).planTable, from, pictures, items);
    }
    Result<void> changeBase(BaseChange change) override { return m_work.base->change(std::move(change)); }
    Result<void> intend(BaseMerge merge) override { return m_work.base->intend(std::move(merge)); }
    Result<void> forgetMerge(const std::string &key) override
    {
        m_work.base->forgetMerge(key);
        return {};
    }
    Result<void> keepOpen(const OpenConflict &conflict) override
    {
        if (conflict.state == ConflictState::Open && m_work.report.conflicts.size() < conflictsTold)
            m_work.report.conflicts.push_back(conflict);
        return m_work.conflicts->meet(conflict);
    }
    bool approves(const RowBatch &source, const RowBatch &target, const PlanWriter::Item &item) override
    {
        return !m_work.approval || m_work.approval->take(source, target, item);
    }
    bool restart() override
    {
        m_work.report.conflicts.clear();
        m_work.conflicts->forgetMet();
        return m_plan.restartTable(m_work.toTarget.planTable) && m_plan.restartTable(m_work.toSource.planTable)
            && m_work.base->restart();
    }

private:
    Work &m_work;
    PlanWriter &m_plan;
};

// A plan for a person: nothing else is written.
class TwoWayRun::PlanOutlet final : public TwoWayOutlet
{
public:
    PlanOutlet(int table, PlanWriter &plan) : m_table(table), m_plan(plan) { }

    bool plans() const override { return true; }
    Result<void> plan(const RowBatch &source, const RowBatch &target, std::span<const PlanWriter::Item> items) override
    {
        return m_plan.addRows(m_table, source, target, items);
    }
    Result<void> write(JobSide, const RowBatch &, const RowBatch &, std::span<const RowDecision>) override
    {
        return {};
    }
    Result<void> changeBase(BaseChange) override { return {}; }
    Result<void> intend(BaseMerge) override { return {}; }
    Result<void> forgetMerge(const std::string &) override { return {}; }
    Result<void> keepOpen(const OpenConflict &) override { return {}; }
    bool restart() override { return m_plan.restartTable(m_table).has_value(); }

private:
    int m_table;
    PlanWriter &m_plan;
};

// After writing: which conflicts there still are, and nothing is changed.
class TwoWayRun::LookOutlet final : public TwoWayOutlet
{
public:
    explicit LookOutlet(TwoWayConflicts &conflicts) : m_conflicts(conflicts) { }

    Result<void> write(JobSide, const RowBatch &, const RowBatch &, std::span<const RowDecision>) override
    {
        return {};
    }
    Result<void> changeBase(BaseChange) override { return {}; }
    Result<void> intend(BaseMerge) override { return {}; }
    Result<void> forgetMerge(const std::string &) override { return {}; }
    Result<void> keepOpen(const OpenConflict &conflict) override
    {
        m_open.insert(conflict.key);
        return m_conflicts.meet(conflict);
    }
    bool restart() override { return false; }
    bool isOpen(const std::string &key) const { return m_open.contains(key); }

private:
    TwoWayConflicts &m_conflicts;
    std::unordered_set<std::string> m_open;
};

Result<void> TwoWayRun::compareStreams(Work &work, bool ordered, TwoWaySink &sink)
{
    RunContext &context = m_s.context;
    const TablePair &pair = work.toTarget.pair;
    ReadRequest source = pair.readSource(context.job.batch);
    ReadRequest target = pair.readTarget(context.job.batch);
    if (!ordered)
        source.order = target.order = ReadRequest::Order::None;
    std::atomic<qint64> bytes = 0;
    RowStream sources(
        {context.connector, context.job.source, context.snapshot, source, context.cancellation, streamBytes, &bytes});
    NoRows none;
    std::optional<RowStream> targets;
    if (!work.createsTarget)
        targets.emplace(RowStream::Settings{
            context.connector, context.job.target, {}, target, context.cancellation, streamBytes, &bytes});
    RowSource &others = targets ? static_cast<RowSource &>(*targets) : none;
    const OneWayRules rules{true};
    const CompareProgress tell = [&](const CompareCounts &counts) {
        context.progress.update(work.index, [&](TableProgress &progress) {
            progress.rowsRead = std::max(counts.sourceRows, counts.targetRows);
            progress.bytesRead = bytes;
            progress.found = sink.counts().toTarget + sink.counts().toSource;
        });
    };
    const auto counts = ordered ? orderedMerge(sources, others, rules, sink, tell)
                                : hashJoin(sources, others, pair.layout, rules, sink, tell, false);
    if (!counts)
        return fail(counts.error());
    sources.finish();
    if (targets)
        targets->finish();
    return {};
}

// Looks these keys up at both sides.
Result<void> TwoWayRun::compareKeys(Work &work, const RowBatch &keys, TwoWaySink &sink)
{
    RunContext &context = m_s.context;
    const TablePair &pair = work.toTarget.pair;
    const OpenOptions options{false, &context.cancellation};
    TRY_ASSIGN(const std::unique_ptr<Session> source, context.connector.open(context.job.source, options));
    TRY_ASSIGN(const std::unique_ptr<Session> target, context.connector.open(context.job.target, options));
    const std::vector<int> all = allRows(keys);
    const auto step = std::size_t(context.job.batch.rows);
    for (std::size_t first = 0; first < all.size(); first += step) {
        const std::span<const int> part = std::span(all).subspan(first, std::min(step, all.size() - first));
        RowBatch atSource(pair.layout);
        RowBatch atTarget(pair.layout);
        TRY(source->readKeys(pair.readSource(context.job.batch), RowSelection{&keys, part}, false, atSource));
        TRY(target->readKeys(pair.readTarget(context.job.batch), RowSelection{&keys, part}, false, atTarget));
        const auto sourceRows = rowsByKey(atSource);
        const auto targetRows = rowsByKey(atTarget);
        std::vector<RowDecision> pairs;
        std::string scratch;
        for (const int row : part) {
            const std::string key(keys.key(row, scratch));
            const auto s = sourceRows.find(key);
            const auto t = targetRows.find(key);
            RowDecision found{Decision::Keep, Reason::None, s == sourceRows.end() ? -1 : s->second,
                              t == targetRows.end() ? -1 : t->second};
            if (found.sourceRow < 0 && found.targetRow < 0) {
                TRY(sink.gone(keyOf(keys, row)));
                continue;
            }
            if (found.sourceRow >= 0 && atSource.fault(found.sourceRow) != nullptr) {
                TRY(sink.setAside(atSource, found.sourceRow));
                continue;
            }
            if (found.sourceRow >= 0 && found.targetRow >= 0
                && atSource.equalRows(found.sourceRow, atTarget, found.targetRow))
                found.decision = Decision::Equal;
            pairs.push_back(found);
        }
        TRY(sink.take(atSource, atTarget, pairs));
    }
    return {};
}

Result<void> TwoWayRun::compareWith(Work &work, TwoWayOutlet &outlet)
{
    const TablePair &pair = work.toTarget.pair;
    TRY_ASSIGN(auto unfinished, work.base->unfinishedMerges());
    // A base that is to be filled anew is filled from everything.
    const bool byKeys = m_s.answeredOnly && work.base->isTrusted();
    const bool ordered = pair.mapping.ordered() && !byKeys;
    TRY_ASSIGN(const std::unique_ptr<TwoWaySink> sink,
               TwoWaySink::open({work.rules, pair.layout, m_baseFile, pair.checkpointKey.table, work.base->isTrusted(),
                                 std::move(unfinished), outlet, &work.conflicts->answers()},
                                ordered));
    if (byKeys) {
        TRY(compareKeys(work, work.conflicts->answeredKeys(), *sink));
    } else {
        auto done = compareStreams(work, ordered, *sink);
        if (!done && ordered && isBrokenOrder(done.error()) && sink->restart())
            done = compareStreams(work, false, *sink);
        TRY(std::move(done));
        TRY(sink->finish());
    }
    work.report.counts = sink->counts();
    return plans() ? Result<void>() : work.conflicts->finish(!byKeys);
}

Result<void> TwoWayRun::compare(Work &work)
{
    work.startedMs = m_s.context.clock.steadyMs();
    enter(work, Phase::Comparing);
    if (plans()) {
        PlanOutlet outlet(work.index, *m_writer);
        TRY(compareWith(work, outlet));
        const TwoWayCounts &counts = work.report.counts;
        TableReport &report = work.plan.report;
        report.toTarget = counts.toTarget;
        report.toSource = counts.toSource;
        report.merged = counts.merged;
        report.conflicts = counts.conflicts;
        report.skipped = counts.skipped;
        report.quarantined = counts.aside;
        report.identical = counts.of(TwoWayCase::InStep) + counts.of(TwoWayCase::Converged);
        report.deletesChecked = work.rules.rules.propagateDeletes && work.base->isTrusted();
        report.targetRows = counts.targetRows;
        report.rowsRead = counts.sourceRows + counts.targetRows;
        report.seconds = double(m_s.context.clock.steadyMs() - work.startedMs) / 1000.0;
        return m_writer->finishTable(work.index, work.plan);
    }
    Outlet outlet(work, *m_writer);
    TRY(compareWith(work, outlet));
    work.toTarget.rows = work.report.counts.targetRows;
    work.toSource.rows = work.report.counts.sourceRows;
    for (const JobSide side : {JobSide::Target, JobSide::Source})
        TRY(m_writer->finishTable(work.to(side).planTable, work.to(side).head));
    return {};
}

Result<void> TwoWayRun::lookAgain(Work &work)
{
    if (!work.conflicts->hasAnswered())
        return {};
    const TablePair &pair = work.toTarget.pair;
    LookOutlet outlet(*work.conflicts);
    TRY_ASSIGN(auto unfinished, work.base->unfinishedMerges());
    TRY_ASSIGN(const std::unique_ptr<TwoWaySink> sink,
               TwoWaySink::open(
                   {work.rules, pair.layout, m_baseFile, pair.checkpointKey.table, true, std::move(unfinished), outlet},
                   false));
    const RowBatch keys = work.conflicts->answeredKeys();
    TRY(compareKeys(work, keys, *sink));
    TRY(work.conflicts->finish(false));
    QList<QByteArray> settled;
    for (int row = 0; row < keys.rowCount(); ++row) {
        const std::string key = keyOf(keys, row);
        if (!outlet.isOpen(key))
            settled += QByteArray(key.data(), qsizetype(key.size()));
    }
    return work.conflicts->close(settled);
}

} // namespace tidemark
