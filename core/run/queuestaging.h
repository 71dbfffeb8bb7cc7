// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <memory>
#include <set>
#include <unordered_map>

#include "core/change/eventrows.h"
#include "core/endpoint/queue/queue.h"
#include "core/run/queueversions.h"

namespace tidemark {

// One message of a round, read as far as it says whose it is.
struct StagedChange
{
    QueueMessage message; // views into the round's batches
    EventOperation operation = EventOperation::Tombstone;
    bool isStale = false; // its key is further already, or its mode passes over it
    bool isOurs = false; // written by Tidemark
    int row = -1; // in QueueStaging: after; of a delete before
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
    std::size_t place = 0; // in StagedTable::inOrder, where it has a winner
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
    std::vector<std::pair<std::string_view, int>> inOrder; // those with winners, as their rows are asked for
    std::vector<StagedVersion> versions;
    QueueBatch keyBytes;
    std::shared_ptr<const RowLayout> keyLayout;

    void forgetKeys();
    void setKey(StagedChange &change, std::string_view key);
    StagedVersion &versionOf(const StagedChange &change); // of its key and scope; a new one: empty
    void setOrder(const StagedChange &change); // the next one in order
    // Null: none of this round's. next: behind the one that was found last, where the next one mostly is.
    const StagedKey *find(std::string_view key, std::size_t &next) const;
};

// Messages of one round, parsed and sorted by table. Whoever has it in hand may be on any thread, one at a time.
class QueueStaging
{
public:
    explicit QueueStaging(const JobSettings &job);
    QueueStaging(const QueueStaging &) = delete;
    QueueStaging &operator=(const QueueStaging &) = delete;

    Result<void> take(QueueBatch batch, const Cancellation &cancellation); // parses its messages
    void restore(const StagedChange &change, ChangeEvent &event) const; // its rows, and whether it is ours
    const EventRows::Shape &shape(int number) const { return m_rows.shape(number); }
    // Those that were delivered for the first time.
    std::vector<std::string_view> fresh() const;

    qint64 messages = 0;
    qint64 bytes = 0;
    bool isAgain = false; // some of them were delivered before
    std::map<TableName, StagedTable> tables;
    std::vector<std::pair<QueueMessage, Error>> poison; // of no table
    std::vector<std::string_view> idle; // tombstones: nothing to apply

private:
    void stage(const QueueMessage &message, class ChangeEventReader &reader);
    StagedTable *tableOf(const EventSource &source);
    StagedTable *findTable(const EventSource &source);
    void keepRows(StagedTable &table, const ChangeEvent &event, StagedChange &change);
    std::string_view scope(std::string_view first, std::string_view second);

    const JobSettings &m_job;
    const std::string m_stream;
    std::vector<QueueBatch> m_batches;
    EventRows m_rows; // of their events
    QueueBatch m_texts; // beside them
    std::set<std::string, std::less<>> m_scopes;
    std::string m_scope; // scratch
    EventSource m_lastSource; // most messages are of the table of the one before
    StagedTable *m_lastTable = nullptr;
};

} // namespace tidemark
