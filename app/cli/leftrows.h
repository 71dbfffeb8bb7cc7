// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>

#include "app/cli/output.h"
#include "core/journal/journal.h"
#include "core/reconcile/report.h"

namespace tidemark::cli {

// Which rows a run did not write, and why: for people the first ones, in JSON up to a thousand.
Result<void> printLeftRows(Output &out, Journal &journal, const RunReport &report);
// [{"table", "key", "kind": "quarantine"|"review", "since", "error"}]
Result<QJsonArray> leftRowsJson(Journal &journal, const RunReport &report);

} // namespace tidemark::cli
