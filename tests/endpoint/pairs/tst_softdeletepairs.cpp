// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>

#include "core/run/sqlscript.h"
#include "tests/endpoint/pairs/pairrows.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

// A mark as each database likes it best.
struct Mark
{
    QString type;
    QJsonValue deleted;
    QString set, clear; // as SQL
};

Mark boolean(Driver driver)
{
    if (driver == Driver::Postgres)
        return {u"boolean DEFAULT false"_s, true, u"true"_s, u"false"_s};
    return {driver == Driver::Mysql ? u"BIT(1) DEFAULT b'0'"_s : u"BOOLEAN DEFAULT 0"_s, true, u"1"_s, u"0"_s};
}

void makeTables(SqlPair &pair, const QString &sourceMark, const QString &targetMark)
{
    pair.source.exec(u"CREATE TABLE docs (id INTEGER PRIMARY KEY, name VARCHAR(40)%1)"_s.arg(sourceMark));
    pair.target.exec(u"CREATE TABLE docs (id INTEGER PRIMARY KEY, name VARCHAR(40)%1)"_s.arg(targetMark));
}

QStringList docs(Side &side, const QString &set = {})
{
    const QString mark = set.isEmpty() ? QString() : u", CASE WHEN gone = %1 THEN 'gone' ELSE 'there' END"_s.arg(set);
    return side.rows(u"SELECT id, name%1 FROM docs ORDER BY id"_s.arg(mark));
}

QString words(const RunReport &report)
{
    if (report.error || report.tables.first().error || report.tables.first().conflicts > 0)
        return shown(report);
    const TableReport &table = report.tables.first();
    return u"> %1 < %2"_s.arg(shown(table.toTarget), shown(table.toSource));
}

QJsonObject softly(const Mark &mark, const QString &side, const QString &mode)
{
    const QJsonObject soft{{u"column"_s, u"gone"_s}, {u"deleted"_s, mark.deleted}, {u"side"_s, side}};
    return {{u"mode"_s, mode},
            {u"tables"_s, QJsonArray{u"docs"_s}},
            {u"deletes"_s, QJsonObject{{u"soft"_s, soft}}},
            {u"guard"_s, QJsonObject{{u"rows"_s, 1000}, {u"percent"_s, 100}}}};
}

const QString nothing = u"> +0 ~0 -0 < +0 ~0 -0"_s;

} // namespace

// Marks instead of deletes, on every ordered pair of the three databases.
class TestSoftDeletePairs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(Side::isAvailable(Driver::Sqlite)); }

    void theTargetIsMarked_data() { addPairs(); }
    void theTargetIsMarked()
    {
        const auto pair = fetchedPair<SqlPair>();
        if (!pair)
            QSKIP("no server");
        const Mark mark = boolean(pair->target.driver());
        makeTables(*pair, {}, u", gone "_s + mark.type);
        for (int id = 1; id <= 4; ++id)
            pair->source.exec(u"INSERT INTO docs VALUES (%1, 'row %1')"_s.arg(id));
        const JobSettings job = pair->job(softly(mark, u"target"_s, u"mirror"_s));
        QCOMPARE(words(pair->run(job)), u"> +4 ~0 -0 < +0 ~0 -0"_s);
        pair->source.exec(u"DELETE FROM docs WHERE id IN (2, 3)"_s);
        QCOMPARE(words(pair->run(job)), u"> +0 ~0 -2 < +0 ~0 -0"_s);
        QCOMPARE(docs(pair->target, mark.set),
                 (QStringList{u"1|row 1|there"_s, u"2|row 2|gone"_s, u"3|row 3|gone"_s, u"4|row 4|there"_s}));
        QCOMPARE(words(pair->run(job)), nothing);
        QCOMPARE(shown(pair->verify(job)), u"completed +0 ~0 -0"_s);
        pair->source.exec(u"INSERT INTO docs VALUES (2, 'back'), (5, 'new')"_s);
        QCOMPARE(words(pair->run(job)), u"> +2 ~0 -0 < +0 ~0 -0"_s);
        QCOMPARE(docs(pair->target, mark.set),
                 (QStringList{u"1|row 1|there"_s, u"2|back|there"_s, u"3|row 3|gone"_s, u"4|row 4|there"_s,
                              u"5|new|there"_s}));
        QCOMPARE(words(pair->run(job)), nothing);
    }

    void theSourceIsRead_data() { addPairs(); }
    void theSourceIsRead()
    {
        const auto pair = fetchedPair<SqlPair>();
        if (!pair)
            QSKIP("no server");
        const Mark mark{u"VARCHAR(10)"_s, u"it's gone"_s, u"'it''s gone'"_s, u"NULL"_s};
        makeTables(*pair, u", gone "_s + mark.type, {});
        pair->source.exec(u"INSERT INTO docs VALUES (1, 'a', NULL), (2, 'b', 'no'), (3, 'c', %1)"_s.arg(mark.set));
        const JobSettings job = pair->job(softly(mark, u"source"_s, u"mirror"_s));
        QCOMPARE(words(pair->run(job)), u"> +2 ~0 -0 < +0 ~0 -0"_s);
        pair->source.exec(u"UPDATE docs SET gone = %1 WHERE id = 1"_s.arg(mark.set));
        QCOMPARE(words(pair->run(job)), u"> +0 ~0 -1 < +0 ~0 -0"_s);
        QCOMPARE(docs(pair->target), (QStringList{u"2|b"_s}));
        QCOMPARE(docs(pair->source).size(), 3);
        QCOMPARE(words(pair->run(job)), nothing);
    }

    void bothWays_data() { addPairs(); }
    void bothWays()
    {
        const auto pair = fetchedPair<SqlPair>();
        if (!pair)
            QSKIP("no server");
        const Mark mark = boolean(pair->source.driver());
        makeTables(*pair, u", gone "_s + mark.type, {});
        for (int id = 1; id <= 4; ++id)
            pair->source.exec(u"INSERT INTO docs (id, name) VALUES (%1, 'row %1')"_s.arg(id));
        const JobSettings job = pair->job(softly(mark, u"source"_s, u"two-way"_s));
        QCOMPARE(words(pair->run(job)), u"> +4 ~0 -0 < +0 ~0 -0"_s);
        pair->target.exec(u"DELETE FROM docs WHERE id = 1"_s);
        pair->source.exec(u"UPDATE docs SET gone = %1 WHERE id = 2"_s.arg(mark.set));
        QCOMPARE(words(pair->run(job)), u"> +0 ~0 -1 < +0 ~0 -1"_s);
        QCOMPARE(docs(pair->source, mark.set),
                 (QStringList{u"1|row 1|gone"_s, u"2|row 2|gone"_s, u"3|row 3|there"_s, u"4|row 4|there"_s}));
        QCOMPARE(docs(pair->target), (QStringList{u"3|row 3"_s, u"4|row 4"_s}));
        QCOMPARE(words(pair->run(job)), nothing);
        pair->target.exec(u"INSERT INTO docs VALUES (1, 'back')"_s);
        QCOMPARE(words(pair->run(job)), u"> +0 ~0 -0 < +1 ~0 -0"_s);
        QCOMPARE(docs(pair->source, mark.set).first(), u"1|back|there"_s);
        QCOMPARE(words(pair->run(job)), nothing);
    }

    // The script of a plan marks and takes over as a run does.
    void aScriptDoesTheSame_data() { addPairs(); }
    void aScriptDoesTheSame()
    {
        const auto pair = fetchedPair<SqlPair>();
        if (!pair)
            QSKIP("no server");
        const Mark mark = boolean(pair->target.driver());
        makeTables(*pair, {}, u", gone "_s + mark.type);
        pair->source.exec(u"INSERT INTO docs VALUES (1, 'it''s back'), (2, 'new')"_s);
        pair->target.exec(u"INSERT INTO docs VALUES (1, 'old', %1), (3, 'left', %2)"_s.arg(mark.set, mark.clear));
        const JobSettings job = pair->job(softly(mark, u"target"_s, u"mirror"_s));
        const QString plan = pair->path(u"plan.db"_s);
        QCOMPARE(words(pair->plan(job, plan)), u"> +2 ~0 -1 < +0 ~0 -0"_s);
        const QString file = pair->path(u"script.sql"_s);
        {
            const auto reader = PlanReader::open(plan);
            QVERIFY(reader.has_value());
            Cancellation cancellation;
            SqlScript script(pair->connector, job, cancellation);
            const auto done = script.write(**reader, file, {});
            QVERIFY2(done.has_value(), done ? "" : qPrintable(done.error().detail));
        }
        QFile sql(file);
        QVERIFY(sql.open(QIODevice::ReadOnly));
        const QStringList lines = QString::fromUtf8(sql.readAll()).split(u'\n');
        for (const QString &line : lines) {
            if (line.startsWith(u"UPDATE"_s) || line.startsWith(u"INSERT"_s) || line.startsWith(u"DELETE"_s))
                pair->target.exec(line);
        }
        QCOMPARE(docs(pair->target, mark.set),
                 (QStringList{u"1|it's back|there"_s, u"2|new|there"_s, u"3|left|gone"_s}));
        QCOMPARE(words(pair->run(job)), nothing);
    }
};

QTEST_GUILESS_MAIN(TestSoftDeletePairs)
#include "tst_softdeletepairs.moc"
