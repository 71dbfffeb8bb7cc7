// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

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

struct StoredRetry
{
    QByteArray key;
    qint64 reason = 0;
    bool whole = false;
};

Result<QList<StoredRetry>> storedRetries(SqliteFile &file, const QString &jobId, const QString &table)
{
    TRY_ASSIGN(
        SqliteQuery rows,
        file.query("SELECT key, reason, checksum FROM retries WHERE job_id = ? AND table_name = ? ORDER BY key"));
    rows.bind(jobId).bind(table);
    QList<StoredRetry> stored;
    for (;;) {
        TRY_ASSIGN(const bool more, rows.next());
        if (!more)
            return stored;
        StoredRetry retry{rows.bytes(0), rows.integer(1), false};
        retry.whole = rows.integer(2) == checksum(jobId, table, retry.key, retry.reason);
        stored.append(std::move(retry));
    }
}

Result<void> removeKeys(SqliteFile &file, const QString &jobId, const QString &table, const QList<QByteArray> &keys)
{
    TRY_ASSIGN(SqliteQuery remove, file.query("DELETE FROM retries WHERE job_id = ? AND table_name = ? AND key = ?"));
    for (const QByteArray &key : keys)
        TRY(remove.bind(jobId).bind(table).bind(key).run());
    return {};
}

} // namespace

Result<QList<RetryKey>> Journal::retries(const QString &jobId, const QString &table)
{
    const std::scoped_lock lock(d->mutex);
    TRY_ASSIGN(const QList<StoredRetry> stored, storedRetries(*d->file, jobId, table));
    QList<RetryKey> keys;
    for (const StoredRetry &retry : stored) {
        if (retry.whole)
            keys.append({retry.key, reasonOf(retry.reason)});
    }
    return keys;
}

Result<qint64> Journal::damagedRetries(const QString &jobId, const QString &table)
{
    const std::scoped_lock lock(d->mutex);
    TRY_ASSIGN(const QList<StoredRetry> stored, storedRetries(*d->file, jobId, table));
    return std::count_if(stored.begin(), stored.end(), [](const StoredRetry &retry) { return !retry.whole; });
}

Result<void> Journal::clearDamagedRetries(const QString &jobId, const QString &table)
{
    return d->write([&](SqliteFile &file) -> Result<void> {
        TRY_ASSIGN(const QList<StoredRetry> stored, storedRetries(file, jobId, table));
        QList<QByteArray> keys;
        for (const StoredRetry &retry : stored) {
            if (!retry.whole)
                keys.append(retry.key);
        }
        return removeKeys(file, jobId, table, keys);
    });
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
    return d->write([&](SqliteFile &file) { return removeKeys(file, jobId, table, keys); });
}

} // namespace tidemark
