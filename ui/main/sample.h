// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QString>

#include "ui/jobs/engine.h"

namespace tidemark {

// Sample 1, "Till → Report copy": two small shop databases, a job that ran yesterday, and today's edits at the till.
// Sample 2, "Till ↔ Tablet": a two-way job that ran yesterday, and today's edits at both sides: what merges by itself,
// what goes each way, and three conflicts of three kinds.
enum class SampleKind : quint8 { ReportCopy, Tablet };

struct Sample
{
    QString job; // its name in the workspace
    QString table, column; // where its preview opens
};

// Builds the files in folder (anew where they are), saves connections and job, and runs the job once for real, so that
// its history is true. Block, as do the next two; not on the UI thread, and not while a job of the sample runs.
Result<Sample> buildSample(Desk &desk, const QString &folder, Cancellation &cancellation);
Result<Sample> buildSecondSample(Desk &desk, const QString &folder, Cancellation &cancellation);

// As on the first day: built anew, its history, conflicts and undo files forgotten. The job keeps its name in the list.
Result<Sample> resetSample(SampleKind which, Desk &desk, const QString &folder, Cancellation &cancellation);
// Jobs between the sample's two databases with all of their state, its connections and its files. What another job
// uses stays.
Result<void> removeSample(SampleKind which, Desk &desk, const QString &folder);

// Whose databases a job keeps in step; folder: sampleFolder(). Looks at the settings alone.
std::optional<SampleKind> sampleOf(const JobSettings &job, const QString &folder);
QString sampleJobName(SampleKind which); // where nobody uses it for something else

// Where people find it: the documents for the usual workspace, else inside the workspace. Asks the disk.
QString sampleFolder(const Workspace &workspace);

} // namespace tidemark
