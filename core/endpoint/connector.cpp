// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/connector.h"

#include <chrono>

#include <QSysInfo>

#include "core/endpoint/http/httpservices.h"
#include "core/endpoint/http/httpsession.h"
#include "core/endpoint/queue/amqp/amqpqueue.h"
#include "core/endpoint/queue/reconnectingqueue.h"
#include "core/endpoint/queue/redis/redisqueue.h"
#include "core/endpoint/sql/mysql/mysqldialect.h"
#include "core/endpoint/sql/postgres/pgdialect.h"
#include "core/endpoint/sql/sqlite/sqlitedialect.h"
#include "core/endpoint/ssh/sshtunnels.h"

namespace tidemark {

namespace {

constexpr qint64 lockedMs = 15'000;
constexpr int patience = 6; // time-outs of a queue's connection without any progress

// The same after a restart, so that what a consumer held is its own at once.
QString usualConsumer()
{
    const QString machine = QSysInfo::machineHostName();
    return QStringLiteral("tidemark@") + (machine.isEmpty() ? QStringLiteral("localhost") : machine);
}

qint64 nowMs()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

// The sessions of a run open one after the other: who has just declined to unlock the keychain is not asked again by
// each of them.
class OnceLocked final : public Keychain
{
public:
    OnceLocked(std::shared_ptr<Keychain> keychain, std::atomic<qint64> &since)
        : m_keychain(std::move(keychain)), m_since(since)
    { }
    bool isAvailable() override { return m_keychain->isAvailable(); }
    Result<Secret> read(const QString &key, Cancellation *cancellation) override
    {
        if (m_since > 0 && nowMs() - m_since < lockedMs)
            return fail(Error{ErrorCode::KeychainLocked, {}, {}}.with(Fact::Keychain, key));
        auto secret = m_keychain->read(key, cancellation);
        if (!secret && secret.error().code == ErrorCode::KeychainLocked)
            m_since = nowMs();
        return secret;
    }
    Result<void> write(const QString &key, const Secret &secret, Cancellation *cancellation) override
    {
        return m_keychain->write(key, secret, cancellation);
    }
    Result<void> remove(const QString &key, Cancellation *cancellation) override
    {
        return m_keychain->remove(key, cancellation);
    }

private:
    std::shared_ptr<Keychain> m_keychain;
    std::atomic<qint64> &m_since;
};

} // namespace

SqlConnector::SqlConnector(AskPassword ask, std::shared_ptr<Keychain> keychain)
    : m_ask(std::move(ask)), m_keychain(std::move(keychain)), m_tunnels(std::make_unique<SshTunnels>()),
      m_services(std::make_unique<http::HttpServices>())
{ }

SqlConnector::~SqlConnector() = default;

void SqlConnector::keepPagesIn(const QString &folder) { m_services->keepPagesIn(folder); }

Result<std::unique_ptr<Session>> SqlConnector::open(const ConnectionSettings &settings, const OpenOptions &options)
{
    if (settings.driver == Driver::Http) {
        TRY_ASSIGN(auto service, openHttp(settings, options));
        return std::unique_ptr<Session>(std::move(service));
    }
    TRY_ASSIGN(auto session, openSql(settings, options));
    return std::unique_ptr<Session>(std::move(session));
}

Result<std::unique_ptr<http::HttpSession>> SqlConnector::openHttp(const ConnectionSettings &settings,
                                                                  const OpenOptions &options)
{
    const auto opened = [&]() -> Result<std::unique_ptr<http::HttpSession>> {
        TRY_ASSIGN(const Secret secret, password(settings, options.cancellation));
        return m_services->open(settings, secret, options);
    };
    auto session = opened();
    if (!session)
        session.error().with(Fact::Connection, settings.label());
    return session;
}

Result<Secret> SqlConnector::password(const ConnectionSettings &settings, Cancellation *cancellation)
{
    if (settings.password.kind != PasswordSource::Kind::Keychain)
        return resolvePassword(settings, m_ask);
    // The system's keychain starts a thread: only for those who need it.
    OnceLocked keychain(m_keychain ? m_keychain : systemKeychain(), m_lockedMs);
    return resolvePassword(settings, m_ask, &keychain, cancellation);
}

Result<std::unique_ptr<SqlSession>> SqlConnector::openServer(const ConnectionSettings &settings, OpenOptions options)
{
    TRY_ASSIGN(const Secret secret, password(settings, options.cancellation));
    if (settings.ssh) {
        if (options.reached)
            options.reached(TestStep::Ssh);
        TRY_ASSIGN(options.route, m_tunnels->open(settings, options.cancellation));
    }
    return settings.driver == Driver::Postgres ? openPostgres(settings, secret, options)
                                               : openMysql(settings, secret, options);
}

Result<std::unique_ptr<SqlSession>> SqlConnector::openSql(const ConnectionSettings &settings,
                                                          const OpenOptions &options)
{
    if (!isSql(settings.driver))
        return fail(Error{ErrorCode::NotAvailable, {{Fact::Connection, settings.label()}}, {}}.with(
            Fact::Driver, driverName(settings.driver)));
    auto opened = settings.driver == Driver::Sqlite ? openSqlite(settings, options) : openServer(settings, options);
    if (!opened)
        opened.error().with(Fact::Connection, settings.label());
    return opened;
}

Result<std::unique_ptr<Queue>> SqlConnector::openQueue(const ConnectionSettings &settings, const QueueOptions &options)
{
    const auto opened = [&]() -> Result<std::unique_ptr<Queue>> {
        if (!settings.queue)
            return fail(Error{ErrorCode::NotAvailable, {{Fact::Driver, driverName(settings.driver)}}, {}});
        TRY_ASSIGN(const Secret secret, password(settings, options.cancellation));
        BrokerSettings broker(settings);
        if (broker.consumer.isEmpty())
            broker.consumer = usualConsumer();
        const auto open = [this, broker, secret, options]() -> Result<std::unique_ptr<Queue>> {
            QueueOptions own = options;
            if (broker.connection.ssh) {
                if (own.reached)
                    own.reached(TestStep::Ssh);
                TRY_ASSIGN(own.route, m_tunnels->open(broker.connection, own.cancellation));
            }
            return broker.connection.driver == Driver::Redis ? redis::RedisQueue::open(broker, secret, own)
                                                             : amqp::AmqpQueue::open(broker, secret, own);
        };
        TRY_ASSIGN(auto queue, ReconnectingQueue::open(open, settings.timeoutMs * patience, options.cancellation));
        return std::unique_ptr<Queue>(std::move(queue));
    };
    auto queue = opened();
    if (!queue)
        queue.error().with(Fact::Connection, settings.label());
    return queue;
}

const Dialect &dialectOf(Driver driver)
{
    static const SqliteDialect sqlite;
    static const postgres::PgDialect postgres;
    static const mysql::MysqlDialect mysql;
    switch (driver) {
    case Driver::Postgres:
        return postgres;
    case Driver::Mysql:
        return mysql;
    case Driver::Sqlite:
    case Driver::Http: // these know no SQL
    case Driver::Redis:
    case Driver::Amqp:
        break;
    }
    return sqlite;
}

} // namespace tidemark
