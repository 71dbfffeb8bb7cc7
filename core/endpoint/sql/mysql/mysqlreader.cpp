// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/sql/mysql/mysqlreader.h"

#include "core/endpoint/sql/mysql/mysqlcells.h"
#include "core/endpoint/sql/mysql/mysqlselect.h"

using namespace Qt::StringLiterals;

namespace tidemark::mysql {

MysqlReader::MysqlReader(Link &link, const ReadRequest &request)
    : m_statement(link), m_layout(request.layout), m_encoder(request.layout, request.sources), m_limits(request.limits)
{
    for (const CellSource &source : request.sources)
        m_types.push_back(source.type);
}

Result<void> MysqlReader::start(const ReadRequest &request)
{
    SelectText select = selectOf(request);
    TRY(m_statement.prepare(select.sql.toUtf8()));
    Parameters parameters(select.parameters);
    TRY(m_statement.bind(parameters.binds()));
    return m_statement.execute();
}

Result<bool> MysqlReader::next(RowBatch &batch)
{
    batch.reset(m_layout);
    if (m_ended)
        return false;
    m_encoder.setBatch(&batch);
    const auto &columns = m_statement.columns();
    while (batch.rowCount() < m_limits.rows && batch.byteSize() < m_limits.bytes) {
        const auto more = m_statement.fetch();
        if (!more) {
            batch.clear();
            m_ended = true;
            return fail(more.error());
        }
        if (!*more) {
            m_ended = true;
            return !batch.isEmpty();
        }
        m_encoder.beginRow();
        for (size_t i = 0; i < columns.size(); ++i)
            encodeCell(m_encoder, m_types[i], columns[i], m_statement.row()[i]);
        m_encoder.endRow();
    }
    return true;
}

} // namespace tidemark::mysql
