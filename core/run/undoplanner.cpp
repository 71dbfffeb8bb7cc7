// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/undoplanner.h"

#include <algorithm>

#include <QSet>
#include <QUuid>

#include "core/apply/mirroredpair.h"
#include "core/data/rowindex.h"
#include "core/detect/compare.h"
#include "core/run/undotable.h"

namespace tidemark {

namespace {

constexpr std::size_t pageRows = 2000;
// More keys than these are not remembered one by one: the next run compares the whole table instead.
constexpr qint64 mostRetries = 10'000;

std::string_view viewOf(const QByteArray &bytes) { return {bytes.constData(), std::size_t(bytes.size())}; }

// As seen from the side that was written.
TablePair directionOf(const TablePair &pair, const UndoTable &kept)
{
    return kept.written == JobSide::Source ? mirroredPair(pair) : pair;
}

} // namespace

struct UndoPlanner::Work
{
    Work(const TablePair &tablePair, const UndoTable &keptTable, int tableNumber, int planNumber)
        : pair(tablePair), kept(keptTable), number(tableNumber), planTable(planNumber), before(tablePair.layout),
          target(tablePair.layout)
    { }

    const TablePair &pair; // as seen from the side that was written
    const UndoTable &kept;
    int number; // in the undo file
    int planTable;
    Table result;
    PlanTable head;
    std::vector<UndoChange> page;
    RowBatch before; // of the plan's rows that are being gathered
    RowBatch target;
    std::vector<PlanWriter::Item> items;
    QList<RetryKey> comesBack, left;
    QList<SetAsideRow> aside;
    std::unique_ptr<TwoWayApproval> approval; // null: everything is approved
};

Result<void> UndoPlanner::run()
{
    TRY(m_sides.open());
    if (m_purpose == Purpose::Apply)
        TRY(m_sides.lock());
    TRY(openApproved());
    TRY_ASSIGN(m_matched, matchTables(m_context.job, m_sides.source(), m_sides.target()));
    TRY_ASSIGN(const QList<UndoTable> kept, m_file.tables());
    TRY_ASSIGN(const QList<int> tables, chosen(kept));
    if (m_approved && m_approvedTables.size() != tables.size())
        return fail(Error{ErrorCode::UndoOutdated, {}, {}});
    TRY(startPlan());
    for (const int number : tables)
        TRY(planTable(number, kept[number]));
    return m_plan->finish();
}

Result<void> UndoPlanner::startPlan()
{
    const bool twoWay = m_context.job.mode == Mode::TwoWay;
    PlanHead head;
    head.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    head.jobId = m_context.job.id;
    head.job = m_context.job.name;
    head.source = m_context.job.source.label();
    head.target = m_context.job.target.label();
    // A person is shown each side that was written by itself: how it was, and how it is.
    head.twoWay = twoWay && m_purpose == Purpose::Apply;
    head.targetIsProduction = m_context.job.target.production || (twoWay && m_context.job.source.production);
    head.createdUs = m_context.clock.nowUs();
    TRY_ASSIGN(m_plan, PlanWriter::create(m_planFile, head));
    return {};
}

Result<void> UndoPlanner::openApproved()
{
    if (m_purpose != Purpose::Apply || m_request.planFile.isEmpty())
        return {};
    TRY_ASSIGN(m_approved, PlanReader::open(m_request.planFile));
    TRY_ASSIGN(m_approvedTables, m_approved->tables());
    return {};
}

// The approved plan was made of the same request: its tables are these, in the same order.
Result<void> UndoPlanner::readApproval(Work &work)
{
    if (!m_approved)
        return {};
    const PlanTable &head = m_approvedTables.at(work.planTable);
    if (head.planDigest != work.pair.planDigest || head.mappingDigest != work.pair.mappingDigest
        || head.columns != work.kept.columns)
        return fail(Error{ErrorCode::UndoOutdated, {{Fact::Table, work.kept.target}}, {}});
    TRY_ASSIGN(work.approval, TwoWayApproval::read(*m_approved, work.planTable, head));
    return {};
}

bool UndoPlanner::take(Work &work, const PlanWriter::Item &item)
{
    const bool approved = !work.approval || work.approval->take(work.before, work.target, item);
    if (approved)
        work.items.push_back(item);
    else
        ++work.result.skipped;
    return approved;
}

Result<QList<int>> UndoPlanner::chosen(const QList<UndoTable> &kept)
{
    QList<int> tables;
    for (int number = 0; number < kept.size(); ++number) {
        const UndoTable &table = kept[number];
        const bool named = m_request.tables.isEmpty() || m_request.tables.contains(table.source)
            || m_request.tables.contains(table.target);
        if (!table.columns.isEmpty() && named)
            tables += number;
    }
    if (tables.isEmpty() && !m_request.tables.isEmpty())
        return fail(Error{ErrorCode::UndoMissing,
                          {{Fact::Run, m_file.head().run}, {Fact::Expected, m_request.tables.join(u", ")}},
                          {}});
    return m_request.key.isEmpty() ? tables : holding(kept, tables);
}

Result<QList<int>> UndoPlanner::holding(const QList<UndoTable> &kept, const QList<int> &tables)
{
    QList<int> holding;
    QSet<QString> names; // a merged row was written at both sides of one table
    std::optional<Error> fault;
    for (const int number : tables) {
        const auto key = keyFromText(kept[number].columns, kept[number].keyCount, m_request.key);
        if (!key) {
            fault = key.error();
            continue;
        }
        std::string scratch;
        const std::string_view bytes = key->key(0, scratch);
        TRY_ASSIGN(const auto entries, m_file.entries(number, QByteArray(bytes.data(), qsizetype(bytes.size()))));
        if (entries.isEmpty())
            continue;
        holding += number;
        names += kept[number].source + u'\n' + kept[number].target;
    }
    if (holding.isEmpty() && fault)
        return fail(*fault);
    if (holding.isEmpty())
        return fail(Error{ErrorCode::UndoMissing,
                          {{Fact::Run, m_file.head().run}, {Fact::Key, m_request.key.values().join(u", ")}},
                          {}});
    if (names.size() > 1)
        return fail(Error{ErrorCode::Usage,
                          {{Fact::Command, QStringLiteral("undo")},
                           {Fact::Option, QStringLiteral("--key")},
                           {Fact::Expected, QStringLiteral("--table")}},
                          {}});
    return holding;
}

Result<const MatchedTable *> UndoPlanner::matchOf(const UndoTable &kept) const
{
    bool otherSides = false;
    const bool oneWayNow = kept.written == JobSide::Source && m_context.job.mode != Mode::TwoWay;
    for (const MatchedTable &matched : m_matched) {
        if (!matched.pair || matched.error || oneWayNow || matched.pair->mappingDigest != kept.mappingDigest
            || directionOf(*matched.pair, kept).checkpointKey.side != kept.side)
            continue;
        if (matched.pair->sidesDigest == kept.sidesDigest)
            return &matched;
        otherSides = true;
    }
    Error error{ErrorCode::UndoOutdated, {}, {}};
    if (!otherSides)
        error.with(Fact::Table, kept.target);
    return fail(std::move(error));
}

Session &UndoPlanner::sideOf(const UndoTable &kept)
{
    return kept.written == JobSide::Source ? m_sides.source() : m_sides.target();
}

// Batches that were prepared and never marked: the checkpoint tells, as long as no other run has written since. After
// that the rows themselves do.
Result<void> UndoPlanner::decideDoubt(int number, const UndoTable &kept, const TablePair &pair)
{
    if (m_context.job.checkpoint != CheckpointPlace::Target || m_purpose == Purpose::Preview)
        return {};
    TRY_ASSIGN(const bool stands, sideOf(kept).hasCheckpointTable());
    if (!stands)
        return {};
    TRY_ASSIGN(const auto found, sideOf(kept).loadCheckpoint(pair.checkpointKey, false));
    if (!found || found->generation != m_file.head().generation)
        return {};
    return m_file.decide(number, found->epoch);
}

Result<void> UndoPlanner::planTable(int number, const UndoTable &kept)
{
    TRY_ASSIGN(const MatchedTable *matched, matchOf(kept));
    const TablePair pair = directionOf(*matched->pair, kept);
    TRY(decideDoubt(number, kept, pair));
    PlanTable head;
    head.report.source = matched->sourceName;
    head.report.target = matched->targetName;
    if (m_purpose == Purpose::Preview && m_context.job.mode == Mode::TwoWay) {
        const bool atTarget = kept.written == JobSide::Target;
        const ConnectionSettings &side = atTarget ? m_context.job.target : m_context.job.source;
        head.report.source = head.report.target =
            side.label() + QStringLiteral(": ") + (atTarget ? matched->targetName : matched->sourceName);
    }
    head.columns = kept.columns;
    head.keyCount = kept.keyCount;
    head.comparedCount = kept.comparedCount;
    head.mappingDigest = pair.mappingDigest;
    head.planDigest = pair.planDigest;
    TRY_ASSIGN(const int planNumber, m_plan->addTable(head));
    Work work(pair, kept, number, planNumber);
    work.head = head;
    work.result.name = matched->sourceName;
    work.result.outcome.source = matched->sourceName;
    work.result.outcome.target = matched->targetName;
    work.result.outcome.written = kept.written;
    work.result.planTable = planNumber;
    TRY(readApproval(work));
    if (work.approval && !m_approvedTables.at(planNumber).included) { // nothing of it, and nothing is said of it
        work.result.skipped = 1;
        return finishTable(work);
    }
    TRY(kept.filled ? emptyTable(work) : rewind(work));
    return finishTable(work);
}

// A table that the run filled is emptied again, if it still holds exactly what the run left.
Result<void> UndoPlanner::emptyTable(Work &work)
{
    const FingerprintSum sure = m_file.filledWith(work.number, false);
    const FingerprintSum likely = m_file.filledWith(work.number, true);
    if (sure.rows == 0 && likely.rows == 0)
        return {};
    Session &target = sideOf(work.kept);
    FingerprintSum now;
    ReadRequest request = work.pair.readTarget(m_context.job.batch);
    request.where.clear();
    request.order = ReadRequest::Order::None;
    TRY(target.beginRead());
    {
        TRY_ASSIGN(const std::unique_ptr<RowReader> reader, target.read(request));
        for (;;) {
            TRY_ASSIGN(const bool more, reader->next(work.target));
            if (!more)
                break;
            work.items.clear();
            for (int row = 0; row < work.target.rowCount(); ++row) {
                now.add(work.kept.summed ? work.target.fingerprint(row) : Fingerprint{});
                work.result.planned.deletes += take(work, {Decision::DeleteTarget, Reason::None, -1, row}) ? 1 : 0;
            }
            TRY(m_plan->addRows(work.planTable, work.before, work.target, work.items));
        }
    }
    TRY(target.rollback());
    work.target.clear();
    work.items.clear();
    if (now.rows == 0)
        return m_plan->restartTable(work.planTable);
    if (now != sure && now != likely) {
        Error error{ErrorCode::UndoLoadChanged, {{Fact::Table, work.kept.target}}, {}};
        if (now.rows != sure.rows)
            error.with(Fact::Expected, QString::number(sure.rows)).with(Fact::Found, QString::number(now.rows));
        return fail(std::move(error));
    }
    return {};
}

Result<void> UndoPlanner::rewind(Work &work)
{
    QByteArray only;
    if (!m_request.key.isEmpty()) {
        TRY_ASSIGN(const RowBatch key, keyFromText(work.kept.columns, work.kept.keyCount, m_request.key));
        std::string scratch;
        const std::string_view bytes = key.key(0, scratch);
        only = QByteArray(bytes.data(), qsizetype(bytes.size()));
    }
    TRY(sideOf(work.kept).beginRead());
    TRY(m_file.scan(work.number, only, [&](const UndoChange &change) -> Result<void> {
        work.page.push_back(change);
        return work.page.size() >= pageRows ? settlePage(work) : Result<void>();
    }));
    TRY(settlePage(work));
    return sideOf(work.kept).rollback();
}

Result<void> UndoPlanner::settlePage(Work &work)
{
    if (work.page.empty())
        return {};
    RowBatch keys(work.pair.keyLayout);
    for (const UndoChange &change : work.page) {
        if (!keys.appendChain(viewOf(change.key)))
            return fail(Error{ErrorCode::UndoOutdated, {{Fact::Table, work.kept.target}}, {}});
    }
    const std::vector<int> all = allRows(keys);
    RowBatch now(work.pair.layout);
    ReadRequest request = work.pair.readTarget(m_context.job.batch);
    request.where.clear();
    TRY(sideOf(work.kept).readKeys(request, RowSelection{&keys, all}, false, now));
    const auto there = rowsByKey(now);
    std::string scratch;
    for (const int row : all) {
        const auto found = there.find(std::string(keys.key(row, scratch)));
        TRY(decide(work, work.page[std::size_t(row)], now, found == there.end() ? -1 : found->second));
    }
    TRY(m_plan->addRows(work.planTable, work.before, work.target, work.items));
    work.page.clear();
    work.items.clear();
    work.before.clear();
    work.target.clear();
    const auto left = std::exchange(work.left, {});
    const auto aside = std::exchange(work.aside, {});
    if (m_purpose == Purpose::Preview)
        return {};
    Journal &journal = m_context.journal;
    TRY(journal.addRetries(m_context.job.id, work.pair.checkpointKey.table, left));
    return aside.isEmpty() ? Result<void>() : journal.setAside(m_context.job.id, aside);
}

// row: of `now`, −1 where the target has none.
Result<void> UndoPlanner::decide(Work &work, const UndoChange &change, const RowBatch &now, int row)
{
    const bool there = row >= 0;
    if (change.existed && !work.kept.keepsValues)
        return fail(Error{ErrorCode::UndoMissing, {{Fact::Table, work.kept.target}}, {}});
    if (!there && !change.existed) {
        ++work.result.outcome.asBefore;
        return {};
    }
    RowBatch was(work.pair.layout);
    if (change.valuesKnown && !was.appendChain(viewOf(change.before)))
        return fail(Error{ErrorCode::UndoOutdated, {{Fact::Table, work.kept.target}}, {}});
    if (there && change.valuesKnown && was.fingerprint(0) == now.fingerprint(row)) {
        ++work.result.outcome.asBefore;
        return {};
    }
    const bool asLeft = std::any_of(change.left.begin(), change.left.end(), [&](const UndoChange::State &state) {
        return state.there == there && (!there || (state.known && state.fingerprint == now.fingerprint(row)));
    });
    if (!asLeft || (there && now.fault(row) != nullptr))
        return leave(work, change, RetryReason::ChangedSincePlan);
    if (change.existed && !change.valuesKnown)
        return leave(work, change, RetryReason::SetAside);
    PlanWriter::Item item{Decision::DeleteTarget, Reason::None, -1, -1};
    if (change.existed) {
        item.decision = there ? Decision::UpdateTarget : Decision::InsertTarget;
        item.sourceRow = work.before.rowCount();
        work.before.appendRow(was, 0);
    }
    if (there) {
        item.targetRow = work.target.rowCount();
        work.target.appendRow(now, row);
    }
    if (!take(work, item))
        return {};
    WriteCounts &planned = work.result.planned;
    (!change.existed ? planned.deletes : there ? planned.updates : planned.inserts) += 1;
    work.result.isEdit = !m_request.key.isEmpty() && isContested(change.reason);
    if (work.comesBack.size() <= mostRetries)
        work.comesBack += RetryKey{change.key, RetryReason::Undone, {}, m_context.run, m_context.clock.nowUs()};
    return {};
}

Result<void> UndoPlanner::leave(Work &work, const UndoChange &change, RetryReason reason)
{
    RowBatch key(work.pair.keyLayout);
    (void)key.appendChain(viewOf(change.key));
    const RetryKey retry{change.key, reason, keyText(key, 0), m_context.run, m_context.clock.nowUs()};
    work.left += retry;
    if (reason == RetryReason::ChangedSincePlan) {
        ++work.result.changed;
        return {};
    }
    ++work.result.setAside;
    const Error error{ErrorCode::ValueNotKept, {{Fact::Table, work.kept.target}, {Fact::Key, retry.keyText}}, {}};
    work.aside +=
        SetAsideRow{work.pair.checkpointKey.table, change.key, retry.keyText, {}, error, m_context.run, retry.sinceUs};
    return {};
}

// Detection by hash finds every row again. Any other looks where something has changed, and at the retry set.
Result<void> UndoPlanner::finishTable(Work &work)
{
    work.head.report.toTarget = work.result.planned;
    const bool twoWay = m_context.job.mode == Mode::TwoWay;
    work.result.outcome.comesBack = work.result.planned.total() > 0 && !twoWay;
    if (work.result.planned.inserts > 0)
        work.result.outcome.lostColumns = work.kept.left;
    const bool looksForChanges =
        m_purpose == Purpose::Apply && !twoWay && work.pair.settings.detect.by != DetectBy::Hash;
    if (looksForChanges && work.result.planned.total() > 0) {
        if (work.kept.filled || work.comesBack.size() > mostRetries)
            work.head.position = Watermark{}.toBytes();
        else
            TRY(m_context.journal.addRetries(m_context.job.id, work.pair.checkpointKey.table, work.comesBack));
    }
    if (work.result.planned.deletes > 0) {
        TRY_ASSIGN(work.head.report.targetRows, rowsOf(sideOf(work.kept), work.pair));
        work.result.outcome.rowsThere = work.head.report.targetRows;
    }
    TRY(m_plan->finishTable(work.planTable, work.head));
    m_tables += work.result;
    return {};
}

} // namespace tidemark
