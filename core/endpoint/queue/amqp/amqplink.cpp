// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/queue/amqp/amqplink.h"

#include <algorithm>

#include <amqp_ssl_socket.h>
#include <amqp_tcp_socket.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>

#include "core/base/blockingcall.h"
#include "core/base/units.h"

using namespace Qt::StringLiterals;

namespace tidemark::amqp {

namespace {

constexpr int maxFrame = 131'072;
constexpr qint64 farewellMs = 2000;

timeval timeOf(qint64 milliseconds)
{
    return {static_cast<time_t>(milliseconds / 1000), static_cast<suseconds_t>(milliseconds % 1000 * 1000)};
}

} // namespace

amqp_bytes_t bytesOf(std::string_view text)
{
    // The library does not write to what it is handed.
    return {text.size(), const_cast<char *>(text.data())}; // NOLINT(cppcoreguidelines-pro-type-const-cast)
}

std::string_view viewOf(amqp_bytes_t bytes) { return {static_cast<const char *>(bytes.bytes), bytes.len}; }

AmqpLink::AmqpLink(const ConnectionSettings &settings, const QueueOptions &options)
    : m_settings(settings), m_options(options), m_cancel(options.cancellation)
{ }

AmqpLink::~AmqpLink()
{
    if (m_state == nullptr)
        return;
    // In good order: a socket that is closed while messages still come in takes with it what was just sent, among that
    // acknowledgements.
    if (m_isLoggedIn && !m_isBroken && !m_cancel.isCancelled()) {
        const timeval limit = timeOf(std::min(m_settings.timeoutMs, farewellMs));
        amqp_set_rpc_timeout(m_state, &limit);
        amqp_connection_close(m_state, AMQP_REPLY_SUCCESS);
    }
    m_shutdown = {};
    amqp_destroy_connection(m_state);
}

Result<std::unique_ptr<AmqpLink>> AmqpLink::open(const ConnectionSettings &settings, const Secret &secret,
                                                 const QueueOptions &options)
{
    const BlockingCall call("a broker");
    std::unique_ptr<AmqpLink> link(new AmqpLink(settings, options));
    if (auto connected = link->connect(); !connected) {
        Error error = link->placed(std::move(connected).error());
        return fail(options.route ? options.route->explain(std::move(error)) : std::move(error));
    }
    if (auto in = link->login(secret); !in)
        return fail(link->placed(std::move(in).error()));
    return link;
}

Error AmqpLink::placed(Error error) const
{
    if (error.code == ErrorCode::Cancelled || m_cancel.isCancelled())
        return Error{ErrorCode::Cancelled, {}, {}};
    m_isBroken = m_isBroken || error.endsSession();
    error.with(Fact::Host, m_settings.host);
    error.with(Fact::Port, QString::number(net::portOf(m_settings)));
    if (error.code == ErrorCode::Timeout)
        error.with(Fact::Limit, formatDuration(m_settings.timeoutMs));
    return error;
}

// The library resolves and connects without an end: it is handed a number that answered a moment ago.
Result<QString> AmqpLink::address()
{
    if (m_options.route)
        return m_options.route->address();
    const net::Deadline deadline(m_settings.timeoutMs);
    TRY_ASSIGN(const QStringList addresses, net::resolveHost(m_settings.host, deadline.leftMs(), m_cancel));
    return net::answeringAddress(addresses, net::portOf(m_settings), deadline, m_cancel);
}

Result<void> AmqpLink::connect()
{
    TRY_ASSIGN(const QString host, address());
    if (m_options.reached)
        m_options.reached(TestStep::Network);
    const int port = m_options.route ? m_options.route->port() : net::portOf(m_settings);
    m_state = amqp_new_connection();
    if (m_state == nullptr)
        return fail(ErrorCode::Internal, u"no memory for a connection"_s);
    TRY(openSocket(host.toLatin1(), port));
    watchSocket();
    return {};
}

Result<void> AmqpLink::openSocket(const QByteArray &host, int port)
{
    const timeval limit = timeOf(m_settings.timeoutMs);
    amqp_set_handshake_timeout(m_state, &limit);
    amqp_set_rpc_timeout(m_state, &limit);
    if (!broker::wantsTls(m_settings)) {
        amqp_socket_t *socket = amqp_tcp_socket_new(m_state);
        const int status = amqp_socket_open_noblock(socket, host.constData(), port, &limit);
        return status == AMQP_STATUS_OK ? Result<void>{} : Result<void>(fail(libraryError(status)));
    }
    amqp_socket_t *socket = amqp_ssl_socket_new(m_state);
    if (socket == nullptr)
        return fail(ErrorCode::Internal, broker::opensslWords());
    // Its own checks know the name it connects to, which may be a tunnel's near end: ours replace them.
    amqp_ssl_socket_set_verify_peer(socket, 1);
    amqp_ssl_socket_set_verify_hostname(socket, 0);
    auto *context = static_cast<SSL_CTX *>(amqp_ssl_socket_get_context(socket));
    TRY(broker::configureTls(context, m_settings, m_verdict));
    const int status = amqp_socket_open_noblock(socket, host.constData(), port, &limit);
    if (status == AMQP_STATUS_OK) {
        m_tlsProtocol = u"TLS"_s;
        if (m_options.reached)
            m_options.reached(TestStep::Tls);
        return {};
    }
    const bool isTls = status <= AMQP_STATUS_SSL_ERROR && status > _AMQP_STATUS_SSL_NEXT_VALUE;
    const QString words = QString::fromLatin1(amqp_error_string2(status));
    return fail(isTls ? broker::tlsError(m_verdict, words) : libraryError(status));
}

// What ends calls that the library would never end: a cancelled run, and a peer that neither answers nor takes.
void AmqpLink::watchSocket()
{
    const int fd = amqp_get_sockfd(m_state);
    const int on = 1;
    const int idle = 30, interval = 10, count = 3;
    const auto patience = static_cast<unsigned>(m_settings.timeoutMs * 3);
    setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
    setsockopt(fd, IPPROTO_TCP, TCP_KEEPIDLE, &idle, sizeof idle);
    setsockopt(fd, IPPROTO_TCP, TCP_KEEPINTVL, &interval, sizeof interval);
    setsockopt(fd, IPPROTO_TCP, TCP_KEEPCNT, &count, sizeof count);
    setsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &patience, sizeof patience);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (m_options.cancellation != nullptr)
        m_shutdown = m_options.cancellation->onCancel([fd] { shutdown(fd, SHUT_RDWR); });
}

Result<void> AmqpLink::login(const Secret &secret)
{
    const QByteArray vhost = m_settings.database.isEmpty() ? QByteArray("/") : m_settings.database.toUtf8();
    // NUL ends what the library takes for a password.
    if (secret.bytes().contains('\0'))
        return fail(ErrorCode::WrongPassword);
    // Without this word a consumer hears nothing of its queue being deleted, and waits for ever.
    amqp_table_entry_t knows{amqp_cstring_bytes("consumer_cancel_notify"), {}};
    knows.value.kind = AMQP_FIELD_KIND_BOOLEAN;
    knows.value.value.boolean = 1;
    amqp_table_entry_t entry{amqp_cstring_bytes("capabilities"), {}};
    entry.value.kind = AMQP_FIELD_KIND_TABLE;
    entry.value.value.table = {1, &knows};
    const amqp_table_t properties{1, &entry};
    const amqp_rpc_reply_t reply =
        amqp_login_with_properties(m_state, vhost.constData(), 0, maxFrame, 0, &properties, AMQP_SASL_METHOD_PLAIN,
                                   m_settings.user.toUtf8().constData(), secret.bytes().constData());
    if (auto in = replied(reply); !in) {
        Error error = in.error();
        if (error.code == ErrorCode::NoRights && reply.reply_type == AMQP_RESPONSE_SERVER_EXCEPTION
            && error.detail.contains("ACCESS_REFUSED"_L1))
            error.code = ErrorCode::WrongPassword;
        if (error.code == ErrorCode::WrongPassword)
            error.with(Fact::User, m_settings.user);
        if (error.code == ErrorCode::NoSuchDatabase)
            error.with(Fact::Database, QString::fromUtf8(vhost));
        return fail(error);
    }
    m_isLoggedIn = true;
    if (m_options.reached)
        m_options.reached(TestStep::Login);
    return {};
}

QString AmqpLink::serverProperty(std::string_view name) const
{
    const amqp_table_t *properties = amqp_get_server_properties(m_state);
    for (int i = 0; i < properties->num_entries; ++i) {
        const amqp_table_entry_t &entry = properties->entries[i];
        if (viewOf(entry.key) == name && entry.value.kind == AMQP_FIELD_KIND_UTF8)
            return QString::fromUtf8(static_cast<const char *>(entry.value.value.bytes.bytes),
                                     static_cast<qsizetype>(entry.value.value.bytes.len));
    }
    return {};
}

Error AmqpLink::libraryError(int status) const
{
    const QString words = QString::fromLatin1(amqp_error_string2(status));
    switch (status) {
    case AMQP_STATUS_TIMEOUT:
    case AMQP_STATUS_HEARTBEAT_TIMEOUT:
        return Error{ErrorCode::Timeout, {}, words};
    case AMQP_STATUS_HOSTNAME_RESOLUTION_FAILED:
        return Error{ErrorCode::HostNotFound, {}, words};
    case AMQP_STATUS_INCOMPATIBLE_AMQP_VERSION:
    case AMQP_STATUS_BAD_AMQP_DATA:
    case AMQP_STATUS_UNKNOWN_CLASS:
    case AMQP_STATUS_UNKNOWN_METHOD:
    case AMQP_STATUS_UNEXPECTED_STATE:
    case AMQP_STATUS_WRONG_METHOD:
        return Error{ErrorCode::ProtocolUnknown, {}, words};
    case AMQP_STATUS_NO_MEMORY:
    case AMQP_STATUS_INVALID_PARAMETER:
    case AMQP_STATUS_TABLE_TOO_BIG:
        return Error{ErrorCode::Internal, {}, words};
    default:
        return Error{ErrorCode::ConnectionLost, {}, words};
    }
}

Error AmqpLink::closed(int replyCode, amqp_bytes_t words) const
{
    const std::string_view text = viewOf(words);
    Error error{ErrorCode::SqlRefused, {}, QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()))};
    switch (replyCode) {
    case AMQP_ACCESS_REFUSED:
        error.code = ErrorCode::NoRights;
        break;
    case AMQP_NOT_FOUND:
        error.code = ErrorCode::NoSuchTable;
        break;
    case AMQP_NOT_ALLOWED:
        error.code = text.find("not found") != std::string_view::npos && !m_isLoggedIn ? ErrorCode::NoSuchDatabase
                                                                                       : ErrorCode::NoRights;
        break;
    case AMQP_RESOURCE_LOCKED:
    case AMQP_RESOURCE_ERROR:
        error.code = ErrorCode::TooManyConnections;
        break;
    case AMQP_CONNECTION_FORCED:
        error.code = ErrorCode::ServerClosing;
        break;
    default:
        break;
    }
    return error;
}

Result<void> AmqpLink::replied() { return replied(amqp_get_rpc_reply(m_state)); }

Result<void> AmqpLink::replied(const amqp_rpc_reply_t &reply)
{
    if (reply.reply_type == AMQP_RESPONSE_NORMAL)
        return {};
    if (reply.reply_type == AMQP_RESPONSE_SERVER_EXCEPTION) {
        if (reply.reply.id == AMQP_CHANNEL_CLOSE_METHOD) {
            const auto *close = static_cast<amqp_channel_close_t *>(reply.reply.decoded);
            return fail(placed(closed(close->reply_code, close->reply_text)));
        }
        if (reply.reply.id == AMQP_CONNECTION_CLOSE_METHOD) {
            const auto *close = static_cast<amqp_connection_close_t *>(reply.reply.decoded);
            return fail(placed(closed(close->reply_code, close->reply_text)));
        }
        return fail(placed(Error{ErrorCode::ProtocolUnknown, {}, {}}));
    }
    return fail(placed(libraryError(reply.library_error)));
}

Result<void> AmqpLink::sent(int status)
{
    return status == AMQP_STATUS_OK ? Result<void>{} : Result<void>(fail(placed(libraryError(status))));
}

Result<void> AmqpLink::openChannel(amqp_channel_t channel)
{
    amqp_channel_open(m_state, channel);
    return replied();
}

Result<void> AmqpLink::waitToSend()
{
    switch (net::waitFor(amqp_get_sockfd(m_state), POLLOUT, m_settings.timeoutMs, m_cancel)) {
    case net::Waited::Ready:
        return {};
    case net::Waited::Cancelled:
        return fail(ErrorCode::Cancelled);
    default:
        return fail(placed(Error{ErrorCode::Timeout, {}, u"the broker takes nothing more"_s}));
    }
}

Result<bool> AmqpLink::frame(amqp_channel_t channel, qint64 waitMs, amqp_frame_t &frame)
{
    const auto isOurs = [channel](const amqp_frame_t &kept) { return kept.channel == channel; };
    if (const auto kept = std::find_if(m_kept.begin(), m_kept.end(), isOurs); kept != m_kept.end()) {
        frame = *kept;
        m_kept.erase(kept);
        return true;
    }
    const net::Deadline deadline(waitMs);
    for (;;) {
        TRY_ASSIGN(const bool any, anyFrame(deadline, frame));
        if (!any || frame.channel == channel)
            return any;
        if (frame.channel != 0)
            m_kept.push_back(frame);
    }
}

void AmqpLink::release(amqp_channel_t channel)
{
    const auto isOf = [channel](const amqp_frame_t &kept) { return kept.channel == channel; };
    if (std::none_of(m_kept.begin(), m_kept.end(), isOf))
        amqp_maybe_release_buffers_on_channel(m_state, channel);
}

Result<bool> AmqpLink::anyFrame(const net::Deadline &deadline, amqp_frame_t &frame)
{
    for (;;) {
        const timeval now{};
        const int status = amqp_simple_wait_frame_noblock(m_state, &frame, &now);
        if (status == AMQP_STATUS_TIMEOUT) {
            const net::Waited waited = net::waitFor(amqp_get_sockfd(m_state), POLLIN, deadline.leftMs(), m_cancel);
            if (waited == net::Waited::Cancelled)
                return fail(ErrorCode::Cancelled);
            if (waited == net::Waited::TimedOut)
                return false;
            continue;
        }
        if (status != AMQP_STATUS_OK)
            return fail(placed(libraryError(status)));
        if (frame.frame_type != AMQP_FRAME_METHOD)
            return true;
        if (frame.payload.method.id == AMQP_CONNECTION_CLOSE_METHOD) {
            const auto *close = static_cast<amqp_connection_close_t *>(frame.payload.method.decoded);
            return fail(placed(closed(close->reply_code, close->reply_text)));
        }
        if (frame.payload.method.id == AMQP_CHANNEL_CLOSE_METHOD) {
            const auto *close = static_cast<amqp_channel_close_t *>(frame.payload.method.decoded);
            return fail(placed(closed(close->reply_code, close->reply_text)));
        }
        return true;
    }
}

} // namespace tidemark::amqp
