// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"

namespace tidemark::cli {

void printVersion(Output &out);
// Of one command, of a group, or the list of all.
void printHelp(Output &out, const Commands &commands, const QList<OptionSpec> &globals, const Invocation &asked);

} // namespace tidemark::cli
