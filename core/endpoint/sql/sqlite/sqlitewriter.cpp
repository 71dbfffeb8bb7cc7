// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/sql/sqlite/sqlitewriter.h"

#include <sqlite3.h>

#include "core/data/celldecoder.h"

using namespace Qt::StringLiterals;

namespace tidemark {

SqliteWriter::SqliteWriter(const SqliteHandle &handle, const WriteRequest &request, std::shared_ptr<KeyLookup> lookup)
    : m_handle(handle), m_name(request.table->name), m_table(SqliteDialect().table(m_name)), m_layout(request.layout),
      m_columns(request.columns), m_lookup(std::move(lookup))
{
    for (const WriteColumn &column : m_columns) {
        const auto cell = static_cast<size_t>(column.cell);
        m_binders.emplace_back(m_layout->cells[cell], request.cells[cell]);
    }
}

Result<void> SqliteWriter::insert(RowSelection rows)
{
    if (!m_insert.isPrepared()) {
        const SqliteDialect dialect;
        QStringList names;
        QStringList parameters;
        for (const WriteColumn &column : m_columns) {
            names.append(column.name);
            parameters.append(dialect.parameter(static_cast<int>(names.size())));
        }
        // OR ABORT: a table may be declared ON CONFLICT REPLACE, which would change another row.
        const QString sql = u"INSERT OR ABORT INTO %1 (%2) VALUES (%3)"_s.arg(m_table, dialect.columns(names),
                                                                              parameters.join(", "_L1));
        TRY_ASSIGN(m_insert, SqliteStatement::prepare(m_handle, sql, true));
    }
    if (m_handle.isCancelled())
        return fail(ErrorCode::Cancelled);
    for (const int row : rows.rows)
        if (auto inserted = insertRow(*rows.batch, row); !inserted)
            return fail(located(std::move(inserted).error(), *rows.batch, row));
    return {};
}

Result<void> SqliteWriter::insertRow(const RowBatch &batch, int row)
{
    for (size_t i = 0; i < m_columns.size(); ++i)
        TRY(bindCell(m_insert, static_cast<int>(i) + 1, i, batch, row));
    TRY(runOnce(m_insert, Expect::One));
    return m_lookup->noteInserted(batch, row);
}

Result<void> SqliteWriter::update(RowSelection rows)
{
    const SqliteDialect dialect;
    QStringList assignments;
    for (const WriteColumn &column : m_columns)
        if (!column.isKey)
            assignments.append(dialect.quote(column.name) + " = "_L1
                               + dialect.parameter(static_cast<int>(assignments.size()) + 1));
    if (assignments.isEmpty())
        return {};
    if (!m_update.isPrepared()) {
        const QString sql = u"UPDATE OR ABORT %1 SET %2 WHERE %3"_s.arg(
            m_table, assignments.join(", "_L1), m_lookup->where(static_cast<int>(assignments.size()) + 1));
        TRY_ASSIGN(m_update, SqliteStatement::prepare(m_handle, sql, true));
    }
    if (m_handle.isCancelled())
        return fail(ErrorCode::Cancelled);
    TRY(m_lookup->refresh());
    for (const int row : rows.rows)
        if (auto updated = updateRow(*rows.batch, row); !updated)
            return fail(located(std::move(updated).error(), *rows.batch, row));
    return {};
}

Result<void> SqliteWriter::updateRow(const RowBatch &batch, int row)
{
    int parameter = 0;
    for (size_t i = 0; i < m_columns.size(); ++i)
        if (!m_columns[i].isKey)
            TRY(bindCell(m_update, ++parameter, i, batch, row));
    TRY(m_lookup->bind(m_update, parameter + 1, batch, row));
    return runOnce(m_update, Expect::One);
}

Result<void> SqliteWriter::remove(RowSelection keys)
{
    if (!m_remove.isPrepared()) {
        const QString sql = u"DELETE FROM %1 WHERE %2"_s.arg(m_table, m_lookup->where(1));
        TRY_ASSIGN(m_remove, SqliteStatement::prepare(m_handle, sql, true));
    }
    if (m_handle.isCancelled())
        return fail(ErrorCode::Cancelled);
    TRY(m_lookup->refresh());
    for (const int row : keys.rows) {
        auto removed = m_lookup->bind(m_remove, 1, *keys.batch, row);
        if (removed)
            removed = runOnce(m_remove, Expect::One);
        if (!removed)
            return fail(located(std::move(removed).error(), *keys.batch, row));
    }
    return {};
}

Result<void> SqliteWriter::setFlag(const QString &column, const SqlValue &value, RowSelection keys)
{
    const QString name = SqliteDialect().quote(column);
    TRY_ASSIGN(auto statement,
               SqliteStatement::prepare(m_handle,
                                        u"UPDATE OR ABORT %1 SET %2 = ?1 WHERE %2 IS NOT ?1 AND %3"_s.arg(
                                            m_table, name, m_lookup->where(2))));
    TRY(m_lookup->refresh());
    for (const int row : keys.rows) {
        statement.bind(1, value);
        auto set = m_lookup->bind(statement, 2, *keys.batch, row);
        if (set)
            set = runOnce(statement, Expect::AtMostOne);
        if (!set)
            return fail(located(std::move(set).error(), *keys.batch, row));
    }
    return {};
}

Result<void> SqliteWriter::bindCell(SqliteStatement &statement, int parameter, size_t column, const RowBatch &batch,
                                    int row)
{
    TRY_ASSIGN(const StoredValue value, m_binders[column].value(batch.value(row, m_columns[column].cell)));
    bindStored(statement, parameter, value);
    return {};
}

Result<void> SqliteWriter::runOnce(SqliteStatement &statement, Expect expect) const
{
    const auto done = statement.step();
    statement.reset();
    if (!done)
        return fail(done.error());
    const qint64 changes = sqlite3_changes64(m_handle.db());
    if (changes == 1 || (changes == 0 && expect == Expect::AtMostOne))
        return {};
    if (changes > 1)
        return fail(ErrorCode::KeyNotUnique);
    // The row is not there, or a trigger said RAISE(IGNORE): nothing was written, and nobody would know.
    return fail(ErrorCode::CheckViolated, u"no row was changed"_s);
}

Error SqliteWriter::located(Error error, const RowBatch &batch, int row) const
{
    error.with(Fact::Table, m_name.display());
    if (!error.isRowFault() && error.code != ErrorCode::KeyNotUnique)
        return error;
    QStringList key;
    for (int i = 0; i < m_layout->keyCount; ++i) {
        const CellView cell = batch.value(row, i);
        key.append(cell.isNull ? u"NULL"_s : cell::text(m_layout->cells[static_cast<size_t>(i)], cell));
    }
    error.with(Fact::Key, key.join(", "_L1));
    return error;
}

} // namespace tidemark
