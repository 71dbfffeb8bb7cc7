// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <QSaveFile>

#include "core/base/cancellation.h"
#include "core/config/jobsettings.h"
#include "core/endpoint/connector.h"
#include "core/journal/planfile.h"

namespace tidemark::cli {

// Writes a plan as a script in the target's dialect: missing tables, then one transaction with inserts and updates in
// the plan's order of tables and deletes in reverse. For people to read and run by hand; a run of Tidemark does not use
// it.
class SqlScript
{
public:
    SqlScript(SqlConnector &connector, const JobSettings &job, Cancellation &cancellation)
        : m_connector(connector), m_job(job), m_cancellation(cancellation)
    { }
    Result<void> write(PlanReader &plan, const QString &file);

private:
    struct Table
    {
        PlanTable plan;
        TableSchema schema; // of the target, there or to be created
        QList<bool> written; // a column each
        bool isNew = false;
    };

    Result<QList<Table>> openTables(PlanReader &plan);
    Result<TableSchema> newTable(const PlanTable &plan);
    Result<void> writeRows(PlanReader &plan, int index, const Table &table, bool deletes);
    Result<QString> statement(const Table &table, const RowBatch &source, const RowBatch &target,
                              Decision decision) const;
    Result<QString> insertion(const Table &table, const RowBatch &row) const;
    Result<QString> change(const Table &table, const RowBatch &source, const RowBatch &target) const;
    Result<QString> keyCondition(const Table &table, const RowBatch &row) const;
    Result<QString> literal(const Table &table, const RowBatch &row, int cell) const;
    QString sequences(const Table &table) const;
    QString prologue() const;
    QString column(const Table &table, int cell) const;
    void put(const QString &text);

    SqlConnector &m_connector;
    const JobSettings &m_job;
    Cancellation &m_cancellation;
    std::unique_ptr<SqlSession> m_target;
    std::unique_ptr<QSaveFile> m_file;
};

} // namespace tidemark::cli
