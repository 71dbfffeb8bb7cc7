// SPDX-License-Identifier: GPL-3.0-or-later
// What cannot be applied: moved aside with its reason, looked at, edited, sent back.
#include <charconv>

#include "core/endpoint/queue/redis/redisqueue.h"

using namespace Qt::StringLiterals;

namespace tidemark::redis {

namespace {

QByteArray bytesOf(std::string_view text) { return {text.data(), static_cast<qsizetype>(text.size())}; }

std::string_view viewOf(const QByteArray &bytes) { return {bytes.constData(), static_cast<std::size_t>(bytes.size())}; }

} // namespace

// The answers of MULTI, so many commands, and EXEC.
Result<void> RedisQueue::transaction(std::size_t commands, const RedisReply *&results)
{
    m_link->command({"EXEC"});
    TRY(m_link->send());
    std::optional<Error> refused;
    for (std::size_t i = 0; i < commands + 1; ++i) {
        TRY_ASSIGN(const RedisReply *queued, m_link->answer());
        if (queued->type == REDIS_REPLY_ERROR && !refused)
            refused = m_link->failure(*queued);
    }
    TRY_ASSIGN(results, m_link->answer());
    for (const RedisReply *result : results->elements) {
        if (result->type == REDIS_REPLY_ERROR && !refused)
            refused = m_link->failure(*result);
    }
    if (results->type == REDIS_REPLY_ERROR && !refused)
        refused = m_link->failure(*results);
    return refused ? Result<void>(fail(*refused)) : Result<void>{};
}

// Both or neither: it is in quarantine exactly when it is no longer pending.
Result<void> RedisQueue::move(std::size_t index, const std::string &id, const QueueMessage &message,
                              const QString &reason, const QString &detail)
{
    const std::string why = reason.toStdString();
    const std::string words = detail.toStdString();
    m_link->command({"MULTI"});
    m_link->begin(message.value ? 13 : 11);
    for (const std::string_view word :
         {std::string_view("XADD"), std::string_view(m_quarantine), std::string_view("*"), std::string_view("key"),
          message.key, std::string_view("reason"), std::string_view(why), std::string_view("detail"),
          std::string_view(words), std::string_view("place"), message.place})
        m_link->word(word);
    if (message.value) {
        m_link->word("value");
        m_link->word(*message.value);
    }
    m_link->command({"XACK", m_streams[index].name, m_group, id});
    const RedisReply *results = nullptr;
    TRY(transaction(2, results));
    m_link->clear();
    if (const auto parsed = EntryId::fromText(id))
        m_streams[index].inHand.erase(*parsed);
    return {};
}

Result<void> RedisQueue::quarantine(const QueueMessage &message, const QString &reason, const QString &detail)
{
    if (message.id.size() < 3 || (message.id[0] != '0' && message.id[0] != '1'))
        return fail(ErrorCode::Internal, u"a message of another queue"_s);
    return move(message.id[0] == '0' ? 0 : 1, std::string(message.id.substr(2)), message, reason, detail);
}

Result<std::vector<QuarantinedMessage>> RedisQueue::quarantined(int limit)
{
    std::vector<QuarantinedMessage> messages;
    TRY_ASSIGN(const RedisReply *found,
               m_link->ask({"XRANGE", m_quarantine, "-", "+", "COUNT", std::to_string(limit)}));
    for (const RedisReply *entry : found->elements) {
        const RedisReply &fields = entry->at(1);
        QuarantinedMessage message;
        message.id = bytesOf(entry->at(0).text);
        message.key = bytesOf(fields.member("key").text);
        if (const RedisReply &value = fields.member("value"); value.isText())
            message.value = bytesOf(value.text);
        message.reason = QString::fromUtf8(bytesOf(fields.member("reason").text));
        message.detail = QString::fromUtf8(bytesOf(fields.member("detail").text));
        if (const auto id = EntryId::fromText(entry->at(0).text))
            message.sinceMs = static_cast<qint64>(id->ms);
        messages.push_back(std::move(message));
    }
    m_link->clear();
    return messages;
}

// It keeps its place, so that a change that has been overtaken meanwhile is known as such.
Result<bool> RedisQueue::replay(const QByteArray &id, const std::optional<QByteArray> &edited)
{
    const std::string_view entry = viewOf(id);
    if (auto watched = m_link->ask({"WATCH", m_quarantine}); !watched)
        return fail(watched.error());
    TRY_ASSIGN(const RedisReply *found, m_link->ask({"XRANGE", m_quarantine, entry, entry}));
    if (!found->isArray(1)) {
        if (auto released = m_link->ask({"UNWATCH"}); !released)
            return fail(released.error());
        return false;
    }
    const RedisReply &fields = found->at(0).at(1);
    const RedisReply &value = fields.member("value");
    const bool hasValue = edited || value.isText();
    m_link->command({"MULTI"});
    m_link->begin(hasValue ? 9 : 7);
    for (const std::string_view word :
         {std::string_view("XADD"), std::string_view(m_streams[1].name), std::string_view("*"), std::string_view("key"),
          fields.member("key").text, std::string_view("place"), fields.member("place").text})
        m_link->word(word);
    if (hasValue) {
        m_link->word("value");
        m_link->word(edited ? viewOf(*edited) : value.text);
    }
    m_link->command({"XDEL", m_quarantine, entry});
    const RedisReply *results = nullptr;
    TRY(transaction(2, results));
    const bool done = results->type == REDIS_REPLY_ARRAY; // nil: somebody else was at it
    m_link->clear();
    return done;
}

Result<bool> RedisQueue::discard(const QByteArray &id)
{
    TRY_ASSIGN(const RedisReply *removed, m_link->ask({"XDEL", m_quarantine, viewOf(id)}));
    const bool done = removed->integer == 1;
    m_link->clear();
    return done;
}

} // namespace tidemark::redis
