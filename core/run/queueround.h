// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <set>
#include <unordered_map>

#include "core/change/eventrows.h"
#include "core/endpoint/queue/queueopener.h"
#include "core/journal/journal.h"
#include "core/reconcile/report.h"
#include "core/run/queueversions.h"

namespace tidemark {

// One message of a round, read as far as it says whose it is.
struct StagedChange
{
    QueueMessage message; // views into the round's batches
    EventOperation operation = EventOperation::Tombstone;
    bool isStale = false; // its key is further already, or its mode passes over it
    bool isOurs = false; // written by Tidemark
    int row = -1; // in QueueRound::rows: after; of a delete before
    int keyRow = -1; // of a delete: the message's key
    int keyNumber = -1; // in StagedTable::keys, once its table has been read
    std::string_view scope; // what its order is comparable within; empty: nobody knows its order
    std::string_view order;
    std::string_view key; // comparison bytes, likewise
    std::unique_ptr<const Error> fault; // it can never be applied
};

// One key of a round.
struct StagedKey
{
    int winner = -1; // the change that says how the row is; −1: all of them are stale
    int version = -1; // the first of its versions: in StagedTable::versions
};

// What is to be kept with a key once its row is written.
struct StagedVersion : KeyVersion
{
    std::string_view scope;
    int next = -1; // of another scope, of the same key
    bool isStored = false;
    bool isNews() const { return version > known; } // else its changes have been applied
};

// The changes of one table that lie in a round, and what the table has to look like for them.
struct StagedTable
{
    TableName name; // as the job names it, or the events do
    QString target; // the table that it goes to
    std::optional<TableSchema> schema; // of the source: the target's columns that the events bear
    std::optional<Error> error; // why there is none
    bool ignoresDeletes = false;
    std::vector<StagedChange> changes; // as they came
    std::map<int, int> shapes; // of rows, as they first came: how many rows are of each
    std::set<int> deletedShapes; // of what deletes bear
    // Once it has been read as a change log.
    std::unordered_map<std::string_view, int> keyNumbers; // by comparison bytes
    std::vector<StagedKey> keys;
    std::vector<StagedVersion> versions;
    QueueBatch keyBytes;
    std::shared_ptr<const RowLayout> keyLayout;

    void forgetKeys();
    void setKey(StagedChange &change, std::string_view key);
    StagedVersion &versionOf(const StagedChange &change); // of its key and scope; a new one: empty
    const StagedKey *find(std::string_view key) const; // null: none of this round's
};

// What a job takes from its queue at a time: as much as memory may hold, read as the source's tables (QueueSession),
// applied by an ordinary run with detection by log, and only then acknowledged. Of several changes of one key the
// latest is applied, and all are acknowledged.
//
// fill(), peek() and settle() belong to the thread that opened it, while no session is at work; a table's own members
// to the thread that reads it.
class QueueRound
{
public:
    QueueRound(const JobSettings &job, Connector &connector, Cancellation &cancellation)
        : m_job(job), m_connector(connector), m_cancellation(cancellation), m_versions(job)
    { }

    Result<void> open(QueueOpener &opener, bool consumes);
    Result<qint64> fill(); // how many messages; 0: the queue is empty
    Result<qint64> peek(int limit); // likewise, without taking them
    Result<void> assume(); // as if it were empty: the job's tables as the target has them
    // After a run over this round: acknowledges what it applied, moves what cannot be applied to quarantine, and leaves
    // the rest to be delivered again. Tells the report of what it moved.
    Result<void> settle(const QString &run, Journal &journal, RunReport &report);

    const QueueFacts &facts() const { return m_queue->facts(); }
    QString identity() const;
    QList<TableName> tables() const;
    StagedTable *find(const TableName &name); // null: no such table
    const JobSettings &job() const { return m_job; }
    void restore(const StagedChange &change, ChangeEvent &event) const; // its rows, and whether it is ours
    const QueueVersions &versions() const { return m_versions; }
    Result<void> loadVersions(StagedTable &table, Cancellation *cancellation); // what the target keeps of them

private:
    void begin();
    Result<void> stage(const QueueBatch &batch);
    void stageMessage(const QueueMessage &message, class ChangeEventReader &reader);
    StagedTable *tableOf(const EventSource &source);
    void keepRows(StagedTable &table, const ChangeEvent &event, StagedChange &change);
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
    bool m_isFirst = true;
    std::vector<QueueBatch> m_batches;
    EventRows m_rows; // of their events
    QueueBatch m_texts; // beside them
    std::set<std::string, std::less<>> m_scopes;
    std::map<TableName, StagedTable> m_tables;
    std::vector<std::pair<QueueMessage, Error>> m_poison; // of no table
    std::vector<std::string_view> m_idle; // tombstones: nothing to apply
};

// What is known of a queue's connection, for comparing runs: which stream of which server.
QString queueIdentity(const ConnectionSettings &settings);

} // namespace tidemark
