// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/apply/tableapplier.h"
#include "core/journal/planfile.h"
#include "core/run/matching.h"
#include "core/run/oneway.h"
#include "core/run/tabledetector.h"

namespace tidemark {

// What earlier runs left behind for a table.
struct EarlierState
{
    std::optional<Checkpoint> known; // the target's checkpoint (the journal's where the job keeps it there)
    std::optional<Watermark> position; // trusted; not set: a full compare
    bool sidesKnown = false; // the last run was between these very databases
    bool sidesChanged = false; // it was between others
};
// From the target's checkpoint and the journal (semantics.md, Where the truth is kept).
Result<EarlierState> earlierState(RunContext &context, const TablePair &pair, Session &target, bool hasCheckpointTable);

// One table of one run: its steps in order, each on one thread at a time. What went wrong stays in error().
class TableRun
{
public:
    TableRun(RunContext &context, MatchedTable &matched, int index, bool holdUpserts);

    // On the run's own thread, again before each attempt.
    Result<void> prepare(Session &target, bool hasCheckpointTable);
    Result<void> detect(WriteLane &lane); // finds, and writes upserts unless they are held
    Result<void> takePlan(WriteLane &lane, PlanReader &plan, int planTable,
                          const PlanTable &head); // instead: an approved plan's decisions
    Result<void> writeUpserts();
    Result<void> writeDeletes();
    Result<void> retryRefused(bool lastPass);
    Result<void> settle(); // after the last commit
    Result<void> markFlags(); // detection by flag: at the source, after settle

    TableApplier *applier() { return m_applier.get(); }
    void dropApplier(); // of an earlier attempt: its end closes the lane, which other tables may share
    void disconnect();
    void setError(Error error);
    void clearError();
    const std::optional<Error> &error() const { return m_error; }
    MatchedTable &matched() { return m_matched; }
    const Detected &detected() const { return m_detected; }
    int index() const { return m_index; }
    TableReport report() const;
    void setStreaming(bool streaming) { m_streaming = streaming; }
    // From here on a foreign key that fails has failed twice.
    void setSecondLook(bool second) { m_secondLook = second; }
    bool wantsSecondLook() const { return m_applier && m_applier->wantsSecondLook(); }

private:
    void makeApplier(WriteLane &lane, const QList<RetryKey> &retries);
    Result<void> leave(const RowBatch &rows, int row);
    Result<void> settleConflicts();
    Result<void> showKeys(PlanReader &plan, int planTable);
    void enter(Phase phase);
    void rememberWritten();
    Result<void> rememberSides();
    Result<void> openUndo(Session &target);

    RunContext &m_context;
    MatchedTable &m_matched;
    int m_index;
    bool m_holdUpserts;
    bool m_streaming = false;
    bool m_secondLook = false;
    EarlierState m_earlierState;
    WriteLedger *m_undo = nullptr;
    std::unique_ptr<WriteLedger> m_orders; // of keys, where a queue is read
    std::unique_ptr<OneWayPolicy> m_policy;
    std::optional<Error> m_policyError; // the job's columns do not fit the table
    qint64 m_openConflicts = 0;
    std::unique_ptr<TableApplier> m_applier;
    Detected m_detected;
    WriteCounts m_earlier; // written by attempts before this one
    std::optional<Error> m_error;
    qint64 m_startedMs = 0;
    qint64 m_finishedMs = 0;
};

// The position that may be trusted, or nothing: a full compare. lastWrite: what the journal noted before the target was
// written last (writeNoteKey).
std::optional<Watermark> trustedPosition(const TablePair &pair, CheckpointPlace place, const QByteArray &journalId,
                                         const std::optional<Checkpoint> &target,
                                         const std::optional<Checkpoint> &journal,
                                         const std::optional<Checkpoint> &lastWrite);

} // namespace tidemark
