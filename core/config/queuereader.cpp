// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/queuereader.h"

#include "core/base/units.h"

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 leastIdleMs = 100;
constexpr qint64 longestIdleMs = qint64(24) * 3'600'000;
constexpr int mostDeliveries = 1000;
constexpr int mostPrefetched = 65'535; // what the protocol has room for
constexpr int mostDatabases = 1'000'000;
constexpr qsizetype longestStream = 1024;
// RabbitMQ's names have 255 bytes, and the longest of ours ends in ".quarantine".
constexpr qsizetype longestName = 255 - 11;

// RabbitMQ counts a look at a message, too.
QueueSettings usualSettings(Driver driver)
{
    QueueSettings settings;
    if (driver == Driver::Amqp)
        settings.deliveryLimit *= 2;
    return settings;
}

QString name(const JsonNode &node, qsizetype longest)
{
    const QString text = node.text();
    if (text.toUtf8().size() > longest)
        node.wrongValue(u"short-name"_s);
    return text;
}

// The broker keeps names that begin so for itself.
QString brokerName(const JsonNode &node)
{
    const QString text = name(node, longestName);
    if (text.startsWith("amq."_L1))
        node.wrongValue(u"not-amq"_s);
    return text;
}

void readRedis(const JsonObjectNode &object, ConnectionSettings &settings, QueueSettings &queue)
{
    if (const auto database = object.findSet("database"_L1)) {
        bool isNumber = false;
        const int number = database->text().toInt(&isNumber);
        settings.database = database->value().toString();
        if (database->isString() && (!isNumber || number < 0 || number > mostDatabases))
            database->wrongValue(u"redis-database"_s);
    }
    if (const auto stream = object.require("stream"_L1, u"string"_s))
        queue.stream = name(*stream, longestStream);
    if (const auto group = object.findSet("group"_L1))
        queue.group = name(*group, longestStream);
    if (const auto consumer = object.findSet("consumer"_L1))
        queue.consumer = name(*consumer, longestStream);
    if (const auto idle = object.findSet("idle"_L1))
        queue.idleMs = idle->durationMs(leastIdleMs, longestIdleMs);
}

void readAmqp(const JsonObjectNode &object, ConnectionSettings &settings, QueueSettings &queue)
{
    if (const auto database = object.findSet("database"_L1))
        settings.database = name(*database, longestName);
    if (const auto exchange = object.findSet("exchange"_L1))
        queue.exchange = brokerName(*exchange);
    if (const auto found = object.findSet("queue"_L1))
        queue.queue = brokerName(*found);
    if (!object.findSet("exchange"_L1) && !object.findSet("queue"_L1))
        object.missing("queue"_L1, u"string"_s);
    if (const auto prefetch = object.findSet("prefetch"_L1))
        queue.prefetch = static_cast<int>(prefetch->integer(1, mostPrefetched));
    if (const auto one = object.findSet("oneConsumer"_L1))
        queue.oneConsumer = one->boolean();
}

} // namespace

void readQueue(const JsonObjectNode &object, ConnectionSettings &settings)
{
    QueueSettings queue = usualSettings(settings.driver);
    if (settings.driver == Driver::Redis)
        readRedis(object, settings, queue);
    else
        readAmqp(object, settings, queue);
    if (const auto limit = object.findSet("deliveryLimit"_L1))
        queue.deliveryLimit = static_cast<int>(limit->integer(1, mostDeliveries));
    if (const auto envelope = object.findSet("envelope"_L1))
        queue.envelope = envelope->boolean();
    settings.queue = std::make_shared<const QueueSettings>(std::move(queue));
}

QJsonObject queueToJson(const ConnectionSettings &settings)
{
    const QueueSettings &queue = *settings.queue;
    const QueueSettings usual = usualSettings(settings.driver);
    QJsonObject object;
    const std::tuple<QLatin1StringView, const QString &, const QString &> texts[]{
        {"stream"_L1, queue.stream, usual.stream},       {"group"_L1, queue.group, usual.group},
        {"consumer"_L1, queue.consumer, usual.consumer}, {"exchange"_L1, queue.exchange, usual.exchange},
        {"queue"_L1, queue.queue, usual.queue},
    };
    for (const auto &[key, text, standard] : texts) {
        if (text != standard)
            object.insert(key, text);
    }
    if (queue.idleMs != usual.idleMs)
        object.insert("idle"_L1, formatDuration(queue.idleMs));
    if (queue.prefetch != usual.prefetch)
        object.insert("prefetch"_L1, queue.prefetch);
    if (queue.oneConsumer != usual.oneConsumer)
        object.insert("oneConsumer"_L1, queue.oneConsumer);
    if (queue.deliveryLimit != usual.deliveryLimit)
        object.insert("deliveryLimit"_L1, queue.deliveryLimit);
    if (queue.envelope != usual.envelope)
        object.insert("envelope"_L1, queue.envelope);
    return object;
}

bool setQueueOption(const QString &key, const QString &value, QJsonObject &object)
{
    for (const QLatin1StringView text :
         {"stream"_L1, "group"_L1, "consumer"_L1, "idle"_L1, "exchange"_L1, "queue"_L1}) {
        if (key == text) {
            object.insert(text, value);
            return true;
        }
    }
    for (const QLatin1StringView number : {"prefetch"_L1, "deliveryLimit"_L1}) {
        bool isNumber = false;
        const int whole = value.toInt(&isNumber);
        if (key == number) {
            object.insert(number, isNumber ? QJsonValue(whole) : QJsonValue(value));
            return true;
        }
    }
    for (const QLatin1StringView choice : {"oneConsumer"_L1, "envelope"_L1}) {
        if (key == choice) {
            const bool isKnown = value == "true"_L1 || value == "false"_L1;
            object.insert(choice, isKnown ? QJsonValue(value == "true"_L1) : QJsonValue(value));
            return true;
        }
    }
    return false;
}

} // namespace tidemark
