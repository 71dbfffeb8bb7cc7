// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/session.h"

namespace tidemark {

// A side that is no database: it has no tables of ours, creates none, and knows neither flags nor checkpoints; the
// journal keeps the job's position. What only a database can do is refused in the side's own words.
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

protected:
    virtual Error refusal() const = 0;
    Result<void> refuse() const { return fail(refusal()); }
};

} // namespace tidemark
