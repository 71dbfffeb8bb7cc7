// SPDX-License-Identifier: GPL-3.0-or-later
// Opening, and the steps of a run one after the other; twowaycompare.cpp compares, twowayunits.cpp and
// twowayapply.cpp write.
#include "core/run/twowayrun.h"

#include <numeric>

#include <QFile>
#include <QScopeGuard>

#include "core/apply/mirroredpair.h"
#include "core/run/planner.h"

namespace tidemark {

namespace {

void removeDatabase(const QString &file)
{
    for (const QString &suffix : {QString(), QStringLiteral("-wal"), QStringLiteral("-shm")})
        QFile::remove(file + suffix);
}

} // namespace

bool TwoWayRun::endsRun(const Error &error) const
{
    return error.code == ErrorCode::Cancelled || error.code == ErrorCode::Busy || error.code == ErrorCode::LockLost;
}

void TwoWayRun::enter(const Work &work, Phase phase)
{
    m_s.context.progress.update(work.index, [&](TableProgress &progress) {
        progress.phase = phase;
        progress.error = work.report.error;
        if (progress.startedMs == 0)
            progress.startedMs = m_s.context.clock.steadyMs();
    });
}

Result<QList<TwoWayTable>> TwoWayRun::run()
{
    const auto cleanUp = qScopeGuard([this] {
        m_spool.reset();
        m_writer.reset();
        if (!plans())
            QFile::remove(m_s.spoolFile);
        m_base.reset();
        if (!m_baseFile.isEmpty() && m_baseFile != m_s.baseFile)
            removeDatabase(m_baseFile);
    });
    auto done = runTables();
    report();
    if (!done)
        return fail(std::move(done).error());
    return m_reports;
}

Result<void> TwoWayRun::runTables()
{
    TRY(open());
    std::vector<int> all(m_tables.size());
    std::iota(all.begin(), all.end(), 0);
    TRY(onEach(all, m_s.context.job.parallel, [this](Work &work) { return compare(work); }));
    m_sides.endSnapshot();
    if (plans()) {
        for (const auto &work : m_tables) {
            if (!work->report.error)
                continue;
            work->plan.report.error = work->report.error; // what was found by then is not all
            TRY(m_writer->restartTable(work->index));
            TRY(m_writer->finishTable(work->index, work->plan));
        }
        return m_writer->finish();
    }
    TRY(m_writer->finish());
    m_writer.reset();
    TRY_ASSIGN(m_spool, PlanReader::open(m_s.spoolFile));
    TRY(applyAll());
    return onAll([this](Work &work) { return settle(work); });
}

void TwoWayRun::report()
{
    for (const auto &work : m_tables) {
        TwoWayTable &table = work->report;
        if (work->toTarget.applier)
            table.toTarget = work->toTarget.applier->counts();
        if (work->toSource.applier)
            table.toSource = work->toSource.applier->counts();
        if (work->approval)
            table.notAsApproved = work->approval->missed();
        if (work->conflicts && !plans())
            table.openConflicts = work->conflicts->openCount().value_or(table.counts.conflicts);
        if (work->startedMs != 0)
            table.seconds = double(m_s.context.clock.steadyMs() - work->startedMs) / 1000.0;
        enter(*work, table.error ? Phase::Failed : Phase::Done);
        m_reports += table;
    }
    if (!m_tables.empty())
        return;
    for (const MatchedTable &matched : m_matched) {
        TwoWayTable table;
        table.source = matched.sourceName;
        table.target = matched.targetName;
        table.error = matched.error;
        m_reports += table;
    }
}

Result<void> TwoWayRun::open()
{
    RunContext &context = m_s.context;
    TRY(m_sides.open());
    if (!plans()) {
        if (context.source.readOnly || context.job.source.readOnly)
            return fail(Error{ErrorCode::ReadOnly, {{Fact::Connection, context.job.source.label()}}, {}});
        TRY(m_sides.lock());
        m_sourceGate.oneWriter = context.source.oneWriter;
        m_sourceGate.watchLock(&m_sides.target());
    }
    TRY_ASSIGN(m_matched, matchTables(context.job, m_sides.source(), m_sides.target()));
    TRY(keepOnly(context.options.onlyTables, m_matched));
    if (!plans())
        TRY(createMissing(context.job, m_sides.source(), m_sides.target(), m_matched));
    TRY_ASSIGN(context.gate.checkpointTableStands, m_sides.target().hasCheckpointTable());
    TRY_ASSIGN(m_sourceGate.checkpointTableStands, m_sides.source().hasCheckpointTable());
    if (!plans())
        TRY(makeCheckpointTables());
    TRY(openFiles());
    TRY(showTables());
    QList<TableSchema> targets;
    QList<TableSchema> sources;
    for (const MatchedTable &matched : m_matched) {
        targets += matched.pair ? matched.pair->mapping.target : TableSchema{};
        sources += matched.pair ? matched.pair->mapping.source : TableSchema{};
        m_tables.push_back(std::make_unique<Work>());
        m_tables.back()->index = int(m_tables.size()) - 1;
        TRY(prepare(*m_tables.back(), matched));
    }
    m_targetOrder = orderTables(targets);
    m_sourceOrder = orderTables(sources);
    makeUnits();
    TRY(readApproval());
    return m_sides.shareSnapshot();
}

// Where there are change logs: before they are read. A table that is made afterwards changes SQLite's schema, and the
// log could no more prove that it is whole.
Result<void> TwoWayRun::makeCheckpointTables()
{
    RunContext &context = m_s.context;
    const bool logged = std::any_of(m_matched.cbegin(), m_matched.cend(), [](const MatchedTable &table) {
        const auto &target = table.settings.targetDetect;
        return table.settings.detect.by == DetectBy::Log || (target && target->by == DetectBy::Log);
    });
    if (!logged)
        return {};
    if (!context.gate.checkpointTableStands)
        TRY(m_sides.target().createCheckpointTable());
    context.gate.checkpointTableStands = true;
    if (!m_sourceGate.checkpointTableStands) {
        TRY_ASSIGN(const std::unique_ptr<Session> source,
                   context.connector.open(context.job.source, OpenOptions{true, &context.cancellation}));
        TRY(source->createCheckpointTable());
    }
    m_sourceGate.checkpointTableStands = true;
    return {};
}

// A plan leaves the base as it is: what an earlier run promised is looked up in a copy.
Result<void> TwoWayRun::openFiles()
{
    const RunContext &context = m_s.context;
    m_baseFile = m_s.baseFile;
    if (plans()) {
        const QString copy = m_s.planFile + QStringLiteral(".base");
        bool promises = false;
        if (QFile::exists(m_baseFile)) {
            TRY_ASSIGN(m_base, BaseFile::open(m_baseFile));
            TRY_ASSIGN(promises, m_base->hasPromises());
            if (promises)
                TRY(m_base->copyTo(copy));
        }
        if (!m_base || promises)
            m_baseFile = copy;
    }
    TRY_ASSIGN(m_base, BaseFile::open(m_baseFile));
    PlanHead head;
    head.id = plans() ? QUuid::createUuid().toString(QUuid::WithoutBraces) : context.run;
    head.jobId = context.job.id;
    head.job = context.job.name;
    head.source = context.job.source.label();
    head.target = context.job.target.label();
    head.twoWay = true;
    head.targetIsProduction = context.job.target.production;
    head.sourceIsProduction = context.job.source.production;
    head.createdUs = context.clock.nowUs();
    TRY_ASSIGN(m_writer,
               plans() ? PlanWriter::create(m_s.planFile, head)
                       : PlanWriter::create(m_s.spoolFile, head, PlanWriter::Kind::Spool));
    return {};
}

Result<void> TwoWayRun::showTables()
{
    QList<TableProgress> progress;
    for (const MatchedTable &matched : std::as_const(m_matched)) {
        TableProgress row;
        row.source = matched.sourceName;
        row.target = matched.targetName;
        if (matched.pair) {
            const auto rows = m_sides.source().estimateRows(matched.pair->mapping.source.name);
            if (!rows && rows.error().endsSession())
                return fail(rows.error());
            row.estimate = rows.value_or(-1);
        }
        progress += row;
    }
    m_s.context.progress.setTables(progress);
    return {};
}

Result<std::optional<Checkpoint>> TwoWayRun::checkpoint(Session &session, const CheckpointKey &key)
{
    TRY_ASSIGN(const bool stands, session.hasCheckpointTable());
    return stands ? session.loadCheckpoint(key, false) : Result<std::optional<Checkpoint>>(std::nullopt);
}

Result<void> TwoWayRun::prepare(Work &work, const MatchedTable &matched)
{
    work.report.source = matched.sourceName;
    work.report.target = matched.targetName;
    work.report.error = matched.error;
    if (!matched.error && matched.pair) {
        work.createsTarget = plans() && matched.pair->createTarget;
        work.toTarget.pair = *matched.pair;
        work.toSource.pair = mirroredPair(*matched.pair);
        work.toTarget.token = matched.targetToken;
        work.toSource.token = matched.sourceToken;
        work.plan = planTableOf(*matched.pair);
        auto rules = m_s.rules(work.toTarget.pair);
        if (rules)
            work.rules = std::move(*rules);
        else
            work.report.error = std::move(rules).error();
    }
    work.plan.report.source = work.report.source;
    work.plan.report.target = work.report.target;
    work.plan.report.error = work.report.error;
    if (plans()) // a table's number in the plan is its place in the job
        TRY(m_writer->addTable(work.plan));
    if (work.report.error || !matched.pair)
        return {};
    TRY(prepareBase(work));
    return plans() ? Result<void>() : prepareSpool(work);
}

Result<void> TwoWayRun::prepareBase(Work &work)
{
    RunContext &context = m_s.context;
    TRY_ASSIGN(work.toTarget.known, checkpoint(m_sides.target(), work.toTarget.pair.checkpointKey));
    TRY_ASSIGN(work.toSource.known, checkpoint(m_sides.source(), work.toSource.pair.checkpointKey));
    const bool looksOnly = plans() && m_baseFile == m_s.baseFile;
    work.base = std::make_unique<TwoWayBase>(TwoWayBase::Settings{*m_base, work.toTarget.pair, context.journal.id(),
                                                                  context.generation, work.rules.keepsCells, looksOnly,
                                                                  &m_baseTurn});
    TRY(work.base->open(work.toSource.known, work.toTarget.known));
    work.report.trust = work.base->trust();
    work.changes = std::make_unique<TwoWayChanges>(context, work.toTarget.pair, work.toSource.pair);
    work.conflicts = std::make_unique<TwoWayConflicts>(context, work.toTarget.pair);
    TRY(work.conflicts->open());
    return plans() ? Result<void>() : settleDoubts(work);
}

Result<void> TwoWayRun::prepareSpool(Work &work)
{
    for (const JobSide side : {JobSide::Target, JobSide::Source}) {
        Direction &direction = work.to(side);
        if (m_s.context.undo != nullptr)
            TRY(m_s.context.undo->decide(direction.pair, direction.known ? direction.known->epoch : 0));
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

// Of an approved plan: what a person let pass, table by table.
Result<void> TwoWayRun::readApproval()
{
    const RunContext &context = m_s.context;
    const QString &file = context.options.planFile;
    if (file.isEmpty())
        return {};
    const auto outdated = [&file](Fact fact, const QString &value) {
        return fail(Error{ErrorCode::PlanOutdated, {{Fact::File, file}, {fact, value}}, {}});
    };
    TRY_ASSIGN(const std::unique_ptr<PlanReader> plan, PlanReader::open(file));
    if (plan->head().jobId != context.job.id || !plan->head().twoWay)
        return outdated(Fact::Job, plan->head().job);
    TRY_ASSIGN(const QList<PlanTable> tables, plan->tables());
    for (const auto &work : m_tables) {
        if (work->report.error)
            continue;
        const auto table = std::find_if(tables.begin(), tables.end(), [&](const PlanTable &one) {
            return one.report.source == work->report.source && one.report.target == work->report.target;
        });
        if (table == tables.end())
            return outdated(Fact::Table, work->report.source);
        const TablePair &pair = work->toTarget.pair;
        if (table->report.error) {
            work->report.error = table->report.error;
        } else if (table->mappingDigest != pair.mappingDigest || table->planDigest != pair.planDigest) {
            work->report.error = Error{ErrorCode::PlanOutdated, {{Fact::Table, pair.sourceName()}}, {}};
        } else {
            TRY_ASSIGN(work->approval, TwoWayApproval::read(*plan, int(table - tables.begin()), *table));
        }
    }
    return {};
}

} // namespace tidemark
