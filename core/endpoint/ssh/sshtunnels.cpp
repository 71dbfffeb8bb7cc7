// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/ssh/sshtunnels.h"

#include <QStringList>

#include "core/endpoint/net/tlssocket.h"
#include "core/endpoint/net/waiting.h"
#include "core/endpoint/ssh/tunnel.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace tidemark {

namespace {

class TunnelRoute final : public Route
{
public:
    TunnelRoute(std::shared_ptr<ssh::Tunnel> tunnel, QString label)
        : m_tunnel(std::move(tunnel)), m_label(std::move(label))
    { }
    TunnelRoute(const TunnelRoute &) = delete;
    TunnelRoute &operator=(const TunnelRoute &) = delete;
    ~TunnelRoute() override { m_tunnel->release(); }
    QString address() const override { return u"127.0.0.1"_s; }
    int port() const override { return m_tunnel->port(); }

    // To the client library the near end always answers: what lies behind it is ssh's to tell.
    Error explain(Error error) const override
    {
        if (error.code != ErrorCode::ConnectionLost && error.code != ErrorCode::Unreachable
            && error.code != ErrorCode::Timeout && error.code != ErrorCode::ProtocolUnknown)
            return error;
        error.with(Fact::Ssh, m_label);
        if (auto refusal = m_tunnel->lastRefusal()) {
            error.code = refusal->code;
            error.detail = refusal->detail;
        }
        return error;
    }

private:
    std::shared_ptr<ssh::Tunnel> m_tunnel;
    QString m_label;
};

} // namespace

std::shared_ptr<SshTunnels::Way> SshTunnels::way(const QString &key)
{
    const std::scoped_lock lock(m_mutex);
    auto &found = m_ways[key];
    if (!found)
        found = std::make_shared<Way>();
    return found;
}

Result<std::shared_ptr<const Route>> SshTunnels::open(const ConnectionSettings &settings, Cancellation *cancellation)
{
    ssh::TunnelRequest request;
    request.ssh = *settings.ssh;
    request.to = {settings.host, net::portOf(settings)};
    request.timeoutMs = settings.timeoutMs;
    request.idleMs = m_idleMs;
    request.configFile = qEnvironmentVariable("TIDEMARK_SSH_CONFIG");
    const QString key = QStringList{request.ssh.label(), request.ssh.key, request.to.host,
                                    QString::number(request.to.port), request.configFile}
                            .join(u'\n');
    const auto way = this->way(key);
    auto tunnel = use(*way, request, cancellation);
    if (!tunnel)
        return fail(std::move(tunnel).error().with(Fact::Ssh, request.ssh.label()));
    return std::shared_ptr<const Route>(std::make_shared<TunnelRoute>(std::move(*tunnel), request.ssh.label()));
}

// A tunnel that stands and is counted as used by one more.
Result<std::shared_ptr<ssh::Tunnel>> SshTunnels::use(Way &way, const ssh::TunnelRequest &request,
                                                     Cancellation *cancellation)
{
    std::unique_lock lock(way.mutex);
    while (way.isOpening) {
        way.opened.wait_for(lock, 50ms);
        if (cancellation != nullptr && cancellation->isCancelled())
            return fail(ErrorCode::Cancelled);
    }
    if (way.tunnel && way.tunnel->tryUse())
        return way.tunnel;
    way.isOpening = true;
    way.tunnel = nullptr;
    lock.unlock();
    auto opened = ssh::Tunnel::open(request, net::CancelSignal(cancellation));
    lock.lock();
    way.isOpening = false;
    way.opened.notify_all();
    if (!opened)
        return opened;
    if (!(*opened)->tryUse())
        return fail(ErrorCode::SshUnreachable);
    way.tunnel = *opened;
    return opened;
}

} // namespace tidemark
