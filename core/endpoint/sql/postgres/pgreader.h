// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/sql/postgres/pgconnection.h"
#include "core/endpoint/sql/postgres/pgselect.h"

namespace tidemark::postgres {

// COPY (SELECT …) TO STDOUT in binary. Inside a transaction it works under a savepoint of its own, so that a reader
// that is given up, or that fails, leaves the transaction as it was.
class CopyReader final : public RowReader
{
public:
    static Result<std::unique_ptr<RowReader>> open(PgConnection &connection, const PgDialect &dialect,
                                                   const ReadRequest &request);
    ~CopyReader() override;
    Result<bool> next(RowBatch &batch) override;

private:
    CopyReader(PgConnection &connection, const ReadRequest &request, Selection selection);
    Result<void> start(const QString &sql);
    Result<bool> refill(); // another piece of the stream; false: its end
    Result<bool> readRow(RowBatch &batch);
    std::optional<std::size_t> rowSize() const; // of the row at hand; nothing: it is not all there
    Result<void> end();

    PgConnection &m_connection;
    TableName m_table;
    QStringList m_columns;
    BatchLimits m_limits;
    std::shared_ptr<const RowLayout> m_layout;
    std::vector<Wire> m_wires;
    RowEncoder m_encoder;
    std::string m_scratch;
    std::string m_carry; // a row that came in pieces
    std::string_view m_data; // what is not read yet
    bool m_headerRead = false;
    bool m_trailerRead = false;
    bool m_savepoint = false;
    bool m_running = false;
    bool m_ended = false;
};

} // namespace tidemark::postgres
