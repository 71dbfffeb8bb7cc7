// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/reconcile/report.h"

namespace tidemark {

WriteCounts RunReport::totals() const
{
    WriteCounts sum;
    for (const TableReport &table : tables) {
        for (const WriteCounts &side : {table.toTarget, table.toSource}) {
            sum.inserts += side.inserts;
            sum.updates += side.updates;
            sum.deletes += side.deletes;
        }
    }
    return sum;
}

int RunReport::exitCode() const
{
    if (state == RunState::Cancelled)
        return 3;
    if (state == RunState::Busy)
        return 5;
    // 4 outranks 2, which outranks 1.
    int worst = state == RunState::NeedsAttention || (state != RunState::Planned && !attention.isEmpty()) ? 1 : 0;
    if (error)
        worst = std::max(worst, tidemark::exitCode(error->code));
    for (const TableReport &table : tables) {
        if (!table.error)
            continue;
        // A row that ends a whole table ends it again until something is edited: the row, the target or onBadRow.
        worst = std::max(worst, table.error->isRowFault() ? 4 : tidemark::exitCode(table.error->code));
    }
    return worst;
}

QString runStateName(RunState state)
{
    switch (state) {
    case RunState::Completed:
        return QStringLiteral("completed");
    case RunState::NeedsAttention:
        return QStringLiteral("needs-attention");
    case RunState::Failed:
        return QStringLiteral("failed");
    case RunState::Cancelled:
        return QStringLiteral("cancelled");
    case RunState::Busy:
        return QStringLiteral("busy");
    case RunState::Planned:
        return QStringLiteral("planned");
    }
    return {};
}

QString attentionName(Attention::Kind kind)
{
    switch (kind) {
    case Attention::Kind::Deletes:
        return QStringLiteral("deletes");
    case Attention::Kind::Review:
        return QStringLiteral("review");
    case Attention::Kind::Quarantine:
        return QStringLiteral("quarantine");
    case Attention::Kind::Conflicts:
        return QStringLiteral("conflicts");
    }
    return {};
}

} // namespace tidemark
