// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QJsonObject>
#include <QList>

#include "core/journal/journal.h"
#include "core/reconcile/report.h"

namespace tidemark::wording {

// A row that a run did not write.
struct LeftRow
{
    Attention::Kind kind = Attention::Kind::Quarantine;
    QString table; // "source → target", or what both are called
    QString key;
    qint64 sinceUs = 0;
    std::optional<Error> error; // why it was set aside
};

// Of those that the report asks attention for. Reads the journal: blocks.
Result<QList<LeftRow>> leftRows(Journal &journal, const RunReport &report, qint64 most);
// The document of run --json and of the window's "Copy as JSON": reportJson() and "leftRows", up to a thousand of
// [{"table", "key", "kind": "quarantine"|"review", "since", "error"}]. Reads the journal: blocks.
Result<QJsonObject> runJson(Journal &journal, const RunReport &report);
// "source → target" of the journal, said once where both sides call the table the same.
QString tablePair(const QString &pair);

} // namespace tidemark::wording
