// SPDX-License-Identifier: GPL-3.0-or-later
// What an undo would put back, read by a person before it is applied, between real databases: the preview writes
// nothing, shows each value as it was and as it is, and what it has ticks for is what comes back.
#include "core/run/undorun.h"
#include "tests/endpoint/pairs/pairrows.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

class TestUndoPreviews : public QObject
{
    Q_OBJECT

private:
    static void addSomePairs()
    {
        QTest::addColumn<Driver>("from");
        QTest::addColumn<Driver>("to");
        QTest::newRow("SQLite → PostgreSQL") << Driver::Sqlite << Driver::Postgres;
        QTest::newRow("PostgreSQL → MariaDB") << Driver::Postgres << Driver::Mysql;
        QTest::newRow("MariaDB → PostgreSQL") << Driver::Mysql << Driver::Postgres;
        QTest::newRow("MariaDB → SQLite") << Driver::Mysql << Driver::Sqlite;
    }

    static UndoOutcome plan(SqlPair &pair, const JobSettings &job, const QString &run)
    {
        UndoRequest request;
        request.run = run;
        Cancellation cancellation;
        ProgressBoard progress;
        QFile::remove(pair.path(u"undo.db"_s));
        return planUndo(pair.connector, *pair.journal, pair.clock, job, request, pair.path(u"undo.db"_s), cancellation,
                        progress);
    }
    static UndoOutcome apply(SqlPair &pair, const JobSettings &job, const QString &run)
    {
        UndoRequest request;
        request.run = run;
        request.yes = true;
        request.planFile = pair.path(u"undo.db"_s);
        Cancellation cancellation;
        ProgressBoard progress;
        return undoRun(pair.connector, *pair.journal, pair.clock, job, request, cancellation, progress);
    }
    static std::unique_ptr<PlanReader> reader(const SqlPair &pair)
    {
        return std::move(*PlanReader::open(pair.path(u"undo.db"_s)));
    }
    // The column "name" of one row, before the run and now: "old → new".
    static QString told(PlanReader &plan, int table, Decision decision)
    {
        const QList<PlanTable> tables = plan.tables().value();
        const QList<PlanRow> rows = plan.rows(table, decision, 0, 1).value();
        if (rows.isEmpty())
            return {};
        int name = 0;
        while (tables[table].columns[name].source != "name"_L1)
            ++name;
        const auto text = [&](const QByteArray &chain) {
            RowBatch batch(tables[table].layout());
            if (chain.isEmpty() || !batch.appendChain({chain.constData(), std::size_t(chain.size())}))
                return u"none"_s;
            const CellView cell = batch.value(0, name);
            return cell.isNull ? u"NULL"_s : QString::fromUtf8(cell.bytes.data(), qsizetype(cell.bytes.size()));
        };
        return text(rows.first().source) + u" → "_s + text(rows.first().target);
    }
    static QString name(Side &side, int id)
    {
        return side.rows(u"SELECT name FROM items WHERE id = %1"_s.arg(id)).value(0);
    }

private Q_SLOTS:
    void rowsComeBackAsShown_data() { addSomePairs(); }
    void rowsComeBackAsShown()
    {
        PAIR_OR_SKIP(fetchedItems<SqlPair>(30));
        const JobSettings job = pair.job();
        pair.target.exec(u"UPDATE items SET name = 'Zoë 乌龙茶' WHERE id = 1"_s);
        pair.target.exec(u"DELETE FROM items WHERE id = 2"_s);
        pair.target.put(50, u"mine"_s, u"6.90"_s);
        const QStringList before = pair.target.items();
        const RunReport run = pair.run(job);
        QCOMPARE(shown(run), u"completed +1 ~1 -1"_s);
        const QStringList after = pair.target.items();
        const UndoOutcome planned = plan(pair, job, run.run);
        QVERIFY2(!planned.report.error, qPrintable(shown(planned.report)));
        QCOMPARE(shown(planned.report.totals()), u"+1 ~1 -1"_s);
        QCOMPARE(pair.target.items(), after); // nothing is written
        {
            const auto preview = reader(pair);
            QVERIFY2(told(*preview, 0, Decision::UpdateTarget).startsWith(u"Zoë 乌龙茶 → "_s),
                     qPrintable(told(*preview, 0, Decision::UpdateTarget)));
            QCOMPARE(told(*preview, 0, Decision::InsertTarget), u"mine → none"_s);
            QVERIFY(told(*preview, 0, Decision::DeleteTarget).startsWith(u"none → "_s));
        }
        const UndoOutcome back = apply(pair, job, run.run);
        QVERIFY2(shown(back.report) == u"completed +1 ~1 -1"_s, qPrintable(shown(back.report)));
        QCOMPARE(pair.target.items(), before);
        QCOMPARE(shown(pair.run(job)), u"completed +1 ~1 -1"_s); // the source says again what it said
        QCOMPARE(pair.target.items(), after);
    }

    void ticksAreKept_data() { addSomePairs(); }
    void ticksAreKept()
    {
        PAIR_OR_SKIP(fetchedItems<SqlPair>(30));
        const JobSettings job = pair.job({{u"mode"_s, u"update"_s}});
        pair.target.exec(u"UPDATE items SET name = 'old' WHERE id <= 4"_s);
        const RunReport run = pair.run(job);
        QCOMPARE(shown(run), u"completed +0 ~4 -0"_s);
        QCOMPARE(plan(pair, job, run.run).report.totals().updates, 4);
        {
            const auto preview = reader(pair);
            const QList<PlanRow> rows = preview->rows(0, Decision::UpdateTarget, 0, 2).value();
            for (const PlanRow &row : rows)
                QVERIFY(preview->setRowIncluded(0, row.number, false).has_value());
        }
        QCOMPARE(shown(apply(pair, job, run.run).report.totals()), u"+0 ~2 -0"_s);
        QCOMPARE(pair.target.rows(u"SELECT id FROM items WHERE name = 'old'"_s).size(), 2);
    }

    // Before the preview was made: such a row is not in it. After: it is left and listed.
    void whatChangedSinceIsLeft_data() { addSomePairs(); }
    void whatChangedSinceIsLeft()
    {
        PAIR_OR_SKIP(fetchedItems<SqlPair>(30));
        const JobSettings job = pair.job({{u"mode"_s, u"update"_s}});
        pair.target.exec(u"UPDATE items SET name = 'old' WHERE id <= 3"_s);
        const RunReport run = pair.run(job);
        QCOMPARE(shown(run), u"completed +0 ~3 -0"_s);
        pair.target.exec(u"UPDATE items SET name = 'earlier' WHERE id = 1"_s);
        const UndoOutcome planned = plan(pair, job, run.run);
        QCOMPARE(shown(planned.report.totals()), u"+0 ~2 -0"_s);
        QCOMPARE(planned.report.tables.value(0).changedSincePlan, 1);
        pair.target.exec(u"UPDATE items SET name = 'later' WHERE id = 2"_s);
        const UndoOutcome back = apply(pair, job, run.run);
        QCOMPARE(shown(back.report), u"needs-attention +0 ~1 -0"_s);
        QCOMPARE(back.report.tables.value(0).changedSincePlan, 2);
        QCOMPARE(name(pair.target, 1), u"earlier"_s);
        QCOMPARE(name(pair.target, 2), u"later"_s);
        QCOMPARE(name(pair.target, 3), u"old"_s);
    }

    void bothSidesOfATwoWayRun_data() { addSomePairs(); }
    void bothSidesOfATwoWayRun()
    {
        PAIR_OR_SKIP(fetchedItems<SqlPair>(30));
        const JobSettings job = pair.job({{u"mode"_s, u"two-way"_s}});
        QCOMPARE(shown(pair.run(job)), u"completed +0 ~0 -0"_s);
        pair.source.exec(u"UPDATE items SET name = 'at source' WHERE id = 1"_s);
        pair.target.exec(u"UPDATE items SET name = 'at target' WHERE id = 2"_s);
        pair.target.exec(u"DELETE FROM items WHERE id = 3"_s);
        const QStringList source = pair.source.items();
        const QStringList target = pair.target.items();
        const RunReport run = pair.run(job);
        QCOMPARE(run.state, RunState::Completed);
        const QStringList inStep = pair.source.items();
        const UndoOutcome planned = plan(pair, job, run.run);
        QVERIFY2(!planned.report.error, qPrintable(shown(planned.report)));
        QCOMPARE(shown(planned.report.totals()), u"+1 ~2 -0"_s);
        QCOMPARE(reader(pair)->tables().value().size(), 2); // a side each
        QCOMPARE(pair.source.items(), inStep);
        QCOMPARE(pair.target.items(), inStep);
        const UndoOutcome back = apply(pair, job, run.run);
        QVERIFY2(shown(back.report) == u"completed +1 ~2 -0"_s, qPrintable(shown(back.report)));
        QCOMPARE(pair.source.items(), source);
        QCOMPARE(pair.target.items(), target);
    }
};

QTEST_GUILESS_MAIN(TestUndoPreviews)
#include "tst_undopreviews.moc"
