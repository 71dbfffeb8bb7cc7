// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/session.h"

namespace tidemark {

// Has the checkpoints of sides that have no place for them. Thread-safe.
class CheckpointStore
{
public:
    virtual ~CheckpointStore() = default;
    virtual Result<std::optional<Checkpoint>> load(const CheckpointKey &key) = 0;
    virtual Result<void> save(const Checkpoint &checkpoint) = 0; // durable at once
};

// A side that is no database: it has no tables of ours, creates none, and knows neither flags nor checkpoints; the
// journal keeps what a job has to know of it. What only a database can do is refused in the side's own words.
class ForeignSession : public Session
{
public:
    Result<void> setFlag(const WriteRequest &, const QString &, const QString &, RowSelection) override
    {
        return refuse();
    }
    Result<TableSchema> planTable(const TableSchema &, const TableName &) override { return fail(refusal()); }
    QStringList createTableSql(const TableSchema &) override { return {}; }
    Result<void> createTable(const TableSchema &) override { return refuse(); }

    void keepCheckpointsIn(CheckpointStore *store) { m_checkpoints = store; } // outlives the session; null: nowhere
    QString checkpointTableSql() override { return {}; }
    Result<bool> hasCheckpointTable() override { return m_checkpoints != nullptr; }
    Result<void> createCheckpointTable() override { return refuse(); }
    Result<QByteArray> identityToken() override { return QByteArray(); }
    Result<std::optional<Checkpoint>> loadCheckpoint(const CheckpointKey &key, bool) override
    {
        return m_checkpoints != nullptr ? m_checkpoints->load(key) : std::optional<Checkpoint>();
    }
    Result<void> saveCheckpoint(const Checkpoint &checkpoint) override
    {
        return m_checkpoints != nullptr ? m_checkpoints->save(checkpoint) : refuse();
    }
    Result<void> removeCheckpoints(const QString &) override { return {}; }

protected:
    virtual Error refusal() const = 0;
    Result<void> refuse() const { return fail(refusal()); }

private:
    CheckpointStore *m_checkpoints = nullptr;
};

} // namespace tidemark
