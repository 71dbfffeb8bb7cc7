// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/units.h"
#include "core/endpoint/sql/postgres/pgconnection.h"

#include <algorithm>
#include <clocale>

#include <locale.h>
#include <poll.h>

#include <QCryptographicHash>
#include <QElapsedTimer>
#include <QFileInfo>

#include <openssl/ssl.h>
#include <openssl/x509.h>

#include "core/endpoint/net/tlsprobe.h"
#include "core/endpoint/net/tlssocket.h"
#include "core/endpoint/net/whoanswers.h"
#include "core/endpoint/sql/postgres/pgerror.h"

using namespace Qt::StringLiterals;

namespace tidemark::postgres {

namespace {

constexpr int oldestVersion = 12'00'00; // generated columns in the catalogue, REINDEX …: nothing older is maintained

// libpq tells TLS failures apart in words alone, so they have to be the untranslated ones.
class PlainMessages
{
public:
    PlainMessages() : m_plain(newlocale(LC_ALL_MASK, "C", nullptr)), m_before(uselocale(m_plain)) { }
    PlainMessages(const PlainMessages &) = delete;
    PlainMessages &operator=(const PlainMessages &) = delete;
    ~PlainMessages()
    {
        uselocale(m_before);
        freelocale(m_plain);
    }

private:
    locale_t m_plain;
    locale_t m_before;
};

const char *modeName(TlsMode mode)
{
    switch (mode) {
    case TlsMode::Disable:
        return "disable";
    case TlsMode::Prefer:
        return "prefer";
    case TlsMode::Require:
        return "require";
    case TlsMode::VerifyCa:
        return "verify-ca";
    case TlsMode::VerifyFull:
        break;
    }
    return "verify-full";
}

// A pin vouches for a certificate by itself, so that verification is on top only where it was asked for.
TlsMode modeOf(const ConnectionSettings &settings)
{
    const TlsMode mode = settings.effectiveTlsMode();
    if (settings.tls.pin.isEmpty())
        return mode;
    return settings.tls.mode && mode >= TlsMode::Require ? mode : TlsMode::Require;
}

// libpq 15 does not know the system's own authorities; without a file of ours it would look into the home folder only.
QString systemAuthorities()
{
    for (const QString &path : {u"/etc/ssl/certs/ca-certificates.crt"_s, u"/etc/pki/tls/certs/ca-bundle.crt"_s,
                                u"/etc/ssl/ca-bundle.pem"_s, u"/etc/ssl/cert.pem"_s})
        if (QFileInfo::exists(path))
            return path;
    return {};
}

Result<void> checkFiles(const TlsSettings &tls)
{
    for (const QString &path : {tls.ca, tls.cert, tls.key}) {
        if (path.isEmpty())
            continue;
        const QFileInfo file(path);
        if (!file.exists())
            return fail(Error{ErrorCode::FileNotFound, {{Fact::File, path}}, {}});
        if (!file.isReadable())
            return fail(Error{ErrorCode::FileUnreadable, {{Fact::File, path}}, {}});
    }
    return {};
}

bool isSocketFolder(const QString &host) { return host.startsWith(u'/') || host.startsWith(u'@'); }

// Keywords and values for PQconnectStartParams: nothing is pasted, so nothing needs quoting.
class Parameters
{
public:
    void add(const char *keyword, const QByteArray &value)
    {
        if (value.isEmpty())
            return;
        m_keywords.push_back(keyword);
        m_values.push_back(value);
    }
    PGconn *start() const
    {
        std::vector<const char *> keywords = m_keywords;
        std::vector<const char *> values;
        for (const QByteArray &value : m_values)
            values.push_back(value.constData());
        keywords.push_back(nullptr);
        values.push_back(nullptr);
        return PQconnectStartParams(keywords.data(), values.data(), 0);
    }

private:
    std::vector<const char *> m_keywords;
    std::vector<QByteArray> m_values;
};

QByteArray repeated(const QByteArray &text, qsizetype times) { return QByteArrayList(times, text).join(','); }

void addTls(Parameters &parameters, const ConnectionSettings &settings)
{
    const TlsMode mode = modeOf(settings);
    parameters.add("sslmode", modeName(mode));
    QString ca = settings.tls.ca;
    if (ca.isEmpty() && mode >= TlsMode::VerifyCa)
        ca = systemAuthorities();
    parameters.add("sslrootcert", ca.toLocal8Bit());
    parameters.add("sslcert", settings.tls.cert.toLocal8Bit());
    parameters.add("sslkey", settings.tls.key.toLocal8Bit());
}

} // namespace

Result<std::unique_ptr<PgConnection>> PgConnection::open(const ConnectionSettings &settings, const Secret &secret,
                                                         const OpenOptions &options)
{
    std::unique_ptr<PgConnection> connection(new PgConnection(settings, options));
    TRY(connection->connect(secret));
    return connection;
}

// libpq goes on to the next address where one refuses, but not where one stays silent: that one would take all the
// time.
Result<QStringList> PgConnection::addressesFor(int port) const
{
    TRY_ASSIGN(const QStringList addresses, resolveHost(m_settings.host, m_timeoutMs, m_cancel));
    if (addresses.size() < 2)
        return addresses;
    auto answering = net::answeringAddress(addresses, port, Deadline(m_timeoutMs), m_cancel);
    if (answering)
        return QStringList(*answering);
    if (answering.error().code == ErrorCode::Unreachable) // libpq says why
        return addresses;
    if (answering.error().code == ErrorCode::Timeout)
        answering.error().with(Fact::Limit, formatDuration(m_timeoutMs));
    return fail(withPlace(std::move(answering).error(), m_settings));
}

Result<PGconn *> PgConnection::start(const Secret &secret)
{
    Parameters parameters;
    const int port = net::portOf(m_settings);
    QByteArray host = m_settings.host.toUtf8(); // the name that TLS verifies, whatever the address
    if (m_route) {
        parameters.add("hostaddr", m_route->address().toLatin1());
    } else if (!host.isEmpty() && !isSocketFolder(m_settings.host)) {
        TRY_ASSIGN(const QStringList addresses, addressesFor(port));
        parameters.add("hostaddr", addresses.join(u',').toLatin1());
        host = repeated(host, addresses.size());
    }
    parameters.add("host", host);
    parameters.add("port", QByteArray::number(m_route ? m_route->port() : port));
    parameters.add("dbname", m_settings.database.toUtf8());
    parameters.add("user", m_settings.user.toUtf8());
    parameters.add("password", secret.bytes());
    parameters.add("application_name", "tidemark");
    parameters.add("client_encoding", "UTF8");
    parameters.add("gssencmode", "disable");
    addTls(parameters, m_settings);
    // A link that died in silence is the kernel's to notice; a server that froze is the watchdog's.
    const QByteArray seconds = QByteArray::number(std::max<qint64>(1, m_timeoutMs / 1000));
    parameters.add("keepalives", "1");
    parameters.add("keepalives_idle", seconds);
    parameters.add("keepalives_interval", QByteArray::number(std::max<qint64>(1, m_timeoutMs / 3000)));
    parameters.add("keepalives_count", "3");
    parameters.add("tcp_user_timeout", QByteArray::number(2 * m_timeoutMs));
    return parameters.start();
}

Result<void> PgConnection::connect(const Secret &secret)
{
    if (m_cancel.isCancelled())
        return fail(ErrorCode::Cancelled);
    TRY(checkFiles(m_settings.tls));
    tell();
    const PlainMessages plain;
    TRY_ASSIGN(m_conn, start(secret));
    if (m_conn == nullptr)
        return fail(ErrorCode::Internal, u"out of memory"_s);
    if (PQstatus(m_conn) == CONNECTION_BAD)
        return failed(connectError(m_conn, ConnectPhase::Reaching, m_settings));
    PQsetErrorVerbosity(m_conn, PQERRORS_VERBOSE);
    PQsetNoticeProcessor(
        m_conn, [](void *, const char *) {}, nullptr);
    TRY(pollConnect());
    PQsetErrorVerbosity(m_conn, PQERRORS_DEFAULT);
    m_peer = peerOf(PQsocket(m_conn));
    if (PQsetnonblocking(m_conn, 1) != 0)
        return fail(ErrorCode::Internal, lastWords(m_conn));
    if (PQserverVersion(m_conn) < oldestVersion)
        return fail(withPlace(
            Error{ErrorCode::ServerTooOld, {{Fact::Found, parameter("server_version")}, {Fact::Expected, u"12"_s}}, {}},
            m_settings));
    return {};
}

// What the attempt came to, once everything that knows more about it has been asked.
tl::unexpected<Error> PgConnection::failed(Error error)
{
    if (m_route)
        error = m_route->explain(std::move(error));
    const bool isTls = error.code == ErrorCode::TlsName || error.code == ErrorCode::TlsUntrusted;
    if (isTls && m_reached) // a whole handshake may fail between two looks
        m_reached(TestStep::Tls);
    if (error.code == ErrorCode::ProtocolUnknown) {
        const QString speaker = net::whoAnswers(m_settings, m_route.get(), m_timeoutMs, m_cancel);
        if (!speaker.isEmpty())
            error.with(Fact::Found, speaker);
    }
    return fail(std::move(error));
}

void PgConnection::tell() const
{
    if (!m_reached)
        return;
    switch (m_conn == nullptr ? CONNECTION_NEEDED : PQstatus(m_conn)) {
    case CONNECTION_NEEDED:
    case CONNECTION_STARTED:
    case CONNECTION_MADE:
    case CONNECTION_GSS_STARTUP:
        return m_reached(TestStep::Network);
    case CONNECTION_SSL_STARTUP: // asking for TLS is not yet TLS: so far nothing may have answered
        return m_reached(PQsslStruct(m_conn, "OpenSSL") != nullptr ? TestStep::Tls : TestStep::Network);
    default:
        if (PQsslInUse(m_conn) != 0) // a whole handshake may fit between two looks
            m_reached(TestStep::Tls);
        return m_reached(TestStep::Login);
    }
}

Result<void> PgConnection::pollConnect()
{
    QElapsedTimer clock;
    clock.start();
    PostgresPollingStatusType wanted = PGRES_POLLING_WRITING;
    ConnectPhase phase = ConnectPhase::Reaching;
    while (true) {
        const short events = wanted == PGRES_POLLING_READING ? POLLIN : POLLOUT;
        const qint64 left = std::max<qint64>(0, m_timeoutMs - clock.elapsed());
        const Waited waited = waitFor(PQsocket(m_conn), events, left, m_cancel);
        if (waited == Waited::Cancelled)
            return fail(ErrorCode::Cancelled);
        if (waited == Waited::TimedOut)
            return failed(
                withPlace(Error{ErrorCode::Timeout, {{Fact::Limit, formatDuration(m_timeoutMs)}}, {}}, m_settings));
        wanted = PQconnectPoll(m_conn);
        const ConnStatusType status = PQstatus(m_conn);
        if (wanted == PGRES_POLLING_FAILED)
            return failed(connectError(m_conn, phase, m_settings));
        if (status == CONNECTION_SSL_STARTUP)
            phase = ConnectPhase::Tls;
        else if (status == CONNECTION_STARTED || status == CONNECTION_NEEDED)
            phase = ConnectPhase::Reaching;
        else
            phase = ConnectPhase::Talking;
        tell();
        // The handshake is over and nothing of ours has been sent yet: the last moment to refuse the server.
        if (phase == ConnectPhase::Talking && PQsslInUse(m_conn) != 0)
            TRY(checkPin());
        if (wanted == PGRES_POLLING_OK)
            return checkPin();
    }
}

Result<void> PgConnection::checkPin()
{
    if (m_settings.tls.pin.isEmpty())
        return {};
    const auto *tls = static_cast<const SSL *>(PQsslInUse(m_conn) != 0 ? PQsslStruct(m_conn, "OpenSSL") : nullptr);
    X509 *certificate = tls == nullptr ? nullptr : SSL_get1_peer_certificate(tls);
    if (certificate == nullptr)
        return fail(
            withPlace(Error{ErrorCode::TlsUnavailable, {}, u"no certificate to compare with the pin"_s}, m_settings));
    unsigned char *bytes = nullptr;
    const int size = i2d_X509(certificate, &bytes);
    const QByteArray digest = size <= 0
        ? QByteArray()
        : QCryptographicHash::hash(QByteArrayView(bytes, size), QCryptographicHash::Sha256).toHex();
    OPENSSL_free(bytes);
    X509_free(certificate);
    const QString wanted = QString(m_settings.tls.pin).remove(u':').toLower();
    if (digest.isEmpty() || wanted != QLatin1StringView(digest))
        return fail(withPlace(Error{ErrorCode::TlsUntrusted,
                                    {{Fact::Expected, wanted}, {Fact::Found, QString::fromLatin1(digest)}},
                                    u"the certificate is not the pinned one"_s},
                              m_settings));
    return {};
}
} // namespace tidemark::postgres
