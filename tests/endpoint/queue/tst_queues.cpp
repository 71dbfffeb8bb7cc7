// SPDX-License-Identifier: GPL-3.0-or-later
// What both brokers promise, on real ones.
#include <QTest>

#include "tests/endpoint/queue/brokers.h"

using namespace tidemark;
using namespace tidemark::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int longWait = 5000;

struct Stored
{
    std::string key, value, id;
};

Result<void> publishNumbers(Queue &queue, int from, int until)
{
    std::vector<Stored> stored;
    stored.reserve(static_cast<std::size_t>(until - from));
    for (int i = from; i < until; ++i)
        stored.push_back({"{\"id\":" + std::to_string(i % 10) + "}", "{\"n\":" + std::to_string(i) + "}",
                          "job/1/" + std::to_string(i)});
    std::vector<OutgoingMessage> messages;
    messages.reserve(stored.size());
    for (const Stored &message : stored)
        messages.push_back({message.key, message.value, message.id, "s.t"});
    qsizetype confirmed = 0;
    TRY(queue.publish(messages, confirmed));
    return confirmed == until - from ? Result<void>{} : Result<void>(fail(ErrorCode::Internal));
}

std::vector<std::string_view> idsOf(const QueueBatch &batch)
{
    std::vector<std::string_view> ids;
    for (const QueueMessage &message : batch.messages)
        ids.push_back(message.id);
    return ids;
}

QStringList valuesOf(const QueueBatch &batch)
{
    QStringList values;
    for (const QueueMessage &message : batch.messages)
        values.append(message.value ? text(*message.value).mid(5).chopped(1) : u"-"_s);
    return values;
}

} // namespace

class TestQueues : public QObject
{
    Q_OBJECT

    Broker m_broker = Broker::Redis;
    QString m_name;

    static QueueOptions consuming()
    {
        QueueOptions options;
        options.consumes = true;
        return options;
    }

    std::unique_ptr<Queue> open(const QueueOptions &options, const QString &consumer = u"one"_s, int limit = 5)
    {
        auto queue = openQueue(m_broker, m_name, options, consumer, limit);
        if (!queue) {
            qWarning("%s", qPrintable(told(queue.error())));
            return nullptr;
        }
        return std::move(*queue);
    }

    // Everything that comes, acknowledged.
    static QStringList takeAll(Queue &queue, int count)
    {
        QStringList values;
        QueueBatch batch;
        while (values.size() < count && queue.receive(100, longWait, batch) && !batch.isEmpty()) {
            values += valuesOf(batch);
            if (!queue.acknowledge(idsOf(batch)))
                break;
        }
        return values;
    }

    static void brokers()
    {
        QTest::addColumn<int>("broker");
        QTest::newRow("redis") << static_cast<int>(Broker::Redis);
        QTest::newRow("amqp") << static_cast<int>(Broker::Amqp);
        QTest::newRow("amqp, one consumer") << static_cast<int>(Broker::AmqpAlone);
    }

private Q_SLOTS:
    void init()
    {
        const auto *broker = static_cast<const int *>(QTest::qData("broker", qMetaTypeId<int>()));
        m_broker = static_cast<Broker>(*broker);
        if (!qEnvironmentVariableIsSet(variableOf(m_broker)))
            QSKIP("set TIDEMARK_TEST_REDIS and TIDEMARK_TEST_AMQP (tests/support/servers.sh)");
        m_name = drawnName();
    }

    void cleanup()
    {
        if (!m_name.isEmpty())
            dropQueue(m_broker, m_name);
        m_name.clear();
    }

    void inOrderOnce_data() { brokers(); }
    void inOrderOnce()
    {
        auto queue = open(consuming());
        QVERIFY(queue);
        VERIFY_DONE(publishNumbers(*queue, 0, 2500));
        QStringList expected;
        for (int i = 0; i < 2500; ++i)
            expected.append(QString::number(i));
        QCOMPARE(takeAll(*queue, 2500), expected);
        QueueBatch batch;
        VERIFY_DONE(queue->receive(10, 50, batch));
        QVERIFY(batch.isEmpty());
        const auto counts = queue->counts();
        VERIFY_DONE(counts);
        QCOMPARE(counts->waiting, 0);
        QCOMPARE(counts->quarantined, 0);
    }

    void whatIsInAMessage_data() { brokers(); }
    void whatIsInAMessage()
    {
        auto queue = open(consuming());
        QVERIFY(queue);
        const std::string large(300'000, 'x');
        const std::vector<OutgoingMessage> messages{{"{\"id\":1}", "{\"a\":\"\\u0000ä😀\"}", "i1", "s.t"},
                                                    {"{\"id\":1}", std::nullopt, "i2", "s.t"},
                                                    {{}, large, "i3", "s.t"}};
        qsizetype confirmed = 0;
        VERIFY_DONE(queue->publish(messages, confirmed));
        QCOMPARE(confirmed, 3);
        QueueBatch batch, all;
        std::vector<QueueMessage> found;
        while (found.size() < 3) {
            VERIFY_DONE(queue->receive(1, longWait, batch));
            QCOMPARE(batch.size(), 1);
            QueueMessage message = batch.messages[0];
            QCOMPARE(message.key, messages[found.size()].key);
            QCOMPARE(message.value.has_value(), messages[found.size()].value.has_value());
            QVERIFY(message.value == messages[found.size()].value);
            QVERIFY(message.deliveries <= (m_broker == Broker::Redis ? 1 : 2));
            found.push_back(message);
            VERIFY_DONE(queue->acknowledge(idsOf(batch)));
        }
    }

    // Not acknowledged, not lost: another consumer gets it, and is told that it is not the first.
    void deadConsumer_data() { brokers(); }
    void deadConsumer()
    {
        auto first = open(consuming(), u"first"_s);
        QVERIFY(first);
        VERIFY_DONE(publishNumbers(*first, 0, 10));
        QueueBatch batch;
        QStringList taken;
        while (taken.size() < 10) {
            VERIFY_DONE(first->receive(10 - static_cast<int>(taken.size()), longWait, batch));
            taken += valuesOf(batch);
            if (taken.size() == batch.size()) // the first batch's beginning alone is acknowledged
                VERIFY_DONE(first->acknowledge(std::vector<std::string_view>{batch.messages[0].id}));
        }
        first.reset();
        auto second = open(consuming(), u"second"_s);
        QVERIFY(second);
        QStringList again;
        for (int i = 0; i < 100 && again.size() < 9; ++i) {
            VERIFY_DONE(second->receive(100, 100, batch));
            again += valuesOf(batch);
            for (const QueueMessage &message : batch.messages)
                QVERIFY(message.deliveries >= 2);
            VERIFY_DONE(second->acknowledge(idsOf(batch)));
        }
        QCOMPARE(again, taken.mid(1));
        VERIFY_DONE(second->receive(100, 50, batch));
        QVERIFY(batch.isEmpty());
    }

    // A consumer dies of one message again and again: that one goes to quarantine, its neighbours do not.
    void poison_data() { brokers(); }
    void poison()
    {
        {
            auto publisher = open(consuming(), u"c"_s);
            QVERIFY(publisher);
            VERIFY_DONE(publishNumbers(*publisher, 0, 20));
        }
        QSet<QString> applied;
        int deaths = 0;
        for (int life = 0; life < 200 && applied.size() < 19; ++life) {
            auto queue = open(consuming(), u"c"_s);
            QVERIFY(queue);
            QueueBatch batch;
            for (;;) {
                VERIFY_DONE(queue->receive(20, 300, batch));
                const QStringList values = valuesOf(batch);
                if (values.contains(u"7"_s)) {
                    ++deaths;
                    break;
                }
                if (batch.isEmpty())
                    break;
                applied += QSet<QString>(values.begin(), values.end());
                VERIFY_DONE(queue->acknowledge(idsOf(batch)));
            }
        }
        QCOMPARE(applied.size(), 19);
        auto queue = open(consuming(), u"c"_s);
        QVERIFY(queue);
        QueueBatch batch;
        std::vector<QuarantinedMessage> aside;
        for (int i = 0; i < 100 && aside.empty(); ++i) {
            VERIFY_DONE(queue->receive(20, 50, batch));
            if (!batch.isEmpty()) {
                QCOMPARE(valuesOf(batch), QStringList(u"7"_s));
                ++deaths;
                queue = open(consuming(), u"c"_s);
                QVERIFY(queue);
            }
            auto found = queue->quarantined(10);
            VERIFY_DONE(found);
            aside = std::move(*found);
        }
        QCOMPARE(aside.size(), std::size_t(1));
        QCOMPARE(aside[0].reason, u"delivery-limit"_s);
        QCOMPARE(aside[0].value, QByteArray("{\"n\":7}"));
        QCOMPARE(aside[0].key, QByteArray("{\"id\":7}"));
        QVERIFY2(deaths >= 4 && deaths <= 6, qPrintable(QString::number(deaths)));
        VERIFY_DONE(queue->receive(20, 50, batch));
        QVERIFY(batch.isEmpty());
    }

    void quarantine_data() { brokers(); }
    void quarantine()
    {
        auto queue = open(consuming());
        QVERIFY(queue);
        VERIFY_DONE(publishNumbers(*queue, 0, 3));
        QueueBatch batch;
        QStringList seen;
        while (seen.size() < 3) {
            VERIFY_DONE(queue->receive(1, longWait, batch));
            seen += valuesOf(batch);
            VERIFY_DONE(queue->quarantine(batch.messages[0], u"value-not-kept"_s, u"n "_s + seen.last()));
        }
        auto aside = queue->quarantined(10);
        VERIFY_DONE(aside);
        QCOMPARE(aside->size(), std::size_t(3));
        QCOMPARE((*aside)[1].reason, u"value-not-kept"_s);
        QCOMPARE((*aside)[1].detail, u"n 1"_s);
        QCOMPARE((*aside)[1].value, QByteArray("{\"n\":1}"));
        VERIFY_DONE(queue->receive(1, 50, batch));
        QVERIFY(batch.isEmpty());
        // Looking changed nothing; one goes back as it is, one edited, one is thrown away.
        const auto replayed = queue->replay((*aside)[0].id, std::nullopt);
        VERIFY_DONE(replayed);
        QVERIFY(*replayed);
        const auto edited = queue->replay((*aside)[1].id, QByteArray("{\"n\":77}"));
        VERIFY_DONE(edited);
        QVERIFY(*edited);
        const auto discarded = queue->discard((*aside)[2].id);
        VERIFY_DONE(discarded);
        QVERIFY(*discarded);
        const auto again = queue->discard((*aside)[2].id);
        VERIFY_DONE(again);
        QVERIFY(!*again);
        const auto gone = queue->replay((*aside)[0].id, std::nullopt);
        VERIFY_DONE(gone);
        QVERIFY(!*gone);
        QCOMPARE(takeAll(*queue, 2), QStringList({u"0"_s, u"77"_s}));
        const auto counts = queue->counts();
        VERIFY_DONE(counts);
        QCOMPARE(counts->quarantined, 0);
    }

    void peek_data() { brokers(); }
    void peek()
    {
        auto consumer = open(consuming());
        QVERIFY(consumer);
        VERIFY_DONE(publishNumbers(*consumer, 0, 2));
        QCOMPARE(takeAll(*consumer, 2).size(), 2);
        consumer.reset();
        QueueOptions options;
        auto queue = open(options);
        QVERIFY(queue);
        VERIFY_DONE(publishNumbers(*queue, 2, 7));
        // RabbitMQ counts every look, so that half of the five deliveries is for them; Redis none.
        QueueBatch batch;
        for (int i = 0; i < (m_broker == Broker::Redis ? 20 : 2); ++i) {
            VERIFY_DONE(queue->peek(3, batch));
            QCOMPARE(valuesOf(batch), QStringList({u"2"_s, u"3"_s, u"4"_s}));
        }
        if (m_broker != Broker::Redis) {
            const auto refused = queue->peek(3, batch);
            QVERIFY(!refused && batch.isEmpty());
            QCOMPARE(refused.error().code, ErrorCode::NotAvailable);
            QCOMPARE(refused.error().facts.value(Fact::Count), u"3"_s);
        }
        queue.reset();
        consumer = open(consuming());
        QVERIFY(consumer);
        const QStringList all = takeAll(*consumer, 5);
        QCOMPARE(QSet<QString>(all.begin(), all.end()), QSet<QString>({u"2"_s, u"3"_s, u"4"_s, u"5"_s, u"6"_s}));
        const auto counts = consumer->counts();
        VERIFY_DONE(counts);
        QCOMPARE(counts->quarantined, 0);
    }

    void sharing_data() { brokers(); }
    void sharing()
    {
        if (m_broker == Broker::AmqpAlone)
            return; // the other one waits for its turn
        auto one = open(consuming(), u"one"_s);
        auto two = open(consuming(), u"two"_s);
        QVERIFY(one && two);
        VERIFY_DONE(publishNumbers(*one, 0, 1000));
        QStringList all;
        int ofTwo = 0;
        QueueBatch batch;
        for (int i = 0; i < 200 && all.size() < 1000; ++i) {
            Queue &queue = i % 2 == 0 ? *one : *two;
            VERIFY_DONE(queue.receive(100, 50, batch));
            all += valuesOf(batch);
            ofTwo += i % 2 == 0 ? 0 : static_cast<int>(batch.size());
            VERIFY_DONE(queue.acknowledge(idsOf(batch)));
        }
        QCOMPARE(all.size(), 1000);
        QCOMPARE(QSet<QString>(all.begin(), all.end()).size(), 1000);
        QVERIFY(ofTwo > 0);
    }

    void cancelled_data() { brokers(); }
    void cancelled()
    {
        Cancellation cancellation;
        QueueOptions options = consuming();
        options.cancellation = &cancellation;
        auto queue = open(options);
        QVERIFY(queue);
        std::thread canceller([&cancellation] { cancellation.cancel(); });
        QueueBatch batch;
        const auto received = queue->receive(1, 60'000, batch);
        canceller.join();
        QVERIFY(!received);
        QCOMPARE(received.error().code, ErrorCode::Cancelled);
    }

    void refused_data() { brokers(); }
    void refused()
    {
        const auto openWith = [this](const std::function<void(ConnectionSettings &)> &change, const Secret &secret,
                                     bool mayCreate = true) {
            QueueOptions options = consuming();
            options.mayCreate = mayCreate;
            BrokerSettings redis = redisSettings(m_name);
            BrokerSettings amqp = amqpSettings(m_name);
            change(redis.connection);
            change(amqp.connection);
            const auto queue = m_broker == Broker::Redis ? redis::RedisQueue::open(redis, secret, options)
                                                         : amqp::AmqpQueue::open(amqp, secret, options);
            return queue ? u"open"_s : codeName(queue.error().code);
        };
        const auto none = [](ConnectionSettings &) {};
        QCOMPARE(openWith(none, Secret("wrong")), u"wrong-password"_s);
        QCOMPARE(openWith([](ConnectionSettings &settings) { settings.user = u"nobody"_s; }, brokerPassword()),
                 u"wrong-password"_s);
        QCOMPARE(openWith([](ConnectionSettings &settings) { settings.port = 1; }, brokerPassword()), u"unreachable"_s);
        QCOMPARE(openWith([](ConnectionSettings &settings) { settings.database = u"9999"_s; }, brokerPassword()),
                 u"no-such-database"_s);
        QCOMPARE(openWith(none, brokerPassword(), false), u"no-such-table"_s);
    }
};

QTEST_GUILESS_MAIN(TestQueues)
#include "tst_queues.moc"
