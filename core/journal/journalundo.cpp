// SPDX-License-Identifier: GPL-3.0-or-later
// Which undo files a workspace keeps, and for how long.
#include <algorithm>
#include <functional>

#include <QDir>
#include <QFileInfo>

#include "core/base/blockingcall.h"
#include "core/journal/journal_p.h"
#include "core/journal/undofile.h"

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 usOfDay = 86'400'000'000;

qint64 sizeOf(const QString &folder, const QString &run)
{
    qint64 size = 0;
    for (const auto suffix : {QLatin1StringView(), QLatin1StringView("-wal")})
        size += QFileInfo(undoFile(folder, run) + suffix).size();
    return size;
}

} // namespace

QString Journal::undoFolder() const { return QFileInfo(d->file->path()).absolutePath() + "/undo"_L1; }

Result<QList<Journal::UndoneRun>> Journal::undoRuns(const QString &jobId)
{
    const BlockingCall call("listing the undo files of a workspace");
    QStringList runs;
    const QFileInfoList files = QDir(undoFolder()).entryInfoList({u"*.db"_s}, QDir::Files);
    for (const QFileInfo &file : files)
        runs.append(file.completeBaseName());
    std::sort(runs.begin(), runs.end(), std::greater<>()); // their names begin with the time
    const std::scoped_lock lock(d->mutex);
    QList<UndoneRun> found;
    TRY_ASSIGN(SqliteQuery query, d->file->query("SELECT job_id, started_us FROM runs WHERE run = ?"));
    for (const QString &run : std::as_const(runs)) {
        query.bind(run);
        TRY_ASSIGN(const bool known, query.next());
        if (known && query.text(0) == jobId)
            found.append({run, query.integer(1)});
        query.restart();
    }
    return found;
}

Result<void> Journal::purgeUndo(const QString &jobId, int days, qint64 bytes, qint64 nowUs)
{
    TRY_ASSIGN(const QList<UndoneRun> runs, undoRuns(jobId));
    qint64 total = 0;
    for (const UndoneRun &run : runs) {
        total += sizeOf(undoFolder(), run.run);
        if (total > bytes || run.startedUs < nowUs - days * usOfDay)
            removeUndoFile(undoFolder(), run.run);
    }
    return {};
}

} // namespace tidemark
