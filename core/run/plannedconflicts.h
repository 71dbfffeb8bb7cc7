// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/journal.h"

namespace tidemark {

// Opens in the journal every conflict that a plan has found, so that it can be answered before any run has met it;
// answers how many those are. One that is open already gets the plan's pictures. A run goes by what it finds itself: an
// answer is written only where both sides are still as the plan saw them.
Result<qint64> keepPlannedConflicts(Journal &journal, const QString &planFile);

// What the journal calls a row of a plan.
struct ConflictPlace
{
    QString table; // Conflict::table
    QByteArray key; // Conflict::key
};
Result<ConflictPlace> plannedConflict(const QString &planFile, qint64 place); // PlanRow::place

} // namespace tidemark
