// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/queue/redis/redislink.h"

#include <array>
#include <cerrno>
#include <charconv>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>

#include "core/base/units.h"

using namespace Qt::StringLiterals;

namespace tidemark::redis {

namespace {

constexpr std::size_t readSize = std::size_t(256) << 10;
constexpr std::size_t keptOut = std::size_t(4) << 20;

struct Prefix
{
    std::string_view word;
    ErrorCode code;
};

// By the first word of an error, which is the server's own code.
constexpr Prefix prefixes[]{
    {"WRONGPASS", ErrorCode::WrongPassword},
    {"NOAUTH", ErrorCode::PasswordMissing},
    {"NOPERM", ErrorCode::NoRights},
    {"OOM", ErrorCode::DiskFull},
    {"MISCONF", ErrorCode::DiskFull},
    {"READONLY", ErrorCode::ReadOnly},
    {"NOGROUP", ErrorCode::NoSuchTable},
    {"LOADING", ErrorCode::ServerClosing},
    {"MASTERDOWN", ErrorCode::ServerClosing},
    {"CLUSTERDOWN", ErrorCode::ServerClosing},
    {"TRYAGAIN", ErrorCode::ServerClosing},
    {"BUSY", ErrorCode::ServerClosing},
    {"MOVED", ErrorCode::NotAvailable},
    {"ASK", ErrorCode::NotAvailable},
    {"WRONGTYPE", ErrorCode::TypesIncompatible},
};

void appendHead(char mark, std::size_t number, std::string &out)
{
    std::array<char, 24> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    out += mark;
    out.append(digits.data(), end);
    out += "\r\n";
}

} // namespace

void RedisLink::Freer::operator()(SSL_CTX *context) const { SSL_CTX_free(context); }
void RedisLink::Freer::operator()(SSL *tls) const { SSL_free(tls); }

RedisLink::RedisLink(const ConnectionSettings &settings, const QueueOptions &options)
    : m_settings(settings), m_options(options), m_cancel(options.cancellation),
      m_in(std::make_unique_for_overwrite<char[]>(readSize))
{ }

RedisLink::~RedisLink() = default;

Result<std::unique_ptr<RedisLink>> RedisLink::open(const ConnectionSettings &settings, const Secret &secret,
                                                   const QueueOptions &options)
{
    std::unique_ptr<RedisLink> link(new RedisLink(settings, options));
    if (auto connected = link->connect(options.route.get()); !connected) {
        Error error = link->placed(std::move(connected).error());
        return fail(options.route ? options.route->explain(std::move(error)) : std::move(error));
    }
    if (auto in = link->login(secret); !in)
        return fail(link->placed(std::move(in).error()));
    return link;
}

Error RedisLink::placed(Error error) const
{
    if (error.code == ErrorCode::Cancelled)
        return error;
    error.with(Fact::Host, m_settings.host);
    error.with(Fact::Port, QString::number(net::portOf(m_settings)));
    if (error.code == ErrorCode::Timeout)
        error.with(Fact::Limit, formatDuration(m_settings.timeoutMs));
    if (error.code == ErrorCode::WrongPassword)
        error.with(Fact::User, m_settings.user);
    return error;
}

Result<void> RedisLink::connect(const Route *route)
{
    const net::Deadline deadline(m_settings.timeoutMs);
    if (route != nullptr) {
        TRY_ASSIGN(m_fd, net::connectTcp({route->address()}, route->port(), deadline, m_cancel));
    } else if (m_settings.host.startsWith(u'/')) {
        TRY_ASSIGN(m_fd, net::connectUnix(m_settings.host));
    } else {
        TRY_ASSIGN(const QStringList addresses, net::resolveHost(m_settings.host, deadline.leftMs(), m_cancel));
        TRY_ASSIGN(m_fd, net::connectTcp(addresses, net::portOf(m_settings), deadline, m_cancel));
    }
    const int on = 1;
    setsockopt(m_fd.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    setsockopt(m_fd.get(), SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
    if (m_options.reached)
        m_options.reached(TestStep::Network);
    if (!broker::wantsTls(m_settings))
        return {};
    TRY(handshake());
    if (m_options.reached)
        m_options.reached(TestStep::Tls);
    return {};
}

Result<void> RedisLink::handshake()
{
    const net::WithoutSigpipe quiet;
    m_context.reset(SSL_CTX_new(TLS_client_method()));
    if (!m_context)
        return fail(ErrorCode::Internal, broker::opensslWords());
    TRY(broker::configureTls(m_context.get(), m_settings, m_verdict));
    SSL_CTX_set_mode(m_context.get(), SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    m_tls.reset(SSL_new(m_context.get()));
    QByteArray host = m_settings.host.toUtf8();
    SSL_ctrl(m_tls.get(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, host.data());
    SSL_set_fd(m_tls.get(), m_fd.get());
    const net::Deadline deadline(m_settings.timeoutMs);
    const auto done = net::tlsHandshake(m_tls.get(), [&](short events) { return wait(events, deadline); });
    if (!done && done.error().code == ErrorCode::TlsUnavailable)
        return fail(broker::tlsError(m_verdict, done.error().detail));
    return done;
}

// The password goes out with the first command, by itself: what it is must not stand in an error of another.
Result<void> RedisLink::login(const Secret &secret)
{
    if (!secret.isEmpty()) {
        const std::string_view password(secret.bytes().constData(), static_cast<std::size_t>(secret.bytes().size()));
        const std::string user = m_settings.user.toStdString();
        TRY(user.empty() ? ask({"AUTH", password}) : ask({"AUTH", user, password}));
        OPENSSL_cleanse(m_out.data(), m_out.capacity());
    }
    if (!m_settings.database.isEmpty() && m_settings.database != "0"_L1) {
        if (auto selected = ask({"SELECT", m_settings.database.toStdString()}); !selected) {
            Error error = selected.error();
            if (error.code == ErrorCode::SqlRefused)
                error.code = ErrorCode::NoSuchDatabase;
            return fail(error.with(Fact::Database, m_settings.database));
        }
    }
    if (auto pong = ask({"PING"}); !pong)
        return fail(pong.error());
    if (m_options.reached)
        m_options.reached(TestStep::Login);
    clear();
    return {};
}

QString RedisLink::tlsProtocol() const { return m_tls ? QString::fromLatin1(SSL_get_version(m_tls.get())) : QString(); }

void RedisLink::begin(std::size_t words) { appendHead('*', words, m_out); }

void RedisLink::word(std::string_view text)
{
    appendHead('$', text.size(), m_out);
    m_out.append(text).append("\r\n");
}

void RedisLink::command(std::initializer_list<std::string_view> words)
{
    begin(words.size());
    for (const std::string_view text : words)
        word(text);
}

Result<void> RedisLink::wait(short events, const net::Deadline &deadline)
{
    switch (net::waitFor(m_fd.get(), events, deadline.leftMs(), m_cancel)) {
    case net::Waited::Ready:
        return {};
    case net::Waited::Cancelled:
        return fail(ErrorCode::Cancelled);
    default:
        return fail(placed(Error{ErrorCode::Timeout, {}, {}}));
    }
}

Result<void> RedisLink::send()
{
    const net::WithoutSigpipe quiet;
    std::size_t sent = 0;
    while (sent < m_out.size()) {
        // Each piece has the whole time: a large pipeline on a slow line is no frozen server.
        const net::Deadline deadline(m_settings.timeoutMs);
        const char *bytes = m_out.data() + sent;
        const std::size_t size = m_out.size() - sent;
        if (m_tls) {
            ERR_clear_error();
            const int done = SSL_write(m_tls.get(), bytes, static_cast<int>(std::min<std::size_t>(size, 1 << 20)));
            if (done > 0) {
                sent += static_cast<std::size_t>(done);
                continue;
            }
            const int why = SSL_get_error(m_tls.get(), done);
            if (why != SSL_ERROR_WANT_WRITE && why != SSL_ERROR_WANT_READ)
                return fail(placed(Error{ErrorCode::ConnectionLost, {}, broker::opensslWords()}));
            TRY(wait(why == SSL_ERROR_WANT_READ ? POLLIN : POLLOUT, deadline));
            continue;
        }
        const ssize_t done = ::send(m_fd.get(), bytes, size, MSG_NOSIGNAL);
        if (done > 0) {
            sent += static_cast<std::size_t>(done);
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            TRY(wait(POLLOUT, deadline));
        } else if (errno != EINTR) {
            return fail(placed(Error{ErrorCode::ConnectionLost, {}, QString::fromLocal8Bit(strerror(errno))}));
        }
    }
    m_out.clear();
    if (m_out.capacity() > keptOut)
        m_out.shrink_to_fit();
    return {};
}

Result<void> RedisLink::fill(const net::Deadline &deadline)
{
    for (;;) {
        if (m_tls) {
            ERR_clear_error();
            const int got = SSL_read(m_tls.get(), m_in.get(), static_cast<int>(readSize));
            if (got > 0)
                return m_replies.feed({m_in.get(), static_cast<std::size_t>(got)});
            const int why = SSL_get_error(m_tls.get(), got);
            if (why != SSL_ERROR_WANT_WRITE && why != SSL_ERROR_WANT_READ)
                return fail(placed(Error{ErrorCode::ConnectionLost, {}, broker::opensslWords()}));
            TRY(wait(why == SSL_ERROR_WANT_WRITE ? POLLOUT : POLLIN, deadline));
            continue;
        }
        const ssize_t got = recv(m_fd.get(), m_in.get(), readSize, 0);
        if (got > 0)
            return m_replies.feed({m_in.get(), static_cast<std::size_t>(got)});
        if (got == 0)
            return fail(placed(Error{ErrorCode::ConnectionLost, {}, {}}));
        if (errno == EAGAIN || errno == EWOULDBLOCK)
            TRY(wait(POLLIN, deadline));
        else if (errno != EINTR)
            return fail(placed(Error{ErrorCode::ConnectionLost, {}, QString::fromLocal8Bit(strerror(errno))}));
    }
}

Result<const RedisReply *> RedisLink::answer(qint64 patienceMs)
{
    qint64 patience = m_settings.timeoutMs + patienceMs;
    for (;;) {
        TRY_ASSIGN(const RedisReply *reply, m_replies.next());
        if (reply != nullptr)
            return reply;
        TRY(fill(net::Deadline(patience)));
        patience = m_settings.timeoutMs; // it speaks: only a silence counts from now on
    }
}

Result<const RedisReply *> RedisLink::ask(std::initializer_list<std::string_view> words)
{
    command(words);
    TRY(send());
    TRY_ASSIGN(const RedisReply *reply, answer());
    if (reply->type == REDIS_REPLY_ERROR)
        return fail(failure(*reply));
    return reply;
}

Error RedisLink::failure(const RedisReply &reply) const
{
    Error error{
        ErrorCode::SqlRefused, {}, QString::fromUtf8(reply.text.data(), static_cast<qsizetype>(reply.text.size()))};
    const std::string_view first = reply.text.substr(0, reply.text.find(' '));
    for (const Prefix &known : prefixes) {
        if (first == known.word)
            error.code = known.code;
    }
    // Before ACLs this was an ordinary error.
    if (first == "ERR" && error.detail.contains("invalid password"_L1))
        error.code = ErrorCode::WrongPassword;
    return placed(error);
}

} // namespace tidemark::redis
