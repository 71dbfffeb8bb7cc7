// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <mutex>
#include <unordered_map>
#include <unordered_set>

#include "core/apply/tablepair.h"
#include "core/apply/writeledger.h"
#include "core/change/watermark.h"
#include "core/journal/basefile.h"

namespace tidemark {

// The base of one table during one run: whether it may be trusted, what the run will make of it, and when that becomes
// true. Belongs to one thread at a time.
//
// A trusted base changes by promises alone: what a transaction writes becomes true with its COMMIT, and what both sides
// agree on without a write when the run is settled. One that is not trusted is emptied and filled anew; it has no head
// until the run is settled, so that a run that was cut off leaves none.
class TwoWayBase
{
public:
    struct Settings
    {
        BaseFile &file;
        const TablePair &pair;
        QByteArray journalId;
        QByteArray generation; // of this run
        bool keepsCells = true;
        bool looksOnly = false; // a plan is made: the file is read alone
        std::mutex *turn = nullptr; // of the tables that share the file on other threads; outlives the base
    };
    explicit TwoWayBase(Settings settings) : m_s(std::move(settings)) { }

    // With both sides' checkpoints as they are now: settles what earlier runs promised, then decides on trust.
    Result<void> open(const std::optional<Checkpoint> &source, const std::optional<Checkpoint> &target);
    BaseTrust trust() const { return m_trust; }
    bool isTrusted() const { return m_trust == BaseTrust::Trusted; }
    Result<std::map<std::string, BaseMerge>> unfinishedMerges();

    // While the sides are compared. Durable by sealDecisions().
    Result<void> change(BaseChange change);
    Result<void> intend(BaseMerge merge);
    void forgetMerge(const std::string &key) { m_doneMerges.push_back(key); }
    Result<void> rebase(BaseChange row); // of a merge that was cut off, and is none any more
    Result<void> restart(); // the comparison begins anew
    Result<void> sealDecisions(); // before anything is written to either side
    Result<void> noteStamped(); // both checkpoints bear this generation: a side that bears an older one is another
    bool isMerging(const std::string &key) const { return m_merging.contains(key); }

    // What a side's transaction writes: as BaseLedger tells it.
    Result<void> promise(JobSide side, qint64 epoch, std::span<const BaseChange> changes,
                         std::span<const BaseFile::Stored> merged);
    Result<void> settlePromise(JobSide side, qint64 epoch, bool kept);
    // Likewise, where nothing is rolled back: what is about to be sent, and what nobody doubts any more.
    Result<void> intendWrites(std::span<const BaseIntent> intents);
    Result<void> dropIntents(JobSide side, std::span<const std::string> keys);
    // Of earlier runs: what may have been written, and what is known of it by now.
    Result<std::vector<BaseIntent>> openIntents();
    Result<void> takeAsWritten(std::span<const BaseChange> rows); // at once

    // Once every transaction of this run has been answered: merges that both sides took are finished, wherever the run
    // ends from here on.
    Result<void> finishMerges();
    bool changes() const { return m_changes; } // the base, or what it promises: the run has to be settled
    // After both checkpoints bear this generation (settledWatermark()): the base is what both sides are.
    Result<void> settle();

    BaseRecord record(const RowBatch &source, int sourceRow, const RowBatch &target, int targetRow) const;
    const TablePair &pair() const { return m_s.pair; }

    // The mark of a settled run in a side's checkpoint.
    static Watermark settledWatermark(const QByteArray &generation);
    static bool isKept(const BasePromise &promise, const std::optional<Checkpoint> &side);

private:
    // The file, while nobody else is at it.
    std::unique_lock<std::mutex> turn() const;
    Result<void> flush();
    Result<void> flushRebased();
    Result<void> flushMerges();
    BasePromise settlement() const { return {JobSide::Target, m_s.generation, 0}; }

    Settings m_s;
    BaseTrust m_trust = BaseTrust::NoBase;
    BaseHead m_head; // as it will be
    std::vector<BaseChange> m_pending;
    std::vector<BaseChange> m_rebased;
    std::vector<BaseMerge> m_pendingMerges;
    std::vector<std::string> m_doneMerges;
    std::unordered_set<std::string> m_merging;
    bool m_changes = false;
    bool m_writingNoted = false;
};

// Tells the base what the transactions of one side write.
class BaseLedger final : public WriteLedger
{
public:
    BaseLedger(TwoWayBase &base, JobSide side) : m_base(base), m_side(side) { }
    Result<void> intend(const WrittenRows &rows) override;
    void refused(const RowBatch &rows, int row) override;
    bool wantsAfter() const override { return true; }
    Result<void> note(const WrittenRows &rows) override;
    Result<void> spill(const QByteArray &generation, qint64 epoch) override;
    Result<void> prepare(const QByteArray &generation, qint64 epoch) override;
    Result<void> committed() override;
    void rolledBack() override;

private:
    Result<void> promise(qint64 epoch, std::span<const BaseFile::Stored> merged);

    TwoWayBase &m_base;
    JobSide m_side;
    qint64 m_epoch = 0;
    bool m_promised = false;
    std::optional<qint64> m_doubtful; // the epoch of a transaction that may have been committed
    std::vector<BaseChange> m_changes;
    std::vector<BaseFile::Stored> m_merged;
    std::unordered_map<std::string, std::string> m_intended; // key, chain: as the file has them
    std::unordered_set<std::string> m_judged; // of those
};

} // namespace tidemark
