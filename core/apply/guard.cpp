// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/apply/guard.h"

namespace tidemark {

namespace {
constexpr qint64 leastForPercent = 10; // below this a share says nothing
}

bool needsApproval(qint64 deletes, qint64 targetRows, const GuardSettings &guard)
{
    if (deletes == 0)
        return false;
    if (deletes >= targetRows)
        return true; // would be emptied
    if (deletes > guard.rows)
        return true;
    return deletes >= leastForPercent && double(deletes) * 100 > guard.percent * double(targetRows);
}

bool DeleteApproval::take(qint64 deletes)
{
    if (m_everything)
        return true;
    const std::scoped_lock lock(m_mutex);
    if (deletes > m_left)
        return false;
    m_left -= deletes;
    return true;
}

} // namespace tidemark
