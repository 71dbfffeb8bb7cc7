// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/sql/sqlsession.h"

namespace tidemark {

// Reads a change log's keys as the table's own, and notes the numbers of the entries that came.
class ChangeLogReader final : public RowReader
{
public:
    static Result<std::unique_ptr<ChangeLogReader>> open(SqlSession &session, const TableName &logTable,
                                                         const ReadRequest &keys, ChangeLogReading &reading,
                                                         bool withNumbers);
    Result<bool> next(RowBatch &batch) override;

private:
    ChangeLogReader(ChangeLogReading &reading, std::shared_ptr<const RowLayout> keys)
        : m_reading(reading), m_keys(std::move(keys))
    { }
    void note(qint64 number);

    ChangeLogReading &m_reading;
    std::shared_ptr<const RowLayout> m_keys;
    TableSchema m_table;
    std::unique_ptr<RowReader> m_reader;
    RowBatch m_entries;
    int m_numberCell = -1; // −1: numbers are not read
};

} // namespace tidemark
