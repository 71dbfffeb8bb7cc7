// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include "core/endpoint/queue/backoff.h"
#include "core/endpoint/queue/queue.h"

namespace tidemark {

// A queue that outlives its connections: after an error that another attempt may mend it waits, opens the next one, and
// goes on. Publishing goes on behind the last message that was confirmed; what was in doubt is published again, with
// the same ids. Gives up, with the last error, after patienceMs without any progress; at once on an error that only a
// person can mend, and when cancelled. One thread.
class ReconnectingQueue final : public Queue
{
public:
    using Open = std::function<Result<std::unique_ptr<Queue>>()>;
    // The first connection is opened here: settings that are wrong fail at once.
    static Result<std::unique_ptr<ReconnectingQueue>> open(Open open, qint64 patienceMs, Cancellation *cancellation);

    const QueueFacts &facts() const override { return m_facts; }
    int reconnects() const { return m_reconnects; }

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
    ReconnectingQueue(Open open, qint64 patienceMs, Cancellation *cancellation);
    template <typename Call> auto persist(const Call &call) -> decltype(call(std::declval<Queue &>()));
    Result<void> mend(const Error &error, qint64 &sinceMs); // waits and opens; an error: give up
    bool pause(qint64 milliseconds); // false: cancelled

    Open m_open;
    qint64 m_patienceMs;
    Cancellation *m_cancellation;
    Backoff m_backoff;
    QueueFacts m_facts;
    std::unique_ptr<Queue> m_queue;
    int m_reconnects = 0;
};

} // namespace tidemark
