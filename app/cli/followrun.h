// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include <QJsonObject>

#include "app/cli/command.h"
#include "core/after/afterrun.h"

namespace tidemark::cli {

QString actionName(AfterRunAction::Kind kind); // "webhook": as in job files

// Where actions happen: on a terminal, or in the log of watch.
struct ActionPlace
{
    const Clock &clock;
    Result<Workspace> workspace; // whose passwords' variables commands must not see
    std::function<Result<void>(const RunReport &)> notify;
    Cancellation &cancellation;
};

// To their end, with the system's keychain; whoever calls knows that the job is trusted. A run that was cancelled is
// followed by `always` all the same: its own cancellation does not end that.
QList<ActionOutcome> carryOut(const JobSettings &job, const RunReport &report, const QJsonObject &document,
                              const ActionPlace &place);

// Carries out what the job lets follow this run, if it is trusted or `trust` says so (which is kept), and tells what
// did not work on standard error.
Result<void> followRun(CommandContext &context, const JobSettings &job, const RunReport &report,
                       const QJsonObject &document, bool trust);

} // namespace tidemark::cli
