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
