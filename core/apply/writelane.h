// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "core/endpoint/session.h"

namespace tidemark {

// What the lanes of one run share: the job's lock, the checkpoint table that is made once, and on a side with one
// writer its turn. Thread-safe.
struct TargetGate
{
    Result<void> checkLock(); // LockLost: another run may be under way, and nothing more may be written
    void watchLock(Session *holder); // null: gone; while no lane is at work

    std::mutex checkpointTable;
    bool checkpointTableStands = false;
    std::mutex writing; // held from begin to commit where the target has one writer
    bool oneWriter = false;

private:
    std::mutex m_lockMutex;
    Session *m_lockHolder = nullptr;
    bool m_wasLocked = false;
};

// Somebody who writes through a lane and must leave its mark in the transaction that carries its rows.
class LaneMember
{
public:
    virtual ~LaneMember() = default;
    virtual Result<void> beforeCommit(Session &session) = 0;
    // On a fresh connection, after the answer to COMMIT was lost: does the target hold the mark that beforeCommit left?
    virtual Result<bool> isCommitted(Session &fresh) = 0;
    virtual void afterCommit() = 0;
    virtual void afterRollback() = 0;
    virtual void sessionEnds() = 0; // lets go of its writer
};

// One writer connection to the target and its transaction; opened when the first row is to be written. Belongs to one
// thread at a time. Transaction `batch`: one table a lane, committed batch by batch; `table`: a group a lane; `run`:
// one lane.
class WriteLane
{
public:
    WriteLane(Connector &connector, ConnectionSettings target, Cancellation &cancellation, TargetGate &gate,
              bool keepsCheckpoints);
    ~WriteLane();
    WriteLane(const WriteLane &) = delete;
    WriteLane &operator=(const WriteLane &) = delete;

    void hideFromLogsOf(const QString &jobId) { m_ownJob = jobId; } // what is written enters no change log of this job
    Result<Session *> session(); // opened, outside or inside the transaction
    Result<Session *> begin(LaneMember &member); // inside it; the member is told of the commit
    bool isOpen() const { return m_inTransaction; }
    // All that can fail before COMMIT: where another lane commits first, and could not be taken back.
    Result<void> prepare();
    Result<void> commit(); // prepared where it is not; nothing to do outside a transaction
    void rollback(const Error &reason); // never fails: a session that died of it has rolled back
    void close(); // rolls back and closes the connection

private:
    Result<void> ensureCheckpointTable();
    void endSession();
    Result<bool> lookUpCommit();

    Connector &m_connector;
    ConnectionSettings m_target;
    Cancellation &m_cancellation;
    TargetGate &m_gate;
    bool m_keepsCheckpoints;
    QString m_ownJob;
    std::unique_ptr<Session> m_session;
    std::unique_lock<std::mutex> m_turn;
    std::vector<LaneMember *> m_members; // of this transaction
    std::vector<LaneMember *> m_everyone; // that ever wrote through this session
    bool m_inTransaction = false;
    bool m_prepared = false;
};

} // namespace tidemark
