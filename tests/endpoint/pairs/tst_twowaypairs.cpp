// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/twowayrun.h"
#include "tests/endpoint/pairs/pairrows.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

const QString nothing = u"> +0 ~0 -0 < +0 ~0 -0, 0 open"_s;

// What the database makes of every row that is written: the name in capitals, and a version where none is given.
void addTriggers(Side &side)
{
    switch (side.driver()) {
    case Driver::Sqlite:
        for (const QString &event : {u"INSERT"_s, u"UPDATE"_s}) {
            side.exec(
                u"CREATE TRIGGER shout_%1 AFTER %1 ON items WHEN NEW.name <> upper(NEW.name) OR NEW.version IS NULL "
                "BEGIN UPDATE items SET name = upper(NEW.name), version = coalesce(NEW.version, 7) "
                "WHERE id = NEW.id; END"_s.arg(event));
        }
        break;
    case Driver::Postgres:
        side.exec(
            u"CREATE FUNCTION %1.shout() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.name := upper(NEW.name); "
            "NEW.version := coalesce(NEW.version, 7); RETURN NEW; END $$"_s.arg(side.settings.schema));
        side.exec(
            u"CREATE TRIGGER shout BEFORE INSERT OR UPDATE ON items FOR EACH ROW EXECUTE FUNCTION %1.shout()"_s.arg(
                side.settings.schema));
        break;
    default:
        for (const QString &event : {u"INSERT"_s, u"UPDATE"_s}) {
            side.exec(u"CREATE TRIGGER shout_%1 BEFORE %1 ON items FOR EACH ROW SET NEW.name = upper(NEW.name), "
                      "NEW.version = coalesce(NEW.version, 7)"_s.arg(event));
        }
        break;
    }
}

class TwoWayPair : public SqlPair
{
public:
    using SqlPair::SqlPair;

    TwoWaySettings rules;

    QString synced()
    {
        const JobSettings settings = job();
        RunOptions options;
        options.yes = true;
        Cancellation cancellation;
        ProgressBoard progress;
        RunContext context(settings, options, connector, *journal, clock, cancellation, progress);
        context.run = u"run%1"_s.arg(++m_runs);
        context.generation = QUuid::createUuid().toRfc4122();
        const auto tables = TwoWayRun({context, path(u"base.db"_s), path(u"plan%1.db"_s.arg(m_runs)),
                                       [this](const TablePair &) { return rules; }})
                                .run();
        if (!tables)
            return codeName(tables.error().code) + u' ' + tables.error().detail;
        const TwoWayTable &table = tables->first();
        if (table.error)
            return codeName(table.error->code) + u' ' + table.error->detail;
        return u"> %1 < %2, %3 open"_s.arg(shown(table.toTarget.written), shown(table.toSource.written))
            .arg(table.counts.conflicts);
    }

private:
    int m_runs = 0;
};

} // namespace

// Two ways on every ordered pair of the three databases.
class TestTwoWayPairs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bothSidesMayChange_data() { addPairs(u'↔'); }
    void bothSidesMayChange()
    {
        PAIR_OR_SKIP(fetchedItems<TwoWayPair>());
        pair.source.putMany(1, 20);
        pair.target.putMany(1, 20);
        QCOMPARE(pair.synced(), nothing);
        pair.source.exec(u"UPDATE items SET name = 'at source' WHERE id = 1"_s);
        pair.target.exec(u"UPDATE items SET name = 'at target', amount = 0.01 WHERE id = 2"_s);
        pair.source.exec(u"DELETE FROM items WHERE id = 3"_s);
        pair.target.exec(u"DELETE FROM items WHERE id = 4"_s);
        pair.source.put(50, u"乌龙茶"_s, u"6.90"_s);
        pair.target.put(51, u"Zoë"_s, u"-1.00"_s);
        pair.source.exec(u"UPDATE items SET name = 'one' WHERE id = 5"_s);
        pair.target.exec(u"UPDATE items SET name = 'two' WHERE id = 5"_s);
        QCOMPARE(pair.synced(), u"> +1 ~1 -1 < +1 ~1 -1, 1 open"_s);
        QStringList source = pair.source.items();
        QStringList target = pair.target.items();
        QVERIFY(source.removeOne(u"5|one|1"_s));
        QVERIFY(target.removeOne(u"5|two|1"_s));
        QCOMPARE(source, target);
        QCOMPARE(pair.synced(), u"> +0 ~0 -0 < +0 ~0 -0, 1 open"_s);
        pair.rules.rules.conflicts = ConflictPolicy::Target;
        QCOMPARE(pair.synced(), u"> +0 ~0 -0 < +0 ~1 -0, 0 open"_s);
        QCOMPARE(pair.source.items(), pair.target.items());
        QCOMPARE(pair.synced(), nothing);
    }

    void editsOfDifferentCellsMerge_data() { addPairs(u'↔'); }
    void editsOfDifferentCellsMerge()
    {
        PAIR_OR_SKIP(fetchedItems<TwoWayPair>());
        pair.rules.rules.conflicts = ConflictPolicy::Merge;
        pair.source.putMany(1, 3);
        pair.target.putMany(1, 3);
        QCOMPARE(pair.synced(), nothing);
        pair.source.exec(u"UPDATE items SET name = 'named' WHERE id = 1"_s);
        pair.target.exec(u"UPDATE items SET amount = 99.90 WHERE id = 1"_s);
        QCOMPARE(pair.synced(), u"> +0 ~1 -0 < +0 ~1 -0, 0 open"_s);
        for (Side *side : {&pair.source, &pair.target})
            QCOMPARE(side->rows(u"SELECT name, amount FROM items WHERE id = 1"_s).first().section(u'.', 0, 0),
                     u"named|99"_s);
        QCOMPARE(pair.synced(), nothing);
    }

    // What one side's triggers made of a value is no edit of its users, and does not come back.
    void nothingEchoes_data() { addPairs(u'↔'); }
    void nothingEchoes()
    {
        PAIR_OR_SKIP(fetchedItems<TwoWayPair>());
        addTriggers(pair.target);
        pair.source.put(1, u"tea"_s, u"1.00"_s);
        pair.source.exec(u"INSERT INTO items VALUES (2, 'milk', 2, NULL, NULL, 0)"_s);
        pair.target.put(3, u"Salt"_s, u"3.00"_s); // arrives in capitals, as its own side has it
        QCOMPARE(pair.synced(), u"> +2 ~0 -0 < +1 ~0 -0, 0 open"_s);
        QCOMPARE(pair.target.items(), QStringList({u"1|TEA|1"_s, u"2|MILK|7"_s, u"3|SALT|1"_s}));
        QCOMPARE(pair.synced(), nothing);
        QCOMPARE(pair.source.items(), QStringList({u"1|tea|1"_s, u"2|milk|NULL"_s, u"3|SALT|1"_s}));
        // An edit of another cell there is one, and takes along what the side has.
        pair.source.exec(u"UPDATE items SET name = 'green tea' WHERE id = 1"_s);
        QCOMPARE(pair.synced(), u"> +0 ~1 -0 < +0 ~0 -0, 0 open"_s);
        QCOMPARE(pair.synced(), nothing);
        QCOMPARE(pair.target.items().first(), u"1|GREEN TEA|1"_s);
        pair.target.exec(u"DELETE FROM items WHERE id = 2"_s);
        QCOMPARE(pair.synced(), u"> +0 ~0 -0 < +0 ~0 -1, 0 open"_s);
    }

    // Coarser types: what they cut off is no edit either.
    void coarserTypesDoNotEcho_data() { addPairs(u'↔'); }
    void coarserTypesDoNotEcho()
    {
        PAIR_OR_SKIP(fetchedItems<TwoWayPair>());
        const bool lite = pair.source.driver() == Driver::Sqlite;
        pair.source.exec(u"CREATE TABLE marks (id %1 PRIMARY KEY, at %2, weight %3)"_s.arg(
            lite ? u"INTEGER"_s : u"bigint"_s,
            pair.source.driver() == Driver::Mysql ? u"datetime(6)"_s : u"timestamp"_s, u"decimal(12,4)"_s));
        const bool liteTarget = pair.target.driver() == Driver::Sqlite;
        pair.target.exec(u"CREATE TABLE marks (id %1 PRIMARY KEY, at %2, weight %3)"_s.arg(
            liteTarget ? u"INTEGER"_s : u"bigint"_s,
            pair.target.driver() == Driver::Mysql          ? u"datetime(0)"_s
                : pair.target.driver() == Driver::Postgres ? u"timestamp(0)"_s
                                                           : u"timestamp"_s,
            liteTarget ? u"decimal(12,4)"_s : u"decimal(12,2)"_s));
        pair.source.exec(u"INSERT INTO marks VALUES (1, '2024-02-29 13:00:00.999999', 1.2399)"_s);
        JobSettings settings = pair.job({{u"tables"_s, QJsonArray{u"marks"_s}}});
        const auto sync = [&]() -> QString {
            RunOptions options;
            options.yes = true;
            Cancellation cancellation;
            ProgressBoard progress;
            RunContext context(settings, options, pair.connector, *pair.journal, pair.clock, cancellation, progress);
            context.run = u"marks%1"_s.arg(++m_runs);
            context.generation = QUuid::createUuid().toRfc4122();
            const auto tables =
                TwoWayRun({context, pair.path(u"marks.db"_s), pair.path(u"marksplan%1.db"_s.arg(m_runs)),
                           [](const TablePair &) { return TwoWaySettings(); }})
                    .run();
            if (!tables || tables->first().error)
                return u"failed"_s;
            return shown(tables->first().toTarget.written) + u" / " + shown(tables->first().toSource.written);
        };
        QCOMPARE(sync(), u"+1 ~0 -0 / +0 ~0 -0"_s);
        QCOMPARE(sync(), u"+0 ~0 -0 / +0 ~0 -0"_s);
        QCOMPARE(pair.source.rows(u"SELECT weight FROM marks"_s), QStringList(u"1.2399"_s));
    }

private:
    int m_runs = 0;
};

QTEST_GUILESS_MAIN(TestTwoWayPairs)
#include "tst_twowaypairs.moc"
