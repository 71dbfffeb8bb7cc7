// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/cursors.h"

#include "core/change/cursor.h"

namespace tidemark {

namespace {

constexpr qint64 usPerMs = 1000;
constexpr qint64 lagWhereBoundIsKnownMs = 2'000;
constexpr qint64 lagWhereBoundIsUnknownMs = 5 * 60 * 1000;
constexpr qint64 rowsPerLook = 1000;

} // namespace

bool isCursor(const DetectSettings &detect)
{
    return detect.by == DetectBy::Timestamp || (detect.by == DetectBy::Version && detect.scope == VersionScope::Table);
}

qint64 lagMsOf(const DetectSettings &detect, const CommitBound &bound)
{
    return detect.lagMs.value_or(bound.known ? lagWhereBoundIsKnownMs : lagWhereBoundIsUnknownMs);
}

ReadRequest withCursor(ReadRequest request, const TableSchema &table, const QString &column)
{
    RowLayout layout = *request.layout;
    CellType type;
    type.kind = CellKind::Exact;
    layout.cells.push_back(type);
    request.cursorCell = layout.size() - 1;
    request.layout = std::make_shared<const RowLayout>(std::move(layout));
    request.columns += column;
    CellSource cell;
    cell.column = column;
    cell.type = table.columns[table.columnIndex(column)].type;
    request.sources.push_back(std::move(cell));
    return request;
}

QByteArray cursorOf(const RowBatch &rows, int row, int cell)
{
    const CellView view = rows.value(row, cell);
    return {view.bytes.data(), qsizetype(view.bytes.size())};
}

CursorLimit::CursorLimit(const DetectSettings &detect, const CommitBound &bound)
{
    if (detect.by != DetectBy::Timestamp)
        return;
    m_us = bound.boundUs - lagMsOf(detect, bound) * usPerMs;
}

bool CursorLimit::admits(const QByteArray &cursor) const
{
    if (!m_us)
        return true;
    const auto time = cursorMicroseconds(cursor);
    return time && *time <= *m_us;
}

std::optional<QByteArray> cursorFrom(const DetectSettings &detect, const std::optional<QByteArray> &position)
{
    if (detect.by == DetectBy::Version && position)
        return loweredCursor(*position, detect.overlap).value_or(*position);
    return position;
}

Result<std::optional<QByteArray>> topCursor(Session &session, const ReadRequest &request, const DetectSettings &detect,
                                            const CursorLimit &limit)
{
    ReadRequest stamped = withCursor(request, *request.table, detect.column);
    stamped.order = ReadRequest::Order::CursorDescending;
    stamped.limits.rows = rowsPerLook;
    TRY_ASSIGN(const std::unique_ptr<RowReader> reader, session.read(stamped));
    RowBatch batch(stamped.layout);
    for (bool more = true; more;) {
        TRY_ASSIGN(more, reader->next(batch));
        for (int row = 0; row < batch.rowCount(); ++row) {
            QByteArray cursor = cursorOf(batch, row, stamped.cursorCell);
            if (limit.admits(cursor))
                return std::optional<QByteArray>(std::move(cursor));
        }
    }
    return std::optional<QByteArray>();
}

} // namespace tidemark
