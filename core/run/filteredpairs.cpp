// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/filteredpairs.h"

#include <unordered_set>

namespace tidemark {

Result<std::vector<bool>> FilteredPairs::outside(bool atTarget, const RowBatch &rows, std::span<const int> which)
{
    std::vector<bool> found(which.size(), false);
    const QString &where = atTarget ? m_pair.settings.whereTarget : m_pair.settings.whereSource;
    if (where.isEmpty() || which.empty() || (atTarget && m_pair.createTarget))
        return found;
    TRY_ASSIGN(Session * session, atTarget ? m_target() : m_source());
    ReadRequest request = m_pair.keysOf(atTarget ? m_pair.readTarget(m_batch) : m_pair.readSource(m_batch));
    request.where.clear();
    RowBatch there(m_pair.keyLayout);
    TRY(session->readKeys(request, RowSelection{&rows, which}, false, there));
    std::unordered_set<std::string> keys;
    std::string scratch;
    for (int row = 0; row < there.rowCount(); ++row)
        keys.emplace(there.key(row, scratch));
    for (std::size_t i = 0; i < which.size(); ++i)
        found[i] = keys.contains(std::string(rows.key(which[i], scratch)));
    return found;
}

Result<void> FilteredPairs::take(const RowBatch &source, const RowBatch &target, std::span<const RowDecision> decisions)
{
    std::vector<int> sourceOnly;
    std::vector<int> targetOnly;
    for (const RowDecision &decision : decisions) {
        if (decision.targetRow < 0)
            sourceOnly.push_back(decision.sourceRow);
        else if (decision.sourceRow < 0)
            targetOnly.push_back(decision.targetRow);
    }
    TRY_ASSIGN(const std::vector<bool> atTarget, outside(true, source, sourceOnly));
    TRY_ASSIGN(const std::vector<bool> atSource, outside(false, target, targetOnly));
    std::vector<RowDecision> kept;
    kept.reserve(decisions.size());
    std::size_t nextSource = 0;
    std::size_t nextTarget = 0;
    for (const RowDecision &decision : decisions) {
        const bool isOutside = decision.targetRow < 0 ? atTarget[nextSource++]
            : decision.sourceRow < 0                  ? atSource[nextTarget++]
                                                      : false;
        if (!isOutside)
            kept.push_back(decision);
        else if (m_left)
            TRY(decision.targetRow < 0 ? m_left(source, decision.sourceRow) : m_left(target, decision.targetRow));
    }
    return kept.empty() ? Result<void>() : m_next.take(source, target, kept);
}

} // namespace tidemark
