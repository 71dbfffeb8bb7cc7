// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/mapping/matchnames.h"

namespace tidemark {

namespace {

// An empty schema is the connection's default, on either side.
bool meansSchema(const QString &wanted, const QString &schema, bool loosely)
{
    if (wanted.isEmpty() || schema.isEmpty())
        return true;
    return loosely ? looseName(wanted) == looseName(schema) : wanted == schema;
}

QList<TableName> tablesNamed(const TableName &wanted, const QList<TableName> &names, bool loosely)
{
    QList<TableName> found;
    for (const TableName &table : names) {
        const bool isNamed = loosely ? looseName(table.name) == looseName(wanted.name) : table.name == wanted.name;
        if (isNamed && meansSchema(wanted.schema, table.schema, loosely))
            found.append(table);
    }
    return found;
}

} // namespace

QString looseName(const QString &name) { return name.toCaseFolded().remove(u'_'); }

Result<TableName> matchTable(const TableName &wanted, const QList<TableName> &names)
{
    for (const bool loosely : {false, true}) {
        const QList<TableName> found = tablesNamed(wanted, names, loosely);
        if (found.size() == 1)
            return found.constFirst();
        if (found.isEmpty())
            continue;
        QStringList shown;
        for (const TableName &table : found)
            shown.append(table.display());
        return fail(Error{ErrorCode::AmbiguousName, {}, {}}
                        .with(Fact::Table, wanted.display())
                        .with(Fact::Found, shown.join(QStringLiteral(", "))));
    }
    return fail(Error{ErrorCode::NoSuchTable, {}, {}}.with(Fact::Table, wanted.display()));
}

Result<int> findName(const QString &wanted, const QStringList &names)
{
    if (const qsizetype exact = names.indexOf(wanted); exact >= 0)
        return static_cast<int>(exact);
    QList<int> found;
    QStringList shown;
    for (int i = 0; i < names.size(); ++i) {
        if (looseName(names.at(i)) == looseName(wanted)) {
            found.append(i);
            shown.append(names.at(i));
        }
    }
    if (found.size() > 1) {
        return fail(Error{ErrorCode::AmbiguousName, {}, {}}
                        .with(Fact::Column, wanted)
                        .with(Fact::Found, shown.join(QStringLiteral(", "))));
    }
    return found.isEmpty() ? -1 : found.constFirst();
}

} // namespace tidemark
