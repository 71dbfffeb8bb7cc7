// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/jobentry.h"

#include "core/journal/journal.h"

using namespace Qt::StringLiterals;

namespace tidemark {

QString jobKey(const JobSettings &settings)
{
    return settings.file.isEmpty() ? u"memory:"_s + settings.name : settings.file;
}

Result<QList<JobEntry>> loadJobs(const Workspace &workspace, Journal &journal)
{
    TRY_ASSIGN(const QList<Workspace::JobEntry> files, workspace.jobs());
    QList<JobEntry> entries;
    for (const Workspace::JobEntry &file : files) {
        JobEntry entry;
        entry.key = file.file;
        entry.name = file.name;
        if (auto settings = workspace.job(file.name)) {
            settings->file = file.file;
            if (!settings->id.isEmpty()) {
                if (auto last = journal.lastRun(settings->id))
                    entry.last = *last;
                if (auto aside = journal.asideCount(settings->id, {}))
                    entry.asideCount = *aside;
            }
            entry.settings = std::move(*settings);
        } else {
            entry.error = settings.error();
        }
        entries.push_back(std::move(entry));
    }
    return entries;
}

} // namespace tidemark
