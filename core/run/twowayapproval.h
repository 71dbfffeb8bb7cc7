// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include "core/journal/planfile.h"

namespace tidemark {

// What a person let pass of one table of a two-way plan: each decision holds for the very pictures that were shown, and
// for the merged row that was. Eight bytes a row.
class TwoWayApproval
{
public:
    static Result<std::unique_ptr<TwoWayApproval>> read(PlanReader &plan, int table, const PlanTable &head);

    bool take(const RowBatch &source, const RowBatch &target, const PlanWriter::Item &item); // each once
    qint64 missed() const { return qint64(m_rows.size()) - m_taken; } // not met again as they were

private:
    std::vector<quint64> m_rows; // digests in order
    std::vector<bool> m_used;
    qint64 m_taken = 0;
};

} // namespace tidemark
