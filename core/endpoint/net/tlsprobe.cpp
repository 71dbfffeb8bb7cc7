// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/net/tlsprobe.h"

#include <array>
#include <ctime>
#include <memory>

#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <QCryptographicHash>
#include <QFileInfo>

#include "core/base/units.h"
#include "core/base/blockingcall.h"
#include "core/endpoint/net/starttls.h"
#include "core/endpoint/net/tlssocket.h"

using namespace Qt::StringLiterals;

namespace tidemark::net {

namespace {

struct Freer
{
    void operator()(SSL_CTX *context) const { SSL_CTX_free(context); }
    void operator()(SSL *tls) const { SSL_free(tls); }
    void operator()(X509 *certificate) const { X509_free(certificate); }
    void operator()(BIO *bio) const { BIO_free(bio); }
    void operator()(GENERAL_NAMES *names) const { GENERAL_NAMES_free(names); }
};
template <typename T> using Owned = std::unique_ptr<T, Freer>;

QByteArray contentOf(BIO *bio)
{
    const char *bytes = nullptr;
    const long size = BIO_ctrl(bio, BIO_CTRL_INFO, 0, static_cast<void *>(&bytes));
    return size > 0 ? QByteArray(bytes, size) : QByteArray();
}

QString nameText(const X509_NAME *name)
{
    const Owned<BIO> bio(BIO_new(BIO_s_mem()));
    constexpr unsigned long style = (ASN1_STRFLGS_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB))
        | XN_FLAG_SEP_CPLUS_SPC | XN_FLAG_FN_SN;
    X509_NAME_print_ex(bio.get(), name, 0, style);
    return QString::fromUtf8(contentOf(bio.get()));
}

QDateTime timeOf(const ASN1_TIME *time)
{
    std::tm parts = {};
    if (ASN1_TIME_to_tm(time, &parts) != 1)
        return {};
    return {QDate(parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday),
            QTime(parts.tm_hour, parts.tm_min, parts.tm_sec), Qt::UTC};
}

QStringList namesOf(X509 *certificate)
{
    QStringList names;
    const Owned<GENERAL_NAMES> list(
        static_cast<GENERAL_NAMES *>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
    for (int i = 0; list && i < sk_GENERAL_NAME_num(list.get()); ++i) {
        const GENERAL_NAME *name = sk_GENERAL_NAME_value(list.get(), i);
        if (name->type != GEN_DNS && name->type != GEN_IPADD)
            continue;
        const unsigned char *bytes = ASN1_STRING_get0_data(name->d.ia5);
        const int size = ASN1_STRING_length(name->d.ia5);
        if (name->type == GEN_DNS) {
            names.append(QString::fromUtf8(QByteArray(reinterpret_cast<const char *>(bytes), size)));
            continue;
        }
        std::array<char, INET6_ADDRSTRLEN> text = {};
        if ((size == 4 || size == 16)
            && inet_ntop(size == 4 ? AF_INET : AF_INET6, bytes, text.data(), text.size()) != nullptr)
            names.append(QString::fromLatin1(text.data()));
    }
    return names;
}

QByteArray derOf(X509 *certificate)
{
    unsigned char *bytes = nullptr;
    const int size = i2d_X509(certificate, &bytes);
    const QByteArray der = size > 0 ? QByteArray(reinterpret_cast<const char *>(bytes), size) : QByteArray();
    OPENSSL_free(bytes);
    return der;
}

ProbedCertificate describe(X509 *x509)
{
    ProbedCertificate probed;
    ServerCertificate &shown = probed.certificate;
    const Owned<BIO> bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(bio.get(), x509);
    shown.pem = contentOf(bio.get());
    const QByteArray der = derOf(x509);
    shown.sha256 = QString::fromLatin1(QCryptographicHash::hash(der, QCryptographicHash::Sha256).toHex());
    probed.sha1 = QCryptographicHash::hash(der, QCryptographicHash::Sha1).toHex();
    shown.subject = nameText(X509_get_subject_name(x509));
    shown.issuer = nameText(X509_get_issuer_name(x509));
    shown.notBefore = timeOf(X509_get0_notBefore(x509));
    shown.notAfter = timeOf(X509_get0_notAfter(x509));
    shown.names = namesOf(x509);
    shown.selfSigned = X509_self_signed(x509, 1) == 1;
    return probed;
}

Result<Owned<SSL_CTX>> makeContext(const TlsSettings &tls)
{
    Owned<SSL_CTX> context(SSL_CTX_new(TLS_client_method()));
    if (!context)
        return fail(ErrorCode::Internal, u"OpenSSL does not start"_s);
    SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_NONE, nullptr); // it is checked all the same, and told afterwards
    if (tls.ca.isEmpty()) {
        SSL_CTX_set_default_verify_paths(context.get());
    } else if (SSL_CTX_load_verify_file(context.get(), tls.ca.toLocal8Bit().constData()) != 1) {
        ERR_clear_error();
        const QFileInfo file(tls.ca);
        return fail(
            Error{file.exists() ? ErrorCode::FileUnreadable : ErrorCode::FileNotFound, {{Fact::File, tls.ca}}, {}}.with(
                Fact::Option, u"tls.ca"_s));
    }
    return context;
}

Result<ProbedCertificate> probe(const ConnectionSettings &settings, int fd, Exchange &exchange)
{
    const WithoutSigpipe quiet;
    TRY_ASSIGN(const Owned<SSL_CTX> context, makeContext(settings.tls));
    const Owned<SSL> tls(SSL_new(context.get()));
    const QByteArray host = settings.host.toUtf8();
    X509_VERIFY_PARAM *wanted = SSL_get0_param(tls.get());
    if (isAddress(host)) {
        X509_VERIFY_PARAM_set1_ip_asc(wanted, host.constData());
    } else {
        X509_VERIFY_PARAM_set1_host(wanted, host.constData(), static_cast<size_t>(host.size()));
        if (settings.driver != Driver::Mysql) // whose library names no host
            SSL_ctrl(tls.get(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, QByteArray(host).data());
    }
    SSL_set_fd(tls.get(), fd);
    TRY(tlsHandshake(tls.get(), [&exchange](short events) { return exchange.wait(events); }));
    const Owned<X509> certificate(SSL_get1_peer_certificate(tls.get()));
    if (!certificate)
        return fail(ErrorCode::TlsUnavailable, u"the server showed no certificate"_s);
    ProbedCertificate probed = describe(certificate.get());
    const long verdict = SSL_get_verify_result(tls.get());
    const bool otherHost = verdict == X509_V_ERR_HOSTNAME_MISMATCH || verdict == X509_V_ERR_IP_ADDRESS_MISMATCH;
    probed.isTrusted = verdict == X509_V_OK || otherHost;
    probed.isForHost = isAddress(host) ? X509_check_ip_asc(certificate.get(), host.constData(), 0) == 1
                                       : X509_check_host(certificate.get(), host.constData(), 0, 0, nullptr) == 1;
    if (verdict != X509_V_OK)
        probed.reason = QString::fromLatin1(X509_verify_cert_error_string(verdict));
    SSL_shutdown(tls.get());
    ERR_clear_error();
    return probed;
}

// Brokers and web services speak TLS from the first byte on.
Result<void> startTls(Driver driver, Exchange &exchange)
{
    if (driver == Driver::Mysql)
        return startMysqlTls(exchange);
    return driver == Driver::Postgres ? startPostgresTls(exchange) : Result<void>{};
}

Result<Descriptor> reach(const ConnectionSettings &settings, const Route *route, const Deadline &deadline,
                         const CancelSignal &cancel)
{
    if (route != nullptr)
        return connectTcp({route->address()}, route->port(), deadline, cancel);
    if (settings.host.startsWith(u'/')) {
        if (settings.driver == Driver::Postgres)
            return fail(ErrorCode::TlsUnavailable, u"PostgreSQL does not do TLS on a socket of this machine"_s);
        return connectUnix(settings.host);
    }
    TRY_ASSIGN(const QStringList addresses, resolveHost(settings.host, deadline.leftMs(), cancel));
    return connectTcp(addresses, portOf(settings), deadline, cancel);
}

} // namespace

Result<ProbedCertificate> probeCertificate(const ConnectionSettings &settings, const Route *route,
                                           const CancelSignal &cancel)
{
    const BlockingCall call("the certificate of a server");
    const Deadline deadline(settings.timeoutMs);
    auto probed = [&]() -> Result<ProbedCertificate> {
        TRY_ASSIGN(const Descriptor fd, reach(settings, route, deadline, cancel));
        Exchange exchange(fd.get(), deadline, cancel);
        TRY(startTls(settings.driver, exchange));
        return probe(settings, fd.get(), exchange);
    }();
    if (probed || probed.error().code == ErrorCode::Cancelled)
        return probed;
    Error error = std::move(probed).error();
    error.with(Fact::Host, settings.host);
    error.with(Fact::Port, QString::number(portOf(settings)));
    if (error.code == ErrorCode::Timeout)
        error.with(Fact::Limit, formatDuration(settings.timeoutMs));
    return fail(route != nullptr ? route->explain(std::move(error)) : std::move(error));
}

} // namespace tidemark::net
