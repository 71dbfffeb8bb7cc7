// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/queue/queue.h"

namespace tidemark {

// What a connector is beside, where it can open message queues as well. The queue outlives its connections
// (ReconnectingQueue) and is used by one thread at a time.
class QueueOpener
{
public:
    virtual ~QueueOpener() = default;
    // options.route is the opener's to fill in.
    virtual Result<std::unique_ptr<Queue>> openQueue(const ConnectionSettings &settings,
                                                     const QueueOptions &options) = 0; // thread-safe
};

} // namespace tidemark
