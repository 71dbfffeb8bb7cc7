// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include <QCryptographicHash>
#include <QDateTime>
#include <QSslCertificate>

#include "core/base/units.h"
#include "core/endpoint/http/httpreceipt.h"

namespace tidemark::http {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 usPerMs = 1000;
constexpr qint64 pieceBytes = 256 << 10;
constexpr qsizetype longestExcerpt = 200;
constexpr int decades = 10;

qint64 nowUs() { return QDateTime::currentMSecsSinceEpoch() * usPerMs; }

QString protocolName(QSsl::SslProtocol protocol)
{
    switch (protocol) {
    case QSsl::TlsV1_2:
        return u"TLSv1.2"_s;
    case QSsl::TlsV1_3:
        return u"TLSv1.3"_s;
    default:
        return u"TLS"_s;
    }
}

QByteArray pinOf(const QNetworkReply &reply)
{
    return reply.sslConfiguration().peerCertificate().digest(QCryptographicHash::Sha256).toHex();
}

// In seconds, or the date when.
std::optional<qint64> retryAfterMs(const QByteArray &text)
{
    bool isNumber = false;
    const qint64 seconds = text.trimmed().toLongLong(&isNumber);
    if (isNumber && seconds >= 0)
        return std::min<qint64>(seconds, decades * 365LL * 86'400) * 1000;
    if (const auto date = httpDateUs(text))
        return std::max<qint64>(0, (*date - nowUs()) / usPerMs + 1000);
    return std::nullopt;
}

// What has arrived, up to a byte beyond the limit. How much there is would have to be decompressed to be known.
void take(QNetworkReply &reply, QByteArray &body, qint64 limit)
{
    while (body.size() <= limit) {
        const QByteArray piece = reply.read(std::min(pieceBytes, limit + 1 - body.size()));
        if (piece.isEmpty())
            return;
        body += piece;
    }
}

// Qt (6.4) calls an answer finished that ends before its Content-Length where it learns of the closed connection after
// it has read all that came (QHttpProtocolHandler: meant for answers without a length). It drops the length of what it
// unpacks, and an answer in chunks has none: those have to be whole JSON.
bool isCutShort(const QNetworkReply &reply, const QByteArray &body)
{
    bool isNumber = false;
    const qint64 claimed = reply.rawHeader("Content-Length").toLongLong(&isNumber);
    return isNumber && body.size() < claimed && !reply.hasRawHeader("Transfer-Encoding");
}

} // namespace

QNetworkRequest HttpWorker::requestFor(const Exchange &exchange, const QUrl &url) const
{
    QNetworkRequest request(url);
    request.setTransferTimeout(int(m_timeoutMs));
    request.setSslConfiguration(m_tls);
    request.setDecompressedSafetyCheckThreshold(-1); // the size is counted as it arrives
    using Attribute = QNetworkRequest::Attribute;
    request.setAttribute(Attribute::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(Attribute::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(Attribute::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(Attribute::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(Attribute::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(Attribute::Http2AllowedAttribute, false);
    request.setRawHeader("Accept", "application/json");
    request.setRawHeader("User-Agent", "tidemark");
    for (const auto &[name, value] : m_settings.headers)
        request.setRawHeader(name.toLatin1(), value.toUtf8());
    for (const auto &[name, value] : exchange.request.headers)
        request.setRawHeader(name, value);
    if (!m_secretHeader.isEmpty())
        request.setRawHeader(m_secretHeader, m_secretValue);
    return request;
}

void HttpWorker::watch(QNetworkReply *reply, const std::shared_ptr<Receipt> &receipt) const
{
    const qint64 limit = m_settings.limits.bodyBytes;
    connect(reply, &QNetworkReply::readyRead, reply, [reply, receipt, limit] {
        take(*reply, receipt->body, limit);
        if (receipt->body.size() > limit && !receipt->tooLarge) {
            receipt->tooLarge = true;
            QMetaObject::invokeMethod(reply, &QNetworkReply::abort, Qt::QueuedConnection);
        }
    });
    connect(reply, &QNetworkReply::sslErrors, reply, [this, reply, receipt](const QList<QSslError> &errors) {
        receipt->tlsErrors = errors;
        if (!m_pin.isEmpty() && pinOf(*reply) == m_pin.toLatin1())
            reply->ignoreSslErrors();
    });
    connect(reply, &QNetworkReply::encrypted, reply, [this, reply, receipt] {
        if (m_pin.isEmpty() || pinOf(*reply) == m_pin.toLatin1())
            return;
        receipt->wrongPin = true;
        reply->abort();
    });
}

Error HttpWorker::error(ErrorCode code, const QUrl &url, const QString &detail) const
{
    Error error{code, {}, detail};
    error.with(Fact::Host, url.host());
    if (url.port() > 0)
        error.with(Fact::Port, QString::number(url.port()));
    return error.with(Fact::Url, url.path());
}

// What the service says of its refusal, as far as it is text for people.
QString HttpWorker::excerpt(const QNetworkReply &reply, const QByteArray &body) const
{
    QByteArray words = body;
    for (const QByteArray &secret : m_secrets) {
        if (!secret.isEmpty())
            words.replace(secret, "***");
    }
    QString text = reply.attribute(QNetworkRequest::HttpReasonPhraseAttribute).toString();
    const bool isPage = reply.header(QNetworkRequest::ContentTypeHeader).toString().startsWith("text/html"_L1);
    if (!isPage && !words.isEmpty())
        text += (text.isEmpty() ? QString() : u": "_s) + QString::fromUtf8(words).simplified().left(longestExcerpt);
    return text;
}

void HttpWorker::learn(const QNetworkReply &reply)
{
    const auto date = httpDateUs(reply.rawHeader("Date"));
    const auto protocol = reply.sslConfiguration().sessionProtocol();
    m_hasAnswered = true;
    const std::scoped_lock lock(m_stateMutex);
    if (date)
        m_state.clockAheadUs = *date - nowUs();
    m_state.product = QString::fromLatin1(reply.rawHeader("Server")).left(longestExcerpt);
    if (reply.url().scheme() == "https"_L1)
        m_state.tls = protocolName(protocol);
}

HttpWorker::Outcome HttpWorker::judge(QNetworkReply &reply, Receipt &receipt)
{
    const qint64 limit = m_settings.limits.bodyBytes;
    if (reply.isReadable())
        take(reply, receipt.body, limit);
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (receipt.tooLarge || receipt.body.size() > limit) {
        Outcome outcome;
        outcome.answer = fail(error(ErrorCode::AnswerTooLarge, reply.url()).with(Fact::Limit, formatSize(limit)));
        return outcome;
    }
    // Qt tells of an answer that is an error by the same means as of a failure.
    const auto failure = reply.error();
    const bool isRefusal =
        status >= 400 && failure >= QNetworkReply::ContentAccessDenied && failure != QNetworkReply::ProtocolFailure;
    // What is sent once cannot be sent elsewhere, which Qt thinks it should.
    const bool isRedirect = status >= 300 && status < 400 && failure == QNetworkReply::ContentReSendError;
    const bool isWhole = failure == QNetworkReply::NoError || isRefusal || isRedirect;
    receipt.cutShort = isWhole && status >= 200 && status < 300 && isCutShort(reply, receipt.body);
    if (status == 0 || !isWhole || receipt.tooLate || receipt.wrongPin || receipt.cutShort)
        return judgeFailure(reply, receipt);
    learn(reply);
    return judgeStatus(reply, receipt, status);
}

HttpWorker::Outcome HttpWorker::judgeStatus(QNetworkReply &reply, const Receipt &receipt, int status) const
{
    Outcome outcome;
    if (status == 304 || (status >= 200 && status < 300)) {
        HttpAnswer answer;
        answer.status = status;
        answer.body = receipt.body;
        for (const auto &[name, value] : reply.rawHeaderPairs())
            answer.headers.insert(name.toLower(), value);
        outcome.answer = std::move(answer);
        return outcome;
    }
    const QByteArray location = reply.rawHeader("Location");
    if (status >= 300 && status < 400 && !location.isEmpty()) {
        outcome.redirect = reply.url().resolved(QUrl::fromEncoded(location));
        return outcome;
    }
    const auto code = [status] {
        switch (status) {
        case 401:
            return ErrorCode::WrongPassword;
        case 403:
            return ErrorCode::NoRights;
        case 404:
        case 410:
            return ErrorCode::NoSuchTable;
        case 429:
            return ErrorCode::RateLimited;
        case 408:
        case 425:
            return ErrorCode::ServiceFailed;
        default:
            return status >= 500 ? ErrorCode::ServiceFailed : ErrorCode::RequestRefused;
        }
    }();
    outcome.again = code == ErrorCode::RateLimited || (code == ErrorCode::ServiceFailed && status != 501);
    if (outcome.again)
        outcome.waitMs = retryAfterMs(reply.rawHeader("Retry-After"));
    Error refusal = error(code, reply.url(), excerpt(reply, receipt.body)).with(Fact::Found, QString::number(status));
    if (outcome.waitMs)
        refusal.with(Fact::Limit, formatDuration(*outcome.waitMs));
    outcome.answer = fail(std::move(refusal));
    return outcome;
}

HttpWorker::Outcome HttpWorker::judgeFailure(const QNetworkReply &reply, const Receipt &receipt) const
{
    Outcome outcome;
    const bool hasBegun = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt() > 0;
    const auto code = [&] {
        if (receipt.tooLate)
            return ErrorCode::Timeout;
        if (receipt.wrongPin)
            return ErrorCode::TlsUntrusted;
        if (receipt.cutShort)
            return ErrorCode::BrokenStream;
        switch (reply.error()) {
        case QNetworkReply::HostNotFoundError:
            return ErrorCode::HostNotFound;
        case QNetworkReply::TimeoutError:
        case QNetworkReply::OperationCanceledError:
            return ErrorCode::Timeout;
        case QNetworkReply::SslHandshakeFailedError:
            if (receipt.tlsErrors.isEmpty())
                return ErrorCode::TlsUnavailable;
            return receipt.tlsErrors.size() == 1 && receipt.tlsErrors.first().error() == QSslError::HostNameMismatch
                ? ErrorCode::TlsName
                : ErrorCode::TlsUntrusted;
        case QNetworkReply::ProtocolFailure:
        case QNetworkReply::ProtocolUnknownError:
        case QNetworkReply::ProtocolInvalidOperationError:
            return ErrorCode::ProtocolUnknown;
        case QNetworkReply::ContentReSendError: // the connection ended, and what writes is sent once
            return ErrorCode::ConnectionLost;
        case QNetworkReply::RemoteHostClosedError:
            return hasBegun ? ErrorCode::BrokenStream : ErrorCode::ConnectionLost;
        case QNetworkReply::ConnectionRefusedError:
            return ErrorCode::Unreachable;
        default:
            return hasBegun ? ErrorCode::BrokenStream : ErrorCode::Unreachable;
        }
    }();
    outcome.again = (code == ErrorCode::Unreachable && m_hasAnswered) || code == ErrorCode::ConnectionLost
        || code == ErrorCode::BrokenStream || code == ErrorCode::Timeout;
    Error failure =
        error(code, reply.url(), receipt.tlsErrors.isEmpty() ? QString() : receipt.tlsErrors.first().errorString());
    if (code == ErrorCode::Timeout)
        failure.with(Fact::Limit, formatDuration(receipt.tooLate ? m_settings.limits.requestMs : m_timeoutMs));
    outcome.answer = fail(std::move(failure));
    return outcome;
}

} // namespace tidemark::http
