// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/queue/reconnectingqueue.h"

#include <chrono>
#include <thread>

#include <QRandomGenerator>

namespace tidemark {

namespace {

constexpr qint64 firstWaitMs = 100;
constexpr qint64 longestWaitMs = 10'000;

qint64 nowMs()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

} // namespace

ReconnectingQueue::ReconnectingQueue(Open open, qint64 patienceMs, Cancellation *cancellation)
    : m_open(std::move(open)), m_patienceMs(patienceMs), m_cancellation(cancellation),
      m_backoff(firstWaitMs, longestWaitMs)
{ }

Result<std::unique_ptr<ReconnectingQueue>> ReconnectingQueue::open(Open open, qint64 patienceMs,
                                                                   Cancellation *cancellation)
{
    std::unique_ptr<ReconnectingQueue> queue(new ReconnectingQueue(std::move(open), patienceMs, cancellation));
    TRY_ASSIGN(queue->m_queue, queue->m_open());
    queue->m_facts = queue->m_queue->facts();
    return queue;
}

bool ReconnectingQueue::pause(qint64 milliseconds)
{
    if (m_cancellation != nullptr)
        return !m_cancellation->wait(std::chrono::milliseconds(milliseconds)) && !m_cancellation->isCancelled();
    std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
    return true;
}

Result<void> ReconnectingQueue::mend(const Error &error, qint64 &sinceMs)
{
    Error last = error;
    if (sinceMs == 0)
        sinceMs = nowMs();
    while (last.isTransient() && last.code != ErrorCode::Cancelled) {
        const qint64 wait = m_backoff.nextMs(QRandomGenerator::global()->generate());
        if (nowMs() + wait - sinceMs > m_patienceMs)
            return fail(last);
        // What it held is the broker's again before the next one asks for it.
        if (last.endsSession())
            m_queue.reset();
        if (!pause(wait))
            return fail(ErrorCode::Cancelled);
        if (m_queue)
            return {};
        auto opened = m_open();
        if (opened) {
            m_queue = std::move(*opened);
            m_facts = m_queue->facts();
            ++m_reconnects;
            return {};
        }
        last = opened.error();
    }
    return fail(last);
}

template <typename Call> auto ReconnectingQueue::persist(const Call &call) -> decltype(call(std::declval<Queue &>()))
{
    qint64 since = 0;
    if (!m_queue)
        TRY(mend(Error{ErrorCode::ConnectionLost, {}, {}}, since));
    for (;;) {
        auto result = call(*m_queue);
        if (result) {
            m_backoff.reset();
            return result;
        }
        TRY(mend(result.error(), since));
    }
}

Result<void> ReconnectingQueue::publish(std::span<const OutgoingMessage> messages, qsizetype &confirmed)
{
    confirmed = 0;
    qint64 since = 0;
    while (confirmed < static_cast<qsizetype>(messages.size())) {
        if (!m_queue)
            TRY(mend(Error{ErrorCode::ConnectionLost, {}, {}}, since));
        qsizetype more = 0;
        const auto published = m_queue->publish(messages.subspan(static_cast<std::size_t>(confirmed)), more);
        confirmed += more;
        if (more > 0) {
            since = 0;
            m_backoff.reset();
        }
        if (!published)
            TRY(mend(published.error(), since));
    }
    return {};
}

Result<void> ReconnectingQueue::receive(int limit, qint64 waitMs, QueueBatch &batch)
{
    return persist([&](Queue &queue) { return queue.receive(limit, waitMs, batch); });
}

// Ids of an earlier connection: Redis knows them, RabbitMQ sends the messages again.
Result<void> ReconnectingQueue::acknowledge(std::span<const std::string_view> ids)
{
    return persist([&](Queue &queue) { return queue.acknowledge(ids); });
}

// Only a connection that stands is asked: what it says is a favour to the next consumer.
Result<void> ReconnectingQueue::letGo(std::span<const std::string_view> ids)
{
    return m_queue ? m_queue->letGo(ids) : Result<void>(fail(ErrorCode::ConnectionLost));
}

Result<QueueCounts> ReconnectingQueue::counts()
{
    return persist([](Queue &queue) { return queue.counts(); });
}

Result<QByteArray> ReconnectingQueue::oldestUnacknowledged()
{
    return persist([](Queue &queue) { return queue.oldestUnacknowledged(); });
}

Result<qint64> ReconnectingQueue::trim()
{
    return persist([](Queue &queue) { return queue.trim(); });
}

Result<void> ReconnectingQueue::peek(int limit, QueueBatch &batch)
{
    return persist([&](Queue &queue) { return queue.peek(limit, batch); });
}

Result<void> ReconnectingQueue::quarantine(const QueueMessage &message, const QString &reason, const QString &detail)
{
    return persist([&](Queue &queue) { return queue.quarantine(message, reason, detail); });
}

Result<std::vector<QuarantinedMessage>> ReconnectingQueue::quarantined(int limit)
{
    return persist([&](Queue &queue) { return queue.quarantined(limit); });
}

// Not repeated: an answer that was lost may have been a yes, and a message would be sent back twice.
Result<bool> ReconnectingQueue::replay(const QByteArray &id, const std::optional<QByteArray> &edited)
{
    return m_queue ? m_queue->replay(id, edited) : Result<bool>(fail(ErrorCode::ConnectionLost));
}

Result<bool> ReconnectingQueue::discard(const QByteArray &id)
{
    return persist([&](Queue &queue) { return queue.discard(id); });
}

} // namespace tidemark
