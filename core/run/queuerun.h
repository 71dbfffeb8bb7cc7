// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/queueconnector.h"
#include "core/run/runcontext.h"

namespace tidemark {

// One run of a job with a message queue. As its source: rounds of what is there, each taken, applied by an ordinary run
// and then acknowledged, until the queue is empty. Killed at any instant, what was not acknowledged comes again. As its
// target: an ordinary run that publishes.
RunReport runQueue(RunContext &context, QueueConnector &queue);

// What a run would do with what is waiting, as far as a plan looks ahead; nothing is taken from the queue. Or what it
// would publish.
RunReport planQueue(RunContext &context, QueueConnector &queue, const QString &planFile);

// Runner::check; looks at what is waiting, and takes nothing.
Result<QList<CheckItem>> checkQueueJob(const JobSettings &job, Connector &connector, Journal &journal,
                                       const Clock &clock, Cancellation &cancellation, const CheckOptions &options);

} // namespace tidemark
