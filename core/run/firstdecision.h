// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <vector>

#include "core/detect/decisionsink.h"

namespace tidemark {

// Stages of a detection overlap: a new row is found by its cursor and by its missing key. Lets the first decision on a
// key through and drops those of later stages; 16 bytes a decision.
class FirstDecision final : public DecisionSink
{
public:
    explicit FirstDecision(DecisionSink &next) : m_next(next) { }
    void beginStage(bool last); // a stage decides on a key once
    Result<void> take(const RowBatch &source, const RowBatch &target, std::span<const RowDecision> decisions) override;
    Result<void> setAside(const RowBatch &source, int row) override;

private:
    using Hash = std::array<quint64, 2>;
    bool isFirst(const RowBatch &rows, int row);

    DecisionSink &m_next;
    std::vector<Hash> m_decided; // up to m_sorted those of earlier stages, in order
    std::size_t m_sorted = 0;
    bool m_last = true;
    std::string m_scratch;
};

} // namespace tidemark
