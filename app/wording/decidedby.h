// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonValue>
#include <QString>

#include "core/run/undohistory.h"

namespace tidemark::wording {

// What decided a row that both sides had a say in: "the policy “newest” decided, by the column updated_at". Empty:
// nobody had to, or the run's version did not note it.
QString decidedBy(const RowChange &change);

// {"by": "policy", "policy"; of newest "column"; of merge "rules": {COLUMN: RULE} that decided a cell; "first": true
// where the sides met first}, {"by": "person", "person" (null: not known), "answer": "source" | "target" | "row"} or
// {"by": "earlier-merge"}. Null: nobody had to decide. Undefined: somebody had, and the run's version did not note it.
QJsonValue decidedByJson(const RowChange &change);

} // namespace tidemark::wording
