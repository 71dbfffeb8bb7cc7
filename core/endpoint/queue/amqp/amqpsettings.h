// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/connectionsettings.h"

namespace tidemark {

// An exchange and a queue bound to it. Where they may be created: a durable topic exchange; a durable quorum queue
// QUEUE, bound to everything, whose dead letters go through the exchange QUEUE.dead to the queue QUEUE.quarantine.
struct AmqpSettings
{
    ConnectionSettings connection; // database: the virtual host
    QString exchange;
    QString queue; // needed to consume
    int prefetch = 2000; // how many messages the broker hands out ahead of their acknowledgement
    int deliveryLimit = 20;
    // Of several consumers one is served and the next takes over where it ends. Off, all share the work: for messages
    // of Tidemark, which bear their order.
    bool oneConsumer = true;
    bool operator==(const AmqpSettings &) const = default;
};

} // namespace tidemark
