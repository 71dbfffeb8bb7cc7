// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>

#include "tests/endpoint/pairs/owndatabase.h"
#include "tests/endpoint/pairs/sqlpair.h"
#include "tests/support/tcpproxy.h"

Q_DECLARE_METATYPE(tidemark::Driver)

// What tests of disasters share: a table of wide rows, triggers that kill, connections that are hooked or cut.
namespace tidemark::disaster {

using namespace Qt::StringLiterals;

constexpr int rowCount = 2000;
constexpr int fatalRow = 250;
constexpr int batchRows = 100;

inline const QString create = u"CREATE TABLE items (id bigint PRIMARY KEY, name varchar(8000))"_s;
inline const QString content = u"SELECT id, name FROM items ORDER BY id"_s;
inline const QString rowTotal = u"SELECT count(*) FROM items"_s;

// `wide` rows of 6 KB are more than sockets hold: nobody has read all when the first ones are written.
inline void fill(Side &side, int rows = rowCount, bool wide = true)
{
    const QString digits = wide ? u"600"_s : u"1"_s;
    switch (side.driver()) {
    case Driver::Sqlite:
        side.exec(u"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %1) INSERT INTO items "
                  "SELECT i, replace(printf('%.%2c', 'x'), 'x', printf('%09d.', i)) FROM n"_s.arg(rows)
                      .arg(digits));
        break;
    case Driver::Postgres:
        side.exec(
            u"INSERT INTO items SELECT i, repeat(lpad(i::text, 9, '0') || '.', %2) FROM generate_series(1, %1) i"_s
                .arg(rows)
                .arg(digits));
        break;
    default:
        side.exec(
            u"INSERT INTO items SELECT seq, repeat(concat(lpad(seq, 9, '0'), '.'), %2) FROM seq_1_to_%1"_s.arg(rows)
                .arg(digits));
        break;
    }
}

// Both sides with the table, the source with its rows.
class ItemsPair : public SqlPair
{
public:
    ItemsPair(Driver from, Driver to, int rows = rowCount, bool wide = true) : SqlPair(from, to)
    {
        source.exec(create);
        target.exec(create);
        fill(source, rows, wide);
    }
};

// The writer of the fatal row kills, once: sequences are not rolled back.
inline void killOnce(Side &target, const QString &what)
{
    target.exec(u"CREATE SEQUENCE deaths"_s);
    if (target.driver() == Driver::Mysql) {
        target.exec(u"CREATE TRIGGER fatal BEFORE INSERT ON items FOR EACH ROW IF NEW.id = %1 THEN "
                    "IF nextval(deaths) = 1 THEN %2 END IF; END IF"_s.arg(fatalRow)
                        .arg(what));
        return;
    }
    const QString space = target.settings.schema;
    target.exec(u"CREATE FUNCTION %3.fatal() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.id = %1 THEN "
                "IF nextval('%3.deaths') = 1 THEN %2 END IF; END IF; RETURN NEW; END $$"_s.arg(fatalRow)
                    .arg(what, space));
    target.exec(u"CREATE TRIGGER fatal BEFORE INSERT ON items FOR EACH ROW EXECUTE FUNCTION %1.fatal()"_s.arg(space));
}

// The real connector, and a hook that is asked before a session opens.
class HookedConnector final : public Connector
{
public:
    Result<std::unique_ptr<Session>> open(const ConnectionSettings &settings, const OpenOptions &options) override
    {
        if (beforeOpen)
            TRY(beforeOpen(settings));
        return m_real.open(settings, options);
    }
    std::function<Result<void>(const ConnectionSettings &)> beforeOpen;

private:
    SqlConnector m_real;
};

inline RunReport runWith(SqlPair &pair, Connector &connector, const JobSettings &job, bool yes = true)
{
    Cancellation cancellation;
    ProgressBoard progress;
    RunOptions options;
    options.yes = yes;
    return Runner(connector, *pair.journal, pair.clock).run(job, options, cancellation, progress);
}

inline QJsonObject inBatches(const QString &scope, QJsonObject more = {})
{
    more[u"transaction"_s] = scope;
    more[u"batch"_s] = QJsonObject{{u"rows"_s, batchRows}};
    return more;
}

inline std::optional<Error> errorOf(const RunReport &report)
{
    if (report.error)
        return report.error;
    for (const TableReport &table : report.tables) {
        if (table.error)
            return table.error;
    }
    return std::nullopt;
}

inline ConnectionSettings through(const test::TcpProxy &proxy, ConnectionSettings settings, bool tls)
{
    settings.host = u"127.0.0.1"_s;
    settings.port = proxy.port();
    settings.tls.mode = tls ? TlsMode::Require : TlsMode::Disable;
    return settings;
}

inline const QStringList allScopes{u"batch"_s, u"table"_s, u"run"_s};

inline void addServers(const QStringList &scopes)
{
    QTest::addColumn<Driver>("server");
    QTest::addColumn<QString>("scope");
    for (const QString &scope : scopes) {
        QTest::addRow("PostgreSQL, %s", qPrintable(scope)) << Driver::Postgres << scope;
        QTest::addRow("MariaDB, %s", qPrintable(scope)) << Driver::Mysql << scope;
    }
}

inline void addEngines()
{
    QTest::addColumn<Driver>("server");
    QTest::addColumn<QString>("scope");
    for (const QString &scope : allScopes) {
        QTest::addRow("SQLite, %s", qPrintable(scope)) << Driver::Sqlite << scope;
        QTest::addRow("PostgreSQL, %s", qPrintable(scope)) << Driver::Postgres << scope;
        QTest::addRow("MariaDB, %s", qPrintable(scope)) << Driver::Mysql << scope;
    }
}

} // namespace tidemark::disaster

#define SERVER()                                                                                                       \
    QFETCH(Driver, server);                                                                                            \
    QFETCH(QString, scope);                                                                                            \
    if (!Side::isAvailable(server))                                                                                    \
    QSKIP("a server is missing: TIDEMARK_TEST_POSTGRES or TIDEMARK_TEST_MYSQL is not set")
