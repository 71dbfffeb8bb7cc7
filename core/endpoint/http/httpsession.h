// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>

#include "core/endpoint/foreignsession.h"
#include "core/endpoint/http/httpservice.h"
#include "core/endpoint/http/recordlookup.h"
#include "core/endpoint/http/servicelock.h"

namespace tidemark::http {

// A web service as a side of a job: its resources are tables. In a snapshot each resource is asked for once;
// all that is read in it comes from what was answered then. What is written stands at once, row by row (RecordWriter):
// a transaction is only what is remembered of it, so that nothing is sent twice.
class HttpSession final : public ForeignSession
{
public:
    HttpSession(std::shared_ptr<HttpService> service, const OpenOptions &options);

    // Asks for the first page of each resource. Result: how many answered; the first failure where none did, or where
    // it is of the service and not of one resource.
    Result<qint64> probe();

    const ServerFacts &facts() const override;
    Result<QList<TableName>> tables() override;
    Result<TableSchema> describe(const TableName &name) override;
    Result<QByteArray> schemaToken(const TableName &name) override;
    Result<qint64> estimateRows(const TableName &name) override;
    Result<void> offers(const TableName &name, const WriteNeeds &needs) override;

    Result<void> beginRead(const QByteArray &snapshot) override;
    Result<QByteArray> exportSnapshot() override;
    Result<void> beginWrite() override;
    Result<void> commit() override;
    Result<void> rollback() override;
    Result<void> savepoint() override { return {}; } // the ledger knows what was done
    Result<void> rollbackToSavepoint() override { return {}; }
    Result<void> releaseSavepoint() override { return {}; }
    Result<void> deferForeignKeys() override { return {}; } // it tells of none

    Result<std::unique_ptr<RowReader>> read(const ReadRequest &request) override;
    Result<void> readKeys(const ReadRequest &request, RowSelection keys, bool lock, RowBatch &out) override;
    Result<std::unique_ptr<RowWriter>> writer(const WriteRequest &request) override;
    Result<CommitBound> commitBound() override;
    Result<void> validateWhere(const TableName &table, const QString &where) override;

    Result<TableSchema> planTable(const TableSchema &, const TableName &name) override;

    Result<ChangeLogState> changeLogState(const ChangeLog &) override;

    Result<bool> tryJobLock(const QString &jobId) override { return m_lock.tryLock(jobId); }
    bool isAlive() override { return !m_dead && m_lock.stands(); }

private:
    Result<const HttpResource *> resource(const TableName &name) const;
    Result<std::unique_ptr<class RecordReader>> open(const ReadRequest &request, bool wantsCursor);
    Result<std::shared_ptr<const RecordSpool>> records(const HttpResource &resource, const QString &since);
    bool readsSingly(const ReadRequest &request, RowSelection keys) const; // cheaper than all there is
    Result<void> readRecords(const ReadRequest &request, RowSelection keys, RowBatch &out);
    Error refusal() const override;
    Error refusal(const TableName &name, const QString &option) const;
    template <typename T> Result<T> placed(Result<T> result); // names the connection; ends the session where it must

    const std::shared_ptr<HttpService> m_service;
    Cancellation *const m_cancellation;
    const bool m_writable;
    bool m_writing = false;
    RecordLedger m_ledger; // of the transaction that writes
    ServiceLock m_lock;
    std::shared_ptr<RecordSnapshot> m_snapshot; // null: outside any transaction
    mutable ServerFacts m_facts;
    std::atomic<bool> m_dead = false;
};

template <typename T> Result<T> HttpSession::placed(Result<T> result)
{
    if (result)
        return result;
    if (result.error().endsSession())
        m_dead = true;
    return fail(std::move(result).error().with(Fact::Connection, m_service->settings().label()));
}

} // namespace tidemark::http
