// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace tidemark {

// What the job dialog edits, as plain values; the rest of a job file stays as it is.
struct JobDraft
{
    QString name;
    QString source, target; // names of connections
    bool mirror = false;
    bool allTables = true;
    QStringList tables; // source names, where not all
    QString detectBy = QStringLiteral("hash");
    QString column;
    QString lag; // "30s"; empty: decided by the run
    QString scope = QStringLiteral("table");
    QString pending, done;
    QString where;
    bool create = false;
    QString transaction = QStringLiteral("batch");
    bool operator==(const JobDraft &) const = default;
};

enum class DraftProblem : quint8 {
    NameMissing,
    NameTaken,
    SourceMissing,
    TargetMissing,
    SameSides,
    NoTables,
    ColumnMissing,
    LagInvalid,
    FlagValuesMissing,
};

JobDraft draftOf(const QJsonObject &job);
// The job file with what the draft says; base keeps what the dialog does not show.
QJsonObject applied(const JobDraft &draft, QJsonObject base);
QList<DraftProblem> problems(const JobDraft &draft, const QStringList &takenNames);

} // namespace tidemark
