// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/queue/redis/redisqueue.h"

#include <algorithm>
#include <charconv>
#include <limits>

using namespace Qt::StringLiterals;

namespace tidemark::redis {

namespace {

constexpr std::size_t placeDigits = 20;
constexpr qsizetype pipelined = 1000;
constexpr std::size_t pipelinedBytes = std::size_t(4) << 20;
constexpr int leastVersion = 602;

std::string padded(quint64 number)
{
    const std::string digits = std::to_string(number);
    return std::string(placeDigits - digits.size(), '0') + digits;
}

// A line "name:value" of INFO.
QString lineOf(const QString &info, QLatin1StringView name)
{
    for (const QString &line : info.split(u'\n')) {
        if (line.startsWith(name + u':'))
            return line.mid(name.size() + 1).trimmed();
    }
    return {};
}

int versionNumber(const QString &version)
{
    const QStringList parts = version.split(u'.');
    return parts.size() < 2 ? 0 : parts[0].toInt() * 100 + parts[1].toInt();
}

} // namespace

std::string EntryId::text() const { return std::to_string(ms) + '-' + std::to_string(sequence); }

std::string EntryId::place() const { return padded(ms) + '-' + padded(sequence); }

EntryId EntryId::next() const
{
    return sequence < std::numeric_limits<quint64>::max() ? EntryId{ms, sequence + 1} : EntryId{ms + 1, 0};
}

std::optional<EntryId> EntryId::fromText(std::string_view text)
{
    EntryId id;
    const char *end = text.data() + text.size();
    const auto first = std::from_chars(text.data(), end, id.ms);
    if (first.ec != std::errc() || first.ptr == end || *first.ptr != '-')
        return std::nullopt;
    const auto second = std::from_chars(first.ptr + 1, end, id.sequence);
    return second.ec == std::errc() && second.ptr == end ? std::optional(id) : std::nullopt;
}

RedisQueue::RedisQueue(const BrokerSettings &settings, std::unique_ptr<RedisLink> link)
    : m_settings(settings), m_link(std::move(link)), m_group(settings.group.toStdString()),
      m_consumer(settings.consumer.toStdString())
{
    const std::string stream = settings.stream.toStdString();
    m_streams[0].name = stream;
    m_streams[1].name = stream + ":" + m_group + ":replay";
    m_quarantine = stream + ":" + m_group + ":quarantine";
}

Result<std::unique_ptr<Queue>> RedisQueue::open(const BrokerSettings &settings, const Secret &secret,
                                                const QueueOptions &options)
{
    TRY_ASSIGN(std::unique_ptr<RedisLink> link, RedisLink::open(settings.connection, secret, options));
    std::unique_ptr<RedisQueue> queue(new RedisQueue(settings, std::move(link)));
    TRY(queue->learnFacts());
    if (options.consumes) {
        TRY(queue->makeGroups(options.mayCreate));
        for (Stream &stream : queue->m_streams)
            TRY(queue->findLeft(stream, {},
                                {std::numeric_limits<quint64>::max(), std::numeric_limits<quint64>::max()}));
    }
    if (options.reached)
        options.reached(TestStep::Rights);
    return queue;
}

Result<void> RedisQueue::learnFacts()
{
    m_facts.product = u"Redis"_s;
    m_facts.tls = m_link->tlsProtocol();
    m_facts.hasPlaces = true;
    m_facts.deliveryLimit = m_settings.deliveryLimit;
    if (!m_facts.tls.isEmpty() && !broker::isVerified(m_settings.connection))
        m_facts.remarks.append(u"tls-not-verified"_s);
    const auto info = m_link->ask({"INFO"});
    if (!info) {
        if (info.error().code != ErrorCode::NoRights)
            return fail(info.error());
        m_facts.remarks.append(u"facts-hidden"_s);
        return {};
    }
    const QString text = QString::fromUtf8((*info)->text.data(), static_cast<qsizetype>((*info)->text.size()));
    m_link->clear();
    m_facts.version = lineOf(text, "redis_version"_L1);
    if (versionNumber(m_facts.version) < leastVersion)
        return fail(Error{ErrorCode::ServerTooOld, {}, {}}
                        .with(Fact::Found, u"Redis "_s + m_facts.version)
                        .with(Fact::Expected, u"6.2"_s));
    if (lineOf(text, "aof_enabled"_L1) == "0"_L1)
        m_facts.remarks.append(u"not-durable"_s);
    if (lineOf(text, "maxmemory"_L1) != "0"_L1 && lineOf(text, "maxmemory_policy"_L1).startsWith("allkeys"_L1))
        m_facts.remarks.append(u"evicts"_s);
    if (lineOf(text, "role"_L1) == "slave"_L1)
        m_facts.remarks.append(u"replica"_s);
    return {};
}

// A new group begins with the first entry that is there: nothing is passed over.
Result<void> RedisQueue::makeGroups(bool mayCreate)
{
    if (m_group.empty() || m_consumer.empty() || m_streams[0].name.empty())
        return fail(Error{ErrorCode::MissingKey, {}, {}}.with(Fact::JsonPath,
                                                              m_streams[0].name.empty() ? u"stream"_s
                                                                  : m_group.empty()     ? u"group"_s
                                                                                        : u"consumer"_s));
    for (Stream &stream : m_streams) {
        if (!mayCreate) {
            TRY_ASSIGN(const std::vector<GroupState> known, groups(stream.name));
            const auto isOurs = [this](const GroupState &group) { return group.name == m_group; };
            if (std::none_of(known.begin(), known.end(), isOurs))
                return fail(Error{ErrorCode::NoSuchTable, {}, {}}.with(
                    Fact::Table, QString::fromStdString(stream.name + ":" + m_group)));
            continue;
        }
        const auto made = m_link->ask({"XGROUP", "CREATE", stream.name, m_group, "0", "MKSTREAM"});
        if (!made && !made.error().detail.startsWith("BUSYGROUP"_L1))
            return fail(Error(made.error()).with(Fact::Table, QString::fromStdString(stream.name)));
        m_link->clear();
    }
    return {};
}

Result<std::vector<RedisQueue::GroupState>> RedisQueue::groups(const std::string &stream)
{
    std::vector<GroupState> states;
    const auto asked = m_link->ask({"XINFO", "GROUPS", stream});
    if (!asked) {
        if (asked.error().detail.contains("no such key"_L1))
            return states;
        return fail(asked.error());
    }
    for (const RedisReply *group : (*asked)->elements) {
        GroupState state;
        state.name = group->member("name").text;
        state.pending = group->member("pending").integer;
        if (const RedisReply &lag = group->member("lag"); lag.type == REDIS_REPLY_INTEGER)
            state.lag = lag.integer;
        state.lastDelivered = EntryId::fromText(group->member("last-delivered-id").text).value_or(EntryId());
        states.push_back(std::move(state));
    }
    m_link->clear();
    return states;
}

Result<std::optional<EntryId>> RedisQueue::leastPending(const std::string &stream, const std::string &group)
{
    TRY_ASSIGN(const RedisReply *summary, m_link->ask({"XPENDING", stream, group}));
    const auto least = EntryId::fromText(summary->at(1).text);
    m_link->clear();
    return least;
}

Result<QueueCounts> RedisQueue::counts()
{
    QueueCounts counts;
    TRY_ASSIGN(const std::vector<GroupState> known, groups(m_streams[0].name));
    for (const GroupState &group : known) {
        if (group.name != m_group)
            continue;
        counts.waiting = group.lag;
        counts.unacknowledged = group.pending;
    }
    TRY_ASSIGN(const RedisReply *length, m_link->ask({"XLEN", m_quarantine}));
    counts.quarantined = length->integer;
    m_link->clear();
    return counts;
}

Result<void> RedisQueue::publish(std::span<const OutgoingMessage> messages, qsizetype &confirmed)
{
    confirmed = 0;
    const std::string &stream = m_streams[0].name;
    const auto total = static_cast<qsizetype>(messages.size());
    while (confirmed < total) {
        std::size_t bytes = 0;
        qsizetype count = 0;
        for (; confirmed + count < total && count < pipelined && bytes < pipelinedBytes; ++count) {
            const OutgoingMessage &message = messages[static_cast<std::size_t>(confirmed + count)];
            m_link->begin(message.value ? 9 : 7);
            for (const std::string_view word : {std::string_view("XADD"), std::string_view(stream),
                                                std::string_view("*"), std::string_view("key"), message.key})
                m_link->word(word);
            if (message.value) {
                m_link->word("value");
                m_link->word(*message.value);
            }
            m_link->word("id");
            m_link->word(message.id);
            bytes += message.key.size() + message.value.value_or("").size();
        }
        TRY(m_link->send());
        std::optional<Error> refused;
        for (qsizetype i = 0; i < count; ++i) {
            TRY_ASSIGN(const RedisReply *answer, m_link->answer());
            if (answer->type == REDIS_REPLY_ERROR && !refused)
                refused = m_link->failure(*answer);
            else if (!refused)
                ++confirmed;
        }
        m_link->clear();
        if (refused)
            return fail(refused->with(Fact::Table, m_settings.stream));
    }
    return {};
}

Result<void> RedisQueue::acknowledge(std::span<const std::string_view> ids) { return tellAll(ids, "XACK", {}, {}); }

// Still this consumer's, and counted as never delivered.
Result<void> RedisQueue::letGo(std::span<const std::string_view> ids)
{
    const std::string_view before[]{m_consumer, "0"};
    const std::string_view after[]{"RETRYCOUNT", "0", "JUSTID"};
    return tellAll(ids, "XCLAIM", before, after);
}

Result<void> RedisQueue::tellAll(IdWords ids, std::string_view command, IdWords before, IdWords after)
{
    std::size_t commands = 0;
    std::vector<std::string_view> own;
    for (std::size_t index = 0; index < m_streams.size(); ++index) {
        Stream &stream = m_streams[index];
        own.clear();
        for (const std::string_view id : ids) {
            if (id.size() < 2 || id[0] != static_cast<char>('0' + index) || id[1] != ':')
                continue;
            own.push_back(id.substr(2));
            if (const auto parsed = EntryId::fromText(own.back()))
                stream.inHand.erase(*parsed);
        }
        for (std::size_t from = 0; from < own.size(); from += pipelined) {
            const std::size_t count = std::min<std::size_t>(pipelined, own.size() - from);
            m_link->begin(3 + before.size() + count + after.size());
            for (const std::string_view word : {command, std::string_view(stream.name), std::string_view(m_group)})
                m_link->word(word);
            for (const IdWords words : {before, IdWords(own).subspan(from, count), after}) {
                for (const std::string_view word : words)
                    m_link->word(word);
            }
            ++commands;
        }
    }
    TRY(m_link->send());
    std::optional<Error> refused;
    for (; commands > 0; --commands) {
        TRY_ASSIGN(const RedisReply *answer, m_link->answer());
        if (answer->type == REDIS_REPLY_ERROR && !refused)
            refused = m_link->failure(*answer);
    }
    m_link->clear();
    return refused ? Result<void>(fail(*refused)) : Result<void>{};
}

Result<QByteArray> RedisQueue::oldestUnacknowledged()
{
    // Groups first: what is read in between has a greater place than the group's state of then.
    TRY_ASSIGN(const std::vector<GroupState> known, groups(m_streams[0].name));
    TRY_ASSIGN(const std::optional<EntryId> pending, leastPending(m_streams[0].name, m_group));
    for (const GroupState &group : known) {
        if (group.name == m_group)
            return QByteArray::fromStdString(
                std::min(pending.value_or(group.lastDelivered.next()), group.lastDelivered.next()).place());
    }
    return QByteArray();
}

// Never what somebody has not read: below the least entry that any group has pending or not delivered yet. Both only
// grow, so that the figures may be old by the time of the trimming. A stream without groups is left alone.
Result<qint64> RedisQueue::trim()
{
    TRY_ASSIGN(const std::vector<GroupState> known, groups(m_streams[0].name));
    if (known.empty())
        return qint64(0);
    std::optional<EntryId> least;
    for (const GroupState &group : known) {
        TRY_ASSIGN(const std::optional<EntryId> pending, leastPending(m_streams[0].name, group.name));
        const EntryId unread = group.lastDelivered.next();
        const EntryId needed = pending ? std::min(*pending, unread) : unread;
        least = least ? std::min(*least, needed) : needed;
    }
    TRY_ASSIGN(const RedisReply *trimmed, m_link->ask({"XTRIM", m_streams[0].name, "MINID", "=", least->text()}));
    const qint64 count = trimmed->integer;
    m_link->clear();
    return count;
}

} // namespace tidemark::redis
