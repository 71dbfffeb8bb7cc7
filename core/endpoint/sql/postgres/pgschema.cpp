// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/sql/postgres/pgschema.h"

#include <cmath>

#include <QCryptographicHash>

#include "core/endpoint/sql/postgres/pgtypes.h"

using namespace Qt::StringLiterals;

namespace tidemark::postgres {

namespace {

// Every name is qualified: a session's search_path must not choose whose functions run here.
constexpr const char *tablesSql = R"(
SELECT c.relname
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = $1 AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence <> 't'
  AND c.relname NOT LIKE 'tidemark\_%'
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                  WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid AND d.deptype = 'e')
ORDER BY c.relname COLLATE "C")";

constexpr const char *findSql = R"(
SELECT c.oid, pg_catalog.row_security_active(c.oid)
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = $1 AND c.relname = $2 AND c.relkind IN ('r', 'p'))";

// A domain is followed to the type it is of; a NOT NULL on the way counts.
constexpr const char *columnsSql = R"(
WITH RECURSIVE step (attnum, type, modifier, strict) AS (
    SELECT a.attnum, a.atttypid, a.atttypmod, a.attnotnull
    FROM pg_catalog.pg_attribute a WHERE a.attrelid = $1::pg_catalog.oid AND a.attnum > 0 AND NOT a.attisdropped
    UNION ALL
    SELECT s.attnum, t.typbasetype, t.typtypmod, s.strict OR t.typnotnull
    FROM step s JOIN pg_catalog.pg_type t ON t.oid = s.type AND t.typtype = 'd')
SELECT a.attname, t.typname, pg_catalog.format_type(t.oid, s.modifier),
       t.typnamespace = 'pg_catalog'::pg_catalog.regnamespace, s.modifier, s.strict, a.attgenerated, a.attidentity,
       pg_catalog.pg_get_expr(f.adbin, f.adrelid),
       COALESCE(pg_catalog.pg_get_serial_sequence(a.attrelid::pg_catalog.regclass::text, a.attname),
                (SELECT pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(q.relname)
                 FROM pg_catalog.pg_depend d
                 JOIN pg_catalog.pg_class q ON q.oid = d.refobjid AND q.relkind = 'S'
                 JOIN pg_catalog.pg_namespace n ON n.oid = q.relnamespace
                 WHERE d.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass AND d.objid = f.oid
                   AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass LIMIT 1)),
       CASE WHEN l.collname <> 'default' THEN l.collname END,
       l.collprovider = 'b' OR (l.collprovider = 'c' AND l.collcollate IN ('C', 'POSIX')),
       l.collisdeterministic
FROM step s
JOIN pg_catalog.pg_type t ON t.oid = s.type AND t.typtype <> 'd'
JOIN pg_catalog.pg_attribute a ON a.attrelid = $1::pg_catalog.oid AND a.attnum = s.attnum
LEFT JOIN pg_catalog.pg_attrdef f ON f.adrelid = a.attrelid AND f.adnum = a.attnum
LEFT JOIN pg_catalog.pg_collation l ON l.oid = a.attcollation
ORDER BY a.attnum)";

constexpr const char *indexesSql = R"(
SELECT c.relname, i.indisprimary, i.indisunique, i.indpred IS NOT NULL,
       i.indexprs IS NOT NULL, k.place, a.attname
FROM pg_catalog.pg_index i
JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
CROSS JOIN LATERAL pg_catalog.unnest(i.indkey::pg_catalog.int2[]) WITH ORDINALITY AS k (attnum, place)
LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
WHERE i.indrelid = $1::pg_catalog.oid AND i.indisvalid AND k.place <= i.indnkeyatts
ORDER BY c.relname COLLATE "C", i.indexrelid, k.place)";

constexpr const char *foreignKeysSql = R"(
SELECT f.conname, n.nspname, c.relname, f.condeferrable, f.confdeltype, f.confupdtype, a.attname, b.attname, k.place
FROM pg_catalog.pg_constraint f
JOIN pg_catalog.pg_class c ON c.oid = f.confrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
CROSS JOIN LATERAL ROWS FROM (pg_catalog.unnest(f.conkey), pg_catalog.unnest(f.confkey))
    WITH ORDINALITY AS k (here, there, place)
JOIN pg_catalog.pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = k.here
JOIN pg_catalog.pg_attribute b ON b.attrelid = f.confrelid AND b.attnum = k.there
WHERE f.conrelid = $1::pg_catalog.oid AND f.contype = 'f' AND f.conparentid = 0
ORDER BY f.conname COLLATE "C", f.oid, k.place)";

constexpr const char *triggersSql = R"(
SELECT t.tgname, t.tgtype, pg_catalog.pg_get_triggerdef(t.oid)
FROM pg_catalog.pg_trigger t
WHERE t.tgrelid = $1::pg_catalog.oid AND NOT t.tgisinternal AND t.tgenabled IN ('O', 'A')
ORDER BY t.tgname COLLATE "C")";

constexpr const char *tokenSql = R"(
SELECT pg_catalog.concat_ws('|', c.oid, pg_catalog.row_security_active(c.oid),
  (SELECT pg_catalog.string_agg(pg_catalog.concat_ws(',', a.attnum, pg_catalog.quote_ident(a.attname), a.atttypid, a.atttypmod,
            a.attnotnull, a.attidentity, a.attgenerated, a.attcollation), ';' ORDER BY a.attnum)
   FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped),
  (SELECT pg_catalog.string_agg(f.adnum || ',' || f.adbin::text, ';' ORDER BY f.adnum) FROM pg_catalog.pg_attrdef f WHERE f.adrelid = c.oid),
  (SELECT pg_catalog.string_agg(pg_catalog.concat_ws(',', i.indexrelid, i.indisunique, i.indisprimary, i.indisvalid), ';'
            ORDER BY i.indexrelid) FROM pg_catalog.pg_index i WHERE i.indrelid = c.oid),
  (SELECT pg_catalog.string_agg(pg_catalog.concat_ws(',', f.oid, f.condeferrable, f.confdeltype, f.confupdtype), ';' ORDER BY f.oid)
   FROM pg_catalog.pg_constraint f WHERE f.conrelid = c.oid AND f.contype = 'f'),
  (SELECT pg_catalog.string_agg(pg_catalog.concat_ws(',', t.oid, t.tgenabled), ';' ORDER BY t.oid)
   FROM pg_catalog.pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal))
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = $1 AND c.relname = $2 AND c.relkind IN ('r', 'p'))";

// The density that ANALYZE found, at today's size; partitions added up.
constexpr const char *estimateSql = R"(
SELECT pg_catalog.sum(CASE WHEN p.size = 0 THEN 0
                           WHEN p.reltuples < 0 OR p.relpages = 0 THEN 'NaN'::pg_catalog.float8
                           ELSE p.reltuples / p.relpages * p.size END)
FROM (SELECT t.reltuples::pg_catalog.float8, t.relpages,
             pg_catalog.pg_relation_size(t.oid) / pg_catalog.current_setting('block_size')::pg_catalog.int8 AS size
      FROM pg_catalog.pg_class t
      WHERE t.oid = $1::pg_catalog.oid AND t.relkind = 'r'
         OR t.oid IN (SELECT e.relid FROM pg_catalog.pg_partition_tree($1::pg_catalog.oid::pg_catalog.regclass) e WHERE e.isleaf)) p)";

QString text(const PgResult &result, int row, int column)
{
    return PQgetisnull(result.get(), row, column) != 0 ? QString()
                                                       : QString::fromUtf8(PQgetvalue(result.get(), row, column));
}

bool truth(const PgResult &result, int row, int column) { return *PQgetvalue(result.get(), row, column) == 't'; }

QString actionName(const QString &letter)
{
    if (letter == "c"_L1)
        return u"CASCADE"_s;
    if (letter == "r"_L1)
        return u"RESTRICT"_s;
    if (letter == "n"_L1)
        return u"SET NULL"_s;
    return letter == "d"_L1 ? u"SET DEFAULT"_s : u"NO ACTION"_s;
}

QString timingName(int bits)
{
    QStringList events;
    for (const auto &[bit, name] :
         {std::pair(4, "INSERT"_L1), {8, "DELETE"_L1}, {16, "UPDATE"_L1}, {32, "TRUNCATE"_L1}})
        if ((bits & bit) != 0)
            events.append(name);
    const auto when = (bits & 2) != 0 ? "BEFORE "_L1 : (bits & 64) != 0 ? "INSTEAD OF "_L1 : "AFTER "_L1;
    return when + events.join(" OR "_L1);
}

} // namespace

Result<PgResult> SchemaReader::ask(const char *sql, const QList<QByteArray> &parameters)
{
    std::vector<PgParameter> values;
    for (const QByteArray &parameter : parameters) {
        PgParameter value;
        value.bytes = std::string_view(parameter.constData(), static_cast<std::size_t>(parameter.size()));
        values.push_back(value);
    }
    return m_connection.exec(sql, values);
}

Result<QList<TableName>> SchemaReader::tables()
{
    TRY_ASSIGN(const PgResult rows, ask(tablesSql, {m_dialect.schema().toUtf8()}));
    QList<TableName> names;
    for (int row = 0; row < PQntuples(rows.get()); ++row)
        names.append(TableName{{}, text(rows, row, 0)});
    return names;
}

Result<QByteArray> SchemaReader::find(const TableName &name, TableSchema *schema)
{
    TRY_ASSIGN(const PgResult rows, ask(findSql, {m_dialect.schemaOf(name).toUtf8(), name.name.toUtf8()}));
    if (PQntuples(rows.get()) == 0)
        return fail(Error{ErrorCode::NoSuchTable, {{Fact::Table, name.display()}}, {}});
    if (schema != nullptr)
        schema->rowSecurity = truth(rows, 0, 1);
    return QByteArray(PQgetvalue(rows.get(), 0, 0));
}

Result<bool> SchemaReader::exists(const TableName &name)
{
    TRY_ASSIGN(const PgResult rows, ask(findSql, {m_dialect.schemaOf(name).toUtf8(), name.name.toUtf8()}));
    return PQntuples(rows.get()) > 0;
}

Result<TableSchema> SchemaReader::describe(const TableName &name)
{
    TableSchema schema;
    schema.name = name;
    if (name.schema == m_dialect.schema()) // one table, one name
        schema.name.schema.clear();
    TRY_ASSIGN(const QByteArray oid, find(name, &schema));
    TRY(readColumns(oid, schema));
    TRY(readIndexes(oid, schema));
    TRY(readForeignKeys(oid, schema));
    TRY(readTriggers(oid, schema));
    return schema;
}

Result<void> SchemaReader::readColumns(const QByteArray &oid, TableSchema &schema)
{
    TRY_ASSIGN(const PgResult rows, ask(columnsSql, {oid}));
    for (int row = 0; row < PQntuples(rows.get()); ++row) {
        CatalogType type;
        type.name = text(rows, row, 1);
        type.native = text(rows, row, 2);
        type.isBuiltIn = truth(rows, row, 3);
        type.modifier = text(rows, row, 4).toInt();
        type.collation = text(rows, row, 10);
        type.byteOrder = m_bytesAreCodePoints && (type.collation.isEmpty() ? m_defaultByteOrder : truth(rows, row, 11));
        type.deterministic = PQgetisnull(rows.get(), row, 12) != 0 || truth(rows, row, 12);
        Column column;
        column.name = text(rows, row, 0);
        column.type = columnTypeOf(type);
        column.nullable = !truth(rows, row, 5);
        column.generated = !text(rows, row, 6).isEmpty();
        const QString identity = text(rows, row, 7);
        column.defaultSql = column.generated ? QString() : text(rows, row, 8);
        column.sequence = text(rows, row, 9);
        if (identity == "a"_L1)
            column.identity = Identity::Always;
        else if (identity == "d"_L1 || (!column.sequence.isEmpty() && !column.defaultSql.isEmpty()))
            column.identity = Identity::ByDefault;
        schema.columns.append(column);
    }
    return {};
}

Result<void> SchemaReader::readIndexes(const QByteArray &oid, TableSchema &schema)
{
    TRY_ASSIGN(const PgResult rows, ask(indexesSql, {oid}));
    bool primary = false;
    for (int row = 0; row < PQntuples(rows.get()); ++row) {
        if (text(rows, row, 5) == "1"_L1) {
            primary = truth(rows, row, 1);
            if (!primary)
                schema.indexes.append(Index{text(rows, row, 0), {}, truth(rows, row, 2), truth(rows, row, 3)});
        }
        const bool overExpressions = truth(rows, row, 4);
        if (!overExpressions)
            (primary ? schema.primaryKey : schema.indexes.last().columns).append(text(rows, row, 6));
    }
    return {};
}

Result<void> SchemaReader::readForeignKeys(const QByteArray &oid, TableSchema &schema)
{
    TRY_ASSIGN(const PgResult rows, ask(foreignKeysSql, {oid}));
    for (int row = 0; row < PQntuples(rows.get()); ++row) {
        if (text(rows, row, 8) == "1"_L1) {
            ForeignKey key;
            key.name = text(rows, row, 0);
            const QString in = text(rows, row, 1);
            key.target = TableName{in == m_dialect.schema() ? QString() : in, text(rows, row, 2)};
            key.deferrable = truth(rows, row, 3);
            key.onDelete = actionName(text(rows, row, 4));
            key.onUpdate = actionName(text(rows, row, 5));
            schema.foreignKeys.append(key);
        }
        schema.foreignKeys.last().columns.append(text(rows, row, 6));
        schema.foreignKeys.last().targetColumns.append(text(rows, row, 7));
    }
    return {};
}

Result<void> SchemaReader::readTriggers(const QByteArray &oid, TableSchema &schema)
{
    TRY_ASSIGN(const PgResult rows, ask(triggersSql, {oid}));
    for (int row = 0; row < PQntuples(rows.get()); ++row)
        schema.triggers.append(Trigger{text(rows, row, 0), timingName(text(rows, row, 1).toInt()), text(rows, row, 2)});
    return {};
}

Result<QByteArray> SchemaReader::token(const TableName &name)
{
    TRY_ASSIGN(const PgResult rows, ask(tokenSql, {m_dialect.schemaOf(name).toUtf8(), name.name.toUtf8()}));
    if (PQntuples(rows.get()) == 0)
        return fail(Error{ErrorCode::NoSuchTable, {{Fact::Table, name.display()}}, {}});
    return QCryptographicHash::hash(QByteArrayView(PQgetvalue(rows.get(), 0, 0)), QCryptographicHash::Sha1);
}

Result<qint64> SchemaReader::estimateRows(const TableName &name)
{
    TRY_ASSIGN(const QByteArray oid, find(name, nullptr));
    TRY_ASSIGN(const PgResult rows, ask(estimateSql, {oid}));
    if (PQntuples(rows.get()) == 0 || PQgetisnull(rows.get(), 0, 0) != 0)
        return -1;
    bool isNumber = false;
    const double estimate = QByteArray(PQgetvalue(rows.get(), 0, 0)).toDouble(&isNumber);
    return isNumber && std::isfinite(estimate) ? std::llround(estimate) : -1; // NaN: some part was never analysed
}

} // namespace tidemark::postgres
