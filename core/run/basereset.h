// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include "core/base/cancellation.h"
#include "core/base/clock.h"
#include "core/config/jobsettings.h"
#include "core/endpoint/session.h"
#include "core/journal/journal.h"

namespace tidemark {

// Forgets what both sides of a two-way job's tables were when they were last in step: the next run meets their rows as
// for the first time. Nothing is written to either side but the job's lock, which keeps runs away; Busy where one is
// under way. tables: by their names at the source, as reports have them; empty: all. Answers how many were forgotten.
Result<int> resetBase(const JobSettings &job, const QStringList &tables, Connector &connector, Journal &journal,
                      const Clock &clock, Cancellation &cancellation);

} // namespace tidemark
