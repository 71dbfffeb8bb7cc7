// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/session.h"
#include "core/endpoint/sql/sqlite/keylookup.h"

namespace tidemark {

// Reads by step, straight from SQLite's buffers into canonical cells.
class SqliteReader final : public RowReader
{
public:
    static Result<std::unique_ptr<SqliteReader>> make(const SqliteHandle &handle, const ReadRequest &request);
    Result<bool> next(RowBatch &batch) override;

private:
    SqliteReader(const SqliteHandle &handle, const ReadRequest &request);
    Result<void> prepare(const ReadRequest &request);

    const SqliteHandle &m_handle;
    std::shared_ptr<const RowLayout> m_layout;
    RowEncoder m_encoder;
    SqliteStatement m_statement;
    QString m_table;
    int m_cursorCell;
    BatchLimits m_limits;
    std::string m_scratch;
    bool m_atEnd = false;
};

// One row of a statement whose columns are the layout's cells.
Result<void> encodeRow(RowEncoder &encoder, const RowLayout &layout, const SqliteStatement &row, int cursorCell,
                       std::string &scratch);

Result<void> readRowsByKey(const SqliteHandle &handle, const ReadRequest &request, KeyLookup &lookup, RowSelection keys,
                           RowBatch &out);

// A value that a job gives as text ("1", "new", "true"), as this column would keep it.
// Of request.marks, to stand in a WHERE.
QString markCondition(const ReadRequest &request);

SqlValue flagValueFor(const ColumnType &column, const QString &value);

} // namespace tidemark
