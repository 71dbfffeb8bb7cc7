// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include "core/detect/spillfile.h"
#include "core/reconcile/twoway.h"
#include "core/run/keyresolver.h"
#include "core/run/runcontext.h"

namespace tidemark {

struct Detected;

// Detection by change log. The position says with which generation of the log everything was applied last; a run sets a
// new one, of its own, and purges what it read once that is durable. A plan keeps the log's: what it read is read
// again.
ChangeLog changeLogOf(const QString &jobId, const TablePair &pair);

// The keys that a log holds, each once, in bounded memory.
class LoggedKeys
{
public:
    explicit LoggedKeys(std::shared_ptr<const RowLayout> keys);

    Result<void> take(RowReader &reader);
    Result<void> add(const RowBatch &keys); // of the same layout
    qint64 entries() const { return m_keys.rowCount(); }
    Result<qint64> count(qint64 batchBytes); // each key once
    Result<void> each(const BatchSettings &batch, const std::function<Result<void>(const RowBatch &keys)> &tell);
    Result<void> resolve(KeyResolver &resolver, const BatchSettings &batch); // their rows of both sides

private:
    static constexpr int partitions = 64;
    Result<void> eachKey(qint64 batchBytes, const std::function<Result<void>(const RowBatch &, int)> &take);

    std::shared_ptr<const RowLayout> m_layout;
    SpillFile m_keys;
};

// What one table's log said in this run.
struct LogFound
{
    std::optional<ChangeLogReading> reading; // not set: there is no log to be read
    std::optional<QByteArray> trusted; // not set: a full compare; else the position that the log goes on from
    QByteArray position; // where the table stands once all is applied
    QString whyWhole; // TableReport::whyWhole
    bool toPurge = false; // once that position is durable
};
LogFound judgeLog(const ChangeLogState &state, std::optional<ChangeLogReading> reading,
                  const std::optional<Watermark> &position, const RunContext &context);

// After the target's last commit, and after the journal holds the retry set.
Result<void> purgeAppliedLog(const RunContext &context, const TablePair &pair, const Detected &detected);

// Counts deletes on their way.
class DeleteCounter final : public DecisionSink
{
public:
    explicit DeleteCounter(DecisionSink &next) : m_next(next) { }
    Result<void> take(const RowBatch &source, const RowBatch &target, std::span<const RowDecision> decisions) override;
    Result<void> setAside(const RowBatch &source, int row) override { return m_next.setAside(source, row); }
    bool restart() override;
    qint64 deletes() const { return m_deletes; }

private:
    DecisionSink &m_next;
    qint64 m_deletes = 0;
};

// As many of the target's rows as the delete guard has to know of: what that costs grows with the deletes alone.
Result<qint64> rowsForGuard(Session &target, const TablePair &pair, qint64 deletes);

// The logs of a job's tables that are detected by log, for people.
struct TableLog
{
    QString source; // TableReport::source; of a two-way job's other side: TableReport::target
    JobSide side = JobSide::Source; // whose log it is
    QString name; // of the log's table
    ChangeLogState state;
    QStringList sql; // that installs it; empty where it cannot be
    std::optional<Error> error;
};
enum class LogAction : quint8 { Look, Install };
Result<QList<TableLog>> jobLogs(const JobSettings &job, LogAction action, Connector &connector,
                                Cancellation &cancellation);
Result<void> removeJobLogs(const JobSettings &job, Connector &connector, Cancellation &cancellation);

} // namespace tidemark
