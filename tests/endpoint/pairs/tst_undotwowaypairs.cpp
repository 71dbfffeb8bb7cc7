// SPDX-License-Identifier: GPL-3.0-or-later
// Two-way runs between real databases are taken back at both sides, and lost values brought back.
#include "core/run/undorun.h"
#include "tests/endpoint/pairs/pairrows.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

// "completed > +1 ~0 -0 < +0 ~0 -0, 2 open".
QString told(const RunReport &report)
{
    if (report.error || report.state == RunState::Failed)
        return shown(report);
    WriteCounts to;
    WriteCounts from;
    qint64 open = 0;
    for (const TableReport &table : report.tables) {
        to = to + table.toTarget;
        from = from + table.toSource;
        open += table.conflicts;
    }
    return u"%1 > %2 < %3, %4 open"_s.arg(runStateName(report.state), shown(to), shown(from)).arg(open);
}

UndoOutcome undo(SqlPair &pair, const JobSettings &job, const QString &run, const QMap<QString, QString> &key = {})
{
    UndoRequest request;
    request.run = run;
    request.yes = true;
    request.key = key;
    Cancellation cancellation;
    ProgressBoard progress;
    return undoRun(pair.connector, *pair.journal, pair.clock, job, request, cancellation, progress);
}

} // namespace

class TestUndoTwoWayPairs : public QObject
{
    Q_OBJECT

private:
    static void addSomePairs()
    {
        QTest::addColumn<Driver>("from");
        QTest::addColumn<Driver>("to");
        QTest::newRow("PostgreSQL ↔ MariaDB") << Driver::Postgres << Driver::Mysql;
        QTest::newRow("MariaDB ↔ PostgreSQL") << Driver::Mysql << Driver::Postgres;
        QTest::newRow("SQLite ↔ PostgreSQL") << Driver::Sqlite << Driver::Postgres;
        QTest::newRow("MariaDB ↔ SQLite") << Driver::Mysql << Driver::Sqlite;
    }

    static JobSettings twoWay(SqlPair &pair, const QString &policy = u"ask"_s)
    {
        return pair.job({{u"mode"_s, u"two-way"_s}, {u"conflicts"_s, QJsonObject{{u"policy"_s, policy}}}});
    }

private Q_SLOTS:
    void bothSidesGoBack_data() { addSomePairs(); }
    void bothSidesGoBack()
    {
        PAIR_OR_SKIP(fetchedItems<SqlPair>(30));
        const JobSettings job = twoWay(pair);
        QCOMPARE(told(pair.run(job)), u"completed > +0 ~0 -0 < +0 ~0 -0, 0 open"_s);
        pair.source.exec(u"UPDATE items SET name = 'Zoë 乌龙茶', amount = 0.01 WHERE id = 1"_s);
        pair.target.exec(u"UPDATE items SET name = NULL WHERE id = 2"_s);
        pair.source.exec(u"DELETE FROM items WHERE id = 3"_s);
        pair.target.exec(u"DELETE FROM items WHERE id = 4"_s);
        pair.source.put(50, u"new"_s, u"6.90"_s);
        pair.target.put(51, u"new"_s, u"-1.00"_s);
        const QStringList sourceBefore = pair.source.items();
        const QStringList targetBefore = pair.target.items();
        const RunReport run = pair.run(job);
        QCOMPARE(told(run), u"completed > +1 ~1 -1 < +1 ~1 -1, 0 open"_s);
        QCOMPARE(pair.source.items(), pair.target.items());
        const QStringList inStep = pair.source.items();

        const UndoOutcome back = undo(pair, job, run.run);
        QCOMPARE(told(back.report), u"completed > +1 ~1 -1 < +1 ~1 -1, 0 open"_s);
        QCOMPARE(pair.source.items(), sourceBefore);
        QCOMPARE(pair.target.items(), targetBefore);
        QCOMPARE(told(pair.run(job)), u"needs-attention > +0 ~0 -0 < +0 ~0 -0, 6 open"_s);
        QCOMPARE(told(undo(pair, job, back.report.run).report), u"completed > +1 ~1 -1 < +1 ~1 -1, 0 open"_s);
        QCOMPARE(pair.source.items(), inStep);
        QCOMPARE(pair.target.items(), inStep);
        QCOMPARE(told(pair.run(job)), u"completed > +0 ~0 -0 < +0 ~0 -0, 0 open"_s);
    }

    void whatMovedSinceStays_data() { addSomePairs(); }
    void whatMovedSinceStays()
    {
        PAIR_OR_SKIP(fetchedItems<SqlPair>(30));
        const JobSettings job = twoWay(pair);
        pair.run(job);
        pair.source.exec(u"UPDATE items SET name = 'at source' WHERE id = 1"_s);
        pair.target.exec(u"UPDATE items SET name = 'at target' WHERE id = 2"_s);
        const RunReport run = pair.run(job);
        pair.target.exec(u"UPDATE items SET name = 'later' WHERE id = 1"_s);
        QCOMPARE(told(undo(pair, job, run.run).report), u"needs-attention > +0 ~0 -0 < +0 ~1 -0, 0 open"_s);
        QCOMPARE(told(pair.run(job)), u"needs-attention > +0 ~0 -0 < +0 ~0 -0, 2 open"_s); // the row that moved, too
        QCOMPARE(pair.source.rows(u"SELECT name FROM items WHERE id = 1"_s), QStringList(u"at source"_s));
        QCOMPARE(pair.target.rows(u"SELECT name FROM items WHERE id = 1"_s), QStringList(u"later"_s));
    }

    void aLostValueComesBackAndWins_data() { addSomePairs(); }
    void aLostValueComesBackAndWins()
    {
        PAIR_OR_SKIP(fetchedItems<SqlPair>(30));
        const JobSettings job = twoWay(pair, u"source"_s);
        pair.run(job);
        pair.source.exec(u"UPDATE items SET name = 'of source' WHERE id = 5"_s);
        pair.target.exec(u"UPDATE items SET name = 'of target' WHERE id = 5"_s);
        const RunReport run = pair.run(job);
        QCOMPARE(told(run), u"completed > +0 ~1 -0 < +0 ~0 -0, 0 open"_s);
        const UndoOutcome back = undo(pair, job, run.run, {{u"id"_s, u"5"_s}});
        QCOMPARE(told(back.report), u"completed > +0 ~1 -0 < +0 ~0 -0, 0 open"_s);
        QCOMPARE(told(pair.run(job)), u"completed > +0 ~0 -0 < +0 ~1 -0, 0 open"_s);
        for (Side *side : {&pair.source, &pair.target})
            QCOMPARE(side->rows(u"SELECT name FROM items WHERE id = 5"_s), QStringList(u"of target"_s));
        QCOMPARE(told(pair.run(job)), u"completed > +0 ~0 -0 < +0 ~0 -0, 0 open"_s);
    }

    void foreignKeysGoInOrder_data() { addSomePairs(); }
    void foreignKeysGoInOrder()
    {
        PAIR_OR_SKIP(fetchedItems<SqlPair>(30));
        for (Side *side : {&pair.source, &pair.target}) {
            side->exec(u"CREATE TABLE orders (id integer PRIMARY KEY, note varchar(20))"_s);
            side->exec(u"CREATE TABLE parts (id integer PRIMARY KEY, order_id integer NOT NULL, "
                       "FOREIGN KEY (order_id) REFERENCES orders (id))"_s);
        }
        const JobSettings job =
            pair.job({{u"mode"_s, u"two-way"_s}, {u"tables"_s, QJsonArray{u"parts"_s, u"orders"_s}}});
        QCOMPARE(told(pair.run(job)), u"completed > +0 ~0 -0 < +0 ~0 -0, 0 open"_s);
        pair.source.exec(u"INSERT INTO orders VALUES (1, 'a')"_s);
        pair.source.exec(u"INSERT INTO parts VALUES (1, 1)"_s);
        pair.target.exec(u"INSERT INTO orders VALUES (2, 'b')"_s);
        pair.target.exec(u"INSERT INTO parts VALUES (2, 2)"_s);
        const RunReport run = pair.run(job);
        QCOMPARE(told(run), u"completed > +2 ~0 -0 < +2 ~0 -0, 0 open"_s);
        const UndoOutcome back = undo(pair, job, run.run);
        QCOMPARE(told(back.report), u"completed > +0 ~0 -2 < +0 ~0 -2, 0 open"_s);
        QCOMPARE(pair.source.rows(u"SELECT id FROM orders"_s), QStringList(u"1"_s));
        QCOMPARE(pair.target.rows(u"SELECT id FROM orders"_s), QStringList(u"2"_s));
        QCOMPARE(told(undo(pair, job, back.report.run).report), u"completed > +2 ~0 -0 < +2 ~0 -0, 0 open"_s);
        QCOMPARE(told(pair.run(job)), u"completed > +0 ~0 -0 < +0 ~0 -0, 0 open"_s);
    }
};

QTEST_GUILESS_MAIN(TestUndoTwoWayPairs)
#include "tst_undotwowaypairs.moc"
