// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/connector.h"

#include "core/endpoint/sql/mysql/mysqldialect.h"
#include "core/endpoint/sql/postgres/pgdialect.h"
#include "core/endpoint/sql/sqlite/sqlitedialect.h"

namespace tidemark {

class SshTunnels
{
};

SqlConnector::SqlConnector(AskPassword ask, std::shared_ptr<Keychain> keychain)
    : m_ask(std::move(ask)), m_keychain(std::move(keychain))
{ }

SqlConnector::~SqlConnector() = default;

Result<std::unique_ptr<Session>> SqlConnector::open(const ConnectionSettings &settings, const OpenOptions &options)
{
    TRY_ASSIGN(auto session, openSql(settings, options));
    return std::unique_ptr<Session>(std::move(session));
}

Result<std::unique_ptr<SqlSession>> SqlConnector::openSql(const ConnectionSettings &settings,
                                                          const OpenOptions &options)
{
    auto opened = [&]() -> Result<std::unique_ptr<SqlSession>> {
        if (settings.driver == Driver::Sqlite)
            return openSqlite(settings, options);
        if (settings.ssh)
            return fail(Error{ErrorCode::NotAvailable, {}, {}}.with(Fact::Option, QStringLiteral("ssh")));
        TRY_ASSIGN(const Secret secret, resolvePassword(settings, m_ask, m_keychain.get(), options.cancellation));
        return settings.driver == Driver::Postgres ? openPostgres(settings, secret, options)
                                                   : openMysql(settings, secret, options);
    }();
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
