// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/endpoint/pairs/pairrows.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

// The engine on every ordered pair of the three databases.
class TestRealPairs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void mirrorWritesExactlyWhatDiffers_data() { addPairs(); }
    void mirrorWritesExactlyWhatDiffers()
    {
        PAIR_OR_SKIP(fetchedItems<SqlPair>());
        pair.source.putMany(1, 30);
        pair.target.putMany(1, 28);
        pair.target.exec(u"UPDATE items SET name = 'other' WHERE id = 7"_s);
        pair.target.exec(u"UPDATE items SET name = NULL WHERE id = 8"_s);
        pair.target.putMany(100, 2);
        const JobSettings job = pair.job();
        QCOMPARE(shown(pair.plan(job, pair.path(u"plan.db"_s))), u"planned +2 ~2 -2"_s);
        RunReport report = pair.run(job);
        QCOMPARE(shown(report), u"completed +2 ~2 -2"_s);
        QCOMPARE(report.tables.first().identical, std::optional<qint64>(26));
        QCOMPARE(pair.target.items(), pair.source.items());
        report = pair.run(job);
        QCOMPARE(shown(report), u"completed +0 ~0 -0"_s);
        QCOMPARE(report.tables.first().identical, std::optional<qint64>(30));
        QCOMPARE(shown(pair.verify(job)), u"completed +0 ~0 -0"_s);
    }

    void updateNeverDeletes_data() { addPairs(); }
    void updateNeverDeletes()
    {
        PAIR_OR_SKIP(fetchedItems<SqlPair>());
        pair.source.putMany(1, 3);
        pair.target.putMany(3, 3);
        const RunReport report = pair.run(pair.job({{u"mode"_s, u"update"_s}}));
        QCOMPARE(shown(report), u"completed +2 ~0 -0"_s);
        QCOMPARE(pair.target.items().size(), 5);
    }

    void transactionScopes_data() { addPairs(); }
    void transactionScopes()
    {
        PAIR_OR_SKIP(fetchedItems<SqlPair>());
        pair.source.putMany(1, 20);
        for (const QString &scope : {u"batch"_s, u"table"_s, u"run"_s}) {
            pair.target.exec(u"DELETE FROM items"_s);
            const JobSettings job = pair.job({{u"transaction"_s, scope}, {u"batch"_s, QJsonObject{{u"rows"_s, 7}}}});
            QCOMPARE(shown(pair.run(job)), u"completed +20 ~0 -0"_s);
            QCOMPARE(pair.target.items(), pair.source.items());
        }
    }

    void timestampsCostWhatChanged_data() { addPairs(); }
    void timestampsCostWhatChanged()
    {
        PAIR_OR_SKIP(fetchedItems<SqlPair>());
        pair.source.putMany(1, 10);
        const JobSettings job =
            pair.job({{u"mode"_s, u"update"_s},
                      {u"detect"_s, QJsonObject{{u"by"_s, u"timestamp"_s}, {u"column"_s, u"changed"_s}}}});
        QCOMPARE(shown(pair.run(job)), u"completed +10 ~0 -0"_s);
        pair.source.exec(u"UPDATE items SET name = 'unstamped' WHERE id = 2"_s);
        pair.source.exec(u"UPDATE items SET name = 'newer', changed = '2024-01-02 10:00:00.123456' WHERE id = 3"_s);
        RunReport report = pair.run(job);
        QVERIFY2(!report.tables.first().identical, "an incremental read compares no more than it reads");
        // All ten rows share the watermark's stamp, so that they are read again and the unstamped edit is seen with
        // them.
        QCOMPARE(shown(report), u"completed +0 ~2 -0"_s);
        report = pair.run(job);
        QCOMPARE(shown(report), u"completed +0 ~0 -0"_s);
        QCOMPARE(report.tables.first().rowsRead, 1);
        pair.source.exec(u"UPDATE items SET name = 'below' WHERE id = 4"_s);
        QCOMPARE(shown(pair.run(job)), u"completed +0 ~0 -0"_s);
        RunOptions full;
        full.full = true;
        QCOMPARE(shown(pair.run(job, full)), u"completed +0 ~1 -0"_s);
    }

    void cursorDetectionFindsDeletesByKeys_data() { addPairs(); }
    void cursorDetectionFindsDeletesByKeys()
    {
        PAIR_OR_SKIP(fetchedItems<SqlPair>());
        pair.source.putMany(1, 30);
        const JobSettings job =
            pair.job({{u"detect"_s, QJsonObject{{u"by"_s, u"version"_s}, {u"column"_s, u"version"_s}}}});
        QCOMPARE(shown(pair.run(job)), u"completed +30 ~0 -0"_s);
        pair.source.exec(u"DELETE FROM items WHERE id = 5"_s);
        pair.source.exec(u"UPDATE items SET name = 'v2', version = 2 WHERE id = 6"_s);
        pair.target.exec(u"DELETE FROM items WHERE id = 9"_s);
        const RunReport report = pair.run(job);
        QCOMPARE(shown(report), u"completed +1 ~1 -1"_s);
        QVERIFY(report.tables.first().deletesChecked);
        QCOMPARE(pair.target.items(), pair.source.items());
    }

    void rowVersions_data() { addPairs(); }
    void rowVersions()
    {
        PAIR_OR_SKIP(fetchedItems<SqlPair>());
        pair.source.putMany(1, 20);
        const JobSettings job = pair.job(
            {{u"detect"_s, QJsonObject{{u"by"_s, u"version"_s}, {u"column"_s, u"version"_s}, {u"scope"_s, u"row"_s}}}});
        QCOMPARE(shown(pair.run(job)), u"completed +20 ~0 -0"_s);
        pair.source.exec(u"UPDATE items SET name = 'v2', version = version + 1 WHERE id = 4"_s);
        pair.source.exec(u"DELETE FROM items WHERE id = 5"_s);
        QCOMPARE(shown(pair.run(job)), u"completed +0 ~1 -1"_s);
        QCOMPARE(pair.target.items(), pair.source.items());
    }

    void flags_data() { addPairs(); }
    void flags()
    {
        PAIR_OR_SKIP(fetchedItems<SqlPair>());
        pair.source.putMany(1, 5);
        const QJsonObject detect{{u"by"_s, u"flag"_s}, {u"column"_s, u"pending"_s}, {u"pending"_s, 1}, {u"done"_s, 0}};
        const JobSettings job = pair.job({{u"mode"_s, u"update"_s}, {u"detect"_s, detect}});
        QCOMPARE(shown(pair.run(job)), u"completed +5 ~0 -0"_s);
        pair.source.exec(u"UPDATE items SET name = 'flagged', pending = 1 WHERE id IN (2, 3)"_s);
        pair.source.exec(u"UPDATE items SET name = 'not flagged' WHERE id = 4"_s);
        QCOMPARE(shown(pair.run(job)), u"completed +0 ~2 -0"_s);
        QCOMPARE(pair.source.rows(u"SELECT count(*) FROM items WHERE pending = 1"_s), QStringList{u"0"_s});
        QCOMPARE(shown(pair.run(job)), u"completed +0 ~0 -0"_s);
    }

    void massDeletesAreWithheld_data() { addPairs(); }
    void massDeletesAreWithheld()
    {
        PAIR_OR_SKIP(fetchedItems<SqlPair>());
        pair.source.putMany(1, 5);
        pair.target.putMany(1, 40);
        const JobSettings job = pair.job();
        RunReport report = pair.run(job);
        QCOMPARE(shown(report), u"needs-attention +0 ~0 -0"_s);
        QCOMPARE(report.attention.first().count, 35);
        QCOMPARE(report.exitCode(), 1);
        RunOptions options;
        options.allowDeletes = 34;
        QCOMPARE(shown(pair.run(job, options)), u"needs-attention +0 ~0 -0"_s);
        options.allowDeletes = 35;
        QCOMPARE(shown(pair.run(job, options)), u"completed +0 ~0 -35"_s);
    }

    void approvedPlanWritesNothingThatMoved_data() { addPairs(); }
    void approvedPlanWritesNothingThatMoved()
    {
        PAIR_OR_SKIP(fetchedItems<SqlPair>());
        pair.source.putMany(1, 12);
        pair.target.putMany(1, 10);
        pair.target.exec(u"UPDATE items SET name = 'x' WHERE id <= 3"_s);
        const JobSettings job = pair.job();
        const QString file = pair.path(u"plan.db"_s);
        RunReport report = pair.plan(job, file);
        QCOMPARE(shown(report), u"planned +2 ~3 -0"_s);
        QCOMPARE(pair.target.rows(u"SELECT count(*) FROM items"_s), QStringList{u"10"_s});
        pair.target.exec(u"UPDATE items SET name = 'moved' WHERE id = 2"_s);
        pair.target.putMany(12, 1);
        RunOptions options;
        options.planFile = file;
        report = pair.run(job, options);
        QCOMPARE(shown(report), u"needs-attention +1 ~2 -0"_s);
        QCOMPARE(report.tables.first().changedSincePlan, 2);
        QCOMPARE(pair.target.rows(u"SELECT name FROM items WHERE id = 2"_s), QStringList{u"moved"_s});
        QCOMPARE(shown(pair.run(job)), u"completed +0 ~1 -0"_s);
        QCOMPARE(pair.target.items(), pair.source.items());
    }

    void createdTablesEqualTheirSource_data() { addPairs(); }
    void createdTablesEqualTheirSource()
    {
        PAIR_OR_SKIP(fetchedItems<SqlPair>());
        pair.target.exec(u"DROP TABLE items"_s);
        pair.source.putMany(1, 10);
        const JobSettings missing = pair.job();
        QCOMPARE(pair.run(missing).tables.first().error->code, ErrorCode::NoSuchTable);
        const JobSettings job = pair.job({{u"create"_s, true}});
        QCOMPARE(shown(pair.plan(job, pair.path(u"plan.db"_s))), u"planned +10 ~0 -0"_s);
        QCOMPARE(shown(pair.run(job)), u"completed +10 ~0 -0"_s);
        QCOMPARE(shown(pair.run(job)), u"completed +0 ~0 -0"_s);
    }

    // The table stands by the time that the plan is applied, and its filter is the one that was planned with.
    void aPlanMakesATableThatHasAFilter_data() { addPairs(); }
    void aPlanMakesATableThatHasAFilter()
    {
        PAIR_OR_SKIP(fetchedItems<SqlPair>());
        pair.target.exec(u"DROP TABLE items"_s);
        pair.source.putMany(1, 10);
        const QJsonObject where{{u"source"_s, u"id > 4"_s}, {u"target"_s, u"id > 4"_s}};
        const QJsonObject table{{u"source"_s, u"items"_s}, {u"where"_s, where}};
        const JobSettings job = pair.job({{u"create"_s, true}, {u"tables"_s, QJsonArray{table}}});
        RunOptions options;
        options.planFile = pair.path(u"plan.db"_s);
        QCOMPARE(shown(pair.plan(job, options.planFile)), u"planned +6 ~0 -0"_s);
        QCOMPARE(shown(pair.run(job, options)), u"completed +6 ~0 -0"_s);
        QCOMPARE(shown(pair.run(job)), u"completed +0 ~0 -0"_s);
    }

    void filtersAndRowsThatLeaveThem_data() { addPairs(); }
    void filtersAndRowsThatLeaveThem()
    {
        PAIR_OR_SKIP(fetchedItems<SqlPair>());
        pair.source.putMany(1, 30);
        const QJsonObject where{{u"source"_s, u"version = 1"_s}, {u"target"_s, u"version = 1"_s}};
        const QJsonObject table{{u"source"_s, u"items"_s}, {u"where"_s, where}};
        const JobSettings job = pair.job({{u"tables"_s, QJsonArray{table}}});
        QCOMPARE(shown(pair.run(job)), u"completed +30 ~0 -0"_s);
        pair.source.exec(u"UPDATE items SET version = 2 WHERE id = 3"_s);
        pair.target.exec(u"INSERT INTO items VALUES (500, 'outside', 1, NULL, 9, 0)"_s);
        QCOMPARE(shown(pair.run(job)), u"completed +0 ~0 -1"_s);
        QCOMPARE(pair.target.rows(u"SELECT count(*) FROM items WHERE id = 500"_s), QStringList{u"1"_s});
    }

    void oneBadRowIsSetAside_data() { addPairs(); }
    void oneBadRowIsSetAside()
    {
        PAIR_OR_SKIP(fetchedItems<SqlPair>());
        pair.target.exec(u"DROP TABLE items"_s);
        pair.target.exec(
            u"CREATE TABLE items (id bigint PRIMARY KEY, name varchar(80) NOT NULL, amount decimal(12,2), version bigint CHECK (version < 5))"_s);
        pair.source.putMany(1, 20);
        pair.source.exec(u"UPDATE items SET name = NULL WHERE id = 4"_s);
        pair.source.exec(u"UPDATE items SET version = 7 WHERE id = 9"_s);
        const JobSettings job = pair.job();
        const RunReport report = pair.run(job);
        QCOMPARE(shown(report), u"needs-attention +18 ~0 -0"_s);
        QCOMPARE(report.tables.first().quarantined, 2);
        QCOMPARE(pair.journal->asideCount(job.id, {}).value(), 2);
        pair.source.exec(u"UPDATE items SET name = 'named' WHERE id = 4"_s);
        pair.source.exec(u"UPDATE items SET version = 4 WHERE id = 9"_s);
        QCOMPARE(shown(pair.run(job)), u"completed +2 ~0 -0"_s);
        QCOMPARE(pair.journal->asideCount(job.id, {}).value(), 0);
        pair.source.exec(u"UPDATE items SET version = 9 WHERE id = 9"_s);
        pair.source.exec(u"UPDATE items SET name = 'other' WHERE id = 1"_s);
        const RunReport strict = pair.run(pair.job({{u"transaction"_s, u"table"_s}}));
        QCOMPARE(strict.state, RunState::Failed);
        QCOMPARE(strict.tables.first().error->code, ErrorCode::CheckViolated);
        QCOMPARE(pair.target.rows(u"SELECT name FROM items WHERE id = 1"_s), QStringList{u"name 1"_s});
    }
};

QTEST_GUILESS_MAIN(TestRealPairs)
#include "tst_realpairs.moc"
