// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/detect/compare.h"
#include "core/detect/spillfile.h"

#include <unordered_map>
#include <unordered_set>

#include <xxhash.h>

namespace tidemark {

namespace {

constexpr int partitionCount = 64;
constexpr int decisionsPerHandover = 4096;

struct KeyHash
{
    std::size_t operator()(std::string_view key) const { return XXH3_64bits(key.data(), key.size()); }
};

int partitionOf(std::string_view key) { return static_cast<int>((KeyHash()(key) >> 40) % partitionCount); }

Error notUnique(const RowBatch &batch, int row)
{
    return Error{ErrorCode::KeyNotUnique, {{Fact::Key, keyText(batch, row)}}, {}};
}

// The target's rows of one partition (or all of them), found by key.
class TargetIndex
{
public:
    explicit TargetIndex(std::shared_ptr<const RowLayout> layout) : m_rows(std::move(layout)) { }

    Result<void> add(const RowBatch &batch, int row)
    {
        if (auto fault = keyFault(batch, row))
            return fail(*fault);
        m_rows.appendRow(batch, row);
        return {};
    }

    Result<void> build()
    {
        std::string scratch;
        m_byKey.reserve(std::size_t(m_rows.rowCount()));
        m_matched.assign(std::size_t(m_rows.rowCount()), false);
        for (int row = 0; row < m_rows.rowCount(); ++row) {
            if (!m_byKey.emplace(std::string(m_rows.key(row, scratch)), row).second)
                return fail(notUnique(m_rows, row));
        }
        return {};
    }

    RowBatch &rows() { return m_rows; }
    int find(std::string_view key) const
    {
        const auto found = m_byKey.find(std::string(key));
        return found == m_byKey.end() ? -1 : found->second;
    }
    bool isMatched(int row) const { return m_matched[std::size_t(row)]; }
    void setMatched(int row) { m_matched[std::size_t(row)] = true; }

private:
    RowBatch m_rows;
    std::unordered_map<std::string, int, KeyHash> m_byKey;
    std::vector<bool> m_matched;
};

class Join
{
public:
    Join(const OneWayRules &rules, DecisionSink &sink, const CompareProgress &progress)
        : m_rules(rules), m_sink(sink), m_progress(progress)
    { }

    Result<void> probe(const RowBatch &source, TargetIndex &target, bool tellFaults)
    {
        std::string scratch;
        for (int row = 0; row < source.rowCount(); ++row) {
            if (auto fault = keyFault(source, row))
                return fail(*fault);
            const int match = target.find(source.key(row, scratch));
            if (match >= 0) {
                if (target.isMatched(match))
                    return fail(notUnique(source, row));
                target.setMatched(match);
            }
            if (source.fault(row) != nullptr) {
                ++m_counts.sourceRows;
                m_counts.targetRows += match >= 0 ? 1 : 0;
                if (tellFaults)
                    TRY(m_sink.setAside(source, row));
                continue;
            }
            TRY(decide(source, row, target, match));
        }
        TRY(handOver(source, target.rows()));
        m_progress(m_counts);
        return {};
    }

    Result<void> rest(const RowBatch &noSource, TargetIndex &target) // the target's rows that no source row met
    {
        for (int row = 0; row < target.rows().rowCount(); ++row) {
            if (!target.isMatched(row))
                TRY(decide(noSource, -1, target, row));
        }
        TRY(handOver(noSource, target.rows()));
        m_progress(m_counts);
        return {};
    }

    const CompareCounts &counts() const { return m_counts; }

private:
    Result<void> decide(const RowBatch &source, int sourceRow, TargetIndex &target, int targetRow)
    {
        RowDecision decision;
        if (decideRow(source, sourceRow, target.rows(), targetRow, m_rules, m_counts, decision) || m_tellsAll)
            m_decisions.push_back(decision);
        return m_decisions.size() >= decisionsPerHandover ? handOver(source, target.rows()) : Result<void>();
    }

    Result<void> handOver(const RowBatch &source, const RowBatch &target)
    {
        if (m_decisions.empty())
            return {};
        TRY(m_sink.take(source, target, m_decisions));
        m_decisions.clear();
        return {};
    }

    const OneWayRules &m_rules;
    DecisionSink &m_sink;
    const CompareProgress &m_progress;
    const bool m_tellsAll = m_sink.wantsEveryPair();
    std::vector<RowDecision> m_decisions;
    CompareCounts m_counts;
};

// Everything that is left of one side, set down by key. Source rows with a fault are set aside here, where their error
// is at hand.
Result<void> setDown(RowSource &rows, RowBatch &batch, SpillFile &file, DecisionSink *aside)
{
    std::string scratch;
    for (;;) {
        TRY_ASSIGN(const bool more, rows.next(batch));
        if (!more)
            return {};
        for (int row = 0; row < batch.rowCount(); ++row) {
            if (auto fault = keyFault(batch, row))
                return fail(*fault);
            const bool faulty = batch.fault(row) != nullptr;
            if (faulty && aside != nullptr)
                TRY(aside->setAside(batch, row));
            TRY(file.append(partitionOf(batch.key(row, scratch)), batch.chain(row), faulty));
        }
    }
}

Result<void> joinPartitions(SpillFile &sources, SpillFile &targets, const std::shared_ptr<const RowLayout> &layout,
                            Join &join)
{
    const RowBatch none(layout);
    for (int part = 0; part < partitionCount; ++part) {
        TargetIndex index(layout);
        TRY(targets.readAll(part, index.rows()));
        TRY(index.build());
        std::unordered_set<std::string> met;
        TRY(sources.read(part, 8 << 20, [&](RowBatch &batch) -> Result<void> {
            std::string scratch;
            for (int row = 0; row < batch.rowCount(); ++row) {
                if (!met.emplace(batch.key(row, scratch)).second)
                    return fail(notUnique(batch, row));
            }
            return join.probe(batch, index, false);
        }));
        TRY(join.rest(none, index));
    }
    return {};
}

} // namespace

Result<CompareCounts> hashJoin(RowSource &source, RowSource &target, const std::shared_ptr<const RowLayout> &layout,
                               const OneWayRules &rules, DecisionSink &sink, const CompareProgress &progress,
                               bool sourceKeyIsUnique, qint64 memoryBytes)
{
    Join join(rules, sink, progress);
    TargetIndex index(layout);
    RowBatch batch;
    bool targetEnded = false;
    while (!targetEnded && index.rows().byteSize() < memoryBytes) {
        TRY_ASSIGN(const bool more, target.next(batch));
        targetEnded = !more;
        for (int row = 0; more && row < batch.rowCount(); ++row)
            TRY(index.add(batch, row));
    }
    if (targetEnded && sourceKeyIsUnique) {
        TRY(index.build());
        RowBatch sourceBatch;
        for (;;) {
            TRY_ASSIGN(const bool more, source.next(sourceBatch));
            if (!more)
                break;
            TRY(join.probe(sourceBatch, index, true));
        }
        TRY(join.rest(RowBatch(layout), index));
        return join.counts();
    }
    SpillFile targets(layout, partitionCount, memoryBytes / 2);
    std::string scratch;
    for (int row = 0; row < index.rows().rowCount(); ++row)
        TRY(targets.append(partitionOf(index.rows().key(row, scratch)), index.rows().chain(row),
                           index.rows().fault(row) != nullptr));
    index = TargetIndex(layout);
    if (!targetEnded)
        TRY(setDown(target, batch, targets, nullptr));
    SpillFile sources(layout, partitionCount, memoryBytes / 2);
    TRY(setDown(source, batch, sources, &sink));
    TRY(joinPartitions(sources, targets, layout, join));
    return join.counts();
}

} // namespace tidemark
