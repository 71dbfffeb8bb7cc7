// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/connectionsettings.h"
#include "core/data/rowbatch.h"
#include "core/endpoint/sql/sqlsession.h"

namespace tidemark {

// A cell as a literal of an engine's SQL, which reads back as the same value. ValueNotKept where the engine has no such
// value.
Result<QString> sqlLiteral(Driver driver, const Dialect &dialect, const CellType &type, CellView cell);

} // namespace tidemark
