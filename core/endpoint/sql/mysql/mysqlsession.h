// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/sql/mysql/mysqladvice.h"
#include "core/endpoint/sql/mysql/mysqldialect.h"
#include "core/endpoint/sql/mysql/mysqllink.h"
#include "core/endpoint/sql/sqlsession.h"

namespace tidemark::mysql {

// MariaDB and MySQL. Transactions: reading is REPEATABLE READ on a consistent snapshot; writing is READ COMMITTED, so
// that locking reads take no gaps and other writers are not kept from rows that are not ours (REPEATABLE READ only
// where the server keeps its binary log by statement, which refuses the other). InnoDB checks foreign keys at once and
// can defer none: deferForeignKeys() succeeds and changes nothing, rows refused for their parent are the engine's to
// retry.
class MysqlSession final : public SqlSession
{
public:
    static Result<std::unique_ptr<SqlSession>> open(const ConnectionSettings &settings, const Secret &secret,
                                                    const OpenOptions &options);

    const ServerFacts &facts() const override { return m_facts; }
    const Dialect &dialect() const override { return m_dialect; }
    Result<QList<SqlRow>> query(const QString &sql, const QList<SqlValue> &parameters = {}) override;
    Result<qint64> execute(const QString &sql, const QList<SqlValue> &parameters = {}) override;
    Result<std::optional<QList<SqlRow>>> queryWithin(const QString &sql, qint64 milliseconds) override;
    const AdviceSql &adviceSql() const override { return m_advice; }
    Result<std::optional<bool>> hasRights(const Rights &rights) override;
    Result<TableSchema> beginRehearsal(const QList<Column> &columns) override;
    Result<void> endRehearsal() override;

    Result<QList<TableName>> tables() override;
    Result<TableSchema> describe(const TableName &name) override;
    Result<QByteArray> schemaToken(const TableName &name) override;
    Result<qint64> estimateRows(const TableName &name) override;

    Result<void> beginRead(const QByteArray &snapshot) override;
    Result<void> beginWrite() override;
    Result<void> commit() override;
    Result<void> rollback() override;
    Result<void> savepoint() override;
    Result<void> rollbackToSavepoint() override;
    Result<void> releaseSavepoint() override;
    Result<void> deferForeignKeys() override { return {}; }

    Result<std::unique_ptr<RowReader>> read(const ReadRequest &request) override;
    Result<void> readKeys(const ReadRequest &request, RowSelection keys, bool lock, RowBatch &out) override;
    Result<std::unique_ptr<RowWriter>> writer(const WriteRequest &request) override;
    Result<CommitBound> commitBound() override;
    Result<void> validateWhere(const TableName &table, const QString &where) override;
    Result<void> setFlag(const WriteRequest &request, const QString &column, const QString &value,
                         RowSelection keys) override;

    Result<TableSchema> planTable(const TableSchema &source, const TableName &name) override;
    QStringList createTableSql(const TableSchema &planned) override;
    Result<void> createTable(const TableSchema &planned) override;

    Result<bool> tryJobLock(const QString &jobId) override;
    bool isAlive() override { return m_link->isAlive(); }
    Result<void> markOwnWrites(const QString &jobId) override;

protected:
    std::unique_ptr<SqlChangeLog> changeLogs() override;
    QString checkpointType(CheckpointType type) const override;
    QString lockClause() const override { return QStringLiteral(" FOR UPDATE"); }
    TableName checkpointTable() const override { return {{}, checkpointTableName}; }
    Result<bool> tableExists(const TableName &table) override;

private:
    MysqlSession(std::unique_ptr<Link> link, bool writable) : m_link(std::move(link)), m_writable(writable) { }
    Result<void> prepareSession();
    Result<void> endOwnWrites();
    Result<void> readFacts();
    Result<qint64> run(const QString &sql, const QList<SqlValue> &parameters, QList<SqlRow> *rows);
    Result<qint64> runText(const QString &sql, QList<SqlRow> *rows);

    std::unique_ptr<Link> m_link;
    bool m_writable;
    bool m_writing = false; // in a write transaction
    bool m_ownWrites = false; // that is marked
    bool m_readCommitted = true;
    bool m_hasUuid = false;
    qint64 m_maxPacket = 16 << 20;
    ServerFacts m_facts;
    MysqlDialect m_dialect;
    MysqlAdvice m_advice;
};

} // namespace tidemark::mysql
