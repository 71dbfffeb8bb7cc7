// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/endpoint/pairs/pairrows.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

// One-way policies on every ordered pair of the three databases.
class TestOneWayPairs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void newestAsks_data() { addPairs(); }
    void newestAsks()
    {
        PAIR_OR_SKIP(fetchedPair<SqlPair>());
        for (Side *side : {&pair.source, &pair.target}) {
            const QString type = side->driver() == Driver::Postgres ? u"timestamp(6)"_s : u"datetime(6)"_s;
            side->exec(u"CREATE TABLE items (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(20), at %1)"_s.arg(
                side->driver() == Driver::Sqlite ? u"datetime"_s : type));
        }
        pair.source.exec(u"INSERT INTO items VALUES (1, 'a', '2026-01-01 10:00:00'), (2, 'a', '2026-01-01 10:00:00'), "
                         "(3, 'a', '2026-01-01 10:00:00'), (4, 'a', '2026-01-01 10:00:00')"_s);
        pair.target.exec(u"INSERT INTO items VALUES (1, 'b', '2026-01-01 09:00:00'), (2, 'b', '2026-01-01 11:00:00'), "
                         "(3, 'b', '2026-01-01 10:00:00.5')"_s);
        const JobSettings job =
            pair.job({{u"mode"_s, u"update"_s},
                      {u"detect"_s, QJsonObject{{u"by"_s, u"timestamp"_s}, {u"column"_s, u"at"_s}}},
                      {u"conflicts"_s,
                       QJsonObject{{u"policy"_s, u"newest"_s}, {u"column"_s, u"at"_s}, {u"margin"_s, u"1s"_s}}}});
        RunReport report = pair.run(job);
        QCOMPARE(shown(report), u"needs-attention +1 ~1 -0"_s);
        QCOMPARE(report.tables.first().conflicts, 1);
        QCOMPARE(report.tables.first().skipped, 1);
        QCOMPARE(names(pair.target), u"abba"_s);
        // Below the watermark by now, and answered all the same.
        QCOMPARE(shown(pair.run(job)), u"needs-attention +0 ~0 -0"_s);
        ConflictFilter open;
        open.states = {ConflictState::Open};
        const QList<Conflict> found = pair.journal->conflicts(job.id, open).value();
        QCOMPARE(found.size(), 1);
        QCOMPARE(found.first().kind, ConflictKind::Differs);
        Cancellation cancellation;
        ProgressBoard progress;
        report = Runner(pair.connector, *pair.journal, pair.clock)
                     .resolve(job, {{found.first().id, ConflictAnswer::Source, {}, {}}}, u"me"_s, {}, cancellation,
                              progress);
        QCOMPARE(shown(report), u"completed +0 ~1 -0"_s);
        QCOMPARE(names(pair.target), u"abaa"_s);
        QCOMPARE(shown(pair.run(job)), u"completed +0 ~0 -0"_s);
        QCOMPARE(pair.journal->retries(job.id, u"items → items"_s).value().size(), 0);
        QCOMPARE(pair.verify(job).totals().updates, 1);
    }

    // A time that nobody can read is no NULL, which would lose.
    void whatCannotBeReadIsNotOlder()
    {
        SqlPair pair(Driver::Sqlite, Driver::Sqlite);
        for (Side *side : {&pair.source, &pair.target})
            side->exec(u"CREATE TABLE items (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(20), at datetime)"_s);
        pair.source.exec(
            u"INSERT INTO items VALUES (1, 'a', '2026-01-01 10:00:00'), (2, 'a', '2026-01-01 10:00:00')"_s);
        pair.target.exec(u"INSERT INTO items VALUES (1, 'b', 'one day'), (2, 'b', NULL)"_s);
        const JobSettings job =
            pair.job({{u"mode"_s, u"update"_s},
                      {u"conflicts"_s, QJsonObject{{u"policy"_s, u"newest"_s}, {u"column"_s, u"at"_s}}}});
        const RunReport report = pair.run(job);
        QVERIFY2(shown(report) == u"needs-attention +0 ~1 -0"_s, qPrintable(shown(report)));
        QCOMPARE(names(pair.target), u"ba"_s);
    }

private:
    static QString names(Side &side) { return side.rows(u"SELECT name FROM items ORDER BY id"_s).join(QString()); }
};

QTEST_GUILESS_MAIN(TestOneWayPairs)
#include "tst_onewaypairs.moc"
