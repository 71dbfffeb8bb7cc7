// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/certificate.h"
#include "core/endpoint/net/waiting.h"
#include "core/endpoint/session.h"

namespace tidemark::net {

// What a client library can be held to, where it compares less than we want: the server's certificate as it is now.
struct ProbedCertificate
{
    ServerCertificate certificate;
    QByteArray sha1; // hex
    // Against settings.tls.ca, else the system's authorities, and against settings.host.
    bool isTrusted = false;
    bool isForHost = false;
    QString reason; // why it is not trusted
};

// Begins TLS as the driver's protocol does (a broker or web service: at once), looks at the certificate and leaves;
// sends no credentials. Errors name host and port. TlsUnavailable, ProtocolUnknown, and those of a connection.
Result<ProbedCertificate> probeCertificate(const ConnectionSettings &settings, const Route *route,
                                           const CancelSignal &cancel);

} // namespace tidemark::net
