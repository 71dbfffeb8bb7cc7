// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/sql/advicesql.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr qsizetype longestPart = 24; // two of them and a prefix stay below PostgreSQL's 63 bytes

QString plain(const QString &name)
{
    QString text;
    for (const QChar c : name.left(longestPart)) {
        const bool isWord = c == u'_' || (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9');
        const bool isUpper = c >= u'A' && c <= u'Z';
        text += isWord ? c : (isUpper ? c.toLower() : QChar(u'_'));
    }
    return text;
}

} // namespace

QString AdviceSql::clockFor(const ColumnType &type) const
{
    const Clock now = clock(type);
    switch (type.kind) {
    case CellKind::Instant:
        return now.instant;
    case CellKind::Timestamp:
        return now.timestamp;
    case CellKind::Date:
        return now.date;
    case CellKind::Integer:
    case CellKind::Decimal:
        return now.seconds;
    default:
        return now.anything;
    }
}

QString AdviceSql::isFuture(const QString &column, const ColumnType &type) const
{
    const QString now = clockFor(type);
    if (now.isEmpty())
        return {};
    return column + " > "_L1 + now + (isCounted(type) ? QString(" * ("_L1 + unixUnits(column) + u')') : QString());
}

QString AdviceSql::hasFraction(const QString &column, const ColumnType &type) const
{
    if (isStamp(type))
        return fractionOf(column);
    return isCounted(type) ? QString(unixUnits(column) + " > 1"_L1) : QString();
}

bool AdviceSql::isStamp(const ColumnType &type)
{
    return type.kind == CellKind::Timestamp || type.kind == CellKind::Instant;
}

bool AdviceSql::isCounted(const ColumnType &type)
{
    return type.kind == CellKind::Integer || type.kind == CellKind::Decimal;
}

QString AdviceSql::unixUnits(const QString &column)
{
    return u"CASE WHEN abs(%1) < 100000000000 THEN 1 WHEN abs(%1) < 100000000000000 THEN 1000 ELSE 1000000 END"_s.arg(
        column);
}

QString AdviceSql::nameFor(QLatin1StringView prefix, const TableSchema &table, const QString &column)
{
    return prefix + u'_' + plain(table.name.name) + u'_' + plain(column);
}

QString AdviceSql::newKeyName(const TableSchema &table)
{
    QString name = u"id"_s;
    for (int number = 2; table.columnIndex(name) >= 0; ++number)
        name = u"row_id%1"_s.arg(number == 2 ? QString() : QString::number(number));
    return name;
}

} // namespace tidemark
