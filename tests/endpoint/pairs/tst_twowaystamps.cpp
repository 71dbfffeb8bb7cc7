// SPDX-License-Identifier: GPL-3.0-or-later
// Two ways by columns that each side stamps its rows with, on real engines.
#include "tests/endpoint/pairs/logruns.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

const QString quiet = u"completed +0 ~0 -0"_s;

void addPairs()
{
    QTest::addColumn<Driver>("from");
    QTest::addColumn<Driver>("to");
    const std::pair<const char *, Driver> drivers[]{
        {"sqlite", Driver::Sqlite}, {"postgres", Driver::Postgres}, {"mysql", Driver::Mysql}};
    for (const auto &[fromName, from] : drivers) {
        for (const auto &[toName, to] : drivers)
            QTest::addRow("%s ↔ %s", fromName, toName) << from << to;
    }
}

JobSettings stamped(SqlPair &pair, const QJsonObject &detect)
{
    return pair.job({{u"mode"_s, u"two-way"_s},
                     {u"detect"_s, detect},
                     {u"guard"_s, QJsonObject{{u"rows"_s, 1000}, {u"percent"_s, 100}}}});
}

qint64 looked(const RunReport &report) { return report.tables.first().rowsRead; }

} // namespace

#define ITEMS(name)                                                                                                    \
    QFETCH(Driver, from);                                                                                              \
    QFETCH(Driver, to);                                                                                                \
    if (!areThere(from, to))                                                                                           \
        QSKIP("no such server");                                                                                       \
    SqlPair name(from, to);                                                                                            \
    name.source.createItems();                                                                                         \
    name.target.createItems();                                                                                         \
    name.source.putMany(1, 40)

class TestTwoWayStamps : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void byVersion_data() { addPairs(); }
    void byVersion();
    void byTimestamp_data() { addPairs(); }
    void byTimestamp();
};

void TestTwoWayStamps::byVersion()
{
    ITEMS(pair);
    pair.source.exec(u"UPDATE items SET version = id"_s);
    const JobSettings job = stamped(pair, {{u"by"_s, u"version"_s}, {u"column"_s, u"version"_s}, {u"overlap"_s, 0}});
    QCOMPARE(shown(pair.run(job)), u"completed +40 ~0 -0"_s);
    QCOMPARE(shown(pair.run(job)), quiet); // looks at what the first one wrote
    RunReport report = pair.run(job);
    QCOMPARE(shown(report), quiet);
    QVERIFY(looked(report) < 10);
    pair.source.exec(u"UPDATE items SET name = 'source', version = 41 WHERE id = 1"_s);
    pair.target.exec(u"UPDATE items SET name = 'target', version = 41 WHERE id = 2"_s);
    pair.target.exec(u"INSERT INTO items (id, name, version) VALUES (50, 'new', 42)"_s);
    pair.source.exec(u"DELETE FROM items WHERE id = 3"_s);
    pair.target.exec(u"DELETE FROM items WHERE id = 4"_s);
    pair.target.exec(u"UPDATE items SET name = 'not stamped' WHERE id = 5"_s);
    report = pair.run(job);
    QCOMPARE(shown(report), u"completed +1 ~2 -2"_s);
    QVERIFY(looked(report) < 20);
    QVERIFY(report.tables.first().deletesChecked);
    QCOMPARE(pair.source.rows(u"SELECT name FROM items WHERE id = 5"_s), QStringList{u"name 5"_s});
    QCOMPARE(shown(pair.run(job)), quiet);
    // Looked at whole, the row that nobody stamped is an edit of the target's.
    RunOptions full;
    full.full = true;
    QCOMPARE(shown(pair.run(job, full)), u"completed +0 ~1 -0"_s);
    QCOMPARE(pair.source.items(), pair.target.items());
}

void TestTwoWayStamps::byTimestamp()
{
    ITEMS(pair);
    const JobSettings job =
        stamped(pair, {{u"by"_s, u"timestamp"_s}, {u"column"_s, u"changed"_s}, {u"lag"_s, u"0s"_s}});
    pair.source.exec(u"UPDATE items SET changed = '2024-01-02 00:00:00' WHERE id > 35"_s);
    QCOMPARE(shown(pair.run(job)), u"completed +40 ~0 -0"_s);
    QCOMPARE(shown(pair.run(job)), quiet);
    pair.source.exec(u"UPDATE items SET name = 'source', changed = '2024-01-03 00:00:00' WHERE id = 1"_s);
    pair.target.exec(u"UPDATE items SET name = 'target', changed = '2024-01-03 00:00:00' WHERE id = 2"_s);
    pair.source.exec(u"UPDATE items SET name = 'one', changed = '2024-01-03 00:00:00' WHERE id = 3"_s);
    pair.target.exec(u"UPDATE items SET name = 'two', changed = '2024-01-03 00:00:00' WHERE id = 3"_s);
    const RunReport report = pair.run(job);
    QCOMPARE(shown(report), u"needs-attention +0 ~2 -0"_s);
    QVERIFY(looked(report) < 30);
    QCOMPARE(pair.target.rows(u"SELECT name FROM items WHERE id = 1"_s), QStringList{u"source"_s});
    QCOMPARE(pair.source.rows(u"SELECT name FROM items WHERE id = 2"_s), QStringList{u"target"_s});
    pair.source.exec(u"UPDATE items SET name = 'two' WHERE id = 3"_s); // not stamped: an open conflict is looked at
    QCOMPARE(shown(pair.run(job)), quiet);
}

QTEST_GUILESS_MAIN(TestTwoWayStamps)
#include "tst_twowaystamps.moc"
