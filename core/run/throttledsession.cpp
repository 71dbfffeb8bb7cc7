// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/throttle.h"

namespace tidemark {

namespace {

struct Meter
{
    Throttle &throttle;
    Throttle::Side side;
    Cancellation &cancellation;

    void await() const { throttle.await(side, cancellation); }
    void charge(const RowBatch &rows) const { throttle.charge(side, rows.rowCount(), rows.byteSize()); }
    void charge(RowSelection rows) const
    {
        qint64 bytes = 0;
        for (const int row : rows.rows)
            bytes += qint64(rows.batch->chain(row).size());
        throttle.charge(side, qint64(rows.rows.size()), bytes);
    }
};

class ThrottledReader final : public RowReader
{
public:
    ThrottledReader(std::unique_ptr<RowReader> reader, const Meter &meter) : m_reader(std::move(reader)), m_meter(meter)
    { }
    Result<bool> next(RowBatch &batch) override
    {
        m_meter.await();
        TRY_ASSIGN(const bool more, m_reader->next(batch));
        m_meter.charge(batch);
        return more;
    }

private:
    std::unique_ptr<RowReader> m_reader;
    Meter m_meter;
};

class ThrottledWriter final : public RowWriter
{
public:
    ThrottledWriter(std::unique_ptr<RowWriter> writer, const Meter &meter) : m_writer(std::move(writer)), m_meter(meter)
    { }
    Result<void> insert(RowSelection rows) override
    {
        pay(rows);
        return m_writer->insert(rows);
    }
    Result<void> update(RowSelection rows) override
    {
        pay(rows);
        return m_writer->update(rows);
    }
    Result<void> remove(RowSelection keys) override
    {
        pay(keys);
        return m_writer->remove(keys);
    }
    Result<void> flush() override { return m_writer->flush(); }
    Result<void> finish() override { return m_writer->finish(); }
    std::vector<int> standing(RowSelection rows) const override { return m_writer->standing(rows); }
    std::vector<int> takeAltered(RowSelection rows) override { return m_writer->takeAltered(rows); }
    void setStreaming(bool streams) override { m_writer->setStreaming(streams); }

private:
    void pay(RowSelection rows) const
    {
        if (m_meter.throttle.waitsInTransactions())
            m_meter.await();
        m_meter.charge(rows);
    }

    std::unique_ptr<RowWriter> m_writer;
    Meter m_meter;
};

class ThrottledSession final : public Session
{
public:
    ThrottledSession(std::unique_ptr<Session> session, const Meter &meter)
        : m_session(std::move(session)), m_meter(meter)
    { }
    ~ThrottledSession() override
    {
        m_session.reset();
        wroteLast();
    }
    ThrottledSession(const ThrottledSession &) = delete;
    ThrottledSession &operator=(const ThrottledSession &) = delete;

    const ServerFacts &facts() const override { return m_session->facts(); }
    SqlSession *asSql() override { return m_session->asSql(); }
    Result<QList<TableName>> tables() override { return m_session->tables(); }
    Result<TableSchema> describe(const TableName &name) override { return m_session->describe(name); }
    Result<QByteArray> schemaToken(const TableName &name) override { return m_session->schemaToken(name); }
    Result<qint64> estimateRows(const TableName &name) override { return m_session->estimateRows(name); }
    Result<void> offers(const TableName &name, const WriteNeeds &needs) override
    {
        return m_session->offers(name, needs);
    }

    Result<void> beginRead(const QByteArray &snapshot) override { return m_session->beginRead(snapshot); }
    Result<QByteArray> exportSnapshot() override { return m_session->exportSnapshot(); }
    Result<void> beginWrite() override
    {
        if (!std::exchange(m_writing, true))
            m_meter.throttle.awaitWriting(m_meter.side, m_meter.cancellation);
        auto begun = m_session->beginWrite();
        if (!begun)
            wroteLast();
        return begun;
    }
    Result<void> commit() override
    {
        auto done = m_session->commit();
        wroteLast();
        return done;
    }
    Result<void> rollback() override
    {
        auto done = m_session->rollback();
        wroteLast();
        return done;
    }
    Result<void> savepoint() override { return m_session->savepoint(); }
    Result<void> rollbackToSavepoint() override { return m_session->rollbackToSavepoint(); }
    Result<void> releaseSavepoint() override { return m_session->releaseSavepoint(); }
    Result<void> deferForeignKeys() override { return m_session->deferForeignKeys(); }

    Result<std::unique_ptr<RowReader>> read(const ReadRequest &request) override
    {
        TRY_ASSIGN(std::unique_ptr<RowReader> reader, m_session->read(request));
        return std::make_unique<ThrottledReader>(std::move(reader), m_meter);
    }
    Result<void> readKeys(const ReadRequest &request, RowSelection keys, bool lock, RowBatch &out) override
    {
        if (!m_writing || m_meter.throttle.waitsInTransactions())
            m_meter.await();
        auto done = m_session->readKeys(request, keys, lock, out);
        m_meter.charge(out);
        return done;
    }
    Result<std::unique_ptr<RowWriter>> writer(const WriteRequest &request) override
    {
        TRY_ASSIGN(std::unique_ptr<RowWriter> writer, m_session->writer(request));
        return std::make_unique<ThrottledWriter>(std::move(writer), m_meter);
    }
    Result<CommitBound> commitBound() override { return m_session->commitBound(); }
    Result<void> validateWhere(const TableName &table, const QString &where) override
    {
        return m_session->validateWhere(table, where);
    }
    Result<void> setFlag(const WriteRequest &request, const QString &column, const QString &value,
                         RowSelection keys) override
    {
        m_meter.charge(keys);
        return m_session->setFlag(request, column, value, keys);
    }

    Result<TableSchema> planTable(const TableSchema &source, const TableName &name) override
    {
        return m_session->planTable(source, name);
    }
    QStringList createTableSql(const TableSchema &planned) override { return m_session->createTableSql(planned); }
    Result<void> createTable(const TableSchema &planned) override { return m_session->createTable(planned); }

    QString checkpointTableSql() override { return m_session->checkpointTableSql(); }
    Result<bool> hasCheckpointTable() override { return m_session->hasCheckpointTable(); }
    Result<void> createCheckpointTable() override { return m_session->createCheckpointTable(); }
    Result<QByteArray> identityToken() override { return m_session->identityToken(); }
    Result<std::optional<Checkpoint>> loadCheckpoint(const CheckpointKey &key, bool lock) override
    {
        return m_session->loadCheckpoint(key, lock);
    }
    Result<void> saveCheckpoint(const Checkpoint &checkpoint) override { return m_session->saveCheckpoint(checkpoint); }
    Result<void> removeCheckpoints(const QString &jobId) override { return m_session->removeCheckpoints(jobId); }

    Result<QStringList> changeLogSql(const ChangeLog &log) override { return m_session->changeLogSql(log); }
    Result<void> installChangeLog(const ChangeLog &log) override { return m_session->installChangeLog(log); }
    Result<void> removeChangeLogs(const QString &jobId) override { return m_session->removeChangeLogs(jobId); }
    Result<ChangeLogState> changeLogState(const ChangeLog &log) override { return m_session->changeLogState(log); }
    Result<std::unique_ptr<RowReader>> readChangeLog(const ChangeLog &log, const ReadRequest &keys,
                                                     ChangeLogReading &reading) override
    {
        TRY_ASSIGN(std::unique_ptr<RowReader> reader, m_session->readChangeLog(log, keys, reading));
        return std::make_unique<ThrottledReader>(std::move(reader), m_meter);
    }
    Result<void> purgeChangeLog(const ChangeLog &log, const ChangeLogReading &reading,
                                const QByteArray &generation) override
    {
        return m_session->purgeChangeLog(log, reading, generation);
    }
    Result<void> markOwnWrites(const QString &jobId) override { return m_session->markOwnWrites(jobId); }
    Result<bool> tryJobLock(const QString &jobId) override { return m_session->tryJobLock(jobId); }
    bool isAlive() override { return m_session->isAlive(); }

private:
    void wroteLast()
    {
        if (std::exchange(m_writing, false))
            m_meter.throttle.wroteLast();
    }

    std::unique_ptr<Session> m_session;
    Meter m_meter;
    bool m_writing = false; // a transaction that writes is open
};

} // namespace

std::unique_ptr<Session> throttled(std::unique_ptr<Session> session, Throttle &throttle, Throttle::Side side,
                                   Cancellation &cancellation)
{
    return std::make_unique<ThrottledSession>(std::move(session), Meter{throttle, side, cancellation});
}

} // namespace tidemark
