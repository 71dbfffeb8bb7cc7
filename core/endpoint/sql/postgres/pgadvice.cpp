// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/sql/postgres/pgadvice.h"

#include <array>

using namespace Qt::StringLiterals;

namespace tidemark::postgres {

namespace {

constexpr QLatin1StringView bodyQuote{"$tidemark$"};

} // namespace

QString PgAdvice::tableLiteral(const TableName &table) const { return m_dialect.literal(m_dialect.table(table)); }

QString PgAdvice::inSchemaOf(const TableSchema &table, const QString &name) const
{
    return m_dialect.table({table.name.schema, name});
}

QString PgAdvice::indexesOf(const TableName &table, const QString &column) const
{
    return u"SELECT c.relname FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid "
           "JOIN pg_catalog.pg_am m ON m.oid = c.relam AND m.amname = 'btree' "
           "JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0] "
           "WHERE i.indrelid = %1::pg_catalog.regclass AND i.indisvalid AND i.indpred IS NULL AND a.attname = %2"_s.arg(
               tableLiteral(table), m_dialect.literal(column));
}

// A trigger's work is in its function.
QString PgAdvice::triggersOf(const TableName &table) const
{
    return u"SELECT t.tgname, pg_catalog.pg_get_triggerdef(t.oid) || E'\\n' || p.prosrc FROM pg_catalog.pg_trigger t "
           "JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid "
           "WHERE t.tgrelid = %1::pg_catalog.regclass AND NOT t.tgisinternal AND t.tgenabled IN ('O', 'A')"_s.arg(
               tableLiteral(table));
}

// A partition's own keys are those of its parent.
QString PgAdvice::changedByDeletes(const TableName &table) const
{
    return u"SELECT DISTINCT CASE WHEN n.nspname = current_schema() THEN c.relname "
           "ELSE (n.nspname || '.' || c.relname)::pg_catalog.name END FROM pg_catalog.pg_constraint f "
           "JOIN pg_catalog.pg_class c ON c.oid = f.conrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
           "WHERE f.contype = 'f' AND f.confrelid = %1::pg_catalog.regclass AND f.confdeltype IN ('c', 'n', 'd') "
           "AND f.conparentid = 0 ORDER BY 1"_s.arg(tableLiteral(table));
}

// Not the session's own: it has asked for UTC.
QString PgAdvice::writersZone() const
{
    return u"SELECT reset_val FROM pg_catalog.pg_settings WHERE name = 'TimeZone'"_s;
}

QString PgAdvice::sequenceOf(const QString &sequence) const
{
    return u"SELECT seqincrement, seqcycle, seqcache FROM pg_catalog.pg_sequence "
           "WHERE seqrelid = %1::pg_catalog.regclass"_s.arg(m_dialect.literal(sequence));
}

QString PgAdvice::currentUser() const { return u"SELECT current_user"_s; }

QString PgAdvice::openTransactions() const { return u"SELECT pg_has_role('pg_read_all_stats', 'USAGE')"_s; }

QString PgAdvice::isPartitioned(const TableName &table) const
{
    return u"SELECT relkind = 'p' FROM pg_catalog.pg_class WHERE oid = %1::pg_catalog.regclass"_s.arg(
        tableLiteral(table));
}

AdviceSql::Clock PgAdvice::clock(const ColumnType &) const
{
    const QString utc = u"(pg_catalog.clock_timestamp() AT TIME ZONE 'UTC')"_s;
    return {u"pg_catalog.clock_timestamp()"_s,
            utc,
            utc + "::pg_catalog.date"_L1,
            u"EXTRACT(EPOCH FROM pg_catalog.clock_timestamp())::pg_catalog.int8"_s,
            {}};
}

QString PgAdvice::fractionOf(const QString &column) const
{
    return u"pg_catalog.date_trunc('second', %1) <> %1"_s.arg(column);
}

AdviceSql::DefaultClock PgAdvice::defaultClock(const Column &column) const
{
    static const std::array clocks{"now("_L1,           "current_timestamp"_L1,   "clock_timestamp"_L1,
                                   "localtimestamp"_L1, "statement_timestamp"_L1, "transaction_timestamp"_L1,
                                   "'now'"_L1,          "current_date"_L1};
    const QString sql = column.defaultSql.toLower();
    const bool isClock = std::any_of(clocks.begin(), clocks.end(), [&sql](auto clock) { return sql.contains(clock); });
    if (!isClock)
        return DefaultClock::None;
    const bool isUtc = column.type.kind == CellKind::Instant || sql.contains("'utc'"_L1) || sql.contains("epoch"_L1);
    return isUtc ? DefaultClock::Utc : DefaultClock::WritersZone;
}

// Concurrently: writers are not kept waiting. Of a partitioned table the server refuses that.
QStringList PgAdvice::createIndex(const TableSchema &table, const Column &column, bool isPartitioned) const
{
    return {(isPartitioned ? "CREATE INDEX "_L1 : "CREATE INDEX CONCURRENTLY "_L1)
            + m_dialect.quote(nameFor("ix"_L1, table, column.name)) + " ON "_L1 + m_dialect.table(table.name) + " ("_L1
            + m_dialect.quote(column.name) + u')'};
}

QStringList PgAdvice::trigger(const TableSchema &table, const QString &name, QLatin1StringView events,
                              const QString &body) const
{
    if (body.contains(bodyQuote))
        return {};
    const QString function = inSchemaOf(table, name) + "()"_L1;
    return {"CREATE OR REPLACE FUNCTION "_L1 + function + " RETURNS trigger LANGUAGE plpgsql AS "_L1 + bodyQuote
                + " BEGIN "_L1 + body + " RETURN NEW; END "_L1 + bodyQuote,
            "CREATE TRIGGER "_L1 + m_dialect.quote(name) + " BEFORE "_L1 + events + " ON "_L1
                + m_dialect.table(table.name) + " FOR EACH ROW EXECUTE FUNCTION "_L1 + function};
}

QStringList PgAdvice::stampOnUpdate(const TableSchema &table, const Column &column) const
{
    const QString clock = clockFor(column.type);
    if (clock.isEmpty())
        return {};
    return trigger(table, nameFor("stamp"_L1, table, column.name), "INSERT OR UPDATE"_L1,
                   "NEW."_L1 + m_dialect.quote(column.name) + " := "_L1 + clock + u';');
}

QStringList PgAdvice::numberOnUpdate(const TableSchema &table, const Column &column, bool perRow) const
{
    const QString name = m_dialect.quote(column.name);
    const QString function = nameFor("number"_L1, table, column.name);
    if (perRow)
        return trigger(table, function, "UPDATE"_L1, u"NEW.%1 := COALESCE(OLD.%1, 0) + 1;"_s.arg(name));
    const QString sequence = inSchemaOf(table, nameFor("seq"_L1, table, column.name));
    const QString literal = m_dialect.literal(sequence);
    QStringList sql{"CREATE SEQUENCE IF NOT EXISTS "_L1 + sequence,
                    u"SELECT pg_catalog.setval(%1, GREATEST(COALESCE(max(%2), 1), 1)) FROM %3"_s.arg(
                        literal, name, m_dialect.table(table.name))};
    const QStringList made =
        trigger(table, function, "INSERT OR UPDATE"_L1, u"NEW.%1 := pg_catalog.nextval(%2);"_s.arg(name, literal));
    return made.isEmpty() ? QStringList() : sql + made;
}

QStringList PgAdvice::flagOnUpdate(const TableSchema &table, const Column &column, const QString &pending) const
{
    return trigger(table, nameFor("mark"_L1, table, column.name), "UPDATE"_L1,
                   u"IF NEW.%1 IS NOT DISTINCT FROM OLD.%1 THEN NEW.%1 := %2; END IF;"_s.arg(
                       m_dialect.quote(column.name), m_dialect.literal(pending)));
}

QStringList PgAdvice::storeInstants(const TableSchema &table, const Column &column, const QString &zone) const
{
    if (column.type.kind != CellKind::Timestamp)
        return {};
    return {u"ALTER TABLE %1 ALTER COLUMN %2 TYPE timestamp(%3) with time zone USING %2 AT TIME ZONE %4"_s.arg(
        m_dialect.table(table.name), m_dialect.quote(column.name), QString::number(column.type.fraction),
        m_dialect.literal(zone.isEmpty() ? u"UTC"_s : zone))};
}

QStringList PgAdvice::storeFractions(const TableSchema &table, const Column &column) const
{
    if (!isStamp(column.type) || column.type.fraction >= 3)
        return {};
    return {u"ALTER TABLE %1 ALTER COLUMN %2 TYPE timestamp(6) %3 time zone"_s.arg(
        m_dialect.table(table.name), m_dialect.quote(column.name),
        column.type.kind == CellKind::Instant ? u"with"_s : u"without"_s)};
}

QStringList PgAdvice::addKey(const TableSchema &table) const
{
    const int id = table.columnIndex(u"id");
    if (id >= 0 && table.columns[id].type.kind == CellKind::Integer)
        return {u"ALTER TABLE %1 ADD PRIMARY KEY (id)"_s.arg(m_dialect.table(table.name))};
    return {u"ALTER TABLE %1 ADD COLUMN %2 bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY"_s.arg(
        m_dialect.table(table.name), m_dialect.quote(newKeyName(table)))};
}

QStringList PgAdvice::seeTransactions(const QString &user) const
{
    return {"GRANT pg_read_all_stats TO "_L1 + m_dialect.quote(user)};
}

} // namespace tidemark::postgres
