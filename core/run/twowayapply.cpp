// SPDX-License-Identifier: GPL-3.0-or-later
// How a two-way run writes what it found, and what it leaves at both sides.
#include "core/apply/collatedkey.h"
#include "core/run/rowchains.h"
#include "core/run/spooledcause.h"
#include "core/run/twowayrules.h"
#include "core/run/twowayrun.h"

namespace tidemark {

namespace {

constexpr qint64 planPage = 5000;

} // namespace

void TwoWayRun::tellWritten(Work &work)
{
    m_s.context.progress.update(work.index, [&](TableProgress &progress) {
        progress.written = {};
        progress.bytesWritten = 0;
        for (const JobSide side : {JobSide::Target, JobSide::Source}) {
            if (!work.to(side).applier)
                continue;
            progress.written = progress.written + work.to(side).applier->counts().written;
            progress.bytesWritten += work.to(side).applier->counts().bytes;
        }
    });
}

Result<void> TwoWayRun::makeApplier(Work &work, JobSide side)
{
    RunContext &context = m_s.context;
    Direction &direction = work.to(side);
    if (work.changes->hasLogs())
        direction.lane->hideFromLogsOf(context.job.id);
    const auto before = direction.known ? Watermark::fromBytes(direction.known->watermark) : std::nullopt;
    ApplySettings settings{.pair = direction.pair,
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
                           .transaction = context.job.transaction,
                           .failedBefore = {},
                           .ledgers = {direction.ledger.get()},
                           .progress = [this, &work](const ApplyCounts &) { tellWritten(work); },
                           .written = side};
    if (context.undo != nullptr)
        settings.ledgers.push_back(
            context.undo->ledger(direction.pair, side, false, undoDeciders(work.toTarget.pair, work.rules)));
    direction.applier = std::make_unique<TableApplier>(std::move(settings));
    return {};
}

// Every key once before the first is written: the side may equate some of them.
Result<void> TwoWayRun::showKeys(PlanReader &spool, Direction &direction)
{
    RowBatch from(direction.pair.layout);
    for (qint64 offset = 0;; offset += planPage) {
        TRY_ASSIGN(const QList<PlanRow> rows, spool.rows(direction.planTable, std::nullopt, offset, planPage));
        if (rows.isEmpty())
            return {};
        from.clear();
        for (const PlanRow &row : rows) {
            if (!row.source.isEmpty())
                (void)from.appendChain(viewOf(row.source));
        }
        direction.applier->noteKeys(from);
    }
}

Result<void> TwoWayRun::takePlanned(Direction &direction)
{
    TRY_ASSIGN(const std::unique_ptr<PlanReader> spool, PlanReader::open(m_s.spoolFile)); // of the thread that reads
    if (keyCollates(direction.pair.mapping))
        TRY(showKeys(*spool, direction));
    RowBatch from(direction.pair.layout);
    RowBatch pictures(direction.pair.layout);
    for (qint64 offset = 0;; offset += planPage) {
        TRY_ASSIGN(const QList<PlanRow> rows, spool->rows(direction.planTable, std::nullopt, offset, planPage));
        if (rows.isEmpty())
            return {};
        from.clear();
        pictures.clear();
        std::vector<RowDecision> decisions;
        for (const PlanRow &row : rows) {
            RowDecision decision{row.decision, row.reason, -1, -1, spooledCause(row.base)};
            if (!row.source.isEmpty() && from.appendChain(viewOf(row.source)))
                decision.sourceRow = from.rowCount() - 1;
            if (!row.target.isEmpty() && pictures.appendChain(viewOf(row.target)))
                decision.targetRow = pictures.rowCount() - 1;
            decisions.push_back(decision);
        }
        TRY(direction.applier->takePlanned(from, pictures, decisions));
    }
}

// Both sides bear the run's generation before a row is written or the base changes: one that comes back from a backup
// made before is told apart from now on, wherever the run is cut off.
Result<void> TwoWayRun::begin(Work &work)
{
    qint64 rows = 0;
    for (const JobSide side : {JobSide::Target, JobSide::Source}) {
        TRY_ASSIGN(const qint64 planned, m_spool->rowCount(work.to(side).planTable, std::nullopt));
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
    TRY(makeApplier(work, JobSide::Source));
    return work.report.whole || work.keysCounted ? Result<void>() : countForGuard(work);
}

// Not all rows were read: how many there are is asked where rows are to be deleted, and no further than it matters.
Result<void> TwoWayRun::countForGuard(Work &work)
{
    for (const JobSide side : {JobSide::Target, JobSide::Source}) {
        Direction &direction = work.to(side);
        TRY_ASSIGN(const qint64 deletes, m_spool->rowCount(direction.planTable, Decision::DeleteTarget));
        if (deletes == 0)
            continue;
        Session &session = side == JobSide::Target ? m_sides.target() : m_sides.source();
        TRY_ASSIGN(direction.rows, rowsForGuard(session, direction.pair, deletes));
    }
    return {};
}

Result<void> TwoWayRun::settle(Work &work)
{
    enter(work, Phase::Settling);
    for (const JobSide side : {JobSide::Target, JobSide::Source})
        TRY(settleRetries(work, work.to(side)));
    if (work.active) {
        work.report.baseChanged = work.base->changes();
        if (work.base->changes()) {
            TRY(work.base->finishMerges());
            TRY(stamp(JobSide::Target, work.toTarget, true));
            TRY(work.base->settle());
        }
    }
    TRY(lookAgain(work));
    TRY(keepLeft(work));
    return work.changes->settle();
}

// What waited to be looked at again has been; what fails still, the applier keeps.
Result<void> TwoWayRun::settleRetries(Work &work, Direction &direction)
{
    if (direction.applier)
        return direction.applier->settle(work.report.whole, direction.retriesRead);
    Journal &journal = m_s.context.journal;
    const QString &jobId = m_s.context.job.id;
    const QString &table = direction.pair.checkpointKey.table;
    QList<QByteArray> done = direction.retriesRead;
    if (work.report.whole) {
        TRY_ASSIGN(const QList<RetryKey> all, journal.retries(jobId, table));
        for (const RetryKey &key : all)
            done += key.key;
    }
    if (done.isEmpty())
        return {};
    TRY(journal.removeRetries(jobId, table, done));
    return journal.clearAside(jobId, table, done);
}

// A session that failed is let go, with its transaction: other tables need one, too.
Result<void> TwoWayRun::stamp(JobSide side, Direction &direction, bool settled)
{
    std::unique_ptr<Session> &session = side == JobSide::Target ? m_stampTarget : m_stampSource;
    auto done = stampWith(session, side, direction, settled);
    if (!done)
        session.reset();
    return done;
}

Result<void> TwoWayRun::stampWith(std::unique_ptr<Session> &session, JobSide side, Direction &direction, bool settled)
{
    RunContext &context = m_s.context;
    TRY(context.gate.checkLock());
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
