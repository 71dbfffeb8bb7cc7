// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/checker.h"
#include "tests/endpoint/pairs/sqlpair.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(tidemark::Driver)

// A key that a job names and no index keeps unique is looked at before the first run.
class TestKeyCheck : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void findsRowsOfOneKey_data();
    void findsRowsOfOneKey();
    void keysThatACollationEquatesAreTwo_data();
    void keysThatACollationEquatesAreTwo();
    void whatIsTypedIsNotWaitedFor();

private:
    // "problem source t (1, x)": of keys alone.
    static QStringList said(SqlPair &pair, const JobSettings &job, bool looks = true)
    {
        Cancellation cancellation;
        const auto items = Runner(pair.connector, *pair.journal, pair.clock).check(job, cancellation, {looks, false});
        if (!items)
            qFatal("%s %s", qPrintable(codeName(items.error().code)), qPrintable(items.error().detail));
        QStringList told;
        for (const CheckItem &item : *items) {
            if (item.error && item.error->facts.value(Fact::Connection) == job.source.label())
                told += codeName(item.error->code) + u" at the source: "_s + item.error->facts.value(Fact::Key);
            else if (item.error)
                told += codeName(item.error->code) + u" at the target: "_s + item.error->facts.value(Fact::Key);
            else if (item.code.startsWith("key-"_L1))
                told += item.code + u": "_s + item.detail;
        }
        return told;
    }
    static JobSettings job(SqlPair &pair, const QString &key, const QString &mode, QJsonObject table = {})
    {
        table[u"source"_s] = u"t"_s;
        table[u"key"_s] = QJsonArray::fromStringList(key.split(u','));
        JobSettings job = pair.job({{u"mode"_s, mode}, {u"tables"_s, QJsonArray{table}}});
        job.source.name = u"here"_s;
        job.target.name = u"there"_s;
        return job;
    }
};

void TestKeyCheck::findsRowsOfOneKey_data()
{
    QTest::addColumn<Driver>("driver");
    QTest::addColumn<QString>("mode");
    for (const auto &[name, driver] : {std::pair("SQLite", Driver::Sqlite), std::pair("PostgreSQL", Driver::Postgres),
                                       std::pair("MariaDB", Driver::Mysql)}) {
        for (const char *mode : {"update", "two-way"})
            QTest::addRow("%s, %s", name, mode) << driver << QString::fromLatin1(mode);
    }
}

void TestKeyCheck::findsRowsOfOneKey()
{
    QFETCH(Driver, driver);
    QFETCH(QString, mode);
    if (!Side::isAvailable(driver))
        QSKIP("no servers: TIDEMARK_TEST_POSTGRES and TIDEMARK_TEST_MYSQL are not set");
    SqlPair pair(driver, driver);
    for (Side *side : {&pair.source, &pair.target}) {
        side->exec(u"CREATE TABLE t (id INTEGER NOT NULL, part INTEGER NOT NULL, code INTEGER, name VARCHAR(20), "
                   "UNIQUE (code))"_s);
        side->exec(u"INSERT INTO t VALUES (1, 1, 1, 'a'), (1, 2, 2, 'b'), (2, 1, NULL, 'c'), (3, 1, NULL, 'd')"_s);
        side->reconnect();
    }
    QCOMPARE(said(pair, job(pair, u"id,part"_s, mode)), QStringList());
    QCOMPARE(said(pair, job(pair, u"code"_s, mode)), QStringList()); // an index keeps it
    QCOMPARE(said(pair, job(pair, u"id"_s, mode)),
             (QStringList{u"key-not-unique at the source: 1"_s, u"key-not-unique at the target: 1"_s}));
    const QJsonObject filter{
        {u"where"_s, QJsonObject{{u"source"_s, u"part = 1 OR id = 9 -- one"_s}, {u"target"_s, u"part = 1"_s}}}};
    QCOMPARE(said(pair, job(pair, u"id"_s, mode, filter)), QStringList());
    pair.target.exec(u"INSERT INTO t VALUES (3, 1, 9, 'twice')"_s);
    QCOMPARE(said(pair, job(pair, u"id,part"_s, mode)), QStringList(u"key-not-unique at the target: 3, 1"_s));
    QCOMPARE(said(pair, job(pair, u"id"_s, mode, filter)), QStringList(u"key-not-unique at the target: 3"_s));
    // What a run says, and of the same key.
    const RunReport report = pair.run(job(pair, u"id,part"_s, mode));
    QCOMPARE(codeName(report.tables.first().error.value_or(Error{}).code), u"key-not-unique"_s);
}

// The database groups them; a run takes them for the two rows that they are.
void TestKeyCheck::keysThatACollationEquatesAreTwo_data()
{
    QTest::addColumn<Driver>("driver");
    QTest::addColumn<QString>("column");
    QTest::newRow("SQLite") << Driver::Sqlite << u"TEXT COLLATE NOCASE NOT NULL"_s;
    QTest::newRow("MariaDB") << Driver::Mysql << u"VARCHAR(20) COLLATE utf8mb4_general_ci NOT NULL"_s;
}

void TestKeyCheck::keysThatACollationEquatesAreTwo()
{
    QFETCH(Driver, driver);
    QFETCH(QString, column);
    if (!Side::isAvailable(driver))
        QSKIP("no servers: TIDEMARK_TEST_POSTGRES and TIDEMARK_TEST_MYSQL are not set");
    SqlPair pair(driver, Driver::Sqlite);
    pair.source.exec(u"CREATE TABLE t (name "_s + column + u", n INTEGER)"_s);
    pair.source.exec(u"INSERT INTO t VALUES ('abc', 1), ('ABC', 2)"_s);
    pair.source.reconnect();
    pair.target.exec(u"CREATE TABLE t (name TEXT NOT NULL, n INTEGER)"_s);
    QCOMPARE(said(pair, job(pair, u"name"_s, u"update"_s)), QStringList(u"key-unproven-at-source: name"_s));
    pair.source.exec(u"INSERT INTO t VALUES ('abc', 3)"_s);
    QCOMPARE(said(pair, job(pair, u"name"_s, u"update"_s)), QStringList(u"key-not-unique at the source: abc"_s));
}

// An editor checks with every letter: the rows are asked where somebody waits for it.
void TestKeyCheck::whatIsTypedIsNotWaitedFor()
{
    SqlPair pair(Driver::Sqlite, Driver::Sqlite);
    for (Side *side : {&pair.source, &pair.target})
        side->exec(u"CREATE TABLE t (id INTEGER, name TEXT)"_s);
    pair.source.exec(u"INSERT INTO t VALUES (1, 'a'), (1, 'b')"_s);
    QCOMPARE(said(pair, job(pair, u"id"_s, u"update"_s), false), QStringList());
    QCOMPARE(said(pair, job(pair, u"id"_s, u"update"_s), true), QStringList(u"key-not-unique at the source: 1"_s));
}

QTEST_GUILESS_MAIN(TestKeyCheck)
#include "tst_keycheck.moc"
