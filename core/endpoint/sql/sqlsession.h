// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <variant>

#include "core/endpoint/rights.h"
#include "core/endpoint/session.h"
#include "core/endpoint/sql/advicesql.h"

namespace tidemark {

using SqlValue = std::variant<std::monostate, qint64, double, QString, QByteArray>;
using SqlRow = QList<std::optional<QByteArray>>; // every cell as text, as the database writes it

// How one database spells things. Stateless.
class Dialect
{
public:
    virtual ~Dialect() = default;
    virtual QString quote(const QString &identifier) const = 0; // the one quoting function of a dialect
    virtual QString table(const TableName &name) const = 0; // qualified and quoted
    virtual QString literal(const QString &text) const = 0; // a text literal, where binding is impossible (COPY, DDL)
    virtual QString parameter(int number) const = 0; // "?" or "$1"
};

class SqlChangeLog;

// A session that speaks SQL: adds small statements to Session, and implements the checkpoint table for all dialects.
// Small statements are for schema, checkpoints and locks; rows of user tables go through readers and writers.
class SqlSession : public Session
{
public:
    virtual const Dialect &dialect() const = 0;
    virtual Result<QList<SqlRow>> query(const QString &sql, const QList<SqlValue> &parameters = {}) = 0;
    virtual Result<qint64> execute(const QString &sql, const QList<SqlValue> &parameters = {}) = 0; // rows affected

    SqlSession *asSql() override { return this; }
    // A statement that reads, outside any transaction; nothing where its time was up, and the session lives on.
    virtual Result<std::optional<QList<SqlRow>>> queryWithin(const QString &sql, qint64 milliseconds) = 0;
    virtual const AdviceSql &adviceSql() const = 0;
    // All of them, for the session's user; nothing: the server does not tell.
    virtual Result<std::optional<bool>> hasRights(const Rights &rights) = 0;
    // A temporary table with these columns' names and types, every one nullable, and nothing else of the target's; the
    // schema returned is what writers and readers take. In a transaction of its own, where savepoints work.
    virtual Result<TableSchema> beginRehearsal(const QList<Column> &columns) = 0;
    virtual Result<void> endRehearsal() = 0; // leaves nothing behind

    Result<bool> hasCheckpointTable() override;
    Result<void> createCheckpointTable() override;
    QString checkpointTableSql() override;
    Result<QByteArray> identityToken() override;
    Result<std::optional<Checkpoint>> loadCheckpoint(const CheckpointKey &key, bool lock) override;
    Result<void> saveCheckpoint(const Checkpoint &checkpoint) override;
    Result<void> removeCheckpoints(const QString &jobId) override;

    Result<QStringList> changeLogSql(const ChangeLog &log) override;
    Result<void> installChangeLog(const ChangeLog &log) override;
    Result<void> removeChangeLogs(const QString &jobId) override;
    Result<ChangeLogState> changeLogState(const ChangeLog &log) override;
    Result<std::unique_ptr<RowReader>> readChangeLog(const ChangeLog &log, const ReadRequest &keys,
                                                     ChangeLogReading &reading) override;
    Result<void> purgeChangeLog(const ChangeLog &log, const ChangeLogReading &reading,
                                const QByteArray &generation) override;

protected:
    virtual std::unique_ptr<SqlChangeLog> changeLogs() = 0;

    // The table's columns are of three types. Key: up to 64 ASCII characters, compared byte by byte (three of them make
    // the primary key); Text: UTF-8 of any length; Integer: 64 bits, signed.
    enum class CheckpointType : quint8 { Key, Text, Integer };
    virtual QString checkpointType(CheckpointType type) const = 0; // as the dialect spells it
    virtual QString lockClause() const = 0; // " FOR UPDATE", or empty
    virtual TableName checkpointTable() const = 0; // where it lies; its name is checkpointTableName
    virtual Result<bool>
    tableExists(const TableName &table) = 0; // without failing a statement: that would end a transaction

    static constexpr QLatin1StringView checkpointTableName{"tidemark_checkpoint"};

private:
    Result<void> insertIdentity();
    QString checkpointWhere(int firstParameter) const;
};

// Each engine's opening function; connector.cpp picks by driver. The secret is already resolved.
Result<std::unique_ptr<SqlSession>> openSqlite(const ConnectionSettings &settings, const OpenOptions &options);
Result<std::unique_ptr<SqlSession>> openPostgres(const ConnectionSettings &settings, const Secret &secret,
                                                 const OpenOptions &options);
Result<std::unique_ptr<SqlSession>> openMysql(const ConnectionSettings &settings, const Secret &secret,
                                              const OpenOptions &options);

} // namespace tidemark
