// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/execution.h"

namespace tidemark {

// Outside any transaction.
Result<bool> holdsNothing(Session &target, const TablePair &pair);
Result<qint64> rowsOf(Session &target, const TablePair &pair);

// Runs, keeps what is overwritten in an undo file of the run (context.undo, while `run` is at work), and lets go of
// files that the job keeps no longer. undoes: the run that is taken back; empty: none.
RunReport runKeeping(RunContext &context, const QString &undoes, const std::function<RunReport()> &run);
RunReport executeKeeping(RunContext &context, const QString &undoes); // of an Execution

} // namespace tidemark
