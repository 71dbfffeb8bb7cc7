// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <thread>

#include <mysql.h>

#include "core/endpoint/session.h"

namespace tidemark::mysql {

// One connection, on the library's non-blocking calls: every wait is ours, so that it ends when the run is cancelled
// and when the server is frozen. A silence of timeoutMs is not yet a failure, for a long statement is silent too: then
// a second connection asks whether the server lives and still works for this one. Belongs to the thread that opened it.
class Link
{
public:
    static Result<std::unique_ptr<Link>> open(const ConnectionSettings &settings, const Secret &secret,
                                              const OpenOptions &options);
    ~Link();
    Link(const Link &) = delete;
    Link &operator=(const Link &) = delete;

    MYSQL *handle() { return &m_mysql; }
    const ConnectionSettings &settings() const { return m_settings; }
    bool isEncrypted() const { return m_encrypted; }
    QString tlsProtocol();
    bool isMariaDb() const { return m_mariaDb; }
    bool hasBulk() const; // the server takes arrays of parameters
    bool isDead() const { return m_stop.load() != Stop::None; }
    bool isAlive(); // between two calls, on any thread

    // One statement of text protocol; what it answers is read whole (see Statement for results).
    Result<void> execute(const QByteArray &sql);
    qint64 affectedRows() { return static_cast<qint64>(mysql_affected_rows(&m_mysql)); }

    // Runs a non-blocking pair: start(&result) and go(&result, events) as mysql_…_start and mysql_…_cont.
    template <typename R, typename Start, typename Continue> R run(R failed, Start start, Continue go)
    {
        R result = failed;
        if (m_cancelled)
            stop(Stop::Cancelled);
        if (isDead())
            return failed;
        prepareCall();
        int waiting = start(&result);
        while (waiting != 0) {
            const int events = wait(waiting);
            prepareCall(); // a probe meanwhile may have left TLS errors on this thread
            waiting = go(&result, events);
        }
        return result;
    }

    // What went wrong, after a call that failed: Cancelled or Timeout where the wait was broken off.
    Error error();
    Error error(unsigned number, const char *message);
    void abandon(); // nothing more is read or written; the server sees the connection close
    Result<void> killQuery(); // stops what this connection's server thread is doing, from a second connection

private:
    static thread_local Link *t_current;

    enum class Stop : quint8 { None, Cancelled, Timeout, Lost, Foreign };
    enum class Purpose : quint8 { Session, Side };
    class WaitScope // whose connect the library's own waits belong to
    {
    public:
        explicit WaitScope(Link *link) : m_outer(t_current) { t_current = link; }
        ~WaitScope() { t_current = m_outer; }
        WaitScope(const WaitScope &) = delete;
        WaitScope &operator=(const WaitScope &) = delete;

    private:
        Link *m_outer;
    };

    Link(const ConnectionSettings &settings, const Secret &secret, const OpenOptions &options, Purpose purpose);
    static Result<std::unique_ptr<Link>> openFor(const ConnectionSettings &settings, const Secret &secret,
                                                 const OpenOptions &options, Purpose purpose);
    Result<void> connect();
    Result<void> checkConnected();
    Result<void> setOptions();
    void setFlag(mysql_option option, bool on);
    TlsMode tlsMode() const;
    Result<void> setTls();
    Result<void> holdToCertificate(TlsMode mode);
    Error connectError();
    void addOwnCertificate(Error &error, unsigned number) const;
    Error placed(Error error) const; // with host and port
    void tell(TestStep step) const;
    void tellFailed(ErrorCode code) const;
    void tellWaiting();
    bool awaitsGreeting() const { return !m_connected && m_mysql.server_version == nullptr; }
    qint64 connectLimitMs() const;
    bool askWhoAnswers();
    void prepareCall();
    int wait(int events);
    int waitOn(int socket, short events, int limitMs); // poll's revents, 0 where stopped
    static int waitInLibrary(my_socket socket, my_bool isRead, int timeout);
    void probe();
    void stop(Stop why);
    Result<std::unique_ptr<Link>> sideLink(qint64 timeoutMs, Cancellation *cancellation);
    Result<bool> isServing(unsigned long thread);

    MYSQL m_mysql{};
    ConnectionSettings m_settings;
    Secret m_secret;
    Cancellation *m_cancellation;
    std::shared_ptr<const Route> m_route;
    std::function<void(TestStep)> m_reached;
    Purpose m_purpose;
    int m_wake = -1; // eventfd: written by the cancelling thread
    std::atomic<Stop> m_stop{Stop::None};
    std::atomic<bool> m_cancelled{false};
    bool m_connected = false;
    bool m_encrypted = false;
    bool m_mariaDb = false;
    bool m_askedWho = false;
    QString m_speaker; // who answers, where it is no MariaDB and no MySQL
    std::chrono::steady_clock::time_point m_deadline; // of connecting
    std::thread::id m_thread = std::this_thread::get_id();
    Cancellation::Registration m_registration; // last: gone first
};

} // namespace tidemark::mysql
