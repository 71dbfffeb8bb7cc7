// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/sql/mysql/mysqladvice.h"

using namespace Qt::StringLiterals;

namespace tidemark::mysql {

namespace {

constexpr qint64 longestIndexed = 768; // characters of utf8mb4 in 3,072 bytes

QString withFraction(const QString &name, int fraction) { return fraction > 0 ? name + u"(%1)"_s.arg(fraction) : name; }

} // namespace

QString accountOf(const QString &user, const MysqlDialect &dialect)
{
    const qsizetype at = user.lastIndexOf(u'@');
    return dialect.literal(user.left(at < 0 ? user.size() : at)) + u'@'
        + dialect.literal(at < 0 ? u"%"_s : user.mid(at + 1));
}

QString MysqlAdvice::schemaOf(const TableName &table) const
{
    return table.schema.isEmpty() ? u"DATABASE()"_s : m_dialect.literal(table.schema);
}

QString MysqlAdvice::indexesOf(const TableName &table, const QString &column) const
{
    return u"SELECT INDEX_NAME FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = %1 AND TABLE_NAME = %2 "
           "AND SEQ_IN_INDEX = 1 AND SUB_PART IS NULL AND INDEX_TYPE = 'BTREE' AND COLUMN_NAME = %3"_s.arg(
               schemaOf(table), m_dialect.literal(table.name), m_dialect.literal(column));
}

QString MysqlAdvice::triggersOf(const TableName &table) const
{
    return u"SELECT TRIGGER_NAME, ACTION_STATEMENT FROM information_schema.TRIGGERS WHERE EVENT_OBJECT_SCHEMA = %1 "
           "AND EVENT_OBJECT_TABLE = %2"_s.arg(schemaOf(table), m_dialect.literal(table.name));
}

QString MysqlAdvice::changedByDeletes(const TableName &table) const
{
    return u"SELECT DISTINCT IF(CONSTRAINT_SCHEMA = DATABASE(), TABLE_NAME, CONCAT(CONSTRAINT_SCHEMA, '.', TABLE_NAME))"
           " FROM information_schema.REFERENTIAL_CONSTRAINTS WHERE UNIQUE_CONSTRAINT_SCHEMA = %1 "
           "AND REFERENCED_TABLE_NAME = %2 AND DELETE_RULE IN ('CASCADE', 'SET NULL', 'SET DEFAULT') ORDER BY 1"_s.arg(
               schemaOf(table), m_dialect.literal(table.name));
}

QString MysqlAdvice::writersZone() const
{
    return u"SELECT IF(@@global.time_zone = 'SYSTEM', @@system_time_zone, @@global.time_zone)"_s;
}

QString MysqlAdvice::currentUser() const { return u"SELECT CURRENT_USER()"_s; }

QString MysqlAdvice::openTransactions() const { return u"SELECT count(*) FROM information_schema.INNODB_TRX"_s; }

AdviceSql::Clock MysqlAdvice::clock(const ColumnType &type) const
{
    const bool hasFraction = type.fraction > 0;
    return {withFraction(u"CURRENT_TIMESTAMP"_s, hasFraction ? 6 : 0),
            hasFraction ? u"UTC_TIMESTAMP(6)"_s : u"UTC_TIMESTAMP()"_s,
            u"UTC_DATE()"_s,
            u"UNIX_TIMESTAMP()"_s,
            {}};
}

QString MysqlAdvice::fractionOf(const QString &column) const { return u"MICROSECOND(%1) <> 0"_s.arg(column); }

AdviceSql::DefaultClock MysqlAdvice::defaultClock(const Column &column) const
{
    const QString sql = column.defaultSql.toLower();
    if (sql.contains("utc_"_L1) || sql.contains("unix_timestamp"_L1))
        return DefaultClock::Utc;
    if (!sql.contains("current_timestamp"_L1) && !sql.contains("now("_L1) && !sql.contains("curdate"_L1))
        return DefaultClock::None;
    return column.type.kind == CellKind::Instant ? DefaultClock::Utc : DefaultClock::WritersZone;
}

QStringList MysqlAdvice::createIndex(const TableSchema &table, const Column &column, bool) const
{
    const bool isLong = column.type.kind == CellKind::Text || column.type.kind == CellKind::Blob;
    if (isLong && (column.type.length < 0 || column.type.length > longestIndexed))
        return {};
    return {u"CREATE INDEX "_s + m_dialect.quote(nameFor("ix"_L1, table, column.name)) + " ON "_L1
            + m_dialect.table(table.name) + " ("_L1 + m_dialect.quote(column.name) + u')'};
}

QString MysqlAdvice::modify(const TableSchema &table, const Column &column, const QString &type, int fraction,
                            bool stamps) const
{
    const QString clock = withFraction(u"CURRENT_TIMESTAMP"_s, fraction);
    QString sql = u"ALTER TABLE %1 MODIFY %2 %3"_s.arg(m_dialect.table(table.name), m_dialect.quote(column.name),
                                                       withFraction(type, fraction))
        + (column.nullable ? " NULL"_L1 : " NOT NULL"_L1);
    if (stamps || defaultClock(column) != DefaultClock::None)
        sql += " DEFAULT "_L1 + clock;
    else if (!column.defaultSql.isEmpty())
        sql += " DEFAULT "_L1 + column.defaultSql;
    return stamps || column.changesOnUpdate ? QString(sql + " ON UPDATE "_L1 + clock) : sql;
}

QStringList MysqlAdvice::stampOnUpdate(const TableSchema &table, const Column &column) const
{
    if (isStamp(column.type))
        return {modify(table, column, column.type.kind == CellKind::Instant ? u"TIMESTAMP"_s : u"DATETIME"_s,
                       column.type.fraction, true)};
    const QString clock = clockFor(column.type);
    return clock.isEmpty() ? QStringList() : QStringList{beforeUpdate(table, "stamp"_L1, column, clock)};
}

QString MysqlAdvice::beforeUpdate(const TableSchema &table, QLatin1StringView prefix, const Column &column,
                                  const QString &value) const
{
    return u"CREATE TRIGGER "_s + m_dialect.quote(nameFor(prefix, table, column.name)) + " BEFORE UPDATE ON "_L1
        + m_dialect.table(table.name) + " FOR EACH ROW SET NEW."_L1 + m_dialect.quote(column.name) + " = "_L1 + value;
}

// A growing number for the whole table would need a sequence that starts behind today's numbers: not one statement.
QStringList MysqlAdvice::numberOnUpdate(const TableSchema &table, const Column &column, bool perRow) const
{
    if (!perRow)
        return {};
    return {beforeUpdate(table, "number"_L1, column, u"COALESCE(OLD.%1, 0) + 1"_s.arg(m_dialect.quote(column.name)))};
}

QStringList MysqlAdvice::flagOnUpdate(const TableSchema &table, const Column &column, const QString &pending) const
{
    return {beforeUpdate(
        table, "mark"_L1, column,
        u"IF(NEW.%1 <=> OLD.%1, %2, NEW.%1)"_s.arg(m_dialect.quote(column.name), m_dialect.literal(pending)))};
}

// The server takes a DATETIME for the wall clock of the session's zone.
QStringList MysqlAdvice::storeInstants(const TableSchema &table, const Column &column, const QString &zone) const
{
    if (column.type.kind != CellKind::Timestamp)
        return {};
    return {"SET time_zone = "_L1 + m_dialect.literal(zone.isEmpty() ? u"+00:00"_s : zone),
            modify(table, column, u"TIMESTAMP"_s, column.type.fraction, column.changesOnUpdate)};
}

QStringList MysqlAdvice::storeFractions(const TableSchema &table, const Column &column) const
{
    if (!isStamp(column.type) || column.type.fraction >= 3)
        return {};
    return {modify(table, column, column.type.kind == CellKind::Instant ? u"TIMESTAMP"_s : u"DATETIME"_s, 6,
                   column.changesOnUpdate)};
}

QStringList MysqlAdvice::addKey(const TableSchema &table) const
{
    const int id = table.columnIndex(u"id");
    if (id >= 0 && table.columns[id].type.kind == CellKind::Integer)
        return {u"ALTER TABLE %1 ADD PRIMARY KEY (`id`)"_s.arg(m_dialect.table(table.name))};
    return {u"ALTER TABLE %1 ADD COLUMN %2 BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY"_s.arg(
        m_dialect.table(table.name), m_dialect.quote(newKeyName(table)))};
}

QStringList MysqlAdvice::seeTransactions(const QString &user) const
{
    return {"GRANT PROCESS ON *.* TO "_L1 + accountOf(user, m_dialect)};
}

} // namespace tidemark::mysql
