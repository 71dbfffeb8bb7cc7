// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "ui/jobs/engine.h"

namespace tidemark {

// Sample 1, "Till → Report copy": two small shop databases, a job that ran yesterday, and today's edits at the till.
struct Sample
{
    QString job; // its name in the workspace
};

// Builds the files in folder (anew where they are), saves connections and job, and runs the job once for real, so that
// its history is true. Blocks; not on the UI thread.
Result<Sample> buildSample(Desk &desk, const QString &folder, Cancellation &cancellation);

// Where people find it: the documents for the usual workspace, else inside the workspace.
QString sampleFolder(const Workspace &workspace);

} // namespace tidemark
