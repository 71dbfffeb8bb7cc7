// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "core/endpoint/queue/amqp/amqplink.h"
#include "core/endpoint/queue/queue.h"

namespace tidemark::amqp {

// RabbitMQ, from 3.10 on where it is to create quorum queues. A message's body is the event, its header `key` the
// event's key, message-id the change's id.
//
// RETURNS. A quorum queue counts every return of a message as a delivery, that of a peek too: RabbitMQ has no way to
// look without taking. So half of the deliveries that are allowed are left to looks: by then peek() fails, and only
// from then on is a message suspected of ending its consumers. What a dead consumer held comes again before all else,
// in its order; but a part of that, returned once more, goes behind the rest of it.
//
// One consumer at a time: it takes all of that at once, so that the order stays. The counts of the neighbours grow with
// that of a message that ends its consumer, so the broker is given no limit: suspicious messages are handed out one by
// one, each when the one before is settled, and so only the first that a connection is given can be to blame. That one
// alone is judged by its count.
//
// Several consumers, whose order the versions keep: the broker counts, and a consumer begins one message at a time
// until it meets one that was never delivered (which it gives back, to have many come ahead), or the neighbours would
// go to quarantine with the message that is to blame.
class AmqpQueue final : public Queue
{
public:
    static Result<std::unique_ptr<Queue>> open(const BrokerSettings &settings, const Secret &secret,
                                               const QueueOptions &options);

    const QueueFacts &facts() const override { return m_facts; }
    Result<QueueCounts> counts() override;
    Result<void> publish(std::span<const OutgoingMessage> messages, qsizetype &confirmed) override;
    Result<void> receive(int limit, qint64 waitMs, QueueBatch &batch) override;
    Result<void> acknowledge(std::span<const std::string_view> ids) override;
    Result<QByteArray> oldestUnacknowledged() override { return QByteArray(); }
    Result<void> peek(int limit, QueueBatch &batch) override;
    Result<void> quarantine(const QueueMessage &message, const QString &reason, const QString &detail) override;
    Result<std::vector<QuarantinedMessage>> quarantined(int limit) override;
    Result<bool> replay(const QByteArray &id, const std::optional<QByteArray> &edited) override;
    Result<bool> discard(const QByteArray &id) override;

private:
    struct Content // of one message, in the batch
    {
        std::string_view body, key, messageId, reason, detail;
        bool isTombstone = false;
        int returns = -1; // x-delivery-count
        qint64 sinceMs = 0;
    };
    struct Headers // to be sent
    {
        std::string_view key, id, reason, detail;
    };
    enum class Fate : quint8 { Replay, Discard };

    AmqpQueue(const BrokerSettings &settings, std::unique_ptr<AmqpLink> link);
    int looks() const { return std::max(2, m_facts.deliveryLimit / 2); } // deliveries that nobody is suspected for
    // Topology (amqptopology.cpp).
    Result<void> declare(const QueueOptions &options);
    Result<void> declareExchange(bool mayCreate);
    Result<void> declareQueue(bool mayCreate);
    Result<void> declareQuarantine();
    Result<void> consume(bool cautiously);
    Result<void> widen();
    Result<void> freshChannel(); // number m_channel: an error closes one
    Result<qint64> messagesIn(const std::string &queue);

    Result<void> send(std::string_view exchange, std::string_view route, const Headers &headers,
                      std::optional<std::string_view> body);
    Result<void> sendOne(std::string_view route, const Headers &headers, std::optional<std::string_view> body);
    Result<void> readConfirms(quint64 before, qsizetype allowed, std::vector<bool> &done, qsizetype &confirmed);
    Result<bool> nextMessage(qint64 waitMs, QueueBatch &batch, QueueMessage &message);
    void handOut(const QueueMessage &message, QueueBatch &batch);
    static void copyInto(QueueBatch &batch, QueueMessage &message);
    Result<bool> readDelivery(amqp_channel_t channel, qint64 waitMs, QueueBatch &batch, QueueMessage &message);
    Result<Content> readContent(amqp_channel_t channel, QueueBatch &batch);
    static void readHeaders(const amqp_basic_properties_t &properties, QueueBatch &batch, Content &content);
    static void readDeath(const amqp_table_t &headers, Content &content);
    // The next of a queue without taking it: its delivery tag; none: the queue is empty.
    Result<std::optional<quint64>> get(const std::string &queue, QueueBatch &batch, Content &content);
    Result<void> giveBack();
    Result<bool> settle(const QByteArray &id, Fate fate, const std::optional<QByteArray> &edited);

    BrokerSettings m_settings;
    std::unique_ptr<AmqpLink> m_link;
    QueueFacts m_facts;
    std::string m_exchange, m_queue, m_quarantine, m_session;
    amqp_channel_t m_channel = 0; // the last one that was opened for questions
    amqp_channel_t m_consuming = 0;
    quint64 m_published = 0; // delivery tags of the publishing channel
    std::optional<Error> m_returned; // a message that no queue took
    bool m_isCautious = true;
    bool m_isFirst = true; // nothing has been handed out yet
    std::set<quint64> m_inHand; // delivery tags of the consuming channel
    QueueBatch m_heldBytes;
    std::optional<QueueMessage> m_held; // to be handed out alone, next
};

} // namespace tidemark::amqp
