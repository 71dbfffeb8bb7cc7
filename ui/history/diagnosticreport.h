// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QString>

#include "core/config/jobsettings.h"
#include "core/reconcile/report.h"

namespace tidemark {

// What somebody who is to find out what went wrong needs to know, and nothing that is nobody's business: no host, user,
// database, file name, filter, value or password, no name of a table or column. In English, whatever the window speaks.
QString diagnosticReport(const RunReport &run, const std::optional<JobSettings> &job, const QString &version);

} // namespace tidemark
