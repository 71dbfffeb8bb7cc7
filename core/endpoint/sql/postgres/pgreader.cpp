// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/sql/postgres/pgreader.h"

#include <QtEndian>

#include "core/endpoint/sql/postgres/pgcopyformat.h"
#include "core/endpoint/sql/postgres/pgdecode.h"

using namespace Qt::StringLiterals;

namespace tidemark::postgres {

Result<std::unique_ptr<RowReader>> CopyReader::open(PgConnection &connection, const PgDialect &dialect,
                                                    const ReadRequest &request)
{
    TRY_ASSIGN(Selection selection, selectionOf(request, dialect));
    TRY_ASSIGN(const QString sql, selectSql(request, selection, dialect));
    std::unique_ptr<CopyReader> reader(new CopyReader(connection, request, std::move(selection)));
    TRY(reader->start(sql));
    return reader;
}

CopyReader::CopyReader(PgConnection &connection, const ReadRequest &request, Selection selection)
    : m_connection(connection), m_table(request.table->name), m_columns(request.columns), m_limits(request.limits),
      m_layout(request.layout), m_wires(std::move(selection.wires)), m_encoder(request.layout, request.sources)
{ }

CopyReader::~CopyReader()
{
    if (m_running && !m_ended)
        m_connection.abandonCopyOut();
    if (m_savepoint && !m_connection.isDead())
        m_connection.script("ROLLBACK TO SAVEPOINT tidemark_read; RELEASE SAVEPOINT tidemark_read");
}

Result<void> CopyReader::start(const QString &sql)
{
    if (m_connection.inTransaction()) {
        TRY(m_connection.script("SAVEPOINT tidemark_read"));
        m_savepoint = true;
    }
    auto started = m_connection.startCopyOut(QString("COPY ("_L1 + sql + ") TO STDOUT (FORMAT binary)"_L1).toUtf8());
    if (!started)
        return fail(std::move(started).error().with(Fact::Table, m_table.display()));
    m_running = true;
    return {};
}

Result<bool> CopyReader::refill()
{
    if (!m_data.empty()) { // the next piece takes the place of the one that this is a part of
        std::string kept(m_data);
        m_carry = std::move(kept);
        m_data = m_carry;
    }
    std::string_view piece;
    auto more = m_connection.copyRow(piece);
    if (!more) {
        m_running = false;
        return fail(std::move(more).error().with(Fact::Table, m_table.display()));
    }
    if (!*more)
        return false;
    if (m_data.empty()) {
        m_data = piece;
    } else {
        m_carry.append(piece);
        m_data = m_carry;
    }
    return true;
}

std::optional<std::size_t> CopyReader::rowSize() const
{
    std::size_t offset = 2;
    if (m_data.size() < offset)
        return std::nullopt;
    const int fields = qFromBigEndian<qint16>(m_data.data());
    for (int i = 0; i < fields; ++i) {
        if (m_data.size() < offset + 4)
            return std::nullopt;
        const auto length = qFromBigEndian<qint32>(m_data.data() + offset);
        offset += 4 + static_cast<std::size_t>(length > 0 ? length : 0);
    }
    return m_data.size() < offset ? std::nullopt : std::optional(offset);
}

Result<bool> CopyReader::readRow(RowBatch &batch)
{
    const auto broken = [] { return fail(ErrorCode::BrokenStream, u"not a stream of COPY"_s); };
    while (!m_headerRead && m_data.size() < copyHeader.size()) {
        TRY_ASSIGN(const bool more, refill());
        if (!more)
            return broken();
    }
    if (!m_headerRead) {
        if (!m_data.starts_with(copyHeader))
            return broken();
        m_data.remove_prefix(copyHeader.size());
        m_headerRead = true;
    }
    std::optional<std::size_t> size = rowSize();
    while (!size) {
        TRY_ASSIGN(const bool more, refill());
        if (!more)
            return broken(); // the trailer is missing
        size = rowSize();
    }
    const int fields = qFromBigEndian<qint16>(m_data.data());
    if (fields == -1 && m_data.size() == 2) {
        m_trailerRead = true;
        return false;
    }
    if (fields != static_cast<int>(m_wires.size()))
        return broken();
    m_encoder.beginRow();
    const char *place = m_data.data() + 2;
    for (const Wire wire : m_wires) {
        const auto length = qFromBigEndian<qint32>(place);
        place += 4;
        if (length < 0) {
            m_encoder.null();
            continue;
        }
        const std::string_view field(place, static_cast<std::size_t>(length));
        place += length;
        const Decoded decoded = decodeField(wire, field, m_encoder, m_scratch);
        if (decoded == Decoded::Broken)
            return broken();
        if (decoded == Decoded::NotKept) {
            m_encoder.null();
            batch.setFault(Error{ErrorCode::ValueNotKept, {{Fact::Table, m_table.display()}}, {}});
        }
    }
    m_encoder.endRow();
    m_data.remove_prefix(*size);
    return true;
}

Result<bool> CopyReader::next(RowBatch &batch)
{
    batch.clear();
    if (m_ended)
        return false;
    if (!m_running)
        return fail(ErrorCode::Internal, u"a reader used after its failure"_s);
    m_encoder.setBatch(&batch);
    while (batch.rowCount() < m_limits.rows && batch.byteSize() < m_limits.bytes) {
        TRY_ASSIGN(const bool more, readRow(batch));
        if (more)
            continue;
        TRY(end());
        return !batch.isEmpty();
    }
    return true;
}

Result<void> CopyReader::end()
{
    m_data = {};
    TRY_ASSIGN(const bool more, refill());
    m_running = false;
    if (more)
        return fail(ErrorCode::BrokenStream, u"data behind the end of COPY"_s);
    m_ended = true;
    if (m_savepoint) {
        m_savepoint = false;
        TRY(m_connection.script("RELEASE SAVEPOINT tidemark_read"));
    }
    return {};
}

} // namespace tidemark::postgres
