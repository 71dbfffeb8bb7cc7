// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/net/waiting.h"

namespace tidemark::net {

// Reading and writing exactly so many bytes of a non-blocking socket.
class Exchange
{
public:
    Exchange(int fd, const Deadline &deadline, const CancelSignal &cancel)
        : m_fd(fd), m_deadline(deadline), m_cancel(cancel)
    { }
    Result<QByteArray> read(qsizetype size);
    Result<void> write(QByteArray bytes);
    Result<void> wait(short events); // poll's; Timeout, Cancelled

private:
    int m_fd;
    const Deadline &m_deadline;
    const CancelSignal &m_cancel;
};

// Up to where the TLS handshake may begin. TlsUnavailable: the server does not do it; ProtocolUnknown: no such server.
Result<void> startPostgresTls(Exchange &exchange);
Result<void> startMysqlTls(Exchange &exchange);

} // namespace tidemark::net
