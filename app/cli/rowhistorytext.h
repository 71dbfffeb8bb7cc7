// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>

#include "app/cli/output.h"
#include "core/config/jobsettings.h"
#include "core/run/undohistory.h"

namespace tidemark::cli {

// {"job", "key", "changes": [{"run", "at", "table", "decision", "reason", "contested", "decidedBy", "before",
// "after", "undoes", "undoneBy", "inDoubt"}], "damaged": [FILE]}: "decidedBy" is wording::decidedByJson(), a picture
// that was not kept is left out, one of an absent row is null.
void printRowHistory(Output &out, const JobSettings &job, const QMap<QString, QString> &key, const RowHistory &history);

} // namespace tidemark::cli
