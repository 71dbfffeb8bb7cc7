// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include <hiredis/read.h>

#include "core/base/result.h"
#include "core/endpoint/queue/queuebatch.h"

namespace tidemark::redis {

// An answer of the server, in the arena of the RedisReplies that read it, or of the batch that was lent to it.
struct RedisReply
{
    int type = REDIS_REPLY_NIL; // REDIS_REPLY_…
    long long integer = 0;
    std::string_view text; // STRING, STATUS, ERROR
    std::span<RedisReply *> elements; // ARRAY

    bool isArray(std::size_t least = 0) const { return type == REDIS_REPLY_ARRAY && elements.size() >= least; }
    bool isText() const { return type == REDIS_REPLY_STRING || type == REDIS_REPLY_STATUS; }
    const RedisReply &at(std::size_t index) const; // NIL where there is none
    // Of an array of names and values, as XINFO answers; NIL where there is none.
    const RedisReply &member(std::string_view name) const;
};

// hiredis' parser, with answers that cost no allocation each.
class RedisReplies
{
public:
    RedisReplies();
    RedisReplies(const RedisReplies &) = delete;
    RedisReplies &operator=(const RedisReplies &) = delete;

    // Answers are put there from now on; null: into an arena of its own, which clear() empties.
    void setArena(QueueBatch *arena) { m_arena = arena != nullptr ? arena : &m_own; }
    void clear() { m_own.clear(); }
    Result<void> feed(std::string_view bytes); // ProtocolUnknown
    Result<const RedisReply *> next(); // null: more bytes are needed

private:
    struct Freer
    {
        void operator()(redisReader *reader) const { redisReaderFree(reader); }
    };
    static RedisReply *create(const redisReadTask *task);
    static void *createString(const redisReadTask *task, char *text, size_t size);
    static void *createArray(const redisReadTask *task, int elements);
    static void *createInteger(const redisReadTask *task, long long value);
    static void *createNil(const redisReadTask *task);
    static void freeObject(void *) { }

    static redisReplyObjectFunctions s_functions;
    QueueBatch m_own;
    QueueBatch *m_arena = &m_own;
    std::unique_ptr<redisReader, Freer> m_reader;
};

} // namespace tidemark::redis
