// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/foreignsession.h"
#include "core/run/queueround.h"

namespace tidemark {

// A round of messages as a source: its tables, their changes as a change log, their rows by key. A row is what its
// latest change says; a key whose latest change deletes it has none.
class QueueSession final : public ForeignSession
{
public:
    QueueSession(QueueRound &round, Cancellation *cancellation);

    const ServerFacts &facts() const override { return m_facts; }
    Result<QList<TableName>> tables() override { return m_round.tables(); }
    Result<TableSchema> describe(const TableName &name) override;
    Result<QByteArray> schemaToken(const TableName &) override { return QByteArray(); }
    Result<qint64> estimateRows(const TableName &name) override;

    Result<void> beginRead(const QByteArray &) override { return {}; }
    Result<QByteArray> exportSnapshot() override { return QByteArray("round"); }
    Result<void> beginWrite() override { return refuse(); }
    Result<void> commit() override { return {}; }
    Result<void> rollback() override { return {}; }
    Result<void> savepoint() override { return refuse(); }
    Result<void> rollbackToSavepoint() override { return refuse(); }
    Result<void> releaseSavepoint() override { return refuse(); }
    Result<void> deferForeignKeys() override { return refuse(); }

    Result<std::unique_ptr<RowReader>> read(const ReadRequest &) override;
    Result<void> readKeys(const ReadRequest &request, RowSelection keys, bool lock, RowBatch &out) override;
    Result<std::unique_ptr<RowWriter>> writer(const WriteRequest &) override { return fail(refusal()); }
    Result<CommitBound> commitBound() override { return CommitBound(); }
    Result<void> validateWhere(const TableName &table, const QString &) override;

    Result<ChangeLogState> changeLogState(const ChangeLog &) override;
    Result<std::unique_ptr<RowReader>> readChangeLog(const ChangeLog &log, const ReadRequest &request,
                                                     ChangeLogReading &reading) override;
    Result<bool> tryJobLock(const QString &) override { return false; }
    bool isAlive() override { return true; }

private:
    Error refusal() const override;
    Result<StagedTable *> table(const TableName &name);
    Result<void> decodeKeys(StagedTable &table, const ReadRequest &request, RowBatch &keys, std::vector<int> &rows);
    Result<void> markStale(StagedTable &table);
    static void chooseWinners(StagedTable &table);

    QueueRound &m_round;
    Cancellation *const m_cancellation;
    ServerFacts m_facts;
    std::size_t m_next = 0; // StagedTable::find
};

} // namespace tidemark
