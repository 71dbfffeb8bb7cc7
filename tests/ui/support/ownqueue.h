// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QUrl>
#include <QUuid>

#include "core/endpoint/connector.h"

namespace tidemark {

// A stream or queue of its own on one of the brokers that tests/support/servers.sh starts. Everything blocks: beside
// the UI thread.
class OwnQueue
{
public:
    explicit OwnQueue(Driver driver)
    {
        const char *variable = driver == Driver::Redis ? "TIDEMARK_TEST_REDIS" : "TIDEMARK_TEST_AMQP";
        const QUrl url(qEnvironmentVariable(variable));
        const QString own = QStringLiteral("tm-ui-") + QUuid::createUuid().toString(QUuid::Id128);
        settings.name = QStringLiteral("feed");
        settings.driver = driver;
        settings.host = url.host();
        settings.port = url.port();
        settings.user = url.userName();
        settings.database = driver == Driver::Redis ? QString() : QStringLiteral("/");
        settings.password = {PasswordSource::Kind::Env, QStringLiteral("TIDEMARK_TEST_PASSWORD")};
        settings.timeoutMs = 20'000;
        settings.tls.mode = TlsMode::Disable;
        QueueSettings queue;
        if (driver == Driver::Redis) {
            queue.stream = own;
            queue.idleMs = 200;
        } else {
            queue.exchange = own + QStringLiteral(".x");
            queue.queue = own;
        }
        settings.queue = std::make_shared<const QueueSettings>(queue);
    }
    static bool isThere()
    {
        return qEnvironmentVariableIsSet("TIDEMARK_TEST_REDIS") && qEnvironmentVariableIsSet("TIDEMARK_TEST_AMQP");
    }

    std::unique_ptr<Queue> open(bool consumes = true)
    {
        QueueOptions options;
        options.consumes = consumes;
        auto queue = m_connector.openQueue(settings, options);
        if (!queue)
            qFatal("the queue does not open: %s", qPrintable(codeName(queue.error().code)));
        return std::move(*queue);
    }
    // An event of the table public.items.
    static QByteArray event(const char *operation, const QByteArray &row)
    {
        QByteArray text = R"({"before":null,"after":null,"source":{"connector":"postgresql","name":"shop","db":"shop",)"
                          R"("schema":"public","table":"items"},"op":"OP","ts_ms":1700000000000})";
        const QByteArray name = operation[0] == 'd' ? "\"before\":" : "\"after\":";
        text.replace("OP", operation);
        return text.replace(QByteArray(name + "null"), QByteArray(name + row));
    }
    void publish(const QByteArray &key, const QByteArray &value)
    {
        OutgoingMessage message;
        message.key = {key.constData(), static_cast<std::size_t>(key.size())};
        message.value = std::string_view(value.constData(), static_cast<std::size_t>(value.size()));
        message.route = "public.items";
        qsizetype confirmed = 0;
        if (!open(false)->publish({&message, 1}, confirmed) || confirmed != 1)
            qFatal("the message is not published");
    }
    // Takes so many that wait and sets them aside.
    void setAside(int count, const QString &reason, const QString &detail)
    {
        const auto queue = open();
        QueueBatch batch;
        for (int done = 0; done < count; done += static_cast<int>(batch.size())) {
            if (!queue->receive(100, 20'000, batch) || batch.isEmpty())
                qFatal("nothing waits");
            for (const QueueMessage &message : batch.messages) {
                if (!queue->quarantine(message, reason, detail))
                    qFatal("it is not set aside");
            }
        }
    }
    // The values of so many that wait, acknowledged.
    QList<QByteArray> take(int count)
    {
        const auto queue = open();
        QueueBatch batch;
        QList<QByteArray> values;
        while (values.size() < count) {
            if (!queue->receive(100, 20'000, batch) || batch.isEmpty())
                qFatal("nothing waits");
            for (const QueueMessage &message : batch.messages) {
                const std::string_view value = message.value.value_or("");
                values << QByteArray(value.data(), static_cast<qsizetype>(value.size()));
                (void)queue->acknowledge({&message.id, 1});
            }
        }
        return values;
    }
    // How many wait and how many are set aside, as they are found: what RabbitMQ counts comes late.
    struct Held
    {
        qsizetype waiting = 0, aside = 0;
        bool operator==(const Held &) const = default;
    };
    Held held()
    {
        const auto queue = open(false);
        QueueBatch batch;
        if (!queue->peek(100, batch))
            qFatal("it cannot be looked at");
        const auto aside = queue->quarantined(100);
        return {batch.size(), aside ? static_cast<qsizetype>(aside->size()) : -1};
    }

    ConnectionSettings settings;

private:
    SqlConnector m_connector;
};

} // namespace tidemark
