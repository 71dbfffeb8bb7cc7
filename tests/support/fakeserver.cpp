// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakeserver.h"

#include <csignal>
#include <string>
#include <string_view>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

namespace tidemark::test {

namespace {

using namespace std::string_literals;

int bindAnywhere(int &port)
{
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto *generic = reinterpret_cast<sockaddr *>(&address);
    if (bind(fd, generic, sizeof address) == 0 && getsockname(fd, generic, &size) == 0)
        port = ntohs(address.sin_port);
    return fd;
}

std::string receive(int fd)
{
    std::string bytes(4096, '\0');
    const ssize_t count = recv(fd, bytes.data(), bytes.size(), 0);
    bytes.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    return bytes;
}

void say(int fd, std::string_view bytes) { send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL); }

std::string message(char type, const std::string &content)
{
    const auto size = static_cast<unsigned>(content.size() + 4);
    return type + std::string{char(size >> 24), char(size >> 16), char(size >> 8), char(size)} + content;
}

std::string packet(char number, const std::string &content)
{
    return std::string{char(content.size()), char(content.size() >> 8), '\0', number} + content;
}

// flags: the second byte of the capabilities; its bit 3 offers TLS.
std::string greeting(const std::string &version, char flags)
{
    return "\x0a"s + "5.5.5-" + version + "-MariaDB\0"s + "\1\0\0\0"s + "abcdefgh\0"s + "\x09"s + flags
        + "\x2d\x02\0\x08\0\x15"s + std::string(10, '\0') + "ijklmnopqrst\0"s + "mysql_native_password\0"s;
}

void listenOnly(int fd)
{
    while (!receive(fd).empty()) { }
}

} // namespace

FakeServer::FakeServer(Serve serve) : m_serve(std::move(serve)), m_stop(eventfd(0, EFD_CLOEXEC))
{
    m_listener = bindAnywhere(m_port);
    listen(m_listener, 16);
    m_thread = std::thread([this] { run(); });
}

FakeServer::~FakeServer()
{
    eventfd_write(m_stop, 1);
    m_thread.join();
    close(m_listener);
    close(m_stop);
}

void FakeServer::run()
{
    pollfd fds[] = {{m_listener, POLLIN, 0}, {m_stop, POLLIN, 0}};
    while (poll(fds, 2, -1) >= 0 && fds[1].revents == 0) {
        const int fd = accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (fd < 0)
            continue;
        const int number = static_cast<int>(m_sockets.size());
        m_sockets.push_back(fd);
        m_talks.emplace_back([this, fd, number] {
            // A talk over TLS writes by write(): a client that is gone must end the talk, not the test.
            sigset_t pipe;
            sigemptyset(&pipe);
            sigaddset(&pipe, SIGPIPE);
            pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
            m_serve(fd, number);
            shutdown(fd, SHUT_RDWR); // the number is given back at the end, when nobody means it any more
        });
    }
    for (const int fd : m_sockets)
        shutdown(fd, SHUT_RDWR);
    for (std::thread &talk : m_talks)
        talk.join();
    for (const int fd : m_sockets)
        close(fd);
}

int closedPort()
{
    int port = 0;
    // Bound until the process ends, and never listened at: tests run side by side, and a port that is let go of may be
    // another one's server at once.
    [[maybe_unused]] const int held = bindAnywhere(port);
    return port;
}

int unusedPort()
{
    int port = 0;
    close(bindAnywhere(port));
    return port;
}

FakeServer::Serve silentServer()
{
    return [](int fd, int) {
        while (!receive(fd).empty()) { }
    };
}

FakeServer::Serve httpServer()
{
    return [](int fd, int) {
        std::string heard;
        while (heard.find('\n') == std::string::npos) {
            const std::string more = receive(fd);
            if (more.empty())
                return;
            heard += more;
            if (heard.front() == '\0') // not a letter of any request
                break;
        }
        say(fd, "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
    };
}

FakeServer::Serve oldPostgres()
{
    return [](int fd, int) {
        std::string heard = receive(fd);
        if (heard == "\0\0\0\x08\x04\xd2\x16\x2f"s) { // wants TLS
            say(fd, "N");
            heard = receive(fd);
        }
        if (heard.empty())
            return;
        say(fd,
            message('R', "\0\0\0\0"s) + message('S', "server_version\0"s + "9.6.24\0"s)
                + message('S', "client_encoding\0UTF8\0"s) + message('K', "\0\0\0\1\0\0\0\2"s) + message('Z', "I"s));
        while (!receive(fd).empty()) { }
    };
}

FakeServer::Serve oldMariaDb()
{
    return [](int fd, int) {
        say(fd, packet(0, greeting("10.1.48", '\x82')));
        if (receive(fd).empty())
            return;
        say(fd, packet(2, "\0\0\0\2\0\0\0"s));
        while (!receive(fd).empty()) { }
    };
}

FakeServer::Serve closedPostgres()
{
    return [](int fd, int) {
        if (receive(fd) == "\0\0\0\x08\x04\xd2\x16\x2f"s) {
            say(fd, "N");
            receive(fd);
        }
        say(fd,
            message('E',
                    "SFATAL\0"s + "VFATAL\0"s + "C28000\0"s
                        + "Mno pg_hba.conf entry for host \"127.0.0.1\", user \"u\", database \"d\"\0"s + "\0"s));
    };
}

FakeServer::Serve closedMariaDb()
{
    return [](int fd, int) {
        say(fd, packet(0, "\xff\x6a\x04Host '127.0.0.1' is not allowed to connect to this MariaDB server"s));
        listenOnly(fd);
    };
}

FakeServer::Serve postgresSilentInTls()
{
    return [](int fd, int) {
        receive(fd);
        say(fd, "S");
        listenOnly(fd);
    };
}

FakeServer::Serve mariaDbSilentInTls()
{
    return [](int fd, int) {
        say(fd, packet(0, greeting("10.11.6", '\x8a')));
        listenOnly(fd);
    };
}

} // namespace tidemark::test
