// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/output.h"
#include "core/journal/journal.h"
#include "core/journal/planfile.h"
#include "core/reconcile/report.h"

namespace tidemark::cli {

// A report for people: a line a table, what needs a person; and the outcome.
void printTables(Output &out, const RunReport &report);
void printOutcome(Output &out, const RunReport &report, const QString &outcome);
void printReport(Output &out, const RunReport &report, const QString &outcome);
// The first of the rows that a run did not write, and why.
Result<void> printLeftRows(Output &out, Journal &journal, const RunReport &report);
// "+ orders (id = 3)  note: 'a' → NULL": a planned row for people.
QString rowText(const PlanTable &table, const RowLayout &layout, const PlanRow &row);

} // namespace tidemark::cli
