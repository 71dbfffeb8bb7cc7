// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <utility>
#include <vector>

#include <QByteArray>
#include <QString>
#include <QStringList>

#include "core/data/tableschema.h"

namespace tidemark {

// A change log: triggers on a table of the user's, installed with consent, that write number, operation (I, U, D; T
// where a TRUNCATE can be seen) and key of every changed row into a table beside it. No values: rows are read as they
// are when the log is read. A job's pair of tables has a log of its own, so that each purges what it applied and none
// waits for another.
//
// Why no row is lost: there is no watermark. A reading takes every entry that its snapshot shows, the rows are read in
// that snapshot or a later one, and exactly the entries read are deleted, by their numbers, once the target's commit
// and the retry set are durable. An entry of a transaction that commits late is not among them, whatever its number;
// one that is purged too late is read again, which is harmless. PostgreSQL's numbers are ids of transactions, whose
// entries all become visible at once (a sequence there would change lastval() for the writers); MariaDB's and SQLite's
// are the log's own. A full compare counts as a reading: what its snapshot shows of the log is in what it compares.
//
// Why it is whole: the log's own record holds a seal, made of all that would have changed had a trigger been dropped,
// disabled or made anew, or the table rewritten; another seal now means that changes may have been missed. It also
// holds the generation that the last purge set: a position of another generation is that of a database which came back
// from a backup, or of a run that ended before its purge. Either leads to a full compare.
struct ChangeLog
{
    QString jobId;
    QString pair; // CheckpointKey::table
    const TableSchema *table = nullptr; // as described; outlives the log
    QStringList key; // columns of the job's key, in its order

    QString name() const; // "tidemark_log_" and 32 digits: the table's, and the beginning of its triggers'
};

struct ChangeLogState
{
    enum class Kind : quint8 {
        Impossible, // this table's changes cannot all be seen by triggers
        Absent,
        Broken, // something of it is missing, disabled or of other columns: it has to be installed again
        Ready,
    };
    Kind kind = Kind::Absent;
    // Impossible: "cascades", "partitioned", "replicated", "not-transactional", "unlogged", "expression-index". Broken:
    // "unfinished", "trigger-missing", "trigger-disabled", "trigger-changed", "key-changed". Ready: "changed", the seal
    // is another one than that of the last purge; else empty.
    QString reason;
    QByteArray generation; // set by installing and by each purge
    QByteArray seal; // of what stands now
};

// What one reading saw of a log: exactly that may be purged.
struct ChangeLogReading
{
    QByteArray seal; // ChangeLogState::seal, as the caller found it before
    // As the reader is opened.
    QByteArray generation;
    QString doubt; // changes may have been missed: "changed", "truncated", "unproven" (that it was not truncated)
    bool tableWasEmpty = false; // MariaDB: then no TRUNCATE can have hidden anything
    QByteArray snapshot; // PostgreSQL: stands for the numbers
    // As it reaches its end.
    std::vector<std::pair<qint64, qint64>> numbers; // first and last of each unbroken row of them
    qint64 entries = 0;
};

} // namespace tidemark
