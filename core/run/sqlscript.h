// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>

#include <QSaveFile>

#include "core/base/cancellation.h"
#include "core/config/jobsettings.h"
#include "core/endpoint/connector.h"
#include "core/journal/planfile.h"
#include "core/run/sqlrows.h"

namespace tidemark {

// Writes a plan as a script in the target's dialect: missing tables, then one transaction with inserts and updates in
// the order of foreign keys and deletes in reverse. For people to read and run by hand; a run of Tidemark does not use
// it.
class SqlScript
{
public:
    struct Options
    {
        QString title; // of the comment on top; one line, without what could end it
        std::optional<QList<PlanRange>> rows; // these alone, ticked or not; not set: all that is ticked
        std::function<void(qint64 rows)> progress; // called now and then
    };
    SqlScript(SqlConnector &connector, const JobSettings &job, Cancellation &cancellation)
        : m_connector(connector), m_job(job), m_cancellation(cancellation)
    { }
    Result<void> write(PlanReader &plan, const QString &file, Options options);

private:
    struct Table : SqlTable
    {
        TableSchema schema; // of the target, there or to be created
        bool isNew = false;
    };

    Result<QList<Table>> openTables(PlanReader &plan);
    Result<TableSchema> newTable(const PlanTable &plan);
    Result<void> writeRows(PlanReader &plan, int index, const Table &table, bool deletes);
    QList<int> order(const QList<Table> &tables) const; // what is referred to before what refers
    Result<void> writeTables(PlanReader &plan, const QList<Table> &tables);
    QList<PlanRange> chosenRows(int table) const;
    bool isWanted(int index, const Table &table) const;
    QString sequences(const Table &table) const;
    QString prologue() const;
    void put(const QString &text);

    SqlConnector &m_connector;
    const JobSettings &m_job;
    Cancellation &m_cancellation;
    Options m_options;
    qint64 m_rows = 0;
    std::unique_ptr<SqlSession> m_target;
    std::unique_ptr<QSaveFile> m_file;
};

} // namespace tidemark
