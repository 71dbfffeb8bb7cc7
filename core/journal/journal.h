// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>

#include <QByteArray>
#include <QList>
#include <QString>

#include "core/base/result.h"
#include "core/change/watermark.h"
#include "core/journal/conflict.h"
#include "core/journal/schedulerecord.h"
#include "core/reconcile/report.h"

namespace tidemark {

struct PlanTable;

enum class RetryReason : quint8 { ChangedSincePlan, NotSelected, Withheld, Locked, SetAside, Undone };

// A key that was read and not applied; read again by the next run whatever its cursor.
struct RetryKey
{
    QByteArray key; // value chain of the key cells (RowBatch)
    RetryReason reason = RetryReason::SetAside;
    QString keyText = {}; // for people: "3, abc"; empty in records of the first format
    QString run = {}; // that left it unwritten last
    qint64 sinceUs = 0;
    bool operator==(const RetryKey &) const = default;
};

// A key of the retry set with its table (CheckpointKey::table), as reports list them.
struct WaitingRow
{
    QString table;
    RetryKey retry;
    bool operator==(const WaitingRow &) const = default;
};

// A row that was refused, with the server's reason.
struct SetAsideRow
{
    QString table; // CheckpointKey::table
    QByteArray key; // value chain of the key cells
    QString keyText; // for people: "id = 3"
    QByteArray source; // chain of the row; empty: absent
    Error error;
    QString run;
    qint64 sinceUs = 0;
    bool operator==(const SetAsideRow &) const = default;
};

// What must survive: journal.db of a workspace. One SQLite file in WAL mode with synchronous = FULL, used by several
// programs at once; every member is thread-safe and durable when it returns. Records carry checksums; a bad one counts
// as absent. An older version refuses a newer file (WorkspaceNewer); a newer one upgrades it after a backup beside it.
class Journal
{
public:
    static Result<std::unique_ptr<Journal>> open(const QString &file);
    ~Journal();

    QByteArray id() const; // drawn when the file was made

    // Runs.
    Result<void> startRun(const QString &jobId, const QString &job, const QString &run, qint64 startedUs);
    Result<void> finishRun(const RunReport &report);
    Result<QList<RunReport>>
    runs(const QString &jobId,
         int limit); // newest first; empty id: of all jobs. One begun and never ended: Failed, interrupted
    Result<std::optional<RunReport>> lastRun(const QString &jobId);
    Result<std::optional<RunReport>> findRun(const QString &run); // nothing: unknown, damaged, or still under way

    // Advances that applied no row, and jobs whose checkpoint is "journal".
    Result<std::optional<Checkpoint>> checkpoint(const CheckpointKey &key);
    Result<void> saveCheckpoint(const Checkpoint &checkpoint);

    // The retry set of a table.
    Result<QList<RetryKey>> retries(const QString &jobId, const QString &table);
    Result<void> addRetries(const QString &jobId, const QString &table,
                            const QList<RetryKey> &keys); // replaces the reason of known keys
    // Page by page, by table and key: what a report lists as left unwritten. Empty table: of all; no reason: any.
    Result<QList<WaitingRow>> waitingRows(const QString &jobId, const QString &table, std::optional<RetryReason> reason,
                                          qint64 offset, qint64 limit);
    Result<qint64> waitingCount(const QString &jobId, const QString &table, std::optional<RetryReason> reason);
    // Keys that the file lost: which ones is not known, so the table wants a full compare before they are forgotten.
    Result<qint64> damagedRetries(const QString &jobId, const QString &table);
    Result<void> clearDamagedRetries(const QString &jobId, const QString &table);
    Result<void> removeRetries(const QString &jobId, const QString &table, const QList<QByteArray> &keys);

    // Rows set aside, by table and key. Empty table: of all.
    Result<void> setAside(const QString &jobId, const QList<SetAsideRow> &rows); // replaces by table and key
    Result<QList<SetAsideRow>> asideRows(const QString &jobId, const QString &table, qint64 offset, qint64 limit);
    Result<qint64> asideCount(const QString &jobId, const QString &table);
    Result<void> clearAside(const QString &jobId, const QString &table, const QList<QByteArray> &keys);

    // Conflicts of two-way jobs, by table and key: at most one of each that is not closed.
    //
    // The layout of a table's pictures, so that they can be shown without its databases: names, columns, digest.
    Result<void> saveConflictTable(const QString &jobId, const QString &table, const PlanTable &layout);
    Result<std::optional<PlanTable>> conflictTable(const QString &jobId, const QString &table);
    // What a run met, all or nothing. state Open: a new conflict is opened (sinceUs is kept where it stands already),
    // an open one gets fresh pictures and kind, one that was answered or skipped is opened again. Answered or Skipped:
    // met as it was; it is left alone. All of them bear found.run from then on.
    Result<void> meetConflicts(const QString &jobId, const QList<Conflict> &found);
    // After a complete comparison: whatever this run did not meet is a conflict no more. Answered ones end as Answered.
    Result<void> closeUnmet(const QString &jobId, const QString &table, const QString &run, qint64 nowUs);
    Result<void> closeConflicts(const QString &jobId, const QString &table, const QList<QByteArray> &keys,
                                ConflictEnd end, qint64 nowUs);
    // Of those that are not closed, in one transaction: an answer can be replaced until it is written. Answers how many
    // were taken (another program may have been faster).
    Result<qint64> answerConflicts(const QString &jobId, const QList<ConflictReply> &replies, const QString &by,
                                   qint64 nowUs);
    // What was said of them is taken back: they are open again. Answers how many were.
    Result<qint64> withdrawAnswers(const QString &jobId, const QList<qint64> &ids);
    Result<QList<Conflict>> conflicts(const QString &jobId, const ConflictFilter &filter);
    Result<qint64> conflictCount(const QString &jobId, const QString &table); // open or answered; empty table: of all
    // Of those that are not closed, by table, kind and state.
    Result<QList<ConflictCount>> conflictCounts(const QString &jobId);
    Result<void> purgeConflicts(const QString &jobId, int days, qint64 nowUs); // closed for longer

    // Undo files, beside the journal; undofile.h reads and writes them.
    struct UndoneRun
    {
        QString run;
        qint64 startedUs = 0;
    };
    QString undoFolder() const;
    Result<QList<UndoneRun>> undoRuns(const QString &jobId); // of which there is a file, newest first
    Result<void> purgeUndo(const QString &jobId, int days, qint64 bytes, qint64 nowUs);

    // Schedules, as all programs of the workspace see them (core/schedule).
    Result<QList<ScheduleRecord>> scheduleRecords();
    // A job's record; where it is new, or of another digest, it begins at nowUs.
    Result<ScheduleRecord> followSchedule(const QString &jobId, const QByteArray &digest, qint64 nowUs);
    // One program gets a slot, once, whatever the clock does. previousUs: the schedule's slot before it, where that was
    // settled too; 0: slots were passed over.
    Result<SlotClaim> claimSlot(const QString &jobId, qint64 slotUs, qint64 previousUs, qint64 nowUs);
    Result<void> pauseSchedule(const QString &jobId, const QString &by, qint64 nowUs); // empty id: all jobs
    Result<void> resumeSchedule(const QString &jobId, qint64 nowUs);
    Result<qint64> lastGoodRun(const QString &jobId); // when one completed last; 0: none that is remembered

    // Reviews and trust, by job id and digest (core/schedule/review.h).
    Result<void> saveReview(const QString &jobId, const ReviewRecord &review);
    Result<QList<ReviewRecord>> reviews(const QString &jobId); // newest first
    Result<void> saveTrust(const QString &jobId, const QByteArray &digest, qint64 nowUs);
    Result<bool> hasTrust(const QString &jobId, const QByteArray &digest);

    Result<void> removeJob(const QString &jobId); // all of its state

private:
    struct Private;
    explicit Journal(std::unique_ptr<Private> p);
    std::unique_ptr<Private> d;
};

} // namespace tidemark
