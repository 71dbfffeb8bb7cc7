// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <map>
#include <optional>

#include "core/journal/basefile.h"
#include "core/journal/conflict.h"
#include "core/journal/planfile.h"
#include "core/reconcile/cause.h"

namespace tidemark {

// How one table of a two-way job decides what only a policy can.
struct TwoWaySettings
{
    TwoWayRules rules;
    int newestSource = -1; // cells of the layout; −1: none, and nobody is newer
    int newestTarget = -1;
    qint64 marginUs = 0;
    std::vector<CellRule> cellRules; // one a compared cell, or none at all
    bool keepsCells = true; // in the base; without them nothing merges
};

// A row key that waits for a person, or has been answered and is still to be written, or is skipped.
struct OpenConflict
{
    ConflictState state = ConflictState::Open;
    TwoWayCase which = TwoWayCase::BothUpdated;
    std::string key; // appendOrderedKey()
    QByteArray source; // chains; empty: absent
    QByteArray target;
    QByteArray base; // BaseRecord::picture, or both prints where no cells are kept; empty: none
    std::optional<ConflictKind> kind = {}; // not set: as the case says
    std::optional<Error> refusal = {}; // Constraint: what the database said
};

// What a person has said of a row key, and of which pictures of it.
struct KnownAnswer
{
    ConflictAnswer answer = ConflictAnswer::Skip;
    std::optional<Fingerprint> source; // not set: absent
    std::optional<Fingerprint> target;
    QByteArray base; // OpenConflict::base: an answer that has been written once is not written again
    QByteArray rowForSource; // answer Row: chains
    QByteArray rowForTarget;
    Cause cause = {};
};
using KnownAnswers = std::map<std::string, KnownAnswer>; // by key

struct TwoWayCounts
{
    std::array<qint64, twoWayCaseCount> cases = {};
    qint64 sourceRows = 0;
    qint64 targetRows = 0;
    qint64 aside = 0; // rows with a cell that could not be kept: left out of everything
    qint64 conflicts = 0;
    qint64 skipped = 0; // conflicts that a person left as they are
    qint64 merged = 0;
    qint64 unapproved = 0; // writes that the approved plan does not hold
    WriteCounts toTarget; // decided
    WriteCounts toSource;
    qint64 of(TwoWayCase which) const { return cases[std::size_t(which)]; }
};

// Where the decisions of a two-way comparison go. Batches are valid during the call.
class TwoWayOutlet
{
public:
    virtual ~TwoWayOutlet() = default;
    // Where a plan is made, of each decision that writes or asks; nothing else is called then. Batches and views are
    // valid during the call.
    virtual bool plans() const { return false; }
    virtual Result<void> plan(const RowBatch &, const RowBatch &, std::span<const PlanWriter::Item>) { return {}; }
    // Whether a write may pass, where a person has approved some of them. Answers always do.
    virtual bool approves(const RowBatch &, const RowBatch &, const PlanWriter::Item &) { return true; }
    // Insert, Update and DeleteTarget alone: as seen from the side that is written. from: rows to be written;
    // pictures: what the written side must still be.
    virtual Result<void> write(JobSide to, const RowBatch &from, const RowBatch &pictures,
                               std::span<const RowDecision> decisions) = 0;
    virtual Result<void> changeBase(BaseChange change) = 0; // nothing is to be written for it
    virtual Result<void> intend(BaseMerge merge) = 0; // before its rows are handed over
    virtual Result<void> forgetMerge(const std::string &key) = 0; // both sides have reached it, or neither
    virtual Result<void>
    rebase(BaseChange row) = 0; // a merge that was cut off is none any more: this is the row's base
    virtual Result<void> keepOpen(const OpenConflict &conflict) = 0;
    // A row with a cell that could not be kept: it is left out of everything.
    virtual Result<void> leave(const RowBatch &, int) { return {}; }
    virtual bool restart() = 0; // forgets all of it
};

} // namespace tidemark
