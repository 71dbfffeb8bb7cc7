// SPDX-License-Identifier: GPL-3.0-or-later
// Who a service is, by its certificate: nothing is asked of, or told to, one that is somebody else.
#include <QCryptographicHash>
#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QProcess>
#include <QSslCertificate>
#include <QSslKey>
#include <QTemporaryDir>
#include <QTest>

#include "core/endpoint/connectiontest.h"
#include "core/endpoint/connector.h"
#include "core/endpoint/http/httpsession.h"
#include "tests/endpoint/http/webservice.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

QByteArray fileBytes(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// A service for localhost, certified by an authority that only the tests know.
struct Service
{
    Service()
    {
        const auto run = [this](const QStringList &arguments) {
            QProcess openssl;
            openssl.setWorkingDirectory(folder.path());
            openssl.start(u"openssl"_s, arguments);
            return openssl.waitForFinished() && openssl.exitCode() == 0;
        };
        const QStringList curve{u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s, u"ec_paramgen_curve:prime256v1"_s, u"-nodes"_s};
        isReady = true;
        for (const QString &name : {u"ca"_s, u"wrong"_s})
            isReady = isReady
                && run(QStringList{u"req"_s, u"-x509"_s, u"-days"_s, u"30"_s, u"-subj"_s, u"/CN=Authority "_s + name,
                                   u"-keyout"_s, name + u".key"_s, u"-out"_s, name + u".pem"_s}
                       + curve);
        isReady = isReady
            && run(QStringList{u"req"_s, u"-subj"_s, u"/CN=localhost"_s, u"-keyout"_s, u"server.key"_s, u"-out"_s,
                               u"server.csr"_s}
                   + curve);
        QFile extensions(folder.filePath(u"server.ext"_s));
        isReady = isReady && extensions.open(QIODevice::WriteOnly)
            && extensions.write("subjectAltName=DNS:localhost\nbasicConstraints=CA:FALSE\n") > 0;
        extensions.close();
        isReady = isReady
            && run({u"x509"_s, u"-req"_s, u"-in"_s, u"server.csr"_s, u"-CA"_s, u"ca.pem"_s, u"-CAkey"_s, u"ca.key"_s,
                    u"-CAcreateserial"_s, u"-days"_s, u"30"_s, u"-extfile"_s, u"server.ext"_s, u"-out"_s,
                    u"server.pem"_s});
        const QSslCertificate certificate(fileBytes(folder.filePath(u"server.pem"_s)));
        pin = QString::fromLatin1(certificate.digest(QCryptographicHash::Sha256).toHex());
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.setPeerVerifyMode(QSslSocket::VerifyNone);
        tls.setLocalCertificate(certificate);
        tls.setPrivateKey(QSslKey(fileBytes(folder.filePath(u"server.key"_s)), QSsl::Ec));
        web = std::make_unique<WebService>(
            [](const WebRequest &) {
                return WebReply{200, R"([{"id": 1, "name": "one"}])"};
            },
            tls);
    }

    Result<ConnectionSettings> settings(const QString &host, const QJsonObject &tls) const
    {
        const QJsonObject orders{{u"path"_s, u"/orders"_s}, {u"key"_s, QJsonArray{u"id"_s}}};
        return connectionFromJson({{u"driver"_s, u"http"_s},
                                   {u"url"_s, u"https://%1:%2"_s.arg(host).arg(web->port())},
                                   {u"auth"_s, QJsonObject{{u"bearer"_s, QJsonObject{{u"env"_s, u"TM_TLS_TOKEN"_s}}}}},
                                   {u"tls"_s, tls},
                                   {u"timeout"_s, u"10s"_s},
                                   {u"limits"_s, QJsonObject{{u"retries"_s, 0}}},
                                   {u"resources"_s, QJsonObject{{u"orders"_s, orders}}}},
                                  u"crm.json"_s, {}, folder.path());
    }

    QTemporaryDir folder;
    bool isReady = false;
    QString pin;
    std::unique_ptr<WebService> web;
};

} // namespace

class TestHttpTls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("TM_TLS_TOKEN", "s3cret");
        m_service = std::make_unique<Service>();
        QVERIFY(m_service->isReady);
    }
    void cleanupTestCase() { m_service.reset(); }

    void verifies_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<QString>("ca");
        QTest::addColumn<QString>("pin");
        QTest::addColumn<QString>("expected");
        const QString own = m_service->pin;
        const QString other = QString(own).replace(0, 2, own.startsWith("00"_L1) ? u"11"_s : u"00"_s);
        QTest::newRow("by its authority") << u"localhost"_s << u"ca.pem"_s << QString() << u"1 TLSv1.3"_s;
        QTest::newRow("by nobody") << u"localhost"_s << QString() << QString() << u"tls-untrusted"_s;
        QTest::newRow("by another authority") << u"localhost"_s << u"wrong.pem"_s << QString() << u"tls-untrusted"_s;
        QTest::newRow("under another name") << u"127.0.0.1"_s << u"ca.pem"_s << QString() << u"tls-name"_s;
        QTest::newRow("by its pin") << u"localhost"_s << QString() << own << u"1 TLSv1.3"_s;
        QTest::newRow("by its pin, under another name") << u"127.0.0.1"_s << QString() << own << u"1 TLSv1.3"_s;
        QTest::newRow("by another pin") << u"localhost"_s << QString() << other << u"tls-untrusted"_s;
        QTest::newRow("by its authority, and another pin")
            << u"localhost"_s << u"ca.pem"_s << other << u"tls-untrusted"_s;
    }

    void verifies()
    {
        QFETCH(const QString, host);
        QFETCH(const QString, ca);
        QFETCH(const QString, pin);
        QFETCH(const QString, expected);
        QJsonObject tls;
        if (!ca.isEmpty())
            tls[u"ca"_s] = m_service->folder.filePath(ca);
        if (!pin.isEmpty())
            tls[u"pin"_s] = pin;
        m_service->web->takeRequests();
        const auto settings = m_service->settings(host, tls);
        QVERIFY(settings);
        SqlConnector connector;
        Cancellation cancellation;
        const auto tested = testConnection(connector, *settings, cancellation, {});
        const QString told = tested ? QString::number(tested->readableTables) + u' ' + tested->tlsProtocol
                                    : codeName(tested.error().code);
        QCOMPARE(told, expected);
        const auto asked = m_service->web->takeRequests();
        QCOMPARE(asked.isEmpty(), !tested); // whoever is not known learns neither path nor token
        if (tested)
            QCOMPARE(asked.first().headers.value("authorization"), QByteArray("Bearer s3cret"));
    }

    // There is no way not to look.
    void refusesNotToVerify_data()
    {
        QTest::addColumn<QString>("mode");
        for (const char *mode : {"disable", "prefer", "require", "verify-ca"})
            QTest::newRow(mode) << QString::fromLatin1(mode);
    }

    void refusesNotToVerify()
    {
        QFETCH(const QString, mode);
        const auto settings = m_service->settings(u"localhost"_s, {{u"mode"_s, mode}});
        QVERIFY(!settings);
        QCOMPARE(codeName(settings.error().code), u"wrong-value"_s);
    }

private:
    std::unique_ptr<Service> m_service;
};

QTEST_GUILESS_MAIN(TestHttpTls)
#include "tst_httptls.moc"
