// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/session.h"
#include "core/mapping/tablemapping.h"

namespace tidemark {

// Some rows of the source in the mapping's layout, faults and all: the first as they come, and the last ones by a key
// that has an order. In a transaction of its own.
Result<RowBatch> sampleRows(const TableMapping &mapping, Session &source, const QString &where, qint64 rows);

} // namespace tidemark
