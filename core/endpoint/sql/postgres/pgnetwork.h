// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/socket.h>

#include <QStringList>

#include "core/base/cancellation.h"
#include "core/base/result.h"

namespace tidemark::postgres {

// Something that poll() can wait for beside a socket: readable from the cancelling on.
class CancelSignal
{
public:
    explicit CancelSignal(Cancellation *cancellation); // null: never
    ~CancelSignal();
    CancelSignal(const CancelSignal &) = delete;
    CancelSignal &operator=(const CancelSignal &) = delete;
    int fd() const { return m_fd; }
    bool isCancelled() const { return m_cancellation != nullptr && m_cancellation->isCancelled(); }

private:
    Cancellation *m_cancellation = nullptr;
    int m_fd = -1;
    Cancellation::Registration m_registration; // last: gone before the descriptor
};

enum class Waited { Ready, TimedOut, Cancelled };
// Until the descriptor is ready for `events` (poll's), for at most that long.
Waited waitFor(int fd, short events, qint64 timeoutMs, const CancelSignal &cancel);

// The numeric addresses of a host. The resolver cannot be interrupted, so it works in a thread that is left behind.
Result<QStringList> resolveHost(const QString &host, qint64 timeoutMs, const CancelSignal &cancel);

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
