// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/sql/mysql/mysqlwriter.h"

#include "core/endpoint/sql/mysql/mysqldialect.h"

using namespace Qt::StringLiterals;

namespace tidemark::mysql {

QString keyCondition(const std::vector<WriteColumn> &columns)
{
    const MysqlDialect dialect;
    QStringList terms;
    for (const WriteColumn &column : columns)
        if (column.isKey)
            terms.append(dialect.quote(column.name) + " = ?"_L1);
    return terms.join(" AND "_L1);
}

MysqlWriter::MysqlWriter(Link &link, const WriteRequest &request, qint64 maxPacket)
    : m_link(link), m_table(request.table->name), m_layout(request.layout), m_columns(request.columns),
      m_targets(request.cells), m_maxPacket(maxPacket)
{ }

std::vector<RowStatement::Parameter> MysqlWriter::parameters(bool keys, bool others) const
{
    std::vector<RowStatement::Parameter> result;
    for (const WriteColumn &column : m_columns)
        if (column.isKey ? keys : others)
            result.push_back({column.cell, m_targets[static_cast<size_t>(column.cell)]});
    return result;
}

RowStatement &MysqlWriter::insertStatement()
{
    if (!m_insert) {
        const MysqlDialect dialect;
        QStringList names;
        QStringList marks;
        std::vector<RowStatement::Parameter> all;
        for (const WriteColumn &column : m_columns) {
            names.append(dialect.quote(column.name));
            marks.append(u"?"_s);
            all.push_back({column.cell, m_targets[static_cast<size_t>(column.cell)]});
        }
        const QString head =
            u"INSERT INTO "_s + dialect.table(m_table) + " ("_L1 + names.join(", "_L1) + ") VALUES "_L1;
        m_insert = std::make_unique<RowStatement>(m_link, m_table, *m_layout, all, head,
                                                  u'(' + marks.join(", "_L1) + u')', m_maxPacket);
    }
    return *m_insert;
}

RowStatement &MysqlWriter::updateStatement()
{
    if (!m_update) {
        const MysqlDialect dialect;
        QStringList sets;
        for (const WriteColumn &column : m_columns)
            if (!column.isKey)
                sets.append(dialect.quote(column.name) + " = ?"_L1);
        auto all = parameters(false, true);
        for (const auto &key : parameters(true, false))
            all.push_back(key);
        const QString sql = u"UPDATE "_s + dialect.table(m_table) + " SET "_L1 + sets.join(", "_L1) + " WHERE "_L1
            + keyCondition(m_columns);
        m_update = std::make_unique<RowStatement>(m_link, m_table, *m_layout, all, sql, QString(), m_maxPacket);
    }
    return *m_update;
}

RowStatement &MysqlWriter::removeStatement()
{
    if (!m_remove) {
        const MysqlDialect dialect;
        const QString sql = u"DELETE FROM "_s + dialect.table(m_table) + " WHERE "_L1 + keyCondition(m_columns);
        m_remove = std::make_unique<RowStatement>(m_link, m_table, *m_layout, parameters(true, false), sql, QString(),
                                                  m_maxPacket);
        m_remove->setKeysOnly();
    }
    return *m_remove;
}

// Rows that are locked and there, or plainly inserted: another count means that something else was hit.
Result<void> MysqlWriter::runAll(RowStatement &statement, RowSelection rows, QLatin1StringView what)
{
    TRY_ASSIGN(const qint64 affected, statement.run(rows));
    const auto expected = static_cast<qint64>(rows.rows.size());
    if (affected != expected)
        return fail(Error{ErrorCode::Internal, {}, u"%1 touched %2 rows of %3"_s.arg(what).arg(affected).arg(expected)}
                        .with(Fact::Table, m_table.display())
                        .with(Fact::Count, QString::number(affected)));
    return {};
}

Result<void> MysqlWriter::insert(RowSelection rows)
{
    return rows.rows.empty() ? Result<void>() : runAll(insertStatement(), rows, "INSERT"_L1);
}

Result<void> MysqlWriter::update(RowSelection rows)
{
    const bool keysAlone =
        std::all_of(m_columns.begin(), m_columns.end(), [](const WriteColumn &column) { return column.isKey; });
    return rows.rows.empty() || keysAlone ? Result<void>() : runAll(updateStatement(), rows, "UPDATE"_L1);
}

Result<void> MysqlWriter::remove(RowSelection keys)
{
    return keys.rows.empty() ? Result<void>() : runAll(removeStatement(), keys, "DELETE"_L1);
}

} // namespace tidemark::mysql
