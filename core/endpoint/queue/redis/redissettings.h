// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/connectionsettings.h"

namespace tidemark {

// A stream and a group of consumers. Beside it lie "STREAM:GROUP:replay", what a person sent back to this group alone,
// and "STREAM:GROUP:quarantine".
struct RedisSettings
{
    ConnectionSettings connection; // database: the number; user: of an ACL
    QString stream;
    QString group = QStringLiteral("tidemark");
    // Of this consumer within its group, the same after a restart: what it held then is its own at once, and need not
    // grow idle first.
    QString consumer;
    int deliveryLimit = 5;
    qint64 idleMs = 60'000; // after which another consumer's messages are taken over
    bool operator==(const RedisSettings &) const = default;
};

} // namespace tidemark
