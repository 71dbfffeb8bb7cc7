// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/undofile.h"
#include "core/run/execution.h"
#include "core/run/twowayapproval.h"
#include "core/run/undorun.h"

namespace tidemark {

// The key of a row as its canonical bytes, from what a person typed: a column each, by the names of either side.
// Usage (Fact::Column, Fact::Expected) where a key column is missing or unknown, WrongValue where a value is none of
// its type.
Result<RowBatch> keyFromText(const QList<PlanColumn> &columns, int keyCount, const QMap<QString, QString> &values);

// Makes the plan that takes a run back: reads the rows that it wrote as they are now, and sets against each the row as
// it was. Writes nothing at either side.
class UndoPlanner
{
public:
    // Preview: for a person to read; the journal and the undo file stay as they are.
    enum class Purpose : quint8 { Preview, Apply };
    UndoPlanner(RunContext &context, UndoReader &file, const UndoRequest &request, QString planFile, Purpose purpose)
        : m_context(context), m_file(file), m_request(request), m_planFile(std::move(planFile)), m_purpose(purpose),
          m_sides(context, purpose == Purpose::Apply)
    { }

    struct Table
    {
        UndoneTable outcome;
        QString name; // of the table in the run's report
        int planTable = -1;
        bool isEdit = false; // UndoneMarks
        WriteCounts planned;
        qint64 changed = 0; // since the run: left, and in the retry set
        qint64 setAside = 0; // whose old values could not be kept
        qint64 skipped = 0; // not approved
    };

    Result<void> run();
    const QList<Table> &tables() const { return m_tables; }

private:
    struct Work; // one table's

    Result<void> startPlan();
    Result<void> openApproved();
    Result<void> planTable(int number, const UndoTable &kept);
    Result<void> readApproval(Work &work);
    Result<QList<int>> chosen(const QList<UndoTable> &kept); // numbers of the tables to be taken back
    Result<QList<int>> holding(const QList<UndoTable> &kept, const QList<int> &tables); // the row that was asked for
    Result<const MatchedTable *> matchOf(const UndoTable &kept) const;
    Session &sideOf(const UndoTable &kept);
    Result<void> decideDoubt(int number, const UndoTable &kept, const TablePair &pair);
    Result<void> emptyTable(Work &work);
    Result<void> rewind(Work &work);
    Result<void> settlePage(Work &work);
    Result<void> decide(Work &work, const UndoChange &change, const RowBatch &now, int row);
    Result<void> finishTable(Work &work);
    bool take(Work &work, const PlanWriter::Item &item); // false: a person did not approve it
    Result<void> leave(Work &work, const UndoChange &change, RetryReason reason);

    RunContext &m_context;
    UndoReader &m_file;
    const UndoRequest &m_request;
    QString m_planFile;
    Purpose m_purpose;
    Sides m_sides;
    std::unique_ptr<PlanReader> m_approved; // null: everything is
    QList<PlanTable> m_approvedTables;
    QList<MatchedTable> m_matched;
    std::unique_ptr<PlanWriter> m_plan;
    QList<Table> m_tables;
};

} // namespace tidemark
