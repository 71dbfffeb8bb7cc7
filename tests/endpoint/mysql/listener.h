// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace tidemark::test {

// Takes connections into its queue, and says what it is told to say, or nothing.
class Listener
{
public:
    Listener()
    {
        m_socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto *plain = reinterpret_cast<sockaddr *>(&address);
        if (::bind(m_socket, plain, size) != 0 || ::listen(m_socket, 8) != 0
            || ::getsockname(m_socket, plain, &size) != 0)
            qFatal("cannot listen");
        m_port = ntohs(address.sin_port);
    }
    ~Listener() { ::close(m_socket); }
    Listener(const Listener &) = delete;
    Listener &operator=(const Listener &) = delete;

    int port() const { return m_port; }
    bool waitForClient() const
    {
        pollfd wait{m_socket, POLLIN, 0};
        return ::poll(&wait, 1, 5000) == 1;
    }
    void say(const QByteArray &words) const
    {
        const int client = waitForClient() ? ::accept(m_socket, nullptr, nullptr) : -1;
        if (client < 0)
            return;
        [[maybe_unused]] const auto written = ::write(client, words.constData(), static_cast<size_t>(words.size()));
        ::close(client);
    }

private:
    int m_socket = -1;
    int m_port = 0;
};

} // namespace tidemark::test
