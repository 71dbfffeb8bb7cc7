// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

struct sqlite3;

namespace tidemark {

// What SQLite's extended result code, and its message where it names things, mean here.
Error sqliteError(sqlite3 *db, int extendedCode);

} // namespace tidemark
