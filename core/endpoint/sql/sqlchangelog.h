// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/sql/sqlsession.h"

namespace tidemark {

// The change logs of SqlSession (changelog.h), and what one database makes of them. The log's table has the columns
//   seq    the number; 1 is the record's and those below zero are the witnesses', so that neither is looked for among
//          entries that somebody may have locked
//   op     I, U, D: what happened to the key; T: TRUNCATE; C: a witness that the table was not truncated; M: the log's
//          own record
//   key_1 … one a column of the job's key
//   about  of the record alone: generation|triggers|key|definition|continuity|job
// so that no name of the user's meets one of ours.
class SqlChangeLog
{
public:
    explicit SqlChangeLog(SqlSession &session) : m_session(session) { }
    virtual ~SqlChangeLog() = default;

    Result<QStringList> sql(const ChangeLog &log);
    Result<void> install(const ChangeLog &log);
    Result<void> remove(const QString &jobId);
    Result<ChangeLogState> state(const ChangeLog &log);
    Result<std::unique_ptr<RowReader>> read(const ChangeLog &log, const ReadRequest &keys, ChangeLogReading &reading);
    Result<void> purge(const ChangeLog &log, const ChangeLogReading &reading, const QByteArray &generation);
    Result<QList<TableName>> logsOf(const QString &jobId);

    static constexpr QLatin1StringView prefix{"tidemark_log_"};

protected:
    // What stands of the triggers, as the catalogue tells.
    struct Standing
    {
        int triggers = 0;
        bool disabled = false; // one of them
        QByteArray definition; // what they do
        QByteArray continuity; // another one where something was made anew, disabled for a while, or rewritten
    };
    virtual Result<QString> obstacle(const ChangeLog &log) = 0; // ChangeLogState::reason of Impossible, or empty
    virtual Result<QStringList> createSql(const ChangeLog &log) = 0; // the table first
    virtual QStringList dropSql(const TableName &logTable) const = 0; // what is there of it; the table last
    virtual Result<QList<TableName>> tables() = 0; // whose names begin with the prefix
    virtual Result<Standing> standing(const ChangeLog &log) = 0;
    virtual Result<void> beginReading(const ChangeLog &log, ChangeLogReading &reading) = 0; // in its snapshot
    virtual bool readsNumbers() const { return true; } // else a snapshot stands for them
    virtual Result<void> deleteRead(const ChangeLog &log, const ChangeLogReading &reading);
    virtual Result<void> afterPurge(const ChangeLog &, const ChangeLogReading &) { return {}; }

    QString quote(const QString &name) const { return m_session.dialect().quote(name); }
    QString tableOf(const ChangeLog &log) const { return m_session.dialect().table(log.table->name); }
    QString logTable(const ChangeLog &log) const { return m_session.dialect().table(logName(log)); }
    static TableName logName(const ChangeLog &log) { return {log.table->name.schema, log.name()}; }
    static QString keyNames(const ChangeLog &log); // "key_1, key_2"
    QString keysOf(const ChangeLog &log, const QString &row) const; // NEW."id", NEW."part"
    static const ColumnType &typeOf(const ChangeLog &log, int key);

    SqlSession &m_session;

private:
    struct Record
    {
        QString generation, key, definition, continuity, jobId;
        int triggers = 0;
    };
    static QString recordText(const Record &record);
    Result<std::optional<Record>> record(const TableName &logTable, bool lock);
    Result<void> createAll(const ChangeLog &log);
    Result<void> dropAll(const TableName &logTable);
    Result<Record> sealed(const ChangeLog &log, const QString &generation);
    Result<void> writeRecord(const ChangeLog &log, const Record &record);
};

QString digestOf(const QByteArray &bytes); // 16 hexadecimal digits

} // namespace tidemark
