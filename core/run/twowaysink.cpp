// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/twowaysink.h"

#include "core/data/orderedkey.h"
#include "core/run/rowchains.h"

namespace tidemark {

namespace {

Reason reasonOf(TwoWayCase which)
{
    switch (which) {
    case TwoWayCase::Nowhere:
    case TwoWayCase::InStep:
    case TwoWayCase::Converged:
    case TwoWayCase::BothDeleted:
        return Reason::None;
    case TwoWayCase::SourceInserted:
    case TwoWayCase::OnlyAtSource:
        return Reason::MissingAtTarget;
    case TwoWayCase::TargetInserted:
    case TwoWayCase::OnlyAtTarget:
        return Reason::MissingAtSource;
    case TwoWayCase::SourceUpdated:
        return Reason::ChangedAtSource;
    case TwoWayCase::TargetUpdated:
        return Reason::ChangedAtTarget;
    case TwoWayCase::SourceDeleted:
        return Reason::DeletedAtSource;
    case TwoWayCase::TargetDeleted:
        return Reason::DeletedAtTarget;
    case TwoWayCase::BothInserted:
        return Reason::InsertedAtBoth;
    case TwoWayCase::BothUpdated:
        return Reason::ChangedAtBoth;
    case TwoWayCase::SourceDeletedTargetUpdated:
    case TwoWayCase::TargetDeletedSourceUpdated:
        return Reason::DeletedAndChanged;
    case TwoWayCase::FirstMeeting:
        return Reason::NoBase;
    }
    return Reason::None;
}

} // namespace

// As a plan has it; Equal: no row is written, and nobody asked.
Decision TwoWaySink::decisionOf(TwoWayAction action, bool sourceLacks, bool targetLacks)
{
    switch (action) {
    case TwoWayAction::Nothing:
    case TwoWayAction::Adopt:
    case TwoWayAction::Forget:
    case TwoWayAction::Leave:
        return Decision::Equal;
    case TwoWayAction::InsertTarget:
        return Decision::InsertTarget;
    case TwoWayAction::UpdateTarget:
        return Decision::UpdateTarget;
    case TwoWayAction::DeleteTarget:
        return Decision::DeleteTarget;
    case TwoWayAction::InsertSource:
        return Decision::InsertSource;
    case TwoWayAction::UpdateSource:
        return Decision::UpdateSource;
    case TwoWayAction::DeleteSource:
        return Decision::DeleteSource;
    case TwoWayAction::Merge:
        return sourceLacks && targetLacks ? Decision::Merge
            : sourceLacks                 ? Decision::UpdateSource
            : targetLacks                 ? Decision::UpdateTarget
                                          : Decision::Equal;
    case TwoWayAction::Ask:
        return Decision::Conflict;
    }
    return Decision::Equal;
}

TwoWaySink::TwoWaySink(Settings settings)
    : m_s(std::move(settings)), m_mergedForTarget(m_s.layout), m_mergedForSource(m_s.layout)
{ }

PlanWriter::Item TwoWaySink::Planned::item() const
{
    return {decision, reason, sourceRow, targetRow, viewOf(base), viewOf(mergedSource), viewOf(mergedTarget)};
}

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
        if (pair.targetRow < 0 || target.fault(pair.targetRow) == nullptr) {
            TRY(decide(pair, decision.decision == Decision::Equal));
            continue;
        }
        ++m_counts.aside; // a cell that nobody can read is no NULL
        TRY(m_s.outlet.leave(target, pair.targetRow));
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
    return m_s.outlet.leave(source, row);
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

// What tells this base of the row from another one.
QByteArray TwoWaySink::baseOf(const Pair &pair)
{
    const BaseRecord &record = pair.base.record;
    if (pair.base.row != BaseRow::Present || !record.picture.isEmpty())
        return record.picture;
    QByteArray prints;
    for (const quint64 part : {record.source.low, record.source.high, record.target.low, record.target.high})
        prints += QByteArray::number(part, 16) + ' ';
    return prints;
}

// What was said of this row, if it is still the row that was shown.
const KnownAnswer *TwoWaySink::answerTo(const Pair &pair) const
{
    if (m_s.answers == nullptr)
        return nullptr;
    const auto found = m_s.answers->find(pair.key);
    if (found == m_s.answers->end())
        return nullptr;
    const auto same = [](const RowBatch &rows, int row, const std::optional<Fingerprint> &shown) {
        return row < 0 ? !shown : shown && rows.fingerprint(row) == *shown;
    };
    const KnownAnswer &known = found->second;
    const bool asShown = same(pair.source, pair.sourceRow, known.source)
        && same(pair.target, pair.targetRow, known.target) && known.base == baseOf(pair);
    return asShown ? &known : nullptr;
}

Result<void> TwoWaySink::decideAfresh(const Pair &pair, bool equal)
{
    const Judged judged = judge(pair, equal);
    ++m_counts.cases[std::size_t(judged.which)];
    if (const KnownAnswer *const known = equal ? nullptr : answerTo(pair))
        return actOnAnswer(pair, judged.which, *known);
    if (!equal && m_s.doubtful != nullptr && m_s.doubtful->contains(pair.key)) {
        m_askedAs = ConflictKind::InDoubt;
        auto asked = act(pair, judged.which, TwoWayAction::Ask, {});
        m_askedAs.reset();
        return asked;
    }
    return act(pair, judged.which, judged.action, judged.chains, judged.cause);
}

// Of what a policy has decided, and not left to a person.
Cause TwoWaySink::causeOf(ConflictPolicy policy, quint8 rules)
{
    switch (policy) {
    case ConflictPolicy::Source:
        return {DecidedBy::Source, 0};
    case ConflictPolicy::Target:
        return {DecidedBy::Target, 0};
    case ConflictPolicy::Newest:
        return {DecidedBy::Newest, 0};
    case ConflictPolicy::Merge:
        return {DecidedBy::Merge, rules};
    case ConflictPolicy::Ask:
        break;
    }
    return {};
}

TwoWaySink::Judged TwoWaySink::judge(const Pair &pair, bool equal) const
{
    Judged judged{twoWayCase(statesOf(pair, equal)), {}, {}};
    ConflictEvidence evidence;
    quint8 rules = 0;
    const auto policy = policyFor(judged.which, m_s.rules.rules);
    if (policy == ConflictPolicy::Newest)
        evidence.newer = newer(pair);
    if (policy == ConflictPolicy::Merge && pair.sourceRow >= 0 && pair.targetRow >= 0) {
        const auto picture = decodePicture(pair.base.record.picture, m_s.layout);
        const MergedRow merged = mergeRows(pair.source, pair.sourceRow, pair.target, pair.targetRow,
                                           picture ? &*picture : nullptr, m_s.rules.cellRules);
        evidence.merges = !merged.clashes();
        rules = merged.rules;
        if (evidence.merges)
            judged.chains = chainsOf(pair, merged);
    }
    judged.action = decideTwoWay(judged.which, m_s.rules.rules, evidence);
    if (policy)
        judged.cause = causeOf(*policy, rules);
    const bool oneEdited = judged.which == TwoWayCase::SourceUpdated || judged.which == TwoWayCase::TargetUpdated;
    if (!oneEdited)
        return judged;
    const JobSide to = judged.which == TwoWayCase::SourceUpdated ? JobSide::Target : JobSide::Source;
    if (auto edit = editFor(to, pair)) {
        judged.action = TwoWayAction::Merge;
        judged.chains = std::move(*edit);
    }
    return judged;
}

Result<void> TwoWaySink::actOnAnswer(const Pair &pair, TwoWayCase which, const KnownAnswer &known)
{
    const bool atSource = pair.sourceRow >= 0;
    const bool atTarget = pair.targetRow >= 0;
    MergedChains chains;
    TwoWayAction action = TwoWayAction::Nothing;
    switch (known.answer) {
    case ConflictAnswer::None:
        return act(pair, which, TwoWayAction::Ask, {});
    case ConflictAnswer::Skip:
        ++m_counts.skipped;
        return m_s.outlet.plans() ? Result<void>() : keepOpen(pair, which, ConflictState::Skipped);
    case ConflictAnswer::Source:
        action = !atSource ? TwoWayAction::DeleteTarget
            : atTarget     ? TwoWayAction::UpdateTarget
                           : TwoWayAction::InsertTarget;
        break;
    case ConflictAnswer::Target:
        action = !atTarget ? TwoWayAction::DeleteSource
            : atSource     ? TwoWayAction::UpdateSource
                           : TwoWayAction::InsertSource;
        break;
    case ConflictAnswer::Row:
        action = TwoWayAction::Merge;
        chains = {known.rowForSource, known.rowForTarget, chainOf(pair.source, pair.sourceRow) != known.rowForSource,
                  chainOf(pair.target, pair.targetRow) != known.rowForTarget};
        break;
    }
    if (!m_s.outlet.plans())
        TRY(keepOpen(pair, which, ConflictState::Answered));
    m_answering = true; // which is leave enough
    auto done = act(pair, which, action, chains, known.cause);
    m_answering = false;
    return done;
}

void TwoWaySink::count(Decision decision)
{
    switch (decision) {
    case Decision::Equal:
    case Decision::Keep:
        return;
    case Decision::Conflict:
        ++m_counts.conflicts;
        return;
    case Decision::InsertTarget:
        ++m_counts.toTarget.inserts;
        return;
    case Decision::UpdateTarget:
        ++m_counts.toTarget.updates;
        return;
    case Decision::DeleteTarget:
        ++m_counts.toTarget.deletes;
        return;
    case Decision::InsertSource:
        ++m_counts.toSource.inserts;
        return;
    case Decision::UpdateSource:
        ++m_counts.toSource.updates;
        return;
    case Decision::DeleteSource:
        ++m_counts.toSource.deletes;
        return;
    case Decision::Merge:
        ++m_counts.toTarget.updates;
        ++m_counts.toSource.updates;
        return;
    }
}

Result<void> TwoWaySink::act(const Pair &pair, TwoWayCase which, TwoWayAction action, const MergedChains &merged,
                             Cause cause)
{
    const Decision decision = decisionOf(action, merged.sourceLacks, merged.targetLacks);
    if (decision != Decision::Equal) {
        const Reason reason = reasonOf(which);
        // A conflict's base is what an answer will be held against.
        const QByteArray base = decision == Decision::Conflict ? baseOf(pair) : pair.base.record.picture;
        Planned planned{decision, reason, pair.sourceRow, pair.targetRow, base, {}, {}};
        if (action == TwoWayAction::Merge) {
            planned.mergedSource = merged.forSource;
            planned.mergedTarget = merged.forTarget;
        }
        if (isWrite(decision) && !m_answering && !m_s.outlet.approves(pair.source, pair.target, planned.item())) {
            ++m_counts.unapproved;
            return which == TwoWayCase::FirstMeeting ? noteFirstMeeting(pair) : Result<void>();
        }
        count(decision);
        m_counts.merged += decision == Decision::Merge ? 1 : 0; // counted once at each side
        if (m_s.outlet.plans()) {
            m_planned.push_back(std::move(planned));
            return {};
        }
    }
    switch (action) {
    case TwoWayAction::Nothing:
    case TwoWayAction::Leave:
    case TwoWayAction::Forget: // finish() does it
        return {};
    case TwoWayAction::Adopt:
        return adopt(pair);
    case TwoWayAction::Merge:
        return merge(pair, merged, reasonOf(which), cause);
    case TwoWayAction::Ask:
        if (which == TwoWayCase::FirstMeeting)
            TRY(noteFirstMeeting(pair));
        return keepOpen(pair, which, ConflictState::Open);
    default:
        return write(pair, action, reasonOf(which), cause);
    }
}

// Rows that differed when they met first are met as such until they are in step.
Result<void> TwoWaySink::noteFirstMeeting(const Pair &pair)
{
    if (m_base) // it says so already
        return {};
    BaseRecord record;
    record.neverInStep = true;
    return m_s.outlet.changeBase({pair.key, std::move(record)});
}

Result<void> TwoWaySink::write(const Pair &pair, TwoWayAction action, Reason reason, Cause cause)
{
    const auto toTarget = [&](Decision decision) {
        m_toTarget.push_back({decision, reason, pair.sourceRow, pair.targetRow, cause});
    };
    const auto toSource = [&](Decision decision) {
        m_toSource.push_back({decision, reason, pair.targetRow, pair.sourceRow, cause});
    };
    switch (action) {
    case TwoWayAction::InsertTarget:
        toTarget(Decision::InsertTarget);
        break;
    case TwoWayAction::UpdateTarget:
        toTarget(Decision::UpdateTarget);
        break;
    case TwoWayAction::DeleteTarget:
        toTarget(Decision::DeleteTarget);
        break;
    case TwoWayAction::InsertSource:
        toSource(Decision::InsertTarget);
        break;
    case TwoWayAction::UpdateSource:
        toSource(Decision::UpdateTarget);
        break;
    case TwoWayAction::DeleteSource:
        toSource(Decision::DeleteTarget);
        break;
    default:
        break;
    }
    return {};
}

Result<void> TwoWaySink::adopt(const Pair &pair)
{
    if (m_s.outlet.plans())
        return {};
    BaseRecord record{pair.source.fingerprint(pair.sourceRow), pair.target.fingerprint(pair.targetRow), {}};
    if (m_s.rules.keepsCells)
        record.picture = encodePicture(pair.source, pair.sourceRow, pair.target, pair.targetRow);
    return m_s.outlet.changeBase({pair.key, std::move(record)});
}

Result<void> TwoWaySink::keepOpen(const Pair &pair, TwoWayCase which, ConflictState state)
{
    return m_s.outlet.keepOpen({state, which, pair.key, chainOf(pair.source, pair.sourceRow),
                                chainOf(pair.target, pair.targetRow), baseOf(pair), m_askedAs});
}

Result<void> TwoWaySink::handOver(const RowBatch &source, const RowBatch &target)
{
    if (!m_planned.empty()) {
        std::vector<PlanWriter::Item> items;
        items.reserve(m_planned.size());
        for (const Planned &planned : m_planned)
            items.push_back(planned.item());
        TRY(m_s.outlet.plan(source, target, items));
        m_planned.clear();
    }
    if (!m_toTarget.empty())
        TRY(m_s.outlet.write(JobSide::Target, source, target, m_toTarget));
    if (!m_toSource.empty())
        TRY(m_s.outlet.write(JobSide::Source, target, source, m_toSource));
    m_toTarget.clear();
    m_toSource.clear();
    for (const JobSide to : {JobSide::Target, JobSide::Source}) {
        Outgoing &out = to == JobSide::Target ? m_mergedForTarget : m_mergedForSource;
        if (!out.decisions.empty())
            TRY(m_s.outlet.write(to, out.rows, out.pictures, out.decisions));
        out.rows.clear();
        out.pictures.clear();
        out.decisions.clear();
    }
    return {};
}

Result<void> TwoWaySink::gone(const std::string &key)
{
    TRY_ASSIGN(const BaseReader::Found found, baseOf(key));
    return found.row == BaseRow::Present ? forget(key) : Result<void>();
}

Result<void> TwoWaySink::finish()
{
    return m_base ? m_base->unasked([this](const std::string &key) { return forget(key); }) : Result<void>();
}

Result<void> TwoWaySink::forget(const std::string &key)
{
    ++m_counts.cases[std::size_t(TwoWayCase::BothDeleted)];
    if (m_s.outlet.plans())
        return {};
    if (m_s.unfinished.contains(key))
        TRY(m_s.outlet.forgetMerge(key));
    return m_s.outlet.changeBase({key, std::nullopt});
}

} // namespace tidemark
