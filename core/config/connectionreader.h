// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/connectionsettings.h"
#include "core/config/jsonreader.h"

namespace tidemark {

ConnectionSettings readConnection(const JsonNode &node, const QString &folder); // faults go to the node's reader
PasswordSource readPasswordSource(const JsonNode &node, const QString &folder);
QString absolutePath(const QString &folder, const QString &path); // "~/" is the home folder
QString tlsModeName(TlsMode mode);
std::optional<TlsMode> tlsModeFromName(QStringView name);

} // namespace tidemark
