// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>

#include <QHash>
#include <QSslConfiguration>
#include <QThread>
#include <QUrl>

#include "core/base/cancellation.h"
#include "core/base/result.h"
#include "core/config/connectionsettings.h"
#include "core/config/httpsettings.h"
#include "core/config/secrets.h"

namespace tidemark::http {

struct HttpRequest
{
    QUrl url; // of the service's origin
    QList<std::pair<QByteArray, QByteArray>> headers; // beside the settings' and the credentials
    QByteArray method = "GET";
    QByteArray body = {}; // JSON
    qint64 delayMs = 0; // before it is sent
};

struct HttpAnswer
{
    int status = 0; // 200 … 299, or 304 where the request asked for what has changed
    QByteArray body; // decompressed
    QHash<QByteArray, QByteArray> headers; // names in small letters
};

// What answers have told of the service so far.
struct ServiceState
{
    QString product; // its Server header
    QString tls; // "TLSv1.3"
    std::optional<qint64> clockAheadUs; // its clock before ours, by its Date header: at least so much
};

class HttpWorker;
struct Exchange;

// A request under way. Gone: nobody waits for it any more, and it is broken off.
class PendingAnswer
{
public:
    PendingAnswer(std::shared_ptr<Exchange> exchange, HttpWorker &worker)
        : m_exchange(std::move(exchange)), m_worker(worker)
    { }
    ~PendingAnswer();
    PendingAnswer(const PendingAnswer &) = delete;
    PendingAnswer &operator=(const PendingAnswer &) = delete;
    // Until it is there, the time (of QDeadlineTimer's clock, −1 never) is over, or the run is cancelled.
    Result<HttpAnswer> wait(Cancellation *cancellation, qint64 deadlineMs = -1);

private:
    std::shared_ptr<Exchange> m_exchange;
    HttpWorker &m_worker;
};

// Asks one web service, from a thread of its own: no more requests at a time than the settings allow, whoever they are
// for; each within its time and size; redirects followed within the origin alone; answers 429 and 5xx and lost
// connections tried again after a growing wait, or the one that the service names, which holds for all requests.
// What writes is tried again only where the service says that it did nothing (429): after anything else whoever asked
// must look first. It is sent once whatever becomes of the connection, and follows no redirect. Thread-safe.
class HttpClient
{
public:
    // The files of TLS are read here: FileUnreadable.
    static Result<std::unique_ptr<HttpClient>> create(const ConnectionSettings &settings);
    ~HttpClient(); // breaks off what is under way
    HttpClient(const HttpClient &) = delete;
    HttpClient &operator=(const HttpClient &) = delete;

    void setSecret(const Secret &secret);
    // Answers that are no success are errors: WrongPassword, NoRights, NoSuchTable (404), RequestRefused, RateLimited,
    // ServiceFailed, AnswerTooLarge, BrokenStream (cut short) and those of a connection.
    std::unique_ptr<PendingAnswer> send(HttpRequest request);
    ServiceState state() const;

private:
    explicit HttpClient(HttpWorker *worker);

    QThread m_thread;
    HttpWorker *m_worker; // lives and dies there
};

std::optional<qint64> httpDateUs(const QByteArray &text); // "Sun, 06 Nov 1994 08:49:37 GMT"

} // namespace tidemark::http
