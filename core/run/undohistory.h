// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/journal.h"
#include "core/journal/undofile.h"

namespace tidemark {

// What one run did to one row; or to its whole table, where that was filled at once.
struct RowChange
{
    QString run, undoes, undoneBy; // undoes: the run was itself an undo, of that one
    qint64 startedUs = 0;
    QString table; // the source's name
    JobSide written = JobSide::Target;
    Decision decision = Decision::InsertTarget; // and why, as the job calls the sides
    Reason reason = Reason::None;
    QString person; // entry.cause is an answer: whose; empty: not known
    UndoDeciders deciders; // what entry.cause stands for
    bool filledTable = false; // the run filled the empty table: its rows were not kept one by one
    UndoEntry entry; // as seen from the side that was written; isContested(): `before` is what lost
    QList<PlanColumn> columns; // of the chains in entry
    std::shared_ptr<const RowLayout> layout;
};

struct RowHistory
{
    QList<RowChange> changes; // the newest first
    int runsRead = 0; // of which something is kept
    QStringList damaged; // files that tell nothing any more
};

// Which runs of a job wrote the row, at either side, by the undo files that are still there. Usage where the key does
// not fit any table, or the rows of several have it and `table` names none.
Result<RowHistory> rowHistory(Journal &journal, const QString &jobId, const QString &table,
                              const QMap<QString, QString> &key);

// What is kept of one run: for each table and side that it wrote, how many rows.
struct KeptRun
{
    struct Table
    {
        int number = 0; // in the undo file
        UndoTable table;
        qint64 rows = 0; // kept one by one
        qint64 filled = 0; // of a table that was filled at once: counted, not kept
    };
    UndoHead head;
    QString undoneBy;
    bool overflowed = false; // it wrote more than the job keeps: of the tables nothing is known
    QList<Table> tables;
};
Result<KeptRun> keptRun(Journal &journal, const QString &run); // FileNotFound: nothing
// Of one table, in the order written; from `offset`, up to `limit`.
Result<QList<RowChange>> keptRows(Journal &journal, const QString &run, int table, qint64 offset, qint64 limit);

} // namespace tidemark
