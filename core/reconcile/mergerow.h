// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "core/data/rowbatch.h"
#include "core/data/tablerules.h"
#include "core/reconcile/cause.h"
#include "core/reconcile/twoway.h"

namespace tidemark {

// Where a merged cell comes from.
enum class CellOrigin : quint8 { Both, Source, Target, Rule, Clash };

// A row as both sides were after the last sync. The sides may differ: what one side's types and triggers made of a
// value is no edit. Cells where they were kept, else a print a compared cell; neither: nothing can be merged by it.
struct BasePicture
{
    RowBatch rows; // the source's picture; then the target's, where it is another
    std::vector<quint64> sourcePrints; // cellPrint() of each compared cell
    std::vector<quint64> targetPrints;

    bool hasCells() const { return !rows.isEmpty(); }
    int rowOf(JobSide side) const { return side == JobSide::Target && rows.rowCount() > 1 ? 1 : 0; }
};

quint64 cellPrint(CellView comparison); // XXH3-64; NULL differs from every value

struct MergedRow
{
    std::vector<CellOrigin> origins; // one a compared cell
    std::vector<std::string> ruled; // value bytes of the cells that a rule computed, by cell; empty elsewhere
    quint8 rules = 0; // Cause::detail: those that decided
    bool clashes() const;
};

// Cell by cell, three ways: edits of different cells merge, the same edit on both sides is one, and a cell that both
// changed is its rule's or clashes. Without a base every cell that differs counts as changed on both sides. `rules`:
// one a compared cell, or none at all.
MergedRow mergeRows(const RowBatch &source, int sourceRow, const RowBatch &target, int targetRow,
                    const BasePicture *base, const std::vector<CellRule> &rules);

// The merged row as it is to be written at one side: cells that are carried along without being compared stay that
// side's own. Nothing may clash.
void appendMerged(const MergedRow &merged, JobSide at, const RowBatch &source, int sourceRow, const RowBatch &target,
                  int targetRow, RowBatch &out);

// Which side's cell is the later one: a time, also as ISO text of the same shape at both sides, or a growing number. A
// NULL loses to a value. Not set: neither by more than the margin, or it is no time. marginUs counts for times alone.
std::optional<JobSide> newerSide(const CellType &sourceType, CellView source, const CellType &targetType,
                                 CellView target, qint64 marginUs);

QString cellRuleName(CellRule rule); // "non-null"
std::optional<CellRule> cellRuleFromName(QStringView name);
bool ruleFits(CellRule rule, CellKind kind); // a sum of texts does not

} // namespace tidemark
