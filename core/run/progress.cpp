// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/progress.h"

namespace tidemark {

void ProgressBoard::setTables(QList<TableProgress> tables)
{
    const std::scoped_lock lock(m_mutex);
    m_state.tables = std::move(tables);
}

void ProgressBoard::update(int table, const std::function<void(TableProgress &)> &change)
{
    const std::scoped_lock lock(m_mutex);
    if (table >= 0 && table < m_state.tables.size())
        change(m_state.tables[table]);
}

void ProgressBoard::setRetry(int attempt, std::optional<Error> reason)
{
    const std::scoped_lock lock(m_mutex);
    m_state.retryAttempt = attempt;
    m_state.retryReason = std::move(reason);
}

ProgressSnapshot ProgressBoard::snapshot() const
{
    const std::scoped_lock lock(m_mutex);
    return m_state;
}

} // namespace tidemark
