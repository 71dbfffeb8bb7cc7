// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <thread>

#include "tests/support/faketransaction.h"

namespace tidemark {

// A session of a FakeDatabase. Operations are named after the members; those on a table end with its name: "readKeys
// orders"
// ("lockKeys orders" where rows are locked), "next orders", "insert orders".
class FakeSession final : public Session
{
public:
    FakeSession(FakeDatabase &database, const OpenOptions &options);
    ~FakeSession() override;

    const ServerFacts &facts() const override { return m_facts; }
    Result<QList<TableName>> tables() override;
    Result<TableSchema> describe(const TableName &table) override;
    Result<QByteArray> schemaToken(const TableName &table) override;
    Result<qint64> estimateRows(const TableName &table) override;
    Result<void> beginRead(const QByteArray &snapshot) override;
    Result<QByteArray> exportSnapshot() override;
    Result<void> beginWrite() override;
    Result<void> commit() override;
    Result<void> rollback() override;
    Result<void> savepoint() override;
    Result<void> rollbackToSavepoint() override;
    Result<void> releaseSavepoint() override;
    Result<void> deferForeignKeys() override;
    Result<std::unique_ptr<RowReader>> read(const ReadRequest &request) override;
    Result<void> readKeys(const ReadRequest &request, RowSelection keys, bool lock, RowBatch &out) override;
    Result<std::unique_ptr<RowWriter>> writer(const WriteRequest &request) override;
    Result<CommitBound> commitBound() override;
    Result<void> validateWhere(const TableName &table, const QString &where) override;
    Result<void> setFlag(const WriteRequest &request, const QString &column, const QString &value,
                         RowSelection keys) override;
    Result<TableSchema> planTable(const TableSchema &source, const TableName &name) override;
    QStringList createTableSql(const TableSchema &planned) override;
    Result<void> createTable(const TableSchema &planned) override;
    QString checkpointTableSql() override;
    Result<bool> hasCheckpointTable() override;
    Result<void> createCheckpointTable() override;
    Result<QByteArray> identityToken() override;
    Result<std::optional<Checkpoint>> loadCheckpoint(const CheckpointKey &key, bool lock) override;
    Result<void> saveCheckpoint(const Checkpoint &checkpoint) override;
    Result<void> removeCheckpoints(const QString &jobId) override;
    Result<bool> tryJobLock(const QString &jobId) override;
    bool isAlive() override; // not when the lock that it took is gone or another's

private:
    friend class FakeDatabase;
    friend class FakeReader;
    friend class FakeWriter;

    enum class Mode : quint8 { None, Read, Write };
    using Lock = std::unique_lock<std::mutex>;

    Result<void> operation(const QString &name, bool *applied = nullptr); // everything that may come between
    Result<void> enter(const QString &name, std::function<void(const QString &)> &hook); // counts; refuses misuse
    tl::unexpected<Error> failed(Error error); // ends session or transaction as the code demands
    tl::unexpected<Error> misuse(const QString &what);
    Result<void> needMode(Mode mode, const QString &name);
    void end(); // of the transaction; the mutex is held
    std::shared_ptr<const FakeTable> visible(const TableName &table) const; // the mutex is held; null: none
    Result<bool> lockRows(Lock &lock, const TableName &table, const std::set<FakeKey> &keys); // true: had to wait
    Result<std::vector<FakeKey>> matching(const ReadRequest &request, RowSelection keys, const FakeTable &table) const;
    // Runs a statement of a write transaction under the mutex.
    template <typename Statement> Result<void> change(const QString &name, const TableName &table, Statement statement);

    FakeDatabase &m_database;
    OpenOptions m_options;
    ServerFacts m_facts;
    std::thread::id m_thread = std::this_thread::get_id();
    Mode m_mode = Mode::None;
    bool m_dead = false;
    bool m_aborted = false; // the transaction
    int m_readers = 0; // that are not at their end
    FakeDatabase::State m_snapshot;
    QByteArray m_exported;
    std::unique_ptr<FakeTransaction> m_transaction;
    std::optional<FakeChanges> m_savepoint;
    QString m_jobLock;
};

} // namespace tidemark
