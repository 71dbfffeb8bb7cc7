// SPDX-License-Identifier: GPL-3.0-or-later
// How messages are handed out: what was left behind first, then what is new.
#include <algorithm>
#include <chrono>

#include "core/endpoint/queue/redis/redisqueue.h"

using namespace Qt::StringLiterals;

namespace tidemark::redis {

namespace {

constexpr std::string_view claimedAtOnce = "1000";
constexpr int suspicious = 2; // so many deliveries without an acknowledgement: from now on alone

qint64 nowMs()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

} // namespace

Result<void> RedisQueue::receive(int limit, qint64 waitMs, QueueBatch &batch)
{
    batch.clear();
    const auto anyLeft = [this] { return !m_streams[0].left.empty() || !m_streams[1].left.empty(); };
    if (!anyLeft() && nowMs() >= m_nextTakeOverMs)
        TRY(takeOver());
    for (std::size_t i = 0; i < m_streams.size(); ++i) {
        while (!m_streams[i].left.empty()) {
            TRY(deliverLeft(i, limit, batch));
            if (!batch.isEmpty())
                return {};
        }
    }
    return readNew(limit, std::min(waitMs, std::max<qint64>(0, m_nextTakeOverMs - nowMs())), batch);
}

Result<void> RedisQueue::takeOver()
{
    const std::string idle = std::to_string(m_settings.idleMs);
    m_nextTakeOverMs = nowMs() + std::max<qint64>(m_settings.idleMs / 2, 100);
    for (Stream &stream : m_streams) {
        std::string cursor = "0-0";
        do {
            TRY_ASSIGN(const RedisReply *claimed,
                       m_link->ask({"XAUTOCLAIM", stream.name, m_group, m_consumer, idle, cursor, "COUNT",
                                    claimedAtOnce, "JUSTID"}));
            cursor = claimed->at(0).text;
            const RedisReply &ids = claimed->at(1);
            std::optional<EntryId> first, last;
            for (const RedisReply *id : ids.elements) {
                const auto parsed = EntryId::fromText(id->text);
                if (!parsed || stream.inHand.contains(*parsed))
                    continue;
                first = first ? std::min(*first, *parsed) : *parsed;
                last = last ? std::max(*last, *parsed) : *parsed;
            }
            m_link->clear();
            if (first)
                TRY(findLeft(stream, *first, *last));
        } while (cursor != "0-0" && !cursor.empty());
    }
    return {};
}

// What this consumer owns of that span, with how often each was delivered; not what the caller has in hand.
Result<void> RedisQueue::findLeft(Stream &stream, const EntryId &first, const EntryId &last)
{
    EntryId from = first;
    while (from <= last) {
        TRY_ASSIGN(
            const RedisReply *pending,
            m_link->ask({"XPENDING", stream.name, m_group, from.text(), last.text(), claimedAtOnce, m_consumer}));
        const std::size_t count = pending->elements.size();
        for (const RedisReply *entry : pending->elements) {
            const auto id = EntryId::fromText(entry->at(0).text);
            if (!id)
                continue;
            from = id->next();
            const auto isKnown = [&id](const Left &left) { return left.id == *id; };
            if (!stream.inHand.contains(*id) && std::none_of(stream.left.begin(), stream.left.end(), isKnown))
                stream.left.push_back({*id, static_cast<int>(entry->at(3).integer)});
        }
        m_link->clear();
        if (count < 1000)
            break;
    }
    return {};
}

Result<void> RedisQueue::deliverLeft(std::size_t index, int limit, QueueBatch &batch)
{
    Stream &stream = m_streams[index];
    const Left head = stream.left.front();
    if (m_settings.deliveryLimit > 0 && head.deliveries >= m_settings.deliveryLimit) {
        stream.left.pop_front();
        return quarantineLeft(index, head);
    }
    std::vector<std::string> ids{head.id.text()};
    std::size_t count = 1;
    while (head.deliveries < suspicious && count < stream.left.size() && count < static_cast<std::size_t>(limit)
           && stream.left[count].deliveries == head.deliveries)
        ids.push_back(stream.left[count++].id.text());
    m_link->begin(5 + ids.size());
    for (const std::string_view word : {std::string_view("XCLAIM"), std::string_view(stream.name),
                                        std::string_view(m_group), std::string_view(m_consumer), std::string_view("0")})
        m_link->word(word);
    for (const std::string &id : ids)
        m_link->word(id);
    TRY(m_link->send());
    m_link->setArena(&batch);
    const auto claimed = m_link->answer();
    m_link->setArena(nullptr);
    if (!claimed)
        return fail(claimed.error());
    if ((*claimed)->type == REDIS_REPLY_ERROR)
        return fail(m_link->failure(**claimed));
    stream.left.erase(stream.left.begin(), stream.left.begin() + static_cast<std::ptrdiff_t>(count));
    addEntries(index, **claimed, head.deliveries + 1, batch);
    if (batch.messages.size() == count)
        return {};
    // The others were deleted from the stream: nobody can ever read them, and they must not stay pending.
    std::vector<std::string> gone;
    for (const std::string &id : ids) {
        const auto is = [&id](const QueueMessage &message) { return message.id.substr(2) == id; };
        if (std::none_of(batch.messages.begin(), batch.messages.end(), is))
            gone.push_back(std::to_string(index) + ":" + id);
    }
    const std::vector<std::string_view> views(gone.begin(), gone.end());
    return acknowledge(views);
}

Result<void> RedisQueue::quarantineLeft(std::size_t index, const Left &left)
{
    QueueBatch batch;
    const std::string id = left.id.text();
    m_link->setArena(&batch);
    const auto found = m_link->ask({"XRANGE", m_streams[index].name, id, id});
    m_link->setArena(nullptr);
    if (!found)
        return fail(found.error());
    if (!(*found)->isArray(1))
        return acknowledge(std::array<std::string_view, 1>{batch.keep(std::to_string(index) + ":" + id)});
    return move(index, id, messageOf(index, (*found)->at(0), batch), u"delivery-limit"_s,
                QString::number(left.deliveries));
}

Result<void> RedisQueue::readNew(int limit, qint64 waitMs, QueueBatch &batch)
{
    const std::string count = std::to_string(limit);
    const std::string block = std::to_string(waitMs);
    m_link->begin(waitMs > 0 ? 13 : 11);
    for (const std::string_view word :
         {std::string_view("XREADGROUP"), std::string_view("GROUP"), std::string_view(m_group),
          std::string_view(m_consumer), std::string_view("COUNT"), std::string_view(count)})
        m_link->word(word);
    if (waitMs > 0) {
        m_link->word("BLOCK");
        m_link->word(block);
    }
    for (const std::string_view word :
         {std::string_view("STREAMS"), std::string_view(m_streams[0].name), std::string_view(m_streams[1].name),
          std::string_view(">"), std::string_view(">")})
        m_link->word(word);
    TRY(m_link->send());
    m_link->setArena(&batch);
    const auto read = m_link->answer(waitMs);
    m_link->setArena(nullptr);
    if (!read)
        return fail(read.error());
    if ((*read)->type == REDIS_REPLY_ERROR)
        return fail(m_link->failure(**read).with(Fact::Table, m_settings.stream));
    for (const RedisReply *stream : (*read)->elements)
        addEntries(stream->at(0).text == m_streams[0].name ? 0 : 1, stream->at(1), 1, batch);
    return {};
}

void RedisQueue::addEntries(std::size_t index, const RedisReply &entries, int deliveries, QueueBatch &batch)
{
    for (const RedisReply *entry : entries.elements) {
        if (!entry->isArray(2))
            continue; // deleted
        QueueMessage message = messageOf(index, *entry, batch);
        message.deliveries = deliveries;
        if (message.route.empty())
            message.route = batch.keep(m_streams[0].name);
        if (const auto id = EntryId::fromText(entry->at(0).text))
            m_streams[index].inHand.insert(*id);
        batch.messages.push_back(message);
    }
}

QueueMessage RedisQueue::messageOf(std::size_t index, const RedisReply &entry, QueueBatch &batch)
{
    QueueMessage message;
    const std::string_view id = entry.at(0).text;
    char *place = batch.allocate(id.size() + 2);
    place[0] = static_cast<char>('0' + index);
    place[1] = ':';
    std::copy(id.begin(), id.end(), place + 2);
    message.id = {place, id.size() + 2};
    const RedisReply &fields = entry.at(1);
    bool isNamed = false;
    for (std::size_t i = 0; i + 1 < fields.elements.size(); i += 2) {
        const std::string_view name = fields.elements[i]->text;
        const std::string_view text = fields.elements[i + 1]->text;
        if (name == "key")
            message.key = text;
        else if (name == "value")
            message.value = text;
        else if (name == "place")
            message.place = text;
        isNamed = isNamed || name == "key" || name == "value";
    }
    if (!isNamed && fields.elements.size() == 2) {
        message.key = fields.elements[0]->text;
        message.value = fields.elements[1]->text;
    }
    if (message.value == "default") // Debezium's word for nothing
        message.value.reset();
    if (const auto parsed = EntryId::fromText(id); parsed && message.place.empty())
        message.place = batch.keep(parsed->place());
    return message;
}

Result<void> RedisQueue::peek(int limit, QueueBatch &batch)
{
    batch.clear();
    TRY_ASSIGN(const std::vector<GroupState> known, groups(m_streams[0].name));
    std::string from = "-";
    for (const GroupState &group : known) {
        if (group.name == m_group)
            from = "(" + group.lastDelivered.text();
    }
    m_link->setArena(&batch);
    const auto found = m_link->ask({"XRANGE", m_streams[0].name, from, "+", "COUNT", std::to_string(limit)});
    m_link->setArena(nullptr);
    if (!found)
        return fail(found.error());
    for (const RedisReply *entry : (*found)->elements) {
        batch.messages.push_back(messageOf(0, *entry, batch));
        batch.messages.back().route = batch.keep(m_streams[0].name);
    }
    return {};
}

} // namespace tidemark::redis
