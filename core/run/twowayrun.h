// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <mutex>

#include "core/run/execution.h"
#include "core/run/twowayapproval.h"
#include "core/run/twowaybase.h"
#include "core/run/twowayconflicts.h"
#include "core/run/twowaychanges.h"
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
    qint64 askedAgain = 0; // answers that a side's constraint refuses: conflicts, and not set aside
    qint64 notAsApproved = 0; // rows of an approved plan that were others by now
    bool whole = false; // every row was compared
    bool deletesChecked = false;
    QString whyWhole; // although there are change logs, or an earlier run: TableReport::whyWhole
    double seconds = 0;
    std::vector<OpenConflict> conflicts; // the first conflictsTold
    std::optional<Error> error;
};
constexpr std::size_t conflictsTold = 1000;

// One run of a two-way job: both sides are compared, every decision goes to a spool file, and the spool is applied to
// both sides, each row only where it is still what it was when it was compared. Tables in parallel, as many as the job
// says.
//
// Transaction `batch`: a table is committed batch by batch, at each side. `table` and `run`: the tables of a group, or
// all, are written in one transaction a side, and neither commits before both are written and all that can be known to
// fail has not. Two databases commit one after the other all the same: where the second COMMIT fails, the first side
// has what the run wrote there, and the base knows it (each side's rows are promised with its own transaction). The
// other side's rows are found as they are by the next run, and decided afresh.
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
        bool movedOnly = false; // likewise at those that moved while an earlier run was about to write them
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
        WriteLane *lane = nullptr; // its unit's
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
        QList<RetryKey> left; // looked at, and not to be written: neither log nor cursor names them again
        std::unique_ptr<TwoWayChanges> changes;
        std::optional<CompareCounts> keysCounted; // every key of both sides was read
        std::set<std::string> doubtful; // TwoWaySink::Settings
        PlanTable plan; // for a person
        bool createsTarget = false;
        qint64 startedMs = 0;
        bool active = false; // rows are to be written, or the base changes
        Direction toTarget;
        Direction toSource;
        Direction &to(JobSide side) { return side == JobSide::Target ? toTarget : toSource; }
    };
    // Tables that are written by one task through the same lanes.
    struct Unit
    {
        std::unique_ptr<WriteLane> toTarget;
        std::unique_ptr<WriteLane> toSource; // null: both sides are one file, with one writer
        std::vector<int> tables; // in the order that the target asks for
        std::vector<int> atSource; // likewise
        WriteLane *to(JobSide side) { return side == JobSide::Source && toSource ? toSource.get() : toTarget.get(); }
    };
    class Outlet;
    class PlanOutlet;
    class LookOutlet;
    class KeyPairs;

    using Step = std::function<Result<void>(Work &)>;

    bool plans() const { return !m_s.planFile.isEmpty(); }
    bool isBatchwise() const { return m_s.context.job.transaction == TransactionScope::Batch; }
    Result<void> runTables();
    Result<void> open();
    Result<void> makeCheckpointTables();
    Result<void> openFiles();
    Result<void> readApproval();
    Result<void> showTables();
    Result<void> prepare(Work &work, const MatchedTable &matched);
    Result<void> prepareBase(Work &work);
    Result<void> settleDoubts(Work &work);
    Result<RowBatch> doubtfulRows(Work &work, JobSide side, const std::vector<BaseIntent> &intents);
    Result<void> prepareSpool(Work &work);
    Result<std::optional<Checkpoint>> checkpoint(Session &session, const CheckpointKey &key);
    Result<void> compare(Work &work);
    Result<void> compareWith(Work &work, TwoWayOutlet &outlet);
    Result<void> compareStreams(Work &work, bool ordered, TwoWaySink &sink);
    struct Streams // of both sides
    {
        ReadRequest source;
        ReadRequest target;
        bool ordered;
        std::atomic<qint64> bytes = 0;
    };
    Result<CompareCounts> joinStreams(Work &work, Streams &streams, DecisionSink &sink, const CompareProgress &tell);
    Result<void> compareAllKeys(Work &work, TwoWaySink &sink);
    struct Lookup // of rows by their keys
    {
        std::unique_ptr<Session> source;
        std::unique_ptr<Session> target;
    };
    Result<Lookup> openLookup();
    Result<void> compareKeys(Work &work, const Lookup &lookup, const RowBatch &keys, TwoWaySink &sink);
    Result<void> compareNamed(Work &work, TwoWaySink &sink);
    Result<void> addUnsettled(Work &work);
    Result<void> keepLeft(Work &work);
    Result<RowBatch> movedKeys(Work &work);
    Result<void> lookAgain(Work &work); // at rows whose conflicts had been answered
    Result<void> makeApplier(Work &work, JobSide side);
    Result<void> applyAll();
    Result<void> showKeys(PlanReader &spool, Direction &direction);
    Result<void> takePlanned(Direction &direction);
    void makeUnits();
    void addUnit(std::vector<int> tables);
    Result<void> applyBatchwise();
    Result<void> applyUnit(Unit &unit);
    Result<void> writeUnit(Unit &unit, Work *&current);
    // The step on these tables that have not failed, at most `limit` at a time. An error that ends the run ends it.
    Result<void> onEach(const std::vector<int> &tables, int limit, const Step &step);
    Result<void> onLevels(JobSide order, bool backwards, const Step &step);
    Result<void> onAll(const Step &step); // one after the other, in the order that the target asks for
    Result<void> settle(Work &work);
    Result<void> settleRetries(Work &work, Direction &direction);
    Result<void> begin(Work &work);
    Result<void> countForGuard(Work &work);
    Result<void> stamp(JobSide side, Direction &direction, bool settled);
    Result<void> stampWith(std::unique_ptr<Session> &session, JobSide side, Direction &direction, bool settled);
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
    std::mutex m_baseTurn; // tables on several threads share m_base
    std::vector<std::unique_ptr<Unit>> m_units; // before the tables that write through their lanes
    std::vector<std::unique_ptr<Work>> m_tables;
    TableOrder m_targetOrder;
    TableOrder m_sourceOrder;
    std::unique_ptr<Session> m_stampSource; // opened when the first record is to be written
    std::unique_ptr<Session> m_stampTarget;
};

} // namespace tidemark
