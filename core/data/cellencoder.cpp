// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/cellencoder.h"

#include "core/data/celldecoder.h"

namespace tidemark {

void deliverCell(RowEncoder &encoder, CellKind kind, CellView cell)
{
    if (cell.isNull)
        return encoder.null();
    switch (kind) {
    case CellKind::Boolean:
        return encoder.boolean(cell::boolean(cell));
    case CellKind::Integer: {
        const cell::Integer value = cell::integer(cell);
        return value.isNegative ? encoder.integer(value.toSigned()) : encoder.unsignedInteger(value.value);
    }
    case CellKind::Decimal:
        return encoder.decimal(cell.bytes);
    case CellKind::Float:
        return encoder.real(cell::real(cell));
    case CellKind::Text:
    case CellKind::Exact:
        return encoder.text(cell.bytes);
    case CellKind::Blob:
        return encoder.blob(cell.bytes);
    case CellKind::Date:
        return encoder.date(cell::date(cell));
    case CellKind::Time:
        return encoder.time(cell::microseconds(cell));
    case CellKind::Timestamp:
        return encoder.timestamp(cell::microseconds(cell));
    case CellKind::Instant:
        return encoder.instant(cell::microseconds(cell));
    case CellKind::Uuid:
        return encoder.uuid(cell.bytes);
    case CellKind::Json:
        return encoder.json(cell.bytes);
    }
}

} // namespace tidemark
