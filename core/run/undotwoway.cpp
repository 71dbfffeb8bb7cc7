// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/undotwoway.h"

#include <array>

#include <QDir>
#include <QFileInfo>

#include "core/apply/mirroredpair.h"
#include "core/data/orderedkey.h"
#include "core/run/rowchains.h"

namespace tidemark {

namespace {

constexpr std::array bothSides{JobSide::Target, JobSide::Source};

Result<std::optional<Checkpoint>> checkpointOf(Session &session, const CheckpointKey &key)
{
    TRY_ASSIGN(const bool stands, session.hasCheckpointTable());
    return stands ? session.loadCheckpoint(key, false) : Result<std::optional<Checkpoint>>(std::nullopt);
}

} // namespace

bool UndoTwoWay::endsRun(const Error &error)
{
    return error.code == ErrorCode::Cancelled || error.code == ErrorCode::Busy || error.code == ErrorCode::LockLost;
}

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

Result<void> UndoTwoWay::settle(Work &work)
{
    enter(work, Phase::Settling);
    for (const JobSide side : bothSides) {
        Direction &direction = work.to(side);
        if (!direction.applier)
            continue;
        TRY(direction.applier->settle(false, {}));
    }
    if (work.base->isTrusted()) {
        TRY(askAboutMoved(work));
        TRY(work.base->settle());
    }
    enter(work, Phase::Done);
    return {};
}

// Rows that somebody has changed since the run, and that were left: whoever undid the run wanted another row there.
// Under a policy that asks, both sides count as moved, as with UndoneMarks, and the next run asks; any other policy
// would overwrite what is newest, and there it is an edit like any other.
Result<void> UndoTwoWay::askAboutMoved(Work &work)
{
    const ConflictPolicy policy = work.toTarget.pair.settings.conflicts.policy;
    if (policy != ConflictPolicy::Ask && policy != ConflictPolicy::Merge)
        return {};
    std::set<std::string> moved; // be it at both sides
    for (const JobSide side : bothSides)
        TRY(addMoved(work.to(side).pair, moved));
    std::vector<BaseChange> changes;
    changes.reserve(moved.size());
    for (const std::string &key : moved)
        changes.push_back({key, BaseRecord{}});
    work.asked = qint64(changes.size());
    return changes.empty() ? Result<void>() : m_base->change(work.toTarget.pair.checkpointKey.table, changes);
}

Result<void> UndoTwoWay::addMoved(const TablePair &pair, std::set<std::string> &keys)
{
    constexpr qint64 page = 5000;
    const RunContext &context = m_s.context;
    RowBatch row(pair.keyLayout);
    for (qint64 offset = 0;; offset += page) {
        TRY_ASSIGN(const QList<WaitingRow> rows,
                   context.journal.waitingRows(context.job.id, pair.checkpointKey.table, RetryReason::ChangedSincePlan,
                                               offset, page));
        for (const WaitingRow &waiting : rows) {
            row.clear();
            if (waiting.retry.run != context.run || !row.appendChain(viewOf(waiting.retry.key)))
                continue;
            std::string key;
            appendOrderedKey(row, 0, key);
            keys.insert(std::move(key));
        }
        if (rows.size() < page)
            return {};
    }
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
        UndoneTable &outcome = direction.planned->outcome;
        const bool written = counts.written.total() > 0;
        outcome.isEdit = direction.planned->isEdit && written;
        outcome.comesBack = !work.base->isTrusted() && !outcome.isEdit && written;
        outcome.contested = work.base->isTrusted() && !outcome.isEdit ? counts.written.total() : 0;
    }
    return row;
}

// At one of the two sides' outcomes: which it was left at is not known here, and one row may be left at both.
void UndoTwoWay::noteAsked(const Work &work)
{
    for (UndoPlanner::Table &planned : m_s.tables) {
        if (planned.name != work.source)
            continue;
        planned.outcome.asked = work.asked;
        return;
    }
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
        noteAsked(*work);
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
