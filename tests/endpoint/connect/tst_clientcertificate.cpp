// SPDX-License-Identifier: GPL-3.0-or-later
// Users who log in by a certificate: both engines take the right one, and no other.
#include <QTest>
#include <QUrl>

#include "app/wording/wording.h"
#include "core/endpoint/connectiontest.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(tidemark::ErrorCode)

class TestClientCertificate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void logsIn_data();
    void logsIn();
};

void TestClientCertificate::logsIn_data()
{
    QTest::addColumn<bool>("postgres");
    QTest::addColumn<QString>("certificate");
    QTest::addColumn<QString>("key");
    QTest::addColumn<ErrorCode>("code"); // Cancelled: it connects
    QTest::addColumn<bool>("isOurs"); // the message speaks of the user's certificate, not of the server's
    for (const bool postgres : {true, false}) {
        const auto row = [postgres](const char *name, const char *certificate, const char *key, ErrorCode code,
                                    bool isOurs = false) {
            QTest::addRow("%s: %s", postgres ? "PostgreSQL" : "MariaDB", name)
                << postgres << QString::fromLatin1(certificate) << QString::fromLatin1(key) << code << isOurs;
        };
        row("the user's", "client.pem", "client.key", ErrorCode::Cancelled);
        row("signed by a stranger", "strange-client.pem", "strange-client.key", ErrorCode::TlsUntrusted, true);
        // MariaDB says no more than that this user may not log in so.
        row("none", "", "", postgres ? ErrorCode::TlsUntrusted : ErrorCode::WrongPassword, postgres);
        row("another's key", "client.pem", "strange-client.key", ErrorCode::FileUnreadable);
        row("no key", "client.pem", "wrong-ca.pem", ErrorCode::FileUnreadable);
        row("a key that is not there", "client.pem", "nowhere.key", ErrorCode::FileNotFound);
    }
}

void TestClientCertificate::logsIn()
{
    QFETCH(bool, postgres);
    QFETCH(QString, certificate);
    QFETCH(QString, key);
    QFETCH(ErrorCode, code);
    QFETCH(bool, isOurs);
    const QUrl url(qEnvironmentVariable(postgres ? "TIDEMARK_TEST_POSTGRES" : "TIDEMARK_TEST_MYSQL"));
    if (url.isEmpty() || qEnvironmentVariableIsEmpty("TIDEMARK_TEST_CERT_USER"))
        QSKIP("there is no server with a user who logs in by a certificate (TIDEMARK_TEST_CERT_USER)");
    const QString folder = qEnvironmentVariable("TIDEMARK_TEST_TLS_DIR") + u'/';
    ConnectionSettings settings;
    settings.driver = postgres ? Driver::Postgres : Driver::Mysql;
    settings.host = u"localhost"_s;
    settings.port = url.port();
    settings.user = qEnvironmentVariable("TIDEMARK_TEST_CERT_USER");
    settings.database = url.path().mid(1);
    settings.tls.mode = TlsMode::VerifyFull;
    settings.tls.ca = folder + u"ca.pem"_s;
    settings.tls.cert = certificate.isEmpty() ? QString() : folder + certificate;
    settings.tls.key = key.isEmpty() ? QString() : folder + key;
    SqlConnector connector;
    Cancellation cancellation;
    const auto tested = testConnection(connector, settings, cancellation, {});
    if (code == ErrorCode::Cancelled) {
        QVERIFY2(tested, tested ? "" : qPrintable(codeName(tested.error().code) + tested.error().detail));
        QVERIFY(tested->verified);
        return;
    }
    QVERIFY(!tested);
    const Error &error = tested.error();
    QVERIFY2(error.code == code, qPrintable(codeName(error.code) + u": "_s + error.detail));
    QVERIFY(!error.isTransient());
    QCOMPARE(error.facts.value(Fact::Option) == "tls.cert"_L1, isOurs);
    const wording::Message message = wording::message(error);
    QCOMPARE(message.next.contains("tls.cert"_L1), isOurs);
    if (code == ErrorCode::FileUnreadable || code == ErrorCode::FileNotFound)
        QCOMPARE(error.facts.value(Fact::File), settings.tls.key);
}

QTEST_GUILESS_MAIN(TestClientCertificate)
#include "tst_clientcertificate.moc"
