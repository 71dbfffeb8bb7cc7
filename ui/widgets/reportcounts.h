// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>

#include "core/reconcile/report.h"
#include "ui/widgets/format.h"

// What a report counts, as a person counts it: a row made of both sides is one row, although both are written.
namespace tidemark::counts {

// A row of both that a database refused was made, and written to neither.
inline qint64 rows(const TableReport &table)
{
    const qint64 merged = std::min({table.merged, table.toTarget.updates, table.toSource.updates});
    return table.toTarget.total() + table.toSource.total() - merged;
}

inline qint64 rows(const RunReport &report)
{
    qint64 sum = 0;
    for (const TableReport &table : report.tables)
        sum += rows(table);
    return sum;
}

inline bool setAside(const RunReport &report) // rows or messages
{
    for (const Attention &attention : report.attention) {
        if (attention.kind == Attention::Kind::Quarantine)
            return true;
    }
    return false;
}

inline qint64 conflicts(const RunReport &report)
{
    qint64 sum = 0;
    for (const TableReport &table : report.tables)
        sum += table.conflicts;
    return sum;
}

inline WriteCounts to(const RunReport &report, bool source)
{
    WriteCounts sum;
    for (const TableReport &table : report.tables)
        sum = sum + (source ? table.toSource : table.toTarget);
    return sum;
}

// "+9  ~4  −4", or both directions: "→ +9  ~4  −4   ← +1  ~0  −0". bothWays: of a table that was written at one side
// only, too, for the sake of those beside it.
inline QString text(const WriteCounts &toTarget, const WriteCounts &toSource, bool bothWays = false)
{
    const QString target = format::signedCounts(toTarget.inserts, toTarget.updates, toTarget.deletes);
    if (!bothWays && toSource.total() == 0)
        return target;
    return QStringLiteral("→ %1   ← %2")
        .arg(target, format::signedCounts(toSource.inserts, toSource.updates, toSource.deletes));
}

} // namespace tidemark::counts
