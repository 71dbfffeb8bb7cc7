// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/http/httpreceipt.h"

#include <algorithm>

#include <QIODevice>
#include <QRandomGenerator>

#include <qcoronetworkreply.h>
#include <qcorotimer.h>

namespace tidemark::http {

using namespace Qt::StringLiterals;

namespace {

constexpr int connectionsOfAManager = 6; // as Qt has it
constexpr qint64 longestBackOffMs = 60'000;

bool isSameOrigin(const QUrl &a, const QUrl &b)
{
    const auto port = [](const QUrl &url) { return url.port(url.scheme() == "https"_L1 ? 443 : 80); };
    return a.scheme() == b.scheme() && a.host() == b.host() && port(a) == port(b) && b.userInfo().isEmpty();
}

// A body that cannot be rewound: Qt would send a request again by itself where the connection ends before its answer.
class OneShot final : public QIODevice
{
public:
    OneShot(const QByteArray &bytes, QObject *parent) : QIODevice(parent), m_bytes(bytes)
    {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }
    bool isSequential() const override { return true; }
    bool reset() override { return false; }
    qint64 bytesAvailable() const override { return m_bytes.size() - m_at + QIODevice::bytesAvailable(); }

protected:
    qint64 readData(char *out, qint64 most) override
    {
        const qint64 count = std::min<qint64>(most, m_bytes.size() - m_at);
        if (count == 0)
            return m_at == m_bytes.size() ? -1 : 0;
        std::copy_n(m_bytes.constData() + m_at, count, out);
        m_at += count;
        return count;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    const QByteArray m_bytes;
    qint64 m_at = 0;
};

} // namespace

void Exchange::settle(Result<HttpAnswer> result)
{
    {
        const std::scoped_lock lock(mutex);
        if (!answer)
            answer.emplace(std::move(result));
    }
    changed.notify_all();
}

HttpWorker::HttpWorker(const ConnectionSettings &settings, const QSslConfiguration &tls)
    : m_settings(*settings.http), m_user(settings.user), m_pin(settings.tls.pin), m_timeoutMs(settings.timeoutMs),
      m_tls(tls), m_resume(this)
{
    m_clock.start();
    m_resume.setSingleShot(true);
    connect(&m_resume, &QTimer::timeout, this, &HttpWorker::pump);
}

void HttpWorker::setSecret(const Secret &secret)
{
    m_secrets = {secret.bytes()};
    m_secretHeader = "Authorization";
    switch (m_settings.auth.kind) {
    case HttpAuth::Kind::None:
        m_secretHeader.clear();
        m_secrets.clear();
        break;
    case HttpAuth::Kind::Basic: {
        const QByteArray pair = QByteArray(m_user.toUtf8() + ':' + secret.bytes()).toBase64();
        m_secrets.append(pair);
        m_secretValue = "Basic " + pair;
        break;
    }
    case HttpAuth::Kind::Bearer:
        m_secretValue = "Bearer " + secret.bytes();
        break;
    case HttpAuth::Kind::Header:
        m_secretHeader = m_settings.auth.header.toLatin1();
        m_secretValue = secret.bytes();
        break;
    }
}

ServiceState HttpWorker::state() const
{
    const std::scoped_lock lock(m_stateMutex);
    return m_state;
}

void HttpWorker::begin(const std::shared_ptr<Exchange> &exchange)
{
    if (m_closing)
        return exchange->settle(fail(ErrorCode::Cancelled));
    m_queue.push_back(exchange);
    pump();
}

void HttpWorker::abandon(const std::shared_ptr<Exchange> &exchange)
{
    exchange->abandoned = true;
    std::erase(m_queue, exchange);
    if (QTimer *const pause = exchange->pause.data())
        pause->start(0);
    if (QNetworkReply *const reply = exchange->reply.data())
        reply->abort();
}

void HttpWorker::close()
{
    m_closing = true;
    m_queue.clear();
    const auto active = m_active;
    for (const auto &exchange : active)
        abandon(exchange);
    if (m_active.empty())
        thread()->quit();
}

void HttpWorker::pump()
{
    const qint64 pausedMs = m_pausedUntilMs - m_clock.elapsed();
    if (pausedMs > 0 && !m_queue.empty())
        return m_resume.start(int(std::min<qint64>(pausedMs, m_settings.limits.waitMs)));
    while (!m_closing && !m_queue.empty() && m_active.size() < std::size_t(m_settings.inFlight)) {
        const auto exchange = m_queue.front();
        m_queue.pop_front();
        m_active.push_back(exchange);
        (void)serve(exchange);
    }
}

qint64 HttpWorker::backOffMs(int attempt) const
{
    const qint64 delay = std::min(longestBackOffMs, m_settings.limits.retryDelayMs << std::min(attempt, 16));
    return delay / 2 + qint64(QRandomGenerator::global()->bounded(double(delay) / 2 + 1));
}

QCoro::Task<void> HttpWorker::serve(std::shared_ptr<Exchange> exchange)
{
    if (exchange->request.delayMs > 0) {
        QTimer pause;
        pause.setSingleShot(true);
        pause.start(int(exchange->request.delayMs));
        exchange->pause = &pause;
        co_await pause;
    }
    for (int tries = 0;; ++tries) {
        Outcome outcome = co_await attempt(exchange);
        const bool didNothing = !outcome.answer && outcome.answer.error().code == ErrorCode::RateLimited;
        const bool mayAgain = outcome.again && (exchange->reads() || didNothing);
        const bool isLast = !mayAgain || tries >= m_settings.limits.retries || exchange->abandoned || m_closing;
        const qint64 asked = outcome.waitMs.value_or(0);
        if (outcome.waitMs && !exchange->reads() && !outcome.answer) { // nor is it looked at before that is over
            if (asked <= m_settings.limits.waitMs)
                m_pausedUntilMs = std::max(m_pausedUntilMs, m_clock.elapsed() + asked);
            else
                outcome.answer.error().code = ErrorCode::RateLimited;
        }
        if (isLast || asked > m_settings.limits.waitMs) {
            exchange->settle(std::move(outcome.answer));
            break;
        }
        if (outcome.waitMs)
            m_pausedUntilMs = std::max(m_pausedUntilMs, m_clock.elapsed() + asked);
        // Whoever the service told to wait speaks for all; each comes back at a moment of its own.
        QTimer pause;
        pause.setSingleShot(true);
        pause.start(int(std::max(backOffMs(tries), m_pausedUntilMs - m_clock.elapsed())));
        exchange->pause = &pause;
        co_await pause;
    }
    std::erase(m_active, exchange);
    if (m_closing && m_active.empty())
        thread()->quit();
    pump();
}

QCoro::Task<HttpWorker::Outcome> HttpWorker::attempt(std::shared_ptr<Exchange> exchange)
{
    const QUrl first = exchange->request.url;
    QUrl url = first;
    for (int hops = 0;; ++hops) {
        Outcome outcome = co_await once(exchange, url);
        if (outcome.redirect.isEmpty())
            co_return outcome;
        if (!isSameOrigin(first, outcome.redirect) || !exchange->reads()) {
            const QString where = outcome.redirect.scheme() + u"://"_s + outcome.redirect.authority();
            outcome.answer = fail(error(ErrorCode::RequestRefused, first, u"it redirects to "_s + where));
            co_return outcome;
        }
        if (hops >= m_settings.limits.redirects) {
            outcome.answer = fail(error(ErrorCode::RequestRefused, first, u"it redirects without end"_s));
            co_return outcome;
        }
        url = outcome.redirect;
    }
}

QNetworkReply *HttpWorker::launch(QNetworkAccessManager &manager, const Exchange &exchange, QNetworkRequest request)
{
    const HttpRequest &asked = exchange.request;
    if (exchange.reads())
        return manager.get(request);
    if (asked.body.isEmpty())
        return manager.sendCustomRequest(request, asked.method);
    request.setRawHeader("Content-Type", "application/json");
    request.setHeader(QNetworkRequest::ContentLengthHeader, asked.body.size());
    request.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
    auto *body = new OneShot(asked.body, nullptr);
    QNetworkReply *const reply = manager.sendCustomRequest(request, asked.method, body);
    body->setParent(reply);
    return reply;
}

QCoro::Task<HttpWorker::Outcome> HttpWorker::once(std::shared_ptr<Exchange> exchange, QUrl url)
{
    while (m_managers.size() * connectionsOfAManager < std::size_t(m_settings.inFlight)) {
        m_managers.push_back(std::make_unique<QNetworkAccessManager>());
        m_load.push_back(0);
    }
    const auto least = std::size_t(std::min_element(m_load.begin(), m_load.end()) - m_load.begin());
    ++m_load[least];
    const QNetworkRequest request = requestFor(*exchange, url);
    QNetworkReply *const reply = launch(*m_managers[least], *exchange, request);
    exchange->reply = reply;
    const auto receipt = std::make_shared<Receipt>();
    watch(reply, receipt);
    QTimer limit;
    limit.setSingleShot(true);
    connect(&limit, &QTimer::timeout, reply, [reply, receipt] {
        receipt->tooLate = true;
        reply->abort();
    });
    limit.start(int(m_settings.limits.requestMs));
    if (exchange->abandoned || m_closing)
        QMetaObject::invokeMethod(reply, &QNetworkReply::abort, Qt::QueuedConnection);
    co_await reply;
    --m_load[least];
    Outcome outcome = judge(*reply, *receipt);
    reply->deleteLater(); // this may run inside one of its own signals
    co_return outcome;
}

} // namespace tidemark::http
