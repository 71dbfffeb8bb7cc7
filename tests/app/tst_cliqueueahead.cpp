// SPDX-License-Identifier: GPL-3.0-or-later
// More messages than a round holds: the next round is received while one is applied, and each change arrives once.
#include <QUrl>
#include <QUuid>

#include "tests/app/clirun.h"

using namespace Qt::StringLiterals;

namespace {

const QByteArray listed = "SELECT id, name, price, v FROM items ORDER BY id";
const QByteArray table = "CREATE TABLE items(id INTEGER PRIMARY KEY, name TEXT, price NUMERIC, v INTEGER);";

// A stream or queue of its own, as the JSON of a connection.
QByteArray side(bool isRedis)
{
    const QString name = u"tm-ahead-"_s + QUuid::createUuid().toString(QUuid::Id128);
    const QUrl url(qEnvironmentVariable(isRedis ? "TIDEMARK_TEST_REDIS" : "TIDEMARK_TEST_AMQP"));
    QJsonObject object{{u"driver"_s, isRedis ? u"redis"_s : u"amqp"_s},
                       {u"host"_s, url.host()},
                       {u"port"_s, url.port()},
                       {u"user"_s, url.userName()},
                       {u"password"_s, QJsonObject{{u"env"_s, u"TIDEMARK_TEST_PASSWORD"_s}}},
                       {u"tls"_s, u"disable"_s}};
    if (isRedis) {
        object.insert(u"stream"_s, name);
    } else {
        object.insert(u"exchange"_s, QString(name + u".x"_s));
        object.insert(u"queue"_s, name);
        object.insert(u"oneConsumer"_s, false);
        // A round is half of what is handed out ahead: 650, and some more than a first look takes.
        object.insert(u"prefetch"_s, 1300);
    }
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QByteArray job(const QByteArray &source, const QByteArray &target, const QByteArray &more)
{
    return R"({"tidemark": 1, "name": "job", "mode": "mirror", "source": )" + source + R"(, "target": )" + target
        + R"(, "tables": ["items"])" + more + '}';
}

int counted(const CliFolder::Outcome &outcome, QLatin1StringView what)
{
    const QJsonArray tables = outcome.json().value(u"tables"_s).toArray();
    return tables.isEmpty() ? -1 : tables[0].toObject().value(u"toTarget"_s).toObject().value(what).toInt(-1);
}

} // namespace

#define RUNS(outcome)                                                                                                  \
    do {                                                                                                               \
        const auto &ran_ = (outcome);                                                                                  \
        QVERIFY2(ran_.exitCode == 0, ran_.said().constData());                                                         \
    } while (false)

class TestCliQueueAhead : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (qEnvironmentVariableIsEmpty("TIDEMARK_TEST_REDIS") || qEnvironmentVariableIsEmpty("TIDEMARK_TEST_AMQP"))
            QSKIP("no brokers");
    }

    void severalRounds_data()
    {
        QTest::addColumn<QByteArray>("broker");
        QTest::newRow("Redis") << QByteArray("redis");
        QTest::newRow("RabbitMQ") << QByteArray("amqp");
    }

    void severalRounds()
    {
        QFETCH(const QByteArray, broker);
        const CliFolder folder;
        const QByteArray queue = side(broker == "redis");
        folder.sql(u"a.db"_s,
                   table
                       + "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000)"
                         "INSERT INTO items SELECT i * 7 % 4001 - 2000, 'name ' || i, i, 1 FROM n");
        folder.sql(u"b.db"_s, table);
        folder.write(u"publish.json"_s,
                     job(R"({"driver": "sqlite", "database": "a.db"})", queue, R"(, "detect": {"by": "log"})"));
        folder.write(u"consume.json"_s, job(queue, R"({"driver": "sqlite", "database": "b.db"})", {}));
        RUNS(folder.run({u"job"_s, u"log"_s, u"publish.json"_s, u"install"_s}));
        RUNS(folder.run({u"run"_s, u"publish.json"_s}));
        auto ran = folder.json({u"run"_s, u"consume.json"_s});
        RUNS(ran);
        QCOMPARE(counted(ran, "insert"_L1), 4000);
        QCOMPARE(counted(ran, "update"_L1) + counted(ran, "delete"_L1), 0);
        QCOMPARE(folder.sql(u"b.db"_s, listed), folder.sql(u"a.db"_s, listed));
        QCOMPARE(folder.sql(u"b.db"_s, "SELECT count(*), count(DISTINCT id), min(length(id)) FROM tidemark_versions"),
                 QStringList{u"4000|4000|32"_s});

        folder.sql(u"a.db"_s,
                   "UPDATE items SET v = 2 WHERE id % 2 = 0; DELETE FROM items WHERE id % 5 = 0;"
                   "UPDATE items SET v = 3 WHERE id % 4 = 0");
        RUNS(folder.run({u"run"_s, u"publish.json"_s, u"--yes"_s})); // the guard asks of so many deletes
        ran = folder.json({u"run"_s, u"consume.json"_s, u"--yes"_s});
        RUNS(ran);
        QCOMPARE(counted(ran, "insert"_L1), 0);
        QCOMPARE(folder.sql(u"b.db"_s, listed), folder.sql(u"a.db"_s, listed));
        // Everything was acknowledged, the last round too.
        ran = folder.json({u"run"_s, u"consume.json"_s});
        RUNS(ran);
        QCOMPARE(ran.json().value(u"tables"_s).toArray()[0].toObject().value(u"rowsRead"_s).toInt(-1), 0);
    }
};

QTEST_GUILESS_MAIN(TestCliQueueAhead)
#include "tst_cliqueueahead.moc"
