// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/run/undorig.h"

using namespace tidemark;

// What is kept of runs, for how long, and what can be learnt from it of one row.
class TestUndoKept : public QObject, private UndoRig
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

    void whatKeepsARunFromBeingUndone()
    {
        fill();
        JobSettings job = m_rig->job();
        QCOMPARE(undo(job, u"2026-01-01T000000.000Z-0000"_s).report.error->code, ErrorCode::NoSuchRun);
        QCOMPARE(undo(job, u"../journal"_s).report.error->code, ErrorCode::NoSuchRun);
        job.undo.days = 0;
        RunReport run = m_rig->run(job);
        QVERIFY(!QFileInfo::exists(undoPath(run.run)));
        QCOMPARE(undo(job, run.run).report.error->code, ErrorCode::UndoMissing);
        // A run that wrote nothing.
        run = m_rig->run(job);
        const UndoOutcome nothing = undo(job, run.run);
        QVERIFY(!nothing.report.error);
        QCOMPARE(nothing.report.exitCode(), 0);
        QVERIFY(nothing.report.run.isEmpty());
        // More than the job keeps.
        job.undo = UndoSettings{30, 100};
        m_rig->pair.putSource(u"items"_s, {3, u"again"_s, 3});
        m_rig->pair.putSource(u"items"_s, {4, u"again"_s, 4});
        run = m_rig->run(job);
        QCOMPARE(run.totals().updates, 2);
        const UndoOutcome much = undo(job, run.run);
        QCOMPARE(much.report.error->code, ErrorCode::UndoMissing);
        // Other columns, another mapping.
        job.undo = {};
        m_rig->pair.putSource(u"items"_s, {5, u"again"_s, 5});
        run = m_rig->run(job);
        for (FakeDatabase *side : {&m_rig->pair.source, &m_rig->pair.target}) {
            side->alterTable(u"items"_s, [](TableSchema &schema) {
                Column added = schema.columns.last();
                added.name = u"more"_s;
                added.nullable = true;
                schema.columns += added;
            });
        }
        const QStringList now = items();
        const UndoOutcome other = undo(job, run.run);
        QCOMPARE(other.report.error->code, ErrorCode::UndoOutdated);
        QCOMPARE(other.report.error->facts.value(Fact::Table), u"items"_s);
        QCOMPARE(other.report.exitCode(), 4);
        QCOMPARE(items(), now);
    }

    // Page by page, whatever the batches; a batch that was rolled back is no hole.
    void aRunsRowsArePaged_data()
    {
        QTest::addColumn<int>("batch");
        QTest::addColumn<int>("limit");
        for (const int batch : {1, 3, 7, 100}) {
            for (const int limit : {1, 2, 5, 50})
                QTest::addRow("batches of %d, pages of %d", batch, limit) << batch << limit;
        }
    }
    void aRunsRowsArePaged()
    {
        QFETCH(int, batch);
        QFETCH(int, limit);
        fill();
        for (int id = 10; id <= 20; ++id)
            m_rig->pair.putSource(u"items"_s, {id, u"new"_s, -id});
        const JobSettings job = m_rig->job({{u"batch"_s, QJsonObject{{u"rows"_s, batch}}}});
        const RunReport run = m_rig->run(job);
        QCOMPARE(shown(run), u"completed +1 ~12 -1"_s);
        const auto kept = keptRun(*m_rig->journal, run.run);
        QVERIFY(kept && kept->undoneBy.isEmpty() && !kept->overflowed);
        QCOMPARE(kept->tables.size(), 1);
        QCOMPARE(kept->tables.first().rows, 14);
        QCOMPARE(kept->tables.first().filled, 0);
        QStringList seen;
        QMap<Decision, int> decisions;
        for (qint64 offset = 0; offset < 20; offset += limit) {
            const auto page = keptRows(*m_rig->journal, run.run, kept->tables.first().number, offset, limit);
            QVERIFY(page);
            QCOMPARE(page->size(), std::clamp<qint64>(14 - offset, 0, limit));
            for (const RowChange &change : *page) {
                seen += QString::fromLatin1(change.entry.key.toHex());
                ++decisions[change.decision];
                QCOMPARE(change.run, run.run);
                QCOMPARE(change.table, u"items"_s);
            }
        }
        QCOMPARE(QSet<QString>(seen.begin(), seen.end()).size(), 14);
        QCOMPARE(decisions.value(Decision::UpdateTarget), 12);
        QCOMPARE(decisions.value(Decision::DeleteTarget), 1);
        // Another table than those it wrote; a run of which nothing is kept; one that was undone.
        QVERIFY(keptRows(*m_rig->journal, run.run, 7, 0, 5)->isEmpty());
        QCOMPARE(keptRun(*m_rig->journal, u"2020"_s).error().code, ErrorCode::FileNotFound);
        const UndoOutcome back = undo(job, run.run);
        QCOMPARE(keptRun(*m_rig->journal, run.run)->undoneBy, back.report.run);
    }

    void aFilledTableIsCounted()
    {
        m_rig->pair.makeTable(u"items"_s, QString::fromUtf16(columns));
        for (int id = 1; id <= 9; ++id)
            m_rig->pair.putSource(u"items"_s, {id, u"same"_s, id});
        const RunReport run = m_rig->run(m_rig->job());
        const auto kept = keptRun(*m_rig->journal, run.run);
        QVERIFY(kept);
        QCOMPARE(kept->tables.size(), 1);
        QCOMPARE(kept->tables.first().filled, 9);
        QCOMPARE(kept->tables.first().rows, 0);
    }

    void aHeldLockMeansBusy()
    {
        fill();
        const JobSettings job = m_rig->job();
        const RunReport run = m_rig->run(job);
        m_rig->pair.target.holdJobLock(job.id);
        const UndoOutcome back = undo(job, run.run);
        QCOMPARE(back.report.state, RunState::Busy);
        QCOMPARE(back.report.exitCode(), 5);
    }

    void fingerprintsAloneUndoInsertsAlone()
    {
        fill();
        const JobSettings job = m_rig->job({{u"keep"_s, u"fingerprints"_s}, {u"mode"_s, u"update"_s}});
        RunReport run = m_rig->run(job);
        QCOMPARE(shown(run), u"completed +1 ~1 -0"_s);
        const UndoOutcome refused = undo(job, run.run);
        QCOMPARE(refused.report.error->code, ErrorCode::UndoMissing);
        QCOMPARE(refused.report.error->facts.value(Fact::Table), u"items"_s);
        QFile file(undoPath(run.run));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains("same")); // the values are really not there
        m_rig->pair.putSource(u"items"_s, {41, u"later"_s, 41});
        run = m_rig->run(job);
        QCOMPARE(shown(undo(job, run.run).report), u"completed +0 ~0 -1"_s);
    }

    void purgesByDaysAndBytes()
    {
        fill();
        JobSettings job = m_rig->job();
        const QString first = m_rig->run(job).run;
        m_rig->pair.clock.advanceMs(qint64{20} * 86'400'000);
        m_rig->pair.putSource(u"items"_s, {3, u"third"_s, 3});
        const QString second = m_rig->run(job).run;
        QVERIFY(QFileInfo::exists(undoPath(first)));
        m_rig->pair.clock.advanceMs(qint64{11} * 86'400'000);
        m_rig->run(job);
        QVERIFY(!QFileInfo::exists(undoPath(first)));
        QVERIFY(QFileInfo::exists(undoPath(second)));
        // Another job's files are its own.
        JobSettings other = job;
        other.id = u"6f1c0e0a-0000-4000-8000-000000000002"_s;
        m_rig->pair.putSource(u"items"_s, {4, u"fourth"_s, 4});
        const QString third = m_rig->run(other).run;
        QVERIFY(QFileInfo::exists(undoPath(third)));
        m_rig->pair.putSource(u"items"_s, {5, u"fifth"_s, 5});
        job.undo.bytes = QFileInfo(undoPath(second)).size() + 20'000;
        const QString fourth = m_rig->run(job).run;
        QVERIFY(!QFileInfo::exists(undoPath(second)));
        QVERIFY(QFileInfo::exists(undoPath(third)));
        QVERIFY(QFileInfo::exists(undoPath(fourth)));
        QVERIFY(m_rig->journal->removeJob(job.id));
        QVERIFY(!QFileInfo::exists(undoPath(fourth)));
        QVERIFY(QFileInfo::exists(undoPath(third)));
    }

    void aRowsHistory()
    {
        fill();
        const JobSettings job = m_rig->job();
        const QString first = m_rig->run(job).run; // 2 updated, 40 inserted, 7 deleted
        m_rig->pair.putSource(u"items"_s, {40, u"newer"_s, 41});
        const QString second = m_rig->run(job).run;
        const auto of = [&](const QString &id) {
            return rowHistory(*m_rig->journal, job.id, {}, {{u"id"_s, id}}).value().changes;
        };
        QList<RowChange> changes = of(u"40"_s);
        QCOMPARE(changes.size(), 2);
        QCOMPARE(changes[0].run, second);
        QCOMPARE(changes[0].entry.decision, Decision::UpdateTarget);
        QCOMPARE(changes[0].entry.reason, Reason::CellsDiffer);
        QCOMPARE(changes[1].run, first);
        QCOMPARE(changes[1].entry.decision, Decision::InsertTarget);
        QCOMPARE(changes[1].entry.reason, Reason::MissingAtTarget);
        QCOMPARE(changes[1].entry.after, changes[0].entry.before); // known from the run that overwrote it
        changes = of(u"7"_s);
        QCOMPARE(changes.size(), 1);
        QCOMPARE(changes[0].entry.reason, Reason::MissingAtSource);
        QVERIFY(!changes[0].entry.before.isEmpty());
        QVERIFY(of(u"1"_s).isEmpty());
        const UndoOutcome back = undo(job, second);
        changes = of(u"40"_s);
        QCOMPARE(changes.size(), 3);
        QCOMPARE(changes[0].undoes, second);
        QCOMPARE(changes[1].undoneBy, back.report.run);
        for (const QMap<QString, QString> &bad :
             {QMap<QString, QString>{{u"name"_s, u"x"_s}}, QMap<QString, QString>{{u"id"_s, u"x"_s}}}) {
            const auto refused = rowHistory(*m_rig->journal, job.id, {}, bad);
            QCOMPARE(refused.error().code, ErrorCode::Usage);
        }
    }

    void oneRowAlone()
    {
        fill();
        const QStringList before = items();
        const JobSettings job = m_rig->job();
        const RunReport run = m_rig->run(job);
        const auto row = [](const QString &id) {
            return [id](UndoRequest &request) { request.key = {{u"id"_s, id}}; };
        };
        QCOMPARE(undo(job, run.run, row(u"1"_s)).report.error->code, ErrorCode::UndoMissing);
        QCOMPARE(shown(undo(job, run.run, row(u"7"_s)).report), u"completed +1 ~0 -0"_s);
        QCOMPARE(shown(undo(job, run.run, row(u"2"_s)).report), u"completed +0 ~1 -0"_s);
        QCOMPARE(items().size(), before.size() + 1);
        const UndoOutcome rest = undo(job, run.run);
        QCOMPARE(shown(rest.report), u"completed +0 ~0 -1"_s);
        QCOMPARE(rest.tables.first().asBefore, 2);
        QCOMPARE(items(), before);
    }
};

QTEST_GUILESS_MAIN(TestUndoKept)
#include "tst_undokept.moc"
