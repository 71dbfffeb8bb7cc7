// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/certificate.h"

#include "core/endpoint/net/tlsprobe.h"
#include "core/endpoint/ssh/sshtunnels.h"

namespace tidemark {

Result<ServerCertificate> fetchCertificate(const ConnectionSettings &settings, Cancellation &cancellation)
{
    const auto probed = [&]() -> Result<net::ProbedCertificate> {
        if (settings.driver == Driver::Sqlite)
            return fail(ErrorCode::TlsUnavailable);
        ConnectionSettings shown = settings;
        // Nothing is verified here: a file that is not there must not be in the way.
        shown.tls = TlsSettings();
        shown.tls.mode = TlsMode::Require; // the port, too, is that of TLS
        SshTunnels tunnels;
        std::shared_ptr<const Route> route;
        if (settings.ssh) {
            TRY_ASSIGN(route, tunnels.open(shown, &cancellation));
        }
        return net::probeCertificate(shown, route.get(), net::CancelSignal(&cancellation));
    }();
    if (!probed)
        return fail(Error(probed.error()).with(Fact::Connection, settings.label()));
    return probed->certificate;
}

} // namespace tidemark
