// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <map>

#include "core/detect/decisionsink.h"
#include "core/journal/basefile.h"

namespace tidemark {

// How one table of a two-way job decides what only a policy can.
struct TwoWaySettings
{
    TwoWayRules rules;
    int newestSource = -1; // cells of the layout; −1: none, and nobody is newer
    int newestTarget = -1;
    qint64 marginUs = 0;
    std::vector<CellRule> cellRules; // one a compared cell, or none at all
    bool keepsCells = true; // in the base; without them nothing merges
};

// A row key that waits for a person.
struct OpenConflict
{
    TwoWayCase which = TwoWayCase::BothUpdated;
    std::string key; // appendOrderedKey()
    QByteArray source; // chains; empty: absent
    QByteArray target;
    QByteArray base; // BaseRecord::picture; empty: none
};

struct TwoWayCounts
{
    std::array<qint64, twoWayCaseCount> cases = {};
    qint64 sourceRows = 0;
    qint64 targetRows = 0;
    qint64 aside = 0; // rows with a cell that could not be kept: left out of everything
    qint64 conflicts = 0;
    qint64 merged = 0;
    qint64 of(TwoWayCase which) const { return cases[std::size_t(which)]; }
};

// Where the decisions of a two-way comparison go. Batches are valid during the call.
class TwoWayOutlet
{
public:
    virtual ~TwoWayOutlet() = default;
    // Insert, Update and DeleteTarget alone: as seen from the side that is written. from: rows to be written;
    // pictures: what the written side must still be.
    virtual Result<void> write(JobSide to, const RowBatch &from, const RowBatch &pictures,
                               std::span<const RowDecision> decisions) = 0;
    virtual Result<void> changeBase(BaseChange change) = 0; // nothing is to be written for it
    virtual Result<void> intend(BaseMerge merge) = 0; // before its rows are handed over
    virtual Result<void> forgetMerge(const std::string &key) = 0; // both sides have reached it
    virtual Result<void> keepOpen(const OpenConflict &conflict) = 0;
    virtual bool restart() = 0; // forgets all of it
};

// Takes every pair of a complete comparison, looks its base up, and decides.
class TwoWaySink final : public DecisionSink
{
public:
    struct Settings
    {
        const TwoWaySettings &rules;
        std::shared_ptr<const RowLayout> layout;
        QString baseFile;
        QString table; // CheckpointKey::table
        bool trusted = false; // else no row has a base
        std::map<std::string, BaseMerge> unfinished; // merges that an earlier run did not bring to both sides
        TwoWayOutlet &outlet;
    };
    static Result<std::unique_ptr<TwoWaySink>> open(Settings settings, bool ordered);

    Result<void> take(const RowBatch &source, const RowBatch &target, std::span<const RowDecision> decisions) override;
    Result<void> setAside(const RowBatch &source, int row) override;
    bool restart() override;
    bool wantsEveryPair() const override { return true; }
    Result<void> finish(); // after the whole comparison: rows that both sides have lost
    const TwoWayCounts &counts() const { return m_counts; }

private:
    struct Pair // one key
    {
        const RowBatch &source;
        int sourceRow;
        const RowBatch &target;
        int targetRow;
        std::string key;
        BaseReader::Found base;
    };

    explicit TwoWaySink(Settings settings);
    Result<BaseReader::Found> baseOf(const std::string &key);
    RowStates statesOf(const Pair &pair, bool equal) const;
    Result<void> decide(const Pair &pair, bool equal);
    Result<void> act(const Pair &pair, TwoWayCase which, TwoWayAction action, const MergedRow &merged);
    Result<void> adopt(const Pair &pair);
    Result<void> keepOpen(const Pair &pair, TwoWayCase which);
    std::optional<JobSide> newer(const Pair &pair) const;
    Result<void> merge(const Pair &pair, const MergedRow &merged);
    Result<void> decideAfresh(const Pair &pair, bool equal);
    Result<void> finishMerge(const Pair &pair, bool equal, const BaseMerge &merge);
    void writeMerged(JobSide at, const Pair &pair, std::string_view chain);
    Result<void> handOver(const RowBatch &source, const RowBatch &target);

    Settings m_s;
    std::unique_ptr<BaseReader> m_base; // null: no row has a base
    std::vector<RowDecision> m_toTarget;
    std::vector<RowDecision> m_toSource; // as seen from there: its sourceRow is the target's row
    RowBatch m_mergedForTarget; // rows made of both sides, and what each side must still be
    RowBatch m_mergedForSource;
    RowBatch m_targetPictures;
    RowBatch m_sourcePictures;
    TwoWayCounts m_counts;
};

} // namespace tidemark
