// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/firstdecision.h"

#include <algorithm>

#include <xxhash.h>

namespace tidemark {

void FirstDecision::beginStage(bool last)
{
    std::sort(m_decided.begin(), m_decided.end());
    m_sorted = m_decided.size();
    m_last = last;
}

bool FirstDecision::isFirst(const RowBatch &rows, int row)
{
    if (m_last && m_decided.empty())
        return true;
    const std::string_view key = rows.key(row, m_scratch);
    const XXH128_hash_t wide = XXH3_128bits(key.data(), key.size());
    const Hash hash{wide.high64, wide.low64};
    if (std::binary_search(m_decided.begin(), m_decided.begin() + std::ptrdiff_t(m_sorted), hash))
        return false;
    if (!m_last)
        m_decided.push_back(hash);
    return true;
}

Result<void> FirstDecision::take(const RowBatch &source, const RowBatch &target, std::span<const RowDecision> decisions)
{
    std::vector<RowDecision> first;
    first.reserve(decisions.size());
    for (const RowDecision &decision : decisions) {
        const bool atSource = decision.sourceRow >= 0;
        if (isFirst(atSource ? source : target, atSource ? decision.sourceRow : decision.targetRow))
            first.push_back(decision);
    }
    return first.empty() ? Result<void>() : m_next.take(source, target, first);
}

Result<void> FirstDecision::setAside(const RowBatch &source, int row)
{
    return isFirst(source, row) ? m_next.setAside(source, row) : Result<void>();
}

} // namespace tidemark
