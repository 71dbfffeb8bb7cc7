// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/units.h"
#include "core/base/blockingcall.h"
#include "core/endpoint/sql/mysql/mysqllink.h"

#include <algorithm>
#include <cerrno>

#include <dlfcn.h>
#include <errmsg.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/endpoint/sql/mysql/mysqlerror.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace tidemark::mysql {

thread_local Link *Link::t_current = nullptr;

namespace {

// OpenSSL keeps its errors by thread, not by connection, and Connector/C never clears them: what one connection met
// would be taken for the failure of the next that merely waits.
void forgetTlsErrors()
{
    static const auto clear = reinterpret_cast<void (*)()>(::dlsym(RTLD_DEFAULT, "ERR_clear_error"));
    if (clear != nullptr)
        clear();
}

void startLibrary() // mysql_init() would, but not safely on several threads
{
    static const int failed = mysql_library_init(0, nullptr, nullptr);
    Q_UNUSED(failed)
}

constexpr qint64 killTimeoutMs = 1000; // how long ending a session may take to stop its statement at the server

// The library leaves the socket blocking now and then while it connects, and reads within TLS where neither cancelling
// nor the time-out reaches: right after the handshake even before it asks anybody. With a short time-out of the
// socket's own it comes back to ask.
void keepFromBlocking(my_socket socket)
{
    constexpr timeval soon{0, 50'000};
    ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &soon, sizeof soon);
    ::setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &soon, sizeof soon);
    ::fcntl(socket, F_SETFL, ::fcntl(socket, F_GETFL) | O_NONBLOCK);
}

} // namespace

Link::Link(const ConnectionSettings &settings, const Secret &secret, const OpenOptions &options, Purpose purpose)
    : m_settings(settings), m_secret(secret), m_cancellation(options.cancellation), m_route(options.route),
      m_reached(options.reached), m_purpose(purpose), m_wake(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
{
    startLibrary();
    mysql_init(&m_mysql);
    if (m_cancellation != nullptr)
        m_registration = m_cancellation->onCancel([this] {
            m_cancelled = true;
            const quint64 one = 1;
            [[maybe_unused]] const auto written = ::write(m_wake, &one, sizeof one);
        });
}

Link::~Link()
{
    const unsigned long thread = m_connected ? mysql_thread_id(&m_mysql) : 0;
    const bool kill = thread != 0 && m_stop.load() == Stop::Cancelled;
    m_registration = {};
    mysql_close(&m_mysql);
    if (kill) // it would go on, and keep its locks, until it noticed that nobody listens
        if (const auto side = sideLink(std::min(killTimeoutMs, m_settings.timeoutMs), nullptr)) [[maybe_unused]]
            const auto killed = (*side)->execute("KILL " + QByteArray::number(qulonglong(thread)));
    if (m_wake >= 0)
        ::close(m_wake);
}

void Link::stop(Stop why)
{
    if (m_stop.load() != Stop::None)
        return;
    m_stop = why;
    if (const my_socket socket = mysql_get_socket(&m_mysql); socket >= 0)
        ::shutdown(socket, SHUT_RDWR); // the library's read or write ends at once
}

void Link::abandon() { stop(Stop::Lost); }

int Link::waitOn(int socket, short events, int limitMs)
{
    pollfd waits[2] = {{socket, events, 0}, {m_wake, POLLIN, 0}};
    for (;;) {
        if (m_cancelled) {
            stop(Stop::Cancelled);
            return 0;
        }
        const BlockingCall call("a MariaDB server");
        const int ready = ::poll(waits, 2, limitMs);
        if (ready < 0 && errno == EINTR)
            continue;
        if (ready <= 0)
            return 0;
        if (waits[0].revents != 0)
            return waits[0].revents;
    }
}

// A server says nothing unasked but that it ends the connection.
bool Link::isAlive()
{
    const my_socket socket = mysql_get_socket(&m_mysql);
    if (isDead() || socket < 0)
        return false;
    pollfd input{socket, POLLIN | POLLRDHUP, 0};
    return ::poll(&input, 1, 0) == 0;
}

// A handshake of TLS that found its answers there already has not told of itself.
void Link::tellWaiting()
{
    if (awaitsGreeting())
        return tell(TestStep::Network);
    if (mysql_get_ssl_cipher(&m_mysql) != nullptr)
        tell(TestStep::Tls);
    tell(TestStep::Login);
}

int Link::wait(int events)
{
    short wanted = 0;
    if ((events & MYSQL_WAIT_READ) != 0)
        wanted |= POLLIN;
    if ((events & MYSQL_WAIT_WRITE) != 0)
        wanted |= POLLOUT;
    if ((events & MYSQL_WAIT_EXCEPT) != 0)
        wanted |= POLLPRI;
    const my_socket socket = mysql_get_socket(&m_mysql);
    if (!m_connected)
        keepFromBlocking(socket);
    while (!isDead()) {
        const bool limited = !m_connected || m_purpose == Purpose::Side;
        const qint64 limit = limited ? connectLimitMs() : m_settings.timeoutMs;
        if (!m_connected)
            tellWaiting();
        const int ready = limit > 0 ? waitOn(socket, wanted, static_cast<int>(limit)) : 0;
        if (ready != 0)
            return ((ready & POLLOUT) != 0 ? MYSQL_WAIT_WRITE : 0) | ((ready & ~POLLOUT) != 0 ? MYSQL_WAIT_READ : 0);
        if (isDead())
            break;
        if (limited && !askWhoAnswers())
            stop(Stop::Timeout);
        else if (!limited)
            probe();
    }
    return MYSQL_WAIT_TIMEOUT | (events & (MYSQL_WAIT_READ | MYSQL_WAIT_WRITE));
}

// Connector/C waits by itself within the TLS handshake even of a non-blocking connect: this is its hook for that.
int Link::waitInLibrary(my_socket socket, my_bool isRead, int)
{
    Link *link = t_current;
    if (link == nullptr || link->isDead())
        return -1;
    link->tell(TestStep::Tls);
    keepFromBlocking(socket);
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(link->m_deadline - std::chrono::steady_clock::now());
    if (left > 0ms && link->waitOn(socket, isRead != 0 ? POLLIN : POLLOUT, static_cast<int>(left.count())) != 0)
        return 1;
    if (!link->isDead())
        link->stop(Stop::Timeout);
    errno = ETIMEDOUT;
    return 0;
}

Result<std::unique_ptr<Link>> Link::sideLink(qint64 timeoutMs, Cancellation *cancellation)
{
    ConnectionSettings settings = m_settings;
    settings.timeoutMs = timeoutMs;
    OpenOptions options;
    options.cancellation = cancellation;
    options.route = m_route;
    return openFor(settings, m_secret, options, Purpose::Side);
}

// Nothing has come for the whole time-out. Frozen or cut off, or only slow?
void Link::probe()
{
    auto side = sideLink(m_settings.timeoutMs, m_cancellation);
    if (m_cancelled)
        return stop(Stop::Cancelled);
    if (!side) { // an answer of any kind proves life: too many connections, a refused login
        const ErrorCode code = side.error().code;
        if (code == ErrorCode::Timeout || code == ErrorCode::Unreachable || code == ErrorCode::ConnectionLost
            || code == ErrorCode::HostNotFound)
            stop(Stop::Timeout);
        return;
    }
    const auto serving = (*side)->isServing(mysql_thread_id(&m_mysql));
    if (m_cancelled)
        return stop(Stop::Cancelled);
    if (!serving || !*serving)
        stop(Stop::Timeout);
}

Result<bool> Link::isServing(unsigned long thread)
{
    TRY(execute("SELECT 1 FROM information_schema.PROCESSLIST WHERE ID = " + QByteArray::number(qulonglong(thread))));
    return affectedRows() > 0;
}

Result<void> Link::killQuery()
{
    const auto side = sideLink(m_settings.timeoutMs, m_cancellation);
    if (!side)
        return fail(ErrorCode::Unreachable);
    return (*side)->execute("KILL QUERY " + QByteArray::number(qulonglong(mysql_thread_id(&m_mysql))));
}

void Link::prepareCall()
{
    Q_ASSERT(m_thread == std::this_thread::get_id());
    if (m_encrypted || !m_connected)
        forgetTlsErrors();
}

Result<void> Link::execute(const QByteArray &sql)
{
    const int failed = run<int>(
        1,
        [&](int *result) {
            return mysql_real_query_start(result, &m_mysql, sql.constData(), static_cast<unsigned long>(sql.size()));
        },
        [&](int *result, int events) { return mysql_real_query_cont(result, &m_mysql, events); });
    if (failed != 0)
        return fail(error());
    if (mysql_field_count(&m_mysql) == 0)
        return {};
    MYSQL_RES *rows = run<MYSQL_RES *>(
        nullptr, [&](MYSQL_RES **result) { return mysql_store_result_start(result, &m_mysql); },
        [&](MYSQL_RES **result, int events) { return mysql_store_result_cont(result, &m_mysql, events); });
    if (rows == nullptr)
        return fail(error());
    mysql_free_result(rows); // it is whole in memory: this does not wait
    return {};
}

bool Link::hasBulk() const
{
    return (m_mysql.server_capabilities & CLIENT_MYSQL) == 0 && m_mysql.extension != nullptr && [this] {
        unsigned long long extended = 0;
        MYSQL *handle = const_cast<MYSQL *>(&m_mysql); // the getter takes no const, and changes nothing
        return mariadb_get_infov(handle, MARIADB_CONNECTION_EXTENDED_SERVER_CAPABILITIES, &extended) == 0
            && (extended & (MARIADB_CLIENT_STMT_BULK_OPERATIONS >> 32)) != 0;
    }();
}

Error Link::error() { return error(mysql_errno(&m_mysql), mysql_error(&m_mysql)); }

Error Link::error(unsigned number, const char *message)
{
    switch (m_stop.load()) {
    case Stop::Cancelled:
        return Error{ErrorCode::Cancelled, {}, {}};
    case Stop::Timeout:
        return Error{ErrorCode::Timeout, {}, {}}
            .with(Fact::Host, m_settings.host)
            .with(Fact::Limit, formatDuration(m_settings.timeoutMs));
    case Stop::Foreign:
        return Error{ErrorCode::ProtocolUnknown, {}, {}}.with(Fact::Found, m_speaker);
    case Stop::Lost:
        return placed(Error{ErrorCode::ConnectionLost, {}, {}});
    case Stop::None:
        break;
    }
    Error error = number != 0 ? errorOf(number, message) : Error{ErrorCode::Internal, {}, u"no error number"_s};
    if (error.code != ErrorCode::ConnectionLost && error.code != ErrorCode::ServerClosing)
        return error;
    stop(Stop::Lost);
    return placed(std::move(error));
}

} // namespace tidemark::mysql
