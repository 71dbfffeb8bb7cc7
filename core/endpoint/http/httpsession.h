// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/http/httpservice.h"
#include "core/endpoint/session.h"

namespace tidemark::http {

// A web service as a source: its resources are tables that can be read. What writes is NotAvailable. In a snapshot each
// resource is asked for once; all that is read in it comes from what was answered then.
class HttpSession final : public Session
{
public:
    HttpSession(std::shared_ptr<HttpService> service, Cancellation *cancellation);

    // Asks for the first page of each resource. Result: how many answered; the first failure where none did, or where
    // it is of the service and not of one resource.
    Result<qint64> probe();

    const ServerFacts &facts() const override;
    Result<QList<TableName>> tables() override;
    Result<TableSchema> describe(const TableName &name) override;
    Result<QByteArray> schemaToken(const TableName &name) override;
    Result<qint64> estimateRows(const TableName &name) override;

    Result<void> beginRead(const QByteArray &snapshot) override;
    Result<QByteArray> exportSnapshot() override;
    Result<void> beginWrite() override { return refuse(); }
    Result<void> commit() override;
    Result<void> rollback() override;
    Result<void> savepoint() override { return refuse(); }
    Result<void> rollbackToSavepoint() override { return refuse(); }
    Result<void> releaseSavepoint() override { return refuse(); }
    Result<void> deferForeignKeys() override { return refuse(); }

    Result<std::unique_ptr<RowReader>> read(const ReadRequest &request) override;
    Result<void> readKeys(const ReadRequest &request, RowSelection keys, bool lock, RowBatch &out) override;
    Result<std::unique_ptr<RowWriter>> writer(const WriteRequest &) override { return fail(refusal()); }
    Result<CommitBound> commitBound() override;
    Result<void> validateWhere(const TableName &table, const QString &where) override;
    Result<void> setFlag(const WriteRequest &, const QString &, const QString &, RowSelection) override
    {
        return refuse();
    }

    Result<TableSchema> planTable(const TableSchema &, const TableName &) override { return fail(refusal()); }
    QStringList createTableSql(const TableSchema &) override { return {}; }
    Result<void> createTable(const TableSchema &) override { return refuse(); }

    QString checkpointTableSql() override { return {}; }
    Result<bool> hasCheckpointTable() override { return false; }
    Result<void> createCheckpointTable() override { return refuse(); }
    Result<QByteArray> identityToken() override { return QByteArray(); }
    Result<std::optional<Checkpoint>> loadCheckpoint(const CheckpointKey &, bool) override
    {
        return std::optional<Checkpoint>();
    }
    Result<void> saveCheckpoint(const Checkpoint &) override { return refuse(); }
    Result<void> removeCheckpoints(const QString &) override { return {}; }

    Result<ChangeLogState> changeLogState(const ChangeLog &) override;

    Result<bool> tryJobLock(const QString &) override { return fail(refusal()); }
    bool isAlive() override { return !m_dead; }

private:
    Result<const HttpResource *> resource(const TableName &name) const;
    Result<std::unique_ptr<class RecordReader>> open(const ReadRequest &request, bool wantsCursor);
    Result<std::shared_ptr<const RecordSpool>> records(const HttpResource &resource, const QString &since);
    Error refusal() const;
    Result<void> refuse() const { return fail(refusal()); }
    template <typename T> Result<T> placed(Result<T> result); // names the connection; ends the session where it must

    const std::shared_ptr<HttpService> m_service;
    Cancellation *const m_cancellation;
    std::shared_ptr<RecordSnapshot> m_snapshot; // null: outside any transaction
    mutable ServerFacts m_facts;
    bool m_dead = false;
};

} // namespace tidemark::http
