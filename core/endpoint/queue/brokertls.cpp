// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/queue/brokertls.h"

#include <array>

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace tidemark::broker {

namespace {

Error fileError(const QString &file, QLatin1StringView option)
{
    return Error{QFileInfo::exists(file) ? ErrorCode::FileUnreadable : ErrorCode::FileNotFound, {}, {}}
        .with(Fact::File, file)
        .with(Fact::Option, option);
}

// The whole verification of a chain: OpenSSL's own where it is wanted, then the pin.
int verify(X509_STORE_CTX *store, void *data)
{
    auto *verdict = static_cast<TlsVerdict *>(data);
    if (verdict->verifies && X509_verify_cert(store) != 1) {
        verdict->code = X509_STORE_CTX_get_error(store);
        return 0;
    }
    X509 *certificate = X509_STORE_CTX_get0_cert(store);
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest = {};
    unsigned size = 0;
    if (certificate == nullptr || X509_digest(certificate, EVP_sha256(), digest.data(), &size) != 1)
        return 0;
    verdict->shown = QString::fromLatin1(
        QByteArray(reinterpret_cast<const char *>(digest.data()), static_cast<qsizetype>(size)).toHex());
    verdict->otherPin = !verdict->pin.isEmpty() && verdict->pin != verdict->shown;
    if (verdict->otherPin)
        X509_STORE_CTX_set_error(store, X509_V_ERR_CERT_REJECTED);
    else
        X509_STORE_CTX_set_error(store, X509_V_OK);
    return verdict->otherPin ? 0 : 1;
}

Result<void> setOwnCertificate(SSL_CTX *context, const TlsSettings &tls)
{
    if (tls.cert.isEmpty())
        return {};
    if (SSL_CTX_use_certificate_chain_file(context, tls.cert.toLocal8Bit().constData()) != 1) {
        ERR_clear_error();
        return fail(fileError(tls.cert, "tls.cert"_L1));
    }
    const QString key = tls.key.isEmpty() ? tls.cert : tls.key;
    if (SSL_CTX_use_PrivateKey_file(context, key.toLocal8Bit().constData(), SSL_FILETYPE_PEM) != 1) {
        ERR_clear_error();
        return fail(fileError(key, "tls.key"_L1));
    }
    return {};
}

} // namespace

bool wantsTls(const ConnectionSettings &settings) { return net::tlsModeOf(settings) >= TlsMode::Require; }

bool isVerified(const ConnectionSettings &settings)
{
    return net::tlsModeOf(settings) >= TlsMode::VerifyCa || !settings.tls.pin.isEmpty();
}

Result<void> configureTls(SSL_CTX *context, const ConnectionSettings &settings, TlsVerdict &verdict)
{
    const TlsSettings &tls = settings.tls;
    const TlsMode mode = net::tlsModeOf(settings);
    verdict.pin = QString(tls.pin).remove(u':').toLower();
    verdict.verifies = mode == TlsMode::VerifyCa || mode == TlsMode::VerifyFull;
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
    SSL_CTX_set_cert_verify_callback(context, verify, &verdict);
    if (tls.ca.isEmpty()) {
        SSL_CTX_set_default_verify_paths(context);
    } else if (SSL_CTX_load_verify_file(context, tls.ca.toLocal8Bit().constData()) != 1) {
        ERR_clear_error();
        return fail(fileError(tls.ca, "tls.ca"_L1));
    }
    TRY(setOwnCertificate(context, tls));
    if (mode != TlsMode::VerifyFull)
        return {};
    const QByteArray host = settings.host.toUtf8();
    X509_VERIFY_PARAM *wanted = SSL_CTX_get0_param(context);
    const int set = net::isAddress(host)
        ? X509_VERIFY_PARAM_set1_ip_asc(wanted, host.constData())
        : X509_VERIFY_PARAM_set1_host(wanted, host.constData(), static_cast<size_t>(host.size()));
    return set == 1 ? Result<void>{} : Result<void>(fail(ErrorCode::TlsUnavailable, opensslWords()));
}

Error tlsError(const TlsVerdict &verdict, const QString &words)
{
    if (verdict.otherPin)
        return Error{ErrorCode::TlsUntrusted, {}, u"the certificate is not the pinned one"_s}
            .with(Fact::Expected, verdict.pin)
            .with(Fact::Found, verdict.shown);
    if (verdict.code == X509_V_ERR_HOSTNAME_MISMATCH || verdict.code == X509_V_ERR_IP_ADDRESS_MISMATCH)
        return Error{ErrorCode::TlsName, {}, QString::fromLatin1(X509_verify_cert_error_string(verdict.code))};
    if (verdict.code != X509_V_OK)
        return Error{ErrorCode::TlsUntrusted, {}, QString::fromLatin1(X509_verify_cert_error_string(verdict.code))};
    return Error{
        words.contains("unexpected eof"_L1) ? ErrorCode::ConnectionLost : ErrorCode::TlsUnavailable, {}, words};
}

} // namespace tidemark::broker
