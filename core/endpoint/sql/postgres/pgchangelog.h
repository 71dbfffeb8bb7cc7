// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/sql/postgres/pgdialect.h"
#include "core/endpoint/sql/sqlchangelog.h"

namespace tidemark::postgres {

// Statement triggers with transition tables, and one for TRUNCATE. The function has the rights of who installed it: the
// application's users need none on the log. They do not fire on a partition or a child whose parent is written, nor for
// what logical replication applies: such tables are refused, unlogged ones too (a crash empties them).
class PgChangeLog final : public SqlChangeLog
{
public:
    PgChangeLog(SqlSession &session, const PgDialect &dialect) : SqlChangeLog(session), m_pg(dialect) { }

protected:
    Result<QString> obstacle(const ChangeLog &log) override;
    Result<QStringList> createSql(const ChangeLog &log) override;
    QStringList dropSql(const TableName &logTable) const override;
    Result<QList<TableName>> tables() override;
    Result<Standing> standing(const ChangeLog &log) override;
    Result<void> beginReading(const ChangeLog &log, ChangeLogReading &reading) override;
    bool readsNumbers() const override { return false; }
    Result<void> deleteRead(const ChangeLog &log, const ChangeLogReading &reading) override;

private:
    QString classRow(const ChangeLog &log) const; // FROM … WHERE that finds the table's row of pg_class c
    QString functionBody(const ChangeLog &log) const;

    const PgDialect &m_pg;
};

} // namespace tidemark::postgres
