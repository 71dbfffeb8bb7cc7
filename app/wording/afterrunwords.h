// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include "core/after/afterrun.h"

namespace tidemark::wording {

// What a job's file lets happen after its runs, a sentence each: for whoever decides whether to trust it.
QStringList afterRunFacts(const AfterRunSettings &settings);

// "After the run: notify ended with exit status 3. (no display)", or nothing where all is done. It never says more of a
// web hook's address than scheme, host and port.
QString afterRunOutcome(const ActionOutcome &outcome);

} // namespace tidemark::wording
