// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QSet>

#include "app/cli/conflicttext.h"
#include "core/journal/conflictrows.h"

namespace tidemark::cli {

// What stands on the command line of resolve: which conflicts, and what is said of them.
class ResolveRequest
{
public:
    static Result<ResolveRequest> read(const Arguments &arguments);

    // Of the conflicts in the journal, in the order of their ids. Usage: an id that is none to be answered, a key
    // without a conflict, a row that is not decided.
    Result<QList<ConflictReply>> replies(Journal &journal, const QString &jobId, const Arguments &arguments) const;

private:
    Result<void> readAnswer(const Arguments &arguments);
    Result<void> readSelection(const Arguments &arguments);
    Result<bool> isChosen(const Conflict &conflict, const PlanTable *table) const;
    Result<ConflictReply> reply(const Conflict &conflict, const PlanTable *table) const;

    QString m_take; // "source", "target", "skip", or empty
    QList<CellEdit> m_edits;
    QSet<qint64> m_ids;
    QString m_table;
    QMap<QString, QString> m_key;
    bool m_all = false;
};

} // namespace tidemark::cli
