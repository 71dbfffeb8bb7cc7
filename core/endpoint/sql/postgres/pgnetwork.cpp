// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/blockingcall.h"
#include "core/endpoint/sql/postgres/pgnetwork.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace tidemark::postgres {

namespace {

qint64 nowMs()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

// Shared with the resolving thread, which may outlive the attempt.
struct Resolution
{
    Resolution() : fd(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) { }
    Resolution(const Resolution &) = delete;
    Resolution &operator=(const Resolution &) = delete;
    ~Resolution() { close(fd); }

    int fd;
    std::mutex mutex;
    int status = EAI_AGAIN;
    QStringList addresses;
};

void resolveInto(const std::shared_ptr<Resolution> &resolution, const std::string &host)
{
    addrinfo hints = {};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo *list = nullptr;
    const int status = getaddrinfo(host.c_str(), nullptr, &hints, &list);
    QStringList addresses;
    for (const addrinfo *entry = status == 0 ? list : nullptr; entry != nullptr; entry = entry->ai_next) {
        char text[NI_MAXHOST];
        if (getnameinfo(entry->ai_addr, entry->ai_addrlen, text, sizeof text, nullptr, 0, NI_NUMERICHOST) == 0)
            addresses.append(QString::fromLatin1(text));
    }
    if (status == 0)
        freeaddrinfo(list);
    addresses.removeDuplicates();
    const std::scoped_lock lock(resolution->mutex);
    resolution->status = status;
    resolution->addresses = addresses;
    eventfd_write(resolution->fd, 1);
}

class Descriptor
{
public:
    explicit Descriptor(int fd) : m_fd(fd) { }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    ~Descriptor()
    {
        if (m_fd >= 0)
            close(m_fd);
    }
    int get() const { return m_fd; }

private:
    int m_fd;
};

} // namespace

CancelSignal::CancelSignal(Cancellation *cancellation) : m_cancellation(cancellation)
{
    m_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (m_cancellation != nullptr)
        m_registration = m_cancellation->onCancel([fd = m_fd] { eventfd_write(fd, 1); });
}

CancelSignal::~CancelSignal()
{
    m_registration = {};
    close(m_fd);
}

Waited waitFor(int fd, short events, qint64 timeoutMs, const CancelSignal &cancel)
{
    const qint64 end = nowMs() + timeoutMs;
    while (true) {
        pollfd fds[] = {{fd, events, 0}, {cancel.fd(), POLLIN, 0}};
        const BlockingCall call("a PostgreSQL server");
        const int count = poll(fds, 2, static_cast<int>(std::clamp<qint64>(end - nowMs(), 0, 1 << 30)));
        if (count > 0 && fds[1].revents != 0)
            return Waited::Cancelled;
        if (count > 0)
            return Waited::Ready;
        if (count == 0)
            return Waited::TimedOut;
        if (errno != EINTR)
            return Waited::Ready; // the socket's next use says what is wrong
    }
}

Result<QStringList> resolveHost(const QString &host, qint64 timeoutMs, const CancelSignal &cancel)
{
    in6_addr scratch = {};
    const std::string name = host.toStdString();
    if (inet_pton(AF_INET, name.c_str(), &scratch) == 1 || inet_pton(AF_INET6, name.c_str(), &scratch) == 1)
        return QStringList(host);
    const auto resolution = std::make_shared<Resolution>();
    std::thread(resolveInto, resolution, name).detach();
    const Waited waited = waitFor(resolution->fd, POLLIN, timeoutMs, cancel);
    if (waited == Waited::Cancelled)
        return fail(ErrorCode::Cancelled);
    if (waited == Waited::TimedOut)
        return fail(Error{ErrorCode::Timeout, {{Fact::Host, host}}, {}});
    const std::scoped_lock lock(resolution->mutex);
    if (resolution->status != 0 || resolution->addresses.isEmpty())
        return fail(Error{
            ErrorCode::HostNotFound, {{Fact::Host, host}}, QString::fromLocal8Bit(gai_strerror(resolution->status))});
    return resolution->addresses;
}

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
    const qint64 end = nowMs() + timeoutMs;
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
    waited = waitFor(probe.get(), POLLIN, std::max<qint64>(end - nowMs(), 0), cancel);
    char answer = 0;
    if (waited == Waited::Ready && recv(probe.get(), &answer, 1, 0) != 1)
        return Waited::TimedOut;
    return waited;
}

} // namespace tidemark::postgres
