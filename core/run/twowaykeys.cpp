// SPDX-License-Identifier: GPL-3.0-or-later
// Rows that no cursor names: those that are gone.
#include "core/data/orderedkey.h"
#include "core/detect/compare.h"
#include "core/run/twowayrun.h"

namespace tidemark {

// The keys of both sides against each other and the base. Names those that are not where the base has them; a row that
// both sides still have is none of its concern, whatever became of it.
class TwoWayRun::KeyPairs final : public DecisionSink
{
public:
    static Result<std::unique_ptr<KeyPairs>> open(const QString &baseFile, const TablePair &pair, bool ordered,
                                                  LoggedKeys &named)
    {
        TRY_ASSIGN(auto base, BaseReader::open(baseFile, pair.checkpointKey.table, ordered));
        return std::make_unique<KeyPairs>(std::move(base), named);
    }
    KeyPairs(std::unique_ptr<BaseReader> base, LoggedKeys &named) : m_base(std::move(base)), m_named(named) { }

    Result<void> take(const RowBatch &source, const RowBatch &target, std::span<const RowDecision> decisions) override
    {
        RowBatch keys(source.layoutPointer());
        for (const RowDecision &decision : decisions) {
            const bool atSource = decision.sourceRow >= 0;
            TRY_ASSIGN(const bool known,
                       isKnown(atSource ? source : target, atSource ? decision.sourceRow : decision.targetRow));
            if (known && atSource && decision.targetRow >= 0)
                continue;
            keys.appendRow(atSource ? source : target, atSource ? decision.sourceRow : decision.targetRow);
        }
        return m_named.add(keys);
    }
    Result<void> setAside(const RowBatch &source, int row) override
    {
        RowBatch key(source.layoutPointer());
        key.appendRow(source, row);
        TRY(isKnown(source, row));
        return m_named.add(key);
    }
    bool wantsEveryPair() const override { return true; }
    Result<void> finish(const BaseReader::Unasked &gone) { return m_base->unasked(gone); }

private:
    Result<bool> isKnown(const RowBatch &rows, int row)
    {
        std::string key;
        appendOrderedKey(rows, row, key);
        TRY_ASSIGN(const BaseReader::Found found, m_base->find(key));
        return found.row == BaseRow::Present;
    }

    std::unique_ptr<BaseReader> m_base;
    LoggedKeys &m_named;
};

Result<void> TwoWayRun::compareAllKeys(Work &work, TwoWaySink &sink)
{
    RunContext &context = m_s.context;
    const TablePair &pair = work.toTarget.pair;
    for (bool ordered = pair.mapping.ordered();; ordered = false) {
        Streams streams{pair.keysOf(pair.readSource(context.job.batch)),
                        pair.keysOf(pair.readTarget(context.job.batch)), ordered};
        const CompareProgress tell = [&](const CompareCounts &counts) {
            context.progress.update(work.index, [&](TableProgress &progress) {
                progress.rowsRead = std::max(counts.sourceRows, counts.targetRows);
                progress.bytesRead = streams.bytes;
            });
        };
        TRY_ASSIGN(const auto pairs, KeyPairs::open(m_baseFile, pair, ordered, work.changes->keys()));
        auto counts = joinStreams(work, streams, *pairs, tell);
        if (!counts && ordered && isBrokenOrder(counts.error()))
            continue; // what was named by then is looked at in vain
        if (!counts)
            return fail(std::move(counts).error());
        TRY(pairs->finish([&sink](const std::string &key) { return sink.gone(key); }));
        work.keysCounted = *counts;
        work.changes->noteKeysCompared();
        return {};
    }
}

} // namespace tidemark
