// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QStringList>

#include "core/config/connectionsettings.h"

namespace tidemark {

// What a pasted URL says. The password is taken out of it before anything else looks at it.
struct PastedUrl
{
    ConnectionSettings settings;
    QString password; // goes into the password field; never into settings
    QStringList ignored; // options that mean nothing here
};

bool looksLikeUrl(const QString &text); // of a database: postgres://, mysql://, mariadb://, sqlite://, jdbc:…

// Also jdbc:postgresql://host/db?user=…&password=… and the mysql and mariadb likewise.
Result<PastedUrl> readPastedUrl(const QString &text);

} // namespace tidemark
