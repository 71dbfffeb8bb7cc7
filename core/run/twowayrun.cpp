// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/twowayrun.h"

#include <QFile>

#include "core/apply/mirroredpair.h"
#include "core/detect/rowstream.h"

namespace tidemark {

namespace {

constexpr qint64 planPage = 5000;
constexpr qint64 streamBytes = 4 << 20;

class RemovedAtEnd
{
public:
    explicit RemovedAtEnd(QString file) : m_file(std::move(file)) { }
    ~RemovedAtEnd() { QFile::remove(m_file); }
    Q_DISABLE_COPY_MOVE(RemovedAtEnd)

private:
    QString m_file;
};

} // namespace

// Decisions go to the plan file, a table a direction; what needs no write goes to the base.
class TwoWayRun::Outlet final : public TwoWayOutlet
{
public:
    Outlet(Work &work, PlanWriter &plan) : m_work(work), m_plan(plan) { }

    Result<void> write(JobSide to, const RowBatch &from, const RowBatch &pictures,
                       std::span<const RowDecision> decisions) override
    {
        std::vector<PlanWriter::Item> items;
        items.reserve(decisions.size());
        for (const RowDecision &decision : decisions)
            items.push_back({decision.decision, decision.reason, decision.sourceRow, decision.targetRow});
        return m_plan.addRows(m_work.to(to).planTable, from, pictures, items);
    }
    Result<void> changeBase(BaseChange change) override { return m_work.base->change(std::move(change)); }
    Result<void> intend(BaseMerge merge) override { return m_work.base->intend(std::move(merge)); }
    Result<void> forgetMerge(const std::string &key) override
    {
        m_work.base->forgetMerge(key);
        return {};
    }
    Result<void> keepOpen(const OpenConflict &conflict) override
    {
        if (m_work.report.conflicts.size() < conflictsTold)
            m_work.report.conflicts.push_back(conflict);
        return {};
    }
    bool restart() override
    {
        m_work.report.conflicts.clear();
        return m_plan.restartTable(m_work.toTarget.planTable) && m_plan.restartTable(m_work.toSource.planTable)
            && m_work.base->restart();
    }

private:
    Work &m_work;
    PlanWriter &m_plan;
};

bool TwoWayRun::endsRun(const Error &error) const
{
    return error.code == ErrorCode::Cancelled || error.code == ErrorCode::Busy || error.code == ErrorCode::LockLost;
}

Result<QList<TwoWayTable>> TwoWayRun::run()
{
    const RemovedAtEnd plan(m_s.planFile);
    TRY(open());
    TRY(onTables(JobSide::Target, false, [this](Work &work) { return compare(work); }));
    m_sides.endSnapshot();
    TRY(m_writer->finish());
    m_writer.reset();
    TRY_ASSIGN(m_plan, PlanReader::open(m_s.planFile));
    TRY(applyAll());
    TRY(onTables(JobSide::Target, false, [this](Work &work) { return settle(work); }));
    QList<TwoWayTable> reports;
    for (const auto &work : m_tables) {
        if (work->toTarget.applier)
            work->report.toTarget = work->toTarget.applier->counts();
        if (work->toSource.applier)
            work->report.toSource = work->toSource.applier->counts();
        reports += std::move(work->report);
    }
    return reports;
}

Result<void> TwoWayRun::open()
{
    RunContext &context = m_s.context;
    TRY(m_sides.open());
    TRY(m_sides.lock());
    m_sourceGate.oneWriter = context.source.oneWriter;
    m_sourceGate.watchLock(&m_sides.target());
    TRY_ASSIGN(m_matched, matchTables(context.job, m_sides.source(), m_sides.target()));
    TRY_ASSIGN(context.gate.checkpointTableStands, m_sides.target().hasCheckpointTable());
    TRY_ASSIGN(m_sourceGate.checkpointTableStands, m_sides.source().hasCheckpointTable());
    TRY_ASSIGN(m_base, BaseFile::open(m_s.baseFile));
    TRY_ASSIGN(m_writer,
               PlanWriter::create(m_s.planFile,
                                  PlanHead{.id = context.run,
                                           .jobId = context.job.id,
                                           .job = context.job.name,
                                           .source = context.job.source.label(),
                                           .target = context.job.target.label()}));
    QList<TableSchema> targets;
    QList<TableSchema> sources;
    for (const MatchedTable &matched : m_matched) {
        targets += matched.pair ? matched.pair->mapping.target : TableSchema{};
        sources += matched.pair ? matched.pair->mapping.source : TableSchema{};
        m_tables.push_back(std::make_unique<Work>());
        TRY(prepare(*m_tables.back(), matched));
    }
    m_targetOrder = orderTables(targets);
    m_sourceOrder = orderTables(sources);
    return m_sides.shareSnapshot();
}

Result<std::optional<Checkpoint>> TwoWayRun::checkpoint(Session &session, const CheckpointKey &key)
{
    TRY_ASSIGN(const bool stands, session.hasCheckpointTable());
    return stands ? session.loadCheckpoint(key, false) : Result<std::optional<Checkpoint>>(std::nullopt);
}

Result<void> TwoWayRun::prepare(Work &work, const MatchedTable &matched)
{
    RunContext &context = m_s.context;
    work.report.source = matched.sourceName;
    work.report.target = matched.targetName;
    work.report.error = matched.error;
    if (matched.error || !matched.pair)
        return {};
    work.toTarget.pair = *matched.pair;
    work.toSource.pair = mirroredPair(*matched.pair);
    work.toTarget.token = matched.targetToken;
    work.toSource.token = matched.sourceToken;
    work.rules = m_s.rules(work.toTarget.pair);
    TRY_ASSIGN(work.toTarget.known, checkpoint(m_sides.target(), work.toTarget.pair.checkpointKey));
    TRY_ASSIGN(work.toSource.known, checkpoint(m_sides.source(), work.toSource.pair.checkpointKey));
    work.base = std::make_unique<TwoWayBase>(TwoWayBase::Settings{*m_base, work.toTarget.pair, context.journal.id(),
                                                                  context.generation, work.rules.keepsCells});
    TRY(work.base->open(work.toSource.known, work.toTarget.known));
    work.report.trust = work.base->trust();
    for (const JobSide side : {JobSide::Target, JobSide::Source}) {
        Direction &direction = work.to(side);
        direction.ledger = std::make_unique<BaseLedger>(*work.base, side);
        direction.head.report.source = direction.pair.sourceName();
        direction.head.report.target = direction.pair.targetName();
        for (const CellType &type : direction.pair.layout->cells)
            direction.head.columns += PlanColumn{{}, {}, type, true};
        direction.head.keyCount = direction.pair.layout->keyCount;
        direction.head.comparedCount = direction.pair.layout->comparedCount;
        TRY_ASSIGN(direction.planTable, m_writer->addTable(direction.head));
    }
    return {};
}

Result<void> TwoWayRun::compareStreams(Work &work, bool ordered, TwoWaySink &sink)
{
    RunContext &context = m_s.context;
    const TablePair &pair = work.toTarget.pair;
    ReadRequest source = pair.readSource(context.job.batch);
    ReadRequest target = pair.readTarget(context.job.batch);
    if (!ordered)
        source.order = target.order = ReadRequest::Order::None;
    RowStream sources(
        {context.connector, context.job.source, context.snapshot, source, context.cancellation, streamBytes});
    RowStream targets({context.connector, context.job.target, {}, target, context.cancellation, streamBytes});
    const OneWayRules rules{true};
    const CompareProgress quiet = [](const CompareCounts &) {};
    const auto counts = ordered ? orderedMerge(sources, targets, rules, sink, quiet)
                                : hashJoin(sources, targets, pair.layout, rules, sink, quiet, false);
    if (!counts)
        return fail(counts.error());
    sources.finish();
    targets.finish();
    return {};
}

Result<void> TwoWayRun::compare(Work &work)
{
    const TablePair &pair = work.toTarget.pair;
    Outlet outlet(work, *m_writer);
    TRY_ASSIGN(auto unfinished, work.base->unfinishedMerges());
    bool ordered = pair.mapping.ordered();
    TRY_ASSIGN(const std::unique_ptr<TwoWaySink> sink,
               TwoWaySink::open({work.rules, pair.layout, m_base->path(), pair.checkpointKey.table,
                                 work.base->isTrusted(), std::move(unfinished), outlet},
                                ordered));
    auto done = compareStreams(work, ordered, *sink);
    if (!done && ordered && isBrokenOrder(done.error()) && sink->restart())
        done = compareStreams(work, false, *sink);
    TRY(std::move(done));
    TRY(sink->finish());
    work.report.counts = sink->counts();
    work.toTarget.rows = sink->counts().targetRows;
    work.toSource.rows = sink->counts().sourceRows;
    for (const JobSide side : {JobSide::Target, JobSide::Source})
        TRY(m_writer->finishTable(work.to(side).planTable, work.to(side).head));
    return {};
}

Result<void> TwoWayRun::makeApplier(Work &work, JobSide side)
{
    RunContext &context = m_s.context;
    Direction &direction = work.to(side);
    const bool toTarget = side == JobSide::Target;
    direction.lane = std::make_unique<WriteLane>(context.connector, toTarget ? context.job.target : context.job.source,
                                                 context.cancellation, toTarget ? context.gate : m_sourceGate, true);
    const auto before = direction.known ? Watermark::fromBytes(direction.known->watermark) : std::nullopt;
    direction.applier = std::make_unique<TableApplier>(ApplySettings{.pair = direction.pair,
                                                                     .job = context.job,
                                                                     .lane = *direction.lane,
                                                                     .journal = context.journal,
                                                                     .cancellation = context.cancellation,
                                                                     .clock = context.clock,
                                                                     .run = context.run,
                                                                     .generation = context.generation,
                                                                     .targetToken = direction.token,
                                                                     .known = direction.known,
                                                                     .position = before.value_or(Watermark{}),
                                                                     .failedBefore = {},
                                                                     .ledgers = {direction.ledger.get()},
                                                                     .progress = {}});
    return {};
}

Result<void> TwoWayRun::takePlanned(Direction &direction)
{
    RowBatch from(direction.pair.layout);
    RowBatch pictures(direction.pair.layout);
    for (qint64 offset = 0;; offset += planPage) {
        TRY_ASSIGN(const QList<PlanRow> rows, m_plan->rows(direction.planTable, std::nullopt, offset, planPage));
        if (rows.isEmpty())
            return {};
        from.clear();
        pictures.clear();
        std::vector<RowDecision> decisions;
        for (const PlanRow &row : rows) {
            RowDecision decision{row.decision, row.reason, -1, -1};
            if (!row.source.isEmpty() && from.appendChain({row.source.constData(), std::size_t(row.source.size())}))
                decision.sourceRow = from.rowCount() - 1;
            if (!row.target.isEmpty() && pictures.appendChain({row.target.constData(), std::size_t(row.target.size())}))
                decision.targetRow = pictures.rowCount() - 1;
            decisions.push_back(decision);
        }
        TRY(direction.applier->takePlanned(from, pictures, decisions));
    }
}

// Upserts by level, deletes in reverse, then what others were in the way of: first at the target, then at the source.
Result<void> TwoWayRun::applyAll()
{
    TRY(onTables(JobSide::Target, false, [this](Work &work) { return begin(work); }));
    for (const JobSide side : {JobSide::Target, JobSide::Source}) {
        TRY(onTables(side, false, [&](Work &work) -> Result<void> {
            if (!work.active)
                return {};
            TRY(takePlanned(work.to(side)));
            return work.to(side).applier->finishUpserts();
        }));
        TRY(onTables(side, true, [&](Work &work) -> Result<void> {
            return work.active ? work.to(side).applier->applyDeletes(work.to(side).rows, m_s.context.approval)
                               : Result<void>();
        }));
        for (const bool lastPass : {false, false, true}) {
            TRY(onTables(side, false, [&](Work &work) -> Result<void> {
                return work.active ? work.to(side).applier->retryRefused(lastPass) : Result<void>();
            }));
        }
    }
    return {};
}

Result<void> TwoWayRun::onTables(JobSide order, bool backwards, const Step &step)
{
    std::vector<std::vector<int>> levels = order == JobSide::Target ? m_targetOrder.levels : m_sourceOrder.levels;
    if (backwards)
        std::reverse(levels.begin(), levels.end());
    for (const std::vector<int> &level : levels) {
        for (const int index : level) {
            Work &work = *m_tables[std::size_t(index)];
            if (work.report.error)
                continue;
            if (auto done = step(work); !done) {
                for (const JobSide side : {JobSide::Target, JobSide::Source}) {
                    if (work.to(side).lane)
                        work.to(side).lane->rollback(done.error());
                }
                if (endsRun(done.error()))
                    return done;
                work.report.error = done.error();
            }
            for (const JobSide side : {JobSide::Target, JobSide::Source}) {
                if (work.to(side).applier)
                    work.to(side).applier->disconnect();
            }
        }
    }
    return {};
}

// Both sides bear the run's generation before a row is written or the base changes: one that comes back from a backup
// made before is told apart from now on, wherever the run is cut off.
Result<void> TwoWayRun::begin(Work &work)
{
    qint64 rows = 0;
    for (const JobSide side : {JobSide::Target, JobSide::Source}) {
        TRY_ASSIGN(const qint64 planned, m_plan->rowCount(work.to(side).planTable, std::nullopt));
        rows += planned;
    }
    work.active = rows > 0 || work.base->changes();
    if (!work.active)
        return {};
    TRY(work.base->sealDecisions());
    TRY(stamp(JobSide::Source, work.toSource, false));
    TRY(stamp(JobSide::Target, work.toTarget, false));
    TRY(work.base->noteStamped());
    TRY(makeApplier(work, JobSide::Target));
    return makeApplier(work, JobSide::Source);
}

Result<void> TwoWayRun::settle(Work &work)
{
    if (!work.active)
        return {};
    for (const JobSide side : {JobSide::Target, JobSide::Source})
        TRY(work.to(side).applier->settle(true, {}));
    work.report.baseChanged = work.base->changes();
    if (!work.base->changes())
        return {};
    TRY(stamp(JobSide::Target, work.toTarget, true));
    return work.base->settle();
}

Result<void> TwoWayRun::stamp(JobSide side, Direction &direction, bool settled)
{
    RunContext &context = m_s.context;
    TRY(context.gate.checkLock());
    std::unique_ptr<Session> &session = side == JobSide::Target ? m_stampTarget : m_stampSource;
    if (!session) {
        TRY_ASSIGN(session,
                   context.connector.open(side == JobSide::Target ? context.job.target : context.job.source,
                                          OpenOptions{true, &context.cancellation}));
        TRY_ASSIGN(const bool stands, session->hasCheckpointTable());
        if (!stands)
            TRY(session->createCheckpointTable());
    }
    TRY(session->beginWrite());
    TRY_ASSIGN(const auto found, session->loadCheckpoint(direction.pair.checkpointKey, true));
    const bool own = found && found->generation == context.generation;
    if (!own && (found ? found->epoch : 0) != (direction.known ? direction.known->epoch : 0))
        return fail(Error{ErrorCode::Busy, {{Fact::Table, direction.pair.targetName()}}, QStringLiteral("epoch")});
    Checkpoint mark = found.value_or(Checkpoint{});
    mark.key = direction.pair.checkpointKey;
    mark.format = Checkpoint::currentFormat;
    if (settled)
        mark.watermark = TwoWayBase::settledWatermark(context.generation).toBytes();
    mark.mappingDigest = direction.pair.mappingDigest;
    mark.readDigest = direction.pair.readDigest;
    mark.generation = context.generation;
    mark.journalId = context.journal.id();
    ++mark.epoch;
    TRY(session->saveCheckpoint(mark));
    TRY(session->commit());
    direction.known = std::move(mark);
    return {};
}

} // namespace tidemark
