// SPDX-License-Identifier: GPL-3.0-or-later
// Where the samples lie, which jobs are theirs, and how they go.
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include "core/run/twowayexecution.h"
#include "ui/main/sampleplaces.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace sampleplaces {

Places of(SampleKind which, const QString &folder)
{
    if (which == SampleKind::ReportCopy)
        return {folder + u"/till.db"_s, folder + u"/report.db"_s};
    const QString own = folder + u"/Till and Tablet"_s;
    return {own + u"/till.db"_s, own + u"/tablet.db"_s};
}

static bool isFile(const ConnectionSettings &side, const QString &file)
{
    return side.driver == Driver::Sqlite && QDir::cleanPath(side.database) == QDir::cleanPath(file);
}

bool areSidesOf(const JobSettings &job, const Places &places)
{
    return isFile(job.source, places.source) && isFile(job.target, places.target);
}

void removeFile(const QString &path)
{
    for (const QString &suffix : {QString(), u"-wal"_s, u"-shm"_s, u"-journal"_s})
        QFile::remove(path + suffix);
}

Result<Found> find(const Workspace &workspace, SampleKind which, const Places &places)
{
    TRY_ASSIGN(const QList<Workspace::JobEntry> jobs, workspace.jobs());
    const QString wanted = sampleJobName(which);
    Found other{wanted, {}, false};
    QStringList taken;
    for (const Workspace::JobEntry &entry : jobs) {
        taken << entry.name;
        const auto job = workspace.job(entry.name);
        if (!job || !areSidesOf(*job, places))
            continue;
        if (entry.name == wanted)
            return Found{wanted, job->id, true};
        if (!other.exists)
            other = {entry.name, job->id, true};
    }
    for (int number = 2; !other.exists && taken.contains(other.name); ++number)
        other.name = u"%1 %2"_s.arg(wanted).arg(number);
    return other;
}

} // namespace sampleplaces

using sampleplaces::Places;

QString sampleJobName(SampleKind which)
{
    return which == SampleKind::Tablet ? u"Till ↔ Tablet"_s : u"Till → Report copy"_s;
}

std::optional<SampleKind> sampleOf(const JobSettings &job, const QString &folder)
{
    for (const SampleKind which : {SampleKind::ReportCopy, SampleKind::Tablet}) {
        if (sampleplaces::areSidesOf(job, sampleplaces::of(which, folder)))
            return which;
    }
    return std::nullopt;
}

static Result<void> removeJobs(Desk &desk, const Places &places)
{
    TRY_ASSIGN(const QList<Workspace::JobEntry> jobs, desk.workspace().jobs());
    for (const Workspace::JobEntry &entry : jobs) {
        const auto job = desk.workspace().job(entry.name);
        if (!job || !sampleplaces::areSidesOf(*job, places))
            continue;
        TRY(desk.workspace().removeJob(entry.name));
        if (job->id.isEmpty())
            continue;
        removeBase(desk.journal(), job->id);
        TRY(desk.journal().removeJob(job->id));
    }
    return {};
}

// Whether a job that stays still reads or writes the file.
static Result<bool> isUsed(Desk &desk, const QString &file)
{
    TRY_ASSIGN(const QList<Workspace::JobEntry> jobs, desk.workspace().jobs());
    for (const Workspace::JobEntry &entry : jobs) {
        const auto job = desk.workspace().job(entry.name);
        if (job && (sampleplaces::isFile(job->source, file) || sampleplaces::isFile(job->target, file)))
            return true;
    }
    return false;
}

static Result<void> removeSide(Desk &desk, const QString &file)
{
    TRY_ASSIGN(const bool used, isUsed(desk, file));
    if (used)
        return {};
    TRY_ASSIGN(const QList<ConnectionSettings> known, desk.workspace().connections());
    for (const ConnectionSettings &connection : known) {
        if (!sampleplaces::isFile(connection, file))
            continue;
        // A job that cannot be read may name it all the same: then it stays, and so does its file.
        if (const auto removed = desk.workspace().removeConnection(connection.name); !removed)
            return removed.error().code == ErrorCode::Usage ? Result<void>() : removed;
    }
    sampleplaces::removeFile(file);
    return {};
}

Result<void> removeSample(SampleKind which, Desk &desk, const QString &folder)
{
    const Places places = sampleplaces::of(which, folder);
    TRY(removeJobs(desk, places));
    TRY(removeSide(desk, places.source));
    TRY(removeSide(desk, places.target));
    // What a person keeps there stays: a folder goes only when it is empty.
    QDir().rmdir(QFileInfo(places.source).absolutePath());
    QDir().rmdir(folder);
    return {};
}

} // namespace tidemark
