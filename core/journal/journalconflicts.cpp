// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/conflictrecord.h"
#include "core/journal/journal_p.h"

namespace tidemark {

namespace {

constexpr qint64 batchSize = 1000; // of what need not be done at once: other writers come in between

#define SELECT_CONFLICTS "SELECT id, " TIDEMARK_CONFLICT_CELLS " FROM conflicts WHERE job_id = ?1 "
constexpr const char *selectByKey = SELECT_CONFLICTS "AND table_name = ?2 AND key = ?3 AND state <> 4";
constexpr const char *selectById = SELECT_CONFLICTS "AND id = ?2";
constexpr const char *selectUnmet =
    SELECT_CONFLICTS "AND table_name = ?2 AND state = ?3 AND id > ?4 AND run <> ?5 ORDER BY id LIMIT ?6";
#undef SELECT_CONFLICTS

struct Stored
{
    qint64 id = 0;
    std::optional<Conflict> conflict; // nothing: damaged
};

Result<std::optional<Stored>> nextStored(SqliteQuery &query)
{
    TRY_ASSIGN(const bool found, query.next());
    if (!found)
        return std::optional<Stored>();
    return Stored{query.integer(0), readConflict(query)};
}

Result<std::optional<Stored>> storedByKey(SqliteFile &file, const QString &jobId, const QString &table,
                                          const QByteArray &key)
{
    TRY_ASSIGN(SqliteQuery query, file.query(selectByKey));
    query.bind(jobId).bind(table).bind(key);
    return nextStored(query);
}

Result<void> insert(SqliteFile &file, const QString &jobId, const Conflict &conflict)
{
    TRY_ASSIGN(SqliteQuery query,
               file.query("INSERT INTO conflicts (" TIDEMARK_CONFLICT_CELLS
                          ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
    return bindConflict(query, jobId, conflict).run();
}

Result<void> update(SqliteFile &file, const QString &jobId, const Conflict &conflict)
{
    TRY_ASSIGN(SqliteQuery query,
               file.query("UPDATE conflicts SET (" TIDEMARK_CONFLICT_CELLS
                          ") = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) WHERE id = ?"));
    return bindConflict(query, jobId, conflict).bind(conflict.id).run();
}

Result<void> drop(SqliteFile &file, qint64 id)
{
    TRY_ASSIGN(SqliteQuery query, file.query("DELETE FROM conflicts WHERE id = ?"));
    return query.bind(id).run();
}

// As a run met it: open, and nothing of an answer.
Conflict opened(const Conflict &found)
{
    Conflict conflict = found;
    conflict.state = ConflictState::Open;
    conflict.answer = ConflictAnswer::None;
    conflict.rowForSource.clear();
    conflict.rowForTarget.clear();
    conflict.answeredBy.clear();
    conflict.answeredUs = 0;
    conflict.end = ConflictEnd::None;
    conflict.closedUs = 0;
    return conflict;
}

// It was answered while the run was under way, which met it as it had been: what was said is of the same row. Whoever
// meets it with an answer has carried that one out.
bool isAnsweredMeanwhile(const Conflict &found, const Conflict &stored)
{
    return stored.state != ConflictState::Open && found.answer == ConflictAnswer::None
        && picturesPrint(found) == picturesPrint(stored);
}

Result<void> meet(SqliteFile &file, const QString &jobId, const Conflict &found)
{
    TRY_ASSIGN(const auto stored, storedByKey(file, jobId, found.table, found.key));
    if (!stored || !stored->conflict) {
        if (stored)
            TRY(drop(file, stored->id));
        // Whoever met it as answered knows of a record that is no more: asked again rather than lost.
        if (found.source.isEmpty() && found.target.isEmpty())
            return {};
        return insert(file, jobId, opened(found));
    }
    Conflict now = *stored->conflict;
    if (found.state == ConflictState::Open && !isAnsweredMeanwhile(found, now)) {
        now = opened(found);
        now.id = stored->id;
        now.sinceUs = stored->conflict->sinceUs;
    }
    now.run = found.run;
    if (now == *stored->conflict)
        return {};
    return update(file, jobId, now);
}

Result<void> close(SqliteFile &file, const QString &jobId, const Stored &stored, ConflictEnd end, qint64 nowUs)
{
    if (!stored.conflict)
        return drop(file, stored.id);
    Conflict closed = *stored.conflict;
    closed.state = ConflictState::Closed;
    closed.end = end;
    closed.closedUs = nowUs;
    return update(file, jobId, closed);
}

// Whether it can be said of a conflict that stands like this.
bool fits(const ConflictReply &reply, const Conflict &conflict)
{
    if (conflict.state == ConflictState::Closed || (!reply.shown.isEmpty() && reply.shown != picturesPrint(conflict)))
        return false;
    if (reply.answer == ConflictAnswer::None)
        return conflict.state != ConflictState::Open; // there is something to take back
    if (conflict.state == ConflictState::Answered && reply.shown.isEmpty())
        return false; // another program was faster
    return reply.answer != ConflictAnswer::Row || (!reply.rowForSource.isEmpty() && !reply.rowForTarget.isEmpty());
}

Result<qint64> answer(SqliteFile &file, const QString &jobId, const ConflictReply &reply, const QString &by,
                      qint64 nowUs)
{
    std::optional<Stored> stored;
    {
        TRY_ASSIGN(SqliteQuery query, file.query(selectById));
        query.bind(jobId).bind(reply.id);
        TRY_ASSIGN(stored, nextStored(query));
    }
    if (!stored || !stored->conflict || !fits(reply, *stored->conflict))
        return 0;
    if (reply.answer == ConflictAnswer::None) {
        TRY(update(file, jobId, opened(*stored->conflict)));
        return 1;
    }
    Conflict conflict = *stored->conflict;
    conflict.state = reply.answer == ConflictAnswer::Skip ? ConflictState::Skipped : ConflictState::Answered;
    conflict.answer = reply.answer;
    conflict.rowForSource = reply.answer == ConflictAnswer::Row ? reply.rowForSource : QByteArray();
    conflict.rowForTarget = reply.answer == ConflictAnswer::Row ? reply.rowForTarget : QByteArray();
    conflict.answeredBy = by;
    conflict.answeredUs = nowUs;
    TRY(update(file, jobId, conflict));
    return 1;
}

} // namespace

Result<void> Journal::meetConflicts(const QString &jobId, const QList<Conflict> &found)
{
    if (found.isEmpty())
        return {};
    return d->write([&](SqliteFile &file) -> Result<void> {
        for (const Conflict &conflict : found)
            TRY(meet(file, jobId, conflict));
        return {};
    });
}

Result<void> Journal::closeUnmet(const QString &jobId, const QString &table, const QString &run, qint64 nowUs)
{
    for (const ConflictState state : {ConflictState::Open, ConflictState::Answered, ConflictState::Skipped}) {
        const ConflictEnd end = state == ConflictState::Answered ? ConflictEnd::Answered : ConflictEnd::Settled;
        qint64 last = 0;
        for (bool more = true; more;) {
            TRY(d->write([&](SqliteFile &file) -> Result<void> {
                QList<Stored> unmet;
                {
                    TRY_ASSIGN(SqliteQuery query, file.query(selectUnmet));
                    query.bind(jobId).bind(table).bind(conflictStateNumber(state)).bind(last).bind(run).bind(batchSize);
                    for (;;) {
                        TRY_ASSIGN(auto stored, nextStored(query));
                        if (!stored)
                            break;
                        unmet.append(std::move(*stored));
                    }
                }
                for (const Stored &stored : std::as_const(unmet)) {
                    TRY(close(file, jobId, stored, end, nowUs));
                    last = stored.id;
                }
                more = unmet.size() == batchSize;
                return {};
            }));
        }
    }
    return {};
}

Result<void> Journal::closeConflicts(const QString &jobId, const QString &table, const QList<QByteArray> &keys,
                                     ConflictEnd end, qint64 nowUs)
{
    if (keys.isEmpty())
        return {};
    return d->write([&](SqliteFile &file) -> Result<void> {
        for (const QByteArray &key : keys) {
            TRY_ASSIGN(const auto stored, storedByKey(file, jobId, table, key));
            if (stored)
                TRY(close(file, jobId, *stored, end, nowUs));
        }
        return {};
    });
}

Result<qint64> Journal::answerConflicts(const QString &jobId, const QList<ConflictReply> &replies, const QString &by,
                                        qint64 nowUs)
{
    qint64 taken = 0;
    if (replies.isEmpty())
        return taken;
    TRY(d->write([&](SqliteFile &file) -> Result<void> {
        for (const ConflictReply &reply : replies) {
            TRY_ASSIGN(const qint64 one, answer(file, jobId, reply, by, nowUs));
            taken += one;
        }
        return {};
    }));
    return taken;
}

Result<qint64> Journal::withdrawAnswers(const QString &jobId, const QList<qint64> &ids)
{
    QList<ConflictReply> replies;
    for (const qint64 id : ids)
        replies.append({id, ConflictAnswer::None, {}, {}});
    return answerConflicts(jobId, replies, {}, 0);
}

} // namespace tidemark
