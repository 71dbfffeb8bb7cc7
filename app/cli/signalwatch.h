// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <thread>

#include "core/base/cancellation.h"

namespace tidemark::cli {

// SIGINT, SIGTERM and SIGHUP cancel; a second one ends the program at once. Where the command ends after the batch, the
// latter two only stop. One a program.
class SignalWatch
{
public:
    SignalWatch(Cancellation &cancellation, bool endsAfterBatch);
    ~SignalWatch();
    SignalWatch(const SignalWatch &) = delete;
    SignalWatch &operator=(const SignalWatch &) = delete;

private:
    std::thread m_thread;
};

} // namespace tidemark::cli
