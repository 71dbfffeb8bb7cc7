// SPDX-License-Identifier: GPL-3.0-or-later
// Schedules: since when each job follows its own, which slots are taken, who has paused what.
#include <algorithm>

#include "core/journal/journal_p.h"

namespace tidemark {

namespace {

// Slots are kept as runs of neighbours, so that a year of them is one record; a new one begins where slots were passed
// over, or where the clock was set. So many are remembered of a job.
constexpr const char *forgetSlots = "DELETE FROM schedule_slots WHERE job_id = ?1 AND used <= "
                                    "(SELECT max(used) FROM schedule_slots WHERE job_id = ?1) - 64";

qint64 checksum(const ScheduleRecord &record)
{
    return RecordChecksum()
        .add(record.jobId)
        .add(record.digest)
        .add(record.sinceUs)
        .add(record.pausedUs)
        .add(record.pausedBy)
        .value();
}

constexpr const char *selectRecords =
    "SELECT job_id, digest, since_us, paused_us, paused_by, checksum,"
    " (SELECT last_us FROM schedule_slots s WHERE s.job_id = schedules.job_id ORDER BY used DESC LIMIT 1)"
    " FROM schedules WHERE ?1 IS NULL OR job_id = ?1";

// Damaged ones are left out.
Result<QList<ScheduleRecord>> readRecords(SqliteQuery &rows)
{
    QList<ScheduleRecord> records;
    for (;;) {
        TRY_ASSIGN(const bool more, rows.next());
        if (!more)
            return records;
        ScheduleRecord record{rows.text(0),    rows.bytes(1),   rows.integer(2),
                              rows.integer(6), rows.integer(3), rows.text(4)};
        if (rows.integer(5) == checksum(record))
            records.append(std::move(record));
    }
}

Result<ScheduleRecord> recordOf(SqliteFile &file, const QString &jobId)
{
    TRY_ASSIGN(SqliteQuery rows, file.query(selectRecords));
    rows.bind(jobId);
    TRY_ASSIGN(const QList<ScheduleRecord> records, readRecords(rows));
    ScheduleRecord none;
    none.jobId = jobId;
    return records.isEmpty() ? none : records.first();
}

Result<void> save(SqliteFile &file, const ScheduleRecord &record)
{
    TRY_ASSIGN(SqliteQuery insert,
               file.query("INSERT OR REPLACE INTO schedules (job_id, digest, since_us, paused_us, paused_by, checksum)"
                          " VALUES (?, ?, ?, ?, ?, ?)"));
    insert.bind(record.jobId).bind(record.digest).bind(record.sinceUs).bind(record.pausedUs).bind(record.pausedBy);
    return insert.bind(checksum(record)).run();
}

Result<bool> isPaused(SqliteFile &file, const QString &jobId)
{
    for (const QString &id : {jobId, QString()}) {
        TRY_ASSIGN(const ScheduleRecord record, recordOf(file, id));
        if (record.isPaused())
            return true;
    }
    return false;
}

// Taken, or passed over by a later claim. A later claim than now tells of a clock that was wrong, and settles nothing
// but its own slots.
Result<bool> isTaken(SqliteFile &file, const QString &jobId, qint64 slotUs, qint64 nowUs)
{
    TRY_ASSIGN(SqliteQuery rows,
               file.query("SELECT count(*) FROM schedule_slots WHERE job_id = ?1 AND"
                          " (first_us <= ?2 AND last_us >= ?2 OR last_us >= ?2 AND last_us <= ?3)"));
    rows.bind(jobId).bind(slotUs).bind(nowUs);
    TRY(rows.next());
    return rows.integer(0) > 0;
}

Result<void> take(SqliteFile &file, const QString &jobId, qint64 slotUs, qint64 previousUs)
{
    qint64 used = 0;
    {
        TRY_ASSIGN(SqliteQuery rows,
                   file.query("SELECT coalesce(max(used), 0) + 1 FROM schedule_slots WHERE job_id = ?"));
        rows.bind(jobId);
        TRY(rows.next());
        used = rows.integer(0);
    }
    if (previousUs != 0) {
        TRY_ASSIGN(SqliteQuery extend,
                   file.query("UPDATE schedule_slots SET last_us = ?1, used = ?2 WHERE job_id = ?3 AND last_us = ?4"
                              " RETURNING 1"));
        extend.bind(slotUs).bind(used).bind(jobId).bind(previousUs);
        TRY_ASSIGN(const bool extended, extend.next());
        if (extended)
            return extend.run();
    }
    TRY_ASSIGN(SqliteQuery insert,
               file.query("INSERT OR REPLACE INTO schedule_slots (job_id, first_us, last_us, used)"
                          " VALUES (?, ?, ?, ?)"));
    TRY(insert.bind(jobId).bind(slotUs).bind(slotUs).bind(used).run());
    TRY_ASSIGN(SqliteQuery forget, file.query(forgetSlots));
    return forget.bind(jobId).run();
}

} // namespace

Result<QList<ScheduleRecord>> Journal::scheduleRecords()
{
    const std::scoped_lock lock(d->mutex);
    TRY_ASSIGN(SqliteQuery rows, d->file->query(selectRecords));
    return readRecords(rows);
}

Result<ScheduleRecord> Journal::followSchedule(const QString &jobId, const QByteArray &digest, qint64 nowUs)
{
    {
        const std::scoped_lock lock(d->mutex);
        TRY_ASSIGN(const ScheduleRecord known, recordOf(*d->file, jobId));
        if (known.digest == digest && known.sinceUs != 0)
            return known;
    }
    ScheduleRecord record;
    TRY(d->write([&](SqliteFile &file) -> Result<void> {
        TRY_ASSIGN(record, recordOf(file, jobId)); // again: another program may have been first
        if (record.digest == digest && record.sinceUs != 0)
            return {};
        record.digest = digest;
        record.sinceUs = nowUs;
        return save(file, record);
    }));
    return record;
}

Result<SlotClaim> Journal::claimSlot(const QString &jobId, qint64 slotUs, qint64 previousUs, qint64 nowUs)
{
    SlotClaim answer = SlotClaim::Claimed;
    TRY(d->write([&](SqliteFile &file) -> Result<void> {
        TRY_ASSIGN(const bool paused, isPaused(file, jobId));
        TRY_ASSIGN(const bool taken, isTaken(file, jobId, slotUs, nowUs));
        if (paused || taken) {
            answer = taken ? SlotClaim::Taken : SlotClaim::Paused;
            return {};
        }
        return take(file, jobId, slotUs, previousUs);
    }));
    return answer;
}

Result<void> Journal::pauseSchedule(const QString &jobId, const QString &by, qint64 nowUs)
{
    return d->write([&](SqliteFile &file) -> Result<void> {
        TRY_ASSIGN(ScheduleRecord record, recordOf(file, jobId));
        if (record.isPaused()) // who was first stays
            return {};
        record.pausedUs = nowUs;
        record.pausedBy = by;
        return save(file, record);
    });
}

Result<void> Journal::resumeSchedule(const QString &jobId, qint64 nowUs)
{
    return d->write([&](SqliteFile &file) -> Result<void> {
        TRY_ASSIGN(SqliteQuery rows, file.query(selectRecords));
        if (!jobId.isEmpty())
            rows.bind(jobId);
        TRY_ASSIGN(const QList<ScheduleRecord> records, readRecords(rows));
        const bool paused = std::any_of(records.begin(), records.end(), [&](const ScheduleRecord &record) {
            return record.jobId == jobId && record.isPaused();
        });
        if (!paused)
            return {};
        for (ScheduleRecord record : records) {
            // Slots that passed meanwhile were nobody's. Resuming all leaves those alone that are paused by themselves.
            if (record.jobId == jobId) {
                record.pausedUs = 0;
                record.pausedBy.clear();
            }
            record.sinceUs = record.sinceUs == 0 ? 0 : nowUs;
            TRY(save(file, record));
        }
        return {};
    });
}

Result<qint64> Journal::lastGoodRun(const QString &jobId)
{
    constexpr int farthest = 1000;
    constexpr int page = 16;
    for (int limit = page; limit <= farthest; limit *= 8) {
        TRY_ASSIGN(const QList<RunReport> newest, runs(jobId, limit));
        for (const RunReport &report : newest) {
            if (report.state == RunState::Completed && report.undoes.isEmpty())
                return report.finishedUs;
        }
        if (newest.size() < limit)
            break;
    }
    return 0;
}

} // namespace tidemark
