// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/sql/sqlite/sqlitedialect.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

bool isAction(const QString &action)
{
    return action == "CASCADE"_L1 || action == "RESTRICT"_L1 || action == "SET NULL"_L1 || action == "SET DEFAULT"_L1;
}

} // namespace

QString SqliteDialect::quote(const QString &identifier) const
{
    QString text = identifier;
    return u'"' + text.replace(u'"', u"\"\""_s) + u'"';
}

QString SqliteDialect::table(const TableName &name) const
{
    return (name.schema == "temp"_L1 ? u"temp."_s : u"main."_s) + quote(name.name);
}

QString SqliteDialect::literal(const QString &text) const
{
    QString copy = text;
    return u'\'' + copy.replace(u'\'', u"''"_s) + u'\'';
}

QString SqliteDialect::parameter(int number) const { return u'?' + QString::number(number); }

QString SqliteDialect::columns(const QStringList &names) const
{
    QStringList quoted;
    for (const QString &name : names)
        quoted.append(quote(name));
    return quoted.join(", "_L1);
}

QStringList SqliteDialect::createTable(const TableSchema &planned) const
{
    // Only an inline INTEGER PRIMARY KEY is the row's own number, without a second index.
    const bool isRowId = planned.primaryKey.size() == 1 && planned.columnIndex(planned.primaryKey.first()) >= 0
        && planned.columns[planned.columnIndex(planned.primaryKey.first())].type.native == "INTEGER"_L1;
    QStringList lines;
    for (const Column &column : planned.columns) {
        QString line = quote(column.name);
        if (!column.type.native.isEmpty())
            line += u' ' + column.type.native;
        if (isRowId && column.name == planned.primaryKey.first())
            line += " PRIMARY KEY"_L1;
        if (!column.nullable)
            line += " NOT NULL"_L1;
        lines.append(line);
    }
    if (!planned.primaryKey.isEmpty() && !isRowId)
        lines.append(u"PRIMARY KEY (%1)"_s.arg(columns(planned.primaryKey)));
    for (const ForeignKey &key : planned.foreignKeys) {
        QString line = u"FOREIGN KEY (%1) REFERENCES %2"_s.arg(columns(key.columns), quote(key.target.name));
        if (!key.targetColumns.isEmpty())
            line += u" (%1)"_s.arg(columns(key.targetColumns));
        if (isAction(key.onDelete))
            line += " ON DELETE "_L1 + key.onDelete;
        if (isAction(key.onUpdate))
            line += " ON UPDATE "_L1 + key.onUpdate;
        if (key.deferrable)
            line += " DEFERRABLE INITIALLY IMMEDIATE"_L1;
        lines.append(line);
    }
    // Of a table of our own the rows lie in the key's index itself: one tree to write, not two.
    const bool isOwn = planned.name.name.startsWith("tidemark_"_L1) && !planned.primaryKey.isEmpty() && !isRowId;
    return {u"CREATE TABLE %1 (\n    %2\n)%3"_s.arg(quote(planned.name.name), lines.join(",\n    "_L1),
                                                    isOwn ? u" WITHOUT ROWID"_s : QString())};
}

} // namespace tidemark
