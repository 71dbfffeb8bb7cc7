// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/sql/mysql/mysqldialect.h"

using namespace Qt::StringLiterals;

namespace tidemark::mysql {

QString MysqlDialect::quote(const QString &identifier) const
{
    QString doubled = identifier;
    return u'`' + doubled.replace(u'`', "``"_L1) + u'`';
}

QString MysqlDialect::table(const TableName &name) const
{
    return name.schema.isEmpty() ? quote(name.name) : quote(name.schema) + u'.' + quote(name.name);
}

QString MysqlDialect::literal(const QString &text) const
{
    QString escaped;
    escaped.reserve(text.size() + 2);
    for (const QChar c : text) {
        if (c == u'\'' || c == u'\\')
            escaped += u'\\';
        if (c.isNull())
            escaped += "\\0"_L1;
        else
            escaped += c;
    }
    return u'\'' + escaped + u'\'';
}

} // namespace tidemark::mysql
