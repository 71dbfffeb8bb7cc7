// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/data/rowbatch.h"
#include "core/reconcile/cause.h"
#include "core/reconcile/decision.h"

namespace tidemark {

// Asked where a row is locked and about to be written over: what it is by now may be another row than the one that was
// compared. Answers UpdateTarget, Keep (it stays) or Conflict (it stays, and its key enters the retry set).
class UpdatePolicy
{
public:
    virtual ~UpdatePolicy() = default;
    // The two differ. rows: to be written; now: as the target has them.
    virtual Result<Decision> judge(const RowBatch &rows, int row, const RowBatch &now, int nowRow) = 0;
    virtual Cause causeOf(const RowBatch &, int) { return {}; } // of an update that it let pass: for the record
};

} // namespace tidemark
