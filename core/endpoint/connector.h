// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>

#include "core/config/keychain.h"
#include "core/endpoint/queue/queueopener.h"
#include "core/endpoint/sql/sqlsession.h"

namespace tidemark {

class SshTunnels;
namespace http {
class HttpServices;
class HttpSession;
} // namespace http

// The real connector: resolves the password, opens the SSH tunnel, then opens by driver. Sessions share a tunnel.
class SqlConnector final : public Connector, public QueueOpener
{
public:
    // keychain: null is the system's.
    explicit SqlConnector(AskPassword ask = {}, std::shared_ptr<Keychain> keychain = {});
    ~SqlConnector() override;
    SqlConnector(const SqlConnector &) = delete;
    SqlConnector &operator=(const SqlConnector &) = delete;
    // Where pages of web services are kept that they may call unchanged; before the first session. Empty: in memory.
    void keepPagesIn(const QString &folder);
    Result<std::unique_ptr<Session>> open(const ConnectionSettings &settings, const OpenOptions &options) override;
    // NotAvailable where the other side is no database.
    Result<std::unique_ptr<SqlSession>> openSql(const ConnectionSettings &settings, const OpenOptions &options);
    // A web service: to read from, NotAvailable where it shall be written.
    Result<std::unique_ptr<http::HttpSession>> openHttp(const ConnectionSettings &settings, const OpenOptions &options);
    Result<std::unique_ptr<Queue>> openQueue(const ConnectionSettings &settings, const QueueOptions &options) override;

private:
    Result<std::unique_ptr<SqlSession>> openServer(const ConnectionSettings &settings, OpenOptions options);
    Result<Secret> password(const ConnectionSettings &settings, Cancellation *cancellation);

    AskPassword m_ask;
    std::shared_ptr<Keychain> m_keychain;
    std::atomic<qint64> m_lockedMs = 0; // when the keychain was last found locked, on the steady clock
    std::unique_ptr<SshTunnels> m_tunnels;
    std::unique_ptr<http::HttpServices> m_services;
};

const Dialect &dialectOf(Driver driver); // a name without a schema stays without one

} // namespace tidemark
