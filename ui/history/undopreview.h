// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

#include "core/config/jobsettings.h"

namespace tidemark {

// How the plan of an undo is shown in a preview: left the rows as they were before the run, right as they are now. The
// job that is written is the real one.
class UndoPreview
{
    Q_DECLARE_TR_FUNCTIONS(UndoPreview)
public:
    static JobSettings job(const JobSettings &real); // what the preview is given for its names and guards
    static bool writesBothSides(const JobSettings &real); // then there is no script: it would be for one side
};

} // namespace tidemark
