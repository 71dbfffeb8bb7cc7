// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QSet>

#include "core/data/tableschema.h"

namespace tidemark {

class EditorTableModel;
class JobDraft;

namespace stamps {

bool isChangeTimeName(const QString &column); // updated_at, gmt_modified, …
// A column that tells when its row was changed last: a time, by its name, or set by its database at each update.
bool isChangeTime(const Column &column);
// Where both sides changed such a column, the later time is kept; columns of which the job says something stay so.
QJsonObject withRules(QJsonObject job, int table, const TableSchema &source);

} // namespace stamps

// Presets those rules when merging is chosen for a table, or a table comes in while it is: otherwise every row that
// both sides changed would be asked about for its time alone. What a file said when it was opened stays as it is.
class StampRules
{
public:
    void look(JobDraft &draft, const EditorTableModel &tables);

private:
    QSet<QString> m_seen; // tables that merge
    QSet<QString> m_waiting; // of those: to be preset once their columns are read
    bool m_looking = false;
};

} // namespace tidemark
