// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/jobsettings.h"
#include "core/config/jsonreader.h"

namespace tidemark {

// The parts of jobFromJson. Faults go to the node's reader.

// What a job says for every table and a table may say for itself; `rules` holds what was inherited.
void readRules(const JsonObjectNode &object, Mode mode, JobTable &rules);
// "conflicts": a policy of two-way jobs; one-way jobs have "source" alone. `conflicts` holds what was inherited.
ConflictSettings readConflicts(const JsonNode &node, Mode mode, ConflictSettings conflicts);
CellRule readCellRule(const JsonNode &node, Mode mode, const ColumnRule &column);
// True where keys are ever compared: deletes propagate, and detection would not see them.
bool usesKeyCompare(const JobTable &rules);
void requireKeyCompare(const JsonObjectNode &object, const JobTable &rules);

// queuejob.cpp: what a job with a message queue may not ask for; `job` is read whole.
void checkQueues(const JsonObjectNode &object, JobSettings &job);

// "tables": a list (or "*", for which the caller has looked).
QList<JobTable> readTables(const JsonNode &node, Mode mode, const JobTable &defaults);

// jobschedule.cpp, jobafterrun.cpp. `folder`: where relative password files are looked for.
ScheduleSettings readSchedule(const JsonNode &node);
AfterRunSettings readAfterRun(const JsonNode &node, const QString &folder);
ThrottleSettings readThrottle(const JsonNode &node);

} // namespace tidemark
