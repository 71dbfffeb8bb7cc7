// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTest>
#include <QUrl>
#include <QUuid>

#include "core/endpoint/queue/amqp/amqpqueue.h"
#include "core/endpoint/queue/redis/redisqueue.h"

namespace tidemark::test {

// The brokers that tests/support/servers.sh starts. Every test works on streams and queues of a name of its own.
enum class Broker : quint8 { Redis, Amqp, AmqpAlone }; // AmqpAlone: one consumer at a time

inline ConnectionSettings brokerConnection(const char *variable)
{
    const QUrl url(qEnvironmentVariable(variable));
    ConnectionSettings settings;
    settings.host = url.host();
    settings.port = url.port();
    settings.user = url.userName();
    settings.database = url.path().mid(1);
    settings.timeoutMs = 10'000;
    settings.tls.mode = TlsMode::Disable;
    return settings;
}

inline Secret brokerPassword() { return Secret(qgetenv("TIDEMARK_TEST_PASSWORD")); }
inline const char *variableOf(Broker broker)
{
    return broker == Broker::Redis ? "TIDEMARK_TEST_REDIS" : "TIDEMARK_TEST_AMQP";
}
inline QString drawnName() { return QStringLiteral("tm-") + QUuid::createUuid().toString(QUuid::Id128); }

inline BrokerSettings redisSettings(const QString &name, const QString &consumer = QStringLiteral("one"))
{
    BrokerSettings settings;
    settings.connection = brokerConnection("TIDEMARK_TEST_REDIS");
    settings.stream = name;
    settings.consumer = consumer;
    settings.idleMs = 300;
    return settings;
}

inline BrokerSettings amqpSettings(const QString &name)
{
    BrokerSettings settings;
    settings.connection = brokerConnection("TIDEMARK_TEST_AMQP");
    settings.exchange = name + QStringLiteral(".x");
    settings.queue = name;
    settings.oneConsumer = false;
    settings.prefetch = 100;
    return settings;
}

inline Result<std::unique_ptr<Queue>> openQueue(Broker broker, const QString &name, const QueueOptions &options,
                                                const QString &consumer = QStringLiteral("one"), int deliveryLimit = 5)
{
    if (broker == Broker::Redis) {
        BrokerSettings settings = redisSettings(name, consumer);
        settings.deliveryLimit = deliveryLimit;
        return redis::RedisQueue::open(settings, brokerPassword(), options);
    }
    BrokerSettings settings = amqpSettings(name);
    settings.deliveryLimit = deliveryLimit;
    settings.oneConsumer = broker == Broker::AmqpAlone;
    return amqp::AmqpQueue::open(settings, brokerPassword(), options);
}

// What a test made is gone after it.
inline void dropQueue(Broker broker, const QString &name)
{
    const std::string text = name.toStdString();
    QueueOptions options;
    if (broker == Broker::Redis) {
        auto link = redis::RedisLink::open(brokerConnection("TIDEMARK_TEST_REDIS"), brokerPassword(), options);
        if (link)
            (void)(*link)->ask({"DEL", text, text + ":tidemark:replay", text + ":tidemark:quarantine"});
        return;
    }
    auto link = amqp::AmqpLink::open(brokerConnection("TIDEMARK_TEST_AMQP"), brokerPassword(), options);
    if (!link || !(*link)->openChannel(1))
        return;
    for (const std::string &queue : {text, text + ".quarantine"})
        amqp_queue_delete((*link)->handle(), 1, amqp::bytesOf(queue), 0, 0);
    for (const std::string &exchange : {text + ".x", text + ".dead"})
        amqp_exchange_delete((*link)->handle(), 1, amqp::bytesOf(exchange), 0);
}

inline QString told(const Error &error)
{
    QString text = codeName(error.code);
    for (auto fact = error.facts.cbegin(); fact != error.facts.cend(); ++fact)
        text += u' ' + factName(fact.key()) + u'=' + fact.value();
    return text + (error.detail.isEmpty() ? QString() : u' ' + error.detail);
}

inline QString text(std::string_view bytes)
{
    return QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size()));
}

} // namespace tidemark::test

#define VERIFY_DONE(result)                                                                                            \
    do {                                                                                                               \
        const auto &done_ = (result);                                                                                  \
        QVERIFY2(done_.has_value(), done_.has_value() ? "" : qPrintable(tidemark::test::told(done_.error())));         \
    } while (false)
