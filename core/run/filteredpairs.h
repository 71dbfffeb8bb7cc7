// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include "core/apply/tablepair.h"
#include "core/detect/decisionsink.h"

namespace tidemark {

// Two ways with a filter at each side: a row that only one side's filter lets through is looked up at the other without
// it. Still there, it left the filter, or never was in it, and is none of the job's: it is neither a delete nor to be
// inserted, and what the base knows of it is forgotten, so that a row that comes back is met as a first one.
class FilteredPairs final : public DecisionSink
{
public:
    using Open = std::function<Result<Session *>()>;
    using Left = std::function<Result<void>(const RowBatch &rows, int row)>;
    // left: told of such rows where nobody looks for what the base alone knows at the end.
    FilteredPairs(const TablePair &pair, const BatchSettings &batch, Open source, Open target, DecisionSink &next,
                  Left left = {})
        : m_pair(pair), m_batch(batch), m_source(std::move(source)), m_target(std::move(target)), m_next(next),
          m_left(std::move(left))
    { }
    static bool isNeeded(const TablePair &pair)
    {
        return !pair.settings.whereSource.isEmpty() || !pair.settings.whereTarget.isEmpty();
    }

    Result<void> take(const RowBatch &source, const RowBatch &target, std::span<const RowDecision> decisions) override;
    Result<void> setAside(const RowBatch &source, int row) override { return m_next.setAside(source, row); }
    bool restart() override { return m_next.restart(); }
    bool wantsEveryPair() const override { return m_next.wantsEveryPair(); }

private:
    // Those of the rows whose keys that side has outside its filter; `rows` are the other side's.
    Result<std::vector<bool>> outside(bool atTarget, const RowBatch &rows, std::span<const int> which);

    const TablePair &m_pair;
    const BatchSettings &m_batch;
    Open m_source;
    Open m_target;
    DecisionSink &m_next;
    Left m_left;
};

} // namespace tidemark
