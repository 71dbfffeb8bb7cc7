// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/endpoint/pairs/logruns.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

const QString nothing = u"> +0 ~0 -0 < +0 ~0 -0"_s;

QString words(const RunReport &report)
{
    if (report.error || report.tables.first().error || report.tables.first().conflicts > 0)
        return shown(report);
    const TableReport &table = report.tables.first();
    return u"> %1 < %2"_s.arg(shown(table.toTarget), shown(table.toSource));
}

QStringList docs(Side &side) { return side.rows(u"SELECT id, name, kind FROM docs ORDER BY id"_s); }

} // namespace

// Filters at both sides of two-way jobs, on real databases.
class TestFilteredTwoWay : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rowsOutsideAreNobodys_data() { addPairs(); }
    void rowsOutsideAreNobodys();
    void aRowThatComesBackIsAskedAbout_data() { addPairs(); }
    void aRowThatComesBackIsAskedAbout();

private:
    static void addPairs()
    {
        QTest::addColumn<Driver>("from");
        QTest::addColumn<Driver>("to");
        QTest::addColumn<QString>("by");
        for (const QString &by : {u"hash"_s, u"log"_s}) {
            const auto row = [&by](const char *name, Driver from, Driver to) {
                QTest::addRow("%s, by %s", name, qPrintable(by)) << from << to << by;
            };
            row("sqlite ↔ postgres", Driver::Sqlite, Driver::Postgres);
            row("postgres ↔ mysql", Driver::Postgres, Driver::Mysql);
            row("mysql ↔ sqlite", Driver::Mysql, Driver::Sqlite);
            row("sqlite ↔ sqlite", Driver::Sqlite, Driver::Sqlite);
        }
    }
    static JobSettings filtered(SqlPair &pair, const QString &by)
    {
        const QString where = u"kind = 'in' -- the job's"_s;
        const QJsonObject both{{u"source"_s, where}, {u"target"_s, where}};
        return pair.job({{u"mode"_s, u"two-way"_s},
                         {u"detect"_s, QJsonObject{{u"by"_s, by}}},
                         {u"guard"_s, QJsonObject{{u"rows"_s, 1000}, {u"percent"_s, 100}}},
                         {u"tables"_s, QJsonArray{QJsonObject{{u"source"_s, u"docs"_s}, {u"where"_s, both}}}}});
    }
    static void create(Side &side)
    {
        side.exec(u"CREATE TABLE docs (id INTEGER PRIMARY KEY, name VARCHAR(40), kind VARCHAR(10))"_s);
        side.exec(u"INSERT INTO docs VALUES (1, 'a', 'in'), (2, 'b', 'in'), (3, 'c', 'in'), (4, 'd', 'in')"_s);
    }
};

#define FILTERED(pair)                                                                                                 \
    QFETCH(Driver, from);                                                                                              \
    QFETCH(Driver, to);                                                                                                \
    QFETCH(QString, by);                                                                                               \
    if (!areThere(from, to))                                                                                           \
        QSKIP("no server");                                                                                            \
    SqlPair pair(from, to);                                                                                            \
    create(pair.source);                                                                                               \
    create(pair.target);                                                                                               \
    const JobSettings job = filtered(pair, by);                                                                        \
    const bool isLogged = by == u"log"_s;                                                                              \
    isLogged ? installLogs(pair, job) : void()

void TestFilteredTwoWay::rowsOutsideAreNobodys()
{
    FILTERED(pair);
    pair.source.exec(u"INSERT INTO docs VALUES (5, 'mine', 'in'), (6, 'mine', 'out')"_s);
    pair.target.exec(u"INSERT INTO docs VALUES (5, 'theirs', 'out'), (7, 'theirs', 'in')"_s);
    QCOMPARE(words(pair.run(job)), u"> +0 ~0 -0 < +1 ~0 -0"_s);
    QCOMPARE(words(pair.run(job)), nothing);
    pair.source.exec(u"UPDATE docs SET kind = 'out' WHERE id = 1"_s);
    pair.target.exec(u"DELETE FROM docs WHERE id = 2"_s);
    pair.target.exec(u"UPDATE docs SET name = 'C' WHERE id = 3"_s);
    const RunReport report = pair.run(job);
    QCOMPARE(words(report), u"> +0 ~0 -0 < +0 ~1 -1"_s);
    QCOMPARE(report.tables.first().identical.has_value(), !isLogged);
    QCOMPARE(docs(pair.source),
             (QStringList{u"1|a|out"_s, u"3|C|in"_s, u"4|d|in"_s, u"5|mine|in"_s, u"6|mine|out"_s, u"7|theirs|in"_s}));
    QCOMPARE(docs(pair.target),
             (QStringList{u"1|a|in"_s, u"3|C|in"_s, u"4|d|in"_s, u"5|theirs|out"_s, u"7|theirs|in"_s}));
    QCOMPARE(words(pair.run(job)), nothing);
    QCOMPARE(shown(pair.verify(job)), u"completed +0 ~0 -0"_s);
}

// What the base knew of a row is forgotten when it leaves one side's filter, however the changes are found.
void TestFilteredTwoWay::aRowThatComesBackIsAskedAbout()
{
    FILTERED(pair);
    QCOMPARE(words(pair.run(job)), nothing);
    QCOMPARE(words(pair.run(job)), nothing);
    pair.source.exec(u"UPDATE docs SET kind = 'out' WHERE id = 1"_s);
    pair.target.exec(u"UPDATE docs SET kind = 'out' WHERE id = 2"_s);
    QCOMPARE(words(pair.run(job)), nothing);
    pair.source.exec(u"UPDATE docs SET kind = 'in', name = 'A' WHERE id = 1"_s);
    pair.target.exec(u"UPDATE docs SET kind = 'in', name = 'B' WHERE id = 2"_s);
    const RunReport report = pair.run(job);
    QCOMPARE(shown(report), u"needs-attention +0 ~0 -0"_s);
    QCOMPARE(report.tables.first().conflicts, 2);
    QCOMPARE(docs(pair.source).mid(0, 2), (QStringList{u"1|A|in"_s, u"2|b|in"_s}));
    QCOMPARE(docs(pair.target).mid(0, 2), (QStringList{u"1|a|in"_s, u"2|B|in"_s}));
}

QTEST_GUILESS_MAIN(TestFilteredTwoWay)
#include "tst_filteredtwoway.moc"
