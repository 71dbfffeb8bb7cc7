// SPDX-License-Identifier: GPL-3.0-or-later
// What is Redis' own: groups beside ours, trimming, entries of other writers.
#include <QTest>

#include "tests/endpoint/queue/brokers.h"

using namespace tidemark;
using namespace tidemark::test;
using namespace Qt::StringLiterals;

class TestRedisStreams : public QObject
{
    Q_OBJECT

    QString m_name;
    std::string m_stream;
    std::unique_ptr<redis::RedisLink> m_link;
    std::unique_ptr<Queue> m_queue;

    QString ask(std::initializer_list<std::string_view> words)
    {
        const auto answer = m_link->ask(words);
        const QString said = !answer                 ? told(answer.error())
            : (*answer)->type == REDIS_REPLY_INTEGER ? QString::number((*answer)->integer)
                                                     : text((*answer)->text);
        m_link->clear();
        return said;
    }

    std::vector<std::string> take(int count)
    {
        QueueBatch batch;
        std::vector<std::string> ids;
        if (m_queue->receive(count, 1000, batch)) {
            for (const QueueMessage &message : batch.messages)
                ids.emplace_back(message.id);
        }
        return ids;
    }

    Result<void> acknowledge(const std::vector<std::string> &ids)
    {
        return m_queue->acknowledge(std::vector<std::string_view>(ids.begin(), ids.end()));
    }

private Q_SLOTS:
    void init()
    {
        if (!qEnvironmentVariableIsSet("TIDEMARK_TEST_REDIS"))
            QSKIP("set TIDEMARK_TEST_REDIS (tests/support/servers.sh)");
        m_name = drawnName();
        m_stream = m_name.toStdString();
        QueueOptions options;
        auto link = redis::RedisLink::open(brokerConnection("TIDEMARK_TEST_REDIS"), brokerPassword(), options);
        VERIFY_DONE(link);
        m_link = std::move(*link);
        options.consumes = true;
        auto queue = openQueue(Broker::Redis, m_name, options);
        VERIFY_DONE(queue);
        m_queue = std::move(*queue);
    }

    void cleanup()
    {
        m_queue.reset();
        m_link.reset();
        if (!m_name.isEmpty())
            dropQueue(Broker::Redis, m_name);
        m_name.clear();
    }

    // Nothing that any group has not read or not acknowledged is ever trimmed.
    void trimming()
    {
        for (int i = 1; i <= 10; ++i)
            ask({"XADD", m_stream, std::to_string(i) + "-0", "key", "k", "value", "v"});
        const auto first = take(6);
        QCOMPARE(first.size(), std::size_t(6));
        VERIFY_DONE(acknowledge({first[0], first[1], first[3]})); // 3 is the first that is pending
        auto trimmed = m_queue->trim();
        VERIFY_DONE(trimmed);
        QCOMPARE(*trimmed, 2);
        QCOMPARE(ask({"XLEN", m_stream}), u"8"_s);
        VERIFY_DONE(acknowledge(first));
        // Another group, which has read up to 4, and one that has read nothing yet.
        ask({"XGROUP", "CREATE", m_stream, "slow", "4-0"});
        trimmed = m_queue->trim();
        VERIFY_DONE(trimmed);
        QCOMPARE(*trimmed, 2);
        ask({"XGROUP", "CREATE", m_stream, "new", "0"});
        trimmed = m_queue->trim();
        VERIFY_DONE(trimmed);
        QCOMPARE(*trimmed, 0);
        ask({"XGROUP", "DESTROY", m_stream, "slow"});
        ask({"XGROUP", "DESTROY", m_stream, "new"});
        trimmed = m_queue->trim();
        VERIFY_DONE(trimmed);
        QCOMPARE(*trimmed, 2); // 5 and 6; 7 is unread
        QCOMPARE(take(10).size(), std::size_t(4));
    }

    void oldestUnacknowledged()
    {
        for (int i = 1; i <= 4; ++i)
            ask({"XADD", m_stream, std::to_string(i) + "-0", "key", "k"});
        const auto place = [this] {
            const auto oldest = m_queue->oldestUnacknowledged();
            return oldest ? oldest->mid(15) : QByteArray("error");
        };
        const auto ids = take(3);
        QCOMPARE(place(), QByteArray("00001-00000000000000000000"));
        VERIFY_DONE(acknowledge({ids[0], ids[1]}));
        QCOMPARE(place(), QByteArray("00003-00000000000000000000"));
        VERIFY_DONE(acknowledge(ids));
        QCOMPARE(place(), QByteArray("00003-00000000000000000001"));
    }

    void entriesOfOthers()
    {
        ask({"XADD", m_stream, "1-0", "{\"id\":1}", "{\"op\":\"c\"}"}); // compact
        ask({"XADD", m_stream, "2-0", "key", "{\"id\":2}", "value", "default"}); // Debezium's tombstone
        ask({"XADD", m_stream, "3-0", "value", "v", "more", "m", "key", "k"});
        ask({"XADD", m_stream, "4-0", "a", "1", "b", "2"});
        QueueBatch batch;
        VERIFY_DONE(m_queue->receive(10, 1000, batch));
        QCOMPARE(batch.size(), 4);
        QCOMPARE(text(batch.messages[0].key), u"{\"id\":1}"_s);
        QCOMPARE(text(batch.messages[0].value.value_or("")), u"{\"op\":\"c\"}"_s);
        QCOMPARE(text(batch.messages[1].key), u"{\"id\":2}"_s);
        QVERIFY(!batch.messages[1].value);
        QCOMPARE(text(batch.messages[2].key), u"k"_s);
        QCOMPARE(text(batch.messages[2].value.value_or("")), u"v"_s);
        QVERIFY(!batch.messages[3].value); // no event: the consumer sets it aside
        QVERIFY(batch.messages[0].place < batch.messages[1].place);
    }

    // What a dead consumer held and somebody deleted from the stream must not stay pending for ever.
    void deletedWhilePending()
    {
        for (int i = 1; i <= 3; ++i)
            ask({"XADD", m_stream, std::to_string(i) + "-0", "key", "k", "value", "v"});
        QCOMPARE(take(3).size(), std::size_t(3));
        ask({"XDEL", m_stream, "2-0"});
        QueueOptions options;
        options.consumes = true;
        auto again = openQueue(Broker::Redis, m_name, options);
        VERIFY_DONE(again);
        m_queue = std::move(*again);
        const auto ids = take(10);
        QCOMPARE(ids, std::vector<std::string>({"0:1-0", "0:3-0"}));
        VERIFY_DONE(acknowledge(ids));
        const auto counts = m_queue->counts();
        VERIFY_DONE(counts);
        QCOMPARE(counts->unacknowledged, 0);
    }

    // A consumer that is slow, not dead: its messages are taken over, both acknowledge, nothing goes wrong.
    void takenFromTheLiving()
    {
        ask({"XADD", m_stream, "1-0", "key", "k", "value", "v"});
        const auto mine = take(1);
        QueueOptions options;
        options.consumes = true;
        auto other = openQueue(Broker::Redis, m_name, options, u"other"_s);
        VERIFY_DONE(other);
        QueueBatch batch;
        for (int i = 0; i < 50 && batch.isEmpty(); ++i)
            VERIFY_DONE((*other)->receive(1, 100, batch));
        QCOMPARE(batch.size(), 1);
        QCOMPARE(batch.messages[0].deliveries, 2);
        VERIFY_DONE(acknowledge(mine));
        VERIFY_DONE((*other)->acknowledge(std::vector<std::string_view>{batch.messages[0].id}));
        QVERIFY(take(1).empty());
    }

    // Received ahead and never looked at: it is delivered for the first time when it comes again.
    void letsGoOfWhatIsNotLookedAt()
    {
        for (int i = 1; i <= 3; ++i)
            ask({"XADD", m_stream, std::to_string(i) + "-0", "key", "k", "value", "v"});
        const auto ids = take(3);
        QCOMPARE(ids.size(), std::size_t(3));
        VERIFY_DONE(m_queue->letGo(std::vector<std::string_view>{ids[1], ids[2]}));
        QueueOptions options;
        options.consumes = true;
        auto again = openQueue(Broker::Redis, m_name, options);
        VERIFY_DONE(again);
        m_queue = std::move(*again);
        QMap<QString, int> deliveries;
        for (int i = 0; i < 10 && deliveries.size() < 3; ++i) {
            QueueBatch batch;
            VERIFY_DONE(m_queue->receive(10, 100, batch));
            for (const QueueMessage &message : batch.messages)
                deliveries.insert(text(message.id), message.deliveries);
        }
        QCOMPARE(deliveries, (QMap<QString, int>{{u"0:1-0"_s, 2}, {u"0:2-0"_s, 1}, {u"0:3-0"_s, 1}}));
    }

    void rights()
    {
        BrokerSettings settings = redisSettings(m_name);
        settings.connection.user = u"tidemark_low"_s;
        QueueOptions options;
        options.consumes = true;
        const auto queue = redis::RedisQueue::open(settings, brokerPassword(), options);
        QVERIFY(!queue);
        QCOMPARE(codeName(queue.error().code), u"no-rights"_s);
    }
};

QTEST_GUILESS_MAIN(TestRedisStreams)
#include "tst_redisstreams.moc"
