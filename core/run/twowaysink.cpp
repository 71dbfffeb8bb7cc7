// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/twowaysink.h"

#include "core/data/orderedkey.h"

namespace tidemark {

namespace {

QByteArray chainOf(const RowBatch &rows, int row)
{
    if (row < 0)
        return {};
    const std::string_view chain = rows.chain(row);
    return {chain.data(), qsizetype(chain.size())};
}

// Every row of the one batch over the row of the same number in the other.
std::vector<RowDecision> updatesOf(const RowBatch &rows)
{
    std::vector<RowDecision> decisions;
    decisions.reserve(std::size_t(rows.rowCount()));
    for (int row = 0; row < rows.rowCount(); ++row)
        decisions.push_back({Decision::UpdateTarget, Reason::CellsDiffer, row, row});
    return decisions;
}

} // namespace

TwoWaySink::TwoWaySink(Settings settings)
    : m_s(std::move(settings)), m_mergedForTarget(m_s.layout), m_mergedForSource(m_s.layout),
      m_targetPictures(m_s.layout), m_sourcePictures(m_s.layout)
{ }

Result<std::unique_ptr<TwoWaySink>> TwoWaySink::open(Settings settings, bool ordered)
{
    std::unique_ptr<TwoWaySink> sink(new TwoWaySink(std::move(settings)));
    if (sink->m_s.trusted) {
        TRY_ASSIGN(sink->m_base, BaseReader::open(sink->m_s.baseFile, sink->m_s.table, ordered));
    }
    return sink;
}

bool TwoWaySink::restart()
{
    m_counts = {};
    if (m_s.trusted) {
        auto base = BaseReader::open(m_s.baseFile, m_s.table, false); // keys come in no order from here on
        if (!base)
            return false;
        m_base = std::move(*base);
    }
    return m_s.outlet.restart();
}

Result<BaseReader::Found> TwoWaySink::baseOf(const std::string &key)
{
    if (!m_base)
        return BaseReader::Found{BaseRow::Unknown, {}};
    return m_base->find(key);
}

Result<void> TwoWaySink::take(const RowBatch &source, const RowBatch &target, std::span<const RowDecision> decisions)
{
    for (const RowDecision &decision : decisions) {
        Pair pair{source, decision.sourceRow, target, decision.targetRow, {}, {}};
        m_counts.sourceRows += pair.sourceRow >= 0 ? 1 : 0;
        m_counts.targetRows += pair.targetRow >= 0 ? 1 : 0;
        appendOrderedKey(pair.sourceRow >= 0 ? source : target, pair.sourceRow >= 0 ? pair.sourceRow : pair.targetRow,
                         pair.key);
        TRY_ASSIGN(pair.base, baseOf(pair.key));
        if (pair.targetRow >= 0 && target.fault(pair.targetRow) != nullptr)
            ++m_counts.aside; // a cell that nobody can read is no NULL
        else
            TRY(decide(pair, decision.decision == Decision::Equal));
    }
    return handOver(source, target);
}

Result<void> TwoWaySink::setAside(const RowBatch &source, int row)
{
    ++m_counts.sourceRows;
    ++m_counts.aside;
    std::string key;
    appendOrderedKey(source, row, key);
    TRY(baseOf(key)); // it is there: not lost by both sides
    return {};
}

RowStates TwoWaySink::statesOf(const Pair &pair, bool equal) const
{
    const auto state = [&](const RowBatch &rows, int row, const Fingerprint &before) {
        if (row < 0)
            return SideState::Absent;
        const bool same = pair.base.row == BaseRow::Present && rows.fingerprint(row) == before;
        return same ? SideState::Same : SideState::Changed;
    };
    return {pair.base.row, state(pair.source, pair.sourceRow, pair.base.record.source),
            state(pair.target, pair.targetRow, pair.base.record.target), equal};
}

std::optional<JobSide> TwoWaySink::newer(const Pair &pair) const
{
    const TwoWaySettings &rules = m_s.rules;
    if (pair.sourceRow < 0 || pair.targetRow < 0 || rules.newestSource < 0 || rules.newestTarget < 0)
        return std::nullopt;
    return newerSide(m_s.layout->cells[std::size_t(rules.newestSource)],
                     pair.source.value(pair.sourceRow, rules.newestSource),
                     m_s.layout->cells[std::size_t(rules.newestTarget)],
                     pair.target.value(pair.targetRow, rules.newestTarget), rules.marginUs);
}

Result<void> TwoWaySink::decide(const Pair &pair, bool equal)
{
    if (const auto unfinished = m_s.unfinished.find(pair.key); unfinished != m_s.unfinished.end())
        return finishMerge(pair, equal, unfinished->second);
    return decideAfresh(pair, equal);
}

Result<void> TwoWaySink::decideAfresh(const Pair &pair, bool equal)
{
    const TwoWayCase which = twoWayCase(statesOf(pair, equal));
    ++m_counts.cases[std::size_t(which)];
    ConflictEvidence evidence;
    MergedRow merged;
    const auto policy = policyFor(which, m_s.rules.rules);
    if (policy == ConflictPolicy::Newest)
        evidence.newer = newer(pair);
    if (policy == ConflictPolicy::Merge && pair.sourceRow >= 0 && pair.targetRow >= 0) {
        const auto picture = decodePicture(pair.base.record.picture, m_s.layout);
        merged = mergeRows(pair.source, pair.sourceRow, pair.target, pair.targetRow, picture ? &*picture : nullptr,
                           m_s.rules.cellRules);
        evidence.merges = !merged.clashes();
    }
    return act(pair, which, decideTwoWay(which, m_s.rules.rules, evidence), merged);
}

Result<void> TwoWaySink::act(const Pair &pair, TwoWayCase which, TwoWayAction action, const MergedRow &merged)
{
    const auto toTarget = [&](Decision decision, Reason reason) {
        m_toTarget.push_back({decision, reason, pair.sourceRow, pair.targetRow});
    };
    const auto toSource = [&](Decision decision, Reason reason) {
        m_toSource.push_back({decision, reason, pair.targetRow, pair.sourceRow});
    };
    switch (action) {
    case TwoWayAction::Nothing:
    case TwoWayAction::Leave:
    case TwoWayAction::Forget: // finish() does it
        return {};
    case TwoWayAction::Adopt:
        return adopt(pair);
    case TwoWayAction::InsertTarget:
        toTarget(Decision::InsertTarget, Reason::MissingAtTarget);
        return {};
    case TwoWayAction::UpdateTarget:
        toTarget(Decision::UpdateTarget, Reason::CellsDiffer);
        return {};
    case TwoWayAction::DeleteTarget:
        toTarget(Decision::DeleteTarget, Reason::MissingAtSource);
        return {};
    case TwoWayAction::InsertSource:
        toSource(Decision::InsertTarget, Reason::MissingAtTarget);
        return {};
    case TwoWayAction::UpdateSource:
        toSource(Decision::UpdateTarget, Reason::CellsDiffer);
        return {};
    case TwoWayAction::DeleteSource:
        toSource(Decision::DeleteTarget, Reason::MissingAtSource);
        return {};
    case TwoWayAction::Merge:
        return merge(pair, merged);
    case TwoWayAction::Ask:
        return keepOpen(pair, which);
    }
    return {};
}

Result<void> TwoWaySink::adopt(const Pair &pair)
{
    BaseRecord record{pair.source.fingerprint(pair.sourceRow), pair.target.fingerprint(pair.targetRow), {}};
    if (m_s.rules.keepsCells)
        record.picture = encodePicture(pair.source, pair.sourceRow, pair.target, pair.targetRow);
    return m_s.outlet.changeBase({pair.key, std::move(record)});
}

Result<void> TwoWaySink::keepOpen(const Pair &pair, TwoWayCase which)
{
    ++m_counts.conflicts;
    return m_s.outlet.keepOpen({which, pair.key, chainOf(pair.source, pair.sourceRow),
                                chainOf(pair.target, pair.targetRow), pair.base.record.picture});
}

// Each side gets what it lacks.
Result<void> TwoWaySink::merge(const Pair &pair, const MergedRow &merged)
{
    ++m_counts.merged;
    BaseMerge record{
        pair.key, pair.source.fingerprint(pair.sourceRow), pair.target.fingerprint(pair.targetRow), {}, {}, {}, {}};
    RowBatch rows(m_s.layout);
    for (const JobSide at : {JobSide::Source, JobSide::Target})
        appendMerged(merged, at, pair.source, pair.sourceRow, pair.target, pair.targetRow, rows);
    // One that has all of it already is not written.
    const bool sourceLacks = !rows.equalRows(0, pair.source, pair.sourceRow);
    const bool targetLacks = !rows.equalRows(1, pair.target, pair.targetRow);
    (sourceLacks ? record.mergedSource : record.storedSource) = chainOf(rows, 0);
    (targetLacks ? record.mergedTarget : record.storedTarget) = chainOf(rows, 1);
    if (sourceLacks)
        writeMerged(JobSide::Source, pair, rows.chain(0));
    if (targetLacks)
        writeMerged(JobSide::Target, pair, rows.chain(1));
    return m_s.outlet.intend(std::move(record));
}

void TwoWaySink::writeMerged(JobSide at, const Pair &pair, std::string_view chain)
{
    const bool atTarget = at == JobSide::Target;
    (void)(atTarget ? m_mergedForTarget : m_mergedForSource).appendChain(chain); // of this layout
    if (atTarget)
        m_targetPictures.appendRow(pair.target, pair.targetRow);
    else
        m_sourcePictures.appendRow(pair.source, pair.sourceRow);
}

// A merge that was cut off: what it had reached is no edit, and what it computed is not computed twice.
Result<void> TwoWaySink::finishMerge(const Pair &pair, bool equal, const BaseMerge &merge)
{
    enum class Place : quint8 { Before, Reached, Moved };
    const auto placeOf = [&](const RowBatch &rows, int row, const Fingerprint &before, const QByteArray &merged,
                             const QByteArray &stored) {
        if (row < 0)
            return Place::Moved;
        const Fingerprint now = rows.fingerprint(row);
        RowBatch known(m_s.layout);
        for (const QByteArray &chain : {merged, stored}) {
            if (!chain.isEmpty())
                (void)known.appendChain({chain.constData(), std::size_t(chain.size())});
        }
        for (int i = 0; i < known.rowCount(); ++i) {
            if (known.fingerprint(i) == now)
                return Place::Reached;
        }
        return now == before ? Place::Before : Place::Moved;
    };
    const Place source = placeOf(pair.source, pair.sourceRow, merge.source, merge.mergedSource, merge.storedSource);
    const Place target = placeOf(pair.target, pair.targetRow, merge.target, merge.mergedTarget, merge.storedTarget);
    if (source == Place::Moved || target == Place::Moved) {
        // Where neither side may have been written, there is nothing to compute twice.
        const bool begun = (!merge.mergedSource.isEmpty() && !merge.storedSource.isEmpty())
            || (!merge.mergedTarget.isEmpty() && !merge.storedTarget.isEmpty());
        if (begun)
            return keepOpen(pair, TwoWayCase::BothUpdated);
        TRY(m_s.outlet.forgetMerge(pair.key));
        return decideAfresh(pair, equal);
    }
    if (source == Place::Reached && target == Place::Reached) {
        TRY(adopt(pair));
        return m_s.outlet.forgetMerge(pair.key);
    }
    ++m_counts.merged;
    const auto view = [](const QByteArray &chain) {
        return std::string_view(chain.constData(), std::size_t(chain.size()));
    };
    if (source == Place::Before)
        writeMerged(JobSide::Source, pair, view(merge.mergedSource));
    if (target == Place::Before)
        writeMerged(JobSide::Target, pair, view(merge.mergedTarget));
    // What the other side stored when it was reached is what it holds now.
    BaseMerge again = merge;
    if (source == Place::Reached)
        again.storedSource = chainOf(pair.source, pair.sourceRow);
    if (target == Place::Reached)
        again.storedTarget = chainOf(pair.target, pair.targetRow);
    return m_s.outlet.intend(std::move(again));
}

Result<void> TwoWaySink::handOver(const RowBatch &source, const RowBatch &target)
{
    if (!m_toTarget.empty())
        TRY(m_s.outlet.write(JobSide::Target, source, target, m_toTarget));
    if (!m_toSource.empty())
        TRY(m_s.outlet.write(JobSide::Source, target, source, m_toSource));
    if (!m_mergedForTarget.isEmpty())
        TRY(m_s.outlet.write(JobSide::Target, m_mergedForTarget, m_targetPictures, updatesOf(m_mergedForTarget)));
    if (!m_mergedForSource.isEmpty())
        TRY(m_s.outlet.write(JobSide::Source, m_mergedForSource, m_sourcePictures, updatesOf(m_mergedForSource)));
    m_toTarget.clear();
    m_toSource.clear();
    for (RowBatch *batch : {&m_mergedForTarget, &m_mergedForSource, &m_targetPictures, &m_sourcePictures})
        batch->clear();
    return {};
}

Result<void> TwoWaySink::finish()
{
    if (!m_base)
        return {};
    return m_base->unasked([this](const std::string &key) -> Result<void> {
        ++m_counts.cases[std::size_t(TwoWayCase::BothDeleted)];
        if (m_s.unfinished.contains(key))
            TRY(m_s.outlet.forgetMerge(key));
        return m_s.outlet.changeBase({key, std::nullopt});
    });
}

} // namespace tidemark
