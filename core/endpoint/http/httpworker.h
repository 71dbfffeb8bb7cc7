// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <vector>

#include <QElapsedTimer>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QPointer>
#include <QTimer>

#include <qcorotask.h>

#include "core/endpoint/http/httpclient.h"

namespace tidemark::http {

// What the two threads share of a request.
struct Exchange
{
    HttpRequest request;
    std::mutex mutex;
    std::condition_variable changed;
    std::optional<Result<HttpAnswer>> answer;
    bool cancelled = false;
    bool reads() const { return request.method == "GET"; }
    // Of the worker's thread alone.
    bool abandoned = false;
    QPointer<QNetworkReply> reply;
    QPointer<QTimer> pause;

    void settle(Result<HttpAnswer> result);
};

// The half of HttpClient that lives in its thread.
class HttpWorker final : public QObject
{
public:
    HttpWorker(const ConnectionSettings &settings, const QSslConfiguration &tls);

    void begin(const std::shared_ptr<Exchange> &exchange);
    void abandon(const std::shared_ptr<Exchange> &exchange);
    void setSecret(const Secret &secret);
    void close(); // the thread ends once nothing is under way
    ServiceState state() const; // on any thread

private:
    // One attempt: what came of it, and whether another may help.
    struct Outcome
    {
        Result<HttpAnswer> answer = fail(ErrorCode::Internal);
        bool again = false;
        std::optional<qint64> waitMs; // as the service asks
        QUrl redirect;
    };
    struct Receipt; // what arrives of one reply

    void pump();
    QCoro::Task<void> serve(std::shared_ptr<Exchange> exchange);
    QCoro::Task<Outcome> attempt(std::shared_ptr<Exchange> exchange);
    QCoro::Task<Outcome> once(std::shared_ptr<Exchange> exchange, QUrl url);
    QNetworkRequest requestFor(const Exchange &exchange, const QUrl &url) const;
    static QNetworkReply *launch(QNetworkAccessManager &manager, const Exchange &exchange, QNetworkRequest request);
    void watch(QNetworkReply *reply, const std::shared_ptr<Receipt> &receipt) const;
    Outcome judge(QNetworkReply &reply, Receipt &receipt);
    Outcome judgeStatus(QNetworkReply &reply, const Receipt &receipt, int status) const;
    Outcome judgeFailure(const QNetworkReply &reply, const Receipt &receipt) const;
    Error error(ErrorCode code, const QUrl &url, const QString &detail = {}) const;
    QString excerpt(const QNetworkReply &reply, const QByteArray &body) const; // without secrets
    void learn(const QNetworkReply &reply);
    qint64 backOffMs(int attempt) const;

    const HttpSettings m_settings;
    const QString m_user;
    const QString m_pin;
    const qint64 m_timeoutMs;
    const QSslConfiguration m_tls;
    std::vector<std::unique_ptr<QNetworkAccessManager>> m_managers; // each opens six connections at most
    std::vector<int> m_load;
    std::deque<std::shared_ptr<Exchange>> m_queue;
    std::vector<std::shared_ptr<Exchange>> m_active;
    QTimer m_resume;
    QElapsedTimer m_clock;
    qint64 m_pausedUntilMs = 0; // for all requests
    bool m_closing = false;
    bool m_hasAnswered = false; // once: else whoever asks decides whether to come again
    QByteArray m_secretHeader;
    QByteArray m_secretValue;
    QList<QByteArray> m_secrets; // as they may be echoed
    mutable std::mutex m_stateMutex;
    ServiceState m_state;
};

} // namespace tidemark::http
