// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "core/endpoint/session.h"
#include "core/endpoint/ssh/sshcommand.h"

namespace tidemark::net {
class CancelSignal;
class Descriptor;
} // namespace tidemark::net

namespace tidemark::ssh {

class ChildProcess;

struct TunnelRequest
{
    SshSettings ssh;
    Destination to;
    qint64 timeoutMs = 10'000; // for it to stand
    qint64 idleMs = 20'000; // unused for so long, it ends by itself
    QString configFile;
};

// One ssh process that listens on a port of this machine's loopback. A thread of its own starts, watches and ends it.
// Who uses it counts in and out.
class Tunnel
{
public:
    static Result<std::shared_ptr<Tunnel>> open(const TunnelRequest &request, const net::CancelSignal &cancel);
    ~Tunnel(); // ends ssh
    Tunnel(const Tunnel &) = delete;
    Tunnel &operator=(const Tunnel &) = delete;

    int port() const { return m_port; }
    bool tryUse(); // false: it is gone
    void release();
    // What ssh said of a connection through it that failed, if anything: waits a moment for the words to arrive.
    std::optional<Error> lastRefusal() const;

private:
    enum class State : quint8 { Starting, Standing, Ended };

    Tunnel(const TunnelRequest &request, int port);
    static Result<std::shared_ptr<Tunnel>> openOn(const TunnelRequest &request, int port,
                                                  const net::CancelSignal &cancel, bool &portTaken);
    void watch(const QString &program, const QStringList &arguments);
    void follow(ChildProcess &child);
    bool isIdle(qint64 &leftMs) const;
    bool takeOutput(int fd); // false: nothing was there
    bool takeErrors(int fd);
    void setState(State state);

    TunnelRequest m_request;
    int m_port;
    std::unique_ptr<net::Descriptor> m_stop; // eventfd: the watching thread is to look up
    std::unique_ptr<net::Descriptor> m_changed; // eventfd: the state is another one
    mutable std::mutex m_mutex;
    mutable std::condition_variable m_said;
    State m_state = State::Starting;
    bool m_stopping = false;
    int m_users = 0;
    qint64 m_idleSinceMs = 0;
    QByteArray m_output;
    QString m_words; // of standard error, the last of them
    std::optional<Error> m_refusal;
    qint64 m_refusedMs = 0;
    std::thread m_thread; // last
};

} // namespace tidemark::ssh
