// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/queue/redis/redisreply.h"

#include <new>

namespace tidemark::redis {

namespace {

constexpr int maxElements = 1 << 20;
constexpr std::size_t maxReplyBytes = std::size_t(512) << 20;

// Room for objects in an arena of bytes.
template <typename T> T *roomFor(QueueBatch &arena, std::size_t count)
{
    void *place = arena.allocate(count * sizeof(T) + alignof(T));
    std::size_t space = count * sizeof(T) + alignof(T);
    return static_cast<T *>(std::align(alignof(T), count * sizeof(T), place, space));
}

} // namespace

redisReplyObjectFunctions RedisReplies::s_functions{createString, createArray, createInteger, createNil, freeObject};

RedisReplies::RedisReplies() : m_reader(redisReaderCreateWithFunctions(&s_functions)) { m_reader->privdata = this; }

const RedisReply &RedisReply::at(std::size_t index) const
{
    static const RedisReply nothing;
    return type == REDIS_REPLY_ARRAY && index < elements.size() ? *elements[index] : nothing;
}

const RedisReply &RedisReply::member(std::string_view name) const
{
    for (std::size_t i = 0; i + 1 < elements.size(); i += 2) {
        if (elements[i]->text == name)
            return *elements[i + 1];
    }
    return at(elements.size());
}

RedisReply *RedisReplies::create(const redisReadTask *task)
{
    auto *self = static_cast<RedisReplies *>(task->privdata);
    auto *reply = new (roomFor<RedisReply>(*self->m_arena, 1)) RedisReply;
    reply->type = task->type;
    if (task->parent != nullptr)
        static_cast<RedisReply *>(task->parent->obj)->elements[static_cast<std::size_t>(task->idx)] = reply;
    return reply;
}

void *RedisReplies::createString(const redisReadTask *task, char *text, size_t size)
{
    RedisReply *reply = create(task);
    reply->text = static_cast<RedisReplies *>(task->privdata)->m_arena->keep({text, size});
    return reply;
}

void *RedisReplies::createArray(const redisReadTask *task, int elements)
{
    if (elements < 0 || elements > maxElements)
        return nullptr;
    static RedisReply nothing;
    RedisReply *reply = create(task);
    const auto count = static_cast<std::size_t>(elements);
    auto **place = roomFor<RedisReply *>(*static_cast<RedisReplies *>(task->privdata)->m_arena, count);
    for (std::size_t i = 0; i < count; ++i)
        place[i] = &nothing;
    reply->elements = {place, count};
    return reply;
}

void *RedisReplies::createInteger(const redisReadTask *task, long long value)
{
    RedisReply *reply = create(task);
    reply->integer = value;
    return reply;
}

void *RedisReplies::createNil(const redisReadTask *task) { return create(task); }

Result<void> RedisReplies::feed(std::string_view bytes)
{
    if (m_reader->len + bytes.size() > maxReplyBytes)
        return fail(ErrorCode::ProtocolUnknown, QStringLiteral("an answer of more than 512 MiB"));
    if (redisReaderFeed(m_reader.get(), bytes.data(), bytes.size()) != REDIS_OK)
        return fail(ErrorCode::ProtocolUnknown, QString::fromLatin1(m_reader->errstr));
    return {};
}

Result<const RedisReply *> RedisReplies::next()
{
    void *reply = nullptr;
    if (redisReaderGetReply(m_reader.get(), &reply) != REDIS_OK)
        return fail(ErrorCode::ProtocolUnknown, QString::fromLatin1(m_reader->errstr));
    return static_cast<const RedisReply *>(reply);
}

} // namespace tidemark::redis
