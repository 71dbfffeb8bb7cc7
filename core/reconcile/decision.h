// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QString>

#include "core/data/tablerules.h"
#include "core/reconcile/twoway.h"

namespace tidemark {

// What is to be done with one row key.
enum class Decision : quint8 {
    Equal, // nothing
    Keep, // the target's row stays: nobody deletes it (mode update; leftFilter keep), or the policy prefers it
    InsertTarget,
    UpdateTarget,
    DeleteTarget,
    InsertSource, // from here on: two-way jobs alone
    UpdateSource,
    DeleteSource,
    Merge, // a row made of both, written to both
    Conflict, // nothing is written: a person is asked
};

// Why. Facts of the comparison, not prose.
enum class Reason : quint8 {
    None,
    MissingAtTarget,
    CellsDiffer,
    MissingAtSource,
    LeftFilter, // still at the source, but outside the job's filter
    ChangedAtSource, // from here on: two-way jobs alone
    ChangedAtTarget,
    DeletedAtSource,
    DeletedAtTarget,
    ChangedAtBoth,
    InsertedAtBoth,
    DeletedAndChanged, // at one side, and at the other
    NoBase, // unequal, and nothing tells which side moved
};

// A row state of one side, as the comparison found it.
enum class RowState : quint8 { Absent, Equal, Unequal };

struct OneWayRules
{
    bool propagateDeletes = false; // mirror
    // Of rows that both sides have, unequal. Merge is none of one-way jobs, and asks.
    ConflictPolicy unequal = ConflictPolicy::Source;
    bool operator==(const OneWayRules &) const = default;
};

struct Verdict
{
    Decision decision = Decision::Equal;
    Reason reason = Reason::None;
    bool operator==(const Verdict &) const = default;
};

// One way, two states (semantics.md): total and pure. At least one side is there. newer: the side whose row is newer
// beyond the margin; not set: nobody can tell. Policy newest alone asks for it.
Verdict decideOneWay(bool atSource, bool atTarget, bool equal, const OneWayRules &rules,
                     std::optional<JobSide> newer = std::nullopt);

bool isWrite(Decision decision);
QString decisionName(Decision decision); // "insert-target": as in JSON
QString reasonName(Reason reason); // "missing-at-target"

} // namespace tidemark
