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
QString readJsonPointer(const JsonNode &node);
bool isJsonPointer(const QString &text); // "" or "/a/b~1c": RFC 6901
bool isHttpPath(const QString &path); // "/orders": of one origin, without a query, nowhere upwards

enum class HttpChange : quint8 { Insert, Update, Delete };
QStringList httpMethods(HttpChange change);
// Why a record of this key is not written so: "method", "path", "unknown:NAME" (no column of the key), "missing:NAME"
// (one that the path of a record has to hold); empty: it is.
QString httpVerbFault(const HttpVerb &verb, HttpChange change, const QStringList &key);

// Why no header of this name is sent with each request: "http-header" (no name, or one of ours), "password-in-clear";
// empty: it may be. isOfSecret: it is the one that bears the connection's secret.
QString httpHeaderFault(const QString &name, bool isOfSecret);

// Why no connection may have this URL, as an expectation of the wording room; empty: it may.
QString httpUrlFault(const QString &url, bool clearText, bool hasSecret);

} // namespace tidemark
