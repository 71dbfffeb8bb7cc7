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

// A row that one side alone has edited, where the other's is not the very same: what that side's types and triggers
// made of a value that was not edited comes back with no edit of another. Not set: the row goes over as it is.
std::optional<TwoWaySink::MergedChains> TwoWaySink::editFor(JobSide to, const Pair &pair) const
{
    const auto picture = decodePicture(pair.base.record.picture, m_s.layout);
    if (!picture || (picture->hasCells() ? picture->rows.rowCount() < 2 : picture->targetPrints.empty()))
        return std::nullopt;
    const MergedRow edit = mergeRows(pair.source, pair.sourceRow, pair.target, pair.targetRow, &*picture, {});
    if (edit.clashes())
        return std::nullopt;
    const bool toTarget = to == JobSide::Target;
    const RowBatch &from = toTarget ? pair.source : pair.target;
    const int fromRow = toTarget ? pair.sourceRow : pair.targetRow;
    const RowBatch &there = toTarget ? pair.target : pair.source;
    const int thereRow = toTarget ? pair.targetRow : pair.sourceRow;
    RowBatch merged(m_s.layout);
    appendMerged(edit, to, pair.source, pair.sourceRow, pair.target, pair.targetRow, merged);
    std::string cells;
    for (int cell = 0; cell < m_s.layout->size(); ++cell) {
        // What is carried along without being compared goes over, as with any edit.
        const CellView view = cell < m_s.layout->comparedCount ? merged.value(0, cell) : from.value(fromRow, cell);
        const quint32 length = view.isNull ? RowBatch::nullLength : quint32(view.bytes.size());
        cells.append(reinterpret_cast<const char *>(&length), sizeof length);
        cells += view.bytes;
    }
    RowBatch made(m_s.layout);
    if (!made.appendChain(cells) || made.chain(0) == from.chain(fromRow))
        return std::nullopt;
    const bool lacks = !made.equalRows(0, there, thereRow);
    const QByteArray chain = chainOf(made, 0);
    const QByteArray own = chainOf(from, fromRow);
    return toTarget ? MergedChains{own, chain, false, lacks} : MergedChains{chain, own, lacks, false};
}

Result<void> TwoWaySink::merge(const Pair &pair, const MergedChains &merged, Reason reason, Cause cause)
{
    const auto print = [](const RowBatch &rows, int row) { return row < 0 ? Fingerprint{} : rows.fingerprint(row); };
    BaseMerge record{pair.key, print(pair.source, pair.sourceRow), print(pair.target, pair.targetRow), {}, {}, {}, {}};
    record.beforeSource = chainOf(pair.source, pair.sourceRow);
    record.beforeTarget = chainOf(pair.target, pair.targetRow);
    (merged.sourceLacks ? record.mergedSource : record.storedSource) = merged.forSource;
    (merged.targetLacks ? record.mergedTarget : record.storedTarget) = merged.forTarget;
    if (merged.sourceLacks)
        writeMerged(JobSide::Source, pair, viewOf(merged.forSource), reason, cause);
    if (merged.targetLacks)
        writeMerged(JobSide::Target, pair, viewOf(merged.forTarget), reason, cause);
    return m_s.outlet.intend(std::move(record));
}

void TwoWaySink::writeMerged(JobSide at, const Pair &pair, std::string_view chain, Reason reason, Cause cause)
{
    const bool atTarget = at == JobSide::Target;
    Outgoing &out = atTarget ? m_mergedForTarget : m_mergedForSource;
    const RowBatch &now = atTarget ? pair.target : pair.source;
    const int row = atTarget ? pair.targetRow : pair.sourceRow;
    if (!out.rows.appendChain(chain)) // of this layout
        return;
    RowDecision decision{Decision::InsertTarget, reason, out.rows.rowCount() - 1, -1, cause};
    if (row >= 0) {
        out.pictures.appendRow(now, row);
        decision.decision = Decision::UpdateTarget;
        decision.targetRow = out.pictures.rowCount() - 1;
    }
    out.decisions.push_back(decision);
}

namespace {

enum class Place : quint8 { Before, Reached, Moved };

Place placeOf(const RowBatch &rows, int row, const Fingerprint &before, const QByteArray &stored)
{
    const Fingerprint now = row < 0 ? Fingerprint{} : rows.fingerprint(row);
    if (stored.isEmpty())
        return now == before ? Place::Before : Place::Moved;
    RowBatch known(rows.layoutPointer());
    return known.appendChain(viewOf(stored)) && known.fingerprint(0) == now ? Place::Reached : Place::Moved;
}

} // namespace

// A merge that was cut off: what it had reached is no edit, and what it computed is not computed twice.
Result<void> TwoWaySink::finishMerge(const Pair &pair, bool equal, const BaseMerge &merge)
{
    // What a person says of the row as it is now goes before what was begun.
    const KnownAnswer *const known = equal ? nullptr : answerTo(pair);
    if (known != nullptr && known->answer == ConflictAnswer::Skip)
        return actOnAnswer(pair, TwoWayCase::BothUpdated, *known);
    const Place source = placeOf(pair.source, pair.sourceRow, merge.source, merge.storedSource);
    const Place target = placeOf(pair.target, pair.targetRow, merge.target, merge.storedTarget);
    if (known != nullptr || source == Place::Moved || target == Place::Moved) {
        Pair now = pair;
        BaseChange left{pair.key, std::nullopt};
        now.base = baseLeftBy(pair, merge, left);
        if (!m_s.outlet.plans() && (known != nullptr || !waitsForAnswer(now, equal, merge)))
            TRY(leaveMerge(std::move(left), merge));
        return known != nullptr ? actOnAnswer(now, TwoWayCase::BothUpdated, *known) : decideAfresh(now, equal);
    }
    if (source == Place::Reached && target == Place::Reached) {
        TRY(adopt(pair));
        return m_s.outlet.plans() ? Result<void>() : m_s.outlet.forgetMerge(pair.key);
    }
    if (m_s.asksUnfinished || m_s.asked.contains(pair.key)) {
        if (m_s.asksUnfinished)
            m_askedAs = ConflictKind::InDoubt;
        auto done = act(pair, TwoWayCase::BothUpdated, TwoWayAction::Ask, {});
        m_askedAs.reset();
        return done;
    }
    return bringMergeToOther(pair, merge, source == Place::Before, target == Place::Before);
}

Result<void> TwoWaySink::bringMergeToOther(const Pair &pair, const BaseMerge &merge, bool toSource, bool toTarget)
{
    if (m_s.outlet.plans())
        return act(pair, TwoWayCase::BothUpdated, TwoWayAction::Merge,
                   {merge.mergedSource, merge.mergedTarget, toSource, toTarget});
    count(decisionOf(TwoWayAction::Merge, toSource, toTarget));
    ++m_counts.merged;
    const Cause cause{DecidedBy::EarlierMerge, 0};
    if (toSource)
        writeMerged(JobSide::Source, pair, viewOf(merge.mergedSource), Reason::ChangedAtBoth, cause);
    if (toTarget)
        writeMerged(JobSide::Target, pair, viewOf(merge.mergedTarget), Reason::ChangedAtBoth, cause);
    return m_s.outlet.intend(merge);
}

// Made anew where what a person made of the row had not come to, and asked about: the merge is kept, to tell a delete
// of what it reached from a row that was never there, however many runs look at it by then.
bool TwoWaySink::waitsForAnswer(const Pair &now, bool equal, const BaseMerge &merge) const
{
    const bool reachedOne = merge.storedSource.isEmpty() != merge.storedTarget.isEmpty();
    const QByteArray &before = merge.storedSource.isEmpty() ? merge.beforeSource : merge.beforeTarget;
    if (equal || !reachedOne || !before.isEmpty() || now.sourceRow < 0 || now.targetRow < 0)
        return false;
    if (const KnownAnswer *const known = answerTo(now)) // to rest is no answer
        return known->answer == ConflictAnswer::Skip;
    return judge(now, equal).action == TwoWayAction::Ask;
}

// The base of a row whose merge was cut off, and which has moved since: what both sides were when they were last made
// of one another.
BaseReader::Found TwoWaySink::baseLeftBy(const Pair &pair, const BaseMerge &merge, BaseChange &change) const
{
    if (merge.storedSource.isEmpty() && merge.storedTarget.isEmpty())
        return pair.base;
    const auto pictures = picturesLeftBy(pair, merge);
    BaseReader::Found found;
    if (pictures && !pictures->first.isEmpty() && !pictures->second.isEmpty()) {
        found.row = BaseRow::Present;
        found.record = {pictures->first.fingerprint(0), pictures->second.fingerprint(0), {}};
        if (m_s.rules.keepsCells)
            found.record.picture = encodePicture(pictures->first, 0, pictures->second, 0);
        change.now = found.record;
    } else if (!pictures) { // nobody can tell
        found.row = BaseRow::Unknown;
        change.now.emplace().neverInStep = true;
    }
    return found;
}

// It is the row's base from now on, and there is no merge of it any more.
Result<void> TwoWaySink::leaveMerge(BaseChange left, const BaseMerge &merge)
{
    const bool reachedNone = merge.storedSource.isEmpty() && merge.storedTarget.isEmpty();
    return reachedNone ? m_s.outlet.forgetMerge(left.key) : m_s.outlet.rebase(std::move(left));
}

// As the source and the target had it; both empty: neither had. A side that the merge has come to alone is made of the
// other: that one, as it was then, is what both had. Nothing: a chain is damaged.
std::optional<std::pair<RowBatch, RowBatch>> TwoWaySink::picturesLeftBy(const Pair &pair, const BaseMerge &merge) const
{
    const auto rowOf = [this](const QByteArray &chain) {
        RowBatch row(m_s.layout);
        if (!chain.isEmpty())
            (void)row.appendChain(viewOf(chain));
        return row;
    };
    if (!merge.storedSource.isEmpty() && !merge.storedTarget.isEmpty()) {
        std::pair both(rowOf(merge.storedSource), rowOf(merge.storedTarget));
        return both.first.isEmpty() || both.second.isEmpty() ? std::nullopt : std::optional(std::move(both));
    }
    const bool atTarget = !merge.storedTarget.isEmpty();
    const QByteArray &before = atTarget ? merge.beforeSource : merge.beforeTarget;
    const RowBatch stored = rowOf(atTarget ? merge.storedTarget : merge.storedSource);
    if (before.isEmpty()) {
        // Deleted where it had come to, and made anew where it had not: neither goes over the other unseen.
        const bool crossed =
            (atTarget ? pair.targetRow : pair.sourceRow) < 0 && (atTarget ? pair.sourceRow : pair.targetRow) >= 0;
        const RowBatch had = crossed ? stored : RowBatch(m_s.layout);
        return std::pair(had, had);
    }
    const QByteArray &written = atTarget ? merge.mergedTarget : merge.mergedSource;
    const RowBatch other = rowOf(before);
    const RowBatch merged = written.isEmpty() ? stored : rowOf(written);
    if (other.isEmpty() || stored.isEmpty() || merged.isEmpty())
        return std::nullopt;
    // What the reached side made of the other's values is no edit of its own.
    MergedRow echo;
    echo.origins.resize(std::size_t(m_s.layout->comparedCount), CellOrigin::Source);
    echo.ruled.resize(echo.origins.size());
    for (int cell = 0; cell < m_s.layout->comparedCount; ++cell) {
        if (merged.comparison(0, cell) == other.comparison(0, cell))
            echo.origins[std::size_t(cell)] = CellOrigin::Target;
    }
    RowBatch had(m_s.layout);
    appendMerged(echo, JobSide::Source, other, 0, stored, 0, had);
    if (had.isEmpty())
        return std::nullopt;
    return atTarget ? std::pair(other, had) : std::pair(had, other);
}

} // namespace tidemark
