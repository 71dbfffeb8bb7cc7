// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/queueledger.h"

#include <algorithm>

namespace tidemark {

Result<void> QueueLedger::note(const WrittenRows &rows)
{
    std::string scratch;
    for (const WrittenRow &row : rows.rows) {
        const StagedKey *const key = m_table.find(rows.handed.key(row.handed, scratch), m_next);
        for (int i = key != nullptr ? key->version : -1; i >= 0;) {
            const StagedVersion &version = m_table.versions[static_cast<std::size_t>(i)];
            if (version.isNews() && !version.isStored)
                m_noted.push_back(i);
            i = version.next;
        }
    }
    return m_noted.empty() ? Result<void>() : m_lane.begin(*this).map([](Session *) {});
}

Result<void> QueueLedger::beforeCommit(Session &session)
{
    std::sort(m_noted.begin(), m_noted.end());
    m_noted.erase(std::unique(m_noted.begin(), m_noted.end()), m_noted.end());
    std::vector<KeyVersion *> versions;
    versions.reserve(m_noted.size());
    for (const int i : m_noted)
        versions.push_back(&m_table.versions[static_cast<std::size_t>(i)]);
    return m_round.versions().store(session, std::move(versions), true);
}

void QueueLedger::afterCommit()
{
    for (const int i : m_noted)
        m_table.versions[static_cast<std::size_t>(i)].isStored = true;
    m_noted.clear();
}

} // namespace tidemark
