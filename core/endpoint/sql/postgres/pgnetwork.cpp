// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/sql/postgres/pgnetwork.h"

#include <cerrno>

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

namespace tidemark::postgres {

PeerAddress peerOf(int fd)
{
    PeerAddress peer;
    peer.length = sizeof peer.address;
    if (getpeername(fd, reinterpret_cast<sockaddr *>(&peer.address), &peer.length) != 0)
        peer.length = 0;
    return peer;
}

bool isRemotePeer(const PeerAddress &peer)
{
    if (peer.address.ss_family == AF_INET)
        return ntohl(reinterpret_cast<const sockaddr_in *>(&peer.address)->sin_addr.s_addr) >> 24 != 127;
    if (peer.address.ss_family == AF_INET6)
        return !IN6_IS_ADDR_LOOPBACK(&reinterpret_cast<const sockaddr_in6 *>(&peer.address)->sin6_addr);
    return false;
}

Waited probeServer(const PeerAddress &peer, qint64 timeoutMs, const CancelSignal &cancel)
{
    if (peer.length == 0)
        return Waited::TimedOut;
    const Deadline deadline(timeoutMs);
    const Descriptor probe(socket(peer.address.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    const auto *address = reinterpret_cast<const sockaddr *>(&peer.address);
    if (probe.get() < 0 || (connect(probe.get(), address, peer.length) != 0 && errno != EINPROGRESS))
        return Waited::TimedOut;
    Waited waited = waitFor(probe.get(), POLLOUT, timeoutMs, cancel);
    if (waited != Waited::Ready)
        return waited;
    // The request for TLS: a server that lives answers with one byte, whatever its settings.
    const unsigned char request[] = {0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f};
    if (send(probe.get(), request, sizeof request, MSG_NOSIGNAL) != sizeof request)
        return Waited::TimedOut;
    waited = waitFor(probe.get(), POLLIN, deadline.leftMs(), cancel);
    char answer = 0;
    if (waited == Waited::Ready && recv(probe.get(), &answer, 1, 0) != 1)
        return Waited::TimedOut;
    return waited;
}

} // namespace tidemark::postgres
