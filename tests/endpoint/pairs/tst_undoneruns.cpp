// SPDX-License-Identifier: GPL-3.0-or-later
// Runs against real databases are taken back: values whole, in the order of foreign keys, triggers or not.
#include "core/journal/undofile.h"
#include "core/run/undorun.h"
#include "tests/endpoint/pairs/sqlpair.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(tidemark::Driver)

namespace {

constexpr auto everything = "SELECT * FROM %1 ORDER BY id";

QString wideTable(Driver driver)
{
    switch (driver) {
    case Driver::Postgres:
        return u"CREATE TABLE wide (id bigint PRIMARY KEY, name varchar(80), amount numeric(30, 10), ratio double "
               "precision, at timestamptz(6), day date, body bytea, extra text DEFAULT 'kept')"_s;
    case Driver::Mysql:
        return u"CREATE TABLE wide (id bigint PRIMARY KEY, name varchar(80), amount decimal(30, 10), ratio double, at "
               "datetime(6), day date, body longblob, extra varchar(20) DEFAULT 'kept') CHARACTER SET utf8mb4"_s;
    default:
        return u"CREATE TABLE wide (id INTEGER PRIMARY KEY, name TEXT, amount TEXT, ratio REAL, at TIMESTAMP, day "
               "DATE, body BLOB, extra TEXT DEFAULT 'kept')"_s;
    }
}

QString blob(Driver driver, const char *hex)
{
    return driver == Driver::Postgres ? u"'\\x%1'"_s.arg(QLatin1StringView(hex))
                                      : u"X'%1'"_s.arg(QLatin1StringView(hex));
}

} // namespace

class TestUndoneRuns : public QObject
{
    Q_OBJECT

private:
    static void addTargets()
    {
        QTest::addColumn<Driver>("driver");
        QTest::addColumn<QString>("scope");
        const std::pair<const char *, Driver> drivers[]{
            {"SQLite", Driver::Sqlite}, {"PostgreSQL", Driver::Postgres}, {"MariaDB", Driver::Mysql}};
        for (const auto &[name, driver] : drivers) {
            for (const char *scope : {"batch", "table", "run"})
                QTest::addRow("%s, %s", name, scope) << driver << QString::fromLatin1(scope);
        }
    }

    static std::unique_ptr<SqlPair> makePair()
    {
        QFETCH(Driver, driver);
        return Side::isAvailable(driver) ? std::make_unique<SqlPair>(driver, driver) : nullptr;
    }

    static JobSettings jobOf(SqlPair &pair, const QStringList &tables)
    {
        QFETCH(QString, scope);
        return pair.job({{u"transaction"_s, scope},
                         {u"tables"_s, QJsonArray::fromStringList(tables)},
                         {u"batch"_s, QJsonObject{{u"rows"_s, 7}}}});
    }

    static QStringList rows(Side &side, const QString &table)
    {
        QStringList lines;
        const auto found = side.session().query(QString::fromLatin1(everything).arg(table));
        if (!found)
            qFatal("%s", qPrintable(found.error().detail));
        for (const SqlRow &row : *found) {
            QStringList cells;
            for (const auto &cell : row)
                cells += cell ? QString::fromLatin1(cell->toHex()) : u"NULL"_s;
            lines += cells.join(u'|');
        }
        if (side.driver() == Driver::Sqlite)
            side.reconnect(); // no lock is left behind
        return lines;
    }

    static UndoOutcome undo(SqlPair &pair, const JobSettings &job, const QString &run)
    {
        UndoRequest request;
        request.run = run;
        request.yes = true;
        Cancellation cancellation;
        ProgressBoard progress;
        return undoRun(pair.connector, *pair.journal, pair.clock, job, request, cancellation, progress);
    }

#define PAIR()                                                                                                         \
    const auto pairPointer = makePair();                                                                               \
    if (!pairPointer)                                                                                                  \
        QSKIP("a server is missing: TIDEMARK_TEST_POSTGRES or TIDEMARK_TEST_MYSQL is not set");                        \
    SqlPair &pair = *pairPointer

    static RunReport all(SqlPair &pair, const JobSettings &job)
    {
        RunOptions options;
        options.yes = true;
        return pair.run(job, options);
    }

private Q_SLOTS:
    void valuesComeBackWhole_data() { addTargets(); }
    void valuesComeBackWhole()
    {
        QFETCH(Driver, driver);
        PAIR();
        for (Side *side : {&pair.source, &pair.target}) {
            side->exec(wideTable(driver));
            for (int id = 1; id <= 20; ++id) {
                side->exec(u"INSERT INTO wide VALUES (%1, 'Zoë 订单 %1', '123456789012345678.0123456789', 0.1, "
                           "'2024-02-29 13:00:00.123456', '2024-02-29', %2, 'own')"_s.arg(id)
                               .arg(blob(driver, "00ff10")));
            }
        }
        pair.target.exec(
            u"INSERT INTO wide VALUES (30, '', '-0.5', -1e300, NULL, NULL, %1, 'mine')"_s.arg(blob(driver, "")));
        pair.source.exec(
            u"UPDATE wide SET name = NULL, amount = '1', ratio = 2, at = NULL, body = NULL WHERE id < 11"_s);
        pair.source.exec(u"INSERT INTO wide VALUES (40, 'new', '1', 1, NULL, NULL, NULL, 'x')"_s);
        pair.source.exec(u"DELETE FROM wide WHERE id = 20"_s);
        const QStringList before = rows(pair.target, u"wide"_s);
        const JobSettings job = jobOf(pair, {u"wide"_s});
        const RunReport run = all(pair, job);
        QVERIFY2(shown(run) == u"completed +1 ~10 -2"_s, qPrintable(shown(run)));
        const QStringList after = rows(pair.target, u"wide"_s);
        QVERIFY(after != before);
        const UndoOutcome back = undo(pair, job, run.run);
        QVERIFY2(shown(back.report) == u"completed +2 ~10 -1"_s, qPrintable(shown(back.report)));
        QCOMPARE(rows(pair.target, u"wide"_s), before);
        QVERIFY(back.tables.first().lostColumns.isEmpty());
        const UndoOutcome forth = undo(pair, job, back.report.run);
        QVERIFY2(forth.report.state == RunState::Completed, qPrintable(shown(forth.report)));
        QCOMPARE(rows(pair.target, u"wide"_s), after);
    }

    void parentsAndChildren_data() { addTargets(); }
    void parentsAndChildren()
    {
        PAIR();
        for (Side *side : {&pair.source, &pair.target}) {
            side->exec(u"CREATE TABLE orders (id integer PRIMARY KEY, name varchar(20))"_s);
            side->exec(u"CREATE TABLE parts (id integer PRIMARY KEY, order_id integer NOT NULL, note varchar(20), "
                       "FOREIGN KEY (order_id) REFERENCES orders (id))"_s);
        }
        pair.target.exec(u"INSERT INTO orders VALUES (1, 'one'), (2, 'two')"_s);
        pair.target.exec(u"INSERT INTO parts VALUES (1, 1, 'a'), (2, 2, 'b'), (3, 2, 'c')"_s);
        pair.source.exec(u"INSERT INTO orders VALUES (2, 'TWO'), (3, 'three')"_s);
        pair.source.exec(u"INSERT INTO parts VALUES (2, 3, 'b'), (4, 3, 'd')"_s);
        const QStringList orders = rows(pair.target, u"orders"_s);
        const QStringList parts = rows(pair.target, u"parts"_s);
        const JobSettings job = jobOf(pair, {u"orders"_s, u"parts"_s});
        const RunReport run = all(pair, job);
        QVERIFY2(run.state == RunState::Completed, qPrintable(shown(run)));
        const UndoOutcome back = undo(pair, job, run.run);
        QVERIFY2(back.report.state == RunState::Completed, qPrintable(shown(back.report)));
        QCOMPARE(rows(pair.target, u"orders"_s), orders);
        QCOMPARE(rows(pair.target, u"parts"_s), parts);
        // And as the source says, again.
        QCOMPARE(shown(all(pair, job).totals()), shown(run.totals()));
        QCOMPARE(rows(pair.target, u"parts"_s), rows(pair.source, u"parts"_s));
    }

    void whatChangedSinceStays_data() { addTargets(); }
    void whatChangedSinceStays()
    {
        PAIR();
        for (Side *side : {&pair.source, &pair.target}) {
            side->createItems();
            side->putMany(1, 30);
        }
        pair.source.exec(u"UPDATE items SET name = 'new' WHERE id IN (3, 4)"_s);
        pair.source.exec(u"DELETE FROM items WHERE id IN (7, 8)"_s);
        pair.source.putMany(100, 2);
        const JobSettings job = jobOf(pair, {u"items"_s});
        const RunReport run = all(pair, job);
        QVERIFY2(shown(run) == u"completed +2 ~2 -2"_s, qPrintable(shown(run)));
        pair.target.exec(u"UPDATE items SET name = 'mine' WHERE id IN (3, 100)"_s);
        pair.target.putMany(7, 1);
        pair.target.exec(u"UPDATE items SET name = 'mine' WHERE id = 7"_s);
        const UndoOutcome back = undo(pair, job, run.run);
        QVERIFY2(shown(back.report) == u"needs-attention +1 ~1 -1"_s, qPrintable(shown(back.report)));
        QCOMPARE(back.report.exitCode(), 1);
        QCOMPARE(back.report.tables.first().changedSincePlan, 3);
        const auto mine = pair.target.session().query(u"SELECT id FROM items WHERE name = 'mine' ORDER BY id"_s);
        QCOMPARE(mine->size(), 3);
    }

    void aFilledTableIsEmptied_data() { addTargets(); }
    void aFilledTableIsEmptied()
    {
        PAIR();
        for (Side *side : {&pair.source, &pair.target})
            side->createItems();
        pair.source.putMany(1, 50);
        const JobSettings job = jobOf(pair, {u"items"_s});
        const RunReport run = all(pair, job);
        QVERIFY2(shown(run) == u"completed +50 ~0 -0"_s, qPrintable(shown(run)));
        pair.target.exec(u"UPDATE items SET name = 'mine' WHERE id = 3"_s);
        QCOMPARE(undo(pair, job, run.run).report.error->code, ErrorCode::UndoLoadChanged);
        QCOMPARE(pair.target.items().size(), 50);
        pair.target.exec(u"DELETE FROM items WHERE id = 3"_s);
        QCOMPARE(all(pair, job).totals().inserts, 1); // the run after it brings the row back: as the load left it
        const UndoOutcome back = undo(pair, job, run.run);
        QVERIFY2(shown(back.report) == u"completed +0 ~0 -50"_s, qPrintable(shown(back.report)));
        QCOMPARE(pair.target.items().size(), 0);
    }

    // What a trigger makes of a row is what the run left.
    void triggersAtTheTarget_data() { addTargets(); }
    void triggersAtTheTarget()
    {
        QFETCH(Driver, driver);
        PAIR();
        for (Side *side : {&pair.source, &pair.target}) {
            side->exec(u"CREATE TABLE notes (id integer PRIMARY KEY, note varchar(40))"_s);
            side->exec(u"INSERT INTO notes VALUES (1, 'ONE'), (2, 'TWO'), (3, 'THREE')"_s);
        }
        if (driver == Driver::Postgres) {
            pair.target.exec(u"CREATE FUNCTION loud() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.note := "
                             "upper(NEW.note); RETURN NEW; END $$"_s);
            pair.target.exec(
                u"CREATE TRIGGER loud BEFORE INSERT OR UPDATE ON notes FOR EACH ROW EXECUTE FUNCTION loud()"_s);
        } else if (driver == Driver::Mysql) {
            pair.target.exec(
                u"CREATE TRIGGER loudi BEFORE INSERT ON notes FOR EACH ROW SET NEW.note = upper(NEW.note)"_s);
            pair.target.exec(
                u"CREATE TRIGGER loudu BEFORE UPDATE ON notes FOR EACH ROW SET NEW.note = upper(NEW.note)"_s);
        } else {
            pair.target.exec(u"CREATE TRIGGER loudi AFTER INSERT ON notes BEGIN UPDATE notes SET note = upper(note) "
                             "WHERE id = NEW.id; END"_s);
            pair.target.exec(
                u"CREATE TRIGGER loudu AFTER UPDATE ON notes WHEN NEW.note <> upper(NEW.note) BEGIN UPDATE "
                "notes SET note = upper(note) WHERE id = NEW.id; END"_s);
        }
        pair.source.exec(u"UPDATE notes SET note = 'changed' WHERE id = 2"_s);
        pair.source.exec(u"INSERT INTO notes VALUES (4, 'four')"_s);
        const QStringList before = rows(pair.target, u"notes"_s);
        const JobSettings job = jobOf(pair, {u"notes"_s});
        const RunReport run = all(pair, job);
        QVERIFY2(shown(run) == u"completed +1 ~1 -0"_s, qPrintable(shown(run)));
        const UndoOutcome back = undo(pair, job, run.run);
        QVERIFY2(shown(back.report) == u"completed +0 ~1 -1"_s, qPrintable(shown(back.report)));
        QCOMPARE(rows(pair.target, u"notes"_s), before);
    }

    // Columns that the job does not know are not kept: it is said.
    void columnsOutsideTheJob_data() { addTargets(); }
    void columnsOutsideTheJob()
    {
        PAIR();
        pair.source.exec(u"CREATE TABLE notes (id integer PRIMARY KEY, note varchar(40))"_s);
        pair.target.exec(
            u"CREATE TABLE notes (id integer PRIMARY KEY, note varchar(40), own varchar(9) DEFAULT 'd')"_s);
        pair.source.exec(u"INSERT INTO notes VALUES (1, 'one'), (2, 'two')"_s);
        pair.target.exec(u"INSERT INTO notes VALUES (1, 'other', 'mine'), (9, 'gone', 'mine')"_s);
        const JobSettings job = jobOf(pair, {u"notes"_s});
        const RunReport run = all(pair, job);
        QVERIFY2(shown(run) == u"completed +1 ~1 -1"_s, qPrintable(shown(run)));
        const UndoOutcome back = undo(pair, job, run.run);
        QVERIFY2(shown(back.report) == u"completed +1 ~1 -1"_s, qPrintable(shown(back.report)));
        QCOMPARE(back.tables.first().lostColumns, QStringList{u"own"_s});
        const auto own = pair.target.session().query(u"SELECT own FROM notes ORDER BY id"_s).value();
        QCOMPARE(own.size(), 2);
        QCOMPARE(own[0][0], QByteArray("mine")); // an update leaves them alone
        QCOMPARE(own[1][0], QByteArray("d"));
    }
};

QTEST_GUILESS_MAIN(TestUndoneRuns)
#include "tst_undoneruns.moc"
