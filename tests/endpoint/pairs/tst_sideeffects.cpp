// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/checker.h"
#include "tests/endpoint/pairs/sqlpair.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(tidemark::Driver)

// What the target does of its own when rows are written or deleted there, told before anything is.
class TestSideEffects : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tellsTriggersAndCascades_data();
    void tellsTriggersAndCascades();
};

void TestSideEffects::tellsTriggersAndCascades_data()
{
    QTest::addColumn<Driver>("driver");
    QTest::newRow("SQLite") << Driver::Sqlite;
    QTest::newRow("PostgreSQL") << Driver::Postgres;
    QTest::newRow("MariaDB") << Driver::Mysql;
}

// "CODE DETAIL" of one table.
static QStringList remarksOf(SqlPair &pair, const JobSettings &job)
{
    Cancellation cancellation;
    const auto items = Runner(pair.connector, *pair.journal, pair.clock).check(job, cancellation, {false, false});
    if (!items)
        qFatal("%s %s", qPrintable(codeName(items.error().code)), qPrintable(items.error().detail));
    QStringList remarks;
    for (const CheckItem &item : *items) {
        if (item.code == "has-triggers"_L1 || item.code == "cascades"_L1 || item.code == "not-transactional"_L1)
            remarks << item.table + u' ' + item.code + u' ' + item.detail;
    }
    return remarks;
}

void TestSideEffects::tellsTriggersAndCascades()
{
    QFETCH(Driver, driver);
    if (!Side::isAvailable(driver))
        QSKIP("no servers: TIDEMARK_TEST_POSTGRES and TIDEMARK_TEST_MYSQL are not set");
    SqlPair pair(Driver::Sqlite, driver);
    pair.source.exec(u"CREATE TABLE items (id INTEGER PRIMARY KEY, name TEXT)"_s);
    Side &target = pair.target;
    target.exec(u"CREATE TABLE items (id INTEGER PRIMARY KEY, name VARCHAR(40))"_s);
    // None of the job's: it loses rows when items does. The next is left alone by deletes.
    target.exec(u"CREATE TABLE notes (id INTEGER PRIMARY KEY, item INTEGER, "
                "FOREIGN KEY (item) REFERENCES items (id) ON DELETE CASCADE)"_s);
    target.exec(u"CREATE TABLE marks (id INTEGER PRIMARY KEY, item INTEGER, "
                "FOREIGN KEY (item) REFERENCES items (id) ON DELETE SET NULL)"_s);
    target.exec(u"CREATE TABLE strict_ones (id INTEGER PRIMARY KEY, item INTEGER, "
                "FOREIGN KEY (item) REFERENCES items (id))"_s);
    target.exec(u"CREATE TABLE log (id INTEGER, text VARCHAR(40))"_s);
    if (driver == Driver::Postgres) {
        target.exec(u"CREATE FUNCTION remember() RETURNS trigger LANGUAGE plpgsql AS "
                    "$$ BEGIN INSERT INTO log VALUES (NEW.id, NEW.name); RETURN NEW; END $$"_s);
        target.exec(u"CREATE TRIGGER keep_log AFTER INSERT ON items FOR EACH ROW EXECUTE FUNCTION remember()"_s);
    } else {
        const QString body = u"INSERT INTO log VALUES (NEW.id, NEW.name)"_s;
        target.exec(u"CREATE TRIGGER keep_log AFTER INSERT ON items FOR EACH ROW "_s
                    + (driver == Driver::Sqlite ? u"BEGIN "_s + body + u"; END"_s : body));
    }
    target.reconnect();
    QCOMPARE(remarksOf(pair, pair.job()),
             (QStringList{u"items has-triggers keep_log"_s, u"items cascades marks"_s, u"items cascades notes"_s}));
    // A job that never deletes has no cascades to fear.
    QCOMPARE(remarksOf(pair, pair.job({{u"mode"_s, u"update"_s}})), QStringList(u"items has-triggers keep_log"_s));
}

QTEST_GUILESS_MAIN(TestSideEffects)
#include "tst_sideeffects.moc"
