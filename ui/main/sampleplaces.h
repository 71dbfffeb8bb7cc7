// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/main/sample.h"

namespace tidemark::sampleplaces {

// The databases of a sample.
struct Places
{
    QString source;
    QString target;
};
Places of(SampleKind which, const QString &folder);
bool areSidesOf(const JobSettings &job, const Places &places);
void removeFile(const QString &path); // with what SQLite keeps beside it

// The sample's job: the one by its name where that is between its databases, else any other that is; else none, and a
// name that is free.
struct Found
{
    QString name;
    QString id;
    bool exists = false;
};
Result<Found> find(const Workspace &workspace, SampleKind which, const Places &places);

} // namespace tidemark::sampleplaces
