// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include <QJsonObject>

#include "core/base/result.h"
#include "core/journal/conflict.h"
#include "core/journal/planfile.h"

namespace tidemark {

// A conflict's pictures as rows, to be shown and to make a row of. Pure: no database is asked.
struct ConflictRows
{
    std::shared_ptr<const RowLayout> layout;
    RowBatch source; // one row; none: absent
    RowBatch target;
    RowBatch base; // as the source was after the last sync; none: unknown
    std::vector<bool> baseKnown; // a cell each: where prints alone were kept, those that one side still has

    bool differs(int cell) const; // compared, and not the same on both sides; of a row that one side lacks: no
    const RowBatch &any() const { return source.isEmpty() ? target : source; }
};

// Nothing: the pictures are not of this layout.
std::optional<ConflictRows> conflictRows(const PlanTable &table, const Conflict &conflict);

// Fields of interfaces.md, by the source's names. Where the layout is not known any more: without key and rows.
QJsonObject conflictToJson(const Conflict &conflict, const PlanTable *table);

QString conflictStateName(ConflictState state); // "open"
QString conflictAnswerName(ConflictAnswer answer); // "source"; "none" for none

// A value as people write it, in the canonical bytes of the column's type; not set: NULL. Usage: it is no value of it
// (Fact::Expected: what it has to look like), or has digits that the column would lose.
struct CellBytes
{
    QByteArray bytes;
    bool isNull = true;
    CellView view() const { return {{bytes.constData(), static_cast<std::size_t>(bytes.size())}, isNull}; }
    bool operator==(const CellBytes &) const = default;
};
Result<CellBytes> cellFromText(const PlanColumn &column, const std::optional<QString> &text);

// Where a cell of the row that a person makes comes from. Nobody: undecided where the sides differ. Own: each side's.
struct CellChoice
{
    enum class From : quint8 { Nobody, Own, Source, Target, Base, Given };
    From from = From::Nobody;
    CellBytes given = {};
    bool operator==(const CellChoice &) const = default;
};
// Of the cells of the layout; rows whose sides are both there. Usage: a cell that nothing decides (Fact::Expected).
Result<ConflictReply> chosenAnswer(const PlanTable &table, const Conflict &conflict,
                                   const std::vector<CellChoice> &choices);

// A cell as a person wants it.
struct CellEdit
{
    QString column; // by either side's name
    std::optional<QString> text; // not set: NULL
};

// The row that a person made: cells that both sides agree on stay each side's own, those edited are as given, and all
// others are those of `rest`. Columns that are not compared stay each side's own; one that is absent takes the other's.
// Usage: an edit that names no such column, is no value of its type, or is more than the column of a side that is
// written takes (Fact::Value "COL=VALUE", Fact::Expected); cells that nothing decides (Fact::Expected names them).
Result<ConflictReply> mergedAnswer(const PlanTable &table, const Conflict &conflict, const QList<CellEdit> &edits,
                                   std::optional<JobSide> rest);

} // namespace tidemark
