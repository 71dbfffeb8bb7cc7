// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <csignal>
#include <functional>

#include <QByteArray>
#include <QString>

#include "core/base/result.h"
#include "core/config/connectionsettings.h"

using SSL = struct ssl_st;

namespace tidemark::net {

// TLS on a socket of ours, the same for a probe and for a connection.

// OpenSSL writes to its socket by write(): a peer that is gone would end the program by SIGPIPE. Kept from this thread,
// and taken off it again where it came.
class WithoutSigpipe
{
public:
    WithoutSigpipe();
    ~WithoutSigpipe();
    WithoutSigpipe(const WithoutSigpipe &) = delete;
    WithoutSigpipe &operator=(const WithoutSigpipe &) = delete;

private:
    sigset_t m_pipe;
    sigset_t m_before;
    bool m_wasPending = false;
};

// Until it is done, on a non-blocking socket; `wait` waits for poll's events and says when that took too long. Beside
// its errors: TlsUnavailable with OpenSSL's words, ConnectionLost.
Result<void> tlsHandshake(SSL *tls, const std::function<Result<void>(short events)> &wait);
QString opensslWords(); // the first error of this thread's queue, which is emptied
bool isAddress(const QByteArray &host); // a number, not a name

// The mode of a connection that has no start of TLS within its protocol. A pin vouches for a certificate by itself;
// verification is on top only where it was asked for.
TlsMode tlsModeOf(const ConnectionSettings &settings);
int portOf(const ConnectionSettings &settings); // its own, else the usual one of its driver

} // namespace tidemark::net
