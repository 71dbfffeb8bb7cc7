// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/runcontext.h"

namespace tidemark {

// Waits before another attempt: exponential back-off with jitter, cut short by cancelling (Cancelled). false: there are
// none left.
Result<bool> waitToRetry(RunContext &context, int attempt, const Error &reason);

} // namespace tidemark
