// SPDX-License-Identifier: GPL-3.0-or-later
#include <QJsonDocument>

#include "core/journal/journal_p.h"
#include "core/journal/reportjson.h"

namespace tidemark {

namespace {

#define SELECT_RUNS "SELECT run, job_id, job, started_us, pid, boot, start_tick, report, checksum FROM runs "
constexpr const char *selectAll = SELECT_RUNS "ORDER BY started_us DESC, run DESC";
constexpr const char *selectJob = SELECT_RUNS "WHERE job_id = ? ORDER BY started_us DESC, run DESC";
constexpr const char *selectRun = SELECT_RUNS "WHERE run = ?";
#undef SELECT_RUNS

qint64 checksum(const QString &run, const QByteArray &report) { return RecordChecksum().add(run).add(report).value(); }

// Nothing: still under way, or damaged.
std::optional<RunReport> reportOf(const SqliteQuery &row)
{
    const QString run = row.text(0);
    if (row.isNull(7)) {
        if (ProcessIdentity{row.integer(4), row.text(5), row.integer(6)}.isAlive())
            return {};
        RunReport report;
        report.run = run;
        report.jobId = row.text(1);
        report.job = row.text(2);
        report.startedUs = row.integer(3);
        report.state = RunState::Failed;
        report.error = Error{ErrorCode::Interrupted, {}, {}};
        return report;
    }
    const QByteArray text = row.bytes(7);
    if (row.integer(8) != checksum(run, text))
        return {};
    return runReportFromJson(QJsonDocument::fromJson(text).object());
}

} // namespace

Result<void> Journal::startRun(const QString &jobId, const QString &job, const QString &run, qint64 startedUs)
{
    return d->write([&](SqliteFile &file) -> Result<void> {
        TRY_ASSIGN(SqliteQuery insert,
                   file.query("INSERT OR REPLACE INTO runs (run, job_id, job, started_us, pid, boot, start_tick)"
                              " VALUES (?, ?, ?, ?, ?, ?, ?)"));
        const ProcessIdentity &process = d->process;
        insert.bind(run).bind(jobId).bind(job).bind(startedUs);
        return insert.bind(process.pid).bind(process.boot).bind(process.startTick).run();
    });
}

Result<void> Journal::finishRun(const RunReport &report)
{
    const QByteArray text = QJsonDocument(runReportToJson(report)).toJson(QJsonDocument::Compact);
    return d->write([&](SqliteFile &file) -> Result<void> {
        TRY_ASSIGN(
            SqliteQuery insert,
            file.query("INSERT OR REPLACE INTO runs (run, job_id, job, started_us, pid, boot, start_tick, report,"
                       " checksum) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"));
        const ProcessIdentity &process = d->process;
        insert.bind(report.run).bind(report.jobId).bind(report.job).bind(report.startedUs);
        insert.bind(process.pid).bind(process.boot).bind(process.startTick);
        return insert.bind(text).bind(checksum(report.run, text)).run();
    });
}

Result<QList<RunReport>> Journal::runs(const QString &jobId, int limit)
{
    const std::scoped_lock lock(d->mutex);
    TRY_ASSIGN(SqliteQuery rows, d->file->query(jobId.isEmpty() ? selectAll : selectJob));
    if (!jobId.isEmpty())
        rows.bind(jobId);
    QList<RunReport> reports;
    while (limit < 0 || reports.size() < limit) {
        TRY_ASSIGN(const bool more, rows.next());
        if (!more)
            break;
        if (auto report = reportOf(rows))
            reports.append(std::move(*report));
    }
    return reports;
}

Result<std::optional<RunReport>> Journal::findRun(const QString &run)
{
    const std::scoped_lock lock(d->mutex);
    TRY_ASSIGN(SqliteQuery rows, d->file->query(selectRun));
    rows.bind(run);
    TRY_ASSIGN(const bool found, rows.next());
    return found ? reportOf(rows) : std::nullopt;
}

Result<std::optional<RunReport>> Journal::lastRun(const QString &jobId)
{
    TRY_ASSIGN(const QList<RunReport> newest, runs(jobId, 1));
    return newest.isEmpty() ? std::nullopt : std::optional(newest.first());
}

} // namespace tidemark
