// SPDX-License-Identifier: GPL-3.0-or-later
// Jobs by change log in other shapes: keys of any name, transactions, runs that are cut off or told to compare anew.

#include "tests/endpoint/pairs/logruns.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

class TestLogTurns : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void carriesKeysOfAnyName_data() { addLogPairs(); }
    void carriesKeysOfAnyName();
    void keepsItsPlaceWhereverThatIsKept_data();
    void keepsItsPlaceWhereverThatIsKept();
    void comparesWholeAfterAPurgeThatFailed_data() { addLogPairs(); }
    void comparesWholeAfterAPurgeThatFailed();
    void comparesWholeOnceWhenTold_data() { addLogPairs(); }
    void comparesWholeOnceWhenTold();
    void installsWhileSomebodyWrites_data();
    void installsWhileSomebodyWrites();
    void followsParentsAndChildren_data() { addLogPairs(); }
    void followsParentsAndChildren();
    void comparesWholeWhereMostHasChanged_data() { addLogPairs(); }
    void comparesWholeWhereMostHasChanged();
    void refusesAnOutdatedLogOfAnotherMapping();
};

void TestLogTurns::carriesKeysOfAnyName()
{
    LOG_PAIR(pair);
    const QString table = u"a \"b\" `c` 表's $tidemark$"_s;
    const QString first = u"k'1\"`"_s, second = u"ключ"_s;
    for (Side *side : {&pair.source, &pair.target}) {
        const Dialect &dialect = side->session().dialect();
        const QString sql =
            u"CREATE TABLE %1 (%2 varchar(40)%4 NOT NULL, %3 integer NOT NULL, v varchar(40), "
            "PRIMARY KEY (%3, %2))"_s.arg(
                dialect.table({{}, table}), dialect.quote(first), dialect.quote(second),
                side->driver() == Driver::Mysql ? u" CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"_s : QString());
        side->exec(sql);
    }
    const auto run = [&](const QString &statement) {
        const Dialect &dialect = pair.source.session().dialect();
        pair.source.exec(QString(statement)
                             .replace(u"<t>"_s, dialect.table({{}, table}))
                             .replace(u"<a>"_s, dialect.quote(first))
                             .replace(u"<b>"_s, dialect.quote(second)));
    };
    const JobSettings job = pair.job(byLog({{u"tables"_s, QJsonArray{table}}}));
    run(u"INSERT INTO <t> VALUES ('x', 1, 'v'), ('y', 1, 'v'), ('x', 2, 'v'), ('w', 9, 'v')"_s);
    installLogs(pair, job);
    QCOMPARE(told(pair.run(job)), u"completed +4 ~0 -0 whole"_s);
    run(u"UPDATE <t> SET v = 'new' WHERE <a> = 'x'"_s);
    run(u"UPDATE <t> SET <a> = 'Y ' WHERE <a> = 'y'"_s);
    run(u"INSERT INTO <t> VALUES ('it''s | 漢字 \"q\"', -3, 'v')"_s);
    QCOMPARE(told(pair.run(job)), u"completed +2 ~2 -1 log"_s);
    QCOMPARE(shown(pair.verify(job)), u"completed +0 ~0 -0"_s);
}

void TestLogTurns::keepsItsPlaceWhereverThatIsKept_data()
{
    QTest::addColumn<Driver>("from");
    QTest::addColumn<Driver>("to");
    QTest::addColumn<QJsonObject>("settings");
    const auto rows = [](const char *name, const QJsonObject &settings) {
        QTest::addRow("sqlite-sqlite, %s", name) << Driver::Sqlite << Driver::Sqlite << settings;
        QTest::addRow("postgres-mysql, %s", name) << Driver::Postgres << Driver::Mysql << settings;
    };
    rows("by table", {{u"transaction"_s, u"table"_s}});
    rows("by run", {{u"transaction"_s, u"run"_s}});
    rows("small batches", {{u"batch"_s, QJsonObject{{u"rows"_s, 7}}}});
    rows("in the journal", {{u"checkpoint"_s, u"journal"_s}});
}

void TestLogTurns::keepsItsPlaceWhereverThatIsKept()
{
    QFETCH(QJsonObject, settings);
    LOG_PAIR(pair);
    pair.source.createItems();
    pair.target.createItems();
    const JobSettings job = pair.job(byLog(settings));
    pair.source.putMany(1, 60);
    installLogs(pair, job);
    QCOMPARE(told(pair.run(job)), u"completed +60 ~0 -0 whole"_s);
    for (int round = 0; round < 3; ++round) {
        pair.source.exec(u"UPDATE items SET name = 'round %1' WHERE id > 20"_s.arg(round));
        pair.source.exec(u"DELETE FROM items WHERE id = %1"_s.arg(round + 1));
        QCOMPARE(told(pair.run(job)), u"completed +0 ~40 -1 log"_s);
    }
    QCOMPARE(told(pair.run(job)), u"completed +0 ~0 -0 log"_s);
    QCOMPARE(pair.target.items(), pair.source.items());
}

// The rows are there, the entries too: the next run cannot know which of the two came last, and compares.
void TestLogTurns::comparesWholeAfterAPurgeThatFailed()
{
    LOG_PAIR(pair);
    pair.source.createItems();
    pair.target.createItems();
    const JobSettings job = pair.job(byLog());
    pair.source.putMany(1, 30);
    installLogs(pair, job);
    pair.run(job);
    pair.source.exec(u"UPDATE items SET name = 'x' WHERE id = 1"_s);
    JobSettings unable = job;
    unable.source.readOnly = true;
    const RunReport report = pair.run(unable);
    QCOMPARE(report.state, RunState::Failed);
    QVERIFY(report.tables.first().error);
    QCOMPARE(report.tables.first().error->code, ErrorCode::ReadOnly);
    QCOMPARE(report.totals().updates, 1);
    pair.source.exec(u"UPDATE items SET name = 'y' WHERE id = 2"_s);
    QCOMPARE(told(pair.run(job)), u"completed +0 ~1 -0 whole log-generation"_s);
    QCOMPARE(pair.target.items(), pair.source.items());
    QCOMPARE(told(pair.run(job)), u"completed +0 ~0 -0 log"_s);
}

void TestLogTurns::comparesWholeOnceWhenTold()
{
    LOG_PAIR(pair);
    pair.source.createItems();
    pair.target.createItems();
    const JobSettings job = pair.job(byLog());
    pair.source.putMany(1, 30);
    installLogs(pair, job);
    pair.run(job);
    pair.target.exec(u"UPDATE items SET name = 'strange' WHERE id = 3"_s); // no log of the source says so
    QCOMPARE(told(pair.run(job)), u"completed +0 ~0 -0 log"_s);
    pair.source.exec(u"UPDATE items SET name = 'x' WHERE id = 1"_s);
    RunOptions full;
    full.full = true;
    QCOMPARE(told(pair.run(job, full)), u"completed +0 ~2 -0 whole"_s);
    pair.source.exec(u"UPDATE items SET name = 'z' WHERE id = 1"_s);
    QCOMPARE(told(pair.run(job)), u"completed +0 ~1 -0 log"_s);
    QCOMPARE(pair.target.items(), pair.source.items());
}

void TestLogTurns::installsWhileSomebodyWrites_data()
{
    QTest::addColumn<Driver>("from");
    QTest::addColumn<Driver>("to");
    QTest::newRow("postgres-sqlite") << Driver::Postgres << Driver::Sqlite;
    QTest::newRow("mysql-sqlite") << Driver::Mysql << Driver::Sqlite;
}

// Somebody writes all the while: before, between and after the triggers, and through the first run.
void TestLogTurns::installsWhileSomebodyWrites()
{
    LOG_PAIR(pair);
    pair.source.createItems();
    pair.target.createItems();
    const JobSettings job = pair.job(byLog());
    pair.source.putMany(1, 500);
    std::atomic_bool stop = false;
    std::atomic_int rounds = 0;
    std::jthread writer([&] {
        Cancellation cancellation;
        auto session = pair.connector.openSql(pair.source.settings, OpenOptions{true, &cancellation});
        for (int round = 0; session && !stop; ++round, ++rounds) {
            if (!(*session)->beginWrite())
                return;
            (void)(*session)->execute(u"UPDATE items SET name = 'r %1' WHERE id = %2"_s.arg(
                QString::number(round), QString::number(round % 500 + 1)));
            (void)(*session)->commit();
        }
    });
    QTRY_VERIFY(rounds > 5);
    installLogs(pair, job);
    RunOptions options;
    options.yes = true;
    const RunReport first = pair.run(job, options);
    QVERIFY2(!first.tables.first().error, qPrintable(shown(first)));
    const int then = rounds;
    QTRY_VERIFY(rounds > then + 5);
    stop = true;
    writer.join();
    const RunReport report = pair.run(job, options);
    QVERIFY(!report.tables.first().identical);
    QCOMPARE(pair.target.items(), pair.source.items());
}

void TestLogTurns::followsParentsAndChildren()
{
    LOG_PAIR(pair);
    for (Side *side : {&pair.source, &pair.target}) {
        side->exec(u"CREATE TABLE parents (id integer PRIMARY KEY, v integer)"_s);
        side->exec(u"CREATE TABLE children (id integer PRIMARY KEY, parent integer, "
                   "FOREIGN KEY (parent) REFERENCES parents (id))"_s);
    }
    const JobSettings job = pair.job(byLog({{u"tables"_s, QJsonArray{u"children"_s, u"parents"_s}}}));
    pair.source.exec(u"INSERT INTO parents VALUES (1, 1), (2, 2)"_s);
    pair.source.exec(u"INSERT INTO children VALUES (10, 1), (20, 2), (21, 2)"_s);
    installLogs(pair, job);
    RunOptions options;
    options.yes = true;
    QCOMPARE(told(pair.run(job, options)), u"completed +5 ~0 -0 whole whole"_s);
    pair.source.exec(u"INSERT INTO parents VALUES (3, 3)"_s);
    pair.source.exec(u"UPDATE children SET parent = 3 WHERE parent = 1"_s);
    pair.source.exec(u"DELETE FROM parents WHERE id = 1"_s);
    QCOMPARE(told(pair.run(job, options)), u"completed +1 ~1 -1 log log"_s);
    const QString sql = u"SELECT id, parent FROM children ORDER BY id"_s;
    QCOMPARE(pair.target.rows(sql), pair.source.rows(sql));
}

// Some thousand keys one by one cost more than all of them in order; one row that was changed as often does not.
void TestLogTurns::comparesWholeWhereMostHasChanged()
{
    LOG_PAIR(pair);
    pair.source.createItems();
    pair.target.createItems();
    const JobSettings job = pair.job(byLog());
    for (int first = 1; first < 12'000; first += 3000)
        pair.source.putMany(first, 3000);
    if (from != Driver::Sqlite)
        pair.source.rows(from == Driver::Postgres ? u"ANALYZE items"_s : u"ANALYZE TABLE items"_s);
    installLogs(pair, job);
    QCOMPARE(told(pair.run(job)), u"completed +12000 ~0 -0 whole"_s);
    pair.source.exec(u"UPDATE items SET name = 'all'"_s);
    QCOMPARE(told(pair.run(job)), u"completed +0 ~12000 -0 whole log-long"_s);
    QCOMPARE(told(pair.run(job)), u"completed +0 ~0 -0 log"_s);
    const QString spin = from == Driver::Sqlite
        ? u"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12000) "_s
        : QString();
    pair.source.exec(
        from == Driver::Mysql
            ? u"INSERT INTO %1 (op, key_1) SELECT 'U', 7 FROM seq_1_to_12000"_s.arg(logTable(pair, job))
            : spin
                + u"INSERT INTO %1 (op, key_1) SELECT 'U', 7 FROM %2"_s.arg(
                    logTable(pair, job), from == Driver::Sqlite ? u"n"_s : u"generate_series(1, 12000)"_s));
    pair.source.exec(u"UPDATE items SET name = 'hot' WHERE id = 7"_s);
    const RunReport report = pair.run(job);
    QCOMPARE(told(report), u"completed +0 ~1 -0 log"_s);
    QCOMPARE(report.tables.first().rowsRead, 1);
}

// What the position says was applied under another mapping.
void TestLogTurns::refusesAnOutdatedLogOfAnotherMapping()
{
    SqlPair pair(Driver::Sqlite, Driver::Sqlite);
    pair.source.createItems();
    pair.target.createItems();
    const QJsonObject without{
        {u"tables"_s,
         QJsonArray{QJsonObject{
             {u"source"_s, u"items"_s},
             {u"columns"_s, QJsonArray{QJsonObject{{u"source"_s, u"name"_s}, {u"target"_s, QJsonValue::Null}}}}}}}};
    pair.source.putMany(1, 20);
    installLogs(pair, pair.job(byLog(without)));
    QCOMPARE(told(pair.run(pair.job(byLog(without)))), u"completed +20 ~0 -0 whole"_s);
    QCOMPARE(told(pair.run(pair.job(byLog()))), u"completed +0 ~20 -0 whole"_s);
    QCOMPARE(pair.target.items(), pair.source.items());
    QCOMPARE(told(pair.run(pair.job(byLog()))), u"completed +0 ~0 -0 log"_s);
}

QTEST_GUILESS_MAIN(TestLogTurns)
#include "tst_logturns.moc"
