// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/runner.h"

namespace tidemark {

struct UndoRequest
{
    QString run;
    QStringList tables; // by their source's name; empty: all that the run wrote
    QMap<QString, QString> key; // columns and their values as text; empty: every row
    std::optional<qint64> allowDeletes;
    bool yes = false; // every guard is answered
    QString planFile; // to be applied: one that planUndo() made of this very request; empty: all that can be put back
};

// What a report has no room for, of one table; of a two-way run, of one side of it.
struct UndoneTable
{
    QString source, target;
    JobSide written = JobSide::Target; // the side that is put back
    qint64 rowsThere = -1; // that the side had before; −1: not counted, nothing was to be deleted
    qint64 asBefore = 0; // rows that are as they were before the run: nothing to do
    QStringList lostColumns; // of rows put back: the job does not know them, and they have their defaults
    bool comesBack = false; // the next run writes again what the source says; two ways: what one side alone has
    // Two ways, by UndoneMarks:
    qint64 contested = 0; // rows that the next run finds changed at both sides: the policy decides, or a person
    bool isEdit = false; // the next run takes the row to the other side
    qint64 asked = 0; // rows that were left, having moved since: the next run asks about them
};

struct UndoOutcome
{
    RunReport report; // run empty: the run to be undone wrote nothing
    QList<UndoneTable> tables;
};

// Takes back what a run wrote, at the target and, of a two-way run, at the source: a plan of the rows as they were,
// applied as an approved plan is – a row that has changed since is left and listed, deletes are guarded – in a run of
// its own that can be undone likewise. The job is the one that ran. Blocks until done; any thread that is not the UI's.
UndoOutcome undoRun(Connector &connector, Journal &journal, const Clock &clock, const JobSettings &job,
                    const UndoRequest &request, Cancellation &cancellation, ProgressBoard &progress);

// What undoRun() would put back, as a plan for a person: before the run against now, a table each that was written
// (`CONNECTION: TABLE` where both sides were), ticks as in any plan. Writes nothing but planFile, which must not exist.
// report: Planned, counts as planned; run empty. No table: the run wrote nothing, and there is no file.
UndoOutcome planUndo(Connector &connector, Journal &journal, const Clock &clock, const JobSettings &job,
                     const UndoRequest &request, const QString &planFile, Cancellation &cancellation,
                     ProgressBoard &progress);

} // namespace tidemark
