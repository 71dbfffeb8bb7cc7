// SPDX-License-Identifier: GPL-3.0-or-later
// What is RabbitMQ's own: exchanges and queues that are there already, and messages that nobody takes.
#include <QTest>

#include "tests/endpoint/queue/brokers.h"

using namespace tidemark;
using namespace tidemark::test;
using namespace Qt::StringLiterals;

class TestAmqpTopology : public QObject
{
    Q_OBJECT

    QString m_name;

    std::unique_ptr<amqp::AmqpLink> link()
    {
        QueueOptions options;
        auto opened = amqp::AmqpLink::open(brokerConnection("TIDEMARK_TEST_AMQP"), brokerPassword(), options);
        return opened && (*opened)->openChannel(1) ? std::move(*opened) : nullptr;
    }

    static Result<void> publishOne(Queue &queue, qsizetype &confirmed)
    {
        const std::vector<OutgoingMessage> messages{{"k", "v", "i", "s.t"}};
        return queue.publish(messages, confirmed);
    }

private Q_SLOTS:
    void init()
    {
        if (!qEnvironmentVariableIsSet("TIDEMARK_TEST_AMQP"))
            QSKIP("set TIDEMARK_TEST_AMQP (tests/support/servers.sh)");
        m_name = drawnName();
    }

    void cleanup()
    {
        if (!m_name.isEmpty())
            dropQueue(Broker::Amqp, m_name);
        m_name.clear();
    }

    // The broker confirms what no queue takes, and throws it away: an error, not a success.
    void unroutable()
    {
        BrokerSettings settings = amqpSettings(m_name);
        settings.queue.clear();
        QueueOptions options;
        auto queue = amqp::AmqpQueue::open(settings, brokerPassword(), options);
        VERIFY_DONE(queue);
        qsizetype confirmed = 0;
        const auto published = publishOne(**queue, confirmed);
        QVERIFY(!published);
        QCOMPARE(codeName(published.error().code), u"no-such-table"_s);
        QCOMPARE(published.error().facts.value(Fact::Table), u"s.t"_s);
        QCOMPARE(confirmed, 0);
        // It goes on as soon as there is a queue.
        auto bound = openQueue(Broker::Amqp, m_name, options);
        VERIFY_DONE(bound);
        VERIFY_DONE(publishOne(**queue, confirmed));
        QCOMPARE(confirmed, 1);
    }

    void queueOfOthers()
    {
        auto raw = link();
        QVERIFY(raw);
        amqp_queue_declare(raw->handle(), 1, amqp::bytesOf(m_name.toStdString()), 0, 1, 0, 0, amqp_empty_table);
        VERIFY_DONE(raw->replied());
        QueueOptions options;
        options.consumes = true;
        auto queue = openQueue(Broker::Amqp, m_name, options);
        VERIFY_DONE(queue);
        QVERIFY((*queue)->facts().remarks.contains(u"queue-of-others"_s));
        QCOMPARE((*queue)->facts().deliveryLimit, 0);
        qsizetype confirmed = 0;
        VERIFY_DONE(publishOne(**queue, confirmed));
        QueueBatch batch;
        VERIFY_DONE((*queue)->receive(1, 5000, batch));
        QCOMPARE(batch.size(), 1);
        QCOMPARE(text(batch.messages[0].key), u"k"_s);
    }

    void deletedUnderConsumer()
    {
        QueueOptions options;
        options.consumes = true;
        auto queue = openQueue(Broker::Amqp, m_name, options);
        VERIFY_DONE(queue);
        dropQueue(Broker::Amqp, m_name);
        QueueBatch batch;
        const auto received = (*queue)->receive(1, 10'000, batch);
        QVERIFY(!received);
        QCOMPARE(codeName(received.error().code), u"no-such-table"_s);
    }
};

QTEST_GUILESS_MAIN(TestAmqpTopology)
#include "tst_amqptopology.moc"
