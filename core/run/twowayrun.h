// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/execution.h"
#include "core/run/twowaybase.h"
#include "core/run/twowaysink.h"

namespace tidemark {

// What one table came to.
struct TwoWayTable
{
    QString source; // names as people wrote them
    QString target;
    ApplyCounts toTarget;
    ApplyCounts toSource;
    TwoWayCounts counts;
    BaseTrust trust = BaseTrust::NoBase; // as found
    bool baseChanged = false;
    std::vector<OpenConflict> conflicts; // the first conflictsTold
    std::optional<Error> error;
};
constexpr std::size_t conflictsTold = 1000;

// One run of a two-way job: both sides are compared whole, every decision goes to a plan file, and the plan is applied
// to both sides, each row only where it is still what it was when it was compared. Tables one after the other.
class TwoWayRun
{
public:
    struct Settings
    {
        RunContext &context;
        QString baseFile; // of the job
        QString planFile; // must not exist; gone afterwards
        std::function<TwoWaySettings(const TablePair &)> rules;
    };
    explicit TwoWayRun(Settings settings) : m_s(std::move(settings)), m_sides(m_s.context, true) { }

    // An error is the whole run's; a table's own stands with the table.
    Result<QList<TwoWayTable>> run();

private:
    struct Direction // to one side
    {
        TablePair pair; // as seen from there
        std::unique_ptr<BaseLedger> ledger;
        std::optional<Checkpoint> known;
        std::unique_ptr<WriteLane> lane;
        std::unique_ptr<TableApplier> applier;
        int planTable = -1;
        qint64 rows = 0; // counted at that side
        PlanTable head;
        QByteArray token; // its schema as matched
    };
    struct Work
    {
        TwoWayTable report;
        TwoWaySettings rules;
        std::unique_ptr<TwoWayBase> base;
        bool active = false; // rows are to be written, or the base changes
        Direction toTarget;
        Direction toSource;
        Direction &to(JobSide side) { return side == JobSide::Target ? toTarget : toSource; }
    };
    class Outlet;

    using Step = std::function<Result<void>(Work &)>;

    Result<void> open();
    Result<void> prepare(Work &work, const MatchedTable &matched);
    Result<std::optional<Checkpoint>> checkpoint(Session &session, const CheckpointKey &key);
    Result<void> compare(Work &work);
    Result<void> compareStreams(Work &work, bool ordered, TwoWaySink &sink);
    Result<void> makeApplier(Work &work, JobSide side);
    Result<void> applyAll();
    Result<void> takePlanned(Direction &direction);
    Result<void> onTables(JobSide order, bool backwards, const Step &step);
    Result<void> settle(Work &work);
    Result<void> begin(Work &work);
    Result<void> stamp(JobSide side, Direction &direction, bool settled);
    bool endsRun(const Error &error) const;

    Settings m_s;
    Sides m_sides;
    TargetGate m_sourceGate;
    std::unique_ptr<BaseFile> m_base;
    std::unique_ptr<PlanWriter> m_writer;
    std::unique_ptr<PlanReader> m_plan;
    QList<MatchedTable> m_matched;
    std::vector<std::unique_ptr<Work>> m_tables;
    TableOrder m_targetOrder;
    TableOrder m_sourceOrder;
    std::unique_ptr<Session> m_stampSource; // opened when the first record is to be written
    std::unique_ptr<Session> m_stampTarget;
};

} // namespace tidemark
