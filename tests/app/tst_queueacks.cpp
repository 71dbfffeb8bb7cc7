// SPDX-License-Identifier: GPL-3.0-or-later
// Consumers that are killed between the target's commit and the acknowledgement, each of them: a proxy keeps back the
// first acknowledgement after rows have been committed, as another connection to the target sees.
#include "tests/app/queuecli.h"
#include "tests/support/tcpproxy.h"

using namespace tidemark::test;
using namespace Qt::StringLiterals;

namespace {

// What acknowledges: Redis' command, RabbitMQ's method (class 60, method 80).
bool acknowledges(bool isRedis, const std::string &sent)
{
    return sent.find(isRedis ? std::string("\r\nXACK\r\n") : std::string("\0\x3C\0\x50", 4)) != std::string::npos;
}

int number(const CliFolder &folder, const QByteArray &query) { return folder.sql(u"b.db"_s, query).value(0).toInt(); }

int lives()
{
    const int wanted = qEnvironmentVariableIntValue("TIDEMARK_TEST_KILLS");
    return wanted > 0 ? wanted : 8;
}

bool isPoisoned(int life) { return life % 4 == 2; }

// Six new rows; of the life before three that change, and one that is deleted; sometimes one that the target refuses.
void change(const CliFolder &folder, int life)
{
    const QByteArray now = QByteArray::number(life * 10);
    const QByteArray before = QByteArray::number((life - 1) * 10);
    QByteArray sql = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6) INSERT INTO items "
                     "SELECT "
        + now + " + i, 'new', 1, " + now + " + i FROM n;";
    if (life > 0)
        sql += "UPDATE items SET name = 'changed', v = v + 100000 WHERE id BETWEEN " + before + " + 1 AND " + before
            + " + 3; DELETE FROM items WHERE id = " + before + " + 4;";
    if (isPoisoned(life))
        sql += "INSERT INTO items VALUES (" + now + " + 9, 'refused', 5000, " + now + " + 9)";
    folder.sql(u"a.db"_s, sql);
}

} // namespace

class TestQueueAcks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void killedBeforeAcknowledging_data()
    {
        QTest::addColumn<QByteArray>("broker");
        QTest::newRow("Redis") << QByteArray("redis");
        QTest::newRow("RabbitMQ") << QByteArray("amqp");
    }

    void killedBeforeAcknowledging()
    {
        QFETCH(const QByteArray, broker);
        if (qEnvironmentVariableIsEmpty("TIDEMARK_TEST_REDIS") || qEnvironmentVariableIsEmpty("TIDEMARK_TEST_AMQP"))
            QSKIP("no brokers");
        const CliFolder folder;
        const OwnQueue queue(broker);
        const bool isRedis = queue.isRedis();
        const QJsonObject direct = QJsonDocument::fromJson(queue.json()).object();
        TcpProxy proxy(direct.value(u"host"_s).toString(), direct.value(u"port"_s).toInt());
        folder.sql(u"a.db"_s, table);
        folder.sql(u"b.db"_s,
                   "PRAGMA journal_mode = WAL; CREATE TABLE items(id INTEGER PRIMARY KEY, name TEXT, price NUMERIC "
                   "CHECK(price < 1000), v INTEGER); CREATE TABLE seen(id INTEGER, v INTEGER);"
                   "CREATE TRIGGER i AFTER INSERT ON items BEGIN INSERT INTO seen VALUES (new.id, new.v); END;"
                   "CREATE TRIGGER u AFTER UPDATE ON items BEGIN INSERT INTO seen VALUES (new.id, new.v); END;"
                   "CREATE TRIGGER d AFTER DELETE ON items BEGIN INSERT INTO seen VALUES (old.id, -1); END;");
        const QByteArray through = "\"deliveryLimit\": 1000, \"port\": " + QByteArray::number(proxy.port());
        writeJob(folder, u"publish"_s, file("a.db"), queue.json("\"deliveryLimit\": 1000"),
                 R"(, "detect": {"by": "log"})", "mirror");
        writeJob(folder, u"consume"_s, queue.json(through), file("b.db"), {}, "mirror");
        folder.write(u"queue.json"_s, queue.json("\"deliveryLimit\": 1000"));
        RUNS(folder.run({u"job"_s, u"log"_s, u"publish.json"_s, u"install"_s}));

        const int all = lives();
        int expected = 0;
        QStringList poison;
        for (int life = 0; life < all; ++life) {
            change(folder, life);
            RUNS(folder.run({u"run"_s, u"publish.json"_s}));
            const int before = expected;
            expected += life > 0 ? 10 : 6;
            if (isPoisoned(life))
                poison += QString::number(life * 10 + 9);
            proxy.holdWhen([&folder, before, isRedis](const std::string &sent) {
                return acknowledges(isRedis, sent) && number(folder, "SELECT count(*) FROM seen") > before;
            });
            QProcess consumer;
            consumer.setProcessEnvironment(folder.environment());
            consumer.setWorkingDirectory(folder.path({}));
            consumer.setProcessChannelMode(QProcess::MergedChannels);
            consumer.start(CliFolder::program(), {u"run"_s, u"consume.json"_s});
            QTRY_VERIFY2(proxy.heldCount() > life || consumer.state() == QProcess::NotRunning,
                         qPrintable(QString::number(life)));
            QVERIFY2(proxy.heldCount() == life + 1, consumer.readAll().constData());
            // A broker that hands out slowly ends a round early: then the rest comes in the next life.
            const int seen = number(folder, "SELECT count(*) FROM seen");
            QVERIFY2(seen > before && seen <= expected, qPrintable(QString::number(seen)));
            consumer.kill();
            QVERIFY(consumer.waitForFinished());
        }
        proxy.holdWhen({});
        const auto ran = folder.run({u"run"_s, u"consume.json"_s});
        QVERIFY2(ran.exitCode == 0 || ran.exitCode == 1, ran.said().constData());
        RUNS(folder.run({u"run"_s, u"consume.json"_s}));
        QCOMPARE(number(folder, "SELECT count(*) FROM seen"), expected);
        QCOMPARE(number(folder, "SELECT count(*) FROM (SELECT DISTINCT id, v FROM seen)"), expected);
        folder.sql(u"a.db"_s, "DELETE FROM items WHERE price > 1000");
        QCOMPARE(folder.sql(u"b.db"_s, listed), folder.sql(u"a.db"_s, listed));

        const auto aside = folder.json({u"queue"_s, u"queue.json"_s, u"--quarantine"_s});
        RUNS(aside);
        QStringList refused;
        const QJsonArray messages = aside.json().value(u"quarantine"_s).toArray();
        for (const auto &one : messages) {
            QCOMPARE(one[u"reason"_s].toString(), u"check-violated"_s);
            refused += QJsonDocument::fromJson(one[u"key"_s].toString().toUtf8())[u"id"_s].toVariant().toString();
        }
        refused.sort();
        poison.sort();

        QCOMPARE(refused, poison);
        const auto looked = folder.json({u"connection"_s, u"test"_s, u"queue.json"_s});
        const QJsonObject counts = looked.json().value(u"queue"_s).toObject();
        QCOMPARE(counts.value(u"waiting"_s).toInt(-1), 0);
        QVERIFY(counts.value(u"unacknowledged"_s).toInt(0) <= 0);
    }
};

QTEST_GUILESS_MAIN(TestQueueAcks)
#include "tst_queueacks.moc"
