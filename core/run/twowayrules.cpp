// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/twowayrules.h"

#include "core/mapping/matchnames.h"

namespace tidemark {

namespace {

// The cell of a column as people name it; −1: not among the matched ones.
Result<int> cellOf(const TableMapping &mapping, JobSide side, const QString &column)
{
    QStringList names;
    for (const ColumnPair &pair : mapping.columns)
        names += side == JobSide::Source ? mapping.source.columns.at(pair.source).name
                                         : mapping.target.columns.at(pair.target).name;
    return findName(column, names);
}

// What newerSide() can tell apart.
bool tellsNewer(CellKind kind)
{
    switch (kind) {
    case CellKind::Date:
    case CellKind::Timestamp:
    case CellKind::Instant:
    case CellKind::Text: // SQLite keeps times as text; what is none tells nothing, and is asked
    case CellKind::Integer:
    case CellKind::Decimal:
        return true;
    default:
        return false;
    }
}

Error fault(ErrorCode code, const TablePair &pair, const QString &column)
{
    return Error{code, {{Fact::Table, pair.sourceName()}, {Fact::Column, column}}, {}};
}

} // namespace

Result<TwoWaySettings> twoWaySettings(const TablePair &pair)
{
    const JobTable &job = pair.settings;
    const ConflictSettings &conflicts = job.conflicts;
    TwoWaySettings settings;
    settings.rules.conflicts = conflicts.policy;
    settings.rules.first = conflicts.first.value_or(conflicts.policy);
    settings.rules.propagateDeletes = job.deletes == DeletePolicy::Propagate;
    settings.keepsCells = job.kept == Kept::Cells;
    settings.marginUs = conflicts.marginMs * 1000;
    for (const JobSide side : {JobSide::Source, JobSide::Target}) {
        const QString &column = side == JobSide::Source ? conflicts.newestSource : conflicts.newestTarget;
        int &cell = side == JobSide::Source ? settings.newestSource : settings.newestTarget;
        if (column.isEmpty())
            continue;
        TRY_ASSIGN(cell, cellOf(pair.mapping, side, column));
        if (cell < 0)
            return fail(fault(ErrorCode::NoSuchColumn, pair, column));
        const CellKind kind = pair.layout->cells.at(std::size_t(cell)).kind;
        if (!tellsNewer(kind))
            return fail(fault(ErrorCode::TypesIncompatible, pair, column)
                            .with(Fact::Expected, QStringLiteral("newest"))
                            .with(Fact::Found, cellKindName(kind)));
    }
    for (const ColumnRule &column : job.rules.columns) {
        if (column.rule == CellRule::None || column.leftOut)
            continue;
        TRY_ASSIGN(const int cell, cellOf(pair.mapping, JobSide::Source, column.source));
        if (cell < 0)
            return fail(fault(ErrorCode::NoSuchColumn, pair, column.source));
        if (cell >= pair.layout->comparedCount)
            continue; // such a cell is each side's own
        const CellKind kind = pair.layout->cells.at(std::size_t(cell)).kind;
        if (!ruleFits(column.rule, kind))
            return fail(fault(ErrorCode::TypesIncompatible, pair, column.source)
                            .with(Fact::Expected, cellRuleName(column.rule))
                            .with(Fact::Found, cellKindName(kind)));
        if (settings.cellRules.empty())
            settings.cellRules.assign(std::size_t(pair.layout->comparedCount), CellRule::None);
        settings.cellRules[std::size_t(cell)] = column.rule;
    }
    return settings;
}

UndoDeciders undoDeciders(const TablePair &pair, const TwoWaySettings &settings)
{
    UndoDeciders deciders;
    deciders.newest = pair.settings.conflicts.newestSource;
    const QStringList names = pair.mapping.sourceColumns();
    for (std::size_t cell = 0; cell < settings.cellRules.size(); ++cell) {
        if (settings.cellRules[cell] != CellRule::None)
            deciders.rules.append({names.at(qsizetype(cell)), settings.cellRules[cell]});
    }
    return deciders;
}

Cause answerCause(ConflictAnswer answer, const QString &person, UndoRecorder *undo)
{
    const quint8 who = undo == nullptr ? 0 : undo->numberOf(person);
    switch (answer) {
    case ConflictAnswer::Source:
        return {DecidedBy::AnswerSource, who};
    case ConflictAnswer::Target:
        return {DecidedBy::AnswerTarget, who};
    case ConflictAnswer::Row:
        return {DecidedBy::AnswerRow, who};
    case ConflictAnswer::None:
    case ConflictAnswer::Skip:
        break;
    }
    return {};
}

} // namespace tidemark
