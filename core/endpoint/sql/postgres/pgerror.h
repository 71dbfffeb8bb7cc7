// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <libpq-fe.h>

#include "core/base/error.h"
#include "core/config/connectionsettings.h"

namespace tidemark::postgres {

// What the server says by SQLSTATE, with Table, Column and Constraint where it names them, Line where a COPY does.
Error serverError(const PGresult *result);
ErrorCode codeOfSqlState(QLatin1StringView state);

// How far an attempt to connect came before it failed.
enum class ConnectPhase { Reaching, Tls, Talking };
Error connectError(PGconn *connection, ConnectPhase phase, const ConnectionSettings &settings);

Error withPlace(Error error, const ConnectionSettings &settings); // host and port

// The connection's own last words, trimmed.
QString lastWords(const PGconn *connection);

} // namespace tidemark::postgres
