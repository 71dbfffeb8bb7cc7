// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/keptsize.h"

#include <algorithm>

#include "core/journal/basefile.h"

namespace tidemark {

namespace {

constexpr qint64 lengthBytes = 4; // before each cell of a chain
constexpr qint64 fingerprintBytes = 16;
constexpr qint64 recordBytes = 30; // SQLite's own, checksum and numbers, of a row and of its entry in the index

qint64 width(const ColumnType &type)
{
    switch (type.kind) {
    case CellKind::Boolean:
        return 1;
    case CellKind::Integer:
        return 9;
    case CellKind::Decimal:
        return type.precision > 0 ? std::clamp(type.precision / 2 + 2, 4, 20) : 8;
    case CellKind::Date:
        return 4;
    case CellKind::Float:
    case CellKind::Time:
    case CellKind::Timestamp:
    case CellKind::Instant:
        return 8;
    case CellKind::Uuid:
        return 16;
    case CellKind::Json:
        return 160;
    case CellKind::Blob:
        return type.length > 0 ? std::min<qint64>(type.length, 256) : 256;
    case CellKind::Text:
    case CellKind::Exact:
        break;
    }
    return type.length > 0 ? std::min<qint64>(type.length, 24) : 24; // what people write is rarely longer
}

} // namespace

KeptSize keptSize(const TableSchema *schema, qint64 rows, bool cells)
{
    if (schema == nullptr || rows < 0)
        return {0, 0, 1};
    qint64 chain = 0;
    for (const Column &column : schema->columns)
        chain += lengthBytes + width(column.type);
    qint64 key = 0;
    for (const QString &name : schema->primaryKey) {
        for (const Column &column : schema->columns)
            key += column.name == name ? width(column.type) : 0;
    }
    if (key == 0)
        key = width({});
    const qint64 picture = cells ? 5 + std::min(chain, pictureCellLimit) : 0;
    return {rows, rows * (2 * key + fingerprintBytes + recordBytes + picture), 0};
}

} // namespace tidemark
