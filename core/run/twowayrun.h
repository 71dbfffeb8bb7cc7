// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/execution.h"
#include "core/run/twowayapproval.h"
#include "core/run/twowaybase.h"
#include "core/run/twowayconflicts.h"
#include "core/run/twowaylogs.h"
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
    qint64 openConflicts = 0; // in the journal, when the run had ended
    qint64 notAsApproved = 0; // rows of an approved plan that were others by now
    bool whole = false; // every row was compared
    QString whyWhole; // although there are change logs
    double seconds = 0;
    std::vector<OpenConflict> conflicts; // the first conflictsTold
    std::optional<Error> error;
};
constexpr std::size_t conflictsTold = 1000;

// One run of a two-way job: both sides are compared whole, every decision goes to a spool file, and the spool is
// applied to both sides, each row only where it is still what it was when it was compared. Tables one after the other.
//
// With an approved plan (RunOptions::planFile) all is compared again, and a decision is carried out only where the plan
// holds the very same one for the very same pictures.
class TwoWayRun
{
public:
    struct Settings
    {
        RunContext &context;
        QString baseFile; // of the job
        QString spoolFile; // must not exist; gone afterwards
        std::function<Result<TwoWaySettings>(const TablePair &)> rules;
        QString planFile = {}; // compares alone, and writes a plan for a person there; must not exist
        bool answeredOnly = false; // looks at rows whose conflicts have been answered, and at no other
    };
    explicit TwoWayRun(Settings settings) : m_s(std::move(settings)), m_sides(m_s.context, m_s.planFile.isEmpty()) { }

    // An error is the whole run's; a table's own stands with the table.
    Result<QList<TwoWayTable>> run();
    const QList<TwoWayTable> &reports() const { return m_reports; } // also of a run that was cut off

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
        QList<QByteArray> retriesRead; // of the retry set
        QByteArray token; // its schema as matched
    };
    struct Work
    {
        int index = 0;
        TwoWayTable report;
        TwoWaySettings rules;
        std::unique_ptr<TwoWayBase> base;
        std::unique_ptr<TwoWayConflicts> conflicts;
        std::unique_ptr<TwoWayApproval> approval;
        std::optional<RowBatch> unapproved; // keys
        std::unique_ptr<TwoWayLogs> logs;
        bool counted = false; // every row of both sides was read
        PlanTable plan; // for a person
        bool createsTarget = false;
        qint64 startedMs = 0;
        bool active = false; // rows are to be written, or the base changes
        Direction toTarget;
        Direction toSource;
        Direction &to(JobSide side) { return side == JobSide::Target ? toTarget : toSource; }
    };
    class Outlet;
    class PlanOutlet;
    class LookOutlet;

    using Step = std::function<Result<void>(Work &)>;

    bool plans() const { return !m_s.planFile.isEmpty(); }
    Result<void> runTables();
    Result<void> open();
    Result<void> makeCheckpointTables();
    Result<void> openFiles();
    Result<void> readApproval();
    Result<void> showTables();
    Result<void> prepare(Work &work, const MatchedTable &matched);
    Result<void> prepareBase(Work &work);
    Result<void> prepareSpool(Work &work);
    Result<std::optional<Checkpoint>> checkpoint(Session &session, const CheckpointKey &key);
    Result<void> compare(Work &work);
    Result<void> compareWith(Work &work, TwoWayOutlet &outlet);
    Result<void> compareStreams(Work &work, bool ordered, TwoWaySink &sink);
    struct Lookup // of rows by their keys
    {
        std::unique_ptr<Session> source;
        std::unique_ptr<Session> target;
    };
    Result<Lookup> openLookup();
    Result<void> compareKeys(Work &work, const Lookup &lookup, const RowBatch &keys, TwoWaySink &sink);
    Result<void> compareLogged(Work &work, TwoWaySink &sink);
    Result<void> addUnsettled(Work &work);
    Result<void> keepUnapproved(Work &work);
    Result<void> lookAgain(Work &work); // at rows whose conflicts had been answered
    Result<void> makeApplier(Work &work, JobSide side);
    Result<void> applyAll();
    Result<void> showKeys(Direction &direction);
    Result<void> takePlanned(Direction &direction);
    Result<void> onTables(JobSide order, bool backwards, const Step &step);
    Result<void> settle(Work &work);
    Result<void> settleRetries(Work &work, Direction &direction);
    Result<void> begin(Work &work);
    Result<void> countForGuard(Work &work);
    Result<void> stamp(JobSide side, Direction &direction, bool settled);
    bool endsRun(const Error &error) const;
    void enter(const Work &work, Phase phase);
    void tellWritten(Work &work);
    void report();

    Settings m_s;
    Sides m_sides;
    TargetGate m_sourceGate;
    std::unique_ptr<BaseFile> m_base;
    QString m_baseFile; // the job's, or a copy of it where a plan is made
    std::unique_ptr<PlanWriter> m_writer; // of the spool, or of the plan for a person
    std::unique_ptr<PlanReader> m_spool;
    QList<TwoWayTable> m_reports;
    QList<MatchedTable> m_matched;
    std::vector<std::unique_ptr<Work>> m_tables;
    TableOrder m_targetOrder;
    TableOrder m_sourceOrder;
    std::unique_ptr<Session> m_stampSource; // opened when the first record is to be written
    std::unique_ptr<Session> m_stampTarget;
};

} // namespace tidemark
