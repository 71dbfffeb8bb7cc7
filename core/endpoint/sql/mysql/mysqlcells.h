// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/data/rowencoder.h"
#include "core/endpoint/sql/mysql/mysqlstatement.h"

namespace tidemark::mysql {

// A cell of a binary row into the batch; `own` is what the schema says of the column.
void encodeCell(RowEncoder &encoder, const ColumnType &own, const ResultColumn &column, const RawCell &cell);

// A cell that is not NULL as text, as the server would write it.
QByteArray cellText(const ResultColumn &column, const RawCell &cell);

} // namespace tidemark::mysql
