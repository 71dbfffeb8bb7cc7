// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/twowayapproval.h"

#include <algorithm>
#include <limits>

#include "core/journal/fileformat.h"

namespace tidemark {

namespace {

quint64 digestOf(Decision decision, std::string_view source, std::string_view target, std::string_view mergedSource,
                 std::string_view mergedTarget)
{
    RecordChecksum sum;
    sum.add(qint64(decision)).add(source).add(target).add(mergedSource).add(mergedTarget);
    return quint64(sum.value());
}

} // namespace

Result<std::unique_ptr<TwoWayApproval>> TwoWayApproval::read(PlanReader &plan, int table, const PlanTable &head)
{
    auto approval = std::make_unique<TwoWayApproval>();
    if (head.included) {
        const auto add = [&](const PlanRowRef &row) {
            if (row.included && isWrite(row.decision))
                approval->m_rows.push_back(
                    digestOf(row.decision, row.source, row.target, row.mergedSource, row.mergedTarget));
            return true;
        };
        TRY(plan.scan(table, std::nullopt, 0, std::numeric_limits<qint64>::max(), add));
    }
    std::sort(approval->m_rows.begin(), approval->m_rows.end());
    approval->m_used.assign(approval->m_rows.size(), false);
    return approval;
}

bool TwoWayApproval::take(const RowBatch &source, const RowBatch &target, const PlanWriter::Item &item)
{
    const auto chain = [](const RowBatch &rows, int row) { return row < 0 ? std::string_view() : rows.chain(row); };
    const quint64 digest = digestOf(item.decision, chain(source, item.sourceRow), chain(target, item.targetRow),
                                    item.mergedSource, item.mergedTarget);
    const auto found = std::lower_bound(m_rows.begin(), m_rows.end(), digest);
    if (found == m_rows.end() || *found != digest)
        return false;
    const auto at = std::size_t(found - m_rows.begin());
    if (!m_used[at]) {
        m_used[at] = true;
        ++m_taken;
    }
    return true;
}

} // namespace tidemark
