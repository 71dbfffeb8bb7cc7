// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/sql/postgres/pgchangelog.h"

#include <array>

#include "core/endpoint/sql/postgres/pgsession.h"

using namespace Qt::StringLiterals;

namespace tidemark::postgres {

namespace {

QString text(const SqlRow &row, int column) { return QString::fromUtf8(row.value(column).value_or(QByteArray())); }

struct Event
{
    char16_t kind;
    QLatin1StringView name;
    QLatin1StringView referencing;
};
constexpr std::array events{
    Event{u'i', "INSERT"_L1, " REFERENCING NEW TABLE AS tidemark_new"_L1},
    Event{u'u', "UPDATE"_L1, " REFERENCING OLD TABLE AS tidemark_old NEW TABLE AS tidemark_new"_L1},
    Event{u'd', "DELETE"_L1, " REFERENCING OLD TABLE AS tidemark_old"_L1},
    Event{u't', "TRUNCATE"_L1, ""_L1},
};

// The widest: a key that is widened later must not make the writer's own statement fail.
QString declaredAs(const ColumnType &type)
{
    if (type.kind == CellKind::Integer)
        return u"bigint"_s;
    return type.native.startsWith("character varying"_L1) ? u"text"_s : type.native;
}

// Keys match by their bytes, whatever their collation equates.
QString comparable(const QString &cell, const ColumnType &type)
{
    switch (type.kind) {
    case CellKind::Integer:
    case CellKind::Boolean:
    case CellKind::Date:
    case CellKind::Uuid:
        return cell;
    default:
        return cell + "::text COLLATE \"C\""_L1;
    }
}

QString inDollars(const QString &body)
{
    QString tag = u"$tidemark$"_s;
    for (int i = 2; body.contains(tag); ++i)
        tag = u"$tidemark%1$"_s.arg(i);
    return tag + body + tag;
}

} // namespace

QString PgChangeLog::classRow(const ChangeLog &log) const
{
    return u"pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace AND n.nspname = %1 AND "
           "c.relname = %2"_s.arg(m_pg.literal(m_pg.schemaOf(log.table->name)), m_pg.literal(log.table->name.name));
}

Result<QString> PgChangeLog::obstacle(const ChangeLog &log)
{
    TRY_ASSIGN(const auto rows,
               m_session.query(u"SELECT CASE WHEN c.relkind = 'p' OR c.relispartition OR EXISTS (SELECT FROM "
                               "pg_catalog.pg_inherits i WHERE c.oid IN (i.inhparent, i.inhrelid)) THEN 'partitioned' "
                               "WHEN c.relpersistence = 'u' THEN 'unlogged' "
                               "WHEN EXISTS (SELECT FROM pg_catalog.pg_subscription_rel s WHERE s.srrelid = c.oid) "
                               "THEN 'replicated' END FROM %1"_s.arg(classRow(log))));
    return rows.isEmpty() ? QString() : text(rows.first(), 0);
}

QString PgChangeLog::functionBody(const ChangeLog &log) const
{
    QStringList old, now, cells, same;
    for (int i = 0; i < log.key.size(); ++i) {
        const QString name = u"key_%1"_s.arg(i + 1);
        const QString column = quote(log.key.at(i));
        old += u"%1 AS %2"_s.arg(column, name);
        now += column;
        cells += u"CASE WHEN n.is_there THEN n.%1 ELSE o.%1 END"_s.arg(name);
        const ColumnType &type = typeOf(log, i);
        same += comparable("n."_L1 + name, type) + " = "_L1 + comparable("o."_L1 + name, type);
    }
    const QString into = u"INSERT INTO %1 (op, %2)"_s.arg(logTable(log), keyNames(log));
    const QString keys = now.join(", "_L1);
    const QString sides = old.join(", "_L1);
    // A full join is never done row by row, however few rows there were when the plan was made.
    return u"\nBEGIN\n"
           "    IF pg_catalog.current_setting('tidemark.writing', true) = %1 THEN\n"
           "        RETURN NULL;\n"
           "    END IF;\n"
           "    IF TG_OP = 'INSERT' THEN\n"
           "        %2 SELECT 'I', %3 FROM tidemark_new;\n"
           "    ELSIF TG_OP = 'DELETE' THEN\n"
           "        %2 SELECT 'D', %3 FROM tidemark_old;\n"
           "    ELSIF TG_OP = 'UPDATE' THEN\n"
           "        %2 SELECT CASE WHEN o.is_there IS NULL THEN 'I' WHEN n.is_there IS NULL THEN 'D' ELSE 'U' END, %4\n"
           "        FROM (SELECT true AS is_there, %5 FROM tidemark_old) o\n"
           "        FULL JOIN (SELECT true AS is_there, %5 FROM tidemark_new) n ON %6;\n"
           "    ELSE\n"
           "        INSERT INTO %7 (op) VALUES ('T');\n"
           "    END IF;\n"
           "    RETURN NULL;\n"
           "END\n"_s.arg(m_pg.literal(log.jobId), into, keys, cells.join(", "_L1), sides, same.join(" AND "_L1),
                         logTable(log));
}

Result<QStringList> PgChangeLog::createSql(const ChangeLog &log)
{
    QStringList columns{u"seq bigint NOT NULL DEFAULT pg_catalog.txid_current()"_s, u"op text NOT NULL"_s};
    for (int i = 0; i < log.key.size(); ++i)
        columns += u"key_%1 "_s.arg(i + 1) + declaredAs(typeOf(log, i));
    columns += u"about text"_s;
    const QString table = logTable(log);
    QStringList statements{
        u"CREATE TABLE %1 (%2)"_s.arg(table, columns.join(", "_L1)),
        // Where all tables are published, one whose rows have no identity refuses deletes.
        u"ALTER TABLE %1 REPLICA IDENTITY FULL"_s.arg(table),
        u"CREATE FUNCTION %1() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp "
        "AS %2"_s.arg(table, inDollars(functionBody(log))),
    };
    for (const Event &event : events)
        statements += u"CREATE TRIGGER %1 AFTER %2 ON %3%4 FOR EACH STATEMENT EXECUTE FUNCTION %5()"_s.arg(
            quote(log.name() + u'_' + QChar(event.kind)), event.name, tableOf(log), event.referencing, table);
    // Also for writers that turn triggers off as replication does; only the table's owner may say so.
    TRY_ASSIGN(
        const auto owner,
        m_session.query(u"SELECT 1 FROM %1 WHERE pg_catalog.pg_has_role(c.relowner, 'USAGE')"_s.arg(classRow(log))));
    for (const Event &event : events)
        if (!owner.isEmpty())
            statements += u"ALTER TABLE %1 ENABLE ALWAYS TRIGGER %2"_s.arg(
                tableOf(log), quote(log.name() + u'_' + QChar(event.kind)));
    return statements;
}

QStringList PgChangeLog::dropSql(const TableName &logTable) const
{
    const QString name = m_pg.table(logTable);
    return {u"DROP FUNCTION IF EXISTS %1() CASCADE"_s.arg(name), u"DROP TABLE IF EXISTS %1"_s.arg(name)};
}

Result<QList<TableName>> PgChangeLog::tables()
{
    TRY_ASSIGN(
        const auto rows,
        m_session.query(
            u"SELECT n.nspname, c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n "
            "ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND pg_catalog.left(c.relname, %1) = '%2' "
            "AND pg_catalog.has_table_privilege(c.oid, 'SELECT')"_s.arg(QString::number(prefix.size()), prefix)));
    QList<TableName> tables;
    for (const SqlRow &row : rows) {
        const QString schema = text(row, 0);
        tables += TableName{schema == m_pg.schema() ? QString() : schema, text(row, 1)};
    }
    return tables;
}

Result<SqlChangeLog::Standing> PgChangeLog::standing(const ChangeLog &log)
{
    Standing standing;
    const QString name = log.name();
    TRY_ASSIGN(const auto rows,
               m_session.query(u"SELECT t.tgenabled, t.tgname, t.tgtype, t.tgoldtable, t.tgnewtable, t.tgqual IS NULL, "
                               "p.prosrc, p.prosecdef, pg_catalog.array_to_string(p.proconfig, ' '), "
                               "t.oid, t.xmin, p.oid, p.xmin, c.oid, c.relfilenode FROM %1 "
                               "JOIN pg_catalog.pg_trigger t ON t.tgrelid = c.oid "
                               "JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid "
                               "WHERE pg_catalog.left(t.tgname, %2) = '%3' ORDER BY t.tgname COLLATE \"C\""_s.arg(
                                   classRow(log), QString::number(name.size()), name)));
    for (const SqlRow &row : rows) {
        ++standing.triggers;
        standing.disabled = standing.disabled || (row[0] != QByteArray("O") && row[0] != QByteArray("A"));
        for (int column = 1; column < 9; ++column)
            standing.definition += row[column].value_or(QByteArray()) + '\0';
        for (int column = 9; column < 15; ++column)
            standing.continuity += row[column].value_or(QByteArray()) + ' ';
    }
    return standing;
}

Result<void> PgChangeLog::beginReading(const ChangeLog &log, ChangeLogReading &reading)
{
    TRY_ASSIGN(
        const auto rows,
        m_session.query(
            u"SELECT pg_catalog.txid_current_snapshot(), EXISTS (SELECT FROM %1 WHERE op = 'T')"_s.arg(logTable(log))));
    reading.snapshot = rows.first()[0].value_or(QByteArray());
    if (rows.first()[1] == QByteArray("t"))
        reading.doubt = u"truncated"_s;
    return {};
}

// A transaction's entries bear its id, and become visible all at once.
Result<void> PgChangeLog::deleteRead(const ChangeLog &log, const ChangeLogReading &reading)
{
    TRY(m_session.execute(
        u"DELETE FROM %1 WHERE op <> 'M' AND pg_catalog.txid_visible_in_snapshot(seq, %2::pg_catalog.txid_snapshot)"_s
            .arg(logTable(log), m_pg.literal(QString::fromLatin1(reading.snapshot)))));
    return {};
}

std::unique_ptr<SqlChangeLog> PgSession::changeLogs() { return std::make_unique<PgChangeLog>(*this, m_dialect); }

Result<void> PgSession::markOwnWrites(const QString &jobId)
{
    TRY(query(u"SELECT pg_catalog.set_config('tidemark.writing', $1, true)"_s, {jobId}));
    return {};
}

} // namespace tidemark::postgres
