// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/connectionsettings.h"
#include "core/config/httpsettings.h"
#include "core/config/jsonreader.h"

namespace tidemark {

// The keys that a web service has and a database does not: "url", "auth", "resources", "headers", "limits", "inFlight",
// "clearText". `settings` gets host, port, user and password as well; faults go to the node's reader.
void readHttp(const JsonObjectNode &object, const QString &folder, ConnectionSettings &settings);

// "write" of a resource with this key.
HttpWrite readHttpWrite(const JsonNode &node, const QStringList &key);
QString readJsonPointer(const JsonNode &node); // "" or "/a/b~1c": RFC 6901
bool isHttpPath(const QString &path); // "/orders": of one origin, without a query, nowhere upwards

// Why no connection may have this URL, as an expectation of the wording room; empty: it may.
QString httpUrlFault(const QString &url, bool clearText, bool hasSecret);

} // namespace tidemark
