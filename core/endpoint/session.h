// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include <QList>
#include <QString>
#include <QStringList>

#include "core/base/cancellation.h"
#include "core/base/result.h"
#include "core/change/watermark.h"
#include "core/config/connectionsettings.h"
#include "core/config/secrets.h"
#include "core/data/tableschema.h"
#include "core/endpoint/changelog.h"
#include "core/endpoint/rowaccess.h"

namespace tidemark {

// One open connection to one side, as the engine sees it: no SQL in sight, so that tests can put a fake in its place.
// A session belongs to the thread that opened it (asserted). Every call may block; each ends within the connection's
// time-out when the server is frozen (Timeout), and at once with Cancelled when the Cancellation says so. After
// ConnectionLost, Timeout or Cancelled the session is dead: only its destructor may be called.

struct ServerFacts
{
    QString product; // "SQLite", "PostgreSQL", "MariaDB", "MySQL"
    QString version;
    QString identity; // driver, canonical host, port, database or path, system identifier: equal = the same database
    bool readersBlockWriters = false; // SQLite without WAL: an open read keeps a commit out
    bool oneWriter = false; // SQLite
    bool transactionalDdl = true;
    bool transactional = true; // false: a row stands as soon as it is written, and no rollback takes it back
    bool holdsLock = true; // tryJobLock is exclusive beyond this workspace
    bool readOnly = false; // standby, read-only file or setting
    QString tls; // the protocol, "TLSv1.3"; empty: not encrypted
    QStringList remarks; // what check shows: codes, "tls-not-verified", "standby" …
};

// The bound below which no transaction that is still open can yet write (semantics.md, watermark).
struct CommitBound
{
    qint64 boundUs = 0; // UTC
    qint64 serverNowUs = 0;
    bool known = false; // false: bound is the server's clock and the lag rules
};

class SqlSession;

class Session
{
public:
    virtual ~Session() = default;
    virtual const ServerFacts &facts() const = 0;
    virtual SqlSession *asSql() { return nullptr; } // for questions that have no name here (advice, rehearsal, rights)

    // Schema. Base tables only: no views, system or foreign tables, no tidemark_*.
    virtual Result<QList<TableName>> tables() = 0; // of the connection's schema
    virtual Result<TableSchema> describe(const TableName &) = 0; // NoSuchTable
    virtual Result<QByteArray> schemaToken(const TableName &) = 0; // cheap; changes when describe() would
    virtual Result<qint64> estimateRows(const TableName &) = 0; // cheap; −1 unknown
    // Before a job begins: NotAvailable where the side has no way to do that to any row of the table.
    virtual Result<void> offers(const TableName &, const WriteNeeds &) { return {}; }

    // Transactions. Reading is one snapshot, read-only; a snapshot's name shares it with other sessions (empty: not
    // offered).
    virtual Result<void> beginRead(const QByteArray &snapshot = {}) = 0;
    virtual Result<QByteArray> exportSnapshot() { return QByteArray(); }
    virtual Result<void> beginWrite() = 0;
    virtual Result<void> commit() = 0; // CommitInDoubt where the answer was lost
    virtual Result<void> rollback() = 0;
    virtual Result<void> savepoint() = 0; // one level, named by the session
    virtual Result<void> rollbackToSavepoint() = 0; // and releases it
    virtual Result<void> releaseSavepoint() = 0;
    virtual Result<void> deferForeignKeys() = 0; // until commit, as far as the engine can; inside a write transaction

    // Rows. Readers and writers end before the session does.
    virtual Result<std::unique_ptr<RowReader>> read(const ReadRequest &request) = 0;
    // The rows with these keys, in any order; lock: for the rest of the write transaction. order, cursorFrom and flag
    // are ignored.
    virtual Result<void> readKeys(const ReadRequest &request, RowSelection keys, bool lock, RowBatch &out) = 0;
    virtual Result<std::unique_ptr<RowWriter>> writer(const WriteRequest &request) = 0;
    virtual Result<CommitBound> commitBound() = 0; // in a transaction of its own: outside any other
    // Prepared, one statement; WhereInvalid.
    virtual Result<void> validateWhere(const TableName &table, const QString &where) = 0;
    // Sets column = value for these keys, where it is not; inside a write transaction. Detection by flag.
    virtual Result<void> setFlag(const WriteRequest &request, const QString &column, const QString &value,
                                 RowSelection keys) = 0;

    // Tables that a job creates. DDL before any transaction.
    // Types mapped, keys kept; TypesIncompatible.
    virtual Result<TableSchema> planTable(const TableSchema &source, const TableName &name) = 0;
    virtual QStringList createTableSql(const TableSchema &planned) = 0; // as shown to people, and as run
    virtual Result<void> createTable(const TableSchema &planned) = 0;

    // tidemark_checkpoint.
    virtual QString checkpointTableSql() = 0;
    virtual Result<bool> hasCheckpointTable() = 0;
    virtual Result<void> createCheckpointTable() = 0; // and the identity token
    virtual Result<QByteArray> identityToken() = 0; // empty: no table
    virtual Result<std::optional<Checkpoint>> loadCheckpoint(const CheckpointKey &key, bool lock) = 0;
    virtual Result<void> saveCheckpoint(const Checkpoint &checkpoint) = 0;
    virtual Result<void> removeCheckpoints(const QString &jobId) = 0; // and the table, when none is left

    // Change logs (changelog.h). DDL before any transaction.
    virtual Result<QStringList> changeLogSql(const ChangeLog &) { return fail(ErrorCode::NotAvailable); } // as run
    virtual Result<void> installChangeLog(const ChangeLog &) { return fail(ErrorCode::NotAvailable); } // anew: seals it
    virtual Result<void> removeChangeLogs(const QString &) { return {}; } // all of a job's
    // Where a snapshot is shared: inside it. Else before the reading begins, so that the log is at least as old.
    virtual Result<ChangeLogState> changeLogState(const ChangeLog &) { return ChangeLogState{}; }
    // keys: the table's key columns, as read() takes them. Batches of keys, some more than once; `reading` is whole
    // once the reader is at its end, and outlives it. Inside a reading transaction.
    virtual Result<std::unique_ptr<RowReader>> readChangeLog(const ChangeLog &, const ReadRequest &, ChangeLogReading &)
    {
        return fail(ErrorCode::NotAvailable);
    }
    // In a transaction of its own, with the new generation; only after the target's commit and the retry set are
    // durable.
    virtual Result<void> purgeChangeLog(const ChangeLog &, const ChangeLogReading &, const QByteArray &)
    {
        return fail(ErrorCode::NotAvailable);
    }
    // For the rest of the write transaction: its changes enter no log of this job, and every other job's.
    virtual Result<void> markOwnWrites(const QString &) { return {}; }

    // Held until the session ends; false: somebody else holds it.
    virtual Result<bool> tryJobLock(const QString &jobId) = 0;

    // Do the connection and the lock that it holds still stand? Between two calls; cheap, waits for nothing, and the
    // one member that another thread may call, as long as no other is under way.
    virtual bool isAlive() = 0;
};

// How far the opening of a connection has come. SQLite knows Database and Rights alone.
enum class TestStep : quint8 { Ssh, Network, Tls, Login, Database, Rights };

// Another way to a server than its own host and port. A session keeps its route; TLS still verifies the real name.
class Route
{
public:
    virtual ~Route() = default;
    virtual QString address() const = 0; // numeric
    virtual int port() const = 0;
    virtual Error explain(Error error) const = 0; // a connection failed: what the route knows better
};

struct OpenOptions
{
    bool writable = false; // SQLite: query_only otherwise; servers: read-only sessions
    Cancellation *cancellation = nullptr; // outlives the session
    std::shared_ptr<const Route> route = {}; // null: straight to host and port
    std::function<void(TestStep)> reached = {}; // called on the opening thread
};

// Opens sessions; the engine takes it, so that tests hand in a fake.
class Connector
{
public:
    virtual ~Connector() = default;
    virtual Result<std::unique_ptr<Session>> open(const ConnectionSettings &settings,
                                                  const OpenOptions &options) = 0; // thread-safe
};

} // namespace tidemark
