// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/conflictpolicy.h"

#include "core/journal/basefile.h"
#include "core/run/rowchains.h"
#include "core/run/twowayrules.h"

namespace tidemark {

namespace {

// As far as twoWaySettings() looks at it.
TablePair pairOf(const PlanTable &table, const JobTable &settings)
{
    TablePair pair;
    pair.settings = settings;
    pair.mapping.source.name.name = table.report.source;
    pair.mapping.target.name.name = table.report.target;
    for (int cell = 0; cell < table.columns.size(); ++cell) {
        Column column;
        column.name = table.columns[cell].source;
        pair.mapping.source.columns.append(column);
        column.name = table.columns[cell].target;
        pair.mapping.target.columns.append(column);
        ColumnPair matched;
        matched.source = cell;
        matched.target = cell;
        matched.type = table.columns[cell].type;
        pair.mapping.columns.append(matched);
    }
    pair.mapping.keyCount = table.keyCount;
    pair.mapping.comparedCount = table.comparedCount;
    pair.layout = table.layout();
    return pair;
}

// The case that it was met as. Nothing: no policy is asked about it.
std::optional<TwoWayCase> caseOf(const Conflict &conflict)
{
    switch (conflict.kind) {
    case ConflictKind::BothUpdated:
        return TwoWayCase::BothUpdated;
    case ConflictKind::BothInserted:
        return TwoWayCase::BothInserted;
    case ConflictKind::UpdatedAndDeleted:
        return conflict.source.isEmpty() ? TwoWayCase::SourceDeletedTargetUpdated
                                         : TwoWayCase::TargetDeletedSourceUpdated;
    case ConflictKind::Differs:
    case ConflictKind::GuardFailed:
    case ConflictKind::Constraint:
    case ConflictKind::InDoubt:
        break;
    }
    return {};
}

ConflictAnswer answerOf(TwoWayAction action)
{
    switch (action) {
    case TwoWayAction::InsertTarget:
    case TwoWayAction::UpdateTarget:
    case TwoWayAction::DeleteTarget:
        return ConflictAnswer::Source;
    case TwoWayAction::InsertSource:
    case TwoWayAction::UpdateSource:
    case TwoWayAction::DeleteSource:
        return ConflictAnswer::Target;
    case TwoWayAction::Merge:
        return ConflictAnswer::Row;
    case TwoWayAction::Nothing:
    case TwoWayAction::Adopt:
    case TwoWayAction::Forget:
    case TwoWayAction::Leave:
    case TwoWayAction::Ask:
        break;
    }
    return ConflictAnswer::None;
}

QByteArray chainFor(JobSide at, const MergedRow &merged, const ConflictRows &rows)
{
    RowBatch out(rows.layout);
    appendMerged(merged, at, rows.source, 0, rows.target, 0, out);
    return chainOf(out, 0);
}

} // namespace

std::vector<CellMove> cellMoves(const Conflict &conflict, const ConflictRows &rows)
{
    std::vector<CellMove> moves(static_cast<std::size_t>(rows.layout->size()), CellMove::None);
    if (rows.source.isEmpty() || rows.target.isEmpty())
        return moves;
    const auto picture = decodePicture(conflict.base, rows.layout);
    const MergedRow merged = mergeRows(rows.source, 0, rows.target, 0, picture ? &*picture : nullptr, {});
    for (std::size_t cell = 0; cell < merged.origins.size(); ++cell) {
        switch (merged.origins[cell]) {
        case CellOrigin::Source:
            moves[cell] = CellMove::Source;
            break;
        case CellOrigin::Target:
            moves[cell] = CellMove::Target;
            break;
        case CellOrigin::Clash:
            moves[cell] = picture ? CellMove::Both : CellMove::Unknown;
            break;
        case CellOrigin::Both:
        case CellOrigin::Rule:
            break;
        }
    }
    return moves;
}

const JobTable &jobTableOf(const JobSettings &job, const PlanTable &table)
{
    const JobTable *byName = nullptr; // the file may leave the schema to the connection
    for (const JobTable &settings : job.tables) {
        if (settings.source.display() == table.report.source)
            return settings;
        if (settings.source.schema.isEmpty() && table.report.source.endsWith(u'.' + settings.source.name))
            byName = &settings;
    }
    return byName != nullptr ? *byName : job.defaults;
}

Result<ConflictJudge> ConflictJudge::open(const JobSettings &job, const PlanTable &table, ConflictPolicy policy,
                                          const QString &newest)
{
    JobTable settings = jobTableOf(job, table);
    settings.conflicts.policy = policy;
    settings.conflicts.first = policy;
    if (!newest.isEmpty()) {
        for (const PlanColumn &column : table.columns) {
            if (column.source == newest || column.target == newest) {
                settings.conflicts.newestSource = column.source;
                settings.conflicts.newestTarget = column.target;
            }
        }
    }
    TRY_ASSIGN(TwoWaySettings rules, twoWaySettings(pairOf(table, settings)));
    return ConflictJudge(table, std::move(rules));
}

std::optional<JobSide> ConflictJudge::newer(const ConflictRows &rows) const
{
    const int source = m_settings.newestSource;
    const int target = m_settings.newestTarget;
    if (source < 0 || target < 0)
        return std::nullopt;
    return newerSide(rows.layout->cells[static_cast<std::size_t>(source)], rows.source.value(0, source),
                     rows.layout->cells[static_cast<std::size_t>(target)], rows.target.value(0, target),
                     m_settings.marginUs);
}

// Of a one-way job's row: the target's stays by being left alone.
ConflictAnswer ConflictJudge::oneWayAnswer(const ConflictRows &rows) const
{
    const OneWayRules rules{false, m_settings.rules.conflicts};
    switch (decideOneWay(true, true, false, rules, newer(rows)).decision) {
    case Decision::UpdateTarget:
        return ConflictAnswer::Source;
    case Decision::Keep:
        return ConflictAnswer::Target;
    default:
        return ConflictAnswer::None;
    }
}

ConflictReply ConflictJudge::reply(const Conflict &conflict) const
{
    ConflictReply reply{conflict.id, ConflictAnswer::None, {}, {}, picturesPrint(conflict)};
    const auto which = caseOf(conflict);
    const auto rows = conflictRows(m_table, conflict);
    if (rows && conflict.kind == ConflictKind::Differs && !rows->source.isEmpty() && !rows->target.isEmpty())
        reply.answer = oneWayAnswer(*rows);
    if (!which || !rows)
        return reply;
    ConflictEvidence evidence;
    MergedRow merged;
    if (!rows->source.isEmpty() && !rows->target.isEmpty()) {
        const auto picture = decodePicture(conflict.base, rows->layout);
        merged = mergeRows(rows->source, 0, rows->target, 0, picture ? &*picture : nullptr, m_settings.cellRules);
        evidence = {newer(*rows), !merged.clashes()};
    }
    reply.answer = answerOf(decideTwoWay(*which, m_settings.rules, evidence));
    if (reply.answer == ConflictAnswer::Row) {
        reply.rowForSource = chainFor(JobSide::Source, merged, *rows);
        reply.rowForTarget = chainFor(JobSide::Target, merged, *rows);
    }
    return reply;
}

} // namespace tidemark
