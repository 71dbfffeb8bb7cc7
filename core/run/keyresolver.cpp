// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/keyresolver.h"

#include <algorithm>
#include <unordered_set>

#include "core/data/rowindex.h"

namespace tidemark {

Result<void> KeyResolver::resolve(const RowBatch &keys, std::span<const int> which)
{
    const auto step = static_cast<std::size_t>(m_batch.rows);
    for (std::size_t first = 0; first < which.size(); first += step) {
        const std::span<const int> part = which.subspan(first, std::min(step, which.size() - first));
        RowBatch source(m_pair.layout);
        RowBatch target(m_pair.layout);
        TRY(m_source.readKeys(m_pair.readSource(m_batch), RowSelection{&keys, part}, false, source));
        TRY(m_target.readKeys(m_pair.readTarget(m_batch), RowSelection{&keys, part}, false, target));
        TRY(decide(source, target, true));
    }
    return {};
}

Result<void> KeyResolver::resolveRows(const RowBatch &sourceRows)
{
    if (sourceRows.isEmpty())
        return {};
    const std::vector<int> all = allRows(sourceRows);
    RowBatch target(m_pair.layout);
    ReadRequest request = m_pair.readTarget(m_batch);
    request.where.clear(); // a row that must be written is looked up wherever it is
    TRY(m_target.readKeys(request, RowSelection{&sourceRows, all}, false, target));
    return decide(sourceRows, target, false);
}

Result<void> KeyResolver::decide(const RowBatch &source, const RowBatch &target, bool withTargetOnly)
{
    const OneWayRules rules{m_pair.propagatesDeletes()};
    auto targetByKey = rowsByKey(target);
    std::string scratch;
    std::vector<RowDecision> decisions;
    RowDecision decision;
    for (int row = 0; row < source.rowCount(); ++row) {
        if (const auto fault = keyFault(source, row))
            return fail(*fault);
        const auto found = targetByKey.find(std::string(source.key(row, scratch)));
        const int match = found != targetByKey.end() ? found->second : -1;
        if (source.fault(row) != nullptr) {
            ++m_counts.sourceRows;
            TRY(m_sink.setAside(source, row));
        } else if (decideRow(source, row, target, match, rules, m_counts, decision)) {
            decisions.push_back(decision);
        }
        if (match >= 0)
            targetByKey.erase(found);
    }
    if (withTargetOnly) {
        for (const auto &[key, row] : targetByKey) {
            if (decideRow(source, -1, target, row, rules, m_counts, decision))
                decisions.push_back(decision);
        }
    }
    return decisions.empty() ? Result<void>() : m_sink.take(source, target, decisions);
}

ResolvingSink::ResolvingSink(const TablePair &pair, const BatchSettings &batch, KeyResolver &resolver)
    : m_pair(pair), m_batch(batch), m_resolver(resolver), m_keys(pair.keyLayout)
{ }

Result<void> ResolvingSink::take(const RowBatch &source, const RowBatch &target, std::span<const RowDecision> decisions)
{
    for (const RowDecision &decision : decisions) {
        if (decision.sourceRow >= 0)
            TRY(add(source, decision.sourceRow));
        else
            TRY(add(target, decision.targetRow));
    }
    return {};
}

Result<void> ResolvingSink::setAside(const RowBatch &source, int row)
{
    return add(source, row);
} // the whole row tells why

Result<void> ResolvingSink::add(const RowBatch &rows, int row)
{
    m_pair.appendKey(rows, row, m_keys);
    return m_keys.rowCount() >= m_batch.rows ? finish() : Result<void>();
}

Result<void> ResolvingSink::finish()
{
    const std::vector<int> all = allRows(m_keys);
    TRY(m_resolver.resolve(m_keys, all));
    m_keys.clear();
    return {};
}

Result<void> LeftFilterSink::take(const RowBatch &source, const RowBatch &target,
                                  std::span<const RowDecision> decisions)
{
    std::vector<int> candidates;
    for (const RowDecision &decision : decisions) {
        if (decision.decision == Decision::DeleteTarget)
            candidates.push_back(decision.targetRow);
    }
    if (m_pair.settings.whereSource.isEmpty() || candidates.empty())
        return m_next.take(source, target, decisions);
    TRY_ASSIGN(Session * session, m_source());
    ReadRequest request = m_pair.keysOf(m_pair.readSource(m_batch));
    request.where.clear();
    RowBatch there(m_pair.keyLayout);
    TRY(session->readKeys(request, RowSelection{&target, candidates}, false, there));
    std::unordered_set<std::string> left;
    std::string scratch;
    for (int row = 0; row < there.rowCount(); ++row)
        left.emplace(there.key(row, scratch));
    std::vector<RowDecision> kept;
    for (RowDecision decision : decisions) {
        const bool leftFilter = decision.decision == Decision::DeleteTarget
            && left.contains(std::string(target.key(decision.targetRow, scratch)));
        if (leftFilter && m_pair.settings.leftFilter == LeftFilter::Keep)
            continue;
        if (leftFilter)
            decision.reason = Reason::LeftFilter;
        kept.push_back(decision);
    }
    return kept.empty() ? Result<void>() : m_next.take(source, target, kept);
}

} // namespace tidemark
