// SPDX-License-Identifier: GPL-3.0-or-later
// Tables joined by foreign keys, unique values that change places and keys that change, in two-way jobs on real
// engines.
#include "tests/endpoint/pairs/grouppair.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

const QString quiet = u"completed +0 ~0 -0"_s;

} // namespace

#define GROUP(name)                                                                                                    \
    QFETCH(Driver, from);                                                                                              \
    QFETCH(Driver, to);                                                                                                \
    if (!areThere(from, to))                                                                                           \
        QSKIP("no such server");                                                                                       \
    Group name(from, to);                                                                                              \
    QCOMPARE(name.synced(), u"completed +12 ~0 -0"_s);                                                                 \
    QCOMPARE(name.synced(), quiet)

class TestTwoWayGroups : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void parentsBeforeChildren_data() { addLogPairs(); }
    void parentsBeforeChildren();
    void childrenAreDeletedFirst_data() { addLogPairs(); }
    void childrenAreDeletedFirst();
    void uniqueValuesChangePlaces_data() { addLogPairs(); }
    void uniqueValuesChangePlaces();
    void circlesOfOneTable_data() { addLogPairs(); }
    void circlesOfOneTable();
    void circlesOfTwoTables_data();
    void circlesOfTwoTables();
    void keysThatChange_data() { addLogPairs(); }
    void keysThatChange();
    void aParentDeletedHereAndUsedThere_data() { addLogPairs(); }
    void aParentDeletedHereAndUsedThere();
};

void TestTwoWayGroups::parentsBeforeChildren()
{
    GROUP(pair);
    pair.source.exec(u"INSERT INTO customers VALUES (10, 'c10', NULL)"_s);
    pair.source.exec(u"INSERT INTO orders VALUES (10, 10, 'o10')"_s);
    pair.source.exec(u"INSERT INTO parts VALUES (10, 1, 1)"_s);
    pair.target.exec(u"INSERT INTO customers VALUES (20, 'c20', 1)"_s);
    pair.target.exec(u"INSERT INTO orders VALUES (20, 20, 'o20')"_s);
    pair.target.exec(u"INSERT INTO parts VALUES (20, 1, 1)"_s);
    pair.target.exec(u"INSERT INTO parts VALUES (1, 2, 7)"_s);
    QCOMPARE(pair.synced(), u"completed +7 ~0 -0"_s);
    QCOMPARE(Group::all(pair.source), Group::all(pair.target));
    QCOMPARE(pair.synced(), quiet);
}

void TestTwoWayGroups::childrenAreDeletedFirst()
{
    GROUP(pair);
    for (const QString &table : {u"parts WHERE orderid = 1"_s, u"orders WHERE id = 1"_s, u"customers WHERE id = 1"_s})
        pair.source.exec(u"DELETE FROM "_s + table);
    for (const QString &table : {u"parts WHERE orderid = 2"_s, u"orders WHERE id = 2"_s, u"customers WHERE id = 2"_s})
        pair.target.exec(u"DELETE FROM "_s + table);
    QCOMPARE(pair.synced(), u"completed +0 ~0 -6"_s);
    QCOMPARE(Group::all(pair.source), Group::all(pair.target));
    QCOMPARE(Group::all(pair.source).size(), 6);
    QCOMPARE(pair.synced(), quiet);
}

void TestTwoWayGroups::uniqueValuesChangePlaces()
{
    GROUP(pair);
    const auto swap = [](Side &side, int one, int other) {
        side.exec(u"UPDATE customers SET email = 'x' WHERE id = %1"_s.arg(one));
        side.exec(u"UPDATE customers SET email = 'c%2' WHERE id = %1"_s.arg(other).arg(one));
        side.exec(u"UPDATE customers SET email = 'c%2' WHERE id = %1"_s.arg(one).arg(other));
    };
    swap(pair.source, 1, 2);
    swap(pair.target, 3, 4);
    QCOMPARE(pair.synced(), u"completed +0 ~4 -0"_s);
    QCOMPARE(Group::all(pair.source), Group::all(pair.target));
    QCOMPARE(pair.source.rows(u"SELECT email FROM customers ORDER BY id"_s),
             QStringList({u"c2"_s, u"c1"_s, u"c4"_s, u"c3"_s}));
    QCOMPARE(pair.synced(), quiet);
}

void TestTwoWayGroups::circlesOfOneTable()
{
    GROUP(pair);
    pair.source.exec(u"INSERT INTO customers VALUES (30, 'c30', NULL)"_s);
    pair.source.exec(u"INSERT INTO customers VALUES (31, 'c31', 30)"_s);
    pair.source.exec(u"UPDATE customers SET boss = 31 WHERE id = 30"_s);
    pair.target.exec(u"INSERT INTO customers VALUES (40, 'c40', NULL)"_s);
    pair.target.exec(u"INSERT INTO customers VALUES (39, 'c39', 40)"_s);
    pair.target.exec(u"UPDATE customers SET boss = 39 WHERE id = 40"_s);
    QVERIFY(pair.synced().startsWith(u"completed +4 "_s)); // and updates: each circle is closed in a second pass
    QCOMPARE(Group::all(pair.source), Group::all(pair.target));
    QCOMPARE(pair.synced(), quiet);
}

// A changed key is a delete and an insert; its unique value goes with it.
void TestTwoWayGroups::circlesOfTwoTables_data()
{
    QTest::addColumn<QString>("scope");
    for (const QString &scope : {u"batch"_s, u"table"_s, u"run"_s})
        QTest::newRow(qPrintable(scope)) << scope;
}

// Rows of either table that wait for one of the other, at an engine that looks at each statement.
void TestTwoWayGroups::circlesOfTwoTables()
{
    QFETCH(QString, scope);
    if (!areThere(Driver::Sqlite, Driver::Mysql))
        QSKIP("no such server");
    SqlPair pair(Driver::Sqlite, Driver::Mysql);
    for (Side *side : {&pair.source, &pair.target}) {
        side->exec(u"CREATE TABLE heads (id bigint NOT NULL PRIMARY KEY, dept bigint)"_s);
        side->exec(u"CREATE TABLE depts (id bigint NOT NULL PRIMARY KEY, head bigint)"_s);
    }
    pair.target.exec(u"ALTER TABLE heads ADD FOREIGN KEY (dept) REFERENCES depts (id)"_s);
    pair.target.exec(u"ALTER TABLE depts ADD FOREIGN KEY (head) REFERENCES heads (id)"_s);
    pair.source.exec(u"INSERT INTO heads VALUES (1, 1), (2, 2), (3, 1)"_s);
    pair.source.exec(u"INSERT INTO depts VALUES (1, 2), (2, 1), (3, NULL)"_s);
    const JobSettings job = pair.job({{u"mode"_s, u"two-way"_s},
                                      {u"transaction"_s, scope},
                                      {u"onBadRow"_s, u"skip"_s},
                                      {u"tables"_s, QJsonArray{u"heads"_s, u"depts"_s}}});
    const QString first = shown(pair.run(job));
    QVERIFY2(first.startsWith(u"completed +6 "_s), qPrintable(first));
    for (const QString &query : {u"SELECT * FROM heads ORDER BY id"_s, u"SELECT * FROM depts ORDER BY id"_s})
        QCOMPARE(pair.target.rows(query), pair.source.rows(query));
    QCOMPARE(shown(pair.run(job)), quiet);
    // One that refers to nothing is told of, not lost.
    pair.source.exec(u"INSERT INTO heads VALUES (4, 99)"_s);
    const RunReport report = pair.run(job);
    QVERIFY2(shown(report) == u"needs-attention +0 ~0 -0"_s, qPrintable(shown(report)));
    QCOMPARE(report.tables.first().quarantined, 1);
}

void TestTwoWayGroups::keysThatChange()
{
    GROUP(pair);
    pair.source.exec(u"INSERT INTO customers VALUES (50, 'c50', NULL)"_s);
    pair.target.exec(u"INSERT INTO customers VALUES (60, 'c60', NULL)"_s);
    QCOMPARE(pair.synced(), u"completed +2 ~0 -0"_s);
    pair.source.exec(u"UPDATE customers SET id = 51 WHERE id = 50"_s);
    pair.target.exec(u"UPDATE customers SET id = 61 WHERE id = 60"_s);
    QCOMPARE(pair.synced(), u"completed +2 ~0 -2"_s);
    QCOMPARE(Group::all(pair.source), Group::all(pair.target));
    QCOMPARE(pair.synced(), quiet);
}

// The delete is refused by what the other side hung on it meanwhile: it is set aside, told, and nothing is lost.
void TestTwoWayGroups::aParentDeletedHereAndUsedThere()
{
    GROUP(pair);
    pair.source.exec(u"INSERT INTO customers VALUES (70, 'c70', NULL)"_s);
    QCOMPARE(pair.synced(), u"completed +1 ~0 -0"_s);
    pair.source.exec(u"DELETE FROM customers WHERE id = 70"_s);
    pair.target.exec(u"INSERT INTO orders VALUES (70, 70, 'late')"_s);
    const RunReport report = pair.run(pair.twoWay());
    QVERIFY2(report.state == RunState::NeedsAttention, qPrintable(shown(report)));
    QCOMPARE(report.exitCode(), 1);
    QCOMPARE(pair.target.rows(u"SELECT id FROM customers WHERE id = 70"_s), QStringList{u"70"_s});
    QCOMPARE(pair.target.rows(u"SELECT id FROM orders WHERE id = 70"_s), QStringList{u"70"_s});
    // Once the order is gone, too, the delete goes through.
    pair.target.exec(u"DELETE FROM orders WHERE id = 70"_s);
    QCOMPARE(pair.run(pair.twoWay()).state, RunState::Completed);
    QCOMPARE(Group::all(pair.source), Group::all(pair.target));
    QCOMPARE(pair.synced(), quiet);
}

QTEST_GUILESS_MAIN(TestTwoWayGroups)
#include "tst_twowaygroups.moc"
