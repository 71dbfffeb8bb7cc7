// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/planfile.h"
#include "tests/core/run/twowayundorig.h"

using namespace tidemark;

// A run is taken back by a plan that a person has read: the plan leaves nothing behind, and just what it has ticks for
// is put back.
class TestUndoPlans : public QObject, private TwoWayUndoRig
{
    Q_OBJECT

private:
    UndoOutcome plan(const JobSettings &job, const QString &run, const std::function<void(UndoRequest &)> &more = {})
    {
        UndoRequest request;
        request.run = run;
        if (more)
            more(request);
        Cancellation cancellation;
        ProgressBoard progress;
        return planUndo(m_rig->pair.connector, *m_rig->journal, m_rig->pair.clock, job, request, planFile(),
                        cancellation, progress);
    }
    UndoOutcome apply(const JobSettings &job, const QString &run, const std::function<void(UndoRequest &)> &more = {})
    {
        return undo(job, run, [&](UndoRequest &request) {
            request.planFile = planFile();
            if (more)
                more(request);
        });
    }
    QString planFile() const { return m_folder.filePath(u"undo.db"_s); }
    std::unique_ptr<PlanReader> reader() const { return std::move(*PlanReader::open(planFile())); }
    // "items: +1 ~1 -1" of each table of the plan.
    QStringList tables() const
    {
        QStringList list;
        const QList<PlanTable> planned = reader()->tables().value();
        for (const PlanTable &table : planned)
            list += table.report.source + u": "_s + shown(table.report.toTarget);
        return list;
    }
    static QString shown(const WriteCounts &counts) { return tidemark::shown(counts); }
    static QString shown(const RunReport &report) { return tidemark::shown(report); }
    QStringList undoFiles() const { return QDir(m_rig->journal->undoFolder()).entryList(QDir::Files, QDir::Name); }
    void untick(Decision decision, int table = 0)
    {
        const auto plan = reader();
        const QList<PlanRow> rows = plan->rows(table, decision, 0, 10).value();
        for (const PlanRow &row : rows)
            QVERIFY(plan->setRowIncluded(table, row.number, false));
    }

private Q_SLOTS:
    void init() { QFile::remove(planFile()); }
    void cleanup() { end(); }

    void aPlanLeavesNothingBehind()
    {
        UndoRig::begin();
        fill();
        const JobSettings job = m_rig->job();
        const RunReport run = m_rig->run(job);
        m_rig->pair.putTarget(u"items"_s, {40, u"edited"_s, 40});
        const QStringList files = undoFiles();
        const QStringList rows = items();
        const UndoOutcome planned = plan(job, run.run);
        QVERIFY2(!planned.report.error, qPrintable(shown(planned.report)));
        QCOMPARE(planned.report.state, RunState::Planned);
        QCOMPARE(planned.report.undoes, run.run);
        QVERIFY(planned.report.run.isEmpty());
        QCOMPARE(shown(planned.report.totals()), u"+1 ~1 -0"_s);
        QCOMPARE(planned.report.tables.first().changedSincePlan, 1);
        QCOMPARE(tables(), QStringList{u"items: +1 ~1 -0"_s});
        QCOMPARE(items(), rows);
        QCOMPARE(undoFiles(), files);
        QCOMPARE(m_rig->journal->runs(job.id, 10).value().size(), 1);
        QCOMPARE(m_rig->journal->waitingCount(job.id, {}, std::nullopt).value(), 0);
        // Before the run against now.
        const PlanRow updated = reader()->rows(0, Decision::UpdateTarget, 0, 1).value().value(0);
        QVERIFY(updated.source.contains("same") && updated.target.contains("new"));
    }

    void appliesTheTicksAlone_data()
    {
        QTest::addColumn<Decision>("unticked");
        QTest::addColumn<QString>("written");
        QTest::newRow("inserts") << Decision::InsertTarget << u"completed +0 ~1 -1"_s;
        QTest::newRow("updates") << Decision::UpdateTarget << u"completed +1 ~0 -1"_s;
        QTest::newRow("deletes") << Decision::DeleteTarget << u"completed +1 ~1 -0"_s;
        QTest::newRow("none") << Decision::Conflict << u"completed +1 ~1 -1"_s;
    }
    void appliesTheTicksAlone()
    {
        QFETCH(Decision, unticked);
        QFETCH(QString, written);
        UndoRig::begin();
        fill();
        const QStringList before = items();
        const JobSettings job = m_rig->job();
        const RunReport run = m_rig->run(job);
        QCOMPARE(plan(job, run.run).report.state, RunState::Planned);
        untick(unticked);
        const UndoOutcome back = apply(job, run.run);
        QVERIFY2(shown(back.report) == written, qPrintable(shown(back.report)));
        QCOMPARE(back.tables.first().rowsThere >= 0, unticked != Decision::DeleteTarget); // counted for the guard
        // What was left can be put back later; what was taken back whole cannot.
        const bool whole = unticked == Decision::Conflict;
        const UndoOutcome rest = undo(job, run.run);
        if (whole)
            QCOMPARE(rest.report.error->code, ErrorCode::UndoneAlready);
        else
            QCOMPARE(rest.report.totals().total(), 1);
        QCOMPARE(items(), before);
    }

    void aTableWithoutATickStays()
    {
        UndoRig::begin();
        fill();
        const JobSettings job = m_rig->job();
        const RunReport run = m_rig->run(job);
        const QStringList after = items();
        QCOMPARE(plan(job, run.run).report.state, RunState::Planned);
        QVERIFY(reader()->setTableIncluded(0, false));
        const UndoOutcome back = apply(job, run.run);
        QCOMPARE(back.report.totals().total(), 0);
        QCOMPARE(items(), after);
        QVERIFY(!undo(job, run.run).report.error);
    }

    // A row that changed after the plan was read was not approved as it is now.
    void whatChangedSinceThePlanIsLeft()
    {
        UndoRig::begin();
        fill();
        const JobSettings job = m_rig->job();
        const RunReport run = m_rig->run(job);
        QCOMPARE(plan(job, run.run).report.state, RunState::Planned);
        m_rig->pair.putTarget(u"items"_s, {2, u"edited"_s, 22});
        const UndoOutcome back = apply(job, run.run);
        QCOMPARE(shown(back.report), u"needs-attention +1 ~0 -1"_s);
        QCOMPARE(back.report.tables.first().changedSincePlan, 1);
        QVERIFY(items().contains(u"2|edited|22"_s));
    }

    void aFilledTableIsEmptiedByItsTicks()
    {
        UndoRig::begin();
        m_rig->pair.makeTable(u"items"_s, QString::fromUtf16(columns));
        for (int id = 1; id <= 9; ++id)
            m_rig->pair.putSource(u"items"_s, {id, u"same"_s, id});
        const JobSettings job = m_rig->job();
        const RunReport run = m_rig->run(job);
        QCOMPARE(shown(run), u"completed +9 ~0 -0"_s);
        QCOMPARE(shown(plan(job, run.run).report.totals()), u"+0 ~0 -9"_s);
        QVERIFY(reader()->setRowIncluded(0, 3, false));
        const UndoOutcome back = apply(job, run.run);
        QVERIFY2(shown(back.report) == u"completed +0 ~0 -8"_s, qPrintable(shown(back.report)));
        QCOMPARE(items().size(), 1);
    }

    void oneRowIsPlanned()
    {
        UndoRig::begin();
        fill();
        const JobSettings job = m_rig->job();
        const RunReport run = m_rig->run(job);
        const auto one = [](UndoRequest &request) { request.key = {{u"id"_s, u"2"_s}}; };
        QCOMPARE(shown(plan(job, run.run, one).report.totals()), u"+0 ~1 -0"_s);
        QCOMPARE(shown(apply(job, run.run, one).report), u"completed +0 ~1 -0"_s);
    }

    void bothSidesAreShownByThemselves()
    {
        begin();
        const QStringList left = source();
        change();
        const QStringList leftNow = source(), rightNow = target();
        Q_UNUSED(left);
        const RunReport run = m_rig->run(job());
        QCOMPARE(TwoWayUndoRig::shown(run), u"completed > +1 ~1 -1 < +1 ~1 -1, 0 open"_s);
        const UndoOutcome planned = plan(job(), run.run);
        QVERIFY2(planned.report.state == RunState::Planned, qPrintable(TwoWayUndoRig::shown(planned.report)));
        QCOMPARE(planned.report.tables.size(), 1);
        QCOMPARE(shown(planned.report.tables.first().toTarget), u"+1 ~1 -1"_s);
        QCOMPARE(shown(planned.report.tables.first().toSource), u"+1 ~1 -1"_s);
        QStringList names = tables();
        names.sort();
        QCOMPARE(names, (QStringList{u"source: items: +1 ~1 -1"_s, u"target: items: +1 ~1 -1"_s}));
        QVERIFY(!reader()->head().twoWay);

        // The updates of one side stay.
        const int atSource = reader()->tables().value().value(0).report.source.startsWith(u"source") ? 0 : 1;
        untick(Decision::UpdateTarget, atSource);
        const UndoOutcome back = apply(job(), run.run);
        QVERIFY2(TwoWayUndoRig::shown(back.report) == u"completed > +1 ~1 -1 < +1 ~0 -1, 0 open"_s,
                 qPrintable(TwoWayUndoRig::shown(back.report)));
        QCOMPARE(target(), rightNow);
        QCOMPARE(row(source(), 3), u"3|at target|33"_s);
        QCOMPARE(undo(job(), run.run).report.totals().total(), 1);
        QCOMPARE(source(), leftNow);
    }

    void refusesAPlanOfAnotherSchema()
    {
        UndoRig::begin();
        fill();
        const RunReport run = m_rig->run(m_rig->job());
        QCOMPARE(plan(m_rig->job(), run.run).report.state, RunState::Planned);
        QFile::remove(planFile());
        {
            PlanHead head;
            head.id = u"other"_s;
            const auto other = std::move(*PlanWriter::create(planFile(), head));
            QVERIFY(other->finish());
        }
        const QStringList after = items();
        const UndoOutcome back = apply(m_rig->job(), run.run);
        QCOMPARE(back.report.error->code, ErrorCode::UndoOutdated);
        QCOMPARE(items(), after);
    }

    void aRunThatWroteNothingHasNoPlan()
    {
        UndoRig::begin();
        fill();
        const JobSettings job = m_rig->job();
        m_rig->run(job);
        const RunReport run = m_rig->run(job);
        QCOMPARE(run.totals().total(), 0);
        const UndoOutcome planned = plan(job, run.run);
        QCOMPARE(planned.report.state, RunState::Planned);
        QVERIFY(planned.report.tables.isEmpty());
        QVERIFY(!QFile::exists(planFile()));
    }

private:
    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestUndoPlans)
#include "tst_undoplans.moc"
