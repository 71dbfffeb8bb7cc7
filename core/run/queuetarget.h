// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/jobsettings.h"
#include "core/endpoint/foreignsession.h"
#include "core/run/queuepublished.h"
#include "core/run/queuepublisher.h"

namespace tidemark {

// What the sessions of one publishing run share.
struct Publishing
{
    const JobSettings &job;
    Connector &connector; // of the source
    QueueOpener &opener;
    QueueSequence sequence;
    QString publishedFile;
    // Without a journal for looking around alone.
    Publishing(const JobSettings &job, Connector &connector, QueueOpener &opener, Journal *journal, const Clock *clock)
        : job(job), connector(connector), opener(opener), sequence(journal, clock, job.id),
          publishedFile(journal != nullptr ? publishedFileOf(*journal, job.id) : QString())
    { }
    static QString publishedFileOf(const Journal &journal, const QString &jobId);
};

// A message queue as a target. Its tables are those of the source. What it holds cannot be read: a row that is looked
// up by its key is there, and nobody can say what it is, so that every change is written, and every delete of a change
// log; unless the source still has it as it was published last, and it was a cursor that found it again. Read as a
// whole it is empty. What is written becomes an event, published by the commit.
class QueueTarget final : public ForeignSession
{
public:
    QueueTarget(Publishing &publishing, std::unique_ptr<Session> source, Cancellation *cancellation);

    const ServerFacts &facts() const override { return m_facts; }
    Result<QList<TableName>> tables() override;
    Result<TableSchema> describe(const TableName &name) override;
    Result<QByteArray> schemaToken(const TableName &) override { return QByteArray(); }
    Result<qint64> estimateRows(const TableName &) override { return qint64(-1); }

    Result<void> beginRead(const QByteArray &) override { return {}; }
    Result<void> beginWrite() override;
    Result<void> commit() override;
    Result<void> rollback() override;
    Result<void> savepoint() override;
    Result<void> rollbackToSavepoint() override;
    Result<void> releaseSavepoint() override { return {}; }
    Result<void> deferForeignKeys() override { return {}; }

    Result<std::unique_ptr<RowReader>> read(const ReadRequest &request) override;
    Result<void> readKeys(const ReadRequest &request, RowSelection keys, bool lock, RowBatch &out) override;
    Result<std::unique_ptr<RowWriter>> writer(const WriteRequest &request) override;
    Result<CommitBound> commitBound() override { return CommitBound(); }
    Result<void> validateWhere(const TableName &, const QString &) override { return {}; } // the source's alone counts

    // The source's: a queue knows no locks.
    Result<bool> tryJobLock(const QString &jobId) override { return m_source->tryJobLock(jobId); }
    bool isAlive() override { return m_source->isAlive(); }

private:
    Error refusal() const override
    {
        return Error{ErrorCode::NotAvailable, {{Fact::Option, QStringLiteral("queue-create")}}, {}};
    }

    Result<PublishedRows *> published(const TableName &name); // null: its changes are found once only
    Result<void> readPublished(const ReadRequest &request, RowSelection keys, PublishedRows &published, RowBatch &out);

    Publishing &m_publishing;
    std::unique_ptr<Session> m_source;
    std::map<TableName, TableSchema> m_schemas; // the source's, by the name on this side
    std::unique_ptr<PublishedRows> m_published;
    std::size_t m_notedBefore = 0; // the savepoint
    Cancellation *const m_cancellation;
    ServerFacts m_facts;
    std::unique_ptr<Queue> m_queue; // opened by the first commit that has something to publish
    QueueOutbox m_outbox;
    std::size_t m_savepoint = 0;
};

} // namespace tidemark
