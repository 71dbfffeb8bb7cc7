// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/types.h>

#include <QStringList>

#include "core/endpoint/net/waiting.h"

namespace tidemark::ssh {

// A program of the system with its output on pipes, no terminal and nothing to read. It dies with the *thread* that
// started it, so that nothing is left behind when this program is killed: start it where it is watched.
class ChildProcess
{
public:
    ChildProcess() = default;
    ChildProcess(const ChildProcess &) = delete;
    ChildProcess &operator=(const ChildProcess &) = delete;
    ~ChildProcess(); // ends it, and waits for that

    Result<void> start(const QString &program, const QStringList &arguments);
    pid_t pid() const { return m_pid; }
    int output() const { return m_output.get(); }
    int errors() const { return m_errors.get(); }
    bool hasEnded(); // does not wait
    void end(); // politely, then not; returns when it is gone

private:
    pid_t m_pid = -1; // −1: none, or gone
    net::Descriptor m_output, m_errors;
};

} // namespace tidemark::ssh
