// SPDX-License-Identifier: GPL-3.0-or-later
// Jobs with message queues through the real command line, over real brokers: a database into a queue, a queue into a
// database.
#include <QRandomGenerator>

#include "tests/app/queuecli.h"

using namespace tidemark::test;
using namespace Qt::StringLiterals;

namespace {

// As another program would: an event as Debezium writes it, into the stream.
QByteArray addToStream(const OwnQueue &queue, const QByteArray &key, const QByteArray &value)
{
    const QUrl url(qEnvironmentVariable("TIDEMARK_TEST_REDIS"));
    QProcess client;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"REDISCLI_AUTH"_s, qEnvironmentVariable("TIDEMARK_TEST_PASSWORD"));
    client.setProcessEnvironment(environment);
    client.start(u"redis-cli"_s,
                 {u"-h"_s, url.host(), u"-p"_s, QString::number(url.port()), u"--user"_s, url.userName(), u"XADD"_s,
                  queue.name(), u"*"_s, u"key"_s, QString::fromUtf8(key), u"value"_s, QString::fromUtf8(value)});
    client.waitForFinished(10'000);
    return client.readAllStandardOutput() + client.readAllStandardError();
}

QByteArray message(const QByteArray &operation, const QByteArray &after, qint64 lsn = 0)
{
    QByteArray text =
        "{'before': null, 'after': @, 'source': {'connector': 'postgresql', 'name': 'shop', 'db': 'shop', "
        "'schema': 'public', 'table': 'items'LSN}, 'op': 'OP', 'ts_ms': 1700000000000}";
    text.replace('\'', '"').replace("OP", operation);
    text.replace("LSN", lsn > 0 ? QByteArray(", \"lsn\": " + QByteArray::number(lsn)) : QByteArray());
    return text.replace("@", after);
}

} // namespace

class TestCliQueues : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (qEnvironmentVariableIsEmpty("TIDEMARK_TEST_REDIS") || qEnvironmentVariableIsEmpty("TIDEMARK_TEST_AMQP"))
            QSKIP("no brokers");
    }

    void carriesChanges_data()
    {
        QTest::addColumn<QByteArray>("broker");
        QTest::newRow("Redis") << QByteArray("redis");
        QTest::newRow("RabbitMQ") << QByteArray("amqp");
    }

    void carriesChanges()
    {
        QFETCH(const QByteArray, broker);
        const CliFolder folder;
        const OwnQueue queue(broker);
        folder.sql(u"a.db"_s,
                   table + "INSERT INTO items VALUES (1, 'one', 1.5, 1), (2, NULL, 2, 2), (3, 'drei€', 3, 3)");
        folder.sql(u"b.db"_s, table);
        writeJob(folder, u"publish"_s, file("a.db"), queue.json(), R"(, "detect": {"by": "log"})", "mirror");
        writeJob(folder, u"consume"_s, queue.json(), file("b.db"), {}, "mirror");
        RUNS(folder.run({u"job"_s, u"log"_s, u"publish.json"_s, u"install"_s}));

        auto ran = folder.json({u"run"_s, u"publish.json"_s});
        RUNS(ran);
        QCOMPARE(counted(ran, "insert"), 3);
        // A look at the queue takes nothing from it.
        for (int i = 0; i < 2; ++i) {
            ran = folder.json({u"plan"_s, u"consume.json"_s, u"--rows"_s});
            RUNS(ran);
            QCOMPARE(counted(ran, "insert"), 3);
        }
        ran = folder.json({u"run"_s, u"consume.json"_s});
        RUNS(ran);
        QCOMPARE(counted(ran, "insert"), 3);
        QCOMPARE(folder.sql(u"b.db"_s, listed), folder.sql(u"a.db"_s, listed));
        ran = folder.json({u"run"_s, u"consume.json"_s});
        RUNS(ran);
        QCOMPARE(counted(ran, "insert") + counted(ran, "update") + counted(ran, "delete"), 0);

        folder.sql(u"a.db"_s,
                   "UPDATE items SET name = 'uno', v = 4 WHERE id = 1; DELETE FROM items WHERE id = 2;"
                   "INSERT INTO items VALUES (4, 'four', 4, 5)");
        ran = folder.json({u"run"_s, u"publish.json"_s});
        RUNS(ran);
        QCOMPARE(counted(ran, "update"), 2); // what is new and what is changed: the queue does not tell
        QCOMPARE(counted(ran, "delete"), 1);
        ran = folder.json({u"run"_s, u"consume.json"_s});
        RUNS(ran);
        QCOMPARE((QList<int>{counted(ran, "insert"), counted(ran, "update"), counted(ran, "delete")}),
                 (QList<int>{1, 1, 1}));
        QCOMPARE(folder.sql(u"b.db"_s, listed), folder.sql(u"a.db"_s, listed));
    }

    // A run that reads the whole table, because it is told to or because so much has changed, sees no row that is gone.
    void publishesDeletesWhateverElseIsRead_data()
    {
        QTest::addColumn<int>("more");
        QTest::addColumn<bool>("full");
        QTest::newRow("told to") << 10 << true;
        QTest::newRow("much has changed") << 11'000 << false;
    }

    void publishesDeletesWhateverElseIsRead()
    {
        QFETCH(const int, more);
        QFETCH(const bool, full);
        const CliFolder folder;
        const OwnQueue queue("redis");
        const auto rows = [](int from, int to) -> QByteArray {
            return "WITH RECURSIVE n(i) AS (SELECT " + QByteArray::number(from) + " UNION ALL SELECT i + 1 FROM n "
                + "WHERE i < " + QByteArray::number(to) + ") INSERT INTO items SELECT i, 'row ' || i, i, i FROM n;";
        };
        folder.sql(u"a.db"_s, table + rows(1, 100));
        folder.sql(u"b.db"_s, table);
        writeJob(folder, u"publish"_s, file("a.db"), queue.json(), R"(, "detect": {"by": "log"})", "mirror");
        writeJob(folder, u"consume"_s, queue.json(), file("b.db"), {}, "mirror");
        RUNS(folder.run({u"job"_s, u"log"_s, u"publish.json"_s, u"install"_s}));
        RUNS(folder.run({u"run"_s, u"publish.json"_s}));
        RUNS(folder.run({u"run"_s, u"consume.json"_s}));
        folder.sql(u"a.db"_s, rows(1000, 999 + more) + "DELETE FROM items WHERE id <= 5");
        QStringList publish{u"run"_s, u"publish.json"_s};
        if (full)
            publish += u"--full"_s;
        const auto ran = folder.json(publish);
        RUNS(ran);
        QCOMPARE(counted(ran, "delete"), 5);
        RUNS(folder.run({u"run"_s, u"consume.json"_s}));
        QCOMPARE(folder.sql(u"b.db"_s, listed), folder.sql(u"a.db"_s, listed));
    }

    // Again and again some way before the cursor's end, where late commits may turn up: nothing is published twice.
    void publishesWhatACursorFindsOnce()
    {
        const CliFolder folder;
        const OwnQueue queue("redis");
        folder.sql(u"a.db"_s, table + "INSERT INTO items VALUES (1, 'one', 1.5, 1), (2, 'two', 2, 2)");
        writeJob(folder, u"publish"_s, file("a.db"), queue.json(), R"(, "detect": {"by": "version", "column": "v"})");
        auto ran = folder.json({u"run"_s, u"publish.json"_s});
        RUNS(ran);
        QCOMPARE(counted(ran, "insert"), 2);
        for (int i = 0; i < 2; ++i) {
            ran = folder.json({u"run"_s, u"publish.json"_s});
            RUNS(ran);
            QCOMPARE(counted(ran, "insert") + counted(ran, "update"), 0);
        }
        folder.sql(u"a.db"_s, "UPDATE items SET name = 'uno', v = 3 WHERE id = 1");
        ran = folder.json({u"run"_s, u"publish.json"_s});
        RUNS(ran);
        QCOMPARE(counted(ran, "update"), 1);
    }

    void quarantinesWhatCannotBeApplied()
    {
        const CliFolder folder;
        const OwnQueue queue("redis");
        folder.sql(
            u"b.db"_s,
            "CREATE TABLE items(id INTEGER PRIMARY KEY, name TEXT, price NUMERIC CHECK(price < 100), v INTEGER)");
        writeJob(folder, u"consume"_s, queue.json(), file("b.db"), {}, "mirror");
        folder.write(u"queue.json"_s, queue.json());
        addToStream(queue, "1", message("c", R"({"id": 1, "name": "one", "price": 1, "v": 1})"));
        addToStream(queue, "2", "{no JSON");
        addToStream(queue, "3", message("c", R"({"id": 3, "name": "three"})")); // lacks columns
        addToStream(queue, "4", message("c", R"({"id": 4, "name": "four", "price": 400, "v": 1})"));
        addToStream(queue, "5", message("c", R"({"id": 5, "name": "five", "price": 5, "v": 1})"));
        addToStream(queue, "6",
                    message("c", R"({"id": 6, "name": "six", "price": 6, "v": 1})").replace("items", "others"));

        auto ran = folder.json({u"run"_s, u"consume.json"_s});
        QVERIFY2(ran.exitCode == 1, ran.said().constData());
        QCOMPARE(folder.sql(u"b.db"_s, listed), (QStringList{u"1|one|1|1"_s, u"5|five|5|1"_s}));
        ran = folder.json({u"queue"_s, u"queue.json"_s, u"--quarantine"_s});
        RUNS(ran);
        QMap<QString, QString> idOf;
        const QJsonArray quarantined = ran.json().value(u"quarantine"_s).toArray();
        for (const auto &one : quarantined)
            idOf.insert(one[u"reason"_s].toString(), one[u"id"_s].toString());
        QCOMPARE(idOf.keys(), (QStringList{u"check-violated"_s, u"missing-key"_s, u"no-such-table"_s, u"not-json"_s}));
        ran = folder.json({u"run"_s, u"consume.json"_s});
        RUNS(ran); // they are out of the way

        folder.write(u"mended.json"_s, message("c", R"({"id": 4, "name": "four", "price": 40, "v": 1})"));
        RUNS(folder.run({u"queue"_s, u"queue.json"_s, u"--replay"_s, idOf[u"check-violated"_s], u"--set-value"_s,
                         u"mended.json"_s}));
        RUNS(folder.run({u"queue"_s, u"queue.json"_s, u"--discard"_s, idOf[u"not-json"_s]}));
        QCOMPARE(folder.json({u"queue"_s, u"queue.json"_s, u"--discard"_s, idOf[u"not-json"_s]}).code(), u"usage"_s);
        RUNS(folder.run({u"run"_s, u"consume.json"_s}));
        QCOMPARE(folder.sql(u"b.db"_s, "SELECT price FROM items WHERE id = 4"), QStringList{u"40"_s});
        ran = folder.json({u"queue"_s, u"queue.json"_s, u"--quarantine"_s});
        QCOMPARE(ran.json().value(u"quarantine"_s).toArray().size(), 2);
    }

    // A message that was overtaken has nothing to add, not even to a row that is gone by now.
    void keepsTheOrderOfEachKey()
    {
        const CliFolder folder;
        const OwnQueue queue("redis");
        folder.sql(u"b.db"_s, table + "INSERT INTO items VALUES (1, 'old', 1, 1), (2, 'old', 2, 2), (3, 'x', 3, 3)");
        writeJob(folder, u"consume"_s, queue.json(), file("b.db"), {}, "mirror");
        const auto consume = [&](const QByteArray &value) {
            addToStream(queue, "k", value);
            return folder.json({u"run"_s, u"consume.json"_s});
        };
        RUNS(consume(message("u", R"({"id": 1, "name": "newest", "price": 1, "v": 1})", 500)));
        RUNS(consume(message("u", R"({"id": 1, "name": "older", "price": 1, "v": 1})", 400)));
        RUNS(consume(message("d", "null", 600).replace(R"("before": null)", R"("before": {"id": 2})")));
        RUNS(consume(message("u", R"({"id": 2, "name": "back", "price": 2, "v": 2})", 550)));
        QCOMPARE(folder.sql(u"b.db"_s, listed), (QStringList{u"1|newest|1|1"_s, u"3|x|3|3"_s}));
    }

    void refusesWhatAQueueCannotDo_data()
    {
        QTest::addColumn<QByteArray>("more");
        QTest::addColumn<QByteArray>("mode");
        QTest::addColumn<bool>("publishes");
        QTest::newRow("two-way") << QByteArray() << QByteArray("two-way") << false;
        QTest::newRow("create") << QByteArray(R"(, "create": true)") << QByteArray("update") << false;
        QTest::newRow("compare a target") << QByteArray() << QByteArray("update") << true;
        QTest::newRow("deletes by a cursor")
            << QByteArray(R"(, "detect": {"by": "version", "column": "v"})") << QByteArray("mirror") << true;
    }

    void refusesWhatAQueueCannotDo()
    {
        QFETCH(const QByteArray, more);
        QFETCH(const QByteArray, mode);
        QFETCH(const bool, publishes);
        const CliFolder folder;
        const OwnQueue queue("redis");
        folder.sql(u"b.db"_s, table);
        writeJob(folder, u"j"_s, publishes ? file("b.db") : queue.json(), publishes ? queue.json() : file("b.db"), more,
                 mode.constData());
        const auto ran = folder.json({u"run"_s, u"j.json"_s});
        QCOMPARE(ran.exitCode, 4);
        QCOMPARE(ran.code(), u"not-available"_s);
    }

    // What bears the order of keys goes with the last job that consumes into a database.
    void cleansUp()
    {
        const CliFolder folder;
        const OwnQueue queue("redis");
        const OwnQueue other("redis");
        folder.sql(u"a.db"_s, table + "INSERT INTO items VALUES (1, 'one', 1, 1)");
        folder.sql(u"b.db"_s, table);
        const QByteArray kept = "SELECT name FROM sqlite_schema WHERE name LIKE 'tidemark%' ORDER BY name";
        for (const auto &[name, feed] : {std::pair(u"one"_s, &queue), std::pair(u"two"_s, &other)}) {
            writeJob(folder, u"publish-"_s + name, file("a.db"), feed->json(),
                     R"(, "detect": {"by": "version", "column": "v"})");
            writeJob(folder, name, feed->json(), file("b.db"), {});
            folder.sql(u"a.db"_s, "UPDATE items SET v = v + 1"); // so that it has something to write
            RUNS(folder.run({u"run"_s, u"publish-%1.json"_s.arg(name)}));
            RUNS(folder.run({u"run"_s, name + u".json"_s}));
            RUNS(folder.run({u"job"_s, u"import"_s, name + u".json"_s}));
        }
        QVERIFY(folder.sql(u"b.db"_s, kept).contains(u"tidemark_versions"_s));
        RUNS(folder.run({u"job"_s, u"remove"_s, u"one"_s, u"--clean"_s}));
        QVERIFY(folder.sql(u"b.db"_s, kept).contains(u"tidemark_versions"_s));
        RUNS(folder.run({u"job"_s, u"remove"_s, u"two"_s, u"--clean"_s}));
        QCOMPARE(folder.sql(u"b.db"_s, kept), QStringList());
        QCOMPARE(folder.sql(u"b.db"_s, "SELECT id FROM items"), QStringList{u"1"_s});
    }

    void refusesToVerify()
    {
        const CliFolder folder;
        const OwnQueue queue("redis");
        folder.sql(u"b.db"_s, table);
        writeJob(folder, u"consume"_s, queue.json(), file("b.db"), {});
        QCOMPARE(folder.json({u"verify"_s, u"consume.json"_s}).exitCode, 4);
    }

    void testsConnections_data() { carriesChanges_data(); }
    void testsConnections()
    {
        QFETCH(const QByteArray, broker);
        const CliFolder folder;
        const OwnQueue queue(broker);
        folder.write(u"queue.json"_s, queue.json());
        auto ran = folder.json({u"connection"_s, u"test"_s, u"queue.json"_s});
        RUNS(ran);
        QVERIFY(!ran.json().value(u"version"_s).toString().isEmpty());
        QCOMPARE(ran.json().value(u"remarks"_s).toArray().contains(u"queue-absent"_s), !queue.isRedis());
        folder.sql(u"a.db"_s, table + "INSERT INTO items VALUES (1, 'one', 1, 1), (2, 'two', 2, 2)");
        folder.sql(u"b.db"_s, table);
        writeJob(folder, u"publish"_s, file("a.db"), queue.json(), R"(, "detect": {"by": "version", "column": "v"})");
        writeJob(folder, u"consume"_s, queue.json(), file("b.db"), {});
        RUNS(folder.run({u"run"_s, u"publish.json"_s}));
        RUNS(folder.run({u"run"_s, u"consume.json"_s}));
        RUNS(folder.run({u"job"_s, u"check"_s, u"publish.json"_s}));
        RUNS(folder.run({u"job"_s, u"check"_s, u"consume.json"_s}));
        ran = folder.json({u"connection"_s, u"test"_s, u"queue.json"_s});
        RUNS(ran);
        const QJsonObject counts = ran.json().value(u"queue"_s).toObject();
        QCOMPARE(counts.value(u"waiting"_s).toInt(-1), 0);
        QCOMPARE(counts.value(u"quarantined"_s).toInt(-1), 0);
    }

    void fillsMariaDb()
    {
        if (qEnvironmentVariableIsEmpty("TIDEMARK_TEST_MYSQL"))
            QSKIP("no MariaDB");
        const CliFolder folder;
        const OwnQueue queue("amqp");
        const QByteArray copy = "items_" + queue.name().right(12).toUtf8();
        folder.sql(u"a.db"_s, table);
        writeJob(folder, u"make"_s, file("a.db"), mysqlJson(), R"(, "create": true)", "mirror", copy);
        RUNS(folder.run({u"run"_s, u"make.json"_s}));
        writeJob(folder, u"publish"_s, file("a.db"), queue.json(), R"(, "detect": {"by": "log"})", "mirror");
        RUNS(folder.run({u"job"_s, u"log"_s, u"publish.json"_s, u"install"_s}));
        writeJob(folder, u"consume"_s, queue.json(), mysqlJson(), {}, "mirror", copy);
        for (int round = 0; round < 3; ++round) {
            folder.sql(u"a.db"_s,
                       "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
                       "INSERT INTO items SELECT i + 3000 * "
                           + QByteArray::number(round)
                           + ", 'row ' || i, i, i FROM n; UPDATE items SET name = 'again' WHERE id % 7 = 0;"
                             "DELETE FROM items WHERE id % 100 = 1");
            RUNS(folder.run({u"run"_s, u"publish.json"_s}));
            RUNS(folder.run({u"run"_s, u"consume.json"_s}));
            const auto compared = folder.json({u"plan"_s, u"make.json"_s, u"--exit-code"_s});
            QVERIFY2(compared.exitCode == 0, compared.said().constData());
        }
    }

    // Killed at any instant: each row is inserted once, however often its message came.
    void survivesKills_data() { carriesChanges_data(); }
    void survivesKills()
    {
        QFETCH(const QByteArray, broker);
        constexpr int rows = 4000;
        const int kills = qEnvironmentVariableIntValue("TIDEMARK_TEST_KILLS") > 0
            ? qEnvironmentVariableIntValue("TIDEMARK_TEST_KILLS")
            : 12;
        const CliFolder folder;
        const OwnQueue queue(broker);
        folder.sql(u"a.db"_s,
                   table + "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
                       + QByteArray::number(rows) + ") INSERT INTO items SELECT i, 'row ' || i, i, i FROM n");
        folder.sql(u"b.db"_s,
                   table
                       + "CREATE TABLE seen(id INTEGER);"
                         "CREATE TRIGGER i AFTER INSERT ON items BEGIN INSERT INTO seen VALUES (new.id); END;"
                         "CREATE TRIGGER u AFTER UPDATE ON items BEGIN INSERT INTO seen VALUES (new.id); END;");
        const QByteArray more =
            broker == "redis" ? R"("deliveryLimit": 1000)" : R"("prefetch": 400, "deliveryLimit": 1000)";
        writeJob(folder, u"publish"_s, file("a.db"), queue.json(more),
                 R"(, "detect": {"by": "version", "column": "v"})");
        writeJob(folder, u"consume"_s, queue.json(more), file("b.db"), R"(, "batch": {"rows": 100})");
        RUNS(folder.run({u"run"_s, u"publish.json"_s}));
        for (int i = 0; i < kills; ++i) {
            QProcess consumer;
            consumer.setProcessEnvironment(folder.environment());
            consumer.setWorkingDirectory(folder.path({}));
            consumer.start(CliFolder::program(), {u"run"_s, u"consume.json"_s});
            QVERIFY(consumer.waitForStarted());
            consumer.waitForFinished(20 + int(QRandomGenerator::global()->bounded(400)));
            consumer.kill();
            consumer.waitForFinished();
        }
        const auto ran = folder.json({u"run"_s, u"consume.json"_s});
        RUNS(ran);
        QCOMPARE(folder.sql(u"b.db"_s, listed), folder.sql(u"a.db"_s, listed));
        QCOMPARE(folder.sql(u"b.db"_s, "SELECT count(*), count(DISTINCT id) FROM seen"), QStringList{u"4000|4000"_s});
    }

    void sharesTheWork_data() { carriesChanges_data(); }
    void sharesTheWork()
    {
        QFETCH(const QByteArray, broker);
        const CliFolder folder;
        const OwnQueue queue(broker);
        folder.sql(u"a.db"_s, table);
        folder.sql(u"b.db"_s, "PRAGMA journal_mode = WAL;" + table);
        writeJob(folder, u"publish"_s, file("a.db"), queue.json(), R"(, "detect": {"by": "log"})", "mirror");
        RUNS(folder.run({u"job"_s, u"log"_s, u"publish.json"_s, u"install"_s}));
        for (const QString &name : {u"east"_s, u"west"_s})
            writeJob(folder, name, queue.json(queue.isRedis() ? QByteArray() : QByteArray(R"("prefetch": 300)")),
                     file("b.db"), R"(, "batch": {"rows": 200})", "mirror");
        for (int round = 0; round < 4; ++round) {
            folder.sql(u"a.db"_s,
                       "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500)"
                       "INSERT INTO items SELECT i, 'row', 0, 0 FROM n WHERE true ON CONFLICT DO UPDATE SET v = v + 1;"
                       "DELETE FROM items WHERE id % 5 = "
                           + QByteArray::number(round));
            RUNS(folder.run({u"run"_s, u"publish.json"_s, u"--yes"_s}));
        }
        QProcess consumers[2];
        for (int i = 0; i < 2; ++i) {
            consumers[i].setProcessEnvironment(folder.environment());
            consumers[i].setWorkingDirectory(folder.path({}));
            consumers[i].start(CliFolder::program(),
                               {u"--json"_s, u"run"_s, i == 0 ? u"east.json"_s : u"west.json"_s, u"--yes"_s});
        }
        for (QProcess &consumer : consumers) {
            QVERIFY(consumer.waitForFinished(60'000));
            const QByteArray said = consumer.readAllStandardOutput() + consumer.readAllStandardError();
            QVERIFY2(consumer.exitCode() == 0, said.constData());
        }
        QCOMPARE(folder.sql(u"b.db"_s, listed), folder.sql(u"a.db"_s, listed));
    }

    // Nothing that was confirmed is lost with its broker.
    void survivesItsBroker()
    {
        const CliFolder folder;
        QProcess broker;
        const int port = 20'000 + int(QRandomGenerator::global()->bounded(30'000));
        const auto start = [&] {
            broker.start(u"redis-server"_s,
                         {u"--port"_s, QString::number(port), u"--bind"_s, u"127.0.0.1"_s, u"--dir"_s, folder.path({}),
                          u"--appendonly"_s, u"yes"_s, u"--appendfsync"_s, u"always"_s});
            return broker.waitForStarted();
        };
        if (!start())
            QSKIP("no redis-server to start");
        const QByteArray queue = R"({"driver": "redis", "host": "127.0.0.1", "stream": "s", "tls": "disable", "port": )"
            + QByteArray::number(port) + '}';
        folder.sql(u"a.db"_s, table + "INSERT INTO items VALUES (1, 'one', 1, 1), (2, 'two', 2, 2)");
        folder.sql(u"b.db"_s, table);
        writeJob(folder, u"publish"_s, file("a.db"), queue, R"(, "detect": {"by": "version", "column": "v"})");
        writeJob(folder, u"consume"_s, queue, file("b.db"), {});
        RUNS(folder.run({u"run"_s, u"publish.json"_s}));
        broker.kill();
        QVERIFY(broker.waitForFinished());
        const auto gone = folder.json({u"run"_s, u"consume.json"_s});
        QVERIFY2(gone.exitCode == 2, gone.said().constData());
        QVERIFY(start());
        RUNS(folder.run({u"run"_s, u"consume.json"_s}));
        QCOMPARE(folder.sql(u"b.db"_s, listed), folder.sql(u"a.db"_s, listed));
        broker.kill();
        broker.waitForFinished();
    }
};

QTEST_GUILESS_MAIN(TestCliQueues)
#include "tst_cliqueues.moc"
