// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

#include "core/journal/journal.h"

namespace tidemark {

// What a workspace keeps on this machine beside its settings, and how large it is.
struct JournalSizes
{
    struct Job
    {
        QString id; // empty: undo files whose run the journal does not know
        QString name; // as its last run called it; empty: it never ran
        qint64 undoRuns = 0; // files
        qint64 undoBytes = 0;
        qint64 baseBytes = 0; // what both sides were when they were last in step
        bool operator==(const Job &) const = default;
    };
    qint64 journalBytes = 0; // history, conflicts, retry sets
    qint64 freeBytes = 0; // of these: what compact() would give back
    qint64 planBytes = 0; // previews that are open, and plans that were saved
    qint64 planFiles = 0;
    QList<Job> jobs; // the largest first

    qint64 undoBytes() const;
    qint64 undoRuns() const;
    qint64 baseBytes() const;
    bool operator==(const JournalSizes &) const = default;
};

// Undo files that somebody wants to be rid of.
struct UndoPurge
{
    bool ofOneJob = false;
    QString jobId; // ofOneJob; empty there: of runs that the journal does not know
    int olderThanDays = 0; // 0: all
    bool operator==(const UndoPurge &) const = default;
};

// What is lost with them.
struct UndoLoss
{
    qint64 files = 0;
    qint64 bytes = 0;
    qint64 runs = 0; // that could be undone until now
    bool operator==(const UndoLoss &) const = default;
};

// Measures and clears what lies beside a workspace's journal. Every member blocks. What a run that is under way needs
// is never taken.
class JournalStorage
{
public:
    explicit JournalStorage(Journal &journal);

    Result<JournalSizes> sizes();
    Result<UndoLoss> look(const UndoPurge &purge, qint64 nowUs); // what purge() would take
    Result<UndoLoss> purge(const UndoPurge &purge, qint64 nowUs); // what it took
    // Of all jobs, closed for longer than so many days.
    Result<qint64> closedConflicts(int olderThanDays, qint64 nowUs);
    Result<void> purgeClosedConflicts(int olderThanDays, qint64 nowUs);
    // Gives back what deleted records leave in the journal: how many bytes. Busy while any run is under way.
    Result<qint64> compact();

private:
    struct Found
    {
        QString run;
        QString jobId; // empty: the journal does not know the run
        QString job;
        qint64 startedUs = 0;
        qint64 bytes = 0;
        bool underWay = false;
    };
    Result<QList<Found>> undoFiles();
    Result<QList<Found>> chosen(const UndoPurge &purge, qint64 nowUs);
    Result<void> addJournal(JournalSizes &sizes);
    Result<void> addBases(JournalSizes &sizes);

    Journal &m_journal;
    QString m_folder; // of the workspace
};

} // namespace tidemark
