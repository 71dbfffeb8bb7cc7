// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/after/webhook.h"

#include <QEventLoop>
#include <QLocale>
#include <QMessageAuthenticationCode>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QSslError>
#include <QTimeZone>
#include <QTimer>
#include <QUuid>

#include "core/after/childprocess.h"
#include "core/base/units.h"

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostAttempts = 4;
constexpr qint64 firstDelayMs = 1000; // doubled after each attempt
constexpr qint64 longestRetryAfterMs = 60'000;
constexpr int mostRedirects = 3;
constexpr qint64 mostAnswer = 2048; // of a refusal, for its words

struct Answer
{
    int status = 0; // 0: none
    std::optional<Error> error; // without one: taken
    QByteArray retryAfter;
    QUrl redirect;
};

int portOf(const QUrl &url) { return url.port(url.scheme() == "https"_L1 ? 443 : 80); }

Error errorAt(ErrorCode code, const QUrl &url, const QString &detail = {})
{
    return Error{code, {{Fact::Host, url.host()}, {Fact::Port, QString::number(portOf(url))}}, detail};
}

// One POST. Of the address nothing but host and port gets into an error: the rest may be a secret.
class Post
{
public:
    Post(const HookCall &call, const QUrl &url, QNetworkReply *reply) : m_call(call), m_url(url), m_reply(reply) { }
    Answer finish(Cancellation &cancellation);

private:
    void metaData();
    void end(ErrorCode why);
    Error failure() const;
    Error fault(int status);

    const HookCall &m_call;
    const QUrl &m_url;
    QNetworkReply *m_reply;
    QEventLoop m_loop;
    std::optional<ErrorCode> m_ended; // by us
    QList<QSslError> m_tls;
    QByteArray m_words;
};

void Post::metaData()
{
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status >= 200 && status < 300)
        m_loop.quit();
}

void Post::end(ErrorCode why)
{
    if (!m_ended)
        m_ended = why;
    m_loop.quit();
}

Error Post::failure() const
{
    const auto code = [this] {
        switch (m_reply->error()) {
        case QNetworkReply::HostNotFoundError:
            return ErrorCode::HostNotFound;
        case QNetworkReply::ConnectionRefusedError:
        case QNetworkReply::UnknownNetworkError:
        case QNetworkReply::TemporaryNetworkFailureError:
        case QNetworkReply::NetworkSessionFailedError:
            return ErrorCode::Unreachable;
        case QNetworkReply::TimeoutError:
            return ErrorCode::Timeout;
        case QNetworkReply::SslHandshakeFailedError:
            for (const QSslError &error : m_tls)
                if (error.error() == QSslError::HostNameMismatch && m_tls.size() == 1)
                    return ErrorCode::TlsName;
            return m_tls.isEmpty() ? ErrorCode::TlsUnavailable : ErrorCode::TlsUntrusted;
        default:
            return ErrorCode::ConnectionLost;
        }
    }();
    return errorAt(code, m_url, m_tls.isEmpty() ? QString() : m_tls.first().errorString());
}

Error Post::fault(int status)
{
    if (status > 0) {
        if (m_reply->isReadable())
            m_words += m_reply->read(mostAnswer - m_words.size());
        return errorAt(ErrorCode::WebHookRefused, m_url, printable(m_words).simplified().left(400))
            .with(Fact::Found, QString::number(status));
    }
    if (m_ended == ErrorCode::Timeout)
        return errorAt(ErrorCode::Timeout, m_url).with(Fact::Limit, formatDuration(m_call.timeoutMs));
    return m_ended ? errorAt(*m_ended, m_url) : failure();
}

Answer Post::finish(Cancellation &cancellation)
{
    QTimer limit;
    limit.setSingleShot(true);
    QObject::connect(&limit, &QTimer::timeout, &m_loop, [this] { end(ErrorCode::Timeout); });
    QObject::connect(m_reply, &QNetworkReply::metaDataChanged, &m_loop, [this] { metaData(); });
    QObject::connect(m_reply, &QNetworkReply::finished, &m_loop, &QEventLoop::quit);
    QObject::connect(m_reply, &QNetworkReply::sslErrors, &m_loop, [this](const QList<QSslError> &e) { m_tls = e; });
    QObject::connect(m_reply, &QNetworkReply::readyRead, &m_loop, [this] {
        m_words += m_reply->read(mostAnswer - m_words.size());
        if (m_words.size() >= mostAnswer)
            m_loop.quit();
    });
    const auto registration = cancellation.onCancel([this] {
        QMetaObject::invokeMethod(
            &m_loop, [this] { end(ErrorCode::Cancelled); }, Qt::QueuedConnection);
    });
    limit.start(static_cast<int>(m_call.timeoutMs));
    if (!m_reply->isFinished())
        m_loop.exec();
    Answer answer;
    answer.status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    answer.retryAfter = m_reply->rawHeader("Retry-After");
    answer.redirect = m_reply->attribute(QNetworkRequest::RedirectionTargetAttribute).toUrl();
    if (answer.status < 200 || answer.status >= 300)
        answer.error = fault(answer.status);
    QObject::disconnect(m_reply, nullptr, &m_loop, nullptr);
    m_reply->abort();
    return answer;
}

QNetworkRequest requestTo(const QUrl &url, const HookCall &call, qint64 nowUs, const QByteArray &delivery)
{
    QNetworkRequest request(url);
    const qint64 seconds = nowUs / 1'000'000;
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    request.setRawHeader("User-Agent", "Tidemark");
    request.setRawHeader("Accept-Encoding", "identity");
    request.setRawHeader("X-Tidemark-Event", "run");
    request.setRawHeader("X-Tidemark-Delivery", delivery);
    request.setRawHeader("X-Tidemark-Timestamp", QByteArray::number(seconds));
    if (!call.secret.isEmpty())
        request.setRawHeader("X-Tidemark-Signature", hookSignature(call.secret, seconds, call.body));
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    return request;
}

bool isWorthAnother(const Answer &answer)
{
    if (answer.status > 0)
        return answer.status == 408 || answer.status == 429 || answer.status >= 500;
    return answer.error && answer.error->isTransient();
}

// Where the body may go as well; else nothing.
QUrl sameOrigin(const QUrl &from, const Answer &answer)
{
    if ((answer.status != 307 && answer.status != 308) || answer.redirect.isEmpty())
        return {};
    const QUrl to = from.resolved(answer.redirect);
    const bool same = to.scheme() == from.scheme() && to.host() == from.host() && portOf(to) == portOf(from)
        && to.userInfo().isEmpty();
    return same ? to : QUrl();
}

Answer attempt(QNetworkAccessManager &network, const HookCall &call, const Clock &clock, const QByteArray &delivery,
               Cancellation &cancellation)
{
    QUrl url = call.url;
    for (int redirects = 0;; ++redirects) {
        const std::unique_ptr<QNetworkReply> reply(
            network.post(requestTo(url, call, clock.nowUs(), delivery), call.body));
        Answer answer = Post(call, url, reply.get()).finish(cancellation);
        const QUrl next = sameOrigin(url, answer);
        if (next.isEmpty() || redirects == mostRedirects)
            return answer;
        url = next;
    }
}

// Waits; true: there is no further attempt to wait for.
bool waitsInVain(const Answer &answer, int attempts, const HookCall &call, const Clock &clock,
                 Cancellation &cancellation)
{
    const qint64 asked = answer.retryAfter.isEmpty() ? -1 : retryAfterMs(answer.retryAfter, clock.nowUs());
    if (asked > longestRetryAfterMs)
        return true; // sooner would be against its wish
    const qint64 ms = std::max(asked, firstDelayMs << (attempts - 1));
    if (call.wait)
        return call.wait(ms);
    // stopAfterBatch() is no reason not to tell of the run.
    QEventLoop loop;
    QTimer::singleShot(static_cast<int>(ms), &loop, &QEventLoop::quit);
    const auto registration =
        cancellation.onCancel([&loop] { QMetaObject::invokeMethod(&loop, &QEventLoop::quit, Qt::QueuedConnection); });
    loop.exec();
    return cancellation.isCancelled();
}

} // namespace

QString originOf(const QUrl &url)
{
    QUrl origin;
    origin.setScheme(url.scheme());
    origin.setHost(url.host());
    origin.setPort(url.port());
    return origin.toString();
}

QByteArray hookSignature(const Secret &secret, qint64 unixSeconds, const QByteArray &body)
{
    QMessageAuthenticationCode code(QCryptographicHash::Sha256, secret.bytes());
    code.addData(QByteArray::number(unixSeconds));
    code.addData(".", 1);
    code.addData(body);
    return "sha256=" + code.result().toHex();
}

qint64 retryAfterMs(const QByteArray &header, qint64 nowUs)
{
    bool isNumber = false;
    const QByteArray text = header.trimmed();
    const qint64 seconds = text.toLongLong(&isNumber);
    if (isNumber)
        return seconds < 0 || text.startsWith('+') ? -1 : std::min<qint64>(seconds, 1'000'000) * 1000;
    QDateTime date = QLocale::c().toDateTime(QString::fromLatin1(text), u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s);
    if (!date.isValid())
        return -1;
    date.setTimeSpec(Qt::UTC);
    return std::max<qint64>(0, date.toMSecsSinceEpoch() - nowUs / 1000);
}

HookEnd postHook(const HookCall &call, const Clock &clock, Cancellation &cancellation)
{
    QNetworkAccessManager network;
    const QByteArray delivery = QUuid::createUuid().toByteArray(QUuid::WithoutBraces);
    HookEnd end;
    for (;;) {
        if (cancellation.isCancelled()) {
            end.error = errorAt(ErrorCode::Cancelled, call.url);
            return end;
        }
        ++end.attempts;
        const Answer answer = attempt(network, call, clock, delivery, cancellation);
        end.error = answer.error;
        if (!answer.error || !isWorthAnother(answer) || end.attempts == mostAttempts
            || waitsInVain(answer, end.attempts, call, clock, cancellation))
            return end;
    }
}

} // namespace tidemark
