// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <compare>
#include <deque>
#include <string>
#include <unordered_set>

#include "core/endpoint/queue/queue.h"
#include "core/endpoint/queue/redis/redislink.h"
#include "core/endpoint/queue/brokersettings.h"

namespace tidemark::redis {

struct EntryId
{
    quint64 ms = 0;
    quint64 sequence = 0;
    std::string text() const; // "1700000000000-0"
    std::string place() const; // padded: sorts as bytes
    EntryId next() const;
    static std::optional<EntryId> fromText(std::string_view text);
    auto operator<=>(const EntryId &) const = default;
};

// Redis Streams, from 6.2 on. A message is an entry with the fields key, value and id; entries as Debezium writes them
// (`extended`, and `compact`: one field, the key its name) are read as well.
//
// Messages that a dead consumer left are taken over by XAUTOCLAIM … JUSTID, which counts no delivery: one is counted
// (XCLAIM) only when it is handed out. Otherwise a consumer that dies of one message would bring a whole batch to the
// limit.
class RedisQueue final : public Queue
{
public:
    static Result<std::unique_ptr<Queue>> open(const BrokerSettings &settings, const Secret &secret,
                                               const QueueOptions &options);

    const QueueFacts &facts() const override { return m_facts; }
    Result<QueueCounts> counts() override;
    Result<void> publish(std::span<const OutgoingMessage> messages, qsizetype &confirmed) override;
    Result<void> receive(int limit, qint64 waitMs, QueueBatch &batch) override;
    Result<void> acknowledge(std::span<const std::string_view> ids) override;
    Result<void> letGo(std::span<const std::string_view> ids) override;
    Result<QByteArray> oldestUnacknowledged() override;
    Result<qint64> trim() override;
    Result<void> peek(int limit, QueueBatch &batch) override;
    Result<void> quarantine(const QueueMessage &message, const QString &reason, const QString &detail) override;
    Result<std::vector<QuarantinedMessage>> quarantined(int limit) override;
    Result<bool> replay(const QByteArray &id, const std::optional<QByteArray> &edited) override;
    Result<bool> discard(const QByteArray &id) override;

private:
    struct IdHash
    {
        std::size_t operator()(const EntryId &id) const
        {
            return std::hash<quint64>()(id.ms * 1'000'003 + id.sequence);
        }
    };
    struct Left // by a dead consumer, or by this one before it was restarted
    {
        EntryId id;
        int deliveries = 0;
    };
    struct Stream
    {
        std::string name;
        std::deque<Left> left;
        std::unordered_set<EntryId, IdHash> inHand; // delivered to the caller, not acknowledged
    };
    struct GroupState
    {
        EntryId lastDelivered;
        qint64 pending = 0;
        qint64 lag = -1;
        std::string name;
    };

    RedisQueue(const BrokerSettings &settings, std::unique_ptr<RedisLink> link);
    Result<void> learnFacts();
    Result<void> makeGroups(bool mayCreate);
    Result<std::vector<GroupState>> groups(const std::string &stream);
    Result<std::optional<EntryId>> leastPending(const std::string &stream, const std::string &group);

    using IdWords = std::span<const std::string_view>;
    // The commands that begin and end with these words, of each stream's own ids; they are in hand no more.
    Result<void> tellAll(IdWords ids, std::string_view command, IdWords before, IdWords after);
    Result<void> takeOver();
    Result<void> findLeft(Stream &stream, const EntryId &first, const EntryId &last);
    Result<void> deliverLeft(std::size_t index, int limit, QueueBatch &batch);
    Result<void> quarantineLeft(std::size_t index, const Left &left);
    Result<void> readNew(int limit, qint64 waitMs, QueueBatch &batch);
    void addEntries(std::size_t index, const RedisReply &entries, int deliveries, QueueBatch &batch);
    static QueueMessage messageOf(std::size_t index, const RedisReply &entry, QueueBatch &batch);
    Result<void> move(std::size_t index, const std::string &id, const QueueMessage &message, const QString &reason,
                      const QString &detail);
    Result<void> transaction(std::size_t commands, const RedisReply *&results);

    BrokerSettings m_settings;
    std::unique_ptr<RedisLink> m_link;
    QueueFacts m_facts;
    std::string m_group;
    std::string m_consumer;
    std::array<Stream, 2> m_streams; // the stream, and what was replayed
    std::string m_quarantine;
    qint64 m_nextTakeOverMs = 0; // on the steady clock
};

} // namespace tidemark::redis
