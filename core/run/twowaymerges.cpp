// SPDX-License-Identifier: GPL-3.0-or-later
// Rows made of both sides, and those that an earlier run did not bring to both.
#include "core/run/rowchains.h"
#include "core/run/twowaysink.h"

namespace tidemark {

// Each side gets what it lacks; one that has all of it already is not written.
TwoWaySink::MergedChains TwoWaySink::chainsOf(const Pair &pair, const MergedRow &merged) const
{
    RowBatch rows(m_s.layout);
    for (const JobSide at : {JobSide::Source, JobSide::Target})
        appendMerged(merged, at, pair.source, pair.sourceRow, pair.target, pair.targetRow, rows);
    return {chainOf(rows, 0), chainOf(rows, 1), !rows.equalRows(0, pair.source, pair.sourceRow),
            !rows.equalRows(1, pair.target, pair.targetRow)};
}

Result<void> TwoWaySink::merge(const Pair &pair, const MergedChains &merged)
{
    const auto print = [](const RowBatch &rows, int row) { return row < 0 ? Fingerprint{} : rows.fingerprint(row); };
    BaseMerge record{pair.key, print(pair.source, pair.sourceRow), print(pair.target, pair.targetRow), {}, {}, {}, {}};
    (merged.sourceLacks ? record.mergedSource : record.storedSource) = merged.forSource;
    (merged.targetLacks ? record.mergedTarget : record.storedTarget) = merged.forTarget;
    if (merged.sourceLacks)
        writeMerged(JobSide::Source, pair, viewOf(merged.forSource));
    if (merged.targetLacks)
        writeMerged(JobSide::Target, pair, viewOf(merged.forTarget));
    return m_s.outlet.intend(std::move(record));
}

void TwoWaySink::writeMerged(JobSide at, const Pair &pair, std::string_view chain)
{
    const bool atTarget = at == JobSide::Target;
    Outgoing &out = atTarget ? m_mergedForTarget : m_mergedForSource;
    const RowBatch &now = atTarget ? pair.target : pair.source;
    const int row = atTarget ? pair.targetRow : pair.sourceRow;
    if (!out.rows.appendChain(chain)) // of this layout
        return;
    RowDecision decision{Decision::InsertTarget, Reason::ChangedAtBoth, out.rows.rowCount() - 1, -1};
    if (row >= 0) {
        out.pictures.appendRow(now, row);
        decision.decision = Decision::UpdateTarget;
        decision.targetRow = out.pictures.rowCount() - 1;
    }
    out.decisions.push_back(decision);
}

// A merge that was cut off: what it had reached is no edit, and what it computed is not computed twice.
Result<void> TwoWaySink::finishMerge(const Pair &pair, bool equal, const BaseMerge &merge)
{
    enum class Place : quint8 { Before, Reached, Moved };
    const auto placeOf = [&](const RowBatch &rows, int row, const Fingerprint &before, const QByteArray &merged,
                             const QByteArray &stored) {
        if (row < 0) // a row that was made anew there may not have arrived yet
            return before == Fingerprint{} && stored.isEmpty() ? Place::Before : Place::Moved;
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
    // What a person says of the row as it is now goes before what was begun.
    if (!equal && answerTo(pair) != nullptr)
        return askAboutMerge(pair, equal);
    const Place source = placeOf(pair.source, pair.sourceRow, merge.source, merge.mergedSource, merge.storedSource);
    const Place target = placeOf(pair.target, pair.targetRow, merge.target, merge.mergedTarget, merge.storedTarget);
    if (source == Place::Moved || target == Place::Moved) {
        // Where neither side may have been written, there is nothing to compute twice.
        const bool begun = (!merge.mergedSource.isEmpty() && !merge.storedSource.isEmpty())
            || (!merge.mergedTarget.isEmpty() && !merge.storedTarget.isEmpty());
        return begun ? askAboutMerge(pair, equal) : forgetMergeAndDecide(pair, equal);
    }
    if (source == Place::Reached && target == Place::Reached) {
        TRY(adopt(pair));
        return m_s.outlet.plans() ? Result<void>() : m_s.outlet.forgetMerge(pair.key);
    }
    if (m_s.asksUnfinished || m_s.asked.contains(pair.key))
        return act(pair, TwoWayCase::BothUpdated, TwoWayAction::Ask, {});
    const bool toSource = source == Place::Before;
    const bool toTarget = target == Place::Before;
    if (m_s.outlet.plans())
        return act(pair, TwoWayCase::BothUpdated, TwoWayAction::Merge,
                   {merge.mergedSource, merge.mergedTarget, toSource, toTarget});
    count(decisionOf(TwoWayAction::Merge, toSource, toTarget));
    ++m_counts.merged;
    if (toSource)
        writeMerged(JobSide::Source, pair, viewOf(merge.mergedSource));
    if (toTarget)
        writeMerged(JobSide::Target, pair, viewOf(merge.mergedTarget));
    // What the other side stored when it was reached is what it holds now.
    BaseMerge again = merge;
    if (source == Place::Reached)
        again.storedSource = chainOf(pair.source, pair.sourceRow);
    if (target == Place::Reached)
        again.storedTarget = chainOf(pair.target, pair.targetRow);
    return m_s.outlet.intend(std::move(again));
}

Result<void> TwoWaySink::forgetMergeAndDecide(const Pair &pair, bool equal)
{
    if (!m_s.outlet.plans())
        TRY(m_s.outlet.forgetMerge(pair.key));
    return decideAfresh(pair, equal);
}

// One that may have come to one side, and a side has moved since: whose edit is whose, nobody can tell any more.
Result<void> TwoWaySink::askAboutMerge(const Pair &pair, bool equal)
{
    if (equal)
        return forgetMergeAndDecide(pair, equal);
    const KnownAnswer *const known = answerTo(pair);
    if (known == nullptr)
        return act(pair, TwoWayCase::BothUpdated, TwoWayAction::Ask, {});
    if (known->answer != ConflictAnswer::Skip && !m_s.outlet.plans())
        TRY(m_s.outlet.forgetMerge(pair.key));
    return actOnAnswer(pair, TwoWayCase::BothUpdated, *known);
}

} // namespace tidemark
