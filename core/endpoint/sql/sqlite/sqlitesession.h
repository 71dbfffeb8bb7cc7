// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QThread>

#include "core/endpoint/sql/sqlite/joblock.h"
#include "core/endpoint/sql/sqlite/keylookup.h"
#include "core/endpoint/sql/sqlite/sqliteadvice.h"
#include "core/endpoint/sql/sqlite/sqliteschema.h"

namespace tidemark {

class SqliteSession final : public SqlSession
{
public:
    static Result<std::unique_ptr<SqliteSession>> open(const ConnectionSettings &settings, const OpenOptions &options);

    const ServerFacts &facts() const override { return m_facts; }
    const Dialect &dialect() const override { return m_dialect; }
    Result<QList<SqlRow>> query(const QString &sql, const QList<SqlValue> &parameters) override;
    Result<qint64> execute(const QString &sql, const QList<SqlValue> &parameters) override;
    Result<std::optional<QList<SqlRow>>> queryWithin(const QString &sql, qint64 milliseconds) override;
    const AdviceSql &adviceSql() const override { return m_advice; }
    Result<std::optional<bool>> hasRights(const Rights &rights) override;
    Result<TableSchema> beginRehearsal(const QList<Column> &columns) override;
    Result<void> endRehearsal() override;

    Result<QList<TableName>> tables() override { return m_schema.tables(); }
    Result<TableSchema> describe(const TableName &name) override { return m_schema.describe(name); }
    Result<QByteArray> schemaToken(const TableName &name) override { return m_schema.token(name); }
    Result<qint64> estimateRows(const TableName &name) override { return m_schema.estimateRows(name); }

    Result<void> beginRead(const QByteArray &snapshot) override;
    Result<void> beginWrite() override;
    Result<void> commit() override;
    Result<void> rollback() override;
    Result<void> savepoint() override;
    Result<void> rollbackToSavepoint() override;
    Result<void> releaseSavepoint() override;
    Result<void> deferForeignKeys() override;

    Result<std::unique_ptr<RowReader>> read(const ReadRequest &request) override;
    Result<void> readKeys(const ReadRequest &request, RowSelection keys, bool lock, RowBatch &out) override;
    Result<std::unique_ptr<RowWriter>> writer(const WriteRequest &request) override;
    Result<CommitBound> commitBound() override;
    Result<void> validateWhere(const TableName &table, const QString &where) override;
    Result<void> setFlag(const WriteRequest &request, const QString &column, const QString &value,
                         RowSelection keys) override;

    Result<TableSchema> planTable(const TableSchema &source, const TableName &name) override;
    QStringList createTableSql(const TableSchema &planned) override { return m_dialect.createTable(planned); }
    Result<void> createTable(const TableSchema &planned) override;
    Result<bool> tryJobLock(const QString &jobId) override;
    bool isAlive() override { return m_jobLock.stands(); }
    Result<void> markOwnWrites(const QString &jobId) override;

protected:
    std::unique_ptr<SqlChangeLog> changeLogs() override;
    QString checkpointType(CheckpointType type) const override;
    QString lockClause() const override { return {}; } // a write transaction holds the whole file
    TableName checkpointTable() const override { return {QString(), checkpointTableName}; }
    Result<bool> tableExists(const TableName &table) override { return m_schema.exists(table); }

private:
    explicit SqliteSession(std::unique_ptr<SqliteHandle> handle, bool writable);
    Result<void> readFacts();
    Result<SqliteStatement> bound(const QString &sql, const QList<SqlValue> &parameters) const;
    std::shared_ptr<KeyLookup> lookup(const TableSchema &table, const std::shared_ptr<const RowLayout> &layout,
                                      const QStringList &columns, const std::vector<CellSource> &sources);
    std::shared_ptr<KeyLookup> lookup(const WriteRequest &request);
    void forgetKeys();
    Result<void> forgetOwnWrites();
    void assertThread() const { Q_ASSERT(QThread::currentThreadId() == m_thread); }

    struct CachedLookup
    {
        TableName table;
        QStringList names;
        std::vector<CellType> types;
        std::shared_ptr<KeyLookup> lookup;
    };

    Qt::HANDLE m_thread = QThread::currentThreadId();
    SqliteDialect m_dialect;
    SqliteAdvice m_advice;
    std::unique_ptr<SqliteHandle> m_handle;
    SqliteSchemaReader m_schema;
    ServerFacts m_facts;
    bool m_writable;
    std::vector<CachedLookup> m_lookups;
    JobLock m_jobLock;
    QList<std::pair<TableName, qint64>> m_ownLogs; // of the job that writes, and their last numbers before it did
};

} // namespace tidemark
