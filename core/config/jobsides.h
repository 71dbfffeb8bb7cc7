// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "core/config/connectionsettings.h"
#include "core/config/jobsettings.h"

namespace tidemark {

// What a job between two such sides cannot be, whatever else it says. A job file is refused by it, and who offers sides
// to choose from asks it.
struct SidesFault
{
    QLatin1StringView key; // of the job that is at fault: "source", "target", "mode"
    QString option; // Fact::Option of NotAvailable
};
std::optional<SidesFault> sidesFault(const ConnectionSettings &source, const ConnectionSettings &target, Mode mode);

} // namespace tidemark
