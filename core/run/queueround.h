// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <future>

#include "core/endpoint/queue/queueopener.h"
#include "core/journal/journal.h"
#include "core/reconcile/report.h"
#include "core/run/queuestaging.h"

namespace tidemark {

// What a job takes from its queue at a time: as much as memory may hold, read as the source's tables (QueueSession),
// applied by an ordinary run with detection by log, and only then acknowledged. Of several changes of one key the
// latest is applied, and all are acknowledged.
//
// While a full round is being applied the next one is received and parsed on a thread of its own, which alone uses the
// queue then; whoever wants the queue waits for it, and it ends with what it has.
//
// fill(), peek() and settle() belong to the thread that opened it, while no session is at work; a table's own members
// to the thread that reads it.
class QueueRound
{
public:
    QueueRound(const JobSettings &job, Connector &connector, Cancellation &cancellation)
        : m_job(job), m_connector(connector), m_cancellation(cancellation), m_versions(job),
          m_now(std::make_unique<QueueStaging>(job))
    { }
    ~QueueRound();
    QueueRound(const QueueRound &) = delete;
    QueueRound &operator=(const QueueRound &) = delete;

    Result<void> open(QueueOpener &opener, bool consumes);
    Result<qint64> fill(); // how many messages; 0: the queue is empty
    Result<qint64> peek(int limit); // likewise, without taking them
    Result<void> assume(); // as if it were empty: the job's tables as the target has them
    // For who looks often and only wants to know the tables: peek(), or assume() where the broker counts each look as a
    // delivery.
    Result<void> glance();
    // After a run over this round: acknowledges what it applied, moves what cannot be applied to quarantine, and leaves
    // the rest to be delivered again. Tells the report of what it moved. QueueVersions::isOvertaken(): nothing has been
    // done, and the round is to be applied again.
    Result<void> settle(const QString &run, Journal &journal, RunReport &report);

    void giveBack(); // what was received and will not be applied: as if it had not been delivered, where that can be

    const QueueFacts &facts() const { return m_facts; }
    QString identity() const;
    QList<TableName> tables() const;
    StagedTable *find(const TableName &name); // null: no such table
    const JobSettings &job() const { return m_job; }
    const QueueStaging &messages() const { return *m_now; }
    const QueueVersions &versions() const { return m_versions; }
    Result<void> loadVersions(StagedTable &table, Cancellation *cancellation); // what the target keeps of them

private:
    using Staged = Result<std::unique_ptr<QueueStaging>>;
    Staged receive(qint64 waitMs); // a round, on whichever thread; the first message within that time
    void receiveAhead();
    Queue &queue(); // once nobody else uses it
    Result<void> describeTables();
    Result<void> describeTable(StagedTable &table, Session &target, const QList<TableName> &names);
    const JobTable &settingsOf(const StagedTable &table) const;
    bool keepsVersions() const { return m_job.checkpoint == CheckpointPlace::Target; }
    Result<void> settleTable(StagedTable &table, const QString &run, Journal &journal, RunReport &report,
                             std::vector<std::string_view> &done);
    Result<void> rememberOrders(StagedTable &table, const std::unordered_map<std::string, Error> &failed);
    Result<void> quarantine(const QueueMessage &message, const Error &why);

    const JobSettings &m_job;
    Connector &m_connector;
    Cancellation &m_cancellation;
    QueueVersions m_versions;
    std::unique_ptr<Queue> m_queue;
    QueueFacts m_facts;
    bool m_isFirst = true;
    std::unique_ptr<QueueStaging> m_now;
    std::atomic<bool> m_isWanted = false; // the queue: the thread ahead ends its round
    std::future<Staged> m_ahead; // last: nothing else goes before it has ended
};

// What is known of a queue's connection, for comparing runs: which stream of which server.
QString queueIdentity(const ConnectionSettings &settings);

} // namespace tidemark
