// SPDX-License-Identifier: GPL-3.0-or-later
// How a Link is opened: options, TLS, and what a failure means.
#include <QFileInfo>

#include <errmsg.h>
#include <fcntl.h>

#include "core/endpoint/sql/mysql/mysqlerror.h"
#include "core/endpoint/sql/mysql/mysqllink.h"

using namespace Qt::StringLiterals;

namespace tidemark::mysql {

namespace {

constexpr size_t stackSize = 512 * 1024; // of the coroutine: name look-up and TLS handshakes run on it
constexpr auto systemAuthorities = "/etc/ssl/certs";
constexpr int defaultPort = 3306;

// Without mysql_clear_password and dialog: a server that asks for the password itself does not get it.
constexpr auto trustedMethods = "mysql_native_password,client_ed25519,caching_sha2_password,sha256_password,parsec";

bool isSocket(const QString &host) { return host.startsWith(u'/'); }

void setFlag(MYSQL *mysql, mysql_option option, bool on)
{
    const my_bool value = on ? 1 : 0;
    mysql_optionsv(mysql, option, &value);
}

Result<QByteArray> readable(const QString &file, QLatin1StringView option)
{
    if (!QFileInfo(file).isReadable())
        return fail(Error{QFileInfo::exists(file) ? ErrorCode::FileUnreadable : ErrorCode::FileNotFound, {}, {}}
                        .with(Fact::File, file)
                        .with(Fact::Option, option));
    return file.toLocal8Bit();
}

Result<void> setFile(MYSQL *mysql, mysql_option option, const QString &file, QLatin1StringView name)
{
    if (file.isEmpty())
        return {};
    TRY_ASSIGN(const QByteArray path, readable(file, name));
    mysql_optionsv(mysql, option, path.constData());
    return {};
}

} // namespace

Result<std::unique_ptr<Link>> Link::open(const ConnectionSettings &settings, const Secret &secret,
                                         Cancellation *cancellation)
{
    return openFor(settings, secret, cancellation, Purpose::Session);
}

Result<std::unique_ptr<Link>> Link::openFor(const ConnectionSettings &settings, const Secret &secret,
                                            Cancellation *cancellation, Purpose purpose)
{
    std::unique_ptr<Link> link(new Link(settings, secret, cancellation, purpose));
    if (cancellation != nullptr && cancellation->isCancelled())
        return fail(ErrorCode::Cancelled);
    TRY(link->setOptions());
    TRY(link->setTls());
    TRY(link->connect());
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
    setFlag(&m_mysql, MYSQL_OPT_RECONNECT, false);
    setFlag(&m_mysql, MYSQL_REPORT_DATA_TRUNCATION, true);
    const unsigned int protocol = isSocket(m_settings.host) ? MYSQL_PROTOCOL_SOCKET : MYSQL_PROTOCOL_TCP;
    mysql_optionsv(&m_mysql, MYSQL_OPT_PROTOCOL, &protocol); // "localhost" would mean a socket otherwise
    mysql_optionsv(&m_mysql, MYSQL_OPT_CONNECT_ATTR_ADD, "program_name", "tidemark");
    const unsigned long packet = 1UL << 30;
    mysql_optionsv(&m_mysql, MYSQL_OPT_MAX_ALLOWED_PACKET, &packet);
    return {};
}

// verify-ca: with an authority named, Connector/C 3.x checks the chain and leaves the name alone. A pin by SHA-256 is
// beyond it before 3.4 (it compares SHA-1): refused, for a pin that is not checked is worse than none.
Result<void> Link::setTls()
{
    const TlsSettings &tls = m_settings.tls;
    const TlsMode mode = m_settings.effectiveTlsMode();
    const bool wanted = mode != TlsMode::Disable;
    const bool verified = mode == TlsMode::VerifyCa || mode == TlsMode::VerifyFull;
    if (!tls.pin.isEmpty())
        return fail(Error{
            ErrorCode::NotAvailable,
            {},
            u"the client library compares no SHA-256 of a certificate; name the certificate as its own authority (ca)"_s}
                        .with(Fact::Option, u"tls.pin"_s));
    if (verified && qEnvironmentVariableIsSet("MARIADB_TLS_DISABLE_PEER_VERIFICATION"))
        return fail(ErrorCode::TlsUnavailable, u"MARIADB_TLS_DISABLE_PEER_VERIFICATION is set"_s);
    setFlag(&m_mysql, MYSQL_OPT_SSL_ENFORCE, wanted);
    setFlag(&m_mysql, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, mode == TlsMode::VerifyFull);
    if (!wanted)
        return {};
    TRY(setFile(&m_mysql, MYSQL_OPT_SSL_CERT, tls.cert, "tls.cert"_L1));
    TRY(setFile(&m_mysql, MYSQL_OPT_SSL_KEY, tls.key, "tls.key"_L1));
    TRY(setFile(&m_mysql, MYSQL_OPT_SSL_CA, tls.ca, "tls.ca"_L1));
    if (verified && tls.ca.isEmpty()) {
        if (!QFileInfo(QString::fromLatin1(systemAuthorities)).isDir())
            return fail(Error{ErrorCode::TlsUnavailable, {}, u"no certificate authorities are known"_s}.with(
                Fact::Option, u"tls.ca"_s));
        mysql_optionsv(&m_mysql, MYSQL_OPT_SSL_CAPATH, systemAuthorities);
    }
    mysql_optionsv(&m_mysql, MARIADB_OPT_TLS_VERSION, "TLSv1.2,TLSv1.3");
    return {};
}

Result<void> Link::connect()
{
    const bool socket = isSocket(m_settings.host);
    const QByteArray host = m_settings.host.isEmpty() ? QByteArray("127.0.0.1") : m_settings.host.toUtf8();
    const QByteArray user = m_settings.user.toUtf8();
    const QByteArray database = m_settings.database.toUtf8();
    const auto port = static_cast<unsigned>(m_settings.port != 0 ? m_settings.port : defaultPort);
    m_deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(m_settings.timeoutMs);
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
    const TlsMode mode = m_settings.effectiveTlsMode();
    if (!m_encrypted && mode != TlsMode::Disable && mode != TlsMode::Prefer)
        return fail(
            Error{ErrorCode::TlsUnavailable, {}, u"the server offers no TLS"_s}.with(Fact::Host, m_settings.host));
    m_mariaDb = mariadb_connection(&m_mysql) != 0;
    // The TLS handshake leaves the socket blocking. Where the rest of the log-in found its answers waiting already,
    // nothing has mended that yet, and a read within TLS would wait where neither cancelling nor the time-out reaches
    // it.
    const my_socket socketHandle = mysql_get_socket(&m_mysql);
    ::fcntl(socketHandle, F_SETFL, ::fcntl(socketHandle, F_GETFL) | O_NONBLOCK);
    m_connected = true;
    return {};
}

Error Link::connectError()
{
    const unsigned number = mysql_errno(&m_mysql);
    Error error = this->error();
    if (error.code == ErrorCode::ConnectionLost && number == CR_SERVER_LOST && qstrlen(mysql_error(&m_mysql)) > 0
        && errno == ECONNREFUSED)
        error.code = ErrorCode::Unreachable;
    error.with(Fact::Host, m_settings.host);
    if (!isSocket(m_settings.host))
        error.with(Fact::Port, QString::number(m_settings.port != 0 ? m_settings.port : defaultPort));
    if (error.code == ErrorCode::WrongPassword || error.code == ErrorCode::NoRights)
        error.with(Fact::User, m_settings.user);
    if (error.code == ErrorCode::NoSuchDatabase || error.code == ErrorCode::NoRights)
        error.with(Fact::Database, m_settings.database);
    return error;
}

} // namespace tidemark::mysql
