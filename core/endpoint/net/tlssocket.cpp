// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/net/tlssocket.h"

#include <array>
#include <cerrno>
#include <ctime>

#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>

#include <QUrl>

using namespace Qt::StringLiterals;

namespace tidemark::net {

WithoutSigpipe::WithoutSigpipe()
{
    sigemptyset(&m_pipe);
    sigaddset(&m_pipe, SIGPIPE);
    sigset_t pending;
    sigpending(&pending);
    m_wasPending = sigismember(&pending, SIGPIPE) == 1;
    pthread_sigmask(SIG_BLOCK, &m_pipe, &m_before);
}

WithoutSigpipe::~WithoutSigpipe()
{
    const timespec now = {};
    while (!m_wasPending && sigtimedwait(&m_pipe, nullptr, &now) < 0 && errno == EINTR) { }
    pthread_sigmask(SIG_SETMASK, &m_before, nullptr);
}

QString opensslWords()
{
    std::array<char, 256> words = {};
    ERR_error_string_n(ERR_get_error(), words.data(), words.size());
    ERR_clear_error();
    return QString::fromLatin1(words.data());
}

Result<void> tlsHandshake(SSL *tls, const std::function<Result<void>(short events)> &wait)
{
    for (;;) {
        ERR_clear_error();
        const int done = SSL_connect(tls);
        if (done == 1)
            return {};
        switch (SSL_get_error(tls, done)) {
        case SSL_ERROR_WANT_READ:
            TRY(wait(POLLIN));
            break;
        case SSL_ERROR_WANT_WRITE:
            TRY(wait(POLLOUT));
            break;
        case SSL_ERROR_SSL: {
            const QString words = opensslWords();
            return fail(words.contains("unexpected eof"_L1) ? ErrorCode::ConnectionLost : ErrorCode::TlsUnavailable,
                        words);
        }
        default:
            ERR_clear_error();
            return fail(ErrorCode::ConnectionLost, u"closed in the TLS handshake"_s);
        }
    }
}

bool isAddress(const QByteArray &host)
{
    in6_addr scratch = {};
    return inet_pton(AF_INET, host.constData(), &scratch) == 1 || inet_pton(AF_INET6, host.constData(), &scratch) == 1;
}

TlsMode tlsModeOf(const ConnectionSettings &settings)
{
    const TlsMode mode = settings.effectiveTlsMode();
    if (settings.tls.pin.isEmpty())
        return mode;
    return settings.tls.mode && mode >= TlsMode::Require ? mode : TlsMode::Require;
}

int portOf(const ConnectionSettings &settings)
{
    if (settings.port > 0)
        return settings.port;
    switch (settings.driver) {
    case Driver::Mysql:
        return 3306;
    case Driver::Redis:
        return 6379;
    case Driver::Amqp:
        return tlsModeOf(settings) >= TlsMode::Require ? 5671 : 5672;
    case Driver::Http:
        return settings.http && QUrl(settings.http->url).scheme() == "http"_L1 ? 80 : 443;
    case Driver::Sqlite:
    case Driver::Postgres:
        break;
    }
    return 5432;
}

} // namespace tidemark::net
