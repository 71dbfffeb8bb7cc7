// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/jobentry.h"

#include <algorithm>

#include <QCryptographicHash>
#include <QDateTime>
#include <QJsonDocument>

#include "core/config/jsontext.h"
#include "core/journal/journal.h"
#include "core/schedule/review.h"
#include "ui/widgets/reportcounts.h"

using namespace Qt::StringLiterals;

namespace tidemark {

qint64 openConflicts(const JobEntry &job)
{
    if (!job.settings || job.settings->id.isEmpty())
        return 0;
    return std::max(job.openConflicts, job.planned ? counts::conflicts(*job.planned) : 0);
}

QString jobKey(const JobSettings &settings)
{
    return settings.file.isEmpty() ? u"memory:"_s + settings.name : settings.file;
}

QString jobHash(const QJsonObject &job)
{
    QJsonObject said = job;
    said.remove("id"_L1);
    const QByteArray text = QJsonDocument(said).toJson(QJsonDocument::Compact);
    return QString::fromLatin1(QCryptographicHash::hash(text, QCryptographicHash::Sha256).toHex());
}

// One reading: what is hashed is what would run.
static Result<JobSettings> readEntry(const Workspace &workspace, const Workspace::JobEntry &file, QString &hash)
{
    TRY_ASSIGN(const QJsonObject json, readJsonFile(file.file));
    hash = jobHash(json);
    TRY_ASSIGN(JobSettings settings, jobFromJson(json, file.file, workspace));
    if (settings.name != file.name)
        TRY(workspace.job(file.name)); // says so
    return settings;
}

// Trust is the workspace's: `watch` heeds what was trusted here, and the window what was trusted there.
static void shareTrust(Journal &journal, JobEntry &entry, const QStringList &trusted)
{
    if (entry.settings->id.isEmpty() || trustDigest(*entry.settings).isEmpty())
        return;
    const auto known = isTrusted(journal, *entry.settings);
    entry.trusted = known && *known;
    entry.untrusted = !entry.trusted;
    if (known && !entry.trusted && trusted.contains(entry.hash))
        entry.untrusted = !keepTrust(journal, *entry.settings, QDateTime::currentMSecsSinceEpoch() * 1000);
}

Result<QList<JobEntry>> loadJobs(const Workspace &workspace, Journal &journal, const QStringList &trusted)
{
    TRY_ASSIGN(const QList<Workspace::JobEntry> files, workspace.jobs());
    QList<JobEntry> entries;
    for (const Workspace::JobEntry &file : files) {
        JobEntry entry;
        entry.key = file.file;
        entry.name = file.name;
        if (auto settings = readEntry(workspace, file, entry.hash)) {
            settings->file = file.file;
            if (!settings->id.isEmpty()) {
                if (auto last = journal.lastRun(settings->id))
                    entry.last = *last;
                if (auto aside = journal.asideCount(settings->id, {}))
                    entry.asideCount = *aside;
                if (auto conflicts = journal.conflictCount(settings->id, {}))
                    entry.openConflicts = *conflicts;
            }
            entry.settings = std::move(*settings);
            shareTrust(journal, entry, trusted);
        } else {
            entry.error = settings.error();
        }
        entries.push_back(std::move(entry));
    }
    return entries;
}

} // namespace tidemark
