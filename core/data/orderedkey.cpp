// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/orderedkey.h"

namespace tidemark {

namespace {

bool hasFixedSize(CellKind kind)
{
    switch (kind) {
    case CellKind::Boolean:
    case CellKind::Integer:
    case CellKind::Float:
    case CellKind::Date:
    case CellKind::Time:
    case CellKind::Timestamp:
    case CellKind::Instant:
    case CellKind::Uuid:
        return true;
    case CellKind::Decimal:
    case CellKind::Text:
    case CellKind::Blob:
    case CellKind::Json:
    case CellKind::Exact:
        return false;
    }
    return false;
}

} // namespace

void appendOrderedKey(const RowBatch &rows, int row, std::string &out)
{
    const RowLayout &layout = rows.layout();
    for (int cell = 0; cell < layout.keyCount; ++cell) {
        const std::string_view bytes = rows.comparison(row, cell).bytes;
        if (hasFixedSize(layout.cells[std::size_t(cell)].kind)) {
            out += bytes;
            continue;
        }
        for (const char byte : bytes) {
            out += byte;
            if (byte == '\0')
                out += '\xff';
        }
        out.append(2, '\0');
    }
}

} // namespace tidemark
