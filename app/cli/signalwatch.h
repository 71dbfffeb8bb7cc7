// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <thread>

#include "core/base/cancellation.h"

namespace tidemark::cli {

// SIGINT and SIGTERM cancel; a second one ends the program at once. One a program.
class SignalWatch
{
public:
    explicit SignalWatch(Cancellation &cancellation);
    ~SignalWatch();
    SignalWatch(const SignalWatch &) = delete;
    SignalWatch &operator=(const SignalWatch &) = delete;

private:
    std::thread m_thread;
};

} // namespace tidemark::cli
