// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancellation.h"
#include "core/config/secrets.h"

namespace tidemark::cli {

// Asks on the terminal without echo, each connection once; PasswordMissing where standard input is none.
AskPassword askOnTerminal(Cancellation &cancellation);

} // namespace tidemark::cli
