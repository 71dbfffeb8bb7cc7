// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include "core/apply/tablepair.h"

namespace tidemark {

// Reading a side by the column that its rows are stamped with: detection `timestamp`, and `version` of scope `table`.

bool isCursor(const DetectSettings &detect);
qint64 lagMsOf(const DetectSettings &detect, const CommitBound &bound); // of `timestamp`: the job's, or the default

// A cell for the cursor behind the row's own: its exact text, no part of equality.
ReadRequest withCursor(ReadRequest request, const TableSchema &table, const QString &column);
QByteArray cursorOf(const RowBatch &rows, int row, int cell);

// Up to where a cursor may become the watermark: what is stamped later may be followed by a row that is stamped
// earlier, and not visible yet.
class CursorLimit
{
public:
    CursorLimit(const DetectSettings &detect, const CommitBound &bound); // bound: read before the snapshot
    bool admits(const QByteArray &cursor) const;

private:
    std::optional<qint64> m_us; // not set: any; a version re-reads its overlap instead
};

// From where rows are read again: at the position itself, or a version's overlap before it.
std::optional<QByteArray> cursorFrom(const DetectSettings &detect, const std::optional<QByteArray> &position);

// The greatest cursor of the request's rows that the limit admits. Before a full compare: rows above it are read again
// by the next run. request: the keys of the side that is stamped.
Result<std::optional<QByteArray>> topCursor(Session &session, const ReadRequest &request, const DetectSettings &detect,
                                            const CursorLimit &limit);

} // namespace tidemark
