// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/sql/sqlite/sqliteadvice.h"

using namespace Qt::StringLiterals;

namespace tidemark {

QString SqliteAdvice::indexesOf(const TableName &table, const QString &column) const
{
    return u"SELECT l.name FROM pragma_index_list(%1) AS l JOIN pragma_index_info(l.name) AS i "
           "WHERE l.partial = 0 AND i.seqno = 0 AND i.name = %2"_s.arg(m_dialect.literal(table.name),
                                                                       m_dialect.literal(column));
}

QString SqliteAdvice::triggersOf(const TableName &table) const
{
    return u"SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = %1 COLLATE NOCASE"_s.arg(
        m_dialect.literal(table.name));
}

QString SqliteAdvice::changedByDeletes(const TableName &table) const
{
    return u"SELECT DISTINCT s.name FROM sqlite_schema AS s JOIN pragma_foreign_key_list(s.name) AS f "
           "WHERE s.type = 'table' AND f.\"table\" = %1 COLLATE NOCASE "
           "AND f.on_delete IN ('CASCADE', 'SET NULL', 'SET DEFAULT') ORDER BY s.name"_s.arg(
               m_dialect.literal(table.name));
}

AdviceSql::Clock SqliteAdvice::clock(const ColumnType &) const
{
    const QString text = u"strftime('%Y-%m-%d %H:%M:%f', 'now')"_s;
    return {text, text, u"date('now')"_s, u"CAST(strftime('%s', 'now') AS INTEGER)"_s, text};
}

QString SqliteAdvice::fractionOf(const QString &column) const
{
    return u"CASE typeof(%1) WHEN 'text' THEN instr(%1, '.') > 0 WHEN 'integer' THEN abs(%1) >= 100000000000 "
           "ELSE 1 END"_s.arg(column);
}

QString SqliteAdvice::isFuture(const QString &column, const ColumnType &) const
{
    return u"CASE WHEN typeof(%1) IN ('integer', 'real') THEN %1 > strftime('%s', 'now') * ("_s.arg(column)
        + unixUnits(column) + u") ELSE julianday(%1) > julianday('now') END"_s.arg(column);
}

QString SqliteAdvice::hasFraction(const QString &column, const ColumnType &) const { return fractionOf(column); }

QString SqliteAdvice::storageClass(const QString &column) const { return u"typeof(%1)"_s.arg(column); }

AdviceSql::DefaultClock SqliteAdvice::defaultClock(const Column &column) const
{
    const QString sql = column.defaultSql.toLower();
    if (!sql.contains("current_"_L1) && !sql.contains("now"_L1))
        return DefaultClock::None;
    return sql.contains("localtime"_L1) ? DefaultClock::Local : DefaultClock::Utc;
}

QStringList SqliteAdvice::createIndex(const TableSchema &table, const Column &column, bool) const
{
    const QString name = m_dialect.quote(nameFor("ix"_L1, table, column.name));
    return {u"CREATE INDEX "_s + name + " ON "_L1 + m_dialect.quote(table.name.name) + " ("_L1
            + m_dialect.quote(column.name) + u')'};
}

QString SqliteAdvice::trigger(const TableSchema &table, QLatin1StringView prefix, QLatin1StringView event,
                              const Column &column, const QString &when, const QString &value) const
{
    QStringList match;
    for (const QString &name : table.primaryKey)
        match.append(m_dialect.quote(name) + " IS NEW."_L1 + m_dialect.quote(name));
    if (match.isEmpty())
        match.append(u"rowid = NEW.rowid"_s);
    const QString name = m_dialect.quote(table.name.name);
    return "CREATE TRIGGER "_L1 + m_dialect.quote(nameFor(prefix, table, column.name)) + " AFTER "_L1 + event
        + " ON "_L1 + name + " FOR EACH ROW"_L1 + when + " BEGIN UPDATE "_L1 + name + " SET "_L1
        + m_dialect.quote(column.name) + " = "_L1 + value + " WHERE "_L1 + match.join(" AND "_L1) + "; END"_L1;
}

QStringList SqliteAdvice::stampOnUpdate(const TableSchema &table, const Column &column) const
{
    const QString name = m_dialect.quote(column.name);
    return {
        trigger(table, "stamp"_L1, "UPDATE"_L1, column, u" WHEN NEW.%1 IS OLD.%1"_s.arg(name), clockFor(column.type))};
}

QStringList SqliteAdvice::numberOnUpdate(const TableSchema &table, const Column &column, bool perRow) const
{
    const QString name = m_dialect.quote(column.name);
    const QString unchanged = u" WHEN NEW.%1 IS OLD.%1"_s.arg(name);
    if (perRow)
        return {trigger(table, "number"_L1, "UPDATE"_L1, column, unchanged, u"coalesce(OLD.%1, 0) + 1"_s.arg(name))};
    const QString next = u"(SELECT coalesce(max(%1), 0) + 1 FROM %2)"_s.arg(name, m_dialect.quote(table.name.name));
    return {trigger(table, "number"_L1, "UPDATE"_L1, column, unchanged, next),
            trigger(table, "number_new"_L1, "INSERT"_L1, column, QString(), next)};
}

QStringList SqliteAdvice::flagOnUpdate(const TableSchema &table, const Column &column, const QString &pending) const
{
    const QString name = m_dialect.quote(column.name);
    const QString value = isCounted(column.type) || column.type.kind == CellKind::Boolean
        ? u"CAST(%1 AS INTEGER)"_s.arg(m_dialect.literal(pending))
        : m_dialect.literal(pending);
    return {trigger(table, "mark"_L1, "UPDATE"_L1, column,
                    u" WHEN NEW.%1 IS OLD.%1 AND NEW.%1 IS NOT %2"_s.arg(name, value), value)};
}

} // namespace tidemark
