// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/undotwoway.h"

#include <algorithm>

#include <QDir>
#include <QFileInfo>

#include "core/apply/collatedkey.h"
#include "core/apply/mirroredpair.h"
#include "core/data/orderedkey.h"

namespace tidemark {

namespace {

constexpr qint64 planPage = 5000;
constexpr std::array bothSides{JobSide::Target, JobSide::Source};

bool endsRun(const Error &error)
{
    return error.code == ErrorCode::Cancelled || error.code == ErrorCode::Busy || error.code == ErrorCode::LockLost;
}

Result<std::optional<Checkpoint>> checkpointOf(Session &session, const CheckpointKey &key)
{
    TRY_ASSIGN(const bool stands, session.hasCheckpointTable());
    return stands ? session.loadCheckpoint(key, false) : Result<std::optional<Checkpoint>>(std::nullopt);
}

std::string_view viewOf(const QByteArray &bytes) { return {bytes.constData(), std::size_t(bytes.size())}; }

} // namespace

RunReport UndoTwoWay::run()
{
    m_startedUs = m_s.context.clock.nowUs();
    const auto outcome = applyAll();
    return report(outcome);
}

Result<void> UndoTwoWay::applyAll()
{
    TRY(open());
    for (const auto &work : m_tables) {
        if (work->error)
            continue;
        if (auto begun = begin(*work); !begun) {
            if (endsRun(begun.error()))
                return begun;
            work->error = begun.error();
        }
    }
    for (const JobSide side : bothSides)
        TRY(applyTo(side));
    for (const auto &work : m_tables) {
        if (work->error)
            continue;
        TRY(m_s.context.gate.checkLock());
        if (auto done = settle(*work); !done)
            work->error = done.error();
    }
    return {};
}

Result<void> UndoTwoWay::open()
{
    RunContext &context = m_s.context;
    TRY(m_sides.open());
    TRY(m_sides.lock());
    m_sourceGate.oneWriter = context.source.oneWriter;
    m_sourceGate.watchLock(&m_sides.target());
    TRY_ASSIGN(m_matched, matchTables(context.job, m_sides.source(), m_sides.target()));
    TRY(keepOnly(context.options.onlyTables, m_matched));
    TRY_ASSIGN(context.gate.checkpointTableStands, m_sides.target().hasCheckpointTable());
    TRY_ASSIGN(m_sourceGate.checkpointTableStands, m_sides.source().hasCheckpointTable());
    if (const QString folder = QFileInfo(m_s.baseFile).absolutePath(); !QDir().mkpath(folder))
        return fail(Error{ErrorCode::FileUnwritable, {{Fact::File, folder}}, {}});
    TRY_ASSIGN(m_base, BaseFile::open(m_s.baseFile));
    TRY_ASSIGN(m_plan, PlanReader::open(m_s.planFile));
    TRY_ASSIGN(m_heads, m_plan->tables());
    QList<TableSchema> targets;
    QList<TableSchema> sources;
    QList<TableProgress> progress;
    for (const MatchedTable &matched : std::as_const(m_matched)) {
        targets += matched.pair ? matched.pair->mapping.target : TableSchema{};
        sources += matched.pair ? matched.pair->mapping.source : TableSchema{};
        TableProgress row;
        row.source = matched.sourceName;
        row.target = matched.targetName;
        progress += row;
        m_tables.push_back(std::make_unique<Work>());
        m_tables.back()->index = int(m_tables.size()) - 1;
        TRY(prepare(*m_tables.back(), matched));
    }
    context.progress.setTables(progress);
    m_targetOrder = orderTables(targets);
    m_sourceOrder = orderTables(sources);
    return {};
}

Result<void> UndoTwoWay::prepare(Work &work, const MatchedTable &matched)
{
    RunContext &context = m_s.context;
    work.source = matched.sourceName;
    work.target = matched.targetName;
    work.error = matched.error;
    if (matched.error || !matched.pair)
        return {};
    work.toTarget.pair = *matched.pair;
    work.toSource.pair = mirroredPair(*matched.pair);
    work.toTarget.token = matched.targetToken;
    work.toSource.token = matched.sourceToken;
    for (const JobSide side : bothSides)
        TRY(plannedFor(work.to(side), side, matched.sourceName));
    TRY_ASSIGN(work.toTarget.known, checkpointOf(m_sides.target(), work.toTarget.pair.checkpointKey));
    TRY_ASSIGN(work.toSource.known, checkpointOf(m_sides.source(), work.toSource.pair.checkpointKey));
    work.base = std::make_unique<TwoWayBase>(TwoWayBase::Settings{
        .file = *m_base,
        .pair = work.toTarget.pair,
        .journalId = context.journal.id(),
        .generation = context.generation,
        .keepsCells = work.toTarget.pair.settings.kept == Kept::Cells,
    });
    return {};
}

// Of this table and side, if anything is to be put back there.
Result<void> UndoTwoWay::plannedFor(Direction &direction, JobSide side, const QString &table)
{
    for (UndoPlanner::Table &planned : m_s.tables) {
        if (planned.name != table || planned.outcome.written != side || planned.planned.total() == 0)
            continue;
        direction.planned = &planned;
        direction.head = m_heads.at(planned.planTable);
        // Somebody altered a table since the plan was made.
        if (direction.head.planDigest != direction.pair.planDigest)
            return fail(Error{ErrorCode::UndoOutdated, {{Fact::Table, table}}, {}});
    }
    return {};
}

// Both sides bear the run's generation before a row is written: one that comes back from a backup made before is told
// apart from now on, wherever the run is cut off.
Result<void> UndoTwoWay::begin(Work &work)
{
    TRY(work.base->open(work.toSource.known, work.toTarget.known));
    const bool both = work.toTarget.planned != nullptr && work.toSource.planned != nullptr;
    if (work.base->isTrusted()) {
        TRY(stopMerges(work));
        TRY(work.base->sealDecisions());
    }
    TRY(stamp(JobSide::Source, work.toSource));
    TRY(stamp(JobSide::Target, work.toTarget));
    TRY(work.base->noteStamped());
    for (const JobSide side : bothSides) {
        Direction &direction = work.to(side);
        if (direction.planned == nullptr)
            continue;
        // A row that goes back at both sides, or whose merge is stopped, is nobody's edit.
        direction.planned->isEdit = direction.planned->isEdit && !both && work.merging.empty();
        direction.marks = std::make_unique<UndoneMarks>(*work.base, side, direction.planned->isEdit);
        makeApplier(work, side);
    }
    return {};
}

Result<void> UndoTwoWay::stopMerges(Work &work)
{
    TRY_ASSIGN(const auto merges, work.base->unfinishedMerges());
    if (merges.empty())
        return {};
    for (const JobSide side : bothSides) {
        const Direction &direction = work.to(side);
        if (direction.planned == nullptr)
            continue;
        RowBatch row(direction.pair.layout);
        TRY(m_plan->scan(direction.planned->planTable, std::nullopt, 0, std::numeric_limits<qint64>::max(),
                         [&](const PlanRowRef &one) {
                             row.clear();
                             std::string key;
                             if (row.appendChain(one.target.empty() ? one.source : one.target))
                                 appendOrderedKey(row, 0, key);
                             if (merges.contains(key))
                                 work.merging.insert(std::move(key));
                             return true;
                         }));
    }
    for (const std::string &key : work.merging)
        work.base->forgetMerge(key); // by settle()
    return UndoneMarks::stopMerges(*m_base, work.toTarget.pair.checkpointKey.table, merges, work.merging);
}

Result<void> UndoTwoWay::stamp(JobSide side, Direction &direction)
{
    RunContext &context = m_s.context;
    TRY(context.gate.checkLock());
    const bool atTarget = side == JobSide::Target;
    std::unique_ptr<Session> &session = atTarget ? m_stampTarget : m_stampSource;
    if (!session) {
        TRY_ASSIGN(session,
                   context.connector.open(atTarget ? context.job.target : context.job.source,
                                          OpenOptions{true, &context.cancellation}));
        if (session->facts().readOnly)
            return fail(Error{ErrorCode::ReadOnly,
                              {{Fact::Connection, atTarget ? context.job.target.label() : context.job.source.label()}},
                              {}});
        TRY_ASSIGN(const bool stands, session->hasCheckpointTable());
        if (!stands)
            TRY(session->createCheckpointTable());
    }
    TRY(session->beginWrite());
    TRY_ASSIGN(const auto found, session->loadCheckpoint(direction.pair.checkpointKey, true));
    if ((found ? found->epoch : 0) != (direction.known ? direction.known->epoch : 0))
        return fail(Error{ErrorCode::Busy, {{Fact::Table, direction.pair.targetName()}}, QStringLiteral("epoch")});
    Checkpoint mark = found.value_or(Checkpoint{});
    mark.key = direction.pair.checkpointKey;
    mark.format = Checkpoint::currentFormat;
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

void UndoTwoWay::makeApplier(Work &work, JobSide side)
{
    RunContext &context = m_s.context;
    Direction &direction = work.to(side);
    const bool atTarget = side == JobSide::Target;
    direction.lane = std::make_unique<WriteLane>(context.connector, atTarget ? context.job.target : context.job.source,
                                                 context.cancellation, atTarget ? context.gate : m_sourceGate, true);
    std::vector<WriteLedger *> ledgers{direction.marks.get()};
    if (context.undo != nullptr)
        ledgers.push_back(context.undo->ledger(direction.pair, side));
    const auto before = Watermark::fromBytes(direction.known->watermark);
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
                                                                     .ledgers = std::move(ledgers),
                                                                     .progress = {}});
}

// Upserts by level, deletes in reverse, then what others were in the way of.
Result<void> UndoTwoWay::applyTo(JobSide side)
{
    TRY(onTables(side, false, [this](Work &work, Direction &direction) -> Result<void> {
        enter(work, Phase::Writing);
        TRY(takePlanned(direction));
        return direction.applier->finishUpserts();
    }));
    TRY(onTables(side, true, [this](Work &work, Direction &direction) {
        enter(work, Phase::Deleting);
        return direction.applier->applyDeletes(direction.head.report.targetRows, m_s.context.approval);
    }));
    for (const bool lastPass : {false, false, true}) {
        TRY(onTables(side, false,
                     [lastPass](Work &, Direction &direction) { return direction.applier->retryRefused(lastPass); }));
    }
    return {};
}

// Every key once before the first is written: the side may equate some of them.
Result<void> UndoTwoWay::showKeys(Direction &direction)
{
    RowBatch rows(direction.pair.layout);
    TRY(m_plan->scan(direction.planned->planTable, std::nullopt, 0, std::numeric_limits<qint64>::max(),
                     [&](const PlanRowRef &row) {
                         rows.clear();
                         if (rows.appendChain(row.source))
                             direction.applier->noteKeys(rows);
                         return true;
                     }));
    return {};
}

Result<void> UndoTwoWay::takePlanned(Direction &direction)
{
    if (keyCollates(direction.pair.mapping))
        TRY(showKeys(direction));
    RowBatch from(direction.pair.layout);
    RowBatch pictures(direction.pair.layout);
    for (qint64 offset = 0;; offset += planPage) {
        TRY_ASSIGN(const QList<PlanRow> rows,
                   m_plan->rows(direction.planned->planTable, std::nullopt, offset, planPage));
        if (rows.isEmpty())
            return {};
        from.clear();
        pictures.clear();
        std::vector<RowDecision> decisions;
        for (const PlanRow &row : rows) {
            RowDecision decision{row.decision, row.reason, -1, -1};
            if (!row.source.isEmpty() && from.appendChain(viewOf(row.source)))
                decision.sourceRow = from.rowCount() - 1;
            if (!row.target.isEmpty() && pictures.appendChain(viewOf(row.target)))
                decision.targetRow = pictures.rowCount() - 1;
            decisions.push_back(decision);
        }
        TRY(direction.applier->takePlanned(from, pictures, decisions));
    }
}

Result<void> UndoTwoWay::onTables(JobSide side, bool backwards, const Step &step)
{
    std::vector<std::vector<int>> levels = side == JobSide::Target ? m_targetOrder.levels : m_sourceOrder.levels;
    if (backwards)
        std::reverse(levels.begin(), levels.end());
    for (const std::vector<int> &level : levels) {
        for (const int index : level) {
            Work &work = *m_tables[std::size_t(index)];
            Direction &direction = work.to(side);
            if (work.error || !direction.applier)
                continue;
            auto done = step(work, direction);
            if (!done)
                direction.lane->rollback(done.error());
            direction.applier->disconnect();
            if (done)
                continue;
            work.error = done.error();
            if (endsRun(done.error()))
                return done;
        }
    }
    return {};
}

Result<void> UndoTwoWay::settle(Work &work)
{
    enter(work, Phase::Settling);
    for (const JobSide side : bothSides) {
        Direction &direction = work.to(side);
        if (!direction.applier)
            continue;
        TRY(direction.applier->settle(false, {}));
        UndoneTable &outcome = direction.planned->outcome;
        const qint64 written = direction.applier->counts().written.total();
        outcome.isEdit = direction.planned->isEdit && written > 0;
        outcome.comesBack = !work.base->isTrusted() && !outcome.isEdit && written > 0;
        outcome.contested = work.base->isTrusted() && !outcome.isEdit ? written : 0;
    }
    if (work.base->isTrusted())
        TRY(work.base->settle());
    enter(work, Phase::Done);
    return {};
}

void UndoTwoWay::enter(const Work &work, Phase phase)
{
    m_s.context.progress.update(work.index, [&](TableProgress &progress) {
        progress.phase = phase;
        if (progress.startedMs == 0)
            progress.startedMs = m_s.context.clock.steadyMs();
    });
}

TableReport UndoTwoWay::reportOf(Work &work)
{
    TableReport row;
    row.source = work.source;
    row.target = work.target;
    row.error = work.error;
    for (const JobSide side : bothSides) {
        const Direction &direction = work.to(side);
        if (!direction.applier)
            continue;
        const ApplyCounts &counts = direction.applier->counts();
        (side == JobSide::Target ? row.toTarget : row.toSource) = counts.written;
        row.quarantined += counts.setAside;
        row.changedSincePlan += counts.changedSincePlan;
        row.withheldDeletes += counts.withheldDeletes;
        if (side == JobSide::Target)
            row.targetRows = direction.head.report.targetRows;
    }
    return row;
}

RunReport UndoTwoWay::report(const Result<void> &outcome)
{
    RunReport report;
    report.job = m_s.context.job.name;
    report.jobId = m_s.context.job.id;
    report.run = m_s.context.run;
    report.startedUs = m_startedUs;
    bool failed = !outcome;
    for (const auto &work : m_tables) {
        const TableReport row = reportOf(*work);
        failed = failed || row.error;
        if (row.withheldDeletes > 0)
            report.attention += {Attention::Kind::Deletes, row.source, row.withheldDeletes};
        if (row.changedSincePlan > 0)
            report.attention += {Attention::Kind::Review, row.source, row.changedSincePlan};
        if (row.quarantined > 0)
            report.attention += {Attention::Kind::Quarantine, row.source, row.quarantined};
        report.tables += row;
    }
    report.state = failed            ? RunState::Failed
        : report.attention.isEmpty() ? RunState::Completed
                                     : RunState::NeedsAttention;
    if (!outcome) {
        report.error = outcome.error();
        if (outcome.error().code == ErrorCode::Cancelled)
            report.state = RunState::Cancelled;
        if (outcome.error().code == ErrorCode::Busy)
            report.state = RunState::Busy;
    }
    report.finishedUs = m_s.context.clock.nowUs();
    return report;
}

} // namespace tidemark
