// SPDX-License-Identifier: GPL-3.0-or-later
// How a two-way run finds out what is to be done.
#include "core/run/twowayrun.h"

#include <algorithm>

#include "core/data/orderedkey.h"
#include "core/data/rowindex.h"
#include "core/detect/compare.h"
#include "core/detect/rowstream.h"
#include "core/run/filteredpairs.h"
#include "core/run/rowchains.h"
#include "core/run/spooledcause.h"
#include "core/run/uniquekey.h"

namespace tidemark {

namespace {

constexpr qint64 streamBytes = 4 << 20;

std::string keyOf(const RowBatch &rows, int row)
{
    std::string key;
    appendOrderedKey(rows, row, key);
    return key;
}

// Why a table is compared as on a first run, although the databases tell of an earlier one (TableReport::whyWhole).
QString whyWithoutBase(BaseTrust trust, bool ranBefore)
{
    switch (trust) {
    case BaseTrust::Trusted:
        return {};
    case BaseTrust::NoBase:
        return ranBefore ? QStringLiteral("base-absent") : QString();
    case BaseTrust::OtherJournal:
        return QStringLiteral("base-journal");
    case BaseTrust::OtherMapping:
        return QStringLiteral("base-mapping");
    case BaseTrust::OtherDatabases:
        return QStringLiteral("base-databases");
    case BaseTrust::OtherGeneration:
        return QStringLiteral("base-generation");
    }
    return {};
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
    Outlet(Work &work, PlanWriter &plan, const RunContext &context, bool answeredOnly)
        : m_work(work), m_plan(plan), m_context(context), m_answeredOnly(answeredOnly)
    { }

    Result<void> write(JobSide to, const RowBatch &from, const RowBatch &pictures,
                       std::span<const RowDecision> decisions) override
    {
        std::vector<PlanWriter::Item> items;
        items.reserve(decisions.size());
        for (const RowDecision &decision : decisions)
            items.push_back({decision.decision, decision.reason, decision.sourceRow, decision.targetRow,
                             spooledCause(decision.cause)});
        return m_plan.addRows(m_work.to(to).planTable, from, pictures, items);
    }
    Result<void> changeBase(BaseChange change) override { return m_work.base->change(std::move(change)); }
    Result<void> intend(BaseMerge merge) override { return m_work.base->intend(std::move(merge)); }
    Result<void> forgetMerge(const std::string &key) override
    {
        m_work.base->forgetMerge(key);
        return {};
    }
    Result<void> rebase(BaseChange row) override { return m_work.base->rebase(std::move(row)); }
    Result<void> keepOpen(const OpenConflict &conflict) override
    {
        if (conflict.state == ConflictState::Open && m_work.report.conflicts.size() < conflictsTold)
            m_work.report.conflicts.push_back(conflict);
        return m_work.conflicts->meet(conflict);
    }
    bool approves(const RowBatch &source, const RowBatch &target, const PlanWriter::Item &item) override
    {
        if (!m_answeredOnly && (!m_work.approval || m_work.approval->take(source, target, item)))
            return true;
        const bool atSource = item.sourceRow >= 0;
        remember(atSource ? source : target, atSource ? item.sourceRow : item.targetRow, RetryReason::NotSelected);
        return false;
    }
    Result<void> leave(const RowBatch &rows, int row) override
    {
        remember(rows, row, RetryReason::SetAside);
        return {};
    }
    bool restart() override
    {
        m_work.report.conflicts.clear();
        m_work.left.clear();
        m_work.conflicts->forgetMet();
        return m_plan.restartTable(m_work.toTarget.planTable) && m_plan.restartTable(m_work.toSource.planTable)
            && m_work.base->restart();
    }

private:
    void remember(const RowBatch &rows, int row, RetryReason reason)
    {
        if (!m_work.changes->isWanted())
            return;
        RowBatch key(m_work.toTarget.pair.keyLayout);
        m_work.toTarget.pair.appendKey(rows, row, key);
        m_work.left += RetryKey{chainOf(key, 0), reason, keyText(key, 0), m_context.run, m_context.clock.nowUs()};
    }

    Work &m_work;
    PlanWriter &m_plan;
    const RunContext &m_context;
    bool m_answeredOnly;
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
    Result<void> rebase(BaseChange) override { return {}; }
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
    explicit LookOutlet(Work &work) : m_work(work) { }

    Result<void> write(JobSide, const RowBatch &, const RowBatch &, std::span<const RowDecision>) override
    {
        return {};
    }
    Result<void> changeBase(BaseChange) override { return {}; }
    Result<void> intend(BaseMerge) override { return {}; }
    Result<void> forgetMerge(const std::string &) override { return {}; }
    Result<void> rebase(BaseChange) override { return {}; }
    Result<void> keepOpen(const OpenConflict &conflict) override
    {
        m_open.insert(conflict.key);
        OpenConflict met = conflict;
        const QByteArray key = keyChainOf(conflict);
        for (const JobSide side : {JobSide::Target, JobSide::Source}) {
            const auto &applier = m_work.to(side).applier;
            const auto why = applier ? applier->failure(key) : std::nullopt;
            if (why == RetryReason::SetAside) {
                m_refused[side] += key;
                met.refusal = applier->refusal(key);
            }
            if (why)
                met.kind = why == RetryReason::SetAside ? ConflictKind::Constraint : ConflictKind::GuardFailed;
        }
        return m_work.conflicts->meet(met);
    }
    bool restart() override { return false; }
    bool isOpen(const std::string &key) const { return m_open.contains(key); }
    QList<QByteArray> refusedAt(JobSide side) const // by a constraint
    {
        const auto found = m_refused.find(side);
        return found == m_refused.end() ? QList<QByteArray>() : found->second;
    }

private:
    QByteArray keyChainOf(const OpenConflict &conflict) const
    {
        RowBatch row(m_work.toTarget.pair.layout);
        if (!row.appendChain(viewOf(conflict.source.isEmpty() ? conflict.target : conflict.source)))
            return {};
        RowBatch key(m_work.toTarget.pair.keyLayout);
        m_work.toTarget.pair.appendKey(row, 0, key);
        return chainOf(key, 0);
    }

    Work &m_work;
    std::unordered_set<std::string> m_open;
    std::map<JobSide, QList<QByteArray>> m_refused;
};

Result<CompareCounts> TwoWayRun::joinStreams(Work &work, Streams &streams, DecisionSink &sink,
                                             const CompareProgress &tell)
{
    RunContext &context = m_s.context;
    const TablePair &pair = work.toTarget.pair;
    if (!streams.ordered)
        streams.source.order = streams.target.order = ReadRequest::Order::None;
    RowStream sources({context.connector, context.job.source, context.snapshot, streams.source, context.cancellation,
                       streamBytes, &streams.bytes});
    NoRows none;
    std::optional<RowStream> targets;
    if (!work.createsTarget)
        targets.emplace(RowStream::Settings{context.connector,
                                            context.job.target,
                                            {},
                                            streams.target,
                                            context.cancellation,
                                            streamBytes,
                                            &streams.bytes});
    RowSource &others = targets ? static_cast<RowSource &>(*targets) : none;
    const OneWayRules rules{true};
    auto counts = streams.ordered
        ? orderedMerge(sources, others, streams.source.layout, rules, sink, tell)
        : hashJoin(sources, others, streams.source.layout, rules, sink, tell, keyIsUnique(pair));
    if (!counts)
        return counts;
    sources.finish();
    if (targets)
        targets->finish();
    return counts;
}

Result<void> TwoWayRun::compareStreams(Work &work, bool ordered, TwoWaySink &sink)
{
    RunContext &context = m_s.context;
    const TablePair &pair = work.toTarget.pair;
    Streams streams{pair.readSource(context.job.batch), pair.readTarget(context.job.batch), ordered};
    const CompareProgress tell = [&](const CompareCounts &counts) {
        context.progress.update(work.index, [&](TableProgress &progress) {
            progress.rowsRead = std::max(counts.sourceRows, counts.targetRows);
            progress.bytesRead = streams.bytes;
            progress.found = sink.counts().toTarget + sink.counts().toSource;
        });
    };
    Lookup lookup;
    const auto opener = [&context](std::unique_ptr<Session> &session, const ConnectionSettings &side) {
        return [&]() -> Result<Session *> {
            if (!session) {
                TRY_ASSIGN(session, context.connector.open(side, OpenOptions{false, &context.cancellation}));
            }
            return session.get();
        };
    };
    FilteredPairs filtered(pair, context.job.batch, opener(lookup.source, context.job.source),
                           opener(lookup.target, context.job.target), sink);
    DecisionSink &first = FilteredPairs::isNeeded(pair) ? static_cast<DecisionSink &>(filtered) : sink;
    TRY(joinStreams(work, streams, first, tell));
    return {};
}

Result<TwoWayRun::Lookup> TwoWayRun::openLookup()
{
    RunContext &context = m_s.context;
    const OpenOptions options{false, &context.cancellation};
    Lookup lookup;
    TRY_ASSIGN(lookup.source, context.connector.open(context.job.source, options));
    TRY_ASSIGN(lookup.target, context.connector.open(context.job.target, options));
    return lookup;
}

// Looks these keys up at both sides.
Result<void> TwoWayRun::compareKeys(Work &work, const Lookup &lookup, const RowBatch &keys, TwoWaySink &sink)
{
    RunContext &context = m_s.context;
    const TablePair &pair = work.toTarget.pair;
    const std::vector<int> all = allRows(keys);
    const auto step = std::size_t(context.job.batch.rows);
    for (std::size_t first = 0; first < all.size(); first += step) {
        const std::span<const int> part = std::span(all).subspan(first, std::min(step, all.size() - first));
        RowBatch atSource(pair.layout);
        RowBatch atTarget(pair.layout);
        TRY(lookup.source->readKeys(pair.readSource(context.job.batch), RowSelection{&keys, part}, false, atSource));
        TRY(lookup.target->readKeys(pair.readTarget(context.job.batch), RowSelection{&keys, part}, false, atTarget));
        const auto sourceRows = rowsByKey(atSource);
        const auto targetRows = rowsByKey(atTarget);
        TRY(requireUnique(atSource, sourceRows));
        TRY(requireUnique(atTarget, targetRows));
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
        FilteredPairs filtered(
            pair, context.job.batch, [&lookup] { return Result<Session *>(lookup.source.get()); },
            [&lookup] { return Result<Session *>(lookup.target.get()); }, sink,
            [&sink](const RowBatch &rows, int row) { return sink.gone(keyOf(rows, row)); });
        TRY(FilteredPairs::isNeeded(pair) ? filtered.take(atSource, atTarget, pairs)
                                          : sink.take(atSource, atTarget, pairs));
    }
    return {};
}

// Keys that a run before this one has seen, and that are not settled: whatever logs and cursors say, they are
// looked at.
Result<void> TwoWayRun::addUnsettled(Work &work)
{
    const TablePair &pair = work.toTarget.pair;
    LoggedKeys &keys = work.changes->keys();
    const auto addRows = [&](const RowBatch &rows) {
        RowBatch own(pair.keyLayout);
        for (int row = 0; row < rows.rowCount(); ++row)
            pair.appendKey(rows, row, own);
        return keys.add(own);
    };
    TRY(work.conflicts->eachKey(addRows));
    TRY_ASSIGN(const auto unfinished, work.base->unfinishedMerges());
    RowBatch merged(pair.layout);
    for (const auto &[key, merge] : unfinished) {
        const bool isMade = !merge.mergedSource.isEmpty();
        (void)merged.appendChain(viewOf(isMade ? merge.mergedSource : merge.mergedTarget));
    }
    TRY(addRows(merged));
    for (const JobSide side : {JobSide::Target, JobSide::Source}) {
        TRY_ASSIGN(const QList<RetryKey> retries,
                   m_s.context.journal.retries(m_s.context.job.id, work.to(side).pair.checkpointKey.table));
        RowBatch again(pair.keyLayout);
        for (const RetryKey &retry : retries) {
            if (again.appendChain(viewOf(retry.key)))
                work.to(side).retriesRead += retry.key;
        }
        TRY(keys.add(again));
    }
    return {};
}

Result<void> TwoWayRun::compareNamed(Work &work, TwoWaySink &sink)
{
    TRY(addUnsettled(work));
    if (work.changes->wantsKeys())
        TRY(compareAllKeys(work, sink));
    TRY_ASSIGN(const Lookup lookup, openLookup());
    return work.changes->keys().each(m_s.context.job.batch, [&](const RowBatch &keys) -> Result<void> {
        if (m_s.context.cancellation.waitWhilePaused() || m_s.context.cancellation.isStopping())
            return fail(ErrorCode::Cancelled);
        TRY(compareKeys(work, lookup, keys, sink));
        m_s.context.progress.update(work.index, [&](TableProgress &progress) {
            progress.rowsRead = std::max(sink.counts().sourceRows, sink.counts().targetRows);
            progress.found = sink.counts().toTarget + sink.counts().toSource;
        });
        return {};
    });
}

// Keys whose guard failed. They leave the retry set with this run, unless they move once more.
Result<RowBatch> TwoWayRun::movedKeys(Work &work)
{
    RowBatch keys(work.toTarget.pair.keyLayout);
    QSet<QByteArray> seen;
    for (const JobSide side : {JobSide::Target, JobSide::Source}) {
        TRY_ASSIGN(const QList<RetryKey> retries,
                   m_s.context.journal.retries(m_s.context.job.id, work.to(side).pair.checkpointKey.table));
        for (const RetryKey &retry : retries) {
            if (retry.reason != RetryReason::ChangedSincePlan)
                continue;
            work.to(side).retriesRead += retry.key;
            if (!seen.contains(retry.key) && keys.appendChain(viewOf(retry.key)))
                seen.insert(retry.key);
        }
    }
    return keys;
}

Result<void> TwoWayRun::compareWith(Work &work, TwoWayOutlet &outlet)
{
    const TablePair &pair = work.toTarget.pair;
    TRY_ASSIGN(auto unfinished, work.base->unfinishedMerges());
    TRY_ASSIGN(auto asked, work.conflicts->openAmong(unfinished));
    // A base that is to be filled anew is filled from everything.
    const bool few = (m_s.answeredOnly || m_s.movedOnly) && work.base->isTrusted();
    if (work.changes->isWanted() && !few && !work.createsTarget)
        TRY(work.changes->read(work.base->isTrusted()));
    const bool named = !few && work.changes->isTrusted();
    const bool ordered = pair.mapping.ordered() && !few && !named;
    TRY_ASSIGN(const std::unique_ptr<TwoWaySink> sink,
               TwoWaySink::open({work.rules, pair.layout, m_baseFile, pair.checkpointKey.table, work.base->isTrusted(),
                                 std::move(unfinished), outlet, &work.conflicts->answers(), false, std::move(asked),
                                 &work.doubtful},
                                ordered));
    if (few) {
        TRY_ASSIGN(const RowBatch keys,
                   m_s.movedOnly ? movedKeys(work) : Result<RowBatch>(work.conflicts->answeredKeys()));
        if (!keys.isEmpty()) {
            TRY_ASSIGN(const Lookup lookup, openLookup());
            TRY(compareKeys(work, lookup, keys, *sink));
        }
    } else if (named) {
        TRY(compareNamed(work, *sink));
    } else {
        auto done = compareStreams(work, ordered, *sink);
        if (!done && ordered && isBrokenOrder(done.error()) && sink->restart())
            done = compareStreams(work, false, *sink);
        TRY(std::move(done));
        TRY(sink->finish());
        work.changes->noteKeysCompared();
    }
    work.report.counts = sink->counts();
    work.report.whole = !few && !named;
    work.report.deletesChecked =
        work.base->isTrusted() && (work.report.whole || (named && work.changes->seesDeletes()));
    if (work.report.whole)
        work.report.whyWhole = whyWithoutBase(work.base->trust(), work.toTarget.known || work.toSource.known);
    if (work.report.whole && work.report.whyWhole.isEmpty() && work.changes->isWanted())
        work.report.whyWhole = work.changes->whyWhole();
    if (plans())
        return {};
    return work.conflicts->finish(!few); // by log or cursor, too, all that is open was looked at
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
        if (work.report.whole)
            report.identical = counts.of(TwoWayCase::InStep) + counts.of(TwoWayCase::Converged);
        report.whyWhole = work.report.whyWhole;
        report.deletesChecked = work.rules.rules.propagateDeletes && work.report.deletesChecked;
        report.targetRows = work.report.whole ? counts.targetRows : -1;
        report.rowsRead = counts.sourceRows + counts.targetRows;
        report.seconds = double(m_s.context.clock.steadyMs() - work.startedMs) / 1000.0;
        return m_writer->finishTable(work.index, work.plan);
    }
    Outlet outlet(work, *m_writer, m_s.context, m_s.answeredOnly);
    TRY(compareWith(work, outlet));
    work.toTarget.rows = work.keysCounted ? work.keysCounted->targetRows : work.report.counts.targetRows;
    work.toSource.rows = work.keysCounted ? work.keysCounted->sourceRows : work.report.counts.sourceRows;
    for (const JobSide side : {JobSide::Target, JobSide::Source})
        TRY(m_writer->finishTable(work.to(side).planTable, work.to(side).head));
    return {};
}

Result<void> TwoWayRun::keepLeft(Work &work)
{
    return work.left.isEmpty()
        ? Result<void>()
        : m_s.context.journal.addRetries(m_s.context.job.id, work.toTarget.pair.checkpointKey.table, work.left);
}

Result<void> TwoWayRun::lookAgain(Work &work)
{
    if (!work.conflicts->hasAnswered())
        return {};
    const TablePair &pair = work.toTarget.pair;
    LookOutlet outlet(work);
    TRY_ASSIGN(auto unfinished, work.base->unfinishedMerges());
    TRY_ASSIGN(const std::unique_ptr<TwoWaySink> sink,
               TwoWaySink::open({work.rules, pair.layout, m_baseFile, pair.checkpointKey.table, true,
                                 std::move(unfinished), outlet, nullptr, true},
                                false));
    const RowBatch answered = work.conflicts->answeredKeys();
    TRY_ASSIGN(const Lookup lookup, openLookup());
    TRY(compareKeys(work, lookup, answered, *sink));
    TRY(work.conflicts->finish(false));
    QList<QByteArray> settled;
    for (int row = 0; row < answered.rowCount(); ++row) {
        const std::string key = keyOf(answered, row);
        if (!outlet.isOpen(key))
            settled += QByteArray(key.data(), qsizetype(key.size()));
    }
    TRY(work.conflicts->close(settled));
    // A person has the row before them again: it is not set aside as well, to be written by the next run.
    Journal &journal = m_s.context.journal;
    for (const JobSide side : {JobSide::Target, JobSide::Source}) {
        const QList<QByteArray> keys = outlet.refusedAt(side);
        if (keys.isEmpty())
            continue;
        TRY(journal.removeRetries(m_s.context.job.id, work.to(side).pair.checkpointKey.table, keys));
        TRY(journal.clearAside(m_s.context.job.id, work.to(side).pair.checkpointKey.table, keys));
        work.report.askedAgain += keys.size();
    }
    return {};
}

} // namespace tidemark
