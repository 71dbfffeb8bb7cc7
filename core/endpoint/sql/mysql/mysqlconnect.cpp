// SPDX-License-Identifier: GPL-3.0-or-later
// How a Link is opened, and what a failure means. Its TLS: mysqltls.cpp.
#include <algorithm>

#include <QRegularExpression>
#include <QVersionNumber>

#include <errmsg.h>
#include <fcntl.h>

#include "core/endpoint/net/tlsprobe.h"
#include "core/endpoint/net/tlssocket.h"
#include "core/endpoint/net/whoanswers.h"
#include "core/endpoint/sql/mysql/mysqlerror.h"
#include "core/endpoint/sql/mysql/mysqllink.h"

using namespace Qt::StringLiterals;

namespace tidemark::mysql {

namespace {

constexpr size_t stackSize = 512 * 1024; // of the coroutine: name look-up and TLS handshakes run on it
const QVersionNumber oldestMariaDb(10, 4); // what the sessions set is not known before
const QVersionNumber oldestMysql(5, 7, 8); // likewise

// Without mysql_clear_password and dialog: a server that asks for the password itself does not get it.
constexpr auto trustedMethods = "mysql_native_password,client_ed25519,caching_sha2_password,sha256_password,parsec";

bool isSocket(const QString &host) { return host.startsWith(u'/'); }

} // namespace

Result<std::unique_ptr<Link>> Link::open(const ConnectionSettings &settings, const Secret &secret,
                                         const OpenOptions &options)
{
    return openFor(settings, secret, options, Purpose::Session);
}

Result<std::unique_ptr<Link>> Link::openFor(const ConnectionSettings &settings, const Secret &secret,
                                            const OpenOptions &options, Purpose purpose)
{
    std::unique_ptr<Link> link(new Link(settings, secret, options, purpose));
    if (options.cancellation != nullptr && options.cancellation->isCancelled())
        return fail(ErrorCode::Cancelled);
    link->m_deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(settings.timeoutMs);
    TRY(link->setOptions());
    TRY(link->setTls());
    TRY(link->connect());
    TRY(link->checkConnected());
    return link;
}

Result<void> Link::setOptions()
{
    mysql_optionsv(&m_mysql, MYSQL_OPT_NONBLOCK, &stackSize);
    mysql_optionsv(&m_mysql, MARIADB_OPT_IO_WAIT, reinterpret_cast<void *>(&Link::waitInLibrary));
    const unsigned int off = 0;
    mysql_optionsv(&m_mysql, MYSQL_OPT_LOCAL_INFILE, &off);
    mysql_optionsv(&m_mysql, MYSQL_SET_CHARSET_NAME, "utf8mb4");
    mysql_optionsv(&m_mysql, MARIADB_OPT_RESTRICTED_AUTH, trustedMethods);
    setFlag(MYSQL_OPT_RECONNECT, false);
    setFlag(MYSQL_REPORT_DATA_TRUNCATION, true);
    const unsigned int protocol = isSocket(m_settings.host) ? MYSQL_PROTOCOL_SOCKET : MYSQL_PROTOCOL_TCP;
    mysql_optionsv(&m_mysql, MYSQL_OPT_PROTOCOL, &protocol); // "localhost" would mean a socket otherwise
    mysql_optionsv(&m_mysql, MYSQL_OPT_CONNECT_ATTR_ADD, "program_name", "tidemark");
    const unsigned long packet = 1UL << 30;
    mysql_optionsv(&m_mysql, MYSQL_OPT_MAX_ALLOWED_PACKET, &packet);
    return {};
}

void Link::setFlag(mysql_option option, bool on)
{
    const my_bool value = on ? 1 : 0;
    mysql_optionsv(&m_mysql, option, &value);
}

Error Link::placed(Error error) const
{
    error.with(Fact::Host, m_settings.host);
    if (!isSocket(m_settings.host))
        error.with(Fact::Port, QString::number(net::portOf(m_settings)));
    return error;
}

Result<void> Link::connect()
{
    const bool socket = isSocket(m_settings.host);
    QByteArray host = m_settings.host.isEmpty() ? QByteArray("127.0.0.1") : m_settings.host.toUtf8();
    auto port = static_cast<unsigned>(net::portOf(m_settings));
    if (m_route) {
        host = m_route->address().toLatin1();
        port = static_cast<unsigned>(m_route->port());
    } else if (!socket) {
        // The library looks the name up once more, where nothing can interrupt it; by then the answer is at hand.
        tell(TestStep::Network);
        auto found = net::resolveHost(QString::fromUtf8(host), connectLimitMs(), net::CancelSignal(m_cancellation));
        if (!found)
            return fail(placed(std::move(found).error()));
    }
    const QByteArray user = m_settings.user.toUtf8();
    const QByteArray database = m_settings.database.toUtf8();
    const WaitScope scope(this);
    const MYSQL *connected = run<MYSQL *>(
        nullptr,
        [&](MYSQL **result) {
            return mysql_real_connect_start(result, &m_mysql, socket ? nullptr : host.constData(), user.constData(),
                                            m_secret.bytes().constData(),
                                            database.isEmpty() ? nullptr : database.constData(), socket ? 0 : port,
                                            socket ? host.constData() : nullptr, CLIENT_FOUND_ROWS);
        },
        [&](MYSQL **result, int events) { return mysql_real_connect_cont(result, &m_mysql, events); });
    if (connected == nullptr)
        return fail(connectError());
    m_encrypted = mysql_get_ssl_cipher(&m_mysql) != nullptr;
    if (m_encrypted)
        tell(TestStep::Tls);
    tell(TestStep::Login);
    m_mariaDb = mariadb_connection(&m_mysql) != 0;
    // The TLS handshake leaves the socket blocking. Where the rest of the log-in found its answers waiting already,
    // nothing has mended that yet, and a read within TLS would wait where neither cancelling nor the time-out reaches
    // it.
    const my_socket socketHandle = mysql_get_socket(&m_mysql);
    ::fcntl(socketHandle, F_SETFL, ::fcntl(socketHandle, F_GETFL) | O_NONBLOCK);
    m_connected = true;
    m_reached = {};
    return {};
}

Result<void> Link::checkConnected()
{
    const TlsMode mode = tlsMode();
    if (!m_encrypted && mode != TlsMode::Disable && mode != TlsMode::Prefer)
        return fail(placed(Error{ErrorCode::TlsUnavailable, {}, u"the server offers no TLS"_s}));
    const QString version = QString::fromUtf8(mysql_get_server_info(&m_mysql));
    const QVersionNumber oldest = m_mariaDb ? oldestMariaDb : oldestMysql;
    if (QVersionNumber::fromString(version) < oldest)
        return fail(placed(Error{ErrorCode::ServerTooOld, {}, {}})
                        .with(Fact::Found, version)
                        .with(Fact::Expected, oldest.toString()));
    return {};
}

QString Link::tlsProtocol()
{
    const char *version = nullptr;
    if (!m_encrypted || mariadb_get_infov(&m_mysql, MARIADB_CONNECTION_TLS_VERSION, &version) != 0)
        return {};
    return QString::fromLatin1(version);
}

void Link::tell(TestStep step) const
{
    if (m_reached)
        m_reached(step);
}

qint64 Link::connectLimitMs() const
{
    using namespace std::chrono;
    const auto left = duration_cast<milliseconds>(m_deadline - steady_clock::now()).count();
    // A server of this kind speaks first, and at once. Where it does not, there is time to find out who answers.
    return awaitsGreeting() && !m_askedWho ? std::min<qint64>(left, m_settings.timeoutMs / 4) : left;
}

// true: the wait goes on.
bool Link::askWhoAnswers()
{
    if (!awaitsGreeting() || m_askedWho || mysql_get_socket(&m_mysql) < 0)
        return false;
    m_askedWho = true;
    if (!net::isConnected(mysql_get_socket(&m_mysql)))
        return true;
    m_speaker = net::whoAnswers(m_settings, m_route.get(), connectLimitMs(), net::CancelSignal(m_cancellation));
    if (m_speaker.isEmpty() || m_speaker == "MariaDB or MySQL"_L1)
        return true;
    stop(Stop::Foreign);
    return true;
}

// The library goes through TLS and login without a word: its error tells how far it came.
void Link::tellFailed(ErrorCode code) const
{
    switch (code) {
    case ErrorCode::TlsName:
    case ErrorCode::TlsUntrusted:
    case ErrorCode::TlsUnavailable:
        return tell(TestStep::Tls);
    case ErrorCode::WrongPassword:
    case ErrorCode::NoRights:
    case ErrorCode::NoSuchDatabase:
    case ErrorCode::NotAvailable: // a way to log in
        return tell(TestStep::Login);
    default:
        break;
    }
}

// A server that does not take the certificate which the user logs in by says so in TLS, or lets go in the midst of the
// log-in: then the library knows no more than that.
void Link::addOwnCertificate(Error &error, unsigned number) const
{
    static const QRegularExpression files(u"key values mismatch|no start line|bad decrypt|PEM|unsupported"_s);
    static const QRegularExpression refused(u"alert (?:unknown ca|bad certificate|certificate|unsupported)"_s);
    static const QRegularExpression dropped(u"authentication information|authorization packet"_s);
    const bool isTls = number == CR_SSL_CONNECTION_ERROR;
    if ((isTls && refused.match(error.detail).hasMatch())
        || (error.code == ErrorCode::ConnectionLost && dropped.match(error.detail).hasMatch())) {
        error.code = ErrorCode::TlsUntrusted;
        error.with(Fact::Option, u"tls.cert"_s);
    } else if (isTls && files.match(error.detail).hasMatch()) {
        error.code = ErrorCode::FileUnreadable;
        error.with(Fact::File, m_settings.tls.key.isEmpty() ? m_settings.tls.cert : m_settings.tls.key);
    }
}

Error Link::connectError()
{
    const unsigned number = mysql_errno(&m_mysql);
    Error error = placed(this->error());
    if (error.code == ErrorCode::ConnectionLost && number == CR_SERVER_LOST && qstrlen(mysql_error(&m_mysql)) > 0
        && errno == ECONNREFUSED)
        error.code = ErrorCode::Unreachable;
    // Where a handshake ends before its time, the library tells what it thinks of the certificate, asked or not. What
    // it says of a pinned one is meant.
    const bool verifies = tlsMode() == TlsMode::VerifyCa || tlsMode() == TlsMode::VerifyFull;
    if (number == CR_SSL_CONNECTION_ERROR && error.code == ErrorCode::TlsUntrusted && !verifies
        && !error.detail.contains(u"fingerprint"_s, Qt::CaseInsensitive))
        error.code = ErrorCode::ConnectionLost;
    error.with(Fact::User, m_settings.user).with(Fact::Database, m_settings.database);
    if (!m_settings.tls.cert.isEmpty())
        addOwnCertificate(error, number);
    tellFailed(error.code);
    return m_route ? m_route->explain(std::move(error)) : error;
}

} // namespace tidemark::mysql
