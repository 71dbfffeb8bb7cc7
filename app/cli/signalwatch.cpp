// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/signalwatch.h"

#include <QtGlobal>

#ifdef Q_OS_UNIX
#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>
#endif

namespace tidemark::cli {

#ifdef Q_OS_UNIX

namespace {

// A handler may only touch what is global.
std::array<int, 2> pipeEnds{-1, -1};

extern "C" void wake(int signal)
{
    const int before = errno;
    const char byte = signal == SIGINT ? 'i' : 't';
    [[maybe_unused]] const auto written = write(pipeEnds[1], &byte, 1);
    errno = before;
}

void handle(int signal, void (*handler)(int), int flags)
{
    struct sigaction action
    {
    };
    action.sa_handler = handler;
    action.sa_flags = flags;
    sigaction(signal, &action, nullptr);
}

} // namespace

SignalWatch::SignalWatch(Cancellation &cancellation, bool endsAfterBatch)
{
    // A reader that went away is an error of write(), not the end of the program.
    handle(SIGPIPE, SIG_IGN, 0);
    if (pipe2(pipeEnds.data(), O_CLOEXEC) != 0)
        return;
    for (const int signal : {SIGINT, SIGTERM, SIGHUP})
        handle(signal, wake, static_cast<int>(SA_RESETHAND) | SA_RESTART);
    m_thread = std::thread([&cancellation, endsAfterBatch] {
        char byte = 0;
        while (read(pipeEnds[0], &byte, 1) == 1 && byte != 'e') {
            if (byte == 't' && endsAfterBatch)
                cancellation.stopAfterBatch();
            else
                cancellation.cancel();
        }
    });
}

SignalWatch::~SignalWatch()
{
    if (!m_thread.joinable())
        return;
    const char byte = 'e';
    [[maybe_unused]] const auto written = write(pipeEnds[1], &byte, 1);
    m_thread.join();
}

#else

SignalWatch::SignalWatch(Cancellation &, bool) { }
SignalWatch::~SignalWatch() = default;

#endif

} // namespace tidemark::cli
