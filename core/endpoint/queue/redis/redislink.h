// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <initializer_list>
#include <string>

#include "core/endpoint/net/waiting.h"
#include "core/endpoint/queue/brokertls.h"
#include "core/endpoint/queue/queue.h"
#include "core/endpoint/queue/redis/redisreply.h"

namespace tidemark::redis {

// One connection: commands go out in pipelines, answers come back in order. The socket, TLS and every wait are ours, so
// that a frozen server and a cancelled run end them; hiredis reads the answers. One thread.
class RedisLink
{
public:
    static Result<std::unique_ptr<RedisLink>> open(const ConnectionSettings &settings, const Secret &secret,
                                                   const QueueOptions &options);
    ~RedisLink();
    RedisLink(const RedisLink &) = delete;
    RedisLink &operator=(const RedisLink &) = delete;

    const ConnectionSettings &settings() const { return m_settings; }
    QString tlsProtocol() const; // empty: none

    // A command of so many words, which follow; nothing is sent yet.
    void begin(std::size_t words);
    void word(std::string_view text);
    void command(std::initializer_list<std::string_view> words);
    Result<void> send(); // all that was begun
    // The next answer, valid until clear(). `patienceMs`: how much longer than the time-out it may take. An error of
    // the server's own is an answer: see failure().
    Result<const RedisReply *> answer(qint64 patienceMs = 0);
    Result<const RedisReply *> ask(std::initializer_list<std::string_view> words); // alone; an error answer is an error
    Error failure(const RedisReply &reply) const; // of an answer of type ERROR
    void clear() { m_replies.clear(); }
    void setArena(QueueBatch *arena) { m_replies.setArena(arena); }

private:
    struct Freer
    {
        void operator()(SSL_CTX *context) const;
        void operator()(SSL *tls) const;
    };
    RedisLink(const ConnectionSettings &settings, const QueueOptions &options);
    Result<void> connect(const Route *route);
    Result<void> handshake();
    Result<void> login(const Secret &secret);
    Result<void> wait(short events, const net::Deadline &deadline);
    Result<void> fill(const net::Deadline &deadline); // at least one more byte
    Error placed(Error error) const; // with host and port

    ConnectionSettings m_settings;
    QueueOptions m_options;
    net::CancelSignal m_cancel;
    net::Descriptor m_fd;
    broker::TlsVerdict m_verdict;
    std::unique_ptr<SSL_CTX, Freer> m_context;
    std::unique_ptr<SSL, Freer> m_tls;
    std::string m_out;
    std::unique_ptr<char[]> m_in;
    RedisReplies m_replies;
};

} // namespace tidemark::redis
