// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/sqlrows.h"

#include "core/run/sqlliteral.h"

namespace tidemark {

using namespace Qt::StringLiterals;

QString SqlRows::column(const SqlTable &table, int cell) const
{
    return m_dialect.quote(table.plan.columns[cell].target);
}

Result<QString> SqlRows::literal(const SqlTable &table, const RowBatch &row, int cell) const
{
    auto text = sqlLiteral(m_driver, m_dialect, table.plan.columns[cell].type, row.value(0, cell));
    if (!text)
        text.error().with(Fact::Table, table.plan.report.target).with(Fact::Column, table.plan.columns[cell].target);
    return text;
}

Result<QString> SqlRows::keyCondition(const SqlTable &table, const RowBatch &row) const
{
    QStringList parts;
    for (int cell = 0; cell < table.plan.keyCount; ++cell) {
        TRY_ASSIGN(const QString value, literal(table, row, cell));
        parts.append(column(table, cell) + u" = "_s + value);
    }
    return parts.join(u" AND "_s);
}

Result<QString> SqlRows::insertion(const SqlTable &table, const RowBatch &row) const
{
    QStringList columns, values;
    for (int cell = 0; cell < table.written.size(); ++cell) {
        if (!table.written[cell])
            continue;
        TRY_ASSIGN(const QString value, literal(table, row, cell));
        columns.append(column(table, cell));
        values.append(value);
    }
    if (table.mark)
        return revival(table, row, columns, values);
    const QString overriding = table.overridesIdentity ? u" OVERRIDING SYSTEM VALUE"_s : QString();
    return QString(u"INSERT INTO "_s + m_dialect.table(table.name) + u" ("_s + columns.join(u", "_s) + u')' + overriding
                   + u" VALUES ("_s + values.join(u", "_s) + u");\n"_s);
}

// MariaDB's BIT takes a number, never a text; PostgreSQL's boolean takes no number.
QString SqlRows::markLiteral(const QString &value) const
{
    bool isNumber = false;
    (void)value.toLongLong(&isNumber);
    return isNumber && m_driver == Driver::Mysql ? value : m_dialect.literal(value);
}

// A row that counts as deleted may stand under the key.
Result<QString> SqlRows::revival(const SqlTable &table, const RowBatch &row, const QStringList &columns,
                                 const QStringList &values) const
{
    TRY_ASSIGN(const QString key, keyCondition(table, row));
    const QString mark = m_dialect.quote(table.mark->column);
    QStringList changes{mark + u" = "_s + markLiteral(table.mark->present)};
    for (qsizetype i = 0; i < columns.size(); ++i)
        changes.append(columns[i] + u" = "_s + values[i]);
    const QString name = m_dialect.table(table.name);
    const QString overriding = table.overridesIdentity ? u" OVERRIDING SYSTEM VALUE"_s : QString();
    const QString nowhere = m_driver == Driver::Mysql ? u" FROM DUAL"_s : QString();
    return QString(u"UPDATE "_s + name + u" SET "_s + changes.join(u", "_s) + u" WHERE "_s + key + u" AND "_s + mark
                   + u" = "_s + markLiteral(table.mark->deleted) + u";\nINSERT INTO "_s + name + u" ("_s
                   + columns.join(u", "_s) + u')' + overriding + u" SELECT "_s + values.join(u", "_s) + nowhere
                   + u" WHERE NOT EXISTS (SELECT 1 FROM "_s + name + u" WHERE "_s + key + u");\n"_s);
}

Result<QString> SqlRows::change(const SqlTable &table, const RowBatch &source, const RowBatch &target) const
{
    QStringList changes;
    for (int cell = table.plan.keyCount; cell < table.written.size(); ++cell) {
        const bool isEqual = source.value(0, cell) == target.value(0, cell);
        if (!table.written[cell] || isEqual)
            continue;
        TRY_ASSIGN(const QString value, literal(table, source, cell));
        changes.append(column(table, cell) + u" = "_s + value);
    }
    if (changes.isEmpty())
        return QString();
    TRY_ASSIGN(const QString key, keyCondition(table, target));
    return QString(u"UPDATE "_s + m_dialect.table(table.name) + u" SET "_s + changes.join(u", "_s) + u" WHERE "_s + key
                   + u";\n"_s);
}

Result<QString> SqlRows::statement(const SqlTable &table, const RowBatch &source, const RowBatch &target,
                                   Decision decision) const
{
    switch (decision) {
    case Decision::InsertTarget:
        return insertion(table, source);
    case Decision::UpdateTarget:
        return change(table, source, target);
    case Decision::DeleteTarget: {
        TRY_ASSIGN(const QString key, keyCondition(table, target));
        if (table.mark)
            return QString(u"UPDATE "_s + m_dialect.table(table.name) + u" SET "_s + m_dialect.quote(table.mark->column)
                           + u" = "_s + markLiteral(table.mark->deleted) + u" WHERE "_s + key + u";\n"_s);
        return QString(u"DELETE FROM "_s + m_dialect.table(table.name) + u" WHERE "_s + key + u";\n"_s);
    }
    case Decision::InsertSource: // a script is the target's
    case Decision::UpdateSource:
    case Decision::DeleteSource:
    case Decision::Merge:
    case Decision::Conflict:
    case Decision::Equal:
    case Decision::Keep:
        break;
    }
    return QString();
}

} // namespace tidemark
