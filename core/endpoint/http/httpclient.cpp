// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/http/httpclient.h"

#include <array>

#include <QDeadlineTimer>
#include <QFile>
#include <QSslCertificate>
#include <QSslKey>

#include "core/base/blockingcall.h"
#include "core/data/celldecoder.h"
#include "core/endpoint/http/httpworker.h"

namespace tidemark::http {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 usPerSecond = 1'000'000;

Result<QByteArray> fileBytes(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(Error{file.exists() ? ErrorCode::FileUnreadable : ErrorCode::FileNotFound,
                          {{Fact::File, path}},
                          file.errorString()});
    return file.readAll();
}

Error unusable(const QString &path, const QString &what)
{
    return {ErrorCode::FileUnreadable, {{Fact::File, path}}, what};
}

Result<QSslConfiguration> tlsOf(const TlsSettings &settings)
{
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setProtocol(QSsl::TlsV1_2OrLater);
    tls.setPeerVerifyMode(QSslSocket::VerifyPeer);
    if (!settings.ca.isEmpty()) {
        TRY_ASSIGN(const QByteArray pem, fileBytes(settings.ca));
        const QList<QSslCertificate> authorities = QSslCertificate::fromData(pem, QSsl::Pem);
        if (authorities.isEmpty())
            return fail(unusable(settings.ca, u"no certificate in PEM"_s));
        tls.setCaCertificates(authorities);
    }
    if (settings.cert.isEmpty())
        return tls;
    TRY_ASSIGN(const QByteArray pem, fileBytes(settings.cert));
    tls.setLocalCertificateChain(QSslCertificate::fromData(pem, QSsl::Pem));
    const QString keyFile = settings.key.isEmpty() ? settings.cert : settings.key;
    TRY_ASSIGN(const QByteArray keyPem, fileBytes(keyFile));
    for (const QSsl::KeyAlgorithm algorithm : {QSsl::Rsa, QSsl::Ec}) {
        const QSslKey key(keyPem, algorithm, QSsl::Pem, QSsl::PrivateKey);
        if (!key.isNull()) {
            tls.setPrivateKey(key);
            return tls;
        }
    }
    return fail(unusable(keyFile, u"no private key in PEM without a passphrase"_s));
}

} // namespace

std::optional<qint64> httpDateUs(const QByteArray &text)
{
    static constexpr std::array<const char *, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const QList<QByteArray> words = text.simplified().split(' ');
    if (words.size() != 6 || words[5] != "GMT")
        return std::nullopt;
    int month = 0;
    while (month < 12 && words[2] != months[std::size_t(month)])
        ++month;
    bool isDay = false;
    bool isYear = false;
    const int day = words[1].toInt(&isDay);
    const int year = words[3].toInt(&isYear);
    const auto time = parseTime({words[4].constData(), std::size_t(words[4].size())});
    if (month == 12 || !isDay || day < 1 || day > 31 || !isYear || !time || *time >= 86'400 * usPerSecond)
        return std::nullopt;
    return daysFromCivil(year, month + 1, day) * 86'400 * usPerSecond + *time;
}

Result<std::unique_ptr<HttpClient>> HttpClient::create(const ConnectionSettings &settings)
{
    TRY_ASSIGN(const QSslConfiguration tls, tlsOf(settings.tls));
    return std::unique_ptr<HttpClient>(new HttpClient(new HttpWorker(settings, tls)));
}

HttpClient::HttpClient(HttpWorker *worker) : m_worker(worker)
{
    m_worker->moveToThread(&m_thread);
    m_thread.setObjectName(u"http"_s);
    QObject::connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    m_thread.start();
}

HttpClient::~HttpClient()
{
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker] { worker->close(); }, Qt::QueuedConnection);
    m_thread.wait();
}

void HttpClient::setSecret(const Secret &secret)
{
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker, secret] { worker->setSecret(secret); }, Qt::QueuedConnection);
}

std::unique_ptr<PendingAnswer> HttpClient::send(HttpRequest request)
{
    auto exchange = std::make_shared<Exchange>();
    exchange->request = std::move(request);
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker, exchange] { worker->begin(exchange); }, Qt::QueuedConnection);
    return std::make_unique<PendingAnswer>(std::move(exchange), *m_worker);
}

ServiceState HttpClient::state() const { return m_worker->state(); }

PendingAnswer::~PendingAnswer()
{
    QMetaObject::invokeMethod(
        &m_worker, [&worker = m_worker, exchange = m_exchange] { worker.abandon(exchange); }, Qt::QueuedConnection);
}

Result<HttpAnswer> PendingAnswer::wait(Cancellation *cancellation, qint64 deadlineMs)
{
    const BlockingCall blocking("an answer of a web service");
    Exchange &exchange = *m_exchange;
    Cancellation::Registration registration;
    if (cancellation != nullptr) {
        registration = cancellation->onCancel([shared = m_exchange] {
            {
                const std::scoped_lock lock(shared->mutex);
                shared->cancelled = true;
            }
            shared->changed.notify_all();
        });
    }
    std::unique_lock lock(exchange.mutex);
    const auto isOver = [&exchange] { return exchange.cancelled || exchange.answer.has_value(); };
    if (cancellation != nullptr && cancellation->isCancelled())
        exchange.cancelled = true;
    if (deadlineMs < 0) {
        exchange.changed.wait(lock, isOver);
    } else {
        const qint64 left = std::max<qint64>(0, deadlineMs - QDeadlineTimer::current().deadline());
        exchange.changed.wait_for(lock, std::chrono::milliseconds(left), isOver);
    }
    if (exchange.cancelled)
        return fail(ErrorCode::Cancelled);
    if (!exchange.answer)
        return fail(ErrorCode::Timeout);
    return std::move(*exchange.answer);
}

} // namespace tidemark::http
