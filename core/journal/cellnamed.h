// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "core/journal/planfile.h"

namespace tidemark {

// The cell in [first, past) whose column a person means, by its name at either side: exact, the source's first; then
// without case and underscores, as the names of a job are. Nothing: none, or several.
std::optional<int> cellNamed(const QList<PlanColumn> &columns, int first, int past, const QString &name);

} // namespace tidemark
