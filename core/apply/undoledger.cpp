// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/apply/undoledger.h"

#include <algorithm>
#include <utility>

namespace tidemark {

namespace {

// Values are narrowed before they are bound: the target has them as they were handed over, but for what a trigger makes
// of them, and for columns that are compared and not written.
bool storesAsHanded(const TablePair &pair)
{
    const TableMapping &mapping = pair.mapping;
    for (int cell = mapping.keyCount; cell < mapping.comparedCount; ++cell) {
        if (!mapping.columns[cell].write)
            return false;
    }
    return mapping.target.triggers.isEmpty();
}

UndoTable undoTable(const TablePair &pair, JobSide written, bool filled, UndoDeciders deciders)
{
    const TableMapping &mapping = pair.mapping;
    UndoTable table;
    table.source = pair.sourceName();
    table.target = pair.targetName();
    table.table = pair.checkpointKey.table;
    table.side = pair.checkpointKey.side;
    table.written = written;
    for (int cell = 0; cell < mapping.columns.size(); ++cell) {
        const ColumnPair &column = mapping.columns[cell];
        table.columns += {mapping.source.columns[column.source].name, mapping.target.columns[column.target].name,
                          column.type, cell < mapping.comparedCount};
    }
    for (int i = 0; i < mapping.target.columns.size(); ++i) {
        const bool matched = std::any_of(mapping.columns.begin(), mapping.columns.end(),
                                         [i](const ColumnPair &column) { return column.target == i && column.write; });
        const bool isKey = std::any_of(mapping.columns.begin(), mapping.columns.begin() + mapping.keyCount,
                                       [i](const ColumnPair &column) { return column.target == i; });
        if (!matched && !isKey && !mapping.target.columns[i].generated)
            table.left += mapping.target.columns[i].name;
    }
    table.keyCount = mapping.keyCount;
    table.comparedCount = mapping.comparedCount;
    table.mappingDigest = pair.mappingDigest;
    table.sidesDigest = pair.sidesDigest;
    table.keepsValues = pair.settings.kept == Kept::Cells;
    table.deciders = std::move(deciders);
    table.filled = filled;
    table.summed = filled && storesAsHanded(pair);
    if (written == JobSide::Source) { // people know either side by its place in the job
        std::swap(table.source, table.target);
        for (PlanColumn &column : table.columns)
            std::swap(column.source, column.target);
    }
    return table;
}

} // namespace

UndoLedger::UndoLedger(UndoWriter &writer, const TablePair &pair, JobSide written, bool filled, UndoDeciders deciders)
    : m_writer(writer), m_wantsAfter(!filled && !storesAsHanded(pair)),
      m_table(writer.addTable(undoTable(pair, written, filled, std::move(deciders))))
{ }

Result<void> UndoLedger::note(const WrittenRows &rows)
{
    m_items.clear();
    for (const WrittenRow &row : rows.rows)
        m_items.push_back({row.decision, row.reason, row.before, row.after, row.cause});
    return m_writer.note(m_table, rows.before, rows.after, m_items);
}

Result<void> UndoLedger::prepare(const QByteArray &, qint64 epoch) { return m_writer.prepare(m_table, epoch); }

Result<void> UndoLedger::committed()
{
    m_writer.committed(m_table);
    return {};
}

bool UndoRecorder::knows(const CheckpointKey &key) const
{
    const std::scoped_lock lock(m_mutex);
    return m_ledgers.contains({key.table, key.side});
}

WriteLedger *UndoRecorder::ledger(const TablePair &pair, JobSide written, bool filled, UndoDeciders deciders)
{
    const std::scoped_lock lock(m_mutex);
    auto &ledger = m_ledgers[{pair.checkpointKey.table, pair.checkpointKey.side}];
    if (!ledger)
        ledger = std::make_unique<UndoLedger>(m_writer, pair, written, filled, std::move(deciders));
    return ledger.get();
}

Result<void> UndoRecorder::decide(const TablePair &pair, qint64 epochFound)
{
    const std::scoped_lock lock(m_mutex);
    const auto ledger = m_ledgers.find({pair.checkpointKey.table, pair.checkpointKey.side});
    return ledger == m_ledgers.end() ? Result<void>() : ledger->second->decide(epochFound);
}

} // namespace tidemark
