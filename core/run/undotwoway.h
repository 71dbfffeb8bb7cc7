// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/execution.h"
#include "core/run/undomarks.h"
#include "core/run/undoplanner.h"

namespace tidemark {

// Applies the plan that takes a two-way run back: what each side had before is put back at that side, a row that has
// moved since is left, listed, and a conflict at the next run (askAboutMoved()), deletes are guarded. First at the
// target, then at the source. Both sides bear this run's generation before a row is written, and the base learns of
// each row with the transaction that writes it (UndoneMarks). One that was cut off is undone once more: what was put
// back by then is as it was before.
class UndoTwoWay
{
public:
    struct Settings
    {
        RunContext &context;
        QString baseFile; // of the job
        QString planFile;
        QList<UndoPlanner::Table> &tables; // as planned; their outcomes learn what the next run makes of them
    };
    explicit UndoTwoWay(Settings settings) : m_s(std::move(settings)), m_sides(m_s.context, true) { }
    RunReport run();

private:
    struct Direction // to one side
    {
        TablePair pair; // as seen from there
        UndoPlanner::Table *planned = nullptr; // null: nothing is to be put back there
        PlanTable head;
        QByteArray token; // its schema as matched
        std::optional<Checkpoint> known;
        std::unique_ptr<UndoneMarks> marks;
        std::unique_ptr<WriteLane> lane; // outlives the applier
        std::unique_ptr<TableApplier> applier;
    };
    struct Work // one table of the job
    {
        int index = 0;
        QString source, target; // names as people wrote them
        std::unique_ptr<TwoWayBase> base;
        std::set<std::string> merging; // rows whose merge is not at both sides
        qint64 asked = 0; // UndoneTable::asked
        std::optional<Error> error;
        Direction toTarget, toSource;
        Direction &to(JobSide side) { return side == JobSide::Target ? toTarget : toSource; }
    };
    using Step = std::function<Result<void>(Work &, Direction &)>;

    Result<void> applyAll();
    Result<void> open();
    Result<void> prepare(Work &work, const MatchedTable &matched);
    Result<void> plannedFor(Direction &direction, JobSide side, const QString &table);
    Result<void> begin(Work &work);
    Result<void> stopMerges(Work &work);
    Result<void> stamp(JobSide side, Direction &direction);
    void makeApplier(Work &work, JobSide side);
    Result<void> applyTo(JobSide side);
    Result<void> showKeys(Direction &direction);
    Result<void> takePlanned(Direction &direction);
    Result<void> onTables(JobSide side, bool backwards, const Step &step);
    Result<void> settle(Work &work);
    Result<void> askAboutMoved(Work &work);
    Result<void> addMoved(const TablePair &pair, std::set<std::string> &keys); // base keys
    static bool endsRun(const Error &error);
    void enter(const Work &work, Phase phase);
    void noteAsked(const Work &work);
    RunReport report(const Result<void> &outcome);
    TableReport reportOf(Work &work);

    Settings m_s;
    Sides m_sides;
    TargetGate m_sourceGate;
    std::unique_ptr<BaseFile> m_base;
    std::unique_ptr<PlanReader> m_plan;
    QList<PlanTable> m_heads;
    QList<MatchedTable> m_matched;
    std::vector<std::unique_ptr<Work>> m_tables;
    TableOrder m_targetOrder, m_sourceOrder;
    std::unique_ptr<Session> m_stampTarget, m_stampSource;
    qint64 m_startedUs = 0;
};

} // namespace tidemark
