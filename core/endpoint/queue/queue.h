// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/base/cancellation.h"
#include "core/config/connectionsettings.h"
#include "core/config/secrets.h"
#include "core/endpoint/queue/queuebatch.h"
#include "core/endpoint/session.h"

namespace tidemark {

// What both brokers fulfil: one connection to one queue of messages.
//
// THREADS. A queue is used by one thread at a time, and may be handed on to another: every call may block and ends
// within the connection's time-out when the broker is frozen (Timeout), and at once with Cancelled. After
// ConnectionLost, Timeout, ServerClosing or Cancelled (Error::endsSession) only its destructor may be called;
// ReconnectingQueue opens the next one. Batches own their bytes, and outlive the queue.
//
// ONCE. A message comes again until it was acknowledged, and it is acknowledged only after the target's commit: nothing
// is lost. It is applied once because the transaction that applies it also keeps, per key, how far that key is
// (`version` below): a message whose version is not greater has been applied already, by this consumer or by one that
// died between commit and acknowledgement, and is acknowledged without being applied.
//
// ORDER PER KEY, with several consumers. A broker hands the messages of one key to whichever consumer is free, so that
// a later one may be committed first. The same record decides: an event carries the whole row, so that the greater
// version is the row's newest state and an overtaken one has nothing to add; the record of a deleted key stays, or an
// overtaken insert would bring the row back. What has to be true of versions, and is: of two changes of one key the
// later has the greater one. A version is the event's own order where Tidemark wrote it (`source.sequence`: grows
// across runs; a batch that was published twice has the same one twice), else the place in the stream (Redis: given by
// the server, always growing). RabbitMQ knows no place: messages of other pipelines are consumed there by one consumer
// at a time (BrokerSettings::oneConsumer), the next taking over where it ends. A record below everything that is
// unacknowledged is of no more use and may be purged (Queue::oldestUnacknowledged).

struct QueueFacts
{
    QString product; // "Redis", "RabbitMQ"
    QString version;
    QString tls; // as ServerFacts
    bool hasPlaces = false; // QueueMessage::place is set
    int deliveryLimit = 0; // after how many deliveries a message goes to quarantine; 0: nobody counts
    QStringList remarks; // codes, for check: "tls-not-verified", "not-durable", "queue-of-others"
};

struct QueueCounts // −1: the broker does not say
{
    qint64 waiting = -1; // not delivered to any consumer of this queue or group
    qint64 unacknowledged = -1;
    qint64 quarantined = -1;
};

struct OutgoingMessage
{
    std::string_view key; // may be empty
    std::optional<std::string_view> value; // none: a tombstone
    std::string_view id; // the change's
    std::string_view route; // "schema.table"
};

struct QuarantinedMessage
{
    QByteArray id; // in quarantine
    QByteArray key;
    std::optional<QByteArray> value;
    QString reason; // a code: "delivery-limit", codeName(ErrorCode), "replaced"
    QString detail;
    qint64 sinceMs = 0; // by the broker's clock; 0: unknown
};

class Queue
{
public:
    virtual ~Queue() = default;
    virtual const QueueFacts &facts() const = 0;
    virtual Result<QueueCounts> counts() = 0;

    // Returns once the broker has confirmed every message as durable as it is set up to. `confirmed` counts those at
    // the beginning that are, also on an error: what follows may or may not be there, and may be published again.
    virtual Result<void> publish(std::span<const OutgoingMessage> messages, qsizetype &confirmed) = 0;

    // Replaces the batch: at most so many messages, as soon as there are any, none after waitMs. Messages that a dead
    // consumer left come first. One that was delivered before comes alone from some delivery on, so that it alone is
    // counted against the limit if it ends its consumer again.
    virtual Result<void> receive(int limit, qint64 waitMs, QueueBatch &batch) = 0;
    // By QueueMessage::id. Unknown ones are no error: they have been acknowledged, or come again.
    virtual Result<void> acknowledge(std::span<const std::string_view> ids) = 0;
    // Of messages that were received and not looked at: as if they had not been delivered, where a broker can do that.
    virtual Result<void> letGo(std::span<const std::string_view>) { return {}; }
    // The least place that is not acknowledged or not delivered yet; everything below is done with. Empty: unknown.
    virtual Result<QByteArray> oldestUnacknowledged() = 0;

    // Drops what the broker keeps although every group of consumers is done with it; how many messages. 0 also where a
    // broker keeps nothing.
    virtual Result<qint64> trim() { return qint64(0); }

    // What would come next, without taking it. Does not work beside receive() in the same queue.
    virtual Result<void> peek(int limit, QueueBatch &batch) = 0;

    // A message that cannot be applied leaves the queue for quarantine, or stays unacknowledged if this fails.
    virtual Result<void> quarantine(const QueueMessage &message, const QString &reason, const QString &detail) = 0;
    virtual Result<std::vector<QuarantinedMessage>> quarantined(int limit) = 0; // the oldest first
    // Back to this queue's consumers alone, as it is (edited: instead of its value). false: no longer there.
    virtual Result<bool> replay(const QByteArray &id, const std::optional<QByteArray> &edited) = 0;
    virtual Result<bool> discard(const QByteArray &id) = 0;
};

struct QueueOptions
{
    bool consumes = false; // else publishes alone: no group, no consumer
    bool mayCreate = true; // streams, groups, exchanges and queues that are not there
    Cancellation *cancellation = nullptr; // outlives the queue
    std::shared_ptr<const Route> route = {};
    std::function<void(TestStep)> reached = {}; // for the connection test, on the opening thread
};

} // namespace tidemark
