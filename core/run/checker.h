// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/runner.h"

namespace tidemark {

// Runner::check upon sessions that are open already: for an editor that asks again and again. Both are outside any
// transaction; the target is one that may write where options.rehearses. The job needs no id and no file; its tables
// may be those of interest alone.
Result<QList<CheckItem>> checkJob(const JobSettings &job, Session &source, Session &target,
                                  const CheckOptions &options = {});

} // namespace tidemark
