// SPDX-License-Identifier: GPL-3.0-or-later
// Change logs on the three engines: what enters them, what a reading sees of them under concurrent writers, what is
// purged, and how a log that is not whole is known.

#include "tests/endpoint/pairs/logcase.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

class TestChangeLogs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void entersWhatChanges_data() { addDrivers(); }
    void entersWhatChanges();
    void takesHostileNames_data() { addDrivers(); }
    void takesHostileNames();
    void takesTextKeysByTheirBytes_data() { addDrivers(); }
    void takesTextKeysByTheirBytes();
    void leavesNothingOfARollback_data() { addDrivers(); }
    void leavesNothingOfARollback();
    void findsWhatIsCommittedLate_data();
    void findsWhatIsCommittedLate();
    void purgesWhatWasReadAlone_data() { addDrivers(); }
    void purgesWhatWasReadAlone();
    void keepsTwoJobsApart_data() { addDrivers(); }
    void keepsTwoJobsApart();
    void ignoresOnesOwnWrites_data() { addDrivers(); }
    void ignoresOnesOwnWrites();
    void isInstalledAnewAndRemoved_data() { addDrivers(); }
    void isInstalledAnewAndRemoved();
    void doesNotPurgeWhatWasInstalledAnew_data() { addDrivers(); }
    void doesNotPurgeWhatWasInstalledAnew();

private:
    std::unique_ptr<Side> side(Driver driver)
    {
        return Side::isAvailable(driver) ? std::make_unique<Side>(driver, m_folder.path(), u"log%1"_s.arg(++m_sides))
                                         : nullptr;
    }
    QTemporaryDir m_folder;
    int m_sides = 0;
};

#define SIDE(name)                                                                                                     \
    QFETCH(Driver, driver);                                                                                            \
    const auto name##Owner = side(driver);                                                                             \
    if (!name##Owner)                                                                                                  \
        QSKIP("no such server");                                                                                       \
    Side &name = *name##Owner

#define VERIFY(expression)                                                                                             \
    do {                                                                                                               \
        const auto &done = (expression);                                                                               \
        QVERIFY2(done, done ? "" : qPrintable(codeName(done.error().code) + u' ' + done.error().detail));              \
    } while (false)

void TestChangeLogs::entersWhatChanges()
{
    SIDE(db);
    db.createItems();
    db.putMany(1, 3);
    db.putMany(500, 1);
    LogCase log(db, u"items"_s);
    QCOMPARE(log.stateText(), u"absent"_s);
    VERIFY(log.install());
    QCOMPARE(log.stateText(), u"ready"_s);
    QCOMPARE(log.entries(), QStringList());

    db.putMany(10, 3); // one statement
    QCOMPARE(log.entries(), (QStringList{u"I 10"_s, u"I 11"_s, u"I 12"_s}));
    db.exec(u"UPDATE items SET name = 'x' WHERE id IN (10, 11)"_s);
    db.exec(u"DELETE FROM items WHERE id < 3"_s);
    db.exec(u"UPDATE items SET id = 4 WHERE id = 3"_s);
    QStringList all = log.entries().mid(3);
    all.sort();
    QCOMPARE(all, (QStringList{u"D 1"_s, u"D 2"_s, u"D 3"_s, u"I 4"_s, u"U 10"_s, u"U 11"_s}));
    QCOMPARE(log.read(), (QStringList{u"1"_s, u"10"_s, u"11"_s, u"12"_s, u"2"_s, u"3"_s, u"4"_s}));
    QCOMPARE(log.reading.entries, 9);
    QCOMPARE(log.reading.doubt, QString());

    db.exec(u"UPDATE items SET id = id + 1000"_s); // every key at once
    QCOMPARE(log.entries().size(), 9 + 2 * 5);
    db.exec(u"UPDATE items SET name = 'y' WHERE id = -1"_s); // no row
    QCOMPARE(log.entries().size(), 9 + 2 * 5);
}

void TestChangeLogs::takesHostileNames()
{
    SIDE(db);
    const QString table = u"it's \"a\" `b` $tidemark$ %1 表; DROP"_s;
    const Dialect &dialect = db.session().dialect();
    const QString quoted = dialect.table({{}, table});
    const QString first = dialect.quote(u"k'e\"y`1 $tidemark$"_s), second = dialect.quote(u"ключ %2"_s);
    db.exec(
        u"CREATE TABLE %1 (%2 integer NOT NULL, %3 varchar(40) NOT NULL, v varchar(40), PRIMARY KEY (%2, %3))"_s.arg(
            quoted, first, second));
    LogCase log(db, table, u"job's \"id\" `x` $tidemark$"_s);
    VERIFY(log.install());
    QCOMPARE(log.stateText(), u"ready"_s);
    db.exec(u"INSERT INTO %1 VALUES (1, 'a', 'x'), (1, 'b''c', 'y'), (2, '漢字 |', 'z')"_s.arg(quoted));
    QCOMPARE(log.read(), (QStringList{u"1 a"_s, u"1 b'c"_s, u"2 漢字 |"_s}));
    db.exec(u"UPDATE %1 SET %2 = 5 WHERE %2 = 2"_s.arg(quoted, first));
    QCOMPARE(log.read().size(), 4);
    VERIFY(log.purge("g"));
    QCOMPARE(log.read(), QStringList());
    VERIFY(db.session().removeChangeLogs(u"job's \"id\" `x` $tidemark$"_s));
    db.reconnect();
    QCOMPARE(log.stateText(), u"absent"_s);
}

// A key that changes its case or its trailing space is another key, whatever the collation says.
void TestChangeLogs::takesTextKeysByTheirBytes()
{
    SIDE(db);
    db.exec(driver == Driver::Mysql ? u"CREATE TABLE t (k varchar(20) PRIMARY KEY, v int) COLLATE utf8mb4_general_ci"_s
                : driver == Driver::Sqlite ? u"CREATE TABLE t (k TEXT COLLATE NOCASE PRIMARY KEY, v int)"_s
                                           : u"CREATE TABLE t (k varchar(20) PRIMARY KEY, v int)"_s);
    LogCase log(db, u"t"_s);
    VERIFY(log.install());
    db.exec(u"INSERT INTO t VALUES ('abc', 1), ('x', 1)"_s);
    db.exec(u"UPDATE t SET k = 'ABC' WHERE k = 'abc'"_s);
    db.exec(u"UPDATE t SET k = 'x ' WHERE k = 'x'"_s);
    db.exec(u"UPDATE t SET v = 2 WHERE k = 'ABC'"_s);
    QStringList seen = log.entries();
    seen.sort();
    QCOMPARE(seen, (QStringList{u"D abc"_s, u"D x"_s, u"I ABC"_s, u"I abc"_s, u"I x"_s, u"I x "_s, u"U ABC"_s}));
}

void TestChangeLogs::leavesNothingOfARollback()
{
    SIDE(db);
    db.createItems();
    LogCase log(db, u"items"_s);
    VERIFY(log.install());
    SqlSession &session = db.session();
    VERIFY(session.beginWrite());
    VERIFY(session.execute(u"INSERT INTO items (id) VALUES (1)"_s));
    VERIFY(session.rollback());
    VERIFY(session.beginWrite());
    VERIFY(session.execute(u"INSERT INTO items (id) VALUES (2)"_s));
    VERIFY(session.savepoint());
    VERIFY(session.execute(u"INSERT INTO items (id) VALUES (3)"_s));
    VERIFY(session.rollbackToSavepoint());
    VERIFY(session.commit());
    QCOMPARE(log.entries(), QStringList{u"I 2"_s});
}

void TestChangeLogs::findsWhatIsCommittedLate_data()
{
    QTest::addColumn<Driver>("driver");
    QTest::newRow("postgres") << Driver::Postgres; // SQLite has one writer at a time
    QTest::newRow("mysql") << Driver::Mysql;
}

// A transaction that drew its numbers first and commits last, after others' entries were read and purged.
void TestChangeLogs::findsWhatIsCommittedLate()
{
    SIDE(db);
    db.createItems();
    LogCase log(db, u"items"_s);
    VERIFY(log.install());
    SqlConnector connector;
    Cancellation cancellation;
    auto slow = connector.openSql(db.settings, OpenOptions{true, &cancellation});
    QVERIFY(slow);
    VERIFY((*slow)->beginWrite());
    VERIFY((*slow)->execute(u"INSERT INTO items (id) VALUES (1)"_s));
    db.exec(u"INSERT INTO items (id) VALUES (2)"_s);
    VERIFY((*slow)->execute(u"INSERT INTO items (id) VALUES (3)"_s));
    db.exec(u"INSERT INTO items (id) VALUES (4)"_s);
    QCOMPARE(log.read(), (QStringList{u"2"_s, u"4"_s}));
    VERIFY(log.purge("one")); // and waits for nobody
    VERIFY((*slow)->execute(u"INSERT INTO items (id) VALUES (5)"_s));
    QCOMPARE(log.read(), QStringList());
    VERIFY((*slow)->commit());
    QCOMPARE(log.read(), (QStringList{u"1"_s, u"3"_s, u"5"_s}));
    VERIFY(log.purge("two"));
    QCOMPARE(log.read(), QStringList());
    QCOMPARE(log.state()->generation, QByteArray("two"));
}

void TestChangeLogs::purgesWhatWasReadAlone()
{
    SIDE(db);
    db.createItems();
    db.putMany(100, 3);
    LogCase log(db, u"items"_s);
    VERIFY(log.install());
    const QByteArray first = log.state()->generation;
    QVERIFY(!first.isEmpty());
    db.putMany(1, 4);
    QCOMPARE(log.read().size(), 4);
    db.exec(u"UPDATE items SET name = 'again' WHERE id = 2"_s); // after the reading
    VERIFY(log.purge("second"));
    QCOMPARE(log.read(), QStringList{u"2"_s});
    QCOMPARE(log.reading.generation, QByteArray("second"));
    QCOMPARE(log.reading.doubt, QString());
    QCOMPARE(log.stateText(), u"ready"_s);
}

void TestChangeLogs::keepsTwoJobsApart()
{
    SIDE(db);
    db.createItems();
    LogCase one(db, u"items"_s, u"one"_s);
    LogCase two(db, u"items"_s, u"two"_s);
    VERIFY(one.install());
    VERIFY(two.install());
    db.putMany(1, 2);
    QCOMPARE(one.read().size(), 2);
    VERIFY(one.purge("g"));
    QCOMPARE(two.read().size(), 2);
    VERIFY(db.session().removeChangeLogs(u"one"_s));
    db.reconnect();
    QCOMPARE(one.stateText(), u"absent"_s);
    db.putMany(3, 1);
    QCOMPARE(two.read().size(), 3);
}

void TestChangeLogs::ignoresOnesOwnWrites()
{
    SIDE(db);
    db.createItems();
    LogCase one(db, u"items"_s, u"one"_s);
    LogCase two(db, u"items"_s, u"two"_s);
    VERIFY(one.install());
    VERIFY(two.install());
    db.putMany(1, 2);
    {
        SqlSession &session = db.session();
        VERIFY(session.beginWrite());
        VERIFY(session.markOwnWrites(u"one"_s));
        VERIFY(session.execute(u"INSERT INTO items (id) VALUES (10)"_s));
        VERIFY(session.savepoint());
        VERIFY(session.execute(u"UPDATE items SET id = 11 WHERE id = 1"_s));
        VERIFY(session.releaseSavepoint());
        VERIFY(session.execute(u"DELETE FROM items WHERE id = 2"_s));
        VERIFY(session.commit());
        VERIFY(session.execute(u"INSERT INTO items (id) VALUES (20)"_s)); // no longer marked
        VERIFY(session.beginWrite());
        VERIFY(session.markOwnWrites(u"one"_s));
        VERIFY(session.rollback());
        VERIFY(session.execute(u"INSERT INTO items (id) VALUES (21)"_s));
        db.reconnect();
    }
    QCOMPARE(one.read(), (QStringList{u"1"_s, u"2"_s, u"20"_s, u"21"_s}));
    QCOMPARE(two.read(), (QStringList{u"1"_s, u"10"_s, u"11"_s, u"2"_s, u"20"_s, u"21"_s}));
}

void TestChangeLogs::isInstalledAnewAndRemoved()
{
    SIDE(db);
    db.createItems();
    const QString things = driver == Driver::Sqlite
        ? u"SELECT type, name FROM sqlite_schema ORDER BY 1, 2"_s
        : (driver == Driver::Postgres
               ? u"SELECT 'r', relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace UNION ALL "
                 "SELECT 'f', proname FROM pg_proc WHERE pronamespace = current_schema()::regnamespace UNION ALL "
                 "SELECT 't', tgname FROM pg_trigger WHERE tgrelid = 'items'::regclass ORDER BY 1, 2"_s
               : u"SELECT 'r', TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() UNION ALL "
                 "SELECT 't', TRIGGER_NAME FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE()"_s);
    const QStringList before = db.rows(things);
    LogCase log(db, u"items"_s);
    const auto shown = db.session().changeLogSql(log.log());
    VERIFY(shown);
    QVERIFY(shown->size() >= 4);
    db.reconnect();
    VERIFY(log.install());
    VERIFY(log.install()); // once more: all of it anew
    db.putMany(1, 1);
    QCOMPARE(log.read(), QStringList{u"1"_s});
    VERIFY(db.session().removeChangeLogs(u"another job"_s));
    db.reconnect();
    QCOMPARE(log.stateText(), u"ready"_s);
    VERIFY(db.session().removeChangeLogs(u"job-1"_s));
    db.reconnect();
    QCOMPARE(db.rows(things), before);
    db.putMany(2, 1); // the table is as it was
}

void TestChangeLogs::doesNotPurgeWhatWasInstalledAnew()
{
    SIDE(db);
    db.createItems();
    LogCase log(db, u"items"_s);
    VERIFY(log.install());
    db.putMany(1, 2);
    QCOMPARE(log.read().size(), 2);
    VERIFY(log.install());
    db.putMany(3, 2); // may bear the numbers that were read
    const auto purged = log.purge("g");
    QVERIFY(!purged);
    QCOMPARE(purged.error().code, ErrorCode::SchemaChanged);
    QCOMPARE(log.read(), (QStringList{u"3"_s, u"4"_s}));
}

QTEST_GUILESS_MAIN(TestChangeLogs)
#include "tst_changelogs.moc"
