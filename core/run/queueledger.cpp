// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/queueledger.h"

namespace tidemark {

Result<void> QueueLedger::note(const WrittenRows &rows)
{
    std::string scratch;
    for (const WrittenRow &row : rows.rows) {
        const auto found = m_table.orders.find(std::string(rows.handed.key(row.handed, scratch)));
        if (found != m_table.orders.end())
            m_noted.insert(found->second.begin(), found->second.end());
    }
    return m_noted.empty() ? Result<void>() : m_lane.begin(*this).map([](Session *) {});
}

Result<void> QueueLedger::beforeCommit(Session &session) { return m_round.versions().store(session, m_noted, true); }

} // namespace tidemark
