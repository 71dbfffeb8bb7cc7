// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/apply/writelane.h"
#include "core/apply/writeledger.h"
#include "core/run/queueround.h"

namespace tidemark {

// Keeps the order of every key that a transaction writes in that transaction: where another consumer has been further
// with one of them, nothing of it is committed, and all of it is looked at again.
class QueueLedger final : public WriteLedger, private LaneMember
{
public:
    QueueLedger(const QueueRound &round, StagedTable &table, WriteLane &lane)
        : m_round(round), m_table(table), m_lane(lane)
    { }

    bool wantsAfter() const override { return false; }
    Result<void> note(const WrittenRows &rows) override;
    Result<void> prepare(const QByteArray &, qint64) override { return {}; }
    Result<void> committed() override { return {}; }
    void rolledBack() override { m_noted.clear(); }

private:
    Result<void> beforeCommit(Session &session) override;
    Result<bool> isCommitted(Session &) override { return true; } // the applier's checkpoint knows
    void afterCommit() override;
    void afterRollback() override { m_noted.clear(); }
    void sessionEnds() override { }

    const QueueRound &m_round;
    StagedTable &m_table;
    WriteLane &m_lane;
    std::size_t m_next = 0; // StagedTable::find
    std::vector<int> m_noted; // in StagedTable::versions; some twice
};

} // namespace tidemark
