// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <QString>

namespace tidemark::test {

// Forwards 127.0.0.1:port() to a server, and misbehaves on demand. Works in a thread of its own; every member is
// thread-safe.
class TcpProxy
{
public:
    TcpProxy(const QString &host, int port);
    ~TcpProxy();
    TcpProxy(const TcpProxy &) = delete;
    TcpProxy &operator=(const TcpProxy &) = delete;

    int port() const { return m_port; } // 0: could not listen
    void cutAfter(qint64 bytesFromServer); // counted from now over all connections, to the byte; −1: never
    void cutAfterToServer(qint64 bytesToServer); // likewise for what the client sends
    void cutNow(); // closes what is open now
    void setFrozen(bool frozen); // forwards nothing; new connections are taken, and never served
    void setDelayMs(int delay); // before each piece (64 KiB at most) in either direction
    // Asked with what a client has sent and the server not yet received; true: that and all that comes after it stay
    // here, and are thrown away with their connection. Called on the proxy's thread; none: nothing is held.
    void holdWhen(std::function<bool(const std::string &)> hold);
    int heldCount() const { return m_held; } // connections so far
    qint64 bytesFromServer() const { return m_fromServer; }
    qint64 bytesToServer() const { return m_toServer; }
    int connectionCount() const { return m_connections; } // all that were ever taken

private:
    struct Pipe
    {
        std::string buffer;
        bool ended = false;
    };
    struct Pair
    {
        int client = -1;
        int server = -1;
        Pipe toServer;
        Pipe toClient;
        bool dead = false;
        bool held = false;
    };

    void run();
    void accept();
    void serve(Pair &pair, short clientEvents, short serverEvents);
    bool receive(int from, Pipe &pipe);
    bool send(int to, Pipe &pipe, std::atomic<qint64> &count, std::atomic<qint64> &left);
    void closePair(Pair &pair);
    void wake();
    void holdOrNot(Pair &pair);

    std::string m_host;
    int m_serverPort = 0;
    int m_port = 0;
    int m_listener = -1;
    int m_wake[2] = {-1, -1};
    std::vector<Pair> m_pairs; // of the thread
    std::mutex m_holdMutex;
    std::function<bool(const std::string &)> m_hold;
    std::atomic<int> m_held = 0;
    std::atomic<bool> m_stop = false;
    std::atomic<bool> m_frozen = false;
    std::atomic<bool> m_cut = false;
    std::atomic<int> m_delayMs = 0;
    std::atomic<int> m_connections = 0;
    std::atomic<qint64> m_fromServer = 0;
    std::atomic<qint64> m_toServer = 0;
    std::atomic<qint64> m_leftFromServer = -1;
    std::atomic<qint64> m_leftToServer = -1;
    std::thread m_thread;
};

} // namespace tidemark::test
