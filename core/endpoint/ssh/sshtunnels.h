// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>

#include "core/endpoint/session.h"

namespace tidemark {

namespace ssh {
class Tunnel;
struct TunnelRequest;
} // namespace ssh

// The tunnels that stand, one a way: all sessions of a connection share it. A tunnel ends a while after its last
// session did, and with this object. Thread-safe.
class SshTunnels
{
public:
    explicit SshTunnels(qint64 idleMs = 20'000) : m_idleMs(idleMs) { }
    // $TIDEMARK_SSH_CONFIG names a configuration to use instead of ~/.ssh/config.
    Result<std::shared_ptr<const Route>> open(const ConnectionSettings &settings, Cancellation *cancellation);

private:
    struct Way
    {
        std::mutex mutex;
        std::condition_variable opened;
        bool isOpening = false; // by one of those who want it; the others wait for what comes of it
        std::shared_ptr<ssh::Tunnel> tunnel;
    };
    std::shared_ptr<Way> way(const QString &key);
    static Result<std::shared_ptr<ssh::Tunnel>> use(Way &way, const ssh::TunnelRequest &request,
                                                    Cancellation *cancellation);

    qint64 m_idleMs;
    std::mutex m_mutex;
    std::map<QString, std::shared_ptr<Way>> m_ways;
};

} // namespace tidemark
