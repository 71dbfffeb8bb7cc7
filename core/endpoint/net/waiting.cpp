// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/net/waiting.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

#include <arpa/inet.h>
#include <netdb.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "core/base/blockingcall.h"

namespace tidemark::net {

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

// What connect() of a non-blocking socket came to: 0, or errno.
int connectError(int fd)
{
    int error = 0;
    socklen_t size = sizeof error;
    return getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) == 0 ? error : errno;
}

Error systemError(ErrorCode code, int number) { return Error{code, {}, QString::fromLocal8Bit(strerror(number))}; }

} // namespace

Descriptor::Descriptor(Descriptor &&other) noexcept : m_fd(std::exchange(other.m_fd, -1)) { }

Descriptor &Descriptor::operator=(Descriptor &&other) noexcept
{
    std::swap(m_fd, other.m_fd);
    return *this;
}

void Descriptor::reset()
{
    if (m_fd >= 0)
        close(m_fd);
    m_fd = -1;
}

Deadline::Deadline(qint64 milliseconds) : m_end(nowMs() + milliseconds) { }

qint64 Deadline::leftMs() const { return std::max<qint64>(0, m_end - nowMs()); }

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
        const BlockingCall call("a server");
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

namespace {

Result<Descriptor> connectOne(const QString &address, int port, qint64 timeoutMs, const CancelSignal &cancel)
{
    addrinfo hints = {};
    hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo *list = nullptr;
    if (getaddrinfo(address.toLatin1().constData(), QByteArray::number(port).constData(), &hints, &list) != 0)
        return fail(ErrorCode::Unreachable);
    const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owned(list, freeaddrinfo);
    Descriptor fd(socket(list->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (fd.get() < 0)
        return fail(systemError(ErrorCode::Unreachable, errno));
    int error = connect(fd.get(), list->ai_addr, list->ai_addrlen) == 0 ? 0 : errno;
    if (error == EINPROGRESS) {
        const Waited waited = waitFor(fd.get(), POLLOUT, timeoutMs, cancel);
        if (waited == Waited::Cancelled)
            return fail(ErrorCode::Cancelled);
        if (waited == Waited::TimedOut)
            return fail(ErrorCode::Timeout);
        error = connectError(fd.get());
    }
    if (error != 0)
        return fail(systemError(error == ETIMEDOUT ? ErrorCode::Timeout : ErrorCode::Unreachable, error));
    return fd;
}

struct Reached
{
    Descriptor fd;
    QString address;
};

// One address that swallows everything must not keep the next from being tried.
Result<Reached> reachAny(const QStringList &addresses, int port, const Deadline &deadline, const CancelSignal &cancel)
{
    Error last{ErrorCode::Unreachable, {}, {}};
    for (qsizetype i = 0; i < addresses.size(); ++i) {
        auto fd = connectOne(addresses[i], port, deadline.leftMs() / (addresses.size() - i), cancel);
        if (fd)
            return Reached{std::move(*fd), addresses[i]};
        last = std::move(fd).error();
        if (last.code == ErrorCode::Cancelled)
            break;
    }
    return fail(last);
}

} // namespace

Result<Descriptor> connectTcp(const QStringList &addresses, int port, const Deadline &deadline,
                              const CancelSignal &cancel)
{
    TRY_ASSIGN(Reached reached, reachAny(addresses, port, deadline, cancel));
    return std::move(reached.fd);
}

Result<QString> answeringAddress(const QStringList &addresses, int port, const Deadline &deadline,
                                 const CancelSignal &cancel)
{
    TRY_ASSIGN(const Reached reached, reachAny(addresses, port, deadline, cancel));
    return reached.address;
}

bool isConnected(int fd)
{
    sockaddr_storage peer = {};
    socklen_t size = sizeof peer;
    return getpeername(fd, reinterpret_cast<sockaddr *>(&peer), &size) == 0;
}

Result<Descriptor> connectUnix(const QString &path)
{
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    const QByteArray name = path.toLocal8Bit();
    if (name.size() >= static_cast<qsizetype>(sizeof address.sun_path))
        return fail(ErrorCode::Unreachable, QStringLiteral("the path of the socket is too long"));
    memcpy(address.sun_path, name.constData(), static_cast<size_t>(name.size()));
    Descriptor fd(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (fd.get() < 0 || connect(fd.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
        return fail(systemError(ErrorCode::Unreachable, errno));
    return fd;
}

} // namespace tidemark::net
