// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <unordered_map>
#include <unordered_set>

#include <QSet>

#include "core/apply/applysettings.h"
#include "core/apply/collatedkey.h"
#include "core/apply/guard.h"
#include "core/detect/decisionsink.h"
#include "core/detect/spillfile.h"

namespace tidemark {

using RowNumbers = std::unordered_map<std::string, int>; // by key

// What the rows to be written are at the target, as locked and read.
struct LockedRows
{
    const RowBatch *rows = nullptr;
    const RowNumbers *byKey = nullptr;
    Reason reason = Reason::None; // None: as the operation says
};

// Writes the decisions of one table: guarded, batched, in the lane's transaction, with the checkpoint in the same
// transaction. Upserts are written as they come (or held until release()); deletes always wait for applyDeletes(),
// after every table's upserts. Belongs to one thread at a time; destroyed before its lane.
class TableApplier final : public DecisionSink, private LaneMember
{
public:
    explicit TableApplier(ApplySettings settings);
    ~TableApplier() override;

    // A direct run: the target's picture is read under lock before each write, and decides.
    Result<void> take(const RowBatch &source, const RowBatch &target, std::span<const RowDecision> decisions) override;
    Result<void> setAside(const RowBatch &source, int row) override;
    bool restart() override;
    // An approved plan: the target must still be as `target` says, else the key is left unwritten (changedSincePlan).
    Result<void> takePlanned(const RowBatch &source, const RowBatch &target, std::span<const RowDecision> decisions);
    // Keys that were read and are not to be written; durable before the next commit.
    Result<void> addRetries(const RowBatch &rows, std::span<const int> which, RetryReason reason);

    // An approved plan whose keys the target may equate: every row is shown once before the first takePlanned().
    void noteKeys(const RowBatch &source);

    // What a commit says has been applied: never more than what lies in it and in those before.
    void advancedTo(const Watermark &watermark); // everything up to it has been taken
    void endsAt(const Watermark &watermark); // the table was taken to its end; counts once nothing is held back
    Result<void> writeTaken(); // stopAfterBatch(): what was taken and is not yet written, under `batch`
    // What was held, the last batch, rows that others were in the way of, sequences; commits under `batch`.
    Result<void> finishUpserts();
    Result<void> applyDeletes(qint64 targetRows, DeleteApproval &approval); // guarded; commits under `batch`
    // Tables in a circle clear each other's way: called for every table, twice, and then with lastPass.
    Result<void> retryRefused(bool lastPass); // rows that a foreign key or a unique value kept out: once more
    // After the last commit: watermark, retry set and rows set aside as they now are. resolved: the retry keys that
    // this run read again (a complete compare resolves all).
    Result<void> settle(bool completeRead, const QList<QByteArray> &resolved);

    void disconnect(); // lets go of the writer and closes the lane, so that another thread may go on
    bool isFailing(const QByteArray &keyChain) const { return m_failing.contains(keyChain.toStdString()); }
    std::optional<RetryReason> failure(const QByteArray &keyChain) const; // why this run left the key unwritten
    std::optional<Error> refusal(const QByteArray &keyChain) const; // of a row that was set aside

    const ApplyCounts &counts() const { return m_counts; }
    qint64 pendingDeletes() const { return m_deletes.rowCount(); }
    qint64 refusedRows() const { return m_refused.rows.rowCount() + m_refusedDeletes.rowCount(); }
    bool wantsSecondLook() const { return m_wantsSecondLook; } // after the last pass, under `batch`

private:
    enum class Operation : quint8 { Insert, Update, Delete };
    struct Batch // rows waiting to be written together
    {
        RowBatch rows;
        std::vector<int> inserts;
        std::vector<int> updates;
        void add(Operation operation, const RowBatch &from, int row);
        void clear();
    };

    Result<void> beforeCommit(Session &session) override;
    Result<bool> isCommitted(Session &fresh) override;
    void afterCommit() override;
    void afterRollback() override;
    void sessionEnds() override { m_writer.reset(); }

    Result<Session *> begin();
    Result<RowWriter *> writer();
    Result<void> checkSchema(Session &session);
    bool holdsUpserts() const { return m_s.holdUpserts || m_collates; }
    qint64 heldBack() const { return m_heldUpserts + m_heldDeletes + m_pending.rows.rowCount(); }
    bool stopsAtBadRow() const { return m_s.pair.settings.onBadRow == OnBadRow::Stop; }
    Result<void> hold(Operation operation, const RowBatch &rows, int row); // an upsert
    Result<void> holdDelete(const RowBatch &target, const RowDecision &decision);
    Result<void> release(); // writes the upserts that were held
    Result<void> releasePart(Operation operation, const RowBatch &rows, std::span<const int> part);
    Result<void> flush(); // writes m_pending as a batch
    Result<void> commitBatch(); // under transaction `batch`
    Result<void> writeRows(const RowBatch &rows, const std::vector<int> &inserts, const std::vector<int> &updates);
    Result<void> write(Operation operation, const RowBatch &rows, std::span<const int> which,
                       const LockedRows &locked = {});
    Result<void> tellLedgers(Operation operation, const RowBatch &rows, std::span<const int> which,
                             const LockedRows &locked = {});
    Result<void> tellIntended(Operation operation, const RowBatch &rows, std::span<const int> which,
                              const LockedRows &locked);
    Result<void> prepareLedgers();
    Result<void> writeOnce(Operation operation, const RowBatch &rows, std::span<const int> which);
    Result<void> insertOrRevive(const RowBatch &rows, std::span<const int> which);
    Result<void> setMark(const RowBatch &rows, std::span<const int> which, const QString &value);
    Result<void> noteAltered(Operation operation, const RowBatch &rows, std::span<const int> which);
    Result<void> refused(Operation operation, const RowBatch &rows, int row, const Error &error);
    void keepRefused(Operation operation, const RowBatch &rows, int row, const Error &error);
    Result<void> refusedDuplicate(const RowBatch &rows, int row, const Error &error);
    Result<void> asideRow(const RowBatch &rows, int row, Error error);
    Result<void> asideStuck();
    bool leaveMoved(const RowBatch &rows, int row, const Error &error);
    bool looksAgain(const RowBatch &rows, int row, const Error &error);
    Result<void> dropChanged(Batch &batch);
    void keepPictures(const Batch &later, const std::unordered_map<std::string, Fingerprint> &pictures);
    void forgetFailure(const RowBatch &rows, int row);
    Result<void> writeDoubtful(); // keys that the target may equate: together or not at all
    Result<void> writeGroup(const RowBatch &rows, const std::vector<int> &inserts, const std::vector<int> &updates);
    Result<std::unordered_set<int>> equatedRows(const RowBatch &rows, const std::vector<int> &inserts,
                                                const std::vector<int> &updates);
    Result<bool> keysClash(const RowBatch &rows, std::span<const int> which);
    Result<void> asideCollision(const RowBatch &rows, int row, Error error);
    Result<bool> swapUnique();
    Result<bool> dropDecided(const RowBatch &now, const RowNumbers &there);
    Result<void> insertWithoutForeign();
    Result<void> rememberStandIn(const RowBatch &rows, int row);
    Result<void> removeStandIns(const Batch &stuck);
    Result<void> deleteBatch(const RowBatch &rows, Reason reason);
    Result<void> retryDeletes(bool lastPass);
    Result<bool> deleteCircle(const RowBatch &stuck);
    Result<void> readLocked(const RowBatch &rows, std::span<const int> which, RowBatch &out);
    bool movedSincePlan(const RowBatch &rows, int row, const RowBatch &now, int nowRow); // −1: gone
    Result<bool> mayUpdate(const RowBatch &rows, int row, const RowBatch &now, int nowRow);
    RetryKey retryKey(const RowBatch &rows, int row, RetryReason reason);
    void changed(const RowBatch &rows, int row);
    void reachEnd();
    Result<void> noteWrite();
    void tell();

    ApplySettings m_s;
    const bool m_collates; // the target may equate keys that differ: they are looked at together
    WriteRequest m_writeRequest;
    std::unique_ptr<RowWriter> m_writer;
    Batch m_pending;
    SpillFile m_held; // upserts of a target that is still being read: partition 0 inserts, 1 updates
    SpillFile m_deletes; // target rows: partition 0, and 1 where they left the filter
    qint64 m_heldUpserts = 0; // not yet written
    qint64 m_heldDeletes = 0;
    DoubtfulKeys m_doubtfulKeys;
    Batch m_doubtful; // rows whose keys the target may equate with one another
    Batch m_refused; // written again once others have moved out of the way
    RowBatch m_refusedDeletes;
    std::unordered_map<std::string, Fingerprint>
        m_pictures; // of refused rows of a plan, by key: as the target has them
    std::unordered_map<std::string, Error> m_refusals; // their errors, by key chain
    std::unordered_set<std::string> m_standIns; // keys of rows that still lack their foreign keys
    QList<RetryKey> m_newRetries; // to be durable before the next commit
    QList<SetAsideRow> m_newAside;
    std::unordered_map<std::string, RetryReason> m_failing; // keys in the retry set because of this run
    std::unordered_map<std::string, Error> m_asideBy; // by key: why it was set aside
    QSet<QString> m_collided; // folded keys that the target's index equates with another row's
    Watermark m_watermark; // goes with the next commit
    std::optional<Watermark> m_end;
    bool m_watermarkMoved = false; // and is in no checkpoint yet
    Checkpoint m_committing;
    Checkpoint m_checkpoint; // as last committed
    bool m_fenced = false; // the checkpoint row is locked and compared in this transaction
    struct Contested
    {
        Reason reason = Reason::None; // None: as the operation says
        Cause cause;
    };
    std::unordered_map<std::string, Contested> m_contested; // rows that a policy or a person decided, by key
    bool m_planned = false; // decisions are an approved plan's: pictures must still hold
    bool m_writeNoted = false; // in the journal
    bool m_wantsSecondLook = false;
    qint64 m_schemaCheckedMs = 0;
    qint64 m_untold = 0; // rows noted since the ledgers spilled last
    ApplyCounts m_counts;
    WriteCounts m_uncommitted;
};

} // namespace tidemark
