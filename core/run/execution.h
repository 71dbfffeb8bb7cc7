// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <vector>

#include "core/run/grouping.h"
#include "core/run/tablerun.h"

namespace tidemark {

// The sessions of a run's own thread: schema, lock, bound and the shared snapshot. Everything else is opened by
// workers.
class Sides
{
public:
    Sides(RunContext &context, bool writes) : m_context(context), m_writes(writes) { }
    ~Sides() { closeTarget(); }
    Sides(const Sides &) = delete;
    Sides &operator=(const Sides &) = delete;

    Result<void> open(); // both sides, and what the context knows of them
    Result<void> lock(); // the job's lock at the target; Busy where somebody holds it
    Result<void> shareSnapshot(); // bound, then the snapshot that the source's readers share where it offers one
    Result<void> ensureAlive(); // before another attempt: reopened, and locked again where the lock was lost
    bool lostLock() { return std::exchange(m_lostLock, false); } // since it was asked last: another run may have been
    void endSnapshot();
    Session &source() { return *m_source; }
    Session &target() { return *m_target; }

private:
    Result<void> openSource();
    Result<void> openTarget();
    void closeTarget();

    RunContext &m_context;
    bool m_writes;
    std::unique_ptr<Session> m_source;
    std::unique_ptr<Session> m_target;
    bool m_wantsLock = false; // it was held once
    bool m_holdsLock = false;
    bool m_lostLock = false;
};

// One run of a job, from opening to settling: open → match schemas → detect → reconcile → apply → settle.
class Execution
{
public:
    explicit Execution(RunContext &context) : m_context(context), m_sides(context, true) { }
    RunReport run();

private:
    using Step = std::function<Result<void>(TableRun &)>;
    // Tables that are worked on by one task, in order, through one lane.
    struct Unit
    {
        std::unique_ptr<WriteLane> lane;
        std::vector<int> tables;
    };

    Result<void> runTables();
    Result<void> prepareTables();
    Result<void> openPlan();
    void makeUnits();
    Result<void> runBatchwise(); // transaction `batch`
    Result<void> workThrough(const std::vector<int> &tables);
    Result<void> lookAgain(); // at tables whose foreign keys failed for the first time, with all of their groups
    Result<void> attemptUnit(Unit &unit);
    Result<void> runUnits(); // `table` and `run`
    Result<void> runUnit(Unit &unit, bool streaming);
    Result<void> settleAll();
    Result<void> detectOrPlan(TableRun &table, WriteLane &lane);
    // The step on these tables, in parallel; transient failures are tried again with back-off. Cancelled and Busy end
    // the run, LockLost what all of its tables have done so far.
    Result<void> onTables(const std::vector<int> &tables, const Step &step);
    Result<bool> waitToRetry(int attempt, const Error &reason); // false: no attempts left
    Result<bool> comeBack(int &attempt, const Error &reason, const QList<int> &tables); // false likewise
    void inParallel(std::size_t count, const std::function<void(std::size_t)> &work);
    std::optional<Error> firstError(const std::vector<int> &tables, bool transientOnly) const;
    std::vector<int> unfailed() const;
    std::vector<int> healthy(const std::vector<int> &tables) const;
    WriteLane &laneOf(int table);
    RunReport report(const Result<void> &outcome) const;

    RunContext &m_context;
    Sides m_sides;
    QList<MatchedTable> m_matched;
    std::vector<std::unique_ptr<Unit>> m_units; // before the tables that write through their lanes
    std::vector<std::unique_ptr<TableRun>> m_tables;
    TableOrder m_order;
    std::vector<std::size_t> m_unitOf;
    std::unique_ptr<PlanReader> m_planForTables;
    QList<PlanTable> m_plan;
    qint64 m_startedUs = 0;
};

} // namespace tidemark
