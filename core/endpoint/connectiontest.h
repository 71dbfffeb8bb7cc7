// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include "core/endpoint/connector.h"

namespace tidemark {

// What a test of a connection found, once it stood.
struct ConnectionTest
{
    ServerFacts facts; // remarks: what a person should know, as codes (wording::checkItem)
    bool encrypted = false;
    QString tlsProtocol; // "TLSv1.3"; empty: not encrypted
    bool verified = false; // the certificate: by an authority or by its pin
    bool throughSsh = false;
    qint64 milliseconds = 0; // until the session stood
    qint64 tables = 0; // base tables that are seen
    qint64 readableTables = 0; // of these
    qint64 writableTables = 0; // of these: insert, update and delete; 0 for a connection marked read-only
    bool canCreate = false; // tables
    // SQLite
    bool fileExists = true; // else it can be made: its folder lets one write
    bool fileLocked = false; // another program is writing just now
    bool wal = false;
    // A message queue: it has no tables.
    std::optional<QueueCounts> queue;
};

// Opens the connection for writing, unless it is marked read-only, and looks around; changes nothing, creates no file.
// `progress` is called on the calling thread, one step after the other; a failure is the fault of the step last named.
// Blocks: never on the UI thread.
Result<ConnectionTest> testConnection(SqlConnector &connector, const ConnectionSettings &settings,
                                      Cancellation &cancellation, const std::function<void(TestStep)> &progress);

} // namespace tidemark
