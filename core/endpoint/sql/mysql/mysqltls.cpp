// SPDX-License-Identifier: GPL-3.0-or-later
// How a Link holds its server to TLS.
#include <QFileInfo>

#include "core/endpoint/net/tlsprobe.h"
#include "core/endpoint/sql/mysql/mysqllink.h"

using namespace Qt::StringLiterals;

namespace tidemark::mysql {

namespace {

constexpr auto systemAuthorities = "/etc/ssl/certs";

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

// A pin vouches for a certificate by itself, so that verification is on top only where it was asked for.
TlsMode Link::tlsMode() const
{
    const TlsMode mode = m_settings.effectiveTlsMode();
    if (m_settings.tls.pin.isEmpty())
        return mode;
    return m_settings.tls.mode && mode >= TlsMode::Require ? mode : TlsMode::Require;
}

// verify-ca: with an authority named, Connector/C 3.x checks the chain and leaves the name alone.
Result<void> Link::setTls()
{
    const TlsSettings &tls = m_settings.tls;
    const TlsMode mode = tlsMode();
    const bool wanted = mode != TlsMode::Disable;
    const bool verified = mode == TlsMode::VerifyCa || mode == TlsMode::VerifyFull;
    if (verified && qEnvironmentVariableIsSet("MARIADB_TLS_DISABLE_PEER_VERIFICATION"))
        return fail(ErrorCode::TlsUnavailable, u"MARIADB_TLS_DISABLE_PEER_VERIFICATION is set"_s);
    setFlag(MYSQL_OPT_SSL_ENFORCE, wanted);
    // The library compares the name with the host that it connects to: behind a tunnel that is the near end.
    setFlag(MYSQL_OPT_SSL_VERIFY_SERVER_CERT, mode == TlsMode::VerifyFull && !m_route);
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
    const bool nameIsOurs = mode == TlsMode::VerifyFull && m_route;
    return tls.pin.isEmpty() && !nameIsOurs ? Result<void>{} : holdToCertificate(mode);
}

// Two things are beyond the library: a pin by SHA-256 (before 3.4 it compares SHA-1) and the server's real name behind
// a tunnel. So the certificate is fetched and judged beforehand, and the library is told to take that one alone: it
// compares SHA-1 within the handshake, before it sends anything of ours. SHA-1 is broken for collisions, which whoever
// holds the judged certificate's own key would not need; to put another certificate in its place takes a second
// preimage, which nobody can make.
Result<void> Link::holdToCertificate(TlsMode mode)
{
    tell(TestStep::Tls);
    const net::CancelSignal cancel(m_cancellation);
    TRY_ASSIGN(const net::ProbedCertificate probed, net::probeCertificate(m_settings, m_route.get(), cancel));
    const auto refuse = [this](ErrorCode code, const QString &reason) { return placed(Error{code, {}, reason}); };
    const QString pin = QString(m_settings.tls.pin).remove(u':').toLower();
    const QString &shown = probed.certificate.sha256;
    if (!pin.isEmpty() && pin != shown)
        return fail(refuse(ErrorCode::TlsUntrusted, u"the certificate is not the pinned one"_s)
                        .with(Fact::Expected, pin)
                        .with(Fact::Found, shown));
    if (mode == TlsMode::VerifyFull && m_route) {
        if (!probed.isTrusted)
            return fail(refuse(ErrorCode::TlsUntrusted, probed.reason));
        if (!probed.isForHost)
            return fail(refuse(ErrorCode::TlsName, probed.certificate.names.join(u", "_s)));
    }
    mysql_optionsv(&m_mysql, MARIADB_OPT_SSL_FP, probed.sha1.constData());
    return {};
}

} // namespace tidemark::mysql
