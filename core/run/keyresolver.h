// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include "core/apply/tablepair.h"
#include "core/detect/compare.h"

namespace tidemark {

// Reads whole rows of both sides by key and decides them: for the retry set, and behind comparisons that read keys or
// versions alone. The sessions are the caller's.
class KeyResolver
{
public:
    KeyResolver(const TablePair &pair, const BatchSettings &batch, Session &source, Session &target, DecisionSink &sink)
        : m_pair(pair), m_batch(batch), m_source(source), m_target(target), m_sink(sink)
    { }

    Result<void> resolve(const RowBatch &keys,
                         std::span<const int> which); // keys: any batch whose first cells are the key
    Result<void> resolveRows(const RowBatch &sourceRows); // the source's rows are at hand
    const CompareCounts &counts() const { return m_counts; }

private:
    Result<void> decide(const RowBatch &source, const RowBatch &target, bool withTargetOnly);

    const TablePair &m_pair;
    const BatchSettings &m_batch;
    Session &m_source;
    Session &m_target;
    DecisionSink &m_sink;
    CompareCounts m_counts;
};

// Takes the decisions of a comparison of keys (or keys and versions) and resolves them into decisions on whole rows.
class ResolvingSink final : public DecisionSink
{
public:
    ResolvingSink(const TablePair &pair, const BatchSettings &batch, KeyResolver &resolver);
    Result<void> take(const RowBatch &source, const RowBatch &target, std::span<const RowDecision> decisions) override;
    Result<void> setAside(const RowBatch &source, int row) override;
    Result<void> finish();

private:
    Result<void> add(const RowBatch &rows, int row);

    const TablePair &m_pair;
    const BatchSettings &m_batch;
    KeyResolver &m_resolver;
    RowBatch m_keys;
};

// Looks up rows that are to be deleted in the source without its filter: there = left the filter, and kept where the
// job says so.
class LeftFilterSink final : public DecisionSink
{
public:
    LeftFilterSink(const TablePair &pair, const BatchSettings &batch, std::function<Result<Session *>()> source,
                   DecisionSink &next)
        : m_pair(pair), m_batch(batch), m_source(std::move(source)), m_next(next)
    { }
    Result<void> take(const RowBatch &source, const RowBatch &target, std::span<const RowDecision> decisions) override;
    Result<void> setAside(const RowBatch &source, int row) override { return m_next.setAside(source, row); }
    bool restart() override { return m_next.restart(); }

private:
    const TablePair &m_pair;
    const BatchSettings &m_batch;
    std::function<Result<Session *>()> m_source;
    DecisionSink &m_next;
};

} // namespace tidemark
