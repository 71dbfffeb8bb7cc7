// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include "core/base/cancellation.h"
#include "core/base/result.h"

namespace tidemark::net {

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

class Descriptor
{
public:
    explicit Descriptor(int fd = -1) : m_fd(fd) { }
    Descriptor(Descriptor &&other) noexcept;
    Descriptor &operator=(Descriptor &&other) noexcept;
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    ~Descriptor() { reset(); }
    int get() const { return m_fd; }
    void reset();

private:
    int m_fd = -1;
};

class Deadline
{
public:
    explicit Deadline(qint64 milliseconds);
    qint64 leftMs() const; // 0: over

private:
    qint64 m_end;
};

enum class Waited : quint8 { Ready, TimedOut, Cancelled };
// Until the descriptor is ready for `events` (poll's), for at most that long.
Waited waitFor(int fd, short events, qint64 timeoutMs, const CancelSignal &cancel);

// The numeric addresses of a host. The resolver cannot be interrupted, so it works in a thread that is left behind.
Result<QStringList> resolveHost(const QString &host, qint64 timeoutMs, const CancelSignal &cancel);

// A TCP connection, non-blocking, to the first of the addresses that takes it; each has its share of the time.
Result<Descriptor> connectTcp(const QStringList &addresses, int port, const Deadline &deadline,
                              const CancelSignal &cancel);
// Which of the addresses that is, for a library that can only wait for one.
Result<QString> answeringAddress(const QStringList &addresses, int port, const Deadline &deadline,
                                 const CancelSignal &cancel);
bool isConnected(int fd); // a socket
Result<Descriptor> connectUnix(const QString &path);

} // namespace tidemark::net
