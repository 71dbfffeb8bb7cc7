// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/connectionsettings.h"

namespace tidemark {

// What a queue is opened by: which stream or queue, and the connection that leads to its broker.
struct BrokerSettings : QueueSettings
{
    BrokerSettings() = default;
    explicit BrokerSettings(const ConnectionSettings &settings)
        : QueueSettings(settings.queue ? *settings.queue : QueueSettings()), connection(settings)
    { }
    ConnectionSettings connection; // database: Redis' number, RabbitMQ's virtual host; user: of an ACL
};

} // namespace tidemark
