// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/sql/sqlchangelog.h"

namespace tidemark::mysql {

// Row triggers, with the rights of who installed them. They do not fire for cascading foreign keys, nor for what is
// replicated by row, nor upon one partition that is emptied: such tables are refused. Nor for TRUNCATE, which MariaDB
// leaves no trace of: at each purge some keys of the table are noted as witnesses, and one that is still there and was
// neither inserted nor deleted since proves that there was none.
class MysqlChangeLog final : public SqlChangeLog
{
public:
    using SqlChangeLog::SqlChangeLog;

protected:
    Result<QString> obstacle(const ChangeLog &log) override;
    Result<QStringList> createSql(const ChangeLog &log) override;
    QStringList dropSql(const TableName &logTable) const override;
    Result<QList<TableName>> tables() override;
    Result<Standing> standing(const ChangeLog &log) override;
    Result<void> beginReading(const ChangeLog &log, ChangeLogReading &reading) override;
    Result<void> afterPurge(const ChangeLog &log, const ChangeLogReading &reading) override;

private:
    QString place(const ChangeLog &log) const; // conditions on TABLE_SCHEMA and TABLE_NAME
    QString schemaOf(const ChangeLog &log) const;
    QString trigger(const ChangeLog &log, QChar kind, const QString &event, const QString &statements) const;
    QString entry(const ChangeLog &log, QLatin1StringView operation, const QString &row) const;
};

} // namespace tidemark::mysql
