// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/queuepublisher.h"

#include <algorithm>

namespace tidemark {

namespace {

constexpr quint64 block = 100'000; // microseconds ahead of the clock, where it stands still

} // namespace

Result<quint64> QueueSequence::next()
{
    const std::scoped_lock lock(m_mutex);
    if (m_next < m_end)
        return m_next++;
    if (m_journal == nullptr)
        return fail(ErrorCode::Internal, QStringLiteral("nothing is published without a journal"));
    const CheckpointKey key{m_jobId, {}, QStringLiteral("published")};
    TRY_ASSIGN(const auto kept, m_journal->checkpoint(key));
    const auto known = kept ? Watermark::fromBytes(kept->watermark) : std::nullopt;
    const quint64 used = known && known->cursor ? known->cursor->toULongLong() : 0;
    m_next = std::max(used, static_cast<quint64>(std::max<qint64>(m_clock->nowUs(), 1)));
    m_end = m_next + block;
    Watermark reserved;
    reserved.cursor = QByteArray::number(m_end);
    Checkpoint checkpoint;
    checkpoint.key = key;
    checkpoint.watermark = reserved.toBytes();
    checkpoint.journalId = m_journal->id();
    TRY(m_journal->saveCheckpoint(checkpoint));
    return m_next++;
}

void QueueOutbox::add(std::string key, std::string value, std::string id, std::string route)
{
    m_messages.push_back({std::move(key), std::move(value), std::move(id), std::move(route)});
}

Result<void> QueueOutbox::publish(Queue &queue)
{
    std::vector<OutgoingMessage> outgoing;
    outgoing.reserve(m_messages.size());
    for (const Message &message : m_messages)
        outgoing.push_back({message.key, std::string_view(message.value), message.id, message.route});
    qsizetype confirmed = 0;
    auto published = queue.publish(outgoing, confirmed);
    m_messages.erase(m_messages.begin(), m_messages.begin() + confirmed);
    return published;
}

} // namespace tidemark
