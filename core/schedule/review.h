// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/jobsettings.h"
#include "core/journal/journal.h"

namespace tidemark {

// Nothing runs by itself that nobody has seen: a job's first run, and its first after an edit that could write more or
// elsewhere, waits for a review: a preview that was synchronised, or a completed `run JOB` from the command line.
//
// The subject of a review is everything that decides what is written where: both sides (what they point to, not how
// they are reached), mode, tables, keys, columns, filters, detection, deletes, guards, policies, create. Name,
// description, schedule, batches, retries and after-run actions are no part of it. A job is covered by a review of the
// same subject, or of one with more tables or a higher guard, all else equal.
struct ReviewSubject
{
    struct Table
    {
        QByteArray digest; // but for the guard
        GuardSettings guard;
        bool operator==(const Table &) const = default;
    };
    QByteArray head; // digest of what the tables share
    QList<Table> tables; // the last is what the job says for every table, where it takes all of them

    QByteArray digest() const;
    QByteArray toBytes() const;
    static std::optional<ReviewSubject> fromBytes(const QByteArray &bytes);
    bool isCoveredBy(const ReviewSubject &reviewed) const;
    bool operator==(const ReviewSubject &) const = default;
};

ReviewSubject reviewSubject(const JobSettings &job);

enum class ReviewedBy : quint8 { Preview, Run };
// Blocking, thread-safe. `job`: as it was shown or run.
Result<void> keepReview(Journal &journal, const JobSettings &job, ReviewedBy by, const QString &run, qint64 nowUs);
Result<bool> isReviewed(Journal &journal, const JobSettings &job);
bool countsAsReview(const RunReport &report); // of a run: it did what it could

// Trust: that the commands, web hooks, inline connections, filters and password files of a job file are this person's.
// Empty: the job has none of these, and needs no trust. Whoever writes a job file for its owner (the editor, job import
// --trust) keeps it; another content wants it again.
QByteArray trustDigest(const JobSettings &job);
Result<void> keepTrust(Journal &journal, const JobSettings &job, qint64 nowUs);
Result<bool> isTrusted(Journal &journal, const JobSettings &job);

} // namespace tidemark
