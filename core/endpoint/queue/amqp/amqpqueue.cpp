// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/queue/amqp/amqpqueue.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

using namespace Qt::StringLiterals;

namespace tidemark::amqp {

namespace {

constexpr amqp_channel_t publishing = 1;
constexpr qsizetype window = 2000; // messages that may lack their confirmation
constexpr quint64 maxBody = quint64(512) << 20;

template <typename Method> const Method &methodOf(const amqp_frame_t &frame)
{
    return *static_cast<const Method *>(frame.payload.method.decoded);
}

bool isMethod(const amqp_frame_t &frame, amqp_method_number_t id)
{
    return frame.frame_type == AMQP_FRAME_METHOD && frame.payload.method.id == id;
}

} // namespace

// ---- publishing
// ------------------------------------------------------------------------------------------------------

Result<void> AmqpQueue::send(std::string_view exchange, std::string_view route, const Headers &headers,
                             std::optional<std::string_view> body)
{
    std::array<amqp_table_entry_t, 4> entries;
    int count = 0;
    const auto add = [&](const char *name, std::string_view text) {
        if (text.empty())
            return;
        amqp_table_entry_t &entry = entries[static_cast<std::size_t>(count++)];
        entry.key = amqp_cstring_bytes(name);
        entry.value.kind = AMQP_FIELD_KIND_UTF8;
        entry.value.value.bytes = bytesOf(text);
    };
    add("key", headers.key);
    add("reason", headers.reason);
    add("detail", headers.detail);
    if (!body)
        add("tombstone", "1");
    amqp_basic_properties_t properties{};
    properties._flags = AMQP_BASIC_DELIVERY_MODE_FLAG | AMQP_BASIC_CONTENT_TYPE_FLAG | AMQP_BASIC_MESSAGE_ID_FLAG
        | AMQP_BASIC_HEADERS_FLAG;
    properties.delivery_mode = AMQP_DELIVERY_PERSISTENT;
    properties.content_type = amqp_cstring_bytes("application/json");
    properties.message_id = bytesOf(headers.id.substr(0, 255));
    properties.headers = {count, entries.data()};
    if (m_published % 16 == 0)
        TRY(m_link->waitToSend());
    // mandatory: without it a message that no queue takes is confirmed, and gone.
    TRY(m_link->sent(amqp_basic_publish(m_link->handle(), publishing, bytesOf(exchange), bytesOf(route), 1, 0,
                                        &properties, bytesOf(body.value_or("")))));
    ++m_published;
    return {};
}

Result<void> AmqpQueue::publish(std::span<const OutgoingMessage> messages, qsizetype &confirmed)
{
    confirmed = 0;
    m_returned.reset();
    const quint64 before = m_published;
    std::vector<bool> done(messages.size());
    for (std::size_t i = 0; i < messages.size(); ++i) {
        const OutgoingMessage &message = messages[i];
        const std::string_view route = m_exchange.empty() ? std::string_view(m_queue) : message.route;
        TRY(send(m_exchange, route, {message.key, message.id, {}, {}}, message.value));
        TRY(readConfirms(before, window, done, confirmed));
    }
    return readConfirms(before, 0, done, confirmed);
}

Result<void> AmqpQueue::sendOne(std::string_view route, const Headers &headers, std::optional<std::string_view> body)
{
    m_returned.reset();
    const quint64 before = m_published;
    std::vector<bool> done(1);
    qsizetype confirmed = 0;
    TRY(send({}, route, headers, body));
    return readConfirms(before, 0, done, confirmed);
}

// Until no more than `allowed` of the messages sent since `before` lack their confirmation.
Result<void> AmqpQueue::readConfirms(quint64 before, qsizetype allowed, std::vector<bool> &done, qsizetype &confirmed)
{
    const auto sent = static_cast<qsizetype>(m_published - before);
    const auto settle = [&](quint64 tag, bool multiple) {
        if (tag <= before || tag > m_published)
            return;
        const auto index = static_cast<std::size_t>(tag - before - 1);
        for (std::size_t i = multiple ? static_cast<std::size_t>(confirmed) : index; i <= index; ++i)
            done[i] = true;
        while (!m_returned && confirmed < sent && done[static_cast<std::size_t>(confirmed)])
            ++confirmed;
    };
    while (sent - confirmed > allowed && !m_returned) {
        amqp_frame_t frame;
        TRY_ASSIGN(const bool any, m_link->frame(publishing, m_settings.connection.timeoutMs, frame));
        if (!any)
            return fail(m_link->placed(Error{ErrorCode::Timeout, {}, u"no confirmation"_s}));
        if (isMethod(frame, AMQP_BASIC_ACK_METHOD)) {
            const auto &ack = methodOf<amqp_basic_ack_t>(frame);
            settle(ack.delivery_tag, ack.multiple != 0);
        } else if (isMethod(frame, AMQP_BASIC_NACK_METHOD)
                   && methodOf<amqp_basic_nack_t>(frame).delivery_tag > before) {
            return fail(m_link->placed(Error{ErrorCode::DiskFull, {}, u"the broker did not take a message"_s}));
        } else if (isMethod(frame, AMQP_BASIC_RETURN_METHOD)) {
            const auto &returned = methodOf<amqp_basic_return_t>(frame);
            const std::string_view key = viewOf(returned.routing_key);
            m_returned = m_link->placed(Error{ErrorCode::NoSuchTable, {}, u"no queue takes messages of this route"_s});
            m_returned->with(Fact::Table, QString::fromUtf8(key.data(), static_cast<qsizetype>(key.size())));
            QueueBatch dropped;
            TRY(readContent(publishing, dropped));
        }
        m_link->release(publishing);
    }
    if (!m_returned)
        return {};
    return fail(*m_returned);
}

// ---- consuming
// -------------------------------------------------------------------------------------------------------

void AmqpQueue::copyInto(QueueBatch &batch, QueueMessage &message)
{
    for (std::string_view *text : {&message.id, &message.key, &message.route})
        *text = batch.keep(*text);
    if (message.value)
        message.value = batch.keep(*message.value);
}

void AmqpQueue::handOut(const QueueMessage &message, QueueBatch &batch)
{
    quint64 tag = 0;
    const std::string_view digits = message.id.substr(m_session.size());
    std::from_chars(digits.data(), digits.data() + digits.size(), tag);
    m_inHand.insert(tag);
    batch.messages.push_back(message);
}

// What was held back, or comes next, to be handed out or held back.
Result<bool> AmqpQueue::nextMessage(qint64 waitMs, QueueBatch &batch, QueueMessage &message)
{
    if (m_held) {
        message = *m_held;
        copyInto(batch, message);
        m_held.reset();
        return true;
    }
    for (;;) {
        TRY_ASSIGN(const bool any, readDelivery(m_consuming, waitMs, batch, message));
        if (!any)
            return false;
        if (m_isCautious && message.deliveries == 1 && m_inHand.empty()) {
            TRY(widen());
            continue;
        }
        const bool isToBlame = m_settings.oneConsumer && std::exchange(m_isFirst, false) && m_facts.deliveryLimit > 0
            && message.deliveries > m_facts.deliveryLimit;
        if (!isToBlame)
            return true;
        handOut(message, batch);
        TRY(quarantine(message, u"delivery-limit"_s, QString::number(message.deliveries - 1)));
        batch.clear();
    }
}

Result<void> AmqpQueue::receive(int limit, qint64 waitMs, QueueBatch &batch)
{
    batch.clear();
    while (batch.size() < limit) {
        QueueMessage message;
        TRY_ASSIGN(const bool any, nextMessage(batch.isEmpty() ? waitMs : 0, batch, message));
        if (!any)
            return {};
        const bool isAlone = message.deliveries > looks();
        if (isAlone && !m_inHand.empty()) {
            m_heldBytes.clear();
            copyInto(m_heldBytes, message);
            m_held = message;
            return {};
        }
        handOut(message, batch);
        if (isAlone)
            return {};
    }
    return {};
}

Result<bool> AmqpQueue::readDelivery(amqp_channel_t channel, qint64 waitMs, QueueBatch &batch, QueueMessage &message)
{
    for (;;) {
        amqp_frame_t frame;
        TRY_ASSIGN(const bool any, m_link->frame(channel, waitMs, frame));
        if (!any)
            return false;
        if (isMethod(frame, AMQP_BASIC_CANCEL_METHOD))
            return fail(Error{ErrorCode::NoSuchTable, {}, u"the queue was deleted, or moved"_s}.with(Fact::Table,
                                                                                                     m_settings.queue));
        if (!isMethod(frame, AMQP_BASIC_DELIVER_METHOD))
            continue;
        const auto &delivery = methodOf<amqp_basic_deliver_t>(frame);
        const std::string id = m_session + std::to_string(delivery.delivery_tag);
        const bool isAgain = delivery.redelivered != 0;
        message.id = batch.keep(id);
        message.route = batch.keep(viewOf(delivery.routing_key));
        TRY_ASSIGN(const Content content, readContent(channel, batch));
        message.key = content.key;
        if (!content.isTombstone)
            message.value = content.body;
        message.deliveries = content.returns >= 0 ? content.returns + 1 : isAgain ? 2 : 1;
        m_link->release(channel);
        return true;
    }
}

Result<AmqpQueue::Content> AmqpQueue::readContent(amqp_channel_t channel, QueueBatch &batch)
{
    const auto next = [&](quint8 type, amqp_frame_t &frame) -> Result<void> {
        TRY_ASSIGN(const bool any, m_link->frame(channel, m_settings.connection.timeoutMs, frame));
        if (!any)
            return fail(m_link->placed(Error{ErrorCode::Timeout, {}, {}}));
        return frame.frame_type == type ? Result<void>{}
                                        : Result<void>(fail(m_link->placed(Error{ErrorCode::ProtocolUnknown, {}, {}})));
    };
    Content content;
    amqp_frame_t frame;
    TRY(next(AMQP_FRAME_HEADER, frame));
    const quint64 size = frame.payload.properties.body_size;
    if (size > maxBody)
        return fail(m_link->placed(Error{ErrorCode::ProtocolUnknown, {}, u"a message of more than 512 MiB"_s}));
    readHeaders(*static_cast<const amqp_basic_properties_t *>(frame.payload.properties.decoded), batch, content);
    char *body = size > 0 ? batch.allocate(size) : nullptr;
    quint64 have = 0;
    while (have < size) {
        TRY(next(AMQP_FRAME_BODY, frame));
        const std::string_view piece = viewOf(frame.payload.body_fragment);
        if (piece.size() > size - have)
            return fail(m_link->placed(Error{ErrorCode::ProtocolUnknown, {}, {}}));
        std::copy(piece.begin(), piece.end(), body + have);
        have += piece.size();
    }
    content.body = {body, size};
    content.isTombstone = content.isTombstone || size == 0;
    return content;
}

void AmqpQueue::readHeaders(const amqp_basic_properties_t &properties, QueueBatch &batch, Content &content)
{
    if ((properties._flags & AMQP_BASIC_MESSAGE_ID_FLAG) != 0)
        content.messageId = batch.keep(viewOf(properties.message_id));
    if ((properties._flags & AMQP_BASIC_HEADERS_FLAG) == 0)
        return;
    for (int i = 0; i < properties.headers.num_entries; ++i) {
        const amqp_table_entry_t &entry = properties.headers.entries[i];
        const std::string_view name = viewOf(entry.key);
        const amqp_field_value_t &value = entry.value;
        const bool isText = value.kind == AMQP_FIELD_KIND_UTF8 || value.kind == AMQP_FIELD_KIND_BYTES;
        if (name == "x-delivery-count")
            content.returns = value.kind == AMQP_FIELD_KIND_I64 ? static_cast<int>(value.value.i64)
                : value.kind == AMQP_FIELD_KIND_I32             ? value.value.i32
                : value.kind == AMQP_FIELD_KIND_I16             ? value.value.i16
                : value.kind == AMQP_FIELD_KIND_I8              ? value.value.i8
                : value.kind == AMQP_FIELD_KIND_U8              ? value.value.u8
                                                                : -1;
        else if (isText && name == "key")
            content.key = batch.keep(viewOf(value.value.bytes));
        else if (isText && name == "reason")
            content.reason = batch.keep(viewOf(value.value.bytes));
        else if (isText && name == "detail")
            content.detail = batch.keep(viewOf(value.value.bytes));
        else if (isText && name == "tombstone")
            content.isTombstone = true;
    }
    readDeath(properties.headers, content);
}

Result<void> AmqpQueue::acknowledge(std::span<const std::string_view> ids)
{
    std::vector<quint64> tags;
    for (const std::string_view id : ids) {
        quint64 tag = 0;
        if (!id.starts_with(m_session)) // of an earlier connection: it comes again
            continue;
        std::from_chars(id.data() + m_session.size(), id.data() + id.size(), tag);
        if (m_inHand.erase(tag) > 0)
            tags.push_back(tag);
    }
    std::sort(tags.begin(), tags.end());
    // All below the first that is still in hand, and below the one that is held back, at once.
    quint64 bound = m_inHand.empty() ? ~quint64(0) : *m_inHand.begin();
    if (m_held) {
        quint64 tag = 0;
        std::from_chars(m_held->id.data() + m_session.size(), m_held->id.data() + m_held->id.size(), tag);
        bound = std::min(bound, tag);
    }
    const auto alone = std::lower_bound(tags.begin(), tags.end(), bound);
    if (alone != tags.begin())
        TRY(m_link->sent(amqp_basic_ack(m_link->handle(), m_consuming, *(alone - 1), 1)));
    for (auto tag = alone; tag != tags.end(); ++tag)
        TRY(m_link->sent(amqp_basic_ack(m_link->handle(), m_consuming, *tag, 0)));
    return {};
}

} // namespace tidemark::amqp
