// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/jobsettings.h"
#include "core/endpoint/sql/sqlsession.h"
#include "core/journal/planfile.h"

namespace tidemark {

// A table of a plan, as its rows are written in SQL.
struct SqlTable
{
    PlanTable plan;
    TableName name; // of the target
    QList<bool> written; // a column each
    bool overridesIdentity = false; // GENERATED ALWAYS, PostgreSQL
    std::optional<SoftDelete> mark; // set instead of deleting
};

// Rows of a plan as statements of an engine. Pure; the dialect outlives it.
class SqlRows
{
public:
    SqlRows(Driver driver, const Dialect &dialect) : m_driver(driver), m_dialect(dialect) { }

    // The batches' first rows; each is read where the decision needs it. Empty where nothing is to be written.
    Result<QString> statement(const SqlTable &table, const RowBatch &source, const RowBatch &target,
                              Decision decision) const;
    QString markLiteral(const QString &value) const;
    Result<QString> revival(const SqlTable &table, const RowBatch &row, const QStringList &columns,
                            const QStringList &values) const;
    Result<QString> insertion(const SqlTable &table, const RowBatch &row) const;

private:
    Result<QString> change(const SqlTable &table, const RowBatch &source, const RowBatch &target) const;
    Result<QString> keyCondition(const SqlTable &table, const RowBatch &row) const;
    Result<QString> literal(const SqlTable &table, const RowBatch &row, int cell) const;
    QString column(const SqlTable &table, int cell) const;

    Driver m_driver;
    const Dialect &m_dialect;
};

} // namespace tidemark
