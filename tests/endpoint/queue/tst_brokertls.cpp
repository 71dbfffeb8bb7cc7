// SPDX-License-Identifier: GPL-3.0-or-later
// TLS to both brokers, held to what the settings say.
#include <QCryptographicHash>
#include <QFile>
#include <QTest>

#include "tests/endpoint/queue/brokers.h"

using namespace tidemark;
using namespace tidemark::test;
using namespace Qt::StringLiterals;

namespace {

QString tlsFile(const QString &name) { return qEnvironmentVariable("TIDEMARK_TEST_TLS_DIR") + u'/' + name; }

QString openWith(Broker broker, const QString &host, const TlsSettings &tls, QString &protocol)
{
    const char *variable = broker == Broker::Redis ? "TIDEMARK_TEST_REDIS_TLS" : "TIDEMARK_TEST_AMQP_TLS";
    BrokerSettings redis;
    BrokerSettings amqp;
    redis.connection = amqp.connection = brokerConnection(variable);
    redis.stream = u"tls"_s;
    amqp.queue = u"tls"_s;
    for (ConnectionSettings *connection : {&redis.connection, &amqp.connection}) {
        connection->host = host;
        connection->tls = tls;
        connection->timeoutMs = 5000;
    }
    QueueOptions options; // makes nothing: a queue that is not there is as good an answer
    options.mayCreate = false;
    auto queue = broker == Broker::Redis ? redis::RedisQueue::open(redis, brokerPassword(), options)
                                         : amqp::AmqpQueue::open(amqp, brokerPassword(), options);
    if (queue)
        protocol = (*queue)->facts().tls;
    return queue || queue.error().code == ErrorCode::NoSuchTable ? u"open"_s : codeName(queue.error().code);
}

} // namespace

class TestBrokerTls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void modes_data()
    {
        QTest::addColumn<int>("broker");
        QTest::addColumn<QString>("host");
        QTest::addColumn<int>("mode");
        QTest::addColumn<QString>("ca");
        QTest::addColumn<QString>("pin"); // "its": the server's own
        QTest::addColumn<QString>("expected");
        for (const int broker : {static_cast<int>(Broker::Redis), static_cast<int>(Broker::Amqp)}) {
            const auto row = [broker](const char *name, const QString &host, TlsMode mode, const QString &ca,
                                      const QString &pin, const QString &expected) {
                QTest::addRow("%s %s", broker == 0 ? "redis" : "amqp", name)
                    << broker << host << static_cast<int>(mode) << ca << pin << expected;
            };
            const QString local = u"localhost"_s, number = u"127.0.0.1"_s, ca = u"ca.pem"_s;
            row("verify-full", local, TlsMode::VerifyFull, ca, {}, u"open"_s);
            row("verify-full, other name", number, TlsMode::VerifyFull, ca, {}, u"tls-name"_s);
            row("verify-ca, other name", number, TlsMode::VerifyCa, ca, {}, u"open"_s);
            row("verify-full, other authority", local, TlsMode::VerifyFull, u"wrong-ca.pem"_s, {}, u"tls-untrusted"_s);
            row("verify-ca, system's authorities", local, TlsMode::VerifyCa, {}, {}, u"tls-untrusted"_s);
            row("require", number, TlsMode::Require, {}, {}, u"open"_s);
            row("pinned", number, TlsMode::Require, {}, u"its"_s, u"open"_s);
            row("pinned to another", number, TlsMode::Require, {}, QString(64, u'a'), u"tls-untrusted"_s);
            row("no such file", local, TlsMode::VerifyFull, u"nothing.pem"_s, {}, u"file-not-found"_s);
        }
    }

    void modes()
    {
        QFETCH(int, broker);
        QFETCH(QString, host);
        QFETCH(int, mode);
        QFETCH(QString, ca);
        QFETCH(QString, pin);
        QFETCH(QString, expected);
        if (!qEnvironmentVariableIsSet("TIDEMARK_TEST_REDIS_TLS"))
            QSKIP("set TIDEMARK_TEST_REDIS_TLS and TIDEMARK_TEST_AMQP_TLS (tests/support/servers.sh)");
        TlsSettings tls;
        tls.mode = static_cast<TlsMode>(mode);
        tls.ca = ca.isEmpty() ? QString() : tlsFile(ca);
        if (pin == "its"_L1) {
            QFile file(tlsFile(u"server.pem"_s));
            QVERIFY(file.open(QIODevice::ReadOnly));
            QByteArray pem = file.readAll();
            pem = pem.mid(pem.indexOf('\n') + 1);
            pem = QByteArray::fromBase64(pem.left(pem.indexOf("-----END")).replace('\n', ""));
            pin = QString::fromLatin1(QCryptographicHash::hash(pem, QCryptographicHash::Sha256).toHex());
        }
        tls.pin = pin;
        QString protocol;
        QCOMPARE(openWith(static_cast<Broker>(broker), host, tls, protocol), expected);
        if (expected == "open"_L1 && broker == 0)
            QVERIFY2(protocol.startsWith("TLSv1."_L1), qPrintable(protocol));
    }

    // Plain text to a port that speaks TLS, and TLS to one that does not: an error, and soon.
    void otherPorts()
    {
        if (!qEnvironmentVariableIsSet("TIDEMARK_TEST_REDIS_TLS"))
            QSKIP("set TIDEMARK_TEST_REDIS_TLS and TIDEMARK_TEST_AMQP_TLS (tests/support/servers.sh)");
        QueueOptions options;
        BrokerSettings redis = redisSettings(drawnName());
        redis.connection.tls.mode = TlsMode::Require;
        redis.connection.timeoutMs = 3000;
        QVERIFY(!redis::RedisQueue::open(redis, brokerPassword(), options));
        BrokerSettings amqp = amqpSettings(drawnName());
        amqp.connection.tls.mode = TlsMode::Require;
        amqp.connection.timeoutMs = 3000;
        QVERIFY(!amqp::AmqpQueue::open(amqp, brokerPassword(), options));
        redis.connection.port = brokerConnection("TIDEMARK_TEST_REDIS_TLS").port;
        redis.connection.tls.mode = TlsMode::Disable;
        QVERIFY(!redis::RedisQueue::open(redis, brokerPassword(), options));
        amqp.connection.port = brokerConnection("TIDEMARK_TEST_AMQP_TLS").port;
        amqp.connection.tls.mode = TlsMode::Disable;
        QVERIFY(!amqp::AmqpQueue::open(amqp, brokerPassword(), options));
    }
};

QTEST_GUILESS_MAIN(TestBrokerTls)
#include "tst_brokertls.moc"
