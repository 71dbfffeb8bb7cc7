// SPDX-License-Identifier: GPL-3.0-or-later
// Transactions of a group and of the whole run, at both sides of real engines.
#include "tests/endpoint/pairs/cutconnector.h"
#include "tests/endpoint/pairs/grouppair.h"

using namespace tidemark;

namespace {

const QString quiet = u"completed +0 ~0 -0"_s;

void addScopes()
{
    QTest::addColumn<Driver>("from");
    QTest::addColumn<Driver>("to");
    QTest::addColumn<QString>("scope");
    const std::pair<Driver, Driver> pairs[]{{Driver::Sqlite, Driver::Sqlite},
                                            {Driver::Postgres, Driver::Mysql},
                                            {Driver::Mysql, Driver::Postgres},
                                            {Driver::Mysql, Driver::Sqlite}};
    const char *const names[]{"sqlite ↔ sqlite", "postgres ↔ mysql", "mysql ↔ postgres", "mysql ↔ sqlite"};
    for (std::size_t i = 0; i < std::size(pairs); ++i) {
        for (const char *scope : {"table", "run"})
            QTest::addRow("%s, %s", names[i], scope) << pairs[i].first << pairs[i].second << QString::fromLatin1(scope);
    }
}

// All that rows can be to each other, at both sides.
void change(Group &pair)
{
    pair.source.exec(u"UPDATE customers SET email = 'x' WHERE id = 1"_s);
    pair.source.exec(u"UPDATE customers SET email = 'c1' WHERE id = 2"_s);
    pair.source.exec(u"UPDATE customers SET email = 'c2' WHERE id = 1"_s);
    pair.source.exec(u"INSERT INTO customers VALUES (30, 'c30', NULL)"_s);
    pair.source.exec(u"INSERT INTO customers VALUES (31, 'c31', 30)"_s);
    pair.source.exec(u"UPDATE customers SET boss = 31 WHERE id = 30"_s);
    pair.source.exec(u"INSERT INTO orders VALUES (30, 31, 'o30')"_s);
    pair.source.exec(u"DELETE FROM parts WHERE orderid = 3"_s);
    pair.target.exec(u"INSERT INTO customers VALUES (40, 'c40', NULL)"_s);
    pair.target.exec(u"INSERT INTO orders VALUES (40, 40, 'o40')"_s);
    pair.target.exec(u"INSERT INTO parts VALUES (40, 1, 1)"_s);
    pair.target.exec(u"UPDATE orders SET note = 'target' WHERE id = 2"_s);
    pair.target.exec(u"DELETE FROM parts WHERE orderid = 4"_s);
}

} // namespace

#define GROUP(name)                                                                                                    \
    QFETCH(Driver, from);                                                                                              \
    QFETCH(Driver, to);                                                                                                \
    QFETCH(QString, scope);                                                                                            \
    if (!areThere(from, to))                                                                                           \
        QSKIP("no such server");                                                                                       \
    Group name(from, to);                                                                                              \
    const JobSettings job = name.twoWay(scope);                                                                        \
    QCOMPARE(shown(name.run(job)), u"completed +12 ~0 -0"_s)

class TestTwoWayScopes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void allOfItIsWritten_data() { addScopes(); }
    void allOfItIsWritten();
    void orNothing_data() { addScopes(); }
    void orNothing();
    void killedBetweenTheCommits_data() { addScopes(); }
    void killedBetweenTheCommits();
    void bothSidesInOneFile();
};

void TestTwoWayScopes::allOfItIsWritten()
{
    GROUP(pair);
    change(pair);
    const RunReport report = pair.run(job);
    QVERIFY2(report.state == RunState::Completed, qPrintable(shown(report)));
    QCOMPARE(Group::all(pair.source), Group::all(pair.target));
    QCOMPARE(pair.target.rows(u"SELECT email FROM customers WHERE id < 3 ORDER BY id"_s),
             QStringList({u"c2"_s, u"c1"_s}));
    QCOMPARE(pair.target.rows(u"SELECT boss FROM customers WHERE id = 30"_s), QStringList{u"31"_s});
    QCOMPARE(shown(pair.run(job)), quiet);
}

// The source, written last, refuses one row: what the target had taken by then goes, too.
void TestTwoWayScopes::orNothing()
{
    GROUP(pair);
    change(pair);
    pair.source.exec(u"CREATE UNIQUE INDEX one_note ON orders (note)"_s);
    pair.target.exec(u"UPDATE orders SET note = 'twice' WHERE id = 1"_s);
    pair.target.exec(u"INSERT INTO orders VALUES (41, 40, 'twice')"_s);
    const QStringList source = Group::all(pair.source);
    const QStringList target = Group::all(pair.target);
    const RunReport report = pair.run(job);
    QVERIFY2(report.state == RunState::Failed, qPrintable(shown(report)));
    QCOMPARE(report.totals().total(), 0);
    for (const TableReport &table : report.tables)
        QVERIFY(table.error && table.error->code == ErrorCode::UniqueViolated);
    QCOMPARE(Group::all(pair.source), source);
    QCOMPARE(Group::all(pair.target), target);
    pair.target.exec(u"UPDATE orders SET note = 'once' WHERE id = 41"_s);
    const RunReport again = pair.run(job);
    QVERIFY2(again.state == RunState::Completed, qPrintable(shown(again)));
    QCOMPARE(Group::all(pair.source), Group::all(pair.target));
}

// The target has committed, the source has not, and nothing is answered any more: what is there is true, and the rest
// follows.
void TestTwoWayScopes::killedBetweenTheCommits()
{
    GROUP(pair);
    change(pair);
    const QStringList before = Group::all(pair.source);
    CutConnector connector(pair.source.settings);
    SessionFaults &faults = connector.of(JobSide::Source);
    faults.loseCommit = 3; // a mark of each table goes first
    faults.dies = true;
    Cancellation cancellation;
    ProgressBoard progress;
    JobSettings once = job;
    once.retry.attempts = 1;
    const RunReport cut = Runner(connector, *pair.journal, pair.clock).run(once, {}, cancellation, progress);
    QVERIFY2(cut.state == RunState::Failed, qPrintable(shown(cut)));
    QCOMPARE(Group::all(pair.source), before);
    QCOMPARE(pair.target.rows(u"SELECT boss FROM customers WHERE id = 30"_s), QStringList{u"31"_s});
    // An edit of a row that the target has just been given is an edit, and no conflict.
    pair.target.exec(u"UPDATE orders SET note = 'edited' WHERE id = 30"_s);
    const RunReport after = pair.run(job);
    QVERIFY2(after.state == RunState::Completed, qPrintable(shown(after)));
    QCOMPARE(Group::all(pair.source), Group::all(pair.target));
    QCOMPARE(pair.source.rows(u"SELECT note FROM orders WHERE id = 30"_s), QStringList{u"edited"_s});
    QCOMPARE(shown(pair.run(job)), quiet);
}

// One writer: both sides are one transaction.
void TestTwoWayScopes::bothSidesInOneFile()
{
    SqlPair pair(Driver::Sqlite, Driver::Sqlite);
    for (const QString &table : {u"a"_s, u"b"_s})
        pair.source.exec(u"CREATE TABLE "_s + table + u" (id INTEGER PRIMARY KEY, note TEXT)"_s);
    pair.source.exec(u"INSERT INTO a VALUES (1, 'a'), (2, 'a')"_s);
    pair.source.exec(u"INSERT INTO b VALUES (3, 'b')"_s);
    JobSettings job = pair.job({{u"mode"_s, u"two-way"_s},
                                {u"transaction"_s, u"run"_s},
                                {u"tables"_s, QJsonArray{QJsonObject{{u"source"_s, u"a"_s}, {u"target"_s, u"b"_s}}}}});
    job.target = job.source;
    QCOMPARE(shown(pair.run(job)), u"completed +3 ~0 -0"_s);
    pair.source.exec(u"UPDATE a SET note = 'A' WHERE id = 1"_s);
    pair.source.exec(u"UPDATE b SET note = 'B' WHERE id = 3"_s);
    QCOMPARE(shown(pair.run(job)), u"completed +0 ~2 -0"_s);
    QCOMPARE(pair.source.rows(u"SELECT id, note FROM a ORDER BY id"_s),
             pair.source.rows(u"SELECT id, note FROM b ORDER BY id"_s));
    QCOMPARE(shown(pair.run(job)), quiet);
}

QTEST_GUILESS_MAIN(TestTwoWayScopes)
#include "tst_twowayscopes.moc"
