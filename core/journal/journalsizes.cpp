// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/journalsizes.h"

#include <algorithm>

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>

#include "core/base/blockingcall.h"
#include "core/journal/processidentity.h"
#include "core/journal/sqlitefile.h"
#include "core/journal/undofile.h"

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 usOfDay = 86'400'000'000;

// With what SQLite keeps beside it.
qint64 sizeOf(const QString &database)
{
    qint64 size = 0;
    for (const auto suffix : {QLatin1StringView(), QLatin1StringView("-wal")})
        size += QFileInfo(database + suffix).size();
    return size;
}

// One that cannot be read can undo nothing.
bool canBeUndone(const QString &folder, const QString &run)
{
    const auto reader = UndoReader::open(undoFile(folder, run));
    if (!reader || (*reader)->overflowed())
        return false;
    const auto undoneBy = (*reader)->undoneBy();
    return undoneBy && undoneBy->isEmpty();
}

Result<std::unique_ptr<SqliteFile>> openJournal(const QString &folder)
{
    return SqliteFile::open(folder + "/journal.db"_L1, SqliteFile::Access::Existing);
}

JournalSizes::Job &jobOf(JournalSizes &sizes, const QString &id)
{
    for (JournalSizes::Job &job : sizes.jobs) {
        if (job.id == id)
            return job;
    }
    JournalSizes::Job job;
    job.id = id;
    sizes.jobs.append(job);
    return sizes.jobs.last();
}

} // namespace

qint64 JournalSizes::undoBytes() const
{
    qint64 sum = 0;
    for (const Job &job : jobs)
        sum += job.undoBytes;
    return sum;
}

qint64 JournalSizes::undoRuns() const
{
    qint64 sum = 0;
    for (const Job &job : jobs)
        sum += job.undoRuns;
    return sum;
}

qint64 JournalSizes::baseBytes() const
{
    qint64 sum = 0;
    for (const Job &job : jobs)
        sum += job.baseBytes;
    return sum;
}

JournalStorage::JournalStorage(Journal &journal)
    : m_journal(journal), m_folder(QFileInfo(journal.undoFolder()).absolutePath())
{ }

Result<QList<JournalStorage::Found>> JournalStorage::undoFiles()
{
    const BlockingCall call("measuring the undo files of a workspace");
    QList<Found> found;
    TRY_ASSIGN(const auto file, openJournal(m_folder));
    TRY_ASSIGN(SqliteQuery query,
               file->query("SELECT job_id, job, started_us, report IS NULL, pid, boot, start_tick FROM runs"
                           " WHERE run = ?"));
    const QFileInfoList files = QDir(m_journal.undoFolder()).entryInfoList({u"*.db"_s}, QDir::Files, QDir::Name);
    for (const QFileInfo &info : files) {
        Found one;
        one.run = info.completeBaseName();
        one.bytes = sizeOf(info.filePath());
        query.bind(one.run);
        TRY_ASSIGN(const bool known, query.next());
        if (known) {
            one.jobId = query.text(0);
            one.job = query.text(1);
            one.startedUs = query.integer(2);
            one.underWay =
                query.integer(3) != 0 && ProcessIdentity{query.integer(4), query.text(5), query.integer(6)}.isAlive();
        } else {
            one.startedUs = info.lastModified().toMSecsSinceEpoch() * 1000;
        }
        query.restart();
        found.append(one);
    }
    return found;
}

Result<void> JournalStorage::addJournal(JournalSizes &sizes)
{
    sizes.journalBytes = sizeOf(m_folder + "/journal.db"_L1);
    TRY_ASSIGN(const auto file, openJournal(m_folder));
    TRY_ASSIGN(const qint64 pages, file->integer("PRAGMA freelist_count"));
    TRY_ASSIGN(const qint64 pageBytes, file->integer("PRAGMA page_size"));
    sizes.freeBytes = pages * pageBytes;
    TRY_ASSIGN(SqliteQuery query,
               file->query("SELECT job FROM runs WHERE job_id = ? ORDER BY started_us DESC, run DESC LIMIT 1"));
    for (JournalSizes::Job &job : sizes.jobs) {
        if (job.id.isEmpty())
            continue;
        query.bind(job.id);
        TRY_ASSIGN(const bool known, query.next());
        if (known)
            job.name = query.text(0);
        query.restart();
    }
    return {};
}

Result<void> JournalStorage::addBases(JournalSizes &sizes)
{
    const QFileInfoList files = QDir(m_folder + "/base"_L1).entryInfoList({u"*.db"_s}, QDir::Files);
    for (const QFileInfo &info : files)
        jobOf(sizes, info.completeBaseName()).baseBytes += sizeOf(info.filePath());
    return {};
}

Result<JournalSizes> JournalStorage::sizes()
{
    const BlockingCall call("measuring what a workspace keeps");
    JournalSizes sizes;
    TRY_ASSIGN(const QList<Found> files, undoFiles());
    for (const Found &file : files) {
        JournalSizes::Job &job = jobOf(sizes, file.jobId);
        ++job.undoRuns;
        job.undoBytes += file.bytes;
    }
    TRY(addBases(sizes));
    TRY(addJournal(sizes));
    QDirIterator plans(m_folder + "/plans"_L1, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (plans.hasNext()) {
        const QFileInfo info(plans.next());
        sizes.planBytes += info.size();
        sizes.planFiles += info.suffix() == "db"_L1 ? 1 : 0;
    }
    std::sort(sizes.jobs.begin(), sizes.jobs.end(), [](const JournalSizes::Job &a, const JournalSizes::Job &b) {
        const qint64 left = a.undoBytes + a.baseBytes;
        const qint64 right = b.undoBytes + b.baseBytes;
        return left != right ? left > right : a.id < b.id;
    });
    return sizes;
}

Result<QList<JournalStorage::Found>> JournalStorage::chosen(const UndoPurge &purge, qint64 nowUs)
{
    TRY_ASSIGN(QList<Found> files, undoFiles());
    files.removeIf([&](const Found &file) {
        return file.underWay || (purge.ofOneJob && file.jobId != purge.jobId)
            || (purge.olderThanDays > 0 && file.startedUs >= nowUs - purge.olderThanDays * usOfDay);
    });
    return files;
}

Result<UndoLoss> JournalStorage::look(const UndoPurge &purge, qint64 nowUs)
{
    TRY_ASSIGN(const QList<Found> files, chosen(purge, nowUs));
    UndoLoss loss;
    for (const Found &file : files) {
        ++loss.files;
        loss.bytes += file.bytes;
        loss.runs += canBeUndone(m_journal.undoFolder(), file.run) ? 1 : 0;
    }
    return loss;
}

Result<UndoLoss> JournalStorage::purge(const UndoPurge &purge, qint64 nowUs)
{
    TRY_ASSIGN(const QList<Found> files, chosen(purge, nowUs));
    UndoLoss loss;
    for (const Found &file : files) {
        const bool undoable = canBeUndone(m_journal.undoFolder(), file.run);
        removeUndoFile(m_journal.undoFolder(), file.run);
        if (const QString path = undoFile(m_journal.undoFolder(), file.run); QFileInfo::exists(path))
            return fail(Error{ErrorCode::FileUnwritable, {}, {}}.with(Fact::File, path));
        ++loss.files;
        loss.bytes += file.bytes;
        loss.runs += undoable ? 1 : 0;
    }
    return loss;
}

Result<qint64> JournalStorage::closedConflicts(int olderThanDays, qint64 nowUs)
{
    const BlockingCall call("counting closed conflicts");
    TRY_ASSIGN(const auto file, openJournal(m_folder));
    TRY_ASSIGN(SqliteQuery query, file->query("SELECT count(*) FROM conflicts WHERE state = 4 AND closed_us < ?"));
    query.bind(nowUs - olderThanDays * usOfDay);
    TRY(query.next());
    return query.integer(0);
}

Result<void> JournalStorage::purgeClosedConflicts(int olderThanDays, qint64 nowUs)
{
    QStringList jobs;
    {
        const BlockingCall call("listing jobs with closed conflicts");
        TRY_ASSIGN(const auto file, openJournal(m_folder));
        TRY_ASSIGN(SqliteQuery query, file->query("SELECT DISTINCT job_id FROM conflicts WHERE state = 4"));
        for (;;) {
            TRY_ASSIGN(const bool more, query.next());
            if (!more)
                break;
            jobs << query.text(0);
        }
    }
    for (const QString &job : std::as_const(jobs))
        TRY(m_journal.purgeConflicts(job, olderThanDays, nowUs));
    return {};
}

Result<qint64> JournalStorage::compact()
{
    const BlockingCall call("compacting the journal");
    const QString path = m_folder + "/journal.db"_L1;
    TRY_ASSIGN(const auto file, openJournal(m_folder));
    {
        // A run waits for the journal only so long.
        TRY_ASSIGN(SqliteQuery query, file->query("SELECT job, pid, boot, start_tick FROM runs WHERE report IS NULL"));
        for (;;) {
            TRY_ASSIGN(const bool more, query.next());
            if (!more)
                break;
            if (ProcessIdentity{query.integer(1), query.text(2), query.integer(3)}.isAlive())
                return fail(Error{ErrorCode::Busy, {{Fact::Job, query.text(0)}}, {}});
        }
    }
    const qint64 before = sizeOf(path);
    TRY(file->execute("VACUUM"));
    TRY(file->execute("PRAGMA wal_checkpoint(TRUNCATE)"));
    return std::max<qint64>(0, before - sizeOf(path));
}

} // namespace tidemark
