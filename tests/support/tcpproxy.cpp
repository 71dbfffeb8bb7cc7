// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/tcpproxy.h"

#include <algorithm>
#include <cerrno>
#include <chrono>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace tidemark::test {

namespace {

constexpr std::size_t pieceSize = 64 << 10;

void setNonBlocking(int fd)
{
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
    fcntl(fd, F_SETFD, FD_CLOEXEC);
}

int connectTo(const std::string &host, int port)
{
    addrinfo hints = {};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo *list = nullptr;
    if (getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &list) != 0)
        return -1;
    int fd = -1;
    for (const addrinfo *entry = list; entry != nullptr && fd < 0; entry = entry->ai_next) {
        fd = socket(entry->ai_family, entry->ai_socktype, entry->ai_protocol);
        if (fd >= 0 && connect(fd, entry->ai_addr, entry->ai_addrlen) != 0) {
            close(fd);
            fd = -1;
        }
    }
    freeaddrinfo(list);
    return fd;
}

} // namespace

TcpProxy::TcpProxy(const QString &host, int port) : m_host(host.toStdString()), m_serverPort(port)
{
    m_listener = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    auto *generic = reinterpret_cast<sockaddr *>(&address);
    if (pipe(m_wake) != 0 || bind(m_listener, generic, length) != 0 || listen(m_listener, 16) != 0)
        return;
    getsockname(m_listener, generic, &length);
    setNonBlocking(m_listener);
    setNonBlocking(m_wake[0]);
    setNonBlocking(m_wake[1]);
    m_port = ntohs(address.sin_port);
    m_thread = std::thread([this] { run(); });
}

TcpProxy::~TcpProxy()
{
    m_stop = true;
    wake();
    if (m_thread.joinable())
        m_thread.join();
    for (Pair &pair : m_pairs)
        closePair(pair);
    for (const int fd : {m_listener, m_wake[0], m_wake[1]})
        if (fd >= 0)
            close(fd);
}

void TcpProxy::cutAfter(qint64 bytesFromServer)
{
    m_leftFromServer = bytesFromServer;
    wake();
}

void TcpProxy::cutAfterToServer(qint64 bytesToServer)
{
    m_leftToServer = bytesToServer;
    wake();
}

void TcpProxy::cutNow()
{
    m_cut = true;
    wake();
}

void TcpProxy::setFrozen(bool frozen)
{
    m_frozen = frozen;
    wake();
}

void TcpProxy::holdWhen(std::function<bool(const std::string &)> hold)
{
    const std::scoped_lock lock(m_holdMutex);
    m_hold = std::move(hold);
}

void TcpProxy::holdOrNot(Pair &pair)
{
    const std::scoped_lock lock(m_holdMutex);
    if (pair.held || !m_hold || pair.toServer.buffer.empty() || !m_hold(pair.toServer.buffer))
        return;
    pair.held = true;
    ++m_held;
}

void TcpProxy::setDelayMs(int delay) { m_delayMs = delay; }

void TcpProxy::wake()
{
    if (m_wake[1] >= 0)
        (void)!write(m_wake[1], "x", 1);
}

void TcpProxy::run()
{
    std::vector<pollfd> fds;
    while (!m_stop) {
        const bool frozen = m_frozen;
        fds.assign({{m_wake[0], POLLIN, 0}, {frozen ? -1 : m_listener, POLLIN, 0}});
        for (const Pair &pair : m_pairs) {
            const auto wanted = [](const Pipe &in, const Pipe &out) {
                return static_cast<short>((in.buffer.size() < pieceSize && !in.ended ? POLLIN : 0)
                                          | (out.buffer.empty() ? 0 : POLLOUT));
            };
            const short client = wanted(pair.toServer, pair.toClient);
            const short server = wanted(pair.toClient, pair.held ? Pipe() : pair.toServer);
            fds.push_back({frozen || client == 0 ? -1 : pair.client, client, 0});
            fds.push_back({frozen || server == 0 ? -1 : pair.server, server, 0});
        }
        poll(fds.data(), fds.size(), -1);
        char drain[64];
        while (read(m_wake[0], drain, sizeof drain) > 0) { }
        if (m_cut.exchange(false))
            for (Pair &pair : m_pairs)
                pair.dead = true;
        if (!m_frozen) {
            for (std::size_t i = 0; i < m_pairs.size(); ++i)
                if (!m_pairs[i].dead)
                    serve(m_pairs[i], fds[2 + 2 * i].revents, fds[3 + 2 * i].revents);
            if ((fds[1].revents & POLLIN) != 0)
                accept();
        }
        for (Pair &pair : m_pairs)
            if (pair.dead)
                closePair(pair);
        m_pairs.erase(std::remove_if(m_pairs.begin(), m_pairs.end(), [](const Pair &pair) { return pair.dead; }),
                      m_pairs.end());
    }
}

void TcpProxy::accept()
{
    const int client = ::accept(m_listener, nullptr, nullptr);
    if (client < 0)
        return;
    ++m_connections;
    const int server = connectTo(m_host, m_serverPort);
    if (server < 0) {
        close(client);
        return;
    }
    setNonBlocking(client);
    setNonBlocking(server);
    const int on = 1; // as the clients and servers themselves do: no 40 ms for each small packet
    for (const int fd : {client, server})
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    m_pairs.push_back({client, server, {}, {}, false, false});
}

void TcpProxy::serve(Pair &pair, short clientEvents, short serverEvents)
{
    constexpr short readable = POLLIN | POLLHUP | POLLERR;
    if (m_delayMs > 0 && ((clientEvents | serverEvents) & readable) != 0)
        std::this_thread::sleep_for(std::chrono::milliseconds(m_delayMs));
    bool alive = true;
    if ((clientEvents & readable) != 0)
        alive = receive(pair.client, pair.toServer);
    if (alive && (serverEvents & readable) != 0)
        alive = receive(pair.server, pair.toClient);
    holdOrNot(pair);
    if (pair.held && pair.toServer.ended)
        alive = false;
    alive = alive && (pair.held || send(pair.server, pair.toServer, m_toServer, m_leftToServer))
        && send(pair.client, pair.toClient, m_fromServer, m_leftFromServer);
    const bool drained = pair.toServer.buffer.empty() && pair.toClient.buffer.empty();
    pair.dead = !alive || (drained && (pair.toServer.ended || pair.toClient.ended));
}

bool TcpProxy::receive(int from, Pipe &pipe)
{
    if (pipe.buffer.size() >= pieceSize || pipe.ended)
        return true;
    char piece[pieceSize];
    const ssize_t count = recv(from, piece, sizeof piece - pipe.buffer.size(), 0);
    if (count > 0)
        pipe.buffer.append(piece, static_cast<std::size_t>(count));
    else if (count == 0)
        pipe.ended = true;
    else
        return errno == EAGAIN || errno == EINTR;
    return true;
}

bool TcpProxy::send(int to, Pipe &pipe, std::atomic<qint64> &count, std::atomic<qint64> &left)
{
    if (left == 0)
        return false;
    if (pipe.buffer.empty())
        return true;
    const qint64 bound = left;
    const std::size_t size =
        bound < 0 ? pipe.buffer.size() : std::min(pipe.buffer.size(), static_cast<std::size_t>(bound));
    // Counted before it goes: whoever has received a byte finds it counted.
    count += static_cast<qint64>(size);
    const ssize_t sent = ::send(to, pipe.buffer.data(), size, MSG_NOSIGNAL);
    if (sent < 0) {
        count -= static_cast<qint64>(size);
        return errno == EAGAIN || errno == EINTR;
    }
    count -= static_cast<qint64>(size) - sent;
    pipe.buffer.erase(0, static_cast<std::size_t>(sent));
    if (bound >= 0) {
        left = bound - sent;
        return left > 0;
    }
    return true;
}

void TcpProxy::closePair(Pair &pair)
{
    close(pair.client);
    close(pair.server);
    pair.dead = true;
}

} // namespace tidemark::test
