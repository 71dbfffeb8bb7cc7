// SPDX-License-Identifier: GPL-3.0-or-later
// What a person has seen of a job, and what is trusted.
#include "core/journal/journal_p.h"

namespace tidemark {

namespace {

qint64 checksum(const QString &jobId, const ReviewRecord &review)
{
    return RecordChecksum()
        .add(jobId)
        .add(review.digest)
        .add(review.subject)
        .add(review.how)
        .add(review.run)
        .add(review.reviewedUs)
        .value();
}

qint64 checksum(const QString &jobId, const QByteArray &digest)
{
    return RecordChecksum().add(jobId).add(digest).value();
}

} // namespace

Result<void> Journal::saveReview(const QString &jobId, const ReviewRecord &review)
{
    return d->write([&](SqliteFile &file) -> Result<void> {
        TRY_ASSIGN(SqliteQuery insert,
                   file.query("INSERT OR REPLACE INTO reviews (job_id, digest, subject, how, run, reviewed_us,"
                              " checksum) VALUES (?, ?, ?, ?, ?, ?, ?)"));
        insert.bind(jobId).bind(review.digest).bind(review.subject).bind(review.how).bind(review.run);
        return insert.bind(review.reviewedUs).bind(checksum(jobId, review)).run();
    });
}

Result<QList<ReviewRecord>> Journal::reviews(const QString &jobId)
{
    const std::scoped_lock lock(d->mutex);
    TRY_ASSIGN(SqliteQuery rows,
               d->file->query("SELECT digest, subject, how, run, reviewed_us, checksum FROM reviews WHERE job_id = ?"
                              " ORDER BY reviewed_us DESC"));
    rows.bind(jobId);
    QList<ReviewRecord> found;
    for (;;) {
        TRY_ASSIGN(const bool more, rows.next());
        if (!more)
            return found;
        ReviewRecord review{rows.bytes(0), rows.bytes(1), rows.text(2), rows.text(3), rows.integer(4)};
        if (rows.integer(5) == checksum(jobId, review))
            found.append(std::move(review));
    }
}

Result<void> Journal::saveTrust(const QString &jobId, const QByteArray &digest, qint64 nowUs)
{
    return d->write([&](SqliteFile &file) -> Result<void> {
        TRY_ASSIGN(SqliteQuery insert,
                   file.query("INSERT OR REPLACE INTO trust (job_id, digest, given_us, checksum) VALUES (?, ?, ?, ?)"));
        return insert.bind(jobId).bind(digest).bind(nowUs).bind(checksum(jobId, digest)).run();
    });
}

Result<bool> Journal::hasTrust(const QString &jobId, const QByteArray &digest)
{
    const std::scoped_lock lock(d->mutex);
    TRY_ASSIGN(SqliteQuery rows, d->file->query("SELECT checksum FROM trust WHERE job_id = ? AND digest = ?"));
    rows.bind(jobId).bind(digest);
    TRY_ASSIGN(const bool found, rows.next());
    return found && rows.integer(0) == checksum(jobId, digest);
}

} // namespace tidemark
