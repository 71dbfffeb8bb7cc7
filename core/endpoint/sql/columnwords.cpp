// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/sql/columnwords.h"

#include "core/endpoint/sql/sqlsession.h"

namespace tidemark {

using namespace Qt::StringLiterals;

// The type by its name, as the schema has it: a domain stands there as what it is of.
static const QString enumSql =
    u"SELECT e.enumlabel FROM pg_catalog.pg_enum e WHERE e.enumtypid = pg_catalog.to_regtype($1)::pg_catalog.oid "
    "ORDER BY e.enumsortorder"_s;

Result<ColumnWords> columnWords(Session &session, const TableSchema &table)
{
    ColumnWords words;
    SqlSession *const sql = session.facts().product == "PostgreSQL"_L1 ? session.asSql() : nullptr;
    if (sql == nullptr)
        return words;
    for (const Column &column : table.columns) {
        if (column.type.kind != CellKind::Exact)
            continue;
        TRY_ASSIGN(const QList<SqlRow> labels, sql->query(enumSql, {column.type.native}));
        QStringList known;
        for (const SqlRow &label : labels)
            known += QString::fromUtf8(label.value(0).value_or(QByteArray()));
        if (!known.isEmpty())
            words.insert(column.name, known);
    }
    return words;
}

} // namespace tidemark
