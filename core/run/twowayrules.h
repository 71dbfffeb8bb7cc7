// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/apply/tablepair.h"
#include "core/apply/undoledger.h"
#include "core/run/twowaysink.h"

namespace tidemark {

// What a job says of one table's conflicts, for the columns that were matched. NoSuchColumn: one that decides is not
// among them; WrongValue: a rule, or a column to be the newest, whose values do not fit.
Result<TwoWaySettings> twoWaySettings(const TablePair &pair);

// What is recorded of it, for the causes of a run's rows to be told by.
UndoDeciders undoDeciders(const TablePair &pair, const TwoWaySettings &settings);
Cause answerCause(ConflictAnswer answer, const QString &person, UndoRecorder *undo); // null: nothing is recorded

} // namespace tidemark
