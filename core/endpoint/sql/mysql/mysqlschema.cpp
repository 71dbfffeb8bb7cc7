// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/sql/mysql/mysqlschema.h"

#include <QCryptographicHash>
#include <QRegularExpression>

#include "core/endpoint/sql/mysql/mysqltypes.h"

using namespace Qt::StringLiterals;

namespace tidemark::mysql {

namespace {

QString text(const SqlRow &row, int column) { return QString::fromUtf8(row[column].value_or(QByteArray())); }

int number(const SqlRow &row, int column) { return row[column] ? row[column]->toInt() : -1; }

NativeColumn nativeColumn(const SqlRow &row, const QStringList &jsonColumns)
{
    NativeColumn native;
    native.dataType = text(row, 1).toLower();
    native.columnType = text(row, 2);
    if (!native.columnType.startsWith("enum("_L1, Qt::CaseInsensitive)
        && !native.columnType.startsWith("set("_L1, Qt::CaseInsensitive))
        native.columnType = native.columnType.toLower();
    native.length = row[3] ? row[3]->toLongLong() : -1;
    native.precision = number(row, 4);
    native.scale = number(row, 5);
    native.fraction = number(row, 6);
    native.charset = text(row, 7);
    native.collation = text(row, 8);
    native.isJson = native.dataType == "longtext"_L1 && jsonColumns.contains(text(row, 0));
    return native;
}

// MariaDB gives a default as SQL, and NULL as a word; MySQL as bare text with a mark where it is an expression.
QString defaultOf(const SqlRow &row, bool isMariaDb)
{
    if (!row[11] || (isMariaDb && *row[11] == "NULL"))
        return {};
    const QString value = text(row, 11);
    if (isMariaDb || text(row, 10).contains("DEFAULT_GENERATED"_L1))
        return value;
    QString quoted = value;
    return u'\'' + quoted.replace(u'\\', "\\\\"_L1).replace(u'\'', "''"_L1) + u'\'';
}

} // namespace

Result<QList<SqlRow>> SchemaReader::query(const QString &sql, const TableName &name)
{
    QString schema = u"DATABASE()"_s;
    if (!name.schema.isEmpty())
        schema = m_session.dialect().literal(name.schema);
    return m_session.query(sql.arg(schema, m_session.dialect().literal(name.name)));
}

Result<QList<TableName>> SchemaReader::tables()
{
    TRY_ASSIGN(const auto rows,
               m_session.query(u"SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND "
                               "TABLE_TYPE IN ('BASE TABLE', 'SYSTEM VERSIONED') ORDER BY TABLE_NAME"_s));
    QList<TableName> names;
    for (const SqlRow &row : rows)
        if (const QString name = text(row, 0); !name.startsWith("tidemark_"_L1))
            names.append({{}, name});
    return names;
}

Result<void> SchemaReader::readTable(TableSchema &schema)
{
    TRY_ASSIGN(const auto rows,
               query(u"SELECT ENGINE, TABLE_TYPE, TABLE_NAME FROM information_schema.TABLES WHERE "
                     "TABLE_SCHEMA = %1 AND TABLE_NAME = %2"_s,
                     schema.name));
    for (const SqlRow &row : rows) {
        if (text(row, 2) != schema.name.name || text(row, 1).contains("VIEW"_L1) || text(row, 1) == "SEQUENCE"_L1)
            continue;
        schema.engine = text(row, 0);
        static const QStringList transactional{u"InnoDB"_s, u"ROCKSDB"_s, u"ndbcluster"_s, u"TokuDB"_s};
        schema.transactional = transactional.contains(schema.engine, Qt::CaseInsensitive);
        return {};
    }
    return fail(Error{ErrorCode::NoSuchTable, {}, {}}.with(Fact::Table, schema.name.display()));
}

Result<QStringList> SchemaReader::jsonColumns(const TableName &name)
{
    QStringList columns;
    if (!m_mariaDb)
        return columns;
    TRY_ASSIGN(const auto rows,
               query(u"SELECT CHECK_CLAUSE FROM information_schema.CHECK_CONSTRAINTS WHERE "
                     "CONSTRAINT_SCHEMA = %1 AND TABLE_NAME = %2"_s,
                     name));
    static const QRegularExpression valid(u"^json_valid\\(`(.+)`\\)$"_s, QRegularExpression::CaseInsensitiveOption);
    for (const SqlRow &row : rows)
        if (const auto match = valid.match(text(row, 0)); match.hasMatch())
            columns.append(match.captured(1).replace("``"_L1, "`"_L1));
    return columns;
}

Result<void> SchemaReader::readColumns(TableSchema &schema)
{
    TRY_ASSIGN(const QStringList json, jsonColumns(schema.name));
    TRY_ASSIGN(const auto rows,
               query(u"SELECT COLUMN_NAME, DATA_TYPE, COLUMN_TYPE, CHARACTER_MAXIMUM_LENGTH, NUMERIC_PRECISION, "
                     "NUMERIC_SCALE, DATETIME_PRECISION, CHARACTER_SET_NAME, COLLATION_NAME, IS_NULLABLE, EXTRA, "
                     "COLUMN_DEFAULT FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = %1 AND TABLE_NAME = %2 "
                     "ORDER BY ORDINAL_POSITION"_s,
                     schema.name));
    for (const SqlRow &row : rows) {
        const QString extra = text(row, 10);
        Column column;
        column.name = text(row, 0);
        column.type = columnType(nativeColumn(row, json));
        column.nullable = text(row, 9) == "YES"_L1;
        // "DEFAULT_GENERATED" of MySQL is a default, not a computed column; row start and end of a versioned table are.
        column.generated = extra.contains("VIRTUAL GENERATED"_L1) || extra.contains("STORED GENERATED"_L1)
            || extra.contains("PERSISTENT"_L1) || extra.contains("INVISIBLE GENERATED"_L1)
            || extra.contains("STORED ROW"_L1);
        column.identity = extra.contains("auto_increment"_L1) ? Identity::ByDefault : Identity::None;
        column.changesOnUpdate = extra.contains("on update"_L1, Qt::CaseInsensitive);
        column.defaultSql = column.generated ? QString() : defaultOf(row, m_mariaDb);
        schema.columns.append(column);
    }
    return {};
}

Result<void> SchemaReader::readIndexes(TableSchema &schema)
{
    TRY_ASSIGN(const auto rows,
               query(u"SELECT INDEX_NAME, NON_UNIQUE, COLUMN_NAME, SUB_PART FROM "
                     "information_schema.STATISTICS WHERE TABLE_SCHEMA = %1 AND TABLE_NAME = %2 "
                     "ORDER BY INDEX_NAME, SEQ_IN_INDEX"_s,
                     schema.name));
    QList<Index> indexes;
    QStringList notWhole; // over a prefix or an expression: no key, whatever it claims
    for (const SqlRow &row : rows) {
        const QString name = text(row, 0);
        if (indexes.isEmpty() || indexes.last().name != name)
            indexes.append({name, {}, text(row, 1) == "0"_L1, false});
        indexes.last().columns.append(text(row, 2));
        if (row[3] || !row[2])
            notWhole.append(name);
    }
    for (Index &index : indexes) {
        if (notWhole.contains(index.name)) {
            index.columns.clear();
            index.partial = true;
        }
        if (index.name == "PRIMARY"_L1)
            schema.primaryKey = index.columns;
        else
            schema.indexes.append(index);
    }
    return {};
}

Result<void> SchemaReader::readForeignKeys(TableSchema &schema)
{
    TRY_ASSIGN(const auto rows,
               query(u"SELECT k.CONSTRAINT_NAME, k.COLUMN_NAME, k.REFERENCED_TABLE_SCHEMA = DATABASE(), "
                     "k.REFERENCED_TABLE_SCHEMA, k.REFERENCED_TABLE_NAME, k.REFERENCED_COLUMN_NAME, r.DELETE_RULE, "
                     "r.UPDATE_RULE FROM information_schema.KEY_COLUMN_USAGE k JOIN "
                     "information_schema.REFERENTIAL_CONSTRAINTS r ON r.CONSTRAINT_SCHEMA = %1 AND r.TABLE_NAME = "
                     "%2 AND r.CONSTRAINT_NAME = k.CONSTRAINT_NAME WHERE k.TABLE_SCHEMA = %1 AND k.TABLE_NAME = "
                     "%2 AND k.REFERENCED_TABLE_NAME IS NOT NULL ORDER BY k.CONSTRAINT_NAME, k.ORDINAL_POSITION"_s,
                     schema.name));
    for (const SqlRow &row : rows) {
        const QString name = text(row, 0);
        if (schema.foreignKeys.isEmpty() || schema.foreignKeys.last().name != name) {
            ForeignKey key;
            key.name = name;
            key.target = {text(row, 2) == "1"_L1 ? QString() : text(row, 3), text(row, 4)};
            key.onDelete = text(row, 6);
            key.onUpdate = text(row, 7);
            schema.foreignKeys.append(key);
        }
        schema.foreignKeys.last().columns.append(text(row, 1));
        schema.foreignKeys.last().targetColumns.append(text(row, 5));
    }
    return {};
}

Result<void> SchemaReader::readTriggers(TableSchema &schema)
{
    TRY_ASSIGN(const auto rows,
               query(u"SELECT TRIGGER_NAME, ACTION_TIMING, EVENT_MANIPULATION, ACTION_STATEMENT FROM "
                     "information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = %1 AND EVENT_OBJECT_SCHEMA = %1 AND "
                     "EVENT_OBJECT_TABLE = %2 ORDER BY TRIGGER_NAME"_s,
                     schema.name));
    for (const SqlRow &row : rows)
        schema.triggers.append({text(row, 0), text(row, 1) + u' ' + text(row, 2), text(row, 3)});
    return {};
}

Result<TableSchema> SchemaReader::describe(const TableName &name)
{
    TableSchema schema;
    schema.name = name;
    if (!name.schema.isEmpty()) { // one table, one name
        TRY_ASSIGN(const auto own, m_session.query(u"SELECT DATABASE()"_s));
        if (!own.isEmpty() && text(own.first(), 0) == name.schema)
            schema.name.schema.clear();
    }
    TRY(readTable(schema));
    TRY(readColumns(schema));
    TRY(readIndexes(schema));
    TRY(readForeignKeys(schema));
    TRY(readTriggers(schema));
    return schema;
}

// The server's own statement for the table, without the counter that every insert moves.
Result<QByteArray> SchemaReader::token(const TableName &name)
{
    auto shown = m_session.query(u"SHOW CREATE TABLE %1"_s.arg(m_session.dialect().table(name)));
    if (!shown)
        return fail(std::move(shown).error().with(Fact::Table, name.display()));
    if (shown->isEmpty() || shown->first().size() < 2)
        return fail(Error{ErrorCode::NoSuchTable, {}, {}}.with(Fact::Table, name.display()));
    QString sql = text(shown->first(), 1);
    static const QRegularExpression counter(u"(\\n\\).*) AUTO_INCREMENT=\\d+"_s);
    sql.replace(counter, u"\\1"_s);
    TableSchema triggers;
    triggers.name = name;
    TRY(readTriggers(triggers));
    for (const Trigger &trigger : triggers.triggers)
        sql += u'\n' + trigger.name + u' ' + trigger.timing + u' ' + trigger.sql;
    return QCryptographicHash::hash(sql.toUtf8(), QCryptographicHash::Sha256);
}

Result<qint64> SchemaReader::estimateRows(const TableName &name)
{
    TRY_ASSIGN(const auto rows,
               query(u"SELECT TABLE_ROWS FROM information_schema.TABLES WHERE TABLE_SCHEMA = %1 "
                     "AND TABLE_NAME = %2"_s,
                     name));
    return rows.isEmpty() || !rows.first()[0] ? qint64(-1) : rows.first()[0]->toLongLong();
}

} // namespace tidemark::mysql
