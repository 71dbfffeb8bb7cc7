// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/endpoint/pairs/idlesessions.h"
#include "tests/endpoint/pairs/sessionfaults.h"

namespace tidemark {

// A real session whose connection can be cut before any call: the real one is closed then, and its server rolls back.
class CutSession final : public Session
{
public:
    CutSession(std::unique_ptr<Session> real, SessionFaults &faults, IdleSessions *idle)
        : m_real(std::move(real)), m_faults(faults), m_idle(idle)
    { }
    ~CutSession() override
    {
        endWriting();
        if (m_real && m_idle != nullptr && !m_inTransaction)
            m_idle->give(std::move(m_real));
    }

    const ServerFacts &facts() const override { return m_facts; }
    SqlSession *asSql() override { return m_real ? m_real->asSql() : nullptr; }
    Result<QList<TableName>> tables() override
    {
        return call([&] { return m_real->tables(); });
    }
    Result<TableSchema> describe(const TableName &table) override
    {
        return call([&] { return m_real->describe(table); });
    }
    Result<QByteArray> schemaToken(const TableName &table) override
    {
        return call([&] { return m_real->schemaToken(table); });
    }
    Result<qint64> estimateRows(const TableName &table) override
    {
        return call([&] { return m_real->estimateRows(table); });
    }
    Result<void> beginRead(const QByteArray &snapshot) override
    {
        return call([&] {
            m_inTransaction = true;
            return m_real->beginRead(snapshot);
        });
    }
    Result<QByteArray> exportSnapshot() override
    {
        return call([&] { return m_real->exportSnapshot(); });
    }
    Result<void> beginWrite() override
    {
        return call([&]() -> Result<void> {
            ++m_faults.writing;
            m_writes = m_inTransaction = true;
            return m_real->beginWrite();
        });
    }
    Result<void> commit() override
    {
        return call([&]() -> Result<void> {
            const bool lost = m_writes && m_faults.loseCommit >= 0 && m_faults.loseCommit-- == 0;
            auto done = lost && !m_faults.applied ? m_real->rollback() : m_real->commit();
            if (lost)
                m_dead = std::move(m_real);
            if (lost && m_faults.dies)
                *m_faults.dead = true;
            endWriting();
            m_inTransaction = !done;
            return lost ? Result<void>(fail(ErrorCode::CommitInDoubt)) : done;
        });
    }
    Result<void> rollback() override
    {
        return call([&]() -> Result<void> {
            auto done = m_real->rollback();
            endWriting();
            m_inTransaction = !done;
            return done;
        });
    }
    Result<void> savepoint() override
    {
        return call([&] { return m_real->savepoint(); });
    }
    Result<void> rollbackToSavepoint() override
    {
        return call([&] { return m_real->rollbackToSavepoint(); });
    }
    Result<void> releaseSavepoint() override
    {
        return call([&] { return m_real->releaseSavepoint(); });
    }
    Result<void> deferForeignKeys() override
    {
        return call([&] { return m_real->deferForeignKeys(); });
    }
    Result<std::unique_ptr<RowReader>> read(const ReadRequest &request) override
    {
        return call([&] { return m_real->read(request); });
    }
    Result<void> readKeys(const ReadRequest &request, RowSelection keys, bool lock, RowBatch &out) override
    {
        return call([&] { return m_real->readKeys(request, keys, lock, out); });
    }
    Result<std::unique_ptr<RowWriter>> writer(const WriteRequest &request) override
    {
        return call([&] { return m_real->writer(request); });
    }
    Result<CommitBound> commitBound() override
    {
        return call([&] { return m_real->commitBound(); });
    }
    Result<void> validateWhere(const TableName &table, const QString &where) override
    {
        return m_real->validateWhere(table, where);
    }
    Result<void> setFlag(const WriteRequest &request, const QString &column, const QString &value,
                         RowSelection keys) override
    {
        return call([&] { return m_real->setFlag(request, column, value, keys); });
    }
    Result<TableSchema> planTable(const TableSchema &source, const TableName &name) override
    {
        return m_real->planTable(source, name);
    }
    QStringList createTableSql(const TableSchema &planned) override { return m_real->createTableSql(planned); }
    Result<void> createTable(const TableSchema &planned) override { return m_real->createTable(planned); }
    QString checkpointTableSql() override { return m_real->checkpointTableSql(); }
    Result<bool> hasCheckpointTable() override
    {
        return call([&] { return m_real->hasCheckpointTable(); });
    }
    Result<void> createCheckpointTable() override
    {
        return call([&] { return m_real->createCheckpointTable(); });
    }
    Result<QByteArray> identityToken() override
    {
        return call([&] { return m_real->identityToken(); });
    }
    Result<std::optional<Checkpoint>> loadCheckpoint(const CheckpointKey &key, bool lock) override
    {
        return call([&] { return m_real->loadCheckpoint(key, lock); });
    }
    Result<void> saveCheckpoint(const Checkpoint &checkpoint) override
    {
        return call([&] { return m_real->saveCheckpoint(checkpoint); });
    }
    Result<void> removeCheckpoints(const QString &jobId) override { return m_real->removeCheckpoints(jobId); }
    Result<void> markOwnWrites(const QString &jobId) override { return m_real->markOwnWrites(jobId); }
    Result<bool> tryJobLock(const QString &jobId) override
    {
        return call([&] { return m_real->tryJobLock(jobId); });
    }
    bool isAlive() override { return m_real && m_real->isAlive(); }

private:
    template <typename Call> auto call(Call real) -> decltype(real())
    {
        if (!m_real)
            return fail(ErrorCode::ConnectionLost); // dead: nothing may be asked of it
        if (m_faults.beforeCall)
            m_faults.beforeCall();
        if (*m_faults.dead || (m_faults.cutAt >= 0 && m_faults.cutAt-- == 0)) {
            m_dead = std::move(m_real); // its readers and writers still stand
            endWriting();
            return fail(ErrorCode::ConnectionLost);
        }
        return real();
    }
    void endWriting()
    {
        if (std::exchange(m_writes, false))
            --m_faults.writing;
    }

    std::unique_ptr<Session> m_real;
    std::unique_ptr<Session> m_dead; // closed with this one
    SessionFaults &m_faults;
    IdleSessions *const m_idle; // null: it is closed
    const ServerFacts m_facts = m_real->facts();
    bool m_writes = false;
    bool m_inTransaction = false;
};

} // namespace tidemark
