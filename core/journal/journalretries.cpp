// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/journal_p.h"

namespace tidemark {

namespace {

// Fixed numbers: the file outlives the enumeration.
struct ReasonNumber
{
    RetryReason reason;
    qint64 number;
};
constexpr ReasonNumber reasonNumbers[] = {
    {RetryReason::ChangedSincePlan, 1}, {RetryReason::NotSelected, 2}, {RetryReason::Withheld, 3},
    {RetryReason::Locked, 4},           {RetryReason::SetAside, 5},
};

qint64 numberOf(RetryReason reason)
{
    for (const ReasonNumber &entry : reasonNumbers) {
        if (entry.reason == reason)
            return entry.number;
    }
    return 0;
}

RetryReason reasonOf(qint64 number)
{
    for (const ReasonNumber &entry : reasonNumbers) {
        if (entry.number == number)
            return entry.reason;
    }
    return RetryReason::SetAside; // the key counts, whatever put it here
}

qint64 checksum(const QString &jobId, const QString &table, const QByteArray &key, qint64 reason)
{
    return RecordChecksum().add(jobId).add(table).add(key).add(reason).value();
}

} // namespace

Result<QList<RetryKey>> Journal::retries(const QString &jobId, const QString &table)
{
    const std::scoped_lock lock(d->mutex);
    TRY_ASSIGN(
        SqliteQuery rows,
        d->file->query("SELECT key, reason, checksum FROM retries WHERE job_id = ? AND table_name = ? ORDER BY key"));
    rows.bind(jobId).bind(table);
    QList<RetryKey> keys;
    for (;;) {
        TRY_ASSIGN(const bool more, rows.next());
        if (!more)
            return keys;
        const QByteArray key = rows.bytes(0);
        if (rows.integer(2) == checksum(jobId, table, key, rows.integer(1)))
            keys.append({key, reasonOf(rows.integer(1))});
    }
}

Result<void> Journal::addRetries(const QString &jobId, const QString &table, const QList<RetryKey> &keys)
{
    if (keys.isEmpty())
        return {};
    return d->write([&](SqliteFile &file) -> Result<void> {
        TRY_ASSIGN(SqliteQuery insert,
                   file.query("INSERT OR REPLACE INTO retries (job_id, table_name, key, reason, checksum)"
                              " VALUES (?, ?, ?, ?, ?)"));
        for (const RetryKey &retry : keys) {
            const qint64 reason = numberOf(retry.reason);
            insert.bind(jobId).bind(table).bind(retry.key).bind(reason);
            TRY(insert.bind(checksum(jobId, table, retry.key, reason)).run());
        }
        return {};
    });
}

Result<void> Journal::removeRetries(const QString &jobId, const QString &table, const QList<QByteArray> &keys)
{
    if (keys.isEmpty())
        return {};
    return d->write([&](SqliteFile &file) -> Result<void> {
        TRY_ASSIGN(SqliteQuery remove,
                   file.query("DELETE FROM retries WHERE job_id = ? AND table_name = ? AND key = ?"));
        for (const QByteArray &key : keys)
            TRY(remove.bind(jobId).bind(table).bind(key).run());
        return {};
    });
}

} // namespace tidemark
