// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QStringList>

#include "core/base/cancellation.h"
#include "core/base/result.h"
#include "core/config/connectionsettings.h"

namespace tidemark {

// What a server shows of itself in the TLS handshake. Nothing of it is verified: a person compares it and pins it.
struct ServerCertificate
{
    QByteArray pem;
    QString sha256; // hex, small letters: as TlsSettings::pin
    QString subject, issuer; // "CN=db, O=Example"
    QDateTime notBefore, notAfter; // UTC
    QStringList names; // DNS names and addresses that it is for
    bool selfSigned = false;
    bool operator==(const ServerCertificate &) const = default;
};

// By the server's own start of TLS (a broker or web service: at once), through the SSH tunnel where there is one; no
// credentials are sent. TlsUnavailable: the server does not offer TLS. Blocks up to the connection's time-out.
Result<ServerCertificate> fetchCertificate(const ConnectionSettings &settings, Cancellation &cancellation);

} // namespace tidemark
