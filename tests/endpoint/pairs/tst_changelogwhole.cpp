// SPDX-License-Identifier: GPL-3.0-or-later
// What a change log could miss, engine by engine: it sees it, or is known not to be whole.

#include "tests/endpoint/pairs/logcase.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

class TestChangeLogWhole : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsWhatBrokeIt_data();
    void knowsWhatBrokeIt();
    void refusesWhatTriggersCannotSee_data();
    void refusesWhatTriggersCannotSee();
    void seesTruncate_data();
    void seesTruncate();
    void trustsWhatIsProven();
    void seesRowsThatReplaceDeletes();
    void seesRowsOfOtherStatements_data() { addDrivers(); }
    void seesRowsOfOtherStatements();
    void seesCascades_data();
    void seesCascades();
    void leavesTheWritersNumbersAlone_data() { addDrivers(); }
    void leavesTheWritersNumbersAlone();
    void letsWritersWithoutRightsWrite();
    void seesReplicationRole();

private:
    std::unique_ptr<Side> side(Driver driver)
    {
        return Side::isAvailable(driver) ? std::make_unique<Side>(driver, m_folder.path(), u"whole%1"_s.arg(++m_sides))
                                         : nullptr;
    }
    QTemporaryDir m_folder;
    int m_sides = 0;
};

#define SIDE_OF(name, wanted)                                                                                          \
    const auto name##Owner = side(wanted);                                                                             \
    if (!name##Owner)                                                                                                  \
        QSKIP("no such server");                                                                                       \
    Side &name = *name##Owner

#define VERIFY(expression)                                                                                             \
    do {                                                                                                               \
        const auto &done = (expression);                                                                               \
        QVERIFY2(done, done ? "" : qPrintable(codeName(done.error().code) + u' ' + done.error().detail));              \
    } while (false)

// %1: the trigger that logs inserts, %2: the log's table.
void TestChangeLogWhole::knowsWhatBrokeIt_data()
{
    QTest::addColumn<Driver>("driver");
    QTest::addColumn<QStringList>("statements");
    QTest::addColumn<QString>("state");
    const auto row = [](const char *name, Driver driver, const QStringList &statements, const QString &state) {
        QTest::newRow(name) << driver << statements << state;
    };
    constexpr auto sqlite = Driver::Sqlite, postgres = Driver::Postgres, mysql = Driver::Mysql;
    const QString missing = u"broken trigger-missing"_s, changed = u"ready changed"_s;
    row("sqlite: nothing", sqlite, {}, u"ready"_s);
    row("sqlite: dropped", sqlite, {u"DROP TRIGGER %1"_s}, missing);
    row("sqlite: another", sqlite,
        {u"DROP TRIGGER %1"_s, u"CREATE TRIGGER %1 AFTER INSERT ON items BEGIN SELECT 1; END"_s},
        u"broken trigger-changed"_s);
    row("sqlite: altered", sqlite, {u"ALTER TABLE items ADD COLUMN more TEXT"_s}, changed);
    row("sqlite: made anew", sqlite,
        {u"DROP TABLE items"_s, u"CREATE TABLE items (id INTEGER PRIMARY KEY, name TEXT)"_s}, missing);
    row("sqlite: another key", sqlite,
        {u"PRAGMA writable_schema = ON"_s, u"ALTER TABLE items RENAME COLUMN id TO ident"_s}, u"broken key-changed"_s);
    row("sqlite: log gone", sqlite, {u"DROP TABLE %2"_s}, u"absent"_s);
    row("sqlite: log emptied", sqlite, {u"DELETE FROM %2"_s}, u"broken unfinished"_s);
    row("postgres: dropped", postgres, {u"DROP TRIGGER %1 ON items"_s}, missing);
    row("postgres: disabled", postgres, {u"ALTER TABLE items DISABLE TRIGGER %1"_s}, u"broken trigger-disabled"_s);
    row("postgres: for a while", postgres,
        {u"ALTER TABLE items DISABLE TRIGGER %1"_s, u"ALTER TABLE items ENABLE ALWAYS TRIGGER %1"_s}, changed);
    row("postgres: enabled otherwise", postgres, {u"ALTER TABLE items ENABLE TRIGGER USER"_s}, changed);
    row("postgres: rewritten", postgres, {u"ALTER TABLE items ALTER COLUMN amount TYPE numeric(14,3)"_s}, changed);
    row("postgres: another key", postgres, {u"ALTER TABLE items ALTER COLUMN id TYPE integer"_s},
        u"broken key-changed"_s);
    row("postgres: log emptied", postgres, {u"TRUNCATE %2"_s}, u"broken unfinished"_s);
    row("postgres: function", postgres,
        {u"CREATE OR REPLACE FUNCTION %2() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'"_s},
        u"broken trigger-changed"_s);
    row("mysql: dropped", mysql, {u"DROP TRIGGER %1"_s}, missing);
    row("mysql: another", mysql,
        {u"DROP TRIGGER %1"_s, u"CREATE TRIGGER %1 AFTER INSERT ON items FOR EACH ROW SET @x = 1"_s},
        u"broken trigger-changed"_s);
    row("mysql: another key", mysql, {u"ALTER TABLE items MODIFY id integer"_s}, u"broken key-changed"_s);
    row("mysql: swapped", mysql, {u"CREATE TABLE other LIKE items"_s, u"RENAME TABLE items TO away, other TO items"_s},
        missing);
    row("mysql: log gone", mysql, {u"DROP TABLE %2"_s}, u"absent"_s);
}

void TestChangeLogWhole::knowsWhatBrokeIt()
{
    QFETCH(Driver, driver);
    QFETCH(QStringList, statements);
    QFETCH(QString, state);
    SIDE_OF(db, driver);
    db.createItems();
    QString trigger, table;
    {
        LogCase log(db, u"items"_s);
        VERIFY(log.install());
        trigger = log.log().name() + u"_i"_s;
        table = log.log().name();
        db.reconnect();
    }
    for (const QString &statement : statements)
        db.exec(QString(statement).replace(u"%1"_s, trigger).replace(u"%2"_s, table));
    LogCase now(db, u"items"_s);
    QCOMPARE(now.stateText(), state);
    if (state == u"absent"_s)
        return;
    // Whatever it was, installing it anew mends it.
    VERIFY(now.install());
    QCOMPARE(now.stateText(), u"ready"_s);
}

void TestChangeLogWhole::refusesWhatTriggersCannotSee_data()
{
    QTest::addColumn<Driver>("driver");
    QTest::addColumn<QStringList>("statements");
    QTest::addColumn<QString>("reason");
    QTest::newRow("sqlite: expression") << Driver::Sqlite
                                        << QStringList{u"CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT)"_s,
                                                       u"CREATE UNIQUE INDEX i ON t (lower(v))"_s}
                                        << u"expression-index"_s;
    QTest::newRow("postgres: partitioned")
        << Driver::Postgres << QStringList{u"CREATE TABLE t (id int PRIMARY KEY) PARTITION BY RANGE (id)"_s}
        << u"partitioned"_s;
    QTest::newRow("postgres: child") << Driver::Postgres
                                     << QStringList{u"CREATE TABLE p (id int)"_s,
                                                    u"CREATE TABLE t (PRIMARY KEY (id)) INHERITS (p)"_s}
                                     << u"partitioned"_s;
    QTest::newRow("postgres: unlogged") << Driver::Postgres
                                        << QStringList{u"CREATE UNLOGGED TABLE t (id int PRIMARY KEY)"_s}
                                        << u"unlogged"_s;
    QTest::newRow("mysql: cascades")
        << Driver::Mysql
        << QStringList{u"CREATE TABLE p (id int PRIMARY KEY)"_s,
                       u"CREATE TABLE t (id int PRIMARY KEY, p int, FOREIGN KEY (p) REFERENCES p (id) ON DELETE CASCADE)"_s}
        << u"cascades"_s;
    QTest::newRow("mysql: MyISAM") << Driver::Mysql
                                   << QStringList{u"CREATE TABLE t (id int PRIMARY KEY) ENGINE = MyISAM"_s}
                                   << u"not-transactional"_s;
    QTest::newRow("mysql: partitioned")
        << Driver::Mysql << QStringList{u"CREATE TABLE t (id int PRIMARY KEY) PARTITION BY HASH (id) PARTITIONS 2"_s}
        << u"partitioned"_s;
}

void TestChangeLogWhole::refusesWhatTriggersCannotSee()
{
    QFETCH(Driver, driver);
    QFETCH(QStringList, statements);
    QFETCH(QString, reason);
    SIDE_OF(db, driver);
    for (const QString &statement : statements)
        db.exec(statement);
    LogCase log(db, u"t"_s);
    QCOMPARE(log.stateText(), u"impossible "_s + reason);
    const auto installed = log.install();
    QVERIFY(!installed);
    QCOMPARE(installed.error().code, ErrorCode::NotAvailable);
    QCOMPARE(installed.error().detail, reason);
    QCOMPARE(log.stateText(), u"impossible "_s + reason);
}

void TestChangeLogWhole::seesTruncate_data()
{
    QTest::addColumn<Driver>("driver");
    QTest::addColumn<int>("refill"); // from this id on
    QTest::addColumn<QString>("doubt");
    QTest::newRow("postgres") << Driver::Postgres << 0 << u"truncated"_s;
    QTest::newRow("postgres, the same rows again") << Driver::Postgres << 1 << u"truncated"_s;
    // MariaDB leaves no trace, but for the witnesses that are gone, or came back by themselves.
    QTest::newRow("mysql") << Driver::Mysql << 0 << u"unproven"_s;
    QTest::newRow("mysql, the same rows again") << Driver::Mysql << 1 << u"unproven"_s;
    QTest::newRow("mysql, other rows") << Driver::Mysql << 500 << u"unproven"_s;
}

void TestChangeLogWhole::seesTruncate()
{
    QFETCH(Driver, driver);
    QFETCH(int, refill);
    QFETCH(QString, doubt);
    SIDE_OF(db, driver);
    db.createItems();
    db.putMany(1, 30);
    LogCase log(db, u"items"_s);
    VERIFY(log.install());
    log.read();
    QCOMPARE(log.reading.doubt, QString());
    VERIFY(log.purge("g"));
    db.exec(u"TRUNCATE TABLE items"_s);
    if (refill > 0)
        db.putMany(refill, 30);
    log.read();
    QCOMPARE(log.reading.doubt, doubt);
    // The full compare that follows is a reading, and ends the doubt.
    VERIFY(log.purge("h"));
    log.read();
    QCOMPARE(log.reading.doubt, QString());
}

// MariaDB: which ordinary changes leave the proof that there was no TRUNCATE.
void TestChangeLogWhole::trustsWhatIsProven()
{
    SIDE_OF(db, Driver::Mysql);
    db.createItems();
    db.putMany(1, 40);
    LogCase log(db, u"items"_s);
    VERIFY(log.install());
    log.read();
    VERIFY(log.purge("1"));
    db.exec(u"UPDATE items SET name = 'all of them'"_s);
    db.exec(u"DELETE FROM items WHERE id BETWEEN 1 AND 39"_s);
    db.putMany(100, 5);
    QCOMPARE(log.read().size(), 45);
    QCOMPARE(log.reading.doubt, QString()); // one witness is enough
    VERIFY(log.purge("2"));
    db.exec(u"DELETE FROM items"_s);
    log.read();
    QCOMPARE(log.reading.doubt, u"unproven"_s); // all were deleted, and may have been truncated since
    VERIFY(log.purge("3"));
    // Of an empty table nothing can have been hidden.
    db.putMany(200, 3);
    QCOMPARE(log.read().size(), 3);
    QCOMPARE(log.reading.doubt, QString());
    db.exec(u"TRUNCATE TABLE items"_s);
    QCOMPARE(log.read().size(), 3); // they are looked up, and found gone
    VERIFY(log.purge("4"));
    // Emptied between the reading and its purge.
    db.putMany(300, 3);
    log.read();
    VERIFY(log.purge("5"));
    log.read();
    db.exec(u"TRUNCATE TABLE items"_s);
    VERIFY(log.purge("6"));
    log.read();
    QCOMPARE(log.reading.doubt, u"unproven"_s);
}

// SQLite fires no delete trigger for them.
void TestChangeLogWhole::seesRowsThatReplaceDeletes()
{
    SIDE_OF(db, Driver::Sqlite);
    db.exec(u"CREATE TABLE t (id INTEGER PRIMARY KEY, code TEXT UNIQUE, a INT, b INT)"_s);
    db.exec(u"CREATE UNIQUE INDEX ab ON t (a, b)"_s);
    db.exec(u"INSERT INTO t VALUES (1, 'one', 1, 1), (2, 'two', 2, 2), (3, 'three', 3, 3), (4, 'four', 4, 4)"_s);
    LogCase log(db, u"t"_s);
    VERIFY(log.install());
    const auto step = [&](const QString &sql) {
        db.exec(sql);
        const QStringList keys = log.read();
        (void)log.purge("g");
        return keys;
    };
    QCOMPARE(step(u"INSERT OR REPLACE INTO t VALUES (10, 'one', 2, 2)"_s), (QStringList{u"1"_s, u"10"_s, u"2"_s}));
    QCOMPARE(step(u"UPDATE OR REPLACE t SET code = 'three' WHERE id = 10"_s), (QStringList{u"10"_s, u"3"_s}));
    QCOMPARE(step(u"UPDATE t SET code = code"_s), (QStringList{u"10"_s, u"4"_s}));
    QCOMPARE(step(u"REPLACE INTO t VALUES (4, 'other', 7, 7)"_s), QStringList{u"4"_s});
    QCOMPARE(db.rows(u"SELECT id FROM t ORDER BY id"_s), (QStringList{u"4"_s, u"10"_s}));
}

void TestChangeLogWhole::seesRowsOfOtherStatements()
{
    QFETCH(Driver, driver);
    SIDE_OF(db, driver);
    db.exec(u"CREATE TABLE t (id integer PRIMARY KEY, code varchar(20) UNIQUE, v integer)"_s);
    db.exec(u"INSERT INTO t VALUES (1, 'one', 1), (2, 'two', 2)"_s);
    LogCase log(db, u"t"_s);
    VERIFY(log.install());
    if (driver == Driver::Mysql) {
        db.exec(u"INSERT INTO t VALUES (9, 'one', 1) ON DUPLICATE KEY UPDATE v = 5"_s);
        QCOMPARE(log.read(), QStringList{u"1"_s});
        db.exec(u"REPLACE INTO t VALUES (7, 'two', 3)"_s);
        QCOMPARE(log.read(), (QStringList{u"1"_s, u"2"_s, u"7"_s}));
        return;
    }
    db.exec(u"INSERT INTO t VALUES (9, 'one', 1) ON CONFLICT (code) DO UPDATE SET v = 5"_s);
    QCOMPARE(log.entries(),
             QStringList{u"U 1"_s}.mid(0, driver == Driver::Postgres ? 1 : 0)
                 + (driver == Driver::Sqlite ? log.entries() : QStringList()));
    QVERIFY(log.read().contains(u"1"_s));
    db.exec(u"INSERT INTO t SELECT id + 100, code || 'x', v FROM t"_s);
    QVERIFY(log.read().contains(u"101"_s));
    QVERIFY(log.read().contains(u"102"_s));
}

void TestChangeLogWhole::seesCascades_data()
{
    QTest::addColumn<Driver>("driver");
    QTest::newRow("sqlite") << Driver::Sqlite; // MariaDB's are refused
    QTest::newRow("postgres") << Driver::Postgres;
}

void TestChangeLogWhole::seesCascades()
{
    QFETCH(Driver, driver);
    SIDE_OF(db, driver);
    db.exec(u"CREATE TABLE p (id integer PRIMARY KEY)"_s);
    db.exec(
        u"CREATE TABLE t (id integer PRIMARY KEY, p integer REFERENCES p (id) ON DELETE CASCADE ON UPDATE CASCADE)"_s);
    db.exec(u"INSERT INTO p VALUES (1), (2)"_s);
    db.exec(u"INSERT INTO t VALUES (10, 1), (11, 1), (20, 2)"_s);
    LogCase log(db, u"t"_s);
    VERIFY(log.install());
    SqlSession &session = db.session();
    if (driver == Driver::Sqlite)
        VERIFY(session.execute(u"PRAGMA foreign_keys = ON"_s));
    VERIFY(session.execute(u"UPDATE p SET id = 5 WHERE id = 2"_s));
    VERIFY(session.execute(u"DELETE FROM p WHERE id = 1"_s));
    db.reconnect();
    QCOMPARE(log.read(), (QStringList{u"10"_s, u"11"_s, u"20"_s}));
}

// A program that asks for the number of its last row must not be told the log's.
void TestChangeLogWhole::leavesTheWritersNumbersAlone()
{
    QFETCH(Driver, driver);
    SIDE_OF(db, driver);
    db.exec(driver == Driver::Postgres    ? u"CREATE TABLE t (id serial PRIMARY KEY, v integer)"_s
                : driver == Driver::Mysql ? u"CREATE TABLE t (id integer AUTO_INCREMENT PRIMARY KEY, v integer)"_s
                                          : u"CREATE TABLE t (id integer PRIMARY KEY, v integer)"_s);
    LogCase log(db, u"t"_s);
    VERIFY(log.install());
    db.exec(u"INSERT INTO t (v) VALUES (1), (2), (3)"_s);
    db.exec(u"UPDATE t SET v = v + 1"_s);
    SqlSession &session = db.session();
    VERIFY(session.execute(u"INSERT INTO t (v) VALUES (4)"_s));
    const auto last = session.query(driver == Driver::Postgres    ? u"SELECT lastval()"_s
                                        : driver == Driver::Mysql ? u"SELECT LAST_INSERT_ID()"_s
                                                                  : u"SELECT last_insert_rowid()"_s);
    VERIFY(last);
    QCOMPARE(*last->first()[0], QByteArray("4"));
}

void TestChangeLogWhole::letsWritersWithoutRightsWrite()
{
    SIDE_OF(db, Driver::Postgres);
    const QString low = qEnvironmentVariable("TIDEMARK_TEST_LOW_USER");
    if (low.isEmpty())
        QSKIP("no user without rights");
    db.createItems();
    LogCase log(db, u"items"_s);
    VERIFY(log.install());
    db.exec(u"GRANT USAGE ON SCHEMA %1 TO %2"_s.arg(db.settings.schema, low));
    db.exec(u"GRANT SELECT, INSERT, UPDATE, DELETE ON items TO %1"_s.arg(low));
    Side other(Driver::Postgres, m_folder.path(), u"low"_s);
    other.settings.user = low;
    other.settings.schema = db.settings.schema;
    other.reconnect();
    const auto who = other.session().query(u"SELECT current_user"_s);
    QCOMPARE(QString::fromUtf8(*who->first()[0]), low);
    other.putMany(1, 2);
    QVERIFY(!other.session().query(u"SELECT 1 FROM %1"_s.arg(log.name())));
    other.reconnect();
    QCOMPARE(log.read(), (QStringList{u"1"_s, u"2"_s}));
}

void TestChangeLogWhole::seesReplicationRole()
{
    SIDE_OF(db, Driver::Postgres);
    db.createItems();
    LogCase log(db, u"items"_s);
    VERIFY(log.install());
    const auto always = db.rows(u"SELECT DISTINCT tgenabled FROM pg_trigger WHERE tgrelid = 'items'::regclass"_s);
    QCOMPARE(always, QStringList{u"A"_s}); // fires whatever session_replication_role says
}

QTEST_GUILESS_MAIN(TestChangeLogWhole)
#include "tst_changelogwhole.moc"
