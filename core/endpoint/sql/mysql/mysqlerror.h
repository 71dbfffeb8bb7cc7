// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <mysql.h>

#include "core/base/error.h"

namespace tidemark::mysql {

// What the server or the client library says by its number, with the column, constraint, key or table that its English
// words name (sessions set lc_messages for that).
Error errorOf(unsigned number, const char *message);
ErrorCode codeOfNumber(unsigned number, const QString &message);

bool isClientError(unsigned number); // said by the library, not by the server

} // namespace tidemark::mysql
