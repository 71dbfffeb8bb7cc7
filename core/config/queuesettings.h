// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

namespace tidemark {

// A message queue as a connection describes it, beside how its broker is reached (interfaces.md, Queues).
struct QueueSettings
{
    // Redis: a stream and a group of consumers. Beside it lie "STREAM:GROUP:replay", what a person sent back to this
    // group alone, and "STREAM:GROUP:quarantine".
    QString stream;
    QString group = QStringLiteral("tidemark");
    // Of this consumer within its group, the same after a restart: what it held then is its own at once, and need not
    // grow idle first. Empty: drawn from the machine and the job.
    QString consumer;
    qint64 idleMs = 60'000; // after which another consumer's messages are taken over

    // RabbitMQ: an exchange and a queue bound to it. Where they may be created: a durable topic exchange; a durable
    // quorum queue QUEUE, bound to everything, whose dead letters go through the exchange QUEUE.dead to the queue
    // QUEUE.quarantine. One of both may be empty: no queue for a connection that only publishes, no exchange for one
    // whose queue is fed by somebody else.
    QString exchange;
    QString queue;
    int prefetch = 2000; // how many messages the broker hands out ahead of their acknowledgement
    // Of several consumers one is served and the next takes over where it ends. Off, all share the work: for messages
    // that bear their order, as those of Tidemark do.
    bool oneConsumer = true;

    // Both.
    int deliveryLimit = 20; // after so many deliveries a message goes to quarantine; RabbitMQ counts looks, too
    bool envelope = false; // what is published bears its schema, as Debezium's messages do by default
    bool operator==(const QueueSettings &) const = default;
};

} // namespace tidemark
