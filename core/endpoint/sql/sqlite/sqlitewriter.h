// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/session.h"
#include "core/endpoint/sql/sqlite/keylookup.h"

namespace tidemark {

// Writes by bind and step, inside the caller's transaction.
class SqliteWriter final : public RowWriter
{
public:
    SqliteWriter(const SqliteHandle &handle, const WriteRequest &request, std::shared_ptr<KeyLookup> lookup);
    Result<void> insert(RowSelection rows) override;
    Result<void> update(RowSelection rows) override;
    Result<void> remove(RowSelection keys) override;
    Result<void> setFlag(const QString &column, const SqlValue &value, RowSelection keys);

private:
    enum class Expect : quint8 { One, AtMostOne };
    Result<void> insertRow(const RowBatch &batch, int row);
    Result<void> updateRow(const RowBatch &batch, int row);
    Result<void> bindCell(SqliteStatement &statement, int parameter, size_t column, const RowBatch &batch, int row);
    Result<void> runOnce(SqliteStatement &statement, Expect expect) const;
    Error located(Error error, const RowBatch &batch, int row) const;

    const SqliteHandle &m_handle;
    TableName m_name;
    QString m_table; // quoted
    std::shared_ptr<const RowLayout> m_layout;
    std::vector<WriteColumn> m_columns;
    std::vector<CellBinder> m_binders; // one a column
    std::shared_ptr<KeyLookup> m_lookup;
    SqliteStatement m_insert;
    SqliteStatement m_update;
    SqliteStatement m_remove;
};

} // namespace tidemark
