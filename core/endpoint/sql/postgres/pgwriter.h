// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>

#include "core/endpoint/sql/postgres/pgarrays.h"

namespace tidemark::postgres {

// Inserts by COPY in binary; updates and deletes by arrays joined to the table by its key. A table with a column that
// only the server's input function can fill (a range, an array, a type of its own) takes its inserts by arrays, too.
class PgWriter final : public RowWriter
{
public:
    static Result<std::unique_ptr<RowWriter>> open(PgConnection &connection, const PgDialect &dialect,
                                                   const WriteRequest &request);
    ~PgWriter() override;
    Result<void> insert(RowSelection rows) override;
    Result<void> update(RowSelection rows) override;
    Result<void> remove(RowSelection keys) override;
    Result<void> flush() override;
    Result<void> finish() override;
    void setStreaming(bool streaming) override { m_streaming = streaming; }

private:
    PgWriter(PgConnection &connection, const PgDialect &dialect, const WriteRequest &request);
    std::vector<ArrayParameters::Source> sources(bool keysOnly) const;
    ArrayParameters arrays(bool keysOnly) const;
    Result<void> encode(RowSelection rows);
    Result<void> insertByArrays(RowSelection rows);
    Result<void> send(std::size_t least);
    Result<void> endCopy(RowSelection rows);
    void noteSequences(RowSelection rows);
    Result<void> advance(const QString &sequence, qint64 value);
    QString columnList() const;
    QString keyedUpdate(const ArrayParameters &arrays) const;
    Error blame(Error error, RowSelection rows) const;
    Error miscounted(ErrorCode code, qint64 expected, qint64 found) const;

    PgConnection &m_connection;
    const PgDialect &m_dialect;
    TableSchema m_table;
    std::shared_ptr<const RowLayout> m_layout;
    std::vector<WriteColumn> m_columns;
    std::vector<CellSource> m_cells;
    std::size_t m_keyCount = 0;
    std::vector<ColumnEncoder> m_encoders; // one a column
    bool m_byCopy = true;
    bool m_streaming = false;
    bool m_copying = false;
    qint64 m_expected = 0; // rows of the COPY under way
    std::string m_buffer;
    std::map<std::size_t, qint64> m_greatest; // of a column that a sequence feeds
    bool m_isOverriding = false; // an identity column that is GENERATED ALWAYS is written
};

} // namespace tidemark::postgres
