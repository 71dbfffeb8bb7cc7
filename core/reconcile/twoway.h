// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QString>

#include "core/data/tablerules.h"

namespace tidemark {

// Two ways, three states (semantics.md): what each side did to one row since both were in step, and what follows. Pure
// and total; swapping the sides mirrors the answer (mirrored()).

enum class JobSide : quint8 { Source, Target };

// Unknown: there is no base for this row that could be trusted. Absent: there is one for the table, and the row was on
// neither side.
enum class BaseRow : quint8 { Unknown, Absent, Present };

// A side against the base's picture of that very side. Same only where the base is Present.
enum class SideState : quint8 { Absent, Same, Changed };

struct RowStates
{
    BaseRow base = BaseRow::Unknown;
    SideState source = SideState::Absent;
    SideState target = SideState::Absent;
    bool equal = false; // both there, and equal to each other
    bool operator==(const RowStates &) const = default;
};

// Every case has a name.
enum class TwoWayCase : quint8 {
    Nowhere, // on no side and in no base
    InStep, // both as the base has them
    Converged, // both there and equal, but the base is another or none
    BothDeleted,
    SourceInserted,
    TargetInserted,
    OnlyAtSource, // no base to tell an insert here from a delete there
    OnlyAtTarget,
    SourceUpdated,
    TargetUpdated,
    SourceDeleted,
    TargetDeleted,
    BothInserted, // from here on: conflicts
    BothUpdated,
    SourceDeletedTargetUpdated,
    TargetDeletedSourceUpdated,
    FirstMeeting, // unequal, and no base tells which side moved
};
constexpr int twoWayCaseCount = int(TwoWayCase::FirstMeeting) + 1;

struct TwoWayRules
{
    ConflictPolicy conflicts = ConflictPolicy::Ask;
    ConflictPolicy first = ConflictPolicy::Ask; // of FirstMeeting
    bool propagateDeletes = true;
    bool operator==(const TwoWayRules &) const = default;
};

// What the cells say, for the policies that look at them. Not needed where policyFor() is neither Newest nor Merge.
struct ConflictEvidence
{
    std::optional<JobSide> newer; // beyond the margin; not set: nobody can tell
    bool merges = false; // no cell is left that both sides changed
};

enum class TwoWayAction : quint8 {
    Nothing,
    Adopt, // the base becomes what both sides are; nothing is written to them
    Forget, // the base loses the row
    Leave, // deleted at one side, and deletes are not passed on: the other side and the base stay
    InsertTarget,
    UpdateTarget,
    DeleteTarget,
    InsertSource,
    UpdateSource,
    DeleteSource,
    Merge, // one row made of both, written where it differs
    Ask, // an open conflict: nothing is written
};

enum class ConflictKind : quint8 {
    BothUpdated,
    BothInserted,
    UpdatedAndDeleted,
    Differs,
    GuardFailed,
    Constraint,
    InDoubt
};

TwoWayCase twoWayCase(const RowStates &states);
bool isConflict(TwoWayCase which);
ConflictKind conflictKind(TwoWayCase which); // of one that is a conflict
std::optional<ConflictPolicy> policyFor(TwoWayCase which, const TwoWayRules &rules); // not set: no conflict
TwoWayAction decideTwoWay(TwoWayCase which, const TwoWayRules &rules, const ConflictEvidence &evidence);

// The same with the sides swapped.
JobSide mirrored(JobSide side);
RowStates mirrored(const RowStates &states);
TwoWayCase mirrored(TwoWayCase which);
TwoWayRules mirrored(const TwoWayRules &rules);
TwoWayAction mirrored(TwoWayAction action);

QString caseName(TwoWayCase which); // "both-updated": for --json and tests
QString conflictKindName(ConflictKind kind); // as in interfaces.md
std::optional<ConflictKind> conflictKindFromName(QStringView name);
QString policyName(ConflictPolicy policy);

} // namespace tidemark
