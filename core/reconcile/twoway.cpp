// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/reconcile/twoway.h"

#include <array>
#include <utility>

namespace tidemark {

namespace {

// One side is there, the other is not.
TwoWayCase onOneSide(BaseRow base, SideState there, bool atSource)
{
    const auto pick = [atSource](TwoWayCase ofSource, TwoWayCase ofTarget) { return atSource ? ofSource : ofTarget; };
    switch (base) {
    case BaseRow::Unknown:
        return pick(TwoWayCase::OnlyAtSource, TwoWayCase::OnlyAtTarget);
    case BaseRow::Absent:
        return pick(TwoWayCase::SourceInserted, TwoWayCase::TargetInserted);
    case BaseRow::Present:
        break;
    }
    if (there == SideState::Same)
        return pick(TwoWayCase::TargetDeleted, TwoWayCase::SourceDeleted);
    return pick(TwoWayCase::TargetDeletedSourceUpdated, TwoWayCase::SourceDeletedTargetUpdated);
}

TwoWayCase onBothSides(const RowStates &states)
{
    const bool sourceMoved = states.source == SideState::Changed;
    const bool targetMoved = states.target == SideState::Changed;
    if (states.base == BaseRow::Present && !sourceMoved && !targetMoved)
        return TwoWayCase::InStep; // equal or not: what a side's types and triggers made of it is no edit
    if (states.equal)
        return TwoWayCase::Converged;
    switch (states.base) {
    case BaseRow::Unknown:
        return TwoWayCase::FirstMeeting;
    case BaseRow::Absent:
        return TwoWayCase::BothInserted;
    case BaseRow::Present:
        break;
    }
    if (sourceMoved && targetMoved)
        return TwoWayCase::BothUpdated;
    return sourceMoved ? TwoWayCase::SourceUpdated : TwoWayCase::TargetUpdated;
}

TwoWayAction write(TwoWayCase which, JobSide winner)
{
    // The winner has no row: the other side loses its own. The loser has none: it gets one.
    const bool sourceGone = which == TwoWayCase::SourceDeletedTargetUpdated;
    const bool targetGone = which == TwoWayCase::TargetDeletedSourceUpdated;
    if (winner == JobSide::Source) {
        return sourceGone ? TwoWayAction::DeleteTarget
            : targetGone  ? TwoWayAction::InsertTarget
                          : TwoWayAction::UpdateTarget;
    }
    return targetGone ? TwoWayAction::DeleteSource
        : sourceGone  ? TwoWayAction::InsertSource
                      : TwoWayAction::UpdateSource;
}

TwoWayAction resolve(TwoWayCase which, ConflictPolicy policy, const ConflictEvidence &evidence)
{
    const bool oneDeleted =
        which == TwoWayCase::SourceDeletedTargetUpdated || which == TwoWayCase::TargetDeletedSourceUpdated;
    switch (policy) {
    case ConflictPolicy::Source:
        return write(which, JobSide::Source);
    case ConflictPolicy::Target:
        return write(which, JobSide::Target);
    case ConflictPolicy::Newest: // a row that is gone bears no time
        return oneDeleted || !evidence.newer ? TwoWayAction::Ask : write(which, *evidence.newer);
    case ConflictPolicy::Merge:
        return oneDeleted || !evidence.merges ? TwoWayAction::Ask : TwoWayAction::Merge;
    case ConflictPolicy::Ask:
        return TwoWayAction::Ask;
    }
    return TwoWayAction::Ask;
}

constexpr std::array conflictKinds = {
    std::pair{ConflictKind::BothUpdated, QLatin1StringView("both-updated")},
    std::pair{ConflictKind::BothInserted, QLatin1StringView("both-inserted")},
    std::pair{ConflictKind::UpdatedAndDeleted, QLatin1StringView("updated-and-deleted")},
    std::pair{ConflictKind::Differs, QLatin1StringView("differs")},
    std::pair{ConflictKind::GuardFailed, QLatin1StringView("guard-failed")},
    std::pair{ConflictKind::Constraint, QLatin1StringView("constraint")},
    std::pair{ConflictKind::InDoubt, QLatin1StringView("in-doubt")},
};

} // namespace

TwoWayCase twoWayCase(const RowStates &states)
{
    const bool atSource = states.source != SideState::Absent;
    const bool atTarget = states.target != SideState::Absent;
    if (atSource && atTarget)
        return onBothSides(states);
    if (atSource)
        return onOneSide(states.base, states.source, true);
    if (atTarget)
        return onOneSide(states.base, states.target, false);
    return states.base == BaseRow::Present ? TwoWayCase::BothDeleted : TwoWayCase::Nowhere;
}

bool isConflict(TwoWayCase which) { return which >= TwoWayCase::BothInserted; }

ConflictKind conflictKind(TwoWayCase which)
{
    if (which == TwoWayCase::SourceDeletedTargetUpdated || which == TwoWayCase::TargetDeletedSourceUpdated)
        return ConflictKind::UpdatedAndDeleted;
    return which == TwoWayCase::BothUpdated ? ConflictKind::BothUpdated : ConflictKind::BothInserted;
}

std::optional<ConflictPolicy> policyFor(TwoWayCase which, const TwoWayRules &rules)
{
    if (!isConflict(which))
        return std::nullopt;
    return which == TwoWayCase::FirstMeeting ? rules.first : rules.conflicts;
}

TwoWayAction decideTwoWay(TwoWayCase which, const TwoWayRules &rules, const ConflictEvidence &evidence)
{
    switch (which) {
    case TwoWayCase::Nowhere:
    case TwoWayCase::InStep:
        return TwoWayAction::Nothing;
    case TwoWayCase::Converged:
        return TwoWayAction::Adopt;
    case TwoWayCase::BothDeleted:
        return TwoWayAction::Forget;
    case TwoWayCase::SourceInserted:
    case TwoWayCase::OnlyAtSource:
        return TwoWayAction::InsertTarget;
    case TwoWayCase::TargetInserted:
    case TwoWayCase::OnlyAtTarget:
        return TwoWayAction::InsertSource;
    case TwoWayCase::SourceUpdated:
        return TwoWayAction::UpdateTarget;
    case TwoWayCase::TargetUpdated:
        return TwoWayAction::UpdateSource;
    case TwoWayCase::SourceDeleted:
        return rules.propagateDeletes ? TwoWayAction::DeleteTarget : TwoWayAction::Leave;
    case TwoWayCase::TargetDeleted:
        return rules.propagateDeletes ? TwoWayAction::DeleteSource : TwoWayAction::Leave;
    case TwoWayCase::BothInserted:
    case TwoWayCase::BothUpdated:
    case TwoWayCase::SourceDeletedTargetUpdated:
    case TwoWayCase::TargetDeletedSourceUpdated:
        return resolve(which, rules.conflicts, evidence);
    case TwoWayCase::FirstMeeting:
        return resolve(which, rules.first, evidence);
    }
    return TwoWayAction::Ask;
}

JobSide mirrored(JobSide side) { return side == JobSide::Source ? JobSide::Target : JobSide::Source; }

RowStates mirrored(const RowStates &states) { return {states.base, states.target, states.source, states.equal}; }

TwoWayCase mirrored(TwoWayCase which)
{
    switch (which) {
    case TwoWayCase::Nowhere:
    case TwoWayCase::InStep:
    case TwoWayCase::Converged:
    case TwoWayCase::BothDeleted:
    case TwoWayCase::BothInserted:
    case TwoWayCase::BothUpdated:
    case TwoWayCase::FirstMeeting:
        return which;
    case TwoWayCase::SourceInserted:
        return TwoWayCase::TargetInserted;
    case TwoWayCase::TargetInserted:
        return TwoWayCase::SourceInserted;
    case TwoWayCase::OnlyAtSource:
        return TwoWayCase::OnlyAtTarget;
    case TwoWayCase::OnlyAtTarget:
        return TwoWayCase::OnlyAtSource;
    case TwoWayCase::SourceUpdated:
        return TwoWayCase::TargetUpdated;
    case TwoWayCase::TargetUpdated:
        return TwoWayCase::SourceUpdated;
    case TwoWayCase::SourceDeleted:
        return TwoWayCase::TargetDeleted;
    case TwoWayCase::TargetDeleted:
        return TwoWayCase::SourceDeleted;
    case TwoWayCase::SourceDeletedTargetUpdated:
        return TwoWayCase::TargetDeletedSourceUpdated;
    case TwoWayCase::TargetDeletedSourceUpdated:
        return TwoWayCase::SourceDeletedTargetUpdated;
    }
    return which;
}

TwoWayRules mirrored(const TwoWayRules &rules)
{
    const auto swapped = [](ConflictPolicy policy) {
        return policy == ConflictPolicy::Source ? ConflictPolicy::Target
            : policy == ConflictPolicy::Target  ? ConflictPolicy::Source
                                                : policy;
    };
    return {swapped(rules.conflicts), swapped(rules.first), rules.propagateDeletes};
}

TwoWayAction mirrored(TwoWayAction action)
{
    switch (action) {
    case TwoWayAction::Nothing:
    case TwoWayAction::Adopt:
    case TwoWayAction::Forget:
    case TwoWayAction::Leave:
    case TwoWayAction::Merge:
    case TwoWayAction::Ask:
        return action;
    case TwoWayAction::InsertTarget:
        return TwoWayAction::InsertSource;
    case TwoWayAction::UpdateTarget:
        return TwoWayAction::UpdateSource;
    case TwoWayAction::DeleteTarget:
        return TwoWayAction::DeleteSource;
    case TwoWayAction::InsertSource:
        return TwoWayAction::InsertTarget;
    case TwoWayAction::UpdateSource:
        return TwoWayAction::UpdateTarget;
    case TwoWayAction::DeleteSource:
        return TwoWayAction::DeleteTarget;
    }
    return action;
}

QString caseName(TwoWayCase which)
{
    static constexpr std::array<QLatin1StringView, twoWayCaseCount> names = {
        QLatin1StringView("nowhere"),
        QLatin1StringView("in-step"),
        QLatin1StringView("converged"),
        QLatin1StringView("both-deleted"),
        QLatin1StringView("source-inserted"),
        QLatin1StringView("target-inserted"),
        QLatin1StringView("only-at-source"),
        QLatin1StringView("only-at-target"),
        QLatin1StringView("source-updated"),
        QLatin1StringView("target-updated"),
        QLatin1StringView("source-deleted"),
        QLatin1StringView("target-deleted"),
        QLatin1StringView("both-inserted"),
        QLatin1StringView("both-updated"),
        QLatin1StringView("source-deleted-target-updated"),
        QLatin1StringView("target-deleted-source-updated"),
        QLatin1StringView("first-meeting"),
    };
    return names[std::size_t(which)];
}

QString conflictKindName(ConflictKind kind)
{
    for (const auto &[known, name] : conflictKinds) {
        if (known == kind)
            return name;
    }
    return {};
}

std::optional<ConflictKind> conflictKindFromName(QStringView name)
{
    for (const auto &[known, text] : conflictKinds) {
        if (text == name)
            return known;
    }
    return std::nullopt;
}

QString policyName(ConflictPolicy policy)
{
    switch (policy) {
    case ConflictPolicy::Source:
        return QStringLiteral("source");
    case ConflictPolicy::Target:
        return QStringLiteral("target");
    case ConflictPolicy::Newest:
        return QStringLiteral("newest");
    case ConflictPolicy::Merge:
        return QStringLiteral("merge");
    case ConflictPolicy::Ask:
        return QStringLiteral("ask");
    }
    return {};
}

} // namespace tidemark
