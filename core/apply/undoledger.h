// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <mutex>
#include <map>

#include "core/apply/tablepair.h"
#include "core/apply/writeledger.h"
#include "core/journal/undofile.h"

namespace tidemark {

// Keeps in a run's undo file what one table's transactions overwrite at one side.
class UndoLedger final : public WriteLedger
{
public:
    // pair: the written side is its target (mirroredPair() where that is the job's source). filled: the table was empty
    // when the run began with it.
    UndoLedger(UndoWriter &writer, const TablePair &pair, JobSide written, bool filled, UndoDeciders deciders);
    bool wantsAfter() const override { return m_wantsAfter; }
    Result<void> note(const WrittenRows &rows) override;
    Result<void> prepare(const QByteArray &generation, qint64 epoch) override;
    Result<void> committed() override;
    void rolledBack() override { m_writer.rolledBack(m_table); }
    Result<void> decide(qint64 epochFound) { return m_writer.decide(m_table, epochFound); }

private:
    UndoWriter &m_writer;
    bool m_wantsAfter;
    int m_table;
    std::vector<UndoItem> m_items;
};

// The undo file of one run with a ledger for each of its tables, and each side that is written. Thread-safe.
class UndoRecorder
{
public:
    UndoRecorder(const QString &folder, UndoHead head, qint64 limit) : m_writer(folder, std::move(head), limit) { }
    bool knows(const CheckpointKey &key) const;
    // The same one for every attempt at a table.
    WriteLedger *ledger(const TablePair &pair, bool filled, UndoDeciders deciders = {})
    {
        return ledger(pair, JobSide::Target, filled, std::move(deciders));
    }
    // Of a two-way run: the pair as seen from there, `written` as the job calls it.
    WriteLedger *ledger(const TablePair &pair, JobSide written, bool filled = false, UndoDeciders deciders = {});
    quint8 numberOf(const QString &person) { return m_writer.numberOf(person); }
    // Before another attempt at a table whose checkpoint bears this epoch: was what is in doubt committed?
    Result<void> decide(const TablePair &pair, qint64 epochFound);
    Result<void> finish() { return m_writer.finish(); }

private:
    UndoWriter m_writer;
    mutable std::mutex m_mutex;
    std::map<std::pair<QString, QString>, std::unique_ptr<UndoLedger>> m_ledgers;
};

} // namespace tidemark
