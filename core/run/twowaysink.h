// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <set>

#include "core/detect/decisionsink.h"
#include "core/run/twowayoutlet.h"

namespace tidemark {

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
        const KnownAnswers *answers = nullptr; // outlives the sink
        bool asksUnfinished = false; // a merge that one side did not take is for a person
        std::set<std::string> asked = {}; // unfinished merges of which somebody has been asked
        // Rows that a run which was cut off may have written, and that are not what it wrote: nobody but a person can
        // tell an edit there from what that side made of them. Outlives the sink.
        const std::set<std::string> *doubtful = nullptr;
    };
    static Result<std::unique_ptr<TwoWaySink>> open(Settings settings, bool ordered);

    Result<void> take(const RowBatch &source, const RowBatch &target, std::span<const RowDecision> decisions) override;
    Result<void> setAside(const RowBatch &source, int row) override;
    bool restart() override;
    bool wantsEveryPair() const override { return true; }
    Result<void> gone(const std::string &key); // looked for, and on neither side
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

    struct MergedChains
    {
        QByteArray forSource;
        QByteArray forTarget;
        bool sourceLacks = false;
        bool targetLacks = false;
    };
    // A decision of a plan, with what its views look at.
    struct Planned
    {
        Decision decision;
        Reason reason;
        int sourceRow;
        int targetRow;
        QByteArray base;
        QByteArray mergedSource;
        QByteArray mergedTarget;
        PlanWriter::Item item() const;
    };
    // Rows made of both sides on their way to one, and what it must still be.
    struct Outgoing
    {
        explicit Outgoing(const std::shared_ptr<const RowLayout> &layout) : rows(layout), pictures(layout) { }
        RowBatch rows;
        RowBatch pictures;
        std::vector<RowDecision> decisions;
    };

    explicit TwoWaySink(Settings settings);
    Result<BaseReader::Found> baseOf(const std::string &key);
    RowStates statesOf(const Pair &pair, bool equal) const;
    Result<void> decide(const Pair &pair, bool equal);
    static QByteArray baseOf(const Pair &pair);
    const KnownAnswer *answerTo(const Pair &pair) const;
    Result<void> actOnAnswer(const Pair &pair, TwoWayCase which, const KnownAnswer &known);
    Result<void> act(const Pair &pair, TwoWayCase which, TwoWayAction action, const MergedChains &merged,
                     Cause cause = {});
    Result<void> noteFirstMeeting(const Pair &pair);
    Result<void> write(const Pair &pair, TwoWayAction action, Reason reason, Cause cause);
    Result<void> adopt(const Pair &pair);
    Result<void> keepOpen(const Pair &pair, TwoWayCase which, ConflictState state);
    static Decision decisionOf(TwoWayAction action, bool sourceLacks, bool targetLacks);
    void count(Decision decision);
    std::optional<JobSide> newer(const Pair &pair) const;
    MergedChains chainsOf(const Pair &pair, const MergedRow &merged) const;
    std::optional<MergedChains> editFor(JobSide to, const Pair &pair) const;
    Result<void> merge(const Pair &pair, const MergedChains &merged, Reason reason, Cause cause);
    struct Judged
    {
        TwoWayCase which;
        TwoWayAction action;
        MergedChains chains; // of a merge
        Cause cause = {}; // of a conflict that a policy decides
    };
    static Cause causeOf(ConflictPolicy policy, quint8 rules);
    Judged judge(const Pair &pair, bool equal) const;
    Result<void> decideAfresh(const Pair &pair, bool equal);
    Result<void> finishMerge(const Pair &pair, bool equal, const BaseMerge &merge);
    Result<void> bringMergeToOther(const Pair &pair, const BaseMerge &merge, bool toSource, bool toTarget);
    std::optional<std::pair<RowBatch, RowBatch>> picturesLeftBy(const Pair &pair, const BaseMerge &merge) const;
    bool waitsForAnswer(const Pair &now, bool equal, const BaseMerge &merge) const;
    BaseReader::Found baseLeftBy(const Pair &pair, const BaseMerge &merge, BaseChange &change) const;
    Result<void> leaveMerge(BaseChange left, const BaseMerge &merge);
    void writeMerged(JobSide at, const Pair &pair, std::string_view chain, Reason reason, Cause cause);
    Result<void> forget(const std::string &key);
    Result<void> handOver(const RowBatch &source, const RowBatch &target);

    Settings m_s;
    std::unique_ptr<BaseReader> m_base; // null: no row has a base
    std::vector<RowDecision> m_toTarget;
    std::vector<RowDecision> m_toSource; // as seen from there: its sourceRow is the target's row
    Outgoing m_mergedForTarget;
    Outgoing m_mergedForSource;
    std::vector<Planned> m_planned;
    std::optional<ConflictKind> m_askedAs; // OpenConflict::kind
    bool m_answering = false; // what a person has said is being carried out
    TwoWayCounts m_counts;
};

} // namespace tidemark
