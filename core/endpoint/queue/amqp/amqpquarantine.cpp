// SPDX-License-Identifier: GPL-3.0-or-later
// Looking without taking, and what cannot be applied.
#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include <QCryptographicHash>

#include "core/endpoint/queue/amqp/amqpqueue.h"

using namespace Qt::StringLiterals;

namespace tidemark::amqp {

namespace {

constexpr int searched = 100'000;
constexpr int searchedForCopies = 1000; // behind the first: a dead consumer's comes again soon

QByteArray copied(std::string_view text) { return {text.data(), static_cast<qsizetype>(text.size())}; }

const amqp_field_value_t *valueOf(const amqp_table_t &table, std::string_view name)
{
    for (int i = 0; i < table.num_entries; ++i) {
        if (viewOf(table.entries[i].key) == name)
            return &table.entries[i].value;
    }
    return nullptr;
}

// Messages of others may have no id of their own.
QByteArray idOf(std::string_view messageId, std::string_view key, std::string_view body)
{
    if (!messageId.empty())
        return copied(messageId);
    const QByteArray all = copied(key) + '\0' + copied(body);
    return "#" + QCryptographicHash::hash(all, QCryptographicHash::Sha1).toHex();
}

} // namespace

// What the broker itself wrote of a dead letter.
void AmqpQueue::readDeath(const amqp_table_t &headers, Content &content)
{
    const amqp_field_value_t *deaths = valueOf(headers, "x-death");
    if (deaths == nullptr || deaths->kind != AMQP_FIELD_KIND_ARRAY || deaths->value.array.num_entries < 1
        || deaths->value.array.entries[0].kind != AMQP_FIELD_KIND_TABLE)
        return;
    const amqp_table_t &latest = deaths->value.array.entries[0].value.table;
    const amqp_field_value_t *reason = valueOf(latest, "reason");
    if (content.reason.empty() && reason != nullptr && reason->kind == AMQP_FIELD_KIND_UTF8)
        content.reason = viewOf(reason->value.bytes) == "delivery_limit" ? "delivery-limit" : "rejected";
    const amqp_field_value_t *time = valueOf(latest, "time");
    if (time != nullptr && time->kind == AMQP_FIELD_KIND_TIMESTAMP)
        content.sinceMs = static_cast<qint64>(time->value.u64) * 1000;
}

Result<std::optional<quint64>> AmqpQueue::get(const std::string &queue, QueueBatch &batch, Content &content)
{
    const amqp_rpc_reply_t reply = amqp_basic_get(m_link->handle(), m_channel, bytesOf(queue), 0);
    if (const auto answered = m_link->replied(reply); !answered) {
        Error error = answered.error();
        if (!error.endsSession())
            TRY(freshChannel());
        return fail(error.with(Fact::Table, QString::fromStdString(queue)));
    }
    if (reply.reply.id != AMQP_BASIC_GET_OK_METHOD)
        return std::optional<quint64>();
    const quint64 tag = static_cast<const amqp_basic_get_ok_t *>(reply.reply.decoded)->delivery_tag;
    TRY_ASSIGN(content, readContent(m_channel, batch));
    m_link->release(m_channel);
    return std::optional(tag);
}

Result<void> AmqpQueue::giveBack() { return m_link->sent(amqp_basic_nack(m_link->handle(), m_channel, 0, 1, 1)); }

// By a consumer of a moment: a queue for one consumer at a time answers no basic.get.
Result<void> AmqpQueue::peek(int limit, QueueBatch &batch)
{
    constexpr qint64 silenceMs = 300;
    batch.clear();
    TRY(freshChannel());
    // As much as a dead consumer can have left: a part of it would come back in another order.
    const int ahead = std::clamp(limit + m_settings.prefetch, 1, 65'535);
    amqp_basic_qos(m_link->handle(), m_channel, 0, static_cast<uint16_t>(ahead), 0);
    TRY(m_link->replied());
    amqp_basic_consume(m_link->handle(), m_channel, bytesOf(m_queue), amqp_empty_bytes, 0, 0, 0, amqp_empty_table);
    if (const auto begun = m_link->replied(); !begun)
        return fail(Error(begun.error()).with(Fact::Table, m_settings.queue));
    while (batch.size() < limit) {
        QueueMessage message;
        TRY_ASSIGN(const bool any, readDelivery(m_channel, silenceMs, batch, message));
        if (!any)
            break;
        batch.messages.push_back(message);
    }
    TRY(m_link->replied(amqp_channel_close(m_link->handle(), m_channel, AMQP_REPLY_SUCCESS)));
    TRY(freshChannel());
    int most = 0;
    for (const QueueMessage &message : batch.messages)
        most = std::max(most, message.deliveries);
    if (m_facts.deliveryLimit == 0 || most <= looks())
        return {};
    batch.clear();
    return fail(Error{ErrorCode::NotAvailable, {{Fact::Option, u"queue-looks"_s}}, {}}
                    .with(Fact::Table, m_settings.queue)
                    .with(Fact::Count, QString::number(most)));
}

Result<void> AmqpQueue::quarantine(const QueueMessage &message, const QString &reason, const QString &detail)
{
    const std::string why = reason.toStdString();
    const std::string words = detail.toStdString();
    const QByteArray id = idOf({}, message.key, message.value.value_or(""));
    // Confirmed first: it may be there twice, never nowhere. Copies are shown once, and leave together.
    TRY(sendOne(m_quarantine, {message.key, {id.constData(), static_cast<std::size_t>(id.size())}, why, words},
                message.value));
    return acknowledge(std::array<std::string_view, 1>{message.id});
}

Result<std::vector<QuarantinedMessage>> AmqpQueue::quarantined(int limit)
{
    std::vector<QuarantinedMessage> messages;
    std::set<QByteArray> known;
    TRY(freshChannel());
    while (static_cast<int>(messages.size()) < limit) {
        QueueBatch batch;
        Content content;
        TRY_ASSIGN(const std::optional<quint64> tag, get(m_quarantine, batch, content));
        if (!tag)
            break;
        QuarantinedMessage message;
        message.id = idOf(content.messageId, content.key, content.body);
        if (!known.insert(message.id).second)
            continue;
        message.key = copied(content.key);
        if (!content.isTombstone)
            message.value = copied(content.body);
        message.reason = QString::fromUtf8(copied(content.reason));
        message.detail = QString::fromUtf8(copied(content.detail));
        message.sinceMs = content.sinceMs;
        messages.push_back(std::move(message));
    }
    TRY(giveBack());
    return messages;
}

Result<bool> AmqpQueue::settle(const QByteArray &id, Fate fate, const std::optional<QByteArray> &edited)
{
    TRY(freshChannel());
    bool isFound = false;
    for (int left = searched; left > 0; --left) {
        QueueBatch batch;
        Content content;
        TRY_ASSIGN(const std::optional<quint64> tag, get(m_quarantine, batch, content));
        if (!tag)
            break;
        if (idOf(content.messageId, content.key, content.body) != id)
            continue;
        if (fate == Fate::Replay && !isFound) {
            std::optional<std::string_view> body;
            if (edited)
                body = std::string_view(edited->constData(), static_cast<std::size_t>(edited->size()));
            else if (!content.isTombstone)
                body = content.body;
            TRY(sendOne(m_queue, {content.key, content.messageId, {}, {}}, body));
        }
        TRY(m_link->sent(amqp_basic_ack(m_link->handle(), m_channel, *tag, 0)));
        if (!std::exchange(isFound, true))
            left = searchedForCopies;
    }
    TRY(giveBack());
    return isFound;
}

Result<bool> AmqpQueue::replay(const QByteArray &id, const std::optional<QByteArray> &edited)
{
    return settle(id, Fate::Replay, edited);
}

Result<bool> AmqpQueue::discard(const QByteArray &id) { return settle(id, Fate::Discard, {}); }

} // namespace tidemark::amqp
