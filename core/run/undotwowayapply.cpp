// SPDX-License-Identifier: GPL-3.0-or-later
// How an undo of a two-way run writes its plan to both sides.
#include <algorithm>
#include <array>

#include "core/apply/collatedkey.h"
#include "core/data/orderedkey.h"
#include "core/run/rowchains.h"
#include "core/run/undotwoway.h"

namespace tidemark {

namespace {

constexpr qint64 planPage = 5000;
constexpr std::array bothSides{JobSide::Target, JobSide::Source};

} // namespace

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
    return UndoneMarks::stopMerges(*m_base, work.toTarget.pair.checkpointKey.table, work.merging);
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
                                                                     .progress = {},
                                                                     .written = side});
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

} // namespace tidemark
