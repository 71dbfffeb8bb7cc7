// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

#include "core/base/result.h"
#include "core/data/rowbatch.h"
#include "core/reconcile/cause.h"
#include "core/reconcile/decision.h"

namespace tidemark {

// One row that the target took; −1: absent.
struct WrittenRow
{
    Decision decision = Decision::InsertTarget;
    Reason reason = Reason::None;
    int before = -1; // in WrittenRows::before; an insert has none
    int after = -1; // in WrittenRows::after; a delete has none
    int handed = -1; // in WrittenRows::handed: the row (of a delete: its picture) as the applier was given it
    Cause cause = {};
};

// Rows of one statement. Batches have the layout of the table's pair and are valid during the call alone.
struct WrittenRows
{
    const RowBatch &before; // as locked and read before they were written
    const RowBatch &after; // as handed to the target or, where some ledger wants it, as the target has them now
    const RowBatch &handed;
    std::span<const WrittenRow> rows;
};

// Told what a table's transaction writes, before it commits, and how it ended. Belongs to the applier's thread. A key
// may come several times in one run, and in one transaction (rows that were in each other's way are written twice): the
// last one counts. What a savepoint took back is not told. An error of any member fails the transaction, but for
// committed(): what is committed is not taken back.
class WriteLedger
{
public:
    virtual ~WriteLedger() = default;
    // Where nothing is rolled back (ServerFacts::transactional), before rows are sent: `after` is what is handed over.
    // Durable when it returns. Each is noted, refused, or in doubt.
    virtual Result<void> intend(const WrittenRows &) { return {}; }
    virtual void refused(const RowBatch &, int) { } // of those: it was not done, and nobody doubts it
    virtual bool wantsAfter() const = 0; // rows are read back: what rounding, defaults and triggers made of them
    virtual Result<void> note(const WrittenRows &rows) = 0;
    // Many rows wait in one transaction: those that must not all be kept in memory may be set down now. epoch: the one
    // that prepare() will tell.
    virtual Result<void> spill(const QByteArray &, qint64) { return {}; }
    // Before the target's COMMIT: what was noted since the last end is durable when this returns, and so is the mark
    // that the target's checkpoint will carry (epoch 0: the target keeps none).
    virtual Result<void> prepare(const QByteArray &generation, qint64 epoch) = 0;
    virtual Result<void> committed() = 0; // also where the answer was lost and the target was asked
    virtual void rolledBack() = 0;
};

} // namespace tidemark
