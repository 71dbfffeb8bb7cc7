// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/endpoint/pairs/sqlpair.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(tidemark::Driver)

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
    void rowsOutsideAreNobodys_data()
    {
        QTest::addColumn<Driver>("from");
        QTest::addColumn<Driver>("to");
        QTest::newRow("sqlite ↔ postgres") << Driver::Sqlite << Driver::Postgres;
        QTest::newRow("postgres ↔ mysql") << Driver::Postgres << Driver::Mysql;
        QTest::newRow("mysql ↔ sqlite") << Driver::Mysql << Driver::Sqlite;
        QTest::newRow("sqlite ↔ sqlite") << Driver::Sqlite << Driver::Sqlite;
    }
    void rowsOutsideAreNobodys()
    {
        QFETCH(Driver, from);
        QFETCH(Driver, to);
        if (!Side::isAvailable(from) || !Side::isAvailable(to))
            QSKIP("no server");
        SqlPair pair(from, to);
        for (Side *side : {&pair.source, &pair.target}) {
            side->exec(u"CREATE TABLE docs (id INTEGER PRIMARY KEY, name VARCHAR(40), kind VARCHAR(10))"_s);
            side->exec(u"INSERT INTO docs VALUES (1, 'a', 'in'), (2, 'b', 'in'), (3, 'c', 'in'), (4, 'd', 'in')"_s);
        }
        pair.source.exec(u"INSERT INTO docs VALUES (5, 'mine', 'in'), (6, 'mine', 'out')"_s);
        pair.target.exec(u"INSERT INTO docs VALUES (5, 'theirs', 'out'), (7, 'theirs', 'in')"_s);
        const QString where = u"kind = 'in' -- the job's"_s;
        const QJsonObject both{{u"source"_s, where}, {u"target"_s, where}};
        const JobSettings job =
            pair.job({{u"mode"_s, u"two-way"_s},
                      {u"guard"_s, QJsonObject{{u"rows"_s, 1000}, {u"percent"_s, 100}}},
                      {u"tables"_s, QJsonArray{QJsonObject{{u"source"_s, u"docs"_s}, {u"where"_s, both}}}}});
        QCOMPARE(words(pair.run(job)), u"> +0 ~0 -0 < +1 ~0 -0"_s);
        pair.source.exec(u"UPDATE docs SET kind = 'out' WHERE id = 1"_s);
        pair.target.exec(u"DELETE FROM docs WHERE id = 2"_s);
        pair.target.exec(u"UPDATE docs SET name = 'C' WHERE id = 3"_s);
        QCOMPARE(words(pair.run(job)), u"> +0 ~0 -0 < +0 ~1 -1"_s);
        QCOMPARE(
            docs(pair.source),
            (QStringList{u"1|a|out"_s, u"3|C|in"_s, u"4|d|in"_s, u"5|mine|in"_s, u"6|mine|out"_s, u"7|theirs|in"_s}));
        QCOMPARE(docs(pair.target),
                 (QStringList{u"1|a|in"_s, u"3|C|in"_s, u"4|d|in"_s, u"5|theirs|out"_s, u"7|theirs|in"_s}));
        QCOMPARE(words(pair.run(job)), nothing);
        QCOMPARE(shown(pair.verify(job)), u"completed +0 ~0 -0"_s);
    }
};

QTEST_GUILESS_MAIN(TestFilteredTwoWay)
#include "tst_filteredtwoway.moc"
