// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QList>
#include <QString>

#include "core/base/error.h"
#include "core/data/tableschema.h"

namespace tidemark {

struct WriteCounts
{
    qint64 inserts = 0;
    qint64 updates = 0;
    qint64 deletes = 0;
    qint64 total() const { return inserts + updates + deletes; }
    WriteCounts operator+(const WriteCounts &other) const
    {
        return {inserts + other.inserts, updates + other.updates, deletes + other.deletes};
    }
    bool operator==(const WriteCounts &) const = default;
};

struct TableReport
{
    QString source; // names as people wrote them
    QString target;
    WriteCounts toTarget; // planned, or written
    WriteCounts toSource; // two-way
    qint64 merged = 0; // of the updates of both sides: rows made of both
    qint64 conflicts = 0; // open ones
    qint64 skipped = 0; // rows that differ and stay so: as a person left them, or as a one-way job's policy prefers
    std::optional<qint64> identical; // not set: not compared (an incremental read)
    bool deletesChecked = false;
    qint64 quarantined = 0;
    qint64 changedSincePlan = 0; // guards that failed: not written, in the retry set
    qint64 withheldDeletes = 0; // by the guard, or because of sidesChanged
    bool sidesChanged = false; // the last run was between other databases: each delete has to be approved
    QString whyWhole; // everything was compared although there is a change log: "log-absent" …; empty: nothing to say
    qint64 targetRows = -1; // rows counted at the target, −1 not counted
    qint64 rowsRead = 0;
    double seconds = 0;
    std::optional<Error> error;
    bool operator==(const TableReport &) const = default;
};

enum class RunState : quint8 { Completed, NeedsAttention, Failed, Cancelled, Busy, Planned };

struct Attention
{
    enum class Kind : quint8 { Deletes, Review, Quarantine, Conflicts };
    Kind kind = Kind::Deletes;
    QString table;
    qint64 count = 0;
    bool operator==(const Attention &) const = default;
};

// What a run or a plan did, as told by --json, history and the window.
struct RunReport
{
    QString job;
    QString jobId;
    QString run; // id, sortable by time: "2026-11-22T120305.123Z-4f2a"; empty for a plan
    QString undoes; // the run that this one takes back
    RunState state = RunState::Completed;
    qint64 startedUs = 0;
    qint64 finishedUs = 0;
    QList<Attention> attention;
    QList<TableReport> tables;
    std::optional<Error> error; // of the whole run

    WriteCounts totals() const; // of both sides
    int exitCode() const; // as in interfaces.md: over the tables 4 > 2 > 1 > 0; 3 and 5 for the whole
    bool operator==(const RunReport &) const = default;
};

QString runStateName(RunState state); // "needs-attention"
QString attentionName(Attention::Kind kind);

} // namespace tidemark
