// SPDX-License-Identifier: GPL-3.0-or-later
// Consumers that die between the target's commit and the acknowledgement, and brokers and lines that go down.
#include <csignal>

#include <QDeadlineTimer>
#include <QProcess>
#include <QSet>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>
#include <sqlite3.h>

#include "core/change/changeeventreader.h"
#include "core/endpoint/queue/reconnectingqueue.h"
#include "tests/endpoint/queue/brokers.h"
#include "tests/support/tcpproxy.h"

using namespace tidemark;
using namespace tidemark::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int keys = 37;

std::string eventOf(int n)
{
    const std::string digits = std::to_string(n);
    return R"({"before":null,"after":{"id":)" + std::to_string(n % keys) + R"(,"n":)" + digits
        + R"(},"source":{"connector":"tidemark","db":"","schema":"","table":"t","ts_ms":1,"sequence":")"
        + std::string(20 - digits.size(), '0') + digits + R"(","id":")" + digits + R"("},"op":"u","ts_ms":1})";
}

Result<qsizetype> publishEvents(Queue &queue, int from, int until)
{
    std::vector<std::string> keyTexts, values, ids;
    for (int n = from; n < until; ++n) {
        keyTexts.push_back("{\"id\":" + std::to_string(n % keys) + "}");
        values.push_back(eventOf(n));
        ids.push_back(std::to_string(n));
    }
    std::vector<OutgoingMessage> messages;
    for (std::size_t i = 0; i < values.size(); ++i)
        messages.push_back({keyTexts[i], values[i], ids[i], "t"});
    qsizetype confirmed = 0;
    TRY(queue.publish(messages, confirmed));
    return confirmed;
}

// A target that keeps what was applied, and how far each key is, in the transaction of the rows.
class Target
{
public:
    explicit Target(const QString &file)
    {
        sqlite3_open(file.toUtf8().constData(), &m_db);
        sqlite3_busy_timeout(m_db, 10'000);
        run("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;"
            "CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY, n INTEGER);"
            "CREATE TABLE IF NOT EXISTS version (id INTEGER PRIMARY KEY, version TEXT);"
            "CREATE TABLE IF NOT EXISTS applied (change TEXT)");
    }
    ~Target() { sqlite3_close(m_db); }
    Target(const Target &) = delete;
    Target &operator=(const Target &) = delete;

    bool run(const std::string &sql) { return sqlite3_exec(m_db, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK; }

    QString text(const std::string &sql)
    {
        QString all;
        const auto add = [](void *out, int, char **values, char **) {
            *static_cast<QString *>(out) += QString::fromUtf8(values[0]) + u' ';
            return 0;
        };
        sqlite3_exec(m_db, sql.c_str(), add, &all, nullptr);
        return all.trimmed();
    }

    bool apply(const QueueBatch &batch)
    {
        ChangeEventReader reader;
        ChangeEvent event;
        if (!run("BEGIN IMMEDIATE"))
            return false;
        for (const QueueMessage &message : batch.messages) {
            if (!reader.parse(message.key, message.value, event))
                return false;
            const std::string id(event.after.fields[0].value.text);
            const std::string n(event.after.fields[1].value.text);
            const QString known = text("SELECT version FROM version WHERE id = " + id);
            if (known.toStdString() >= event.source.order)
                continue;
            std::string sql = "INSERT OR REPLACE INTO t VALUES (";
            sql.append(id).append(",").append(n);
            sql.append(");INSERT OR REPLACE INTO version VALUES (").append(id).append(",'").append(event.source.order);
            sql.append("');INSERT INTO applied VALUES ('").append(event.source.id).append("')");
            if (!run(sql))
                return false;
        }
        return run("COMMIT");
    }

private:
    sqlite3 *m_db = nullptr;
};

// The life of one consumer, in a process of its own: it ends itself before the commit, between commit and
// acknowledgement, after it, or not at all.
int consumerMain(const QStringList &arguments)
{
    const auto broker = static_cast<Broker>(arguments[2].toInt());
    const int fate = arguments[5].toInt();
    QueueOptions options;
    options.consumes = true;
    auto queue = openQueue(broker, arguments[3], options, u"consumer"_s, 1000);
    if (!queue)
        return 2;
    Target target(arguments[4]);
    QueueBatch batch;
    for (int round = 0;; ++round) {
        if (!(*queue)->receive(25, 500, batch))
            return 3;
        if (batch.isEmpty())
            return 0;
        if (fate == 1 && round == 1)
            raise(SIGKILL);
        if (!target.apply(batch))
            return 4;
        if (fate == 0)
            raise(SIGKILL);
        std::vector<std::string_view> ids;
        for (const QueueMessage &message : batch.messages)
            ids.push_back(message.id);
        if (!(*queue)->acknowledge(ids))
            return 5;
        if (fate == 2 && round == 2)
            raise(SIGKILL);
    }
}

// A Redis of the test's own, to be killed.
class OwnRedis
{
public:
    OwnRedis()
    {
        QTcpServer probe;
        probe.listen(QHostAddress::LocalHost);
        m_port = probe.serverPort();
    }
    ~OwnRedis() { kill(); }
    OwnRedis(const OwnRedis &) = delete;
    OwnRedis &operator=(const OwnRedis &) = delete;

    void start()
    {
        m_process.setStandardOutputFile(QProcess::nullDevice());
        m_process.start(u"redis-server"_s,
                        {u"--port"_s, QString::number(m_port), u"--bind"_s, u"127.0.0.1"_s, u"--dir"_s, m_dir.path(),
                         u"--save"_s, QString(), u"--appendonly"_s, u"yes"_s, u"--appendfsync"_s, u"always"_s});
        m_process.waitForStarted();
    }
    void kill()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    BrokerSettings settings() const
    {
        BrokerSettings settings = redisSettings(u"s"_s);
        settings.connection.host = u"127.0.0.1"_s;
        settings.connection.port = m_port;
        settings.connection.user.clear();
        settings.connection.database.clear();
        return settings;
    }

private:
    QTemporaryDir m_dir;
    QProcess m_process;
    int m_port = 0;
};

QSet<QString> idsLeft(Queue &queue)
{
    QSet<QString> ids;
    QueueBatch batch;
    ChangeEventReader reader;
    ChangeEvent event;
    while (queue.receive(1000, 500, batch) && !batch.isEmpty()) {
        std::vector<std::string_view> done;
        for (const QueueMessage &message : batch.messages) {
            if (reader.parse(message.key, message.value, event))
                ids.insert(QString::fromStdString(event.source.id));
            done.push_back(message.id);
        }
        if (!queue.acknowledge(done))
            break;
    }
    return ids;
}

} // namespace

class TestQueueKills : public QObject
{
    Q_OBJECT

    QString m_name;

    static void brokers()
    {
        QTest::addColumn<int>("broker");
        QTest::newRow("redis") << static_cast<int>(Broker::Redis);
        QTest::newRow("amqp") << static_cast<int>(Broker::AmqpAlone);
    }

private Q_SLOTS:
    void killedConsumers_data() { brokers(); }
    void killedConsumers()
    {
        QFETCH(int, broker);
        const auto which = static_cast<Broker>(broker);
        if (!qEnvironmentVariableIsSet(variableOf(which)))
            QSKIP("set TIDEMARK_TEST_REDIS and TIDEMARK_TEST_AMQP (tests/support/servers.sh)");
        m_name = drawnName();
        const int lives = qEnvironmentVariableIsSet("TIDEMARK_THOROUGH") ? 200 : 30;
        const int total = lives * 20;
        {
            QueueOptions options;
            options.consumes = true;
            auto queue = openQueue(which, m_name, options, u"consumer"_s, 1000);
            VERIFY_DONE(queue);
            VERIFY_DONE(publishEvents(**queue, 1, total + 1));
        }
        QTemporaryDir dir;
        const QString file = dir.filePath(u"target.db"_s);
        int killed = 0;
        // Only the last may live to the end.
        for (int life = 0; life <= lives; ++life) {
            const int fate = life == lives ? 9 : life % 5 == 3 ? 1 : life % 5 == 4 ? 2 : 0;
            QProcess process;
            process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
            process.start(QCoreApplication::applicationFilePath(),
                          {u"--consume"_s, QString::number(broker), m_name, file, QString::number(fate)});
            QVERIFY(process.waitForFinished(60'000));
            if (process.exitStatus() == QProcess::CrashExit)
                ++killed;
            else
                QCOMPARE(process.exitCode(), 0);
        }
        QVERIFY2(killed >= lives * 3 / 5, qPrintable(QString::number(killed)));
        Target target(file);
        QCOMPARE(target.text("SELECT count(*) FROM applied"), QString::number(total));
        QCOMPARE(target.text("SELECT count(DISTINCT change) FROM applied"), QString::number(total));
        QString expected;
        for (int key = 0; key < keys; ++key)
            expected += QString::number(total - ((total - key) % keys + keys) % keys) + u' ';
        QCOMPARE(target.text("SELECT n FROM t ORDER BY id"), expected.trimmed());
        QueueOptions options;
        options.consumes = true;
        auto queue = openQueue(which, m_name, options, u"consumer"_s, 1000);
        VERIFY_DONE(queue);
        const auto counts = (*queue)->counts();
        VERIFY_DONE(counts);
        QCOMPARE(counts->waiting, 0);
        QCOMPARE(counts->quarantined, 0);
        queue->reset();
        dropQueue(which, m_name);
    }

    // The line is cut again and again while it publishes, in the middle of a message too.
    void cutLine_data() { brokers(); }
    void cutLine()
    {
        QFETCH(int, broker);
        const auto which = static_cast<Broker>(broker);
        if (!qEnvironmentVariableIsSet(variableOf(which)))
            QSKIP("set TIDEMARK_TEST_REDIS and TIDEMARK_TEST_AMQP (tests/support/servers.sh)");
        m_name = drawnName();
        const ConnectionSettings direct = brokerConnection(variableOf(which));
        TcpProxy proxy(direct.host, direct.port);
        auto queue = ReconnectingQueue::open(
            [&]() -> Result<std::unique_ptr<Queue>> {
                BrokerSettings redis = redisSettings(m_name);
                BrokerSettings amqp = amqpSettings(m_name);
                redis.connection.port = amqp.connection.port = proxy.port();
                QueueOptions options;
                return which == Broker::Redis ? redis::RedisQueue::open(redis, brokerPassword(), options)
                                              : amqp::AmqpQueue::open(amqp, brokerPassword(), options);
            },
            60'000, nullptr);
        VERIFY_DONE(queue);
        constexpr int total = 6000;
        std::atomic<bool> ended = false;
        std::thread cutter([&] {
            qint64 from = proxy.bytesToServer();
            while (!ended) {
                if (proxy.bytesToServer() - from > 150'000) {
                    proxy.cutNow();
                    from = proxy.bytesToServer();
                }
                std::this_thread::yield();
            }
        });
        Result<qsizetype> published = 0;
        for (int n = 0; n < total && published; n += 200)
            published = publishEvents(**queue, n, n + 200);
        ended = true;
        cutter.join();
        VERIFY_DONE(published);
        QVERIFY((*queue)->reconnects() > 3);
        queue->reset();
        QueueOptions options;
        options.consumes = true;
        auto consumer = openQueue(which, m_name, options);
        VERIFY_DONE(consumer);
        QCOMPARE(idsLeft(**consumer).size(), total);
        consumer->reset();
        dropQueue(which, m_name);
    }

    // A frozen broker ends a call within its time-out, and a cancelled run at once.
    void frozen_data() { brokers(); }
    void frozen()
    {
        QFETCH(int, broker);
        const auto which = static_cast<Broker>(broker);
        if (!qEnvironmentVariableIsSet(variableOf(which)))
            QSKIP("set TIDEMARK_TEST_REDIS and TIDEMARK_TEST_AMQP (tests/support/servers.sh)");
        m_name = drawnName();
        const ConnectionSettings direct = brokerConnection(variableOf(which));
        TcpProxy proxy(direct.host, direct.port);
        Cancellation cancellation;
        const auto open = [&](Cancellation *stop) {
            BrokerSettings redis = redisSettings(m_name);
            BrokerSettings amqp = amqpSettings(m_name);
            redis.connection.port = amqp.connection.port = proxy.port();
            redis.connection.timeoutMs = amqp.connection.timeoutMs = stop != nullptr ? 60'000 : 400;
            QueueOptions options;
            options.cancellation = stop;
            return which == Broker::Redis ? redis::RedisQueue::open(redis, brokerPassword(), options)
                                          : amqp::AmqpQueue::open(amqp, brokerPassword(), options);
        };
        auto queue = open(nullptr);
        VERIFY_DONE(queue);
        auto stopped = open(&cancellation);
        VERIFY_DONE(stopped);
        proxy.setFrozen(true);
        const auto published = publishEvents(**queue, 0, 10);
        QVERIFY(!published);
        QCOMPARE(codeName(published.error().code), u"timeout"_s);
        std::thread canceller([&cancellation] { cancellation.cancel(); });
        const auto cancelled = publishEvents(**stopped, 0, 10'000);
        canceller.join();
        QVERIFY(!cancelled);
        QCOMPARE(codeName(cancelled.error().code), u"cancelled"_s);
        const auto opened = open(nullptr);
        QVERIFY(!opened);
        QCOMPARE(codeName(opened.error().code), u"timeout"_s);
        proxy.setFrozen(false);
        queue->reset();
        stopped->reset();
        dropQueue(which, m_name);
    }

    // Killed by SIGKILL while it takes messages, and started again: what was confirmed is there.
    void killedBroker()
    {
        if (QStandardPaths::findExecutable(u"redis-server"_s).isEmpty())
            QSKIP("redis-server is not installed");
        OwnRedis redis;
        redis.start();
        auto queue = ReconnectingQueue::open(
            [&]() -> Result<std::unique_ptr<Queue>> {
                QueueOptions options;
                const QDeadlineTimer starting(10'000);
                auto opened = redis::RedisQueue::open(redis.settings(), Secret(), options);
                while (!opened && !starting.hasExpired())
                    opened = redis::RedisQueue::open(redis.settings(), Secret(), options);
                return opened;
            },
            60'000, nullptr);
        VERIFY_DONE(queue);
        constexpr int total = 20'000;
        std::atomic<int> done = 0;
        QString failure;
        std::thread publisher([&] {
            for (int n = 0; n < total && failure.isEmpty(); n += 200) {
                const auto published = publishEvents(**queue, n, n + 200);
                failure = published ? QString() : told(published.error());
                done = published ? n + 200 : total;
                done.notify_all();
            }
        });
        for (const int at : {3000, 9000, 15'000}) {
            for (int now = done; now < at; now = done)
                done.wait(now);
            redis.kill();
            redis.start();
        }
        publisher.join();
        QCOMPARE(failure, QString());
        QVERIFY((*queue)->reconnects() >= 3);
        QueueOptions options;
        options.consumes = true;
        auto consumer = redis::RedisQueue::open(redis.settings(), Secret(), options);
        VERIFY_DONE(consumer);
        QCOMPARE(idsLeft(**consumer).size(), total);
    }
};

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() == 6 && arguments[1] == "--consume"_L1)
        return consumerMain(arguments);
    TestQueueKills test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_queuekills.moc"
