// SPDX-License-Identifier: GPL-3.0-or-later
// The certificate that a person looks at, and the pin that holds a server to it.
#include <atomic>
#include <memory>
#include <string>

#include <fcntl.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <QCryptographicHash>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

#include "core/endpoint/certificate.h"
#include "core/endpoint/connector.h"
#include "core/endpoint/net/waiting.h"
#include "tests/support/fakeserver.h"

using namespace tidemark;
using namespace tidemark::test;
using namespace Qt::StringLiterals;
using namespace std::string_literals;

namespace {

QString words(const Error &error) { return QString(codeName(error.code) + u": "_s + error.detail); }

// Passes everything on between the two until one of them ends.
void relay(int client, int server)
{
    std::thread back([=] {
        std::string bytes(65536, '\0');
        for (ssize_t count = 0; (count = recv(server, bytes.data(), bytes.size(), 0)) > 0;)
            send(client, bytes.data(), static_cast<std::size_t>(count), MSG_NOSIGNAL);
        shutdown(client, SHUT_RDWR);
    });
    std::string bytes(65536, '\0');
    for (ssize_t count = 0; (count = recv(client, bytes.data(), bytes.size(), 0)) > 0;)
        send(server, bytes.data(), static_cast<std::size_t>(count), MSG_NOSIGNAL);
    shutdown(server, SHUT_RDWR);
    back.join();
}

// A MariaDB server with a certificate of its own; says what it was told after the handshake.
class Impostor
{
public:
    Impostor()
    {
        const QString key = m_folder.filePath(u"key.pem"_s);
        const QString certificate = m_folder.filePath(u"cert.pem"_s);
        QProcess openssl;
        openssl.start(u"openssl"_s,
                      {u"req"_s, u"-x509"_s, u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s, u"ec_paramgen_curve:prime256v1"_s,
                       u"-nodes"_s, u"-days"_s, u"30"_s, u"-subj"_s, u"/O=Elsewhere/CN=localhost"_s, u"-addext"_s,
                       u"subjectAltName=DNS:localhost,DNS:db.example,IP:127.0.0.1"_s, u"-keyout"_s, key, u"-out"_s,
                       certificate});
        isReady = openssl.waitForFinished() && openssl.exitCode() == 0;
        m_context = SSL_CTX_new(TLS_server_method());
        SSL_CTX_use_certificate_file(m_context, QFile::encodeName(certificate).constData(), SSL_FILETYPE_PEM);
        SSL_CTX_use_PrivateKey_file(m_context, QFile::encodeName(key).constData(), SSL_FILETYPE_PEM);
    }
    ~Impostor() { SSL_CTX_free(m_context); }
    Impostor(const Impostor &) = delete;
    Impostor &operator=(const Impostor &) = delete;

    void serve(int socket)
    {
        const std::string greeting = "\x0a"s + "5.5.5-10.11.6-MariaDB\0"s + "\1\0\0\0"s + "abcdefgh\0"s
            + "\x09\x8a\x2d\x02\0\x08\0\x15"s + std::string(10, '\0') + "ijklmnopqrst\0"s + "mysql_native_password\0"s;
        const std::string packet = std::string{char(greeting.size()), '\0', '\0', '\0'} + greeting;
        send(socket, packet.data(), packet.size(), MSG_NOSIGNAL);
        std::string request(36, '\0');
        if (recv(socket, request.data(), request.size(), MSG_WAITALL) == 36)
            shake(socket);
    }
    void shake(int socket) // as a broker or a web service does: at once
    {
        SSL *tls = SSL_new(m_context);
        SSL_set_fd(tls, socket);
        if (SSL_accept(tls) == 1) {
            ++handshakes;
            std::string bytes(4096, '\0');
            const int count = SSL_read(tls, bytes.data(), static_cast<int>(bytes.size()));
            heard += std::max(count, 0);
        }
        SSL_free(tls);
    }
    QByteArray pem() const
    {
        QFile file(m_folder.filePath(u"cert.pem"_s));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    bool isReady = false;
    std::atomic<int> handshakes = 0;
    std::atomic<int> heard = 0; // bytes of ours

private:
    QTemporaryDir m_folder;
    SSL_CTX *m_context = nullptr;
};

} // namespace

class TestCertificate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isShown_data();
    void isShown();
    void selfSignedIsShown_data();
    void selfSignedIsShown();
    void pin_data();
    void pin();
    void swappedAfterTheLook();
    void noTls_data() { engines(); }
    void noTls();
    void fails_data();
    void fails();
    void cancelled();

private:
    static void engines()
    {
        QTest::addColumn<int>("engine");
        QTest::newRow("PostgreSQL") << static_cast<int>(Driver::Postgres);
        QTest::newRow("MariaDB") << static_cast<int>(Driver::Mysql);
    }
    static bool hasServers()
    {
        return qEnvironmentVariableIsSet("TIDEMARK_TEST_POSTGRES") && qEnvironmentVariableIsSet("TIDEMARK_TEST_MYSQL");
    }
    static ConnectionSettings settings(int engine)
    {
        const auto driver = static_cast<Driver>(engine);
        const char *variable = driver == Driver::Postgres ? "TIDEMARK_TEST_POSTGRES"
            : driver == Driver::Mysql                     ? "TIDEMARK_TEST_MYSQL"
            : driver == Driver::Redis                     ? "TIDEMARK_TEST_REDIS_TLS"
                                                          : "TIDEMARK_TEST_AMQP_TLS";
        const QUrl url(qEnvironmentVariable(variable));
        ConnectionSettings settings;
        settings.driver = driver;
        settings.host = url.host();
        settings.port = url.port();
        settings.user = url.userName();
        settings.database = url.path().mid(1);
        settings.password = {PasswordSource::Kind::Env, u"TIDEMARK_TEST_PASSWORD"_s};
        settings.timeoutMs = 20'000; // servers answer late where the machine is busy
        return settings;
    }
    static QString pinOfServer()
    {
        QFile file(qEnvironmentVariable("TIDEMARK_TEST_TLS_DIR") + "/server.pem"_L1);
        if (!file.open(QIODevice::ReadOnly))
            return {};
        QByteArray body = file.readAll();
        body = body.mid(body.indexOf('\n'));
        body.truncate(body.indexOf("-----END"));
        return QString::fromLatin1(
            QCryptographicHash::hash(QByteArray::fromBase64(body), QCryptographicHash::Sha256).toHex());
    }
    static Result<std::unique_ptr<SqlSession>> open(const ConnectionSettings &settings)
    {
        static SqlConnector connector;
        return connector.openSql(settings, OpenOptions{false, nullptr});
    }
};

#define NEED_SERVERS                                                                                                   \
    if (!hasServers())                                                                                                 \
    QSKIP("TIDEMARK_TEST_POSTGRES and TIDEMARK_TEST_MYSQL are not set")

void TestCertificate::isShown_data()
{
    engines();
    QTest::newRow("Redis") << static_cast<int>(Driver::Redis);
    QTest::newRow("RabbitMQ") << static_cast<int>(Driver::Amqp);
}

void TestCertificate::isShown()
{
    NEED_SERVERS;
    QFETCH(int, engine);
    if (settings(engine).host.isEmpty())
        QSKIP("no broker with TLS");
    ConnectionSettings asked = settings(engine);
    asked.user = u"nobody-logs-in"_s;
    Cancellation cancellation;
    const auto shown = fetchCertificate(asked, cancellation);
    QVERIFY2(shown, shown ? "" : qPrintable(words(shown.error())));
    QCOMPARE(shown->sha256, pinOfServer());
    QVERIFY(shown->pem.startsWith("-----BEGIN CERTIFICATE-----"));
    QCOMPARE(shown->subject, u"CN=localhost"_s);
    QCOMPARE(shown->issuer, u"CN=Tidemark test authority"_s);
    QCOMPARE(shown->names, QStringList(u"localhost"_s));
    QVERIFY(!shown->selfSigned);
    QVERIFY(shown->notBefore.isValid());
    QVERIFY(shown->notBefore < shown->notAfter);
    QCOMPARE(shown->notAfter.timeSpec(), Qt::UTC);
}

void TestCertificate::selfSignedIsShown_data()
{
    QTest::addColumn<int>("driver");
    QTest::newRow("MariaDB") << static_cast<int>(Driver::Mysql);
    QTest::newRow("web service") << static_cast<int>(Driver::Http);
    QTest::newRow("Redis") << static_cast<int>(Driver::Redis);
    QTest::newRow("RabbitMQ") << static_cast<int>(Driver::Amqp);
}

void TestCertificate::selfSignedIsShown()
{
    QFETCH(int, driver);
    Impostor impostor;
    QVERIFY(impostor.isReady);
    const bool atOnce = driver != static_cast<int>(Driver::Mysql);
    const FakeServer server([&](int socket, int) { atOnce ? impostor.shake(socket) : impostor.serve(socket); });
    ConnectionSettings asked;
    asked.driver = static_cast<Driver>(driver);
    asked.host = u"127.0.0.1"_s;
    asked.port = server.port();
    Cancellation cancellation;
    const auto shown = fetchCertificate(asked, cancellation);
    QVERIFY2(shown, shown ? "" : qPrintable(words(shown.error())));
    QVERIFY(shown->selfSigned);
    QCOMPARE(shown->pem, impostor.pem());
    QCOMPARE(shown->subject, u"O=Elsewhere, CN=localhost"_s);
    QCOMPARE(shown->names, (QStringList{u"localhost"_s, u"db.example"_s, u"127.0.0.1"_s}));
    QTRY_COMPARE(impostor.handshakes.load(), 1);
    QCOMPARE(impostor.heard.load(), 0);
}

void TestCertificate::pin_data()
{
    QTest::addColumn<int>("engine");
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("right");
    QTest::addColumn<int>("mode"); // -1: not set
    QTest::addColumn<QString>("authority");
    QTest::addColumn<int>("code"); // -1: opens
    const auto row = [](const char *name, const char *host, bool right, int mode, const char *authority, int code) {
        for (const Driver driver : {Driver::Postgres, Driver::Mysql})
            QTest::addRow("%s %s", driver == Driver::Postgres ? "PostgreSQL" : "MariaDB", name)
                << static_cast<int>(driver) << QString::fromLatin1(host) << right << mode
                << QString::fromLatin1(authority) << code;
    };
    const int full = static_cast<int>(TlsMode::VerifyFull);
    const int chain = static_cast<int>(TlsMode::VerifyCa);
    const int untrusted = static_cast<int>(ErrorCode::TlsUntrusted);
    row("right, alone", "127.0.0.1", true, -1, "", -1);
    row("wrong, alone", "127.0.0.1", false, -1, "", untrusted);
    row("right, with prefer", "127.0.0.1", true, static_cast<int>(TlsMode::Prefer), "", -1);
    row("right, and the authority", "localhost", true, full, "ca.pem", -1);
    row("wrong, and the authority", "localhost", false, full, "ca.pem", untrusted);
    row("right, another authority", "localhost", true, chain, "wrong-ca.pem", untrusted);
    row("right, another name", "127.0.0.1", true, full, "ca.pem", static_cast<int>(ErrorCode::TlsName));
}

void TestCertificate::pin()
{
    NEED_SERVERS;
    QFETCH(int, engine);
    QFETCH(QString, host);
    QFETCH(bool, right);
    QFETCH(int, mode);
    QFETCH(QString, authority);
    QFETCH(int, code);
    ConnectionSettings pinned = settings(engine);
    pinned.host = host;
    pinned.tls.pin = right ? pinOfServer() : QString(64, u'a');
    if (mode >= 0)
        pinned.tls.mode = static_cast<TlsMode>(mode);
    if (!authority.isEmpty())
        pinned.tls.ca = qEnvironmentVariable("TIDEMARK_TEST_TLS_DIR") + u'/' + authority;
    const auto session = open(pinned);
    QCOMPARE(session ? QString() : codeName(session.error().code),
             code < 0 ? QString() : codeName(static_cast<ErrorCode>(code)));
    if (session)
        QVERIFY(!(*session)->facts().tls.isEmpty());
    else
        QCOMPARE(session.error().facts.value(Fact::Host), host);
}

// MariaDB's library cannot compare SHA-256: we look first, and it is held to what we saw. Whoever takes the server's
// place between the two gets nothing.
void TestCertificate::swappedAfterTheLook()
{
    NEED_SERVERS;
    Impostor impostor;
    QVERIFY(impostor.isReady);
    ConnectionSettings pinned = settings(static_cast<int>(Driver::Mysql));
    const int real = pinned.port;
    std::atomic<int> connections = 0;
    const FakeServer swapped([&](int socket, int number) {
        ++connections;
        if (number > 0)
            return impostor.serve(socket);
        const net::CancelSignal never(nullptr);
        const auto server = net::connectTcp({u"127.0.0.1"_s}, real, net::Deadline(5000), never);
        if (server && fcntl(server->get(), F_SETFL, 0) == 0)
            relay(socket, server->get());
    });
    pinned.port = swapped.port();
    pinned.tls.pin = pinOfServer();
    const auto session = open(pinned);
    QVERIFY(!session);
    QVERIFY2(session.error().code == ErrorCode::TlsUntrusted, qPrintable(words(session.error())));
    QCOMPARE(connections.load(), 2);
    QTRY_COMPARE(impostor.handshakes.load(), 1);
    QCOMPARE(impostor.heard.load(), 0); // no user, no password
}

void TestCertificate::noTls()
{
    QFETCH(int, engine);
    const auto driver = static_cast<Driver>(engine);
    const FakeServer plain(driver == Driver::Postgres ? oldPostgres() : oldMariaDb());
    ConnectionSettings asked;
    asked.driver = driver;
    asked.host = u"127.0.0.1"_s;
    asked.port = plain.port();
    Cancellation cancellation;
    const auto shown = fetchCertificate(asked, cancellation);
    QVERIFY(!shown);
    QCOMPARE(codeName(shown.error().code), codeName(ErrorCode::TlsUnavailable));
}

void TestCertificate::fails_data()
{
    QTest::addColumn<int>("engine");
    QTest::addColumn<QString>("server");
    QTest::addColumn<int>("code");
    for (const Driver driver : {Driver::Postgres, Driver::Mysql, Driver::Http, Driver::Redis, Driver::Amqp}) {
        const auto row = [driver](const char *server, ErrorCode code) {
            QTest::addRow("%s %s", qPrintable(driverName(driver)), server)
                << static_cast<int>(driver) << QString::fromLatin1(server) << static_cast<int>(code);
        };
        row("silent", ErrorCode::Timeout);
        row("none", ErrorCode::Unreachable);
        row("closing", ErrorCode::ConnectionLost);
        row("babbling", isSql(driver) ? ErrorCode::ProtocolUnknown : ErrorCode::TlsUnavailable);
    }
}

void TestCertificate::fails()
{
    QFETCH(int, engine);
    QFETCH(QString, server);
    QFETCH(int, code);
    FakeServer::Serve serve = silentServer();
    if (server == "closing"_L1)
        serve = [](int, int) {};
    else if (server == "babbling"_L1)
        serve = [](int socket, int) {
            const std::string noise = "220 mail.example ready to serve you today\r\n";
            send(socket, noise.data(), noise.size(), MSG_NOSIGNAL);
            std::string bytes(64, '\0');
            while (recv(socket, bytes.data(), bytes.size(), 0) > 0) { }
        };
    const FakeServer there(serve);
    ConnectionSettings asked;
    asked.driver = static_cast<Driver>(engine);
    asked.host = u"127.0.0.1"_s;
    asked.port = server == "none"_L1 ? closedPort() : there.port();
    asked.timeoutMs = 700;
    Cancellation cancellation;
    const auto shown = fetchCertificate(asked, cancellation);
    QVERIFY(!shown);
    QCOMPARE(codeName(shown.error().code), codeName(static_cast<ErrorCode>(code)));
    QCOMPARE(shown.error().facts.value(Fact::Port), QString::number(asked.port));
}

void TestCertificate::cancelled()
{
    const FakeServer silent(silentServer());
    ConnectionSettings asked;
    asked.driver = Driver::Mysql;
    asked.host = u"127.0.0.1"_s;
    asked.port = silent.port();
    asked.timeoutMs = 600'000;
    Cancellation cancellation;
    std::thread person([&] { cancellation.cancel(); });
    const auto shown = fetchCertificate(asked, cancellation);
    person.join();
    QVERIFY(!shown);
    QCOMPARE(codeName(shown.error().code), codeName(ErrorCode::Cancelled));
}

QTEST_GUILESS_MAIN(TestCertificate)
#include "tst_certificate.moc"
