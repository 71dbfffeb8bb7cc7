// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/socket.h>

#include "core/endpoint/net/waiting.h"

namespace tidemark::postgres {

using net::CancelSignal;
using net::Deadline;
using net::Descriptor;
using net::resolveHost;
using net::Waited;
using net::waitFor;

struct PeerAddress
{
    sockaddr_storage address = {};
    socklen_t length = 0; // 0: unknown
};
PeerAddress peerOf(int fd);
bool isRemotePeer(const PeerAddress &peer); // beyond this machine

// Whether a PostgreSQL server still answers there: a second, short conversation that needs no rights.
Waited probeServer(const PeerAddress &peer, qint64 timeoutMs, const CancelSignal &cancel);

} // namespace tidemark::postgres
