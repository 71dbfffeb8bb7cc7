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
    {RetryReason::Locked, 4},           {RetryReason::SetAside, 5},    {RetryReason::Undone, 6},
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

// What the first format did not know counts only where it is there: its records stay whole.
qint64 checksum(const QString &jobId, const QString &table, const RetryKey &retry, qint64 reason)
{
    RecordChecksum sum;
    sum.add(jobId).add(table).add(retry.key).add(reason);
    if (!retry.keyText.isEmpty() || !retry.run.isEmpty() || retry.sinceUs != 0)
        sum.add(retry.keyText).add(retry.run).add(retry.sinceUs);
    return sum.value();
}

struct StoredRetry
{
    QString table;
    RetryKey retry;
    bool whole = false;
};

#define RETRY_CELLS "SELECT table_name, key, reason, key_text, run, since_us, checksum FROM retries WHERE job_id = ?1 "
constexpr const char *selectTable = RETRY_CELLS "AND table_name = ?2 ORDER BY key";
constexpr const char *selectPage =
    RETRY_CELLS "AND (?2 = '' OR table_name = ?2) AND (?3 = 0 OR reason = ?3) ORDER BY table_name, key"
                " LIMIT ?4 OFFSET ?5";
#undef RETRY_CELLS

Result<QList<StoredRetry>> readRetries(SqliteQuery &rows, const QString &jobId)
{
    QList<StoredRetry> stored;
    for (;;) {
        TRY_ASSIGN(const bool more, rows.next());
        if (!more)
            return stored;
        const qint64 reason = rows.integer(2);
        StoredRetry found{
            rows.text(0), {rows.bytes(1), reasonOf(reason), rows.text(3), rows.text(4), rows.integer(5)}, false};
        found.whole = rows.integer(6) == checksum(jobId, found.table, found.retry, reason);
        stored.append(std::move(found));
    }
}

Result<QList<StoredRetry>> storedRetries(SqliteFile &file, const QString &jobId, const QString &table)
{
    TRY_ASSIGN(SqliteQuery rows, file.query(selectTable));
    rows.bind(jobId).bind(table);
    return readRetries(rows, jobId);
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
    for (const StoredRetry &found : stored) {
        if (found.whole)
            keys.append(found.retry);
    }
    return keys;
}

Result<QList<WaitingRow>> Journal::waitingRows(const QString &jobId, const QString &table,
                                               std::optional<RetryReason> reason, qint64 offset, qint64 limit)
{
    const std::scoped_lock lock(d->mutex);
    TRY_ASSIGN(SqliteQuery query, d->file->query(selectPage));
    query.bind(jobId).bind(table).bind(reason ? numberOf(*reason) : 0).bind(limit).bind(offset);
    TRY_ASSIGN(const QList<StoredRetry> stored, readRetries(query, jobId));
    QList<WaitingRow> rows;
    for (const StoredRetry &found : stored) {
        if (found.whole)
            rows.append({found.table, found.retry});
    }
    return rows;
}

Result<qint64> Journal::waitingCount(const QString &jobId, const QString &table, std::optional<RetryReason> reason)
{
    const std::scoped_lock lock(d->mutex);
    TRY_ASSIGN(SqliteQuery query,
               d->file->query("SELECT count(*) FROM retries WHERE job_id = ?1 AND (?2 = '' OR table_name = ?2)"
                              " AND (?3 = 0 OR reason = ?3)"));
    query.bind(jobId).bind(table).bind(reason ? numberOf(*reason) : 0);
    TRY(query.next());
    return query.integer(0);
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
        for (const StoredRetry &found : stored) {
            if (!found.whole)
                keys.append(found.retry.key);
        }
        return removeKeys(file, jobId, table, keys);
    });
}

Result<void> Journal::addRetries(const QString &jobId, const QString &table, const QList<RetryKey> &keys)
{
    if (keys.isEmpty())
        return {};
    return d->write([&](SqliteFile &file) -> Result<void> {
        TRY_ASSIGN(
            SqliteQuery insert,
            file.query("INSERT OR REPLACE INTO retries (job_id, table_name, key, reason, key_text, run, since_us,"
                       " checksum) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"));
        for (const RetryKey &retry : keys) {
            const qint64 reason = numberOf(retry.reason);
            insert.bind(jobId).bind(table).bind(retry.key).bind(reason).bind(retry.keyText).bind(retry.run);
            TRY(insert.bind(retry.sinceUs).bind(checksum(jobId, table, retry, reason)).run());
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
