// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <map>
#include <optional>
#include <set>

#include "core/detect/decisionsink.h"
#include "core/journal/basefile.h"
#include "core/journal/conflict.h"
#include "core/journal/planfile.h"

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

// A row key that waits for a person, or has been answered and is still to be written, or is skipped.
struct OpenConflict
{
    ConflictState state = ConflictState::Open;
    TwoWayCase which = TwoWayCase::BothUpdated;
    std::string key; // appendOrderedKey()
    QByteArray source; // chains; empty: absent
    QByteArray target;
    QByteArray base; // BaseRecord::picture, or both prints where no cells are kept; empty: none
    std::optional<ConflictKind> kind = {}; // not set: as the case says
    std::optional<Error> refusal = {}; // Constraint: what the database said
};

// What a person has said of a row key, and of which pictures of it.
struct KnownAnswer
{
    ConflictAnswer answer = ConflictAnswer::Skip;
    std::optional<Fingerprint> source; // not set: absent
    std::optional<Fingerprint> target;
    QByteArray base; // OpenConflict::base: an answer that has been written once is not written again
    QByteArray rowForSource; // answer Row: chains
    QByteArray rowForTarget;
};
using KnownAnswers = std::map<std::string, KnownAnswer>; // by key

struct TwoWayCounts
{
    std::array<qint64, twoWayCaseCount> cases = {};
    qint64 sourceRows = 0;
    qint64 targetRows = 0;
    qint64 aside = 0; // rows with a cell that could not be kept: left out of everything
    qint64 conflicts = 0;
    qint64 skipped = 0; // conflicts that a person left as they are
    qint64 merged = 0;
    qint64 unapproved = 0; // writes that the approved plan does not hold
    WriteCounts toTarget; // decided
    WriteCounts toSource;
    qint64 of(TwoWayCase which) const { return cases[std::size_t(which)]; }
};

// Where the decisions of a two-way comparison go. Batches are valid during the call.
class TwoWayOutlet
{
public:
    virtual ~TwoWayOutlet() = default;
    // Where a plan is made, of each decision that writes or asks; nothing else is called then. Batches and views are
    // valid during the call.
    virtual bool plans() const { return false; }
    virtual Result<void> plan(const RowBatch &, const RowBatch &, std::span<const PlanWriter::Item>) { return {}; }
    // Whether a write may pass, where a person has approved some of them. Answers always do.
    virtual bool approves(const RowBatch &, const RowBatch &, const PlanWriter::Item &) { return true; }
    // Insert, Update and DeleteTarget alone: as seen from the side that is written. from: rows to be written;
    // pictures: what the written side must still be.
    virtual Result<void> write(JobSide to, const RowBatch &from, const RowBatch &pictures,
                               std::span<const RowDecision> decisions) = 0;
    virtual Result<void> changeBase(BaseChange change) = 0; // nothing is to be written for it
    virtual Result<void> intend(BaseMerge merge) = 0; // before its rows are handed over
    virtual Result<void> forgetMerge(const std::string &key) = 0; // both sides have reached it, or neither
    virtual Result<void>
    rebase(BaseChange row) = 0; // a merge that was cut off is none any more: this is the row's base
    virtual Result<void> keepOpen(const OpenConflict &conflict) = 0;
    // A row with a cell that could not be kept: it is left out of everything.
    virtual Result<void> leave(const RowBatch &, int) { return {}; }
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
    Result<void> act(const Pair &pair, TwoWayCase which, TwoWayAction action, const MergedChains &merged);
    Result<void> noteFirstMeeting(const Pair &pair);
    Result<void> write(const Pair &pair, TwoWayAction action, Reason reason);
    Result<void> adopt(const Pair &pair);
    Result<void> keepOpen(const Pair &pair, TwoWayCase which, ConflictState state);
    static Decision decisionOf(TwoWayAction action, bool sourceLacks, bool targetLacks);
    void count(Decision decision);
    std::optional<JobSide> newer(const Pair &pair) const;
    MergedChains chainsOf(const Pair &pair, const MergedRow &merged) const;
    Result<void> merge(const Pair &pair, const MergedChains &merged);
    struct Judged
    {
        TwoWayCase which;
        TwoWayAction action;
        MergedChains chains; // of a merge
    };
    Judged judge(const Pair &pair, bool equal) const;
    Result<void> decideAfresh(const Pair &pair, bool equal);
    Result<void> finishMerge(const Pair &pair, bool equal, const BaseMerge &merge);
    Result<void> bringMergeToOther(const Pair &pair, const BaseMerge &merge, bool toSource, bool toTarget);
    std::optional<std::pair<RowBatch, RowBatch>> picturesLeftBy(const Pair &pair, const BaseMerge &merge) const;
    bool waitsForAnswer(const Pair &now, bool equal, const BaseMerge &merge) const;
    BaseReader::Found baseLeftBy(const Pair &pair, const BaseMerge &merge, BaseChange &change) const;
    Result<void> leaveMerge(BaseChange left, const BaseMerge &merge);
    void writeMerged(JobSide at, const Pair &pair, std::string_view chain);
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
