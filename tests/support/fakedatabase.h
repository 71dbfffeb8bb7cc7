// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <set>

#include "core/endpoint/session.h"
#include "tests/support/fakecell.h"

namespace tidemark {

class FakeSession;

// What was committed, and what was asked for.
struct FakeCounters
{
    qint64 inserts = 0, updates = 0, deletes = 0; // rows, committed through sessions
    qint64 commits = 0; // of write transactions
    qint64 statements = 0; // calls of sessions, readers and writers
    qint64 reads = 0; // read() and readKeys()
    qint64 rowsRead = 0;
    qint64 writes() const { return inserts + updates + deletes; }
    bool operator==(const FakeCounters &) const = default;
};

struct FakeTable
{
    TableSchema schema;
    qint64 version = 0; // of the schema
    std::map<FakeKey, FakeRow> rows; // by primary key; a table without one: by a running number
};

using CheckpointId = std::tuple<QString, QString, QString>; // job, table, side
using FakePredicate = std::function<bool(const QStringList &cells)>; // as text, in column order, "NULL"

// A database in memory for tests of the engine: several sessions on several threads, snapshots, row locks, constraints,
// and everything that can go wrong on demand. It is as strict as the strictest of the real ones: constraints hold at
// each row, a failed statement ends its transaction but for a savepoint, a session on the wrong thread or after its
// death is a violation. Thread-safe. Its own members act as a foreign client: at once, in a transaction of their own.
class FakeDatabase
{
public:
    explicit FakeDatabase(const QString &name);

    Result<std::unique_ptr<Session>> open(const OpenOptions &options); // an operation, too: "open"

    // A foreign client.
    void createTable(const TableSchema &schema);
    void alterTable(const QString &table,
                    const std::function<void(TableSchema &)> &change); // rows: cells by column name, new ones NULL
    void put(const QString &table, const FakeValues &values); // inserts or replaces by primary key; no other constraint
    void remove(const QString &table, const FakeValues &key);
    void clear(const QString &table);
    bool isLocked(const QString &table) const; // some row of it, by a session: a foreign client would wait
    QStringList rows(const QString &table) const; // "1|anna|NULL", in key order
    bool hasTable(const QString &table) const;
    TableSchema schema(const QString &table) const;
    std::optional<Checkpoint> checkpoint(const CheckpointKey &key) const;
    QList<Checkpoint> checkpoints() const;
    void changeCheckpoint(const CheckpointKey &key, const std::function<void(Checkpoint &)> &change);
    bool hasCheckpointTable() const;
    void dropCheckpointTable(); // also forgets the identity token
    // A backup of everything, and its return.
    struct Backup;
    std::shared_ptr<const Backup> backUp() const;
    void restore(const std::shared_ptr<const Backup> &backup);

    FakeCounters counters() const;
    void resetCounters();
    QStringList violations() const; // misuse of sessions: a test wants this empty
    QStringList log() const; // operations since resetCounters(): "beginWrite", "insert orders"

    // What the server is like. Before sessions are opened.
    ServerFacts facts;
    bool offersSnapshots = true;
    bool defersForeignKeys = true; // false: deferForeignKeys() has no effect (MariaDB)
    bool errorEndsTransaction = true; // PostgreSQL; only a savepoint helps
    bool mayCreateTables = true;
    bool breaksOrder = false; // the last two rows of a read in key order come the wrong way round
    int lockTimeoutMs = 3000;

    // Changed while sessions are about.
    void setCommitBound(const CommitBound &bound);
    void setWhere(const QString &where, FakePredicate predicate); // what this filter means; others are invalid
    void refuseRows(const QString &table, FakePredicate which, Error error); // of inserts and updates: CheckViolated …
    void acceptRows();
    void holdJobLock(const QString &jobId);
    void releaseJobLock(const QString &jobId);
    // The operation that starts with these words fails (empty: any), after `skip` more that succeed; `times` of them,
    // −1: for ever. ConnectionLost, Timeout, Cancelled and CommitInDoubt kill the session.
    void failOn(const QString &operation, const Error &error, int skip = 0, int times = 1);
    void failCommit(bool applied, int skip = 0); // CommitInDoubt
    void failNoMore();
    // Before each operation, on the session's thread, under no lock: a place for foreign writes.
    void onOperation(std::function<void(const QString &operation)> hook);

private:
    friend class FakeSession;
    friend class FakeReader;
    friend class FakeWriter;
    friend class FakeTransaction;
    friend class FakeTableWork;

    struct State
    {
        std::map<TableName, std::shared_ptr<const FakeTable>> tables;
        bool hasCheckpointTable = false;
        QByteArray identity;
        std::map<CheckpointId, Checkpoint> checkpoints;
    };
    struct Failure
    {
        QString operation;
        Error error;
        int skip;
        int times;
        bool applied; // a commit's
    };
    struct Refusal
    {
        TableName table;
        FakePredicate which;
        Error error;
    };
    using LockId = std::pair<TableName, FakeKey>;

    std::shared_ptr<FakeTable>
    writable(const TableName &table); // a copy that becomes the committed table; m_mutex is held
    std::optional<Failure> takeFailure(const QString &operation);
    void violate(const QString &what);
    FakeKey keyFor(const FakeTable &table, const FakeRow &row);

    mutable std::mutex m_mutex; // everything below
    std::condition_variable m_unlocked;
    State m_state;
    std::map<LockId, const FakeSession *> m_locks;
    std::map<QByteArray, State> m_snapshots;
    std::map<QString, const FakeSession *> m_jobLocks;
    std::map<QString, FakePredicate> m_wheres;
    QList<Refusal> m_refusals;
    QList<Failure> m_failures;
    CommitBound m_bound;
    FakeCounters m_counters;
    QStringList m_violations;
    QStringList m_log;
    std::function<void(const QString &)> m_hook;
    qint64 m_nextNumber = 1;
};

struct FakeDatabase::Backup
{
    State state;
};

} // namespace tidemark
