// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/output.h"
#include "core/journal/journal.h"
#include "core/journal/planfile.h"
#include "core/reconcile/report.h"

namespace tidemark::cli {

// A report for people: a line a table, what needs a person; and the outcome. Both directions where the job has two, and
// wherever something went to the source.
void printTables(Output &out, const RunReport &report, bool twoWay = false);
void printOutcome(Output &out, const RunReport &report, const QString &outcome);
void printReport(Output &out, const RunReport &report, const QString &outcome, bool twoWay = false);
// The first of the rows that a run did not write, and why.
Result<void> printLeftRows(Output &out, Journal &journal, const RunReport &report);
// One value for people, on one line: 'a text', NULL, 12.50.
QString cellText(const CellType &type, CellView view);
// "+ orders (id = 3)  note: 'a' → NULL": a planned row for people.
QString rowText(const PlanTable &table, const RowLayout &layout, const PlanRow &row);

} // namespace tidemark::cli
