// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <memory>
#include <string_view>

#include <amqp.h>

#include "core/endpoint/net/waiting.h"
#include "core/endpoint/queue/brokersettings.h"
#include "core/endpoint/queue/brokertls.h"
#include "core/endpoint/queue/queue.h"

namespace tidemark::amqp {

amqp_bytes_t bytesOf(std::string_view text);
std::string_view viewOf(amqp_bytes_t bytes);

// One connection. rabbitmq-c reads and writes; where it would wait for ever (a broker that takes no more, an answer
// that does not come) the socket is watched here, and a cancelled run shuts it down. No heartbeats: between two calls
// the engine may apply a batch for minutes, and nobody would send any. TCP's own probing finds a peer that is gone. One
// thread.
class AmqpLink
{
public:
    static Result<std::unique_ptr<AmqpLink>> open(const ConnectionSettings &settings, const Secret &secret,
                                                  const QueueOptions &options);
    ~AmqpLink();
    AmqpLink(const AmqpLink &) = delete;
    AmqpLink &operator=(const AmqpLink &) = delete;

    amqp_connection_state_t handle() { return m_state; }
    QString tlsProtocol() const { return m_tlsProtocol; }
    QString serverProperty(std::string_view name) const;

    Result<void> openChannel(amqp_channel_t channel);
    // After a call that answers by amqp_get_rpc_reply. A closed channel is an error of the server's, and closed for
    // good.
    Result<void> replied();
    Result<void> replied(const amqp_rpc_reply_t &reply);
    Result<void> sent(int status); // of a call without an answer
    Result<void> waitToSend(); // until the broker takes more
    // The next frame of that channel; false: none within that time. Frames of the others are kept for their turn. A
    // connection or channel that the broker closes is an error.
    Result<bool> frame(amqp_channel_t channel, qint64 waitMs, amqp_frame_t &frame);
    void release(amqp_channel_t channel); // what its frames were views into
    Error placed(Error error) const; // with host and port; Cancelled where that is why

private:
    AmqpLink(const ConnectionSettings &settings, const QueueOptions &options);
    Result<void> connect();
    Result<QString> address();
    Result<bool> anyFrame(const net::Deadline &deadline, amqp_frame_t &frame);
    Result<void> openSocket(const QByteArray &host, int port);
    Result<void> login(const Secret &secret);
    void watchSocket();
    Error libraryError(int status) const;
    Error closed(int replyCode, amqp_bytes_t words) const;

    ConnectionSettings m_settings;
    QueueOptions m_options;
    net::CancelSignal m_cancel;
    amqp_connection_state_t m_state = nullptr;
    broker::TlsVerdict m_verdict;
    QString m_tlsProtocol;
    std::deque<amqp_frame_t> m_kept;
    bool m_isLoggedIn = false;
    mutable bool m_isBroken = false; // nothing more can be said
    Cancellation::Registration m_shutdown; // last: gone before the socket
};

} // namespace tidemark::amqp
