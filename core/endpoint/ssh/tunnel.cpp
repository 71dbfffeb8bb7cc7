// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/ssh/tunnel.h"

#include <array>
#include <cerrno>
#include <chrono>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <QStandardPaths>

#include "core/base/blockingcall.h"
#include "core/base/units.h"
#include "core/endpoint/net/waiting.h"
#include "core/endpoint/ssh/childprocess.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace tidemark::ssh {

namespace {

constexpr int portAttempts = 5;
constexpr qsizetype longestWords = 16 << 10;
constexpr qint64 refusalAgeMs = 5000;
constexpr qint64 childCheckMs = 1000; // where the kernel has no descriptor of a process

qint64 nowMs()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

// A port that is free just now. Should another program take it before ssh does, ssh says so and another one is tried.
int freePort()
{
    const net::Descriptor fd(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto *generic = reinterpret_cast<sockaddr *>(&address);
    if (bind(fd.get(), generic, sizeof address) != 0 || getsockname(fd.get(), generic, &size) != 0)
        return 0;
    return ntohs(address.sin_port);
}

net::Descriptor descriptorOf(pid_t process)
{
    return net::Descriptor(static_cast<int>(syscall(SYS_pidfd_open, process, 0U)));
}

QByteArray readSome(int fd) // what there is now
{
    QByteArray bytes(4096, Qt::Uninitialized);
    const ssize_t count = read(fd, bytes.data(), static_cast<size_t>(bytes.size()));
    bytes.truncate(std::max<ssize_t>(count, 0));
    return bytes;
}

} // namespace

Tunnel::Tunnel(const TunnelRequest &request, int port)
    : m_request(request), m_port(port),
      m_stop(std::make_unique<net::Descriptor>(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))),
      m_changed(std::make_unique<net::Descriptor>(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)))
{ }

Tunnel::~Tunnel()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_stopping = true;
    }
    eventfd_write(m_stop->get(), 1);
    if (m_thread.joinable())
        m_thread.join();
}

Result<std::shared_ptr<Tunnel>> Tunnel::open(const TunnelRequest &request, const net::CancelSignal &cancel)
{
    const BlockingCall call("an SSH tunnel");
    for (int attempt = 1;; ++attempt) {
        bool portTaken = false;
        auto opened = openOn(request, freePort(), cancel, portTaken);
        if (opened || !portTaken || attempt == portAttempts)
            return opened;
    }
}

Result<std::shared_ptr<Tunnel>> Tunnel::openOn(const TunnelRequest &request, int port, const net::CancelSignal &cancel,
                                               bool &portTaken)
{
    TRY_ASSIGN(const QStringList arguments,
               sshArguments(request.ssh, request.to, port, request.timeoutMs, request.configFile));
    const QString program = QStandardPaths::findExecutable(u"ssh"_s);
    if (program.isEmpty() || port == 0)
        return fail(ErrorCode::SshUnavailable, program.isEmpty() ? u"there is no program ssh"_s : u"no free port"_s);
    const std::shared_ptr<Tunnel> tunnel(new Tunnel(request, port));
    tunnel->m_thread = std::thread([self = tunnel.get(), program, arguments] { self->watch(program, arguments); });
    const net::Waited waited = net::waitFor(tunnel->m_changed->get(), POLLIN, request.timeoutMs, cancel);
    if (waited == net::Waited::Cancelled)
        return fail(ErrorCode::Cancelled);
    const std::scoped_lock lock(tunnel->m_mutex);
    if (tunnel->m_state == State::Standing)
        return tunnel;
    if (waited == net::Waited::TimedOut)
        return fail(ErrorCode::SshUnreachable, u"no answer within "_s + formatDuration(request.timeoutMs));
    portTaken = portWasTaken(tunnel->m_words);
    return fail(sshError(tunnel->m_words));
}

bool Tunnel::tryUse()
{
    const std::scoped_lock lock(m_mutex);
    if (m_state != State::Standing || m_stopping)
        return false;
    ++m_users;
    return true;
}

void Tunnel::release()
{
    {
        const std::scoped_lock lock(m_mutex);
        if (--m_users == 0)
            m_idleSinceMs = nowMs();
    }
    eventfd_write(m_stop->get(), 1); // so that it begins to count
}

std::optional<Error> Tunnel::lastRefusal() const
{
    std::unique_lock lock(m_mutex);
    const auto isFresh = [this] { return m_refusal && nowMs() - m_refusedMs < refusalAgeMs; };
    m_said.wait_for(lock, 300ms, [&] { return isFresh() || m_state == State::Ended; });
    if (isFresh())
        return m_refusal;
    return m_state == State::Ended ? std::optional(sshError(m_words)) : std::nullopt;
}

void Tunnel::setState(State state)
{
    {
        const std::scoped_lock lock(m_mutex);
        m_state = state;
        m_idleSinceMs = nowMs();
    }
    m_said.notify_all();
    eventfd_write(m_changed->get(), 1);
}

void Tunnel::watch(const QString &program, const QStringList &arguments)
{
    ChildProcess child;
    if (const auto started = child.start(program, arguments); started) {
        follow(child);
        child.end();
        while (takeErrors(child.errors())) { } // its last words
    } else {
        const std::scoped_lock lock(m_mutex);
        m_words = started.error().detail;
    }
    setState(State::Ended);
}

bool Tunnel::isIdle(qint64 &leftMs) const
{
    const std::scoped_lock lock(m_mutex);
    if (m_stopping)
        return true;
    if (m_users > 0 || m_state == State::Starting)
        return false;
    leftMs = m_idleSinceMs + m_request.idleMs - nowMs();
    return leftMs <= 0;
}

// Until ssh is gone, nobody needs it any more, or it is to stop.
void Tunnel::follow(ChildProcess &child)
{
    const net::Descriptor process = descriptorOf(child.pid());
    pollfd fds[]{{m_stop->get(), POLLIN, 0},
                 {child.output(), POLLIN, 0},
                 {child.errors(), POLLIN, 0},
                 {process.get(), POLLIN, 0}};
    while (!child.hasEnded()) {
        qint64 left = -1;
        if (isIdle(left)) {
            const std::scoped_lock lock(m_mutex);
            if (m_users > 0) // somebody came in the meantime
                continue;
            m_stopping = true;
            return;
        }
        if (process.get() < 0 && (left < 0 || left > childCheckMs))
            left = childCheckMs;
        if (poll(fds, 4, static_cast<int>(left)) < 0 && errno != EINTR)
            return;
        if (fds[0].revents != 0) {
            eventfd_t count = 0;
            eventfd_read(m_stop->get(), &count);
        }
        if (fds[1].revents != 0 && !takeOutput(child.output()))
            fds[1].fd = -1;
        if (fds[2].revents != 0 && !takeErrors(child.errors()))
            fds[2].fd = -1;
    }
}

bool Tunnel::takeOutput(int fd)
{
    const QByteArray bytes = readSome(fd);
    m_output += bytes;
    if (m_output.contains('\n')) {
        if (m_output.startsWith(QByteArray(readyLine.data(), readyLine.size())))
            setState(State::Standing);
        m_output.clear();
    }
    m_output.truncate(1024);
    return !bytes.isEmpty();
}

bool Tunnel::takeErrors(int fd)
{
    const QString text = QString::fromUtf8(readSome(fd));
    if (text.isEmpty())
        return false;
    {
        const std::scoped_lock lock(m_mutex);
        m_words = QString(m_words + text).right(longestWords);
        const QStringList lines = text.split(u'\n', Qt::SkipEmptyParts);
        for (const QString &line : lines) {
            if (auto refusal = channelError(line)) {
                m_refusal = std::move(refusal);
                m_refusedMs = nowMs();
            }
        }
    }
    m_said.notify_all();
    return true;
}

} // namespace tidemark::ssh
