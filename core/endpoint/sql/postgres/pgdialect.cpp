// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/sql/postgres/pgdialect.h"

using namespace Qt::StringLiterals;

namespace tidemark::postgres {

QString PgDialect::quote(const QString &identifier) const
{
    QString text = identifier;
    text.replace(u'"', "\"\""_L1);
    return u'"' + text + u'"';
}

QString PgDialect::table(const TableName &name) const
{
    const QString &schema = schemaOf(name);
    return schema.isEmpty() ? quote(name.name) : quote(schema) + u'.' + quote(name.name);
}

QString PgDialect::literal(const QString &text) const
{
    QString doubled = text;
    doubled.replace(u'\'', "''"_L1);
    return u'\'' + doubled + u'\'';
}

QString PgDialect::parameter(int number) const { return u'$' + QString::number(number); }

QString PgDialect::column(const TableName &name, const QString &column) const
{
    return table(name) + u'.' + quote(column);
}

} // namespace tidemark::postgres
