// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/tablerun.h"

#include <algorithm>

#include "core/run/queueledger.h"
#include "core/run/undotable.h"

namespace tidemark {

namespace {

constexpr qint64 planPage = 2000;

} // namespace

std::optional<Watermark> trustedPosition(const TablePair &pair, CheckpointPlace place, const QByteArray &journalId,
                                         const std::optional<Checkpoint> &target,
                                         const std::optional<Checkpoint> &journal,
                                         const std::optional<Checkpoint> &lastWrite)
{
    const auto valid = [&](const std::optional<Checkpoint> &checkpoint) {
        return checkpoint && checkpoint->readDigest == pair.readDigest && checkpoint->journalId == journalId;
    };
    const auto position = [](const Checkpoint &checkpoint) -> std::optional<Watermark> {
        const auto watermark = Watermark::fromBytes(checkpoint.watermark);
        return watermark && watermark->cursor ? watermark : std::nullopt;
    };
    if (place == CheckpointPlace::Journal)
        return valid(journal) ? position(*journal) : std::nullopt;
    // A journal or a database that came back from a backup: the other one has seen writes that it does not know of, and
    // the retry set is not the one that belongs to this position.
    const bool sameHistory = !target
        || (lastWrite && (target->generation == lastWrite->generation || target->generation == lastWrite->watermark));
    if (!sameHistory)
        return std::nullopt;
    // The journal is ahead where it agrees with the target on the generation: an advance that applied no row.
    const QByteArray generation = target ? target->generation : QByteArray();
    if (valid(journal) && journal->generation == generation)
        return position(*journal);
    return valid(target) ? position(*target) : std::nullopt;
}

TableRun::TableRun(RunContext &context, MatchedTable &matched, int index, bool holdUpserts)
    : m_context(context), m_matched(matched), m_index(index), m_holdUpserts(holdUpserts), m_error(matched.error)
{ }

Result<EarlierState> earlierState(RunContext &context, const TablePair &pair, Session &target, bool hasCheckpointTable)
{
    EarlierState state;
    const CheckpointPlace place = context.job.checkpoint;
    TRY_ASSIGN(const auto journal, context.journal.checkpoint(pair.checkpointKey));
    if (place == CheckpointPlace::Journal) {
        state.known = journal;
    } else if (hasCheckpointTable) {
        TRY_ASSIGN(state.known, target.loadCheckpoint(pair.checkpointKey, false));
    }
    // A damaged record of the retry set may be a row below the watermark: only a full compare finds it again.
    TRY_ASSIGN(const qint64 damaged,
               context.journal.damagedRetries(pair.checkpointKey.jobId, pair.checkpointKey.table));
    TRY_ASSIGN(const auto lastWrite, context.journal.checkpoint(writeNoteKey(pair.checkpointKey)));
    TRY_ASSIGN(const auto sides, context.journal.checkpoint(sidesKey(pair.checkpointKey)));
    state.sidesKnown = sides && sides->mappingDigest == pair.sidesDigest;
    state.sidesChanged = sides && !state.sidesKnown;
    if (!context.options.full && damaged == 0)
        state.position = trustedPosition(pair, place, context.journal.id(), state.known, journal, lastWrite);
    return state;
}

Result<void> TableRun::prepare(Session &target, bool hasCheckpointTable)
{
    TRY_ASSIGN(m_earlierState, earlierState(m_context, *m_matched.pair, target, hasCheckpointTable));
    TRY(openUndo(target));
    if (m_policy && !m_policyError) // the applier of an earlier attempt may go on, and asks it
        return {};
    m_policy = std::make_unique<OneWayPolicy>(m_context, *m_matched.pair);
    m_policyError.reset();
    if (auto opened = m_policy->open(); !opened) // told of the table alone
        m_policyError = std::move(opened).error();
    return {};
}

Result<void> TableRun::openUndo(Session &target)
{
    const TablePair &pair = *m_matched.pair;
    if (m_context.undo == nullptr || m_undo != nullptr)
        return {};
    // An earlier attempt of this run has looked before it wrote; where a run has compared all before, a question costs
    // more than it may save.
    bool filled = false;
    if (!m_earlierState.position && !m_context.undo->knows(pair.checkpointKey)) {
        TRY_ASSIGN(filled, holdsNothing(target, pair));
    }
    m_undo = m_context.undo->ledger(pair, filled, {pair.settings.conflicts.newestSource, {}});
    return {};
}

void TableRun::rememberWritten()
{
    if (!m_applier)
        return;
    m_earlier.inserts += m_applier->counts().written.inserts;
    m_earlier.updates += m_applier->counts().written.updates;
    m_earlier.deletes += m_applier->counts().written.deletes;
}

void TableRun::dropApplier()
{
    rememberWritten();
    m_applier.reset();
}

void TableRun::makeApplier(WriteLane &lane, const QList<RetryKey> &retries)
{
    dropApplier();
    m_policy->restart();
    m_detected = {};
    m_startedMs = m_context.clock.steadyMs();
    ApplySettings settings{.pair = *m_matched.pair,
                           .job = m_context.job,
                           .lane = lane,
                           .journal = m_context.journal,
                           .cancellation = m_context.cancellation,
                           .clock = m_context.clock,
                           .run = m_context.run,
                           .generation = m_context.generation,
                           .targetToken = m_matched.targetToken,
                           .known = m_earlierState.known,
                           .position = m_earlierState.position.value_or(Watermark{}),
                           .transaction = m_context.job.transaction,
                           .sidesChanged = m_earlierState.sidesChanged,
                           .holdUpserts = m_holdUpserts,
                           .streaming = m_streaming,
                           // What an approved plan does not hold is not looked for either.
                           .mayLookAgain =
                               !m_secondLook && m_context.snapshot.isEmpty() && m_context.options.planFile.isEmpty(),
                           .failedBefore = {},
                           .progress = {}};
    if (m_undo != nullptr)
        settings.ledgers.push_back(m_undo);
    if (m_context.round != nullptr) {
        StagedTable *const staged = m_context.round->find(m_matched.pair->mapping.source.name);
        m_orders = std::make_unique<QueueLedger>(*m_context.round, *staged, lane);
        settings.ledgers.push_back(m_orders.get());
    }
    if (m_policy->isActive())
        settings.policy = m_policy.get();
    for (const RetryKey &retry : retries) {
        if (retry.reason == RetryReason::SetAside)
            settings.failedBefore.insert(retry.key.toStdString());
    }
    settings.progress = [this](const ApplyCounts &counts) {
        m_context.progress.update(m_index, [&](TableProgress &progress) {
            progress.written = counts.written;
            progress.bytesWritten = counts.bytes;
            if (progress.phase == Phase::Comparing && counts.written.total() > 0)
                progress.phase = Phase::Writing;
        });
    };
    settings.altered = [this](const RowBatch &rows, int row, const RowBatch &now, int nowRow) {
        return m_policy->storedOtherwise(rows, row, now, nowRow);
    };
    m_applier = std::make_unique<TableApplier>(std::move(settings));
}

void TableRun::enter(Phase phase)
{
    m_context.progress.update(m_index, [&](TableProgress &progress) {
        progress.phase = phase;
        if (progress.startedMs == 0)
            progress.startedMs = m_context.clock.steadyMs();
    });
}

Result<void> TableRun::detect(WriteLane &lane)
{
    const TablePair &pair = *m_matched.pair;
    if (m_policyError)
        return fail(*m_policyError);
    TRY_ASSIGN(QList<RetryKey> retries, m_context.journal.retries(m_context.job.id, pair.checkpointKey.table));
    makeApplier(lane, retries);
    enter(Phase::Comparing);
    retries = m_context.answersOnly ? m_policy->answeredKeys() : m_policy->withRetries(retries);
    TableDetector::Settings settings{m_context,
                                     pair,
                                     m_index,
                                     m_earlierState.position,
                                     retries,
                                     false,
                                     m_context.answersOnly,
                                     m_matched.sourceToken,
                                     [this](const Watermark &watermark) { m_applier->advancedTo(watermark); }};
    OneWaySink policed({*m_policy, *m_applier, false, m_context.answersOnly,
                        [this](const RowBatch &rows, int row) { return leave(rows, row); }});
    const bool asks = m_policy->isActive() || m_context.answersOnly;
    DecisionSink &sink = asks ? static_cast<DecisionSink &>(policed) : *m_applier;
    auto detected = TableDetector(std::move(settings)).run(sink);
    const Cancellation &cancellation = m_context.cancellation;
    if (!detected && cancellation.isStopping() && !cancellation.isCancelled())
        TRY(m_applier->writeTaken());
    if (!detected)
        return fail(std::move(detected).error());
    m_detected = std::move(*detected);
    m_applier->endsAt(m_detected.position);
    return {};
}

// For a person, or the next run: read again whatever its cursor.
Result<void> TableRun::leave(const RowBatch &rows, int row)
{
    if (m_matched.pair->settings.detect.by == DetectBy::Hash) // which has no cursors, and finds it again
        return {};
    const int which[]{row};
    return m_applier->addRetries(rows, which, RetryReason::NotSelected);
}

Result<void> TableRun::takePlan(WriteLane &lane, PlanReader &plan, int planTable, const PlanTable &head)
{
    if (m_policyError)
        return fail(*m_policyError);
    makeApplier(lane, {});
    enter(Phase::Writing);
    const TablePair &pair = *m_matched.pair;
    if (head.mappingDigest != pair.mappingDigest || head.planDigest != pair.planDigest)
        return fail(Error{ErrorCode::PlanOutdated, {{Fact::Table, pair.sourceName()}}, {}});
    if (keyCollates(pair.mapping))
        TRY(showKeys(plan, planTable));
    RowBatch source(pair.layout);
    RowBatch target(pair.layout);
    for (qint64 offset = 0;; offset += planPage) {
        TRY_ASSIGN(const QList<PlanRow> rows, plan.rows(planTable, std::nullopt, offset, planPage));
        if (rows.isEmpty())
            break;
        source.clear();
        target.clear();
        std::vector<RowDecision> decisions;
        for (const PlanRow &row : rows) {
            RowDecision decision{row.decision, row.reason, -1, -1};
            if (!row.source.isEmpty() && source.appendChain({row.source.constData(), std::size_t(row.source.size())}))
                decision.sourceRow = source.rowCount() - 1;
            if (!row.target.isEmpty() && target.appendChain({row.target.constData(), std::size_t(row.target.size())}))
                decision.targetRow = target.rowCount() - 1;
            if (row.decision == Decision::Conflict) {
                TRY(m_policy->meetPlanned(source, decision.sourceRow, target, decision.targetRow));
                TRY(leave(source, decision.sourceRow));
                continue;
            }
            if (row.included && head.included) {
                if (row.decision == Decision::UpdateTarget)
                    m_policy->notePlanned(source, decision.sourceRow);
                decisions.push_back(decision);
                continue;
            }
            const int which[]{decision.sourceRow >= 0 ? decision.sourceRow : decision.targetRow};
            TRY(m_applier->addRetries(decision.sourceRow >= 0 ? source : target, which, RetryReason::NotSelected));
        }
        TRY(m_applier->takePlanned(source, target, decisions));
    }
    m_detected.deletesChecked = head.report.deletesChecked;
    m_detected.targetRows = head.report.targetRows;
    m_detected.counts.identical = head.report.identical.value_or(0);
    m_detected.complete = head.report.identical.has_value();
    m_detected.counts.sourceRows = head.report.rowsRead;
    // An unticked table's watermark stays where it was.
    const auto position = head.included ? Watermark::fromBytes(head.position) : std::nullopt;
    m_detected.position = position.value_or(m_earlierState.position.value_or(Watermark{}));
    m_applier->endsAt(m_detected.position);
    return {};
}

// All of the plan's keys before the first is written: the target may equate some of them.
Result<void> TableRun::showKeys(PlanReader &plan, int planTable)
{
    RowBatch source(m_matched.pair->layout);
    for (qint64 offset = 0;; offset += planPage) {
        TRY_ASSIGN(const QList<PlanRow> rows, plan.rows(planTable, std::nullopt, offset, planPage));
        if (rows.isEmpty())
            return {};
        source.clear();
        for (const PlanRow &row : rows) {
            if (row.included && !row.source.isEmpty())
                source.appendChain({row.source.constData(), std::size_t(row.source.size())});
        }
        m_applier->noteKeys(source);
    }
}

Result<void> TableRun::writeUpserts()
{
    enter(Phase::Writing);
    return m_applier->finishUpserts();
}

Result<void> TableRun::writeDeletes()
{
    if (m_applier->pendingDeletes() == 0)
        return {};
    enter(Phase::Deleting);
    return m_applier->applyDeletes(m_detected.targetRows, m_context.approval);
}

Result<void> TableRun::retryRefused(bool lastPass) { return m_applier->retryRefused(lastPass); }

Result<void> TableRun::settle()
{
    enter(Phase::Settling);
    TRY(m_policy->flush());
    TRY(m_applier->settle(m_detected.complete, m_detected.retriesRead));
    TRY(settleConflicts());
    if (m_detected.complete)
        TRY(m_context.journal.clearDamagedRetries(m_context.job.id, m_matched.pair->checkpointKey.table));
    if (!m_earlierState.sidesKnown && m_applier->counts().withheldDeletes == 0 && !m_context.answersOnly)
        TRY(rememberSides());
    m_finishedMs = m_context.clock.steadyMs();
    enter(Phase::Done);
    return {};
}

Result<void> TableRun::settleConflicts()
{
    if (!m_policy->isActive())
        return {};
    const OneWayPolicy::Read read = m_context.answersOnly ? OneWayPolicy::Read::Answered
        : !m_context.options.planFile.isEmpty()           ? OneWayPolicy::Read::Plan
                                                          : OneWayPolicy::Read::Everything;
    TRY(m_policy->finish(read, [this](const QByteArray &key) { return m_applier->isFailing(key); }));
    TRY_ASSIGN(m_openConflicts, m_policy->openCount());
    return {};
}

Result<void> TableRun::rememberSides()
{
    Checkpoint sides;
    sides.key = sidesKey(m_matched.pair->checkpointKey);
    sides.mappingDigest = m_matched.pair->sidesDigest;
    return m_context.journal.saveCheckpoint(sides);
}

// Locks and reads the rows at the source again; a newer edit stays pending.
Result<void> TableRun::markFlags()
{
    const TablePair &pair = *m_matched.pair;
    if (m_context.round != nullptr) // acknowledged with all of its round
        return {};
    TRY(purgeAppliedLog(m_context, pair, m_detected));
    if (!m_detected.flagged || m_detected.flagged->rowCount() == 0)
        return {};
    const BatchSettings &batch = m_context.job.batch;
    TRY_ASSIGN(const std::unique_ptr<Session> session,
               m_context.connector.open(m_context.job.source, OpenOptions{true, &m_context.cancellation}));
    WriteRequest request;
    request.table = &pair.mapping.source;
    request.layout = pair.layout;
    request.cells = pair.mapping.sourceCells();
    for (int cell = 0; cell < pair.layout->keyCount; ++cell)
        request.columns.push_back({cell, pair.mapping.sourceColumns().at(cell), true});
    ReadRequest read = pair.readSource(batch);
    read.where.clear();
    read.marks.reset();
    const DetectSettings &detect = pair.settings.detect;
    return m_detected.flagged->read(0, batch.bytes, [&](RowBatch &rows) -> Result<void> {
        std::vector<int> which;
        for (int row = 0; row < rows.rowCount(); ++row) {
            RowBatch key(pair.keyLayout);
            pair.appendKey(rows, row, key);
            const std::string_view chain = key.chain(0);
            if (rows.fault(row) == nullptr && !m_applier->isFailing(QByteArray(chain.data(), qsizetype(chain.size()))))
                which.push_back(row);
        }
        if (which.empty())
            return {};
        TRY(session->beginWrite());
        RowBatch now(pair.layout);
        TRY(session->readKeys(read, RowSelection{&rows, which}, true, now));
        std::unordered_map<std::string, Fingerprint> asRead;
        std::string scratch;
        for (const int row : which)
            asRead.emplace(rows.key(row, scratch), rows.fingerprint(row));
        std::vector<int> unchanged;
        for (int row = 0; row < now.rowCount(); ++row) {
            const auto found = asRead.find(std::string(now.key(row, scratch)));
            if (found != asRead.end() && found->second == now.fingerprint(row))
                unchanged.push_back(row);
        }
        if (!unchanged.empty())
            TRY(session->setFlag(request, detect.column, detect.done, RowSelection{&now, unchanged}));
        TRY(m_context.gate.checkLock());
        return session->commit();
    });
}

void TableRun::disconnect()
{
    if (m_applier)
        m_applier->disconnect();
}

void TableRun::setError(Error error)
{
    if (!error.facts.contains(Fact::Table))
        error.with(Fact::Table, m_matched.sourceName);
    m_error = error;
    m_context.progress.update(m_index, [&](TableProgress &progress) {
        progress.phase = Phase::Failed;
        progress.error = error;
    });
}

void TableRun::clearError()
{
    m_error.reset();
    m_context.progress.update(m_index, [](TableProgress &progress) {
        progress.phase = Phase::Waiting;
        progress.error.reset();
    });
}

TableReport TableRun::report() const
{
    TableReport report;
    report.source = m_matched.sourceName;
    report.target = m_matched.targetName;
    report.error = m_error;
    report.toTarget = m_earlier;
    if (m_applier) {
        const ApplyCounts &counts = m_applier->counts();
        report.toTarget.inserts += counts.written.inserts;
        report.toTarget.updates += counts.written.updates;
        report.toTarget.deletes += counts.written.deletes;
        report.quarantined = counts.setAside;
        report.changedSincePlan = counts.changedSincePlan;
        report.withheldDeletes = counts.withheldDeletes;
    }
    // What an earlier attempt of this run wrote was found equal by the last one.
    if (m_detected.complete) {
        const bool comparedAgain = m_context.options.planFile.isEmpty();
        const qint64 ownWrites = comparedAgain ? m_earlier.inserts + m_earlier.updates : 0;
        report.identical = std::max<qint64>(0, m_detected.counts.identical - ownWrites);
    }
    if (m_policy) {
        report.conflicts = m_openConflicts;
        report.skipped = m_policy->skipped();
    }
    report.deletesChecked = m_detected.deletesChecked;
    report.whyWhole = m_detected.log.whyWhole;
    report.sidesChanged = m_earlierState.sidesChanged;
    report.targetRows = m_detected.targetRows;
    report.rowsRead = m_detected.counts.sourceRows + m_detected.counts.targetRows;
    const qint64 finished = m_finishedMs != 0 ? m_finishedMs : m_context.clock.steadyMs();
    report.seconds = m_startedMs != 0 ? double(finished - m_startedMs) / 1000.0 : 0;
    return report;
}

} // namespace tidemark
