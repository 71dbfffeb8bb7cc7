// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/sql/postgres/pgadvice.h"
#include "core/endpoint/sql/postgres/pgconnection.h"
#include "core/endpoint/sql/postgres/pgdialect.h"
#include "core/endpoint/sql/postgres/pgschema.h"

namespace tidemark::postgres {

class PgSession final : public SqlSession
{
public:
    static Result<std::unique_ptr<SqlSession>> open(const ConnectionSettings &settings, const Secret &secret,
                                                    const OpenOptions &options);

    const ServerFacts &facts() const override { return m_facts; }
    const Dialect &dialect() const override { return m_dialect; }
    Result<QList<SqlRow>> query(const QString &sql, const QList<SqlValue> &parameters) override;
    Result<qint64> execute(const QString &sql, const QList<SqlValue> &parameters) override;
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
    Result<QByteArray> exportSnapshot() override;
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
    QStringList createTableSql(const TableSchema &planned) override;
    Result<void> createTable(const TableSchema &planned) override;

    Result<bool> tryJobLock(const QString &jobId) override;
    bool isAlive() override { return m_connection->isAlive(); }
    Result<void> markOwnWrites(const QString &jobId) override;

protected:
    std::unique_ptr<SqlChangeLog> changeLogs() override;
    QString checkpointType(CheckpointType type) const override;
    QString lockClause() const override { return QStringLiteral(" FOR UPDATE"); }
    TableName checkpointTable() const override;
    Result<bool> tableExists(const TableName &table) override;

private:
    PgSession(std::unique_ptr<PgConnection> connection, const ConnectionSettings &settings, bool writable);
    Result<void> prepare();
    Result<void> applySettings();
    Result<void> readFacts();
    Result<void> findIdentity(const QByteArray &databaseId);
    void addRemarks();
    Result<PgResult> run(const QString &sql, const QList<SqlValue> &parameters);
    Result<void> script(const QByteArray &sql);
    Result<QList<ForeignKey>> plannedForeignKeys(const TableSchema &source, const TableName &name);
    Result<void> favourIndexes(); // in keyed statements, for the rest of the transaction
    SchemaReader schemaReader();

    std::unique_ptr<PgConnection> m_connection;
    ConnectionSettings m_settings;
    PgDialect m_dialect;
    PgAdvice m_advice{m_dialect};
    ServerFacts m_facts;
    bool m_writable = false;
    bool m_defaultByteOrder = false;
    bool m_bytesAreCodePoints = false;
    bool m_favoursIndexes = false;
};

// For tables that a job creates (pgcreate.cpp).
ColumnType plannedType(const ColumnType &source, bool isKey);
QStringList createStatements(const TableSchema &planned, const PgDialect &dialect);

} // namespace tidemark::postgres
