// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/sql/sqlchangelog.h"

namespace tidemark {

// Row triggers. REPLACE deletes the rows in its way without firing a delete trigger: triggers before the statement log
// those. There is no TRUNCATE. The schema's cookie is part of the seal: whatever was created, altered or vacuumed since
// costs a full compare, and a trigger that was dropped and made again is not overlooked.
class SqliteChangeLog final : public SqlChangeLog
{
public:
    using SqlChangeLog::SqlChangeLog;

protected:
    Result<QString> obstacle(const ChangeLog &log) override;
    Result<QStringList> createSql(const ChangeLog &log) override;
    QStringList dropSql(const TableName &logTable) const override;
    Result<QList<TableName>> tables() override;
    Result<Standing> standing(const ChangeLog &log) override;
    Result<void> beginReading(const ChangeLog &, ChangeLogReading &) override { return {}; }

private:
    QString trigger(const ChangeLog &log, QChar kind, const QString &event, const QStringList &statements) const;
    QString sameKey(const ChangeLog &log, const QString &a, const QString &b) const;
    Result<QStringList> inTheWay(const ChangeLog &log, bool update);
    QString logEntry(const ChangeLog &log) const; // INSERT INTO … (op, …)
};

} // namespace tidemark
