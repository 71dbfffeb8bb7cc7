// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/connector.h"

#include "core/endpoint/sql/mysql/mysqldialect.h"
#include "core/endpoint/sql/postgres/pgdialect.h"
#include "core/endpoint/sql/sqlite/sqlitedialect.h"
#include "core/endpoint/ssh/sshtunnels.h"

namespace tidemark {

SqlConnector::SqlConnector(AskPassword ask, std::shared_ptr<Keychain> keychain)
    : m_ask(std::move(ask)), m_keychain(std::move(keychain)), m_tunnels(std::make_unique<SshTunnels>())
{ }

SqlConnector::~SqlConnector() = default;

Result<std::unique_ptr<Session>> SqlConnector::open(const ConnectionSettings &settings, const OpenOptions &options)
{
    TRY_ASSIGN(auto session, openSql(settings, options));
    return std::unique_ptr<Session>(std::move(session));
}

Result<Secret> SqlConnector::password(const ConnectionSettings &settings, const OpenOptions &options)
{
    if (settings.password.kind != PasswordSource::Kind::Keychain)
        return resolvePassword(settings, m_ask);
    // The system's keychain starts a thread: only for those who need it.
    const auto keychain = m_keychain ? m_keychain : systemKeychain();
    return resolvePassword(settings, m_ask, keychain.get(), options.cancellation);
}

Result<std::unique_ptr<SqlSession>> SqlConnector::openServer(const ConnectionSettings &settings, OpenOptions options)
{
    TRY_ASSIGN(const Secret secret, password(settings, options));
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
    auto opened = settings.driver == Driver::Sqlite ? openSqlite(settings, options) : openServer(settings, options);
    if (!opened)
        opened.error().with(Fact::Connection, settings.label());
    return opened;
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
        break;
    }
    return sqlite;
}

} // namespace tidemark
