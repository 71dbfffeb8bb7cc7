// SPDX-License-Identifier: GPL-3.0-or-later
// Exchanges and queues: what is made, and what is accepted as others made it.
#include <algorithm>
#include <array>
#include <atomic>
#include <limits>

#include "core/endpoint/queue/amqp/amqpqueue.h"

using namespace Qt::StringLiterals;

namespace tidemark::amqp {

namespace {

constexpr amqp_channel_t publishing = 1;
constexpr amqp_channel_t firstQuestion = 2;
constexpr amqp_channel_t lastQuestion = 1000;

amqp_table_entry_t textEntry(const char *name, std::string_view text)
{
    amqp_table_entry_t entry{amqp_cstring_bytes(name), {}};
    entry.value.kind = AMQP_FIELD_KIND_UTF8;
    entry.value.value.bytes = bytesOf(text);
    return entry;
}

amqp_table_entry_t numberEntry(const char *name, int number)
{
    amqp_table_entry_t entry{amqp_cstring_bytes(name), {}};
    entry.value.kind = AMQP_FIELD_KIND_I32;
    entry.value.value.i32 = number;
    return entry;
}

amqp_table_entry_t flagEntry(const char *name, bool on)
{
    amqp_table_entry_t entry{amqp_cstring_bytes(name), {}};
    entry.value.kind = AMQP_FIELD_KIND_BOOLEAN;
    entry.value.value.boolean = on ? 1 : 0;
    return entry;
}

// It is there, and otherwise than it would have been made.
bool isOfOthers(const Error &error) { return error.detail.contains("PRECONDITION_FAILED"_L1); }

Error named(Error error, const std::string &name) { return error.with(Fact::Table, QString::fromStdString(name)); }

} // namespace

AmqpQueue::AmqpQueue(const BrokerSettings &settings, std::unique_ptr<AmqpLink> link)
    : m_settings(settings), m_link(std::move(link)), m_exchange(settings.exchange.toStdString()),
      m_queue(settings.queue.toStdString()), m_quarantine(m_queue + ".quarantine"), m_channel(firstQuestion - 1)
{
    static std::atomic<quint64> sessions = 0;
    m_session = std::to_string(++sessions) + ":";
}

Result<std::unique_ptr<Queue>> AmqpQueue::open(const BrokerSettings &settings, const Secret &secret,
                                               const QueueOptions &options)
{
    if (settings.queue.isEmpty() && (options.consumes || settings.exchange.isEmpty()))
        return fail(Error{ErrorCode::MissingKey, {}, {}}.with(Fact::JsonPath, u"queue"_s));
    TRY_ASSIGN(std::unique_ptr<AmqpLink> link, AmqpLink::open(settings.connection, secret, options));
    std::unique_ptr<AmqpQueue> queue(new AmqpQueue(settings, std::move(link)));
    QueueFacts &facts = queue->m_facts;
    facts.product = queue->m_link->serverProperty("product");
    facts.version = queue->m_link->serverProperty("version");
    facts.tls = queue->m_link->tlsProtocol();
    facts.deliveryLimit = settings.deliveryLimit;
    if (!facts.tls.isEmpty() && !broker::isVerified(settings.connection))
        facts.remarks.append(u"tls-not-verified"_s);
    TRY(queue->declare(options));
    if (options.reached)
        options.reached(TestStep::Rights);
    return queue;
}

Result<void> AmqpQueue::freshChannel()
{
    if (m_channel >= lastQuestion)
        return fail(ErrorCode::ConnectionLost, u"the channels are used up"_s);
    return m_link->openChannel(++m_channel);
}

Result<void> AmqpQueue::declare(const QueueOptions &options)
{
    TRY(freshChannel());
    if (!m_exchange.empty())
        TRY(declareExchange(options.mayCreate));
    if (!m_queue.empty())
        TRY(declareQueue(options.mayCreate));
    TRY(m_link->openChannel(publishing));
    amqp_confirm_select(m_link->handle(), publishing);
    TRY(m_link->replied());
    return options.consumes ? consume(!m_settings.oneConsumer) : Result<void>{};
}

Result<void> AmqpQueue::declareExchange(bool mayCreate)
{
    if (mayCreate) {
        amqp_exchange_declare(m_link->handle(), m_channel, bytesOf(m_exchange), amqp_cstring_bytes("topic"), 0, 1, 0, 0,
                              amqp_empty_table);
        const auto declared = m_link->replied();
        if (declared)
            return {};
        if (!isOfOthers(declared.error()))
            return fail(named(declared.error(), m_exchange));
        m_facts.remarks.append(u"exchange-of-others"_s);
        TRY(freshChannel());
    }
    amqp_exchange_declare(m_link->handle(), m_channel, bytesOf(m_exchange), amqp_cstring_bytes("topic"), 1, 1, 0, 0,
                          amqp_empty_table);
    if (const auto found = m_link->replied(); !found)
        return fail(named(found.error(), m_exchange));
    return {};
}

// at-least-once, so that a dead letter is removed only when quarantine has it; that needs reject-publish.
Result<void> AmqpQueue::declareQueue(bool mayCreate)
{
    if (mayCreate) {
        TRY(declareQuarantine());
        const std::string dead = m_queue + ".dead";
        const int limit = m_settings.oneConsumer ? std::numeric_limits<int>::max() : m_settings.deliveryLimit;
        std::array<amqp_table_entry_t, 6> entries{
            textEntry("x-queue-type", "quorum"),       numberEntry("x-delivery-limit", limit),
            textEntry("x-dead-letter-exchange", dead), textEntry("x-dead-letter-strategy", "at-least-once"),
            textEntry("x-overflow", "reject-publish"), flagEntry("x-single-active-consumer", m_settings.oneConsumer)};
        const amqp_table_t arguments{static_cast<int>(entries.size()), entries.data()};
        amqp_queue_declare(m_link->handle(), m_channel, bytesOf(m_queue), 0, 1, 0, 0, arguments);
        const auto declared = m_link->replied();
        if (!declared && !isOfOthers(declared.error()))
            return fail(named(declared.error(), m_queue));
        if (!declared) {
            m_facts.remarks.append(u"queue-of-others"_s);
            m_facts.deliveryLimit = 0;
            TRY(freshChannel());
        }
        if (!m_exchange.empty()) {
            amqp_queue_bind(m_link->handle(), m_channel, bytesOf(m_queue), bytesOf(m_exchange), amqp_cstring_bytes("#"),
                            amqp_empty_table);
            if (const auto bound = m_link->replied(); !bound)
                return fail(named(bound.error(), m_queue));
        }
        return {};
    }
    if (const auto found = messagesIn(m_queue); !found)
        return fail(named(found.error(), m_queue));
    return {};
}

// A classic queue: looking into it counts nothing.
Result<void> AmqpQueue::declareQuarantine()
{
    const std::string dead = m_queue + ".dead";
    amqp_exchange_declare(m_link->handle(), m_channel, bytesOf(dead), amqp_cstring_bytes("fanout"), 0, 1, 0, 0,
                          amqp_empty_table);
    if (const auto made = m_link->replied(); !made)
        return fail(named(made.error(), dead));
    amqp_queue_declare(m_link->handle(), m_channel, bytesOf(m_quarantine), 0, 1, 0, 0, amqp_empty_table);
    if (const auto made = m_link->replied(); !made)
        return fail(named(made.error(), m_quarantine));
    amqp_queue_bind(m_link->handle(), m_channel, bytesOf(m_quarantine), bytesOf(dead), amqp_cstring_bytes(""),
                    amqp_empty_table);
    if (const auto bound = m_link->replied(); !bound)
        return fail(named(bound.error(), m_quarantine));
    return {};
}

Result<void> AmqpQueue::consume(bool cautiously)
{
    TRY(freshChannel());
    m_consuming = m_channel;
    m_isCautious = cautiously;
    const int ahead = cautiously ? 1 : std::clamp(m_settings.prefetch, 1, 65'535);
    amqp_basic_qos(m_link->handle(), m_consuming, 0, static_cast<uint16_t>(ahead), 0);
    TRY(m_link->replied());
    amqp_basic_consume(m_link->handle(), m_consuming, bytesOf(m_queue), amqp_empty_bytes, 0, 0, 0, amqp_empty_table);
    if (const auto begun = m_link->replied(); !begun)
        return fail(named(begun.error(), m_queue));
    return freshChannel();
}

// A channel of its own: acknowledging after basic.cancel ends a quorum queue's channel with an internal error (3.10).
Result<void> AmqpQueue::widen()
{
    TRY(m_link->replied(amqp_channel_close(m_link->handle(), m_consuming, AMQP_REPLY_SUCCESS)));
    return consume(false);
}

Result<qint64> AmqpQueue::messagesIn(const std::string &queue)
{
    const amqp_queue_declare_ok_t *found =
        amqp_queue_declare(m_link->handle(), m_channel, bytesOf(queue), 1, 1, 0, 0, amqp_empty_table);
    if (auto answered = m_link->replied(); !answered) {
        Error error = std::move(answered).error();
        TRY(freshChannel());
        return fail(error);
    }
    return qint64(found->message_count);
}

Result<QueueCounts> AmqpQueue::counts()
{
    QueueCounts counts;
    if (m_queue.empty())
        return counts;
    TRY_ASSIGN(counts.waiting, messagesIn(m_queue));
    if (const auto aside = messagesIn(m_quarantine))
        counts.quarantined = *aside;
    return counts;
}

} // namespace tidemark::amqp
