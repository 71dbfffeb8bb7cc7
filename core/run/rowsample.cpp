// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/rowsample.h"

#include <set>

namespace tidemark {

namespace {

class Sampler
{
public:
    Sampler(const TableMapping &mapping, Session &source, const QString &where, qint64 rows)
        : m_mapping(mapping), m_source(source), m_where(where), m_rows(std::max<qint64>(1, rows / 2)),
          m_sample(mapping.layout())
    { }

    Result<RowBatch> run()
    {
        TRY(m_source.beginRead());
        const auto taken = takeBoth();
        if (!taken && taken.error().endsSession())
            return fail(taken.error());
        TRY(m_source.rollback());
        TRY(taken);
        return std::move(m_sample);
    }

private:
    Result<void> takeBoth()
    {
        TRY(take(first()));
        const QString key = m_mapping.keyCount == 1 ? m_mapping.sourceColumns().first() : QString();
        const bool isOrdered = !key.isEmpty() && m_mapping.source.primaryKey == QStringList{key};
        return isOrdered ? take(last(key)) : Result<void>();
    }

    ReadRequest first() const
    {
        ReadRequest request;
        request.table = &m_mapping.source;
        request.layout = m_mapping.layout();
        request.columns = m_mapping.sourceColumns();
        request.sources = m_mapping.sourceCells();
        request.where = m_where;
        request.limits.rows = m_rows;
        return request;
    }

    ReadRequest last(const QString &key) const
    {
        ReadRequest request = first();
        RowLayout layout = *request.layout;
        CellType cursor;
        cursor.kind = CellKind::Exact;
        layout.cells.push_back(cursor);
        request.layout = std::make_shared<const RowLayout>(std::move(layout));
        request.cursorCell = request.layout->size() - 1;
        request.columns += key;
        request.sources.push_back(CellSource(request.sources.front()));
        request.order = ReadRequest::Order::CursorDescending;
        return request;
    }

    Result<void> take(const ReadRequest &request)
    {
        TRY_ASSIGN(const std::unique_ptr<RowReader> reader, m_source.read(request));
        RowBatch batch(request.layout);
        TRY_ASSIGN(const bool any, reader->next(batch));
        std::string scratch;
        for (int row = 0; any && row < batch.rowCount() && row < m_rows; ++row) {
            if (!m_keys.emplace(batch.key(row, scratch)).second)
                continue;
            m_sample.appendRow(batch, row);
            if (const Error *fault = batch.fault(row))
                m_sample.faultLastRow(*fault);
        }
        return {};
    }

    const TableMapping &m_mapping;
    Session &m_source;
    QString m_where;
    qint64 m_rows; // of either end
    RowBatch m_sample;
    std::set<std::string> m_keys;
};

} // namespace

Result<RowBatch> sampleRows(const TableMapping &mapping, Session &source, const QString &where, qint64 rows)
{
    return Sampler(mapping, source, where, rows).run();
}

} // namespace tidemark
