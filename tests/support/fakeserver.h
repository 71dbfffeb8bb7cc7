// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <functional>
#include <thread>
#include <vector>

namespace tidemark::test {

// Takes connections on 127.0.0.1:port() and lets `serve` talk, each on a thread of its own; the socket (blocking) is
// closed when it returns. At its end all sockets are shut down, so that no `serve` waits for ever.
class FakeServer
{
public:
    using Serve = std::function<void(int socket, int number)>; // the first connection is 0
    explicit FakeServer(Serve serve);
    ~FakeServer();
    FakeServer(const FakeServer &) = delete;
    FakeServer &operator=(const FakeServer &) = delete;
    int port() const { return m_port; }

private:
    void run();

    Serve m_serve;
    int m_listener = -1;
    int m_port = 0;
    int m_stop = -1;
    std::vector<int> m_sockets; // of the thread
    std::vector<std::thread> m_talks;
    std::thread m_thread;
};

int closedPort(); // of 127.0.0.1: refuses whoever connects, as long as this process lives
int unusedPort(); // for a server that is started next; somebody else may be faster

// Servers as a client may meet them.
FakeServer::Serve silentServer(); // takes the connection, and never says a word
FakeServer::Serve httpServer();
FakeServer::Serve oldPostgres(); // 9.6: takes every user
FakeServer::Serve oldMariaDb(); // 10.1, without TLS: takes every user
FakeServer::Serve closedPostgres(); // "no pg_hba.conf entry"
FakeServer::Serve closedMariaDb(); // "Host … is not allowed"
FakeServer::Serve postgresSilentInTls(); // agrees to TLS, and says nothing more
FakeServer::Serve mariaDbSilentInTls();

} // namespace tidemark::test
