// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <QString>

#include "core/base/result.h"
#include "core/config/connectionsettings.h"
#include "core/endpoint/net/tlssocket.h"

using SSL_CTX = struct ssl_ctx_st;

namespace tidemark::broker {

// TLS to a broker, by the same settings as to a database. Brokers do not negotiate it: a port speaks TLS or does not.
// So `prefer` (and no mode to a near host) is plain text, and everything above is TLS or no connection.

bool wantsTls(const ConnectionSettings &settings);
bool isVerified(const ConnectionSettings &settings); // chain at least, or a pin

// What the handshake of one connection came to, beside OpenSSL's own verdict. Outlives the context.
struct TlsVerdict
{
    QString pin; // small hex, no colons; empty: none
    bool verifies = false;
    bool otherPin = false;
    QString shown; // SHA-256 of the certificate that was shown
    long code = 0; // X509_V_…
};

// Authorities, own certificate and key, the pin, and the host's real name (not that of a tunnel's near end).
// FileNotFound, FileUnreadable, TlsUnavailable.
Result<void> configureTls(SSL_CTX *context, const ConnectionSettings &settings, TlsVerdict &verdict);

// After a handshake that failed. `words`: OpenSSL's or a library's.
Error tlsError(const TlsVerdict &verdict, const QString &words);

using net::opensslWords;

} // namespace tidemark::broker
