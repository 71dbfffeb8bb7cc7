// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QMap>
#include <QPointer>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslSocket>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>

namespace tidemark::testing {

// An HTTP server on the loopback that answers as it is told, badly where it is told so. It lives in the thread of the
// test: whatever posts to it turns that thread's event loop.
class HookServer : public QTcpServer
{
public:
    struct Request
    {
        QByteArray line; // "POST /x HTTP/1.1"
        QMap<QByteArray, QByteArray> headers; // names in lower case
        QByteArray body;
    };
    struct Identity // of a server that speaks TLS
    {
        QSslCertificate certificate;
        QSslKey key;
    };
    static Identity localhost();
    static Identity elsewhere(); // for another host name

    HookServer() { listen(QHostAddress::LocalHost); }
    explicit HookServer(Identity identity) : m_identity(std::move(identity)) { listen(QHostAddress::LocalHost); }

    QUrl url(const QString &path = QStringLiteral("/hook")) const
    {
        QUrl url;
        url.setScheme(m_identity.key.isNull() ? QStringLiteral("http") : QStringLiteral("https"));
        url.setHost(QStringLiteral("localhost"));
        url.setPort(serverPort());
        url.setPath(path);
        return url;
    }
    static QByteArray answer(int status, const QByteArray &headers = {}, const QByteArray &body = {})
    {
        return "HTTP/1.1 " + QByteArray::number(status) + " Words\r\nContent-Length: " + QByteArray::number(body.size())
            + "\r\nConnection: close\r\n" + headers + "\r\n" + body;
    }

    QList<QByteArray> answers; // one a request, the last for all that follow; empty: silence
    bool endless = false; // goes on after the answer for as long as somebody takes it
    bool hangsUp = false; // after the request, without a word
    qint64 sent = 0; // of the endless rest
    QList<Request> requests;

protected:
    void incomingConnection(qintptr descriptor) override
    {
        auto *socket = new QSslSocket(this);
        socket->setSocketDescriptor(descriptor);
        if (!m_identity.key.isNull()) {
            socket->setLocalCertificate(m_identity.certificate);
            socket->setPrivateKey(m_identity.key);
            socket->startServerEncryption();
        }
        connect(socket, &QSslSocket::readyRead, this, [this, socket] { read(socket); });
        connect(socket, &QSslSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QSslSocket::bytesWritten, this, [this, socket] {
            if (socket->property("endless").toBool() && socket->bytesToWrite() < 65536)
                sent += socket->write(QByteArray(65536, 'x'));
        });
    }

private:
    void read(QSslSocket *socket)
    {
        QByteArray &text = m_texts[socket];
        text += socket->readAll();
        const qsizetype end = text.indexOf("\r\n\r\n");
        if (end < 0)
            return;
        Request request;
        QList<QByteArray> lines = text.first(end).split('\n');
        request.line = lines.takeFirst().trimmed();
        for (const QByteArray &line : std::as_const(lines)) {
            const qsizetype colon = line.indexOf(':');
            request.headers.insert(line.first(colon).toLower(), line.sliced(colon + 1).trimmed());
        }
        request.body = text.sliced(end + 4);
        if (request.body.size() < request.headers.value("content-length").toLongLong())
            return;
        m_texts.remove(socket);
        requests << request;
        if (hangsUp)
            return socket->abort();
        if (answers.isEmpty())
            return;
        socket->setProperty("endless", endless);
        socket->write(answers.size() > 1 ? answers.takeFirst() : answers.first());
        if (!endless)
            socket->disconnectFromHost();
    }

    Identity m_identity;
    QMap<QSslSocket *, QByteArray> m_texts;
};

// Made for these tests alone, good from 2020 to 2119.
inline HookServer::Identity HookServer::localhost()
{
    return {QSslCertificate("-----BEGIN CERTIFICATE-----\n"
                            "MIIBYTCCAQegAwIBAgIBATAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAlsb2NhbGhv\n"
                            "c3QwIBcNMjAwMTAxMDAwMDAwWhgPMjExOTEyMzEwMDAwMDBaMBQxEjAQBgNVBAMM\n"
                            "CWxvY2FsaG9zdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABFeoM3QYJxQr/AyF\n"
                            "akmxp/yjXy8C0rdsF2QF3MgXMTMbQ6QNiGBlFVCA1aqU5x5xUg2ToP2kbA3Fs9FL\n"
                            "D+VagemjSDBGMBQGA1UdEQQNMAuCCWxvY2FsaG9zdDAPBgNVHRMBAf8EBTADAQH/\n"
                            "MB0GA1UdDgQWBBS/artkBbmBPVgN8sbU62mrdXD/hzAKBggqhkjOPQQDAgNIADBF\n"
                            "AiEAmkHVkfU2baz/5cZw8I0JGz0ChCuAm4zAVN8ZjAu9XnICIEDcFYuZJxN2EVT4\n"
                            "jtwDvA96gEHAxRp7/ddEx8hLRASE\n"
                            "-----END CERTIFICATE-----\n"),
            QSslKey("-----BEGIN PRIVATE KEY-----\n"
                    "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgHplTSZW7KKNTpqTP\n"
                    "6QFg8eHeYysXvim8pGhmhOFjzpOhRANCAARXqDN0GCcUK/wMhWpJsaf8o18vAtK3\n"
                    "bBdkBdzIFzEzG0OkDYhgZRVQgNWqlOcecVINk6D9pGwNxbPRSw/lWoHp\n"
                    "-----END PRIVATE KEY-----\n",
                    QSsl::Ec)};
}

inline HookServer::Identity HookServer::elsewhere()
{
    return {QSslCertificate("-----BEGIN CERTIFICATE-----\n"
                            "MIIBbDCCAROgAwIBAgIBATAKBggqhkjOPQQDAjAYMRYwFAYDVQQDDA1vdGhlci5l\n"
                            "eGFtcGxlMCAXDTIwMDEwMTAwMDAwMFoYDzIxMTkxMjMxMDAwMDAwWjAYMRYwFAYD\n"
                            "VQQDDA1vdGhlci5leGFtcGxlMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEzz3u\n"
                            "vyPsinSfBfRL6kWUVNX60uryRpuIw4YXfz47KvwbEbpTG8mFT0p9disATt9wop0J\n"
                            "+xZvfYze3YDPkxmyhKNMMEowGAYDVR0RBBEwD4INb3RoZXIuZXhhbXBsZTAPBgNV\n"
                            "HRMBAf8EBTADAQH/MB0GA1UdDgQWBBQuyxtitDm51unUIpE6kGMzNB/NcTAKBggq\n"
                            "hkjOPQQDAgNHADBEAiAbfcJfQc2epbhsFCnxEA4A2tgmgeNt92LOh5gtv9859wIg\n"
                            "XVXUOss15XNPiU7TlVVyEVLWaJNHIVt6felrYYEkwdQ=\n"
                            "-----END CERTIFICATE-----\n"),
            QSslKey("-----BEGIN PRIVATE KEY-----\n"
                    "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgKeEzbXtp6jVM+hrP\n"
                    "JDK9cbB128M/HA8i2njqtUsswOGhRANCAATPPe6/I+yKdJ8F9EvqRZRU1frS6vJG\n"
                    "m4jDhhd/Pjsq/BsRulMbyYVPSn12KwBO33CinQn7Fm99jN7dgM+TGbKE\n"
                    "-----END PRIVATE KEY-----\n",
                    QSsl::Ec)};
}

} // namespace tidemark::testing
