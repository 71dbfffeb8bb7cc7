// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

#include "core/config/jobsettings.h"
#include "core/run/runner.h"

namespace tidemark {

enum class EditorPage : quint8 { Sides, Tables, Rules, Schedule, Actions, Check };

// A problem or remark as the job editor lists it: what to say, and the field that it leads to.
struct EditorProblem
{
    using Level = CheckItem::Level;
    Level level = Level::Problem;
    EditorPage page = EditorPage::Sides;
    QString table; // for people; empty: of the job
    QString field; // "name", "detect.lag", "where.source", "columns", "key"; empty: none of its own
    QString column; // of the source, where the field is "columns"
    QString text;
    QString code; // CheckItem's
    QString sql; // to be looked at or copied
    bool onlyInFile = false; // the editor has no field for it: it is mended in the file itself
    bool operator==(const EditorProblem &) const = default;
};

// A job file as the reader of jobs takes it: every fault of the file, not only the first, and what is left without
// them.
struct DraftReading
{
    QList<Error> faults; // none: a run would read the file
    JobSettings job; // faults replaced by defaults
    QList<int> faultyTables; // indexes of "tables"
    std::optional<ConnectionSettings> source, target; // each where it can be read
    bool canCheck = false; // both sides and the tables are known
};

DraftReading readDraft(QJsonObject json, const QString &file, const ConnectionLookup &lookup);

namespace problems {

EditorProblem ofFault(const Error &fault, const QJsonObject &job);
QList<EditorProblem> ofItems(const QList<CheckItem> &items, const QJsonObject &job);
EditorProblem nameTaken();
EditorProblem sameSides(); // with all tables: each onto itself
QString fieldLabel(const QString &field); // "Re-read the last"; empty: none
// "tables[0].columns[1].zone" → {"tables", "0", "columns", "1", "zone"}
QStringList pathParts(const QString &jsonPath);

} // namespace problems

} // namespace tidemark
