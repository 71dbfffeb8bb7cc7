// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <mutex>

#include <QHash>
#include <QMap>
#include <QPointer>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTcpServer>
#include <QTcpSocket>
#include <QThread>
#include <QTimer>
#include <QUrl>
#include <QUrlQuery>

namespace tidemark {

struct WebRequest
{
    QByteArray method;
    QByteArray target; // as it came
    QString path;
    QUrlQuery query;
    QHash<QByteArray, QByteArray> headers; // names in small letters
    QByteArray body;

    QString value(const QString &name) const { return query.queryItemValue(name, QUrl::FullyDecoded); }
};

struct WebReply
{
    int status = 200;
    QByteArray body = {};
    QMap<QByteArray, QByteArray> headers = {};
    int delayMs = 0;
    qint64 claimed = -1; // of Content-Length; −1: the truth
    bool chunked = false;
    bool cut = false; // the connection ends with the body, in the middle of a chunk where it is chunked
    bool hangUp = false; // without an answer
    bool silent = false; // for ever
};

// A small HTTP server in a thread of its own that answers whatever the test says.
class WebService
{
public:
    using Handler = std::function<WebReply(const WebRequest &)>; // called in the server's thread

    // With a certificate: over TLS.
    explicit WebService(Handler handler, const QSslConfiguration &tls = {}) : m_handler(std::move(handler))
    {
        m_server = tls.localCertificate().isNull() ? new QTcpServer : new TlsServer(tls);
        m_server->setMaxPendingConnections(200);
        if (!m_server->listen(QHostAddress::LocalHost))
            qFatal("no port");
        m_port = m_server->serverPort();
        QObject::connect(m_server, &QTcpServer::newConnection, m_server, [this] { accept(); });
        m_server->moveToThread(&m_thread);
        QObject::connect(&m_thread, &QThread::finished, m_server, &QObject::deleteLater);
        m_thread.start();
    }
    ~WebService()
    {
        m_thread.quit();
        m_thread.wait();
    }
    WebService(const WebService &) = delete;
    WebService &operator=(const WebService &) = delete;

    QString url() const { return QStringLiteral("http://127.0.0.1:%1").arg(m_port); }
    int port() const { return m_port; }
    QList<WebRequest> takeRequests()
    {
        const std::scoped_lock lock(m_mutex);
        return std::exchange(m_requests, {});
    }
    int mostAtOnce() // requests that waited for their answers
    {
        const std::scoped_lock lock(m_mutex);
        return m_most;
    }

private:
    class TlsServer final : public QTcpServer
    {
    public:
        explicit TlsServer(const QSslConfiguration &tls) : m_tls(tls) { }

    protected:
        void incomingConnection(qintptr descriptor) override
        {
            auto *socket = new QSslSocket;
            socket->setSslConfiguration(m_tls);
            socket->setSocketDescriptor(descriptor);
            addPendingConnection(socket);
            socket->startServerEncryption();
        }

    private:
        const QSslConfiguration m_tls;
    };

    void accept()
    {
        while (QTcpSocket *socket = m_server->nextPendingConnection()) {
            socket->setParent(m_server);
            auto buffer = std::make_shared<QByteArray>();
            QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket, buffer] {
                *buffer += socket->readAll();
                for (qsizetype end = 0; (end = buffer->indexOf("\r\n\r\n")) >= 0;) {
                    WebRequest request = parsed(buffer->first(end));
                    const qsizetype length = request.headers.value("content-length", "0").toLongLong();
                    if (buffer->size() < end + 4 + length)
                        return;
                    request.body = buffer->mid(end + 4, length);
                    buffer->remove(0, end + 4 + length);
                    serve(socket, request);
                }
            });
            QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        }
    }

    static WebRequest parsed(const QByteArray &head)
    {
        WebRequest request;
        const QList<QByteArray> lines = head.split('\n');
        const QList<QByteArray> words = lines.first().trimmed().split(' ');
        request.method = words.value(0);
        request.target = words.value(1);
        const QUrl target = QUrl::fromEncoded(request.target);
        request.path = target.path();
        request.query = QUrlQuery(target);
        for (const QByteArray &line : lines.mid(1)) {
            const qsizetype colon = line.indexOf(':');
            request.headers.insert(line.first(colon).trimmed().toLower(), line.mid(colon + 1).trimmed());
        }
        return request;
    }

    void serve(QTcpSocket *socket, const WebRequest &request)
    {
        Handler handler;
        {
            const std::scoped_lock lock(m_mutex);
            m_requests.append(request);
            handler = m_handler;
            m_most = std::max(m_most, ++m_now);
        }
        const WebReply reply = handler(request);
        if (reply.silent)
            return;
        QTimer::singleShot(reply.delayMs, Qt::PreciseTimer, socket, [this, socket, reply] { answer(socket, reply); });
    }

    void answer(QTcpSocket *socket, const WebReply &reply)
    {
        {
            const std::scoped_lock lock(m_mutex);
            --m_now;
        }
        if (reply.hangUp)
            return socket->abort();
        QByteArray text = "HTTP/1.1 " + QByteArray::number(reply.status) + " Said\r\n";
        for (auto it = reply.headers.begin(); it != reply.headers.end(); ++it)
            text += it.key() + ": " + it.value() + "\r\n";
        if (!reply.headers.contains("Content-Type"))
            text += "Content-Type: application/json\r\n";
        if (reply.chunked) {
            const QByteArray size = QByteArray::number(reply.body.size() + (reply.cut ? 100 : 0), 16);
            text += "Transfer-Encoding: chunked\r\n\r\n" + size + "\r\n" + reply.body;
            text += reply.cut ? "" : "\r\n0\r\n\r\n";
        } else {
            const qint64 length = reply.claimed >= 0 ? reply.claimed : reply.body.size();
            if (reply.status != 304)
                text += "Content-Length: " + QByteArray::number(length) + "\r\n";
            text += "\r\n" + reply.body;
        }
        socket->write(text);
        if (reply.cut || reply.claimed >= 0)
            socket->disconnectFromHost();
    }

    QThread m_thread;
    QTcpServer *m_server = nullptr;
    int m_port = 0;
    std::mutex m_mutex;
    Handler m_handler;
    QList<WebRequest> m_requests;
    int m_now = 0;
    int m_most = 0;
};

} // namespace tidemark
