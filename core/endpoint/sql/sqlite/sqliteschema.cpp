// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/sql/sqlite/sqliteschema.h"

#include <algorithm>
#include <array>

#include <QCryptographicHash>
#include <sqlite3.h>

#include "core/endpoint/sql/sqlite/sqlitedialect.h"
#include "core/endpoint/sql/sqlite/sqlitestatement.h"
#include "core/endpoint/sql/sqlite/sqlitetokens.h"
#include "core/endpoint/sql/sqlite/sqlitetypes.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

template <typename Row>
Result<void> forEachRow(const SqliteHandle &handle, const QString &sql, const QList<SqlValue> &parameters, Row row)
{
    TRY_ASSIGN(SqliteStatement statement, SqliteStatement::prepare(handle, sql));
    for (qsizetype i = 0; i < parameters.size(); ++i)
        statement.bind(static_cast<int>(i) + 1, parameters[i]);
    for (;;) {
        TRY_ASSIGN(const bool more, statement.step());
        if (!more)
            return {};
        row(statement);
    }
}

// Full-text and R-tree tables keep themselves in tables of these names behind their own.
bool isShadow(const QString &name, const QStringList &virtualTables)
{
    static const std::array suffixes{"content"_L1, "segments"_L1, "segdir"_L1, "docsize"_L1, "stat"_L1,  "data"_L1,
                                     "idx"_L1,     "config"_L1,   "node"_L1,   "rowid"_L1,   "parent"_L1};
    return std::any_of(virtualTables.begin(), virtualTables.end(), [&](const QString &owner) {
        return name.startsWith(owner + u'_', Qt::CaseInsensitive)
            && std::any_of(suffixes.begin(), suffixes.end(),
                           [&](auto suffix) { return QStringView(name).mid(owner.size() + 1) == suffix; });
    });
}

Error noSuchTable(const TableName &name)
{
    return Error{ErrorCode::NoSuchTable, {}, {}}.with(Fact::Table, name.display());
}

} // namespace

Result<QList<TableName>> SqliteSchemaReader::tables() const
{
    QStringList names;
    QStringList virtualTables;
    TRY(forEachRow(
        m_handle, u"SELECT name, rootpage FROM sqlite_schema WHERE type = 'table' ORDER BY name"_s, {},
        [&](const SqliteStatement &row) { (row.integer(1) == 0 ? virtualTables : names).append(row.string(0)); }));
    QList<TableName> result;
    for (const QString &name : names)
        if (!name.startsWith("sqlite_"_L1, Qt::CaseInsensitive) && !name.startsWith("tidemark_"_L1, Qt::CaseInsensitive)
            && !isShadow(name, virtualTables))
            result.append({QString(), name});
    return result;
}

Result<SqliteSchemaReader::Definition> SqliteSchemaReader::definition(const TableName &name) const
{
    std::optional<Definition> found;
    if (name.schema.isEmpty() || name.schema.compare("main"_L1, Qt::CaseInsensitive) == 0)
        TRY(forEachRow(m_handle,
                       u"SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND rootpage <> 0"
                       " AND name = ?1 COLLATE NOCASE"_s,
                       {name.name}, [&](const SqliteStatement &row) {
                           found = Definition{row.string(0), row.string(1)};
                       }));
    if (!found)
        return fail(noSuchTable(name));
    return *found;
}

Result<bool> SqliteSchemaReader::exists(const TableName &table) const
{
    const auto found = definition(table);
    if (!found && found.error().code != ErrorCode::NoSuchTable)
        return fail(found.error());
    return found.has_value();
}

Result<TableSchema> SqliteSchemaReader::describe(const TableName &name) const
{
    TRY_ASSIGN(const Definition definition, this->definition(name));
    TableSchema table;
    table.name.name = definition.name;
    TRY(readColumns(table, isStrictTable(definition.sql)));
    TRY(readTypeDetails(table));
    bool hasKeyIndex = false;
    TRY(readIndexes(table, hasKeyIndex));
    TRY(readForeignKeys(table));
    TRY(readTriggers(table));
    if (table.primaryKey.size() == 1 && !hasKeyIndex) { // the row's own number
        Column &key = table.columns[table.columnIndex(table.primaryKey.first())];
        key.identity = Identity::ByDefault;
        key.nullable = false;
        key.type.isDynamic = false;
    }
    return table;
}

Result<void> SqliteSchemaReader::readColumns(TableSchema &table, bool strict) const
{
    QMap<int, QString> key;
    TRY(forEachRow(m_handle, u"SELECT name, type, \"notnull\", dflt_value, pk, hidden FROM pragma_table_xinfo(?1)"_s,
                   {table.name.name}, [&](const SqliteStatement &row) {
                       Column column;
                       column.name = row.string(0);
                       column.type = typeFromDeclaration(row.string(1), strict);
                       column.nullable = row.integer(2) == 0;
                       column.defaultSql = row.string(3);
                       column.generated = row.integer(5) == 2 || row.integer(5) == 3;
                       if (row.integer(4) > 0)
                           key.insert(static_cast<int>(row.integer(4)), column.name);
                       table.columns.append(column);
                   }));
    table.primaryKey = key.values();
    return {};
}

Result<void> SqliteSchemaReader::readTypeDetails(TableSchema &table) const
{
    TRY_ASSIGN(const QByteArray encoding, m_handle.single("PRAGMA encoding"));
    const QByteArray name = table.name.name.toUtf8();
    for (Column &column : table.columns) {
        const char *collation = nullptr;
        const int code =
            sqlite3_table_column_metadata(m_handle.db(), "main", name.constData(), column.name.toUtf8().constData(),
                                          nullptr, &collation, nullptr, nullptr, nullptr);
        if (code != SQLITE_OK)
            return fail(m_handle.error(code));
        const QString collationName = QString::fromUtf8(collation);
        const bool binary = collationName.compare("BINARY"_L1, Qt::CaseInsensitive) == 0;
        ColumnType &type = column.type;
        type.collation = binary ? QString() : collationName;
        type.caseInsensitive = collationName.compare("NOCASE"_L1, Qt::CaseInsensitive) == 0;
        type.padSpace = collationName.compare("RTRIM"_L1, Qt::CaseInsensitive) == 0;
        if (type.kind == CellKind::Text)
            type.byteOrder = binary && encoding == "UTF-8" && affinityOf(type.native) == Affinity::Text;
    }
    return {};
}

Result<void> SqliteSchemaReader::readIndexes(TableSchema &table, bool &hasKeyIndex) const
{
    QList<Index> indexes;
    TRY(forEachRow(m_handle, u"SELECT name, \"unique\", origin, partial FROM pragma_index_list(?1)"_s,
                   {table.name.name}, [&](const SqliteStatement &row) {
                       if (row.string(2) == "pk"_L1)
                           hasKeyIndex = true;
                       else
                           indexes.append({row.string(0), {}, row.integer(1) != 0, row.integer(3) != 0});
                   }));
    for (Index &index : indexes) {
        bool overExpressions = false;
        TRY(forEachRow(m_handle, u"SELECT name, cid FROM pragma_index_xinfo(?1) WHERE \"key\" ORDER BY seqno"_s,
                       {index.name}, [&](const SqliteStatement &row) {
                           overExpressions = overExpressions || row.integer(1) < 0;
                           index.columns.append(row.string(0));
                       }));
        if (overExpressions)
            index.columns.clear();
        table.indexes.append(index);
    }
    return {};
}

Result<void> SqliteSchemaReader::readForeignKeys(TableSchema &table) const
{
    QMap<qint64, ForeignKey> keys;
    TRY(forEachRow(m_handle,
                   u"SELECT id, \"table\", \"from\", \"to\", on_update, on_delete FROM pragma_foreign_key_list(?1)"
                   " ORDER BY id, seq"_s,
                   {table.name.name}, [&](const SqliteStatement &row) {
                       ForeignKey &key = keys[row.integer(0)];
                       key.target.name = row.string(1);
                       key.columns.append(row.string(2));
                       if (row.storage(3) != SQLITE_NULL)
                           key.targetColumns.append(row.string(3));
                       key.onUpdate = row.string(4);
                       key.onDelete = row.string(5);
                       key.deferrable = true; // by PRAGMA defer_foreign_keys, however it is declared
                   }));
    for (ForeignKey &key : keys) {
        if (key.targetColumns.isEmpty()) // the parent's primary key is meant
            TRY(forEachRow(m_handle, u"SELECT name FROM pragma_table_info(?1) WHERE pk > 0 ORDER BY pk"_s,
                           {key.target.name},
                           [&](const SqliteStatement &row) { key.targetColumns.append(row.string(0)); }));
        table.foreignKeys.append(key);
    }
    return {};
}

Result<void> SqliteSchemaReader::readTriggers(TableSchema &table) const
{
    return forEachRow(m_handle,
                      u"SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?1 COLLATE NOCASE"
                      " ORDER BY name"_s,
                      {table.name.name}, [&](const SqliteStatement &row) {
                          table.triggers.append({row.string(0), triggerTiming(row.string(1)), row.string(1)});
                      });
}

// Not the schema's version: that also counts what happens to other tables.
Result<QByteArray> SqliteSchemaReader::token(const TableName &name) const
{
    QCryptographicHash hash(QCryptographicHash::Md5);
    bool found = false;
    TRY(forEachRow(
        m_handle, u"SELECT type, name, sql FROM sqlite_schema WHERE tbl_name = ?1 COLLATE NOCASE ORDER BY type, name"_s,
        {name.name}, [&](const SqliteStatement &row) {
            found = true;
            for (int i = 0; i < 3; ++i) {
                const QByteArray text = row.string(i).toUtf8();
                hash.addData(QByteArray::number(text.size()).append(':').append(text));
            }
        }));
    if (!found)
        return fail(noSuchTable(name));
    return hash.result();
}

Result<qint64> SqliteSchemaReader::estimateRows(const TableName &name) const
{
    TRY_ASSIGN(const Definition definition, this->definition(name));
    qint64 rows = -1;
    const auto take = [&](const SqliteStatement &row) {
        if (row.storage(0) != SQLITE_NULL)
            rows = std::max<qint64>(row.integer(0), 0);
    };
    TRY_ASSIGN(const QByteArray analysed,
               m_handle.single("SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_stat1' AND type = 'table'"));
    if (!analysed.isEmpty())
        TRY(forEachRow(m_handle, u"SELECT CAST(stat AS INTEGER) FROM sqlite_stat1 WHERE tbl = ?1 COLLATE NOCASE"_s,
                       {definition.name}, take));
    if (rows >= 0)
        return rows;
    const QString table = SqliteDialect().table({QString(), definition.name});
    // Two look-ups at the ends of the table; fails where the table has no row numbers.
    const auto counted = forEachRow(
        m_handle, u"SELECT coalesce((SELECT max(rowid) FROM %1) - (SELECT min(rowid) FROM %1) + 1, 0)"_s.arg(table), {},
        take);
    if (!counted && counted.error().code != ErrorCode::NoSuchColumn)
        return fail(counted.error());
    return rows;
}

} // namespace tidemark
