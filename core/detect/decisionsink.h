// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <span>

#include "core/base/result.h"
#include "core/data/rowbatch.h"
#include "core/reconcile/cause.h"
#include "core/reconcile/decision.h"

namespace tidemark {

// One decision that writes (or none, see wantsEveryPair), with its rows in the batches it is handed over with; −1:
// absent.
struct RowDecision
{
    Decision decision = Decision::InsertTarget;
    Reason reason = Reason::None;
    int sourceRow = -1;
    int targetRow = -1;
    Cause cause = {}; // to be recorded; decides nothing
};

// Where a comparison's decisions go: a plan file, a spool, or the applier.
class DecisionSink
{
public:
    virtual ~DecisionSink() = default;
    virtual Result<void> take(const RowBatch &source, const RowBatch &target,
                              std::span<const RowDecision> decisions) = 0;
    // A source row with a cell that cannot be kept (RowBatch::fault): neither written nor deleted.
    virtual Result<void> setAside(const RowBatch &source, int row) = 0;
    // The comparison begins anew (its key order was broken): forgets what it took, where it still can.
    virtual bool restart() { return false; }
    // Pairs that are equal are handed over as well (Decision::Equal), and rows at the target alone, whatever the rules.
    virtual bool wantsEveryPair() const { return false; }
};

struct CompareCounts
{
    qint64 sourceRows = 0;
    qint64 targetRows = 0;
    qint64 identical = 0;
    qint64 kept = 0; // at the target alone, and they stay
};

// Told now and then how far a comparison is; cheap.
using CompareProgress = std::function<void(const CompareCounts &)>;

} // namespace tidemark
