// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/net/waiting.h"
#include "core/endpoint/session.h"

namespace tidemark::net {

// What speaks at the place of a server that does not speak as it should: "PostgreSQL", "MariaDB or MySQL", "HTTP",
// "SSH", "TLS"; empty where it says nothing known. Three short conversations within that time at most; asked only where
// something is wrong already.
QString whoAnswers(const ConnectionSettings &settings, const Route *route, qint64 timeoutMs,
                   const CancelSignal &cancel);

} // namespace tidemark::net
