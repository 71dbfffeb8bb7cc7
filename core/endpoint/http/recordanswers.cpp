// SPDX-License-Identifier: GPL-3.0-or-later
// What a writer of records concludes from answers, and from none.
#include <algorithm>

#include "core/endpoint/http/recordwriter.h"

namespace tidemark::http {

using namespace Qt::StringLiterals;

Result<RecordWriter::Next> RecordWriter::judge(Job &job, const RowBatch &batch)
{
    auto answer = job.answer->wait(m_s.cancellation);
    if (job.looking) {
        TRY_ASSIGN(const auto now, m_lookup.taken(std::move(answer)));
        return looked(job, batch, now);
    }
    if (answer)
        return accepted(job, batch, *answer);
    return refusedBy(job, batch, std::move(answer).error());
}

Result<RecordWriter::Next> RecordWriter::accepted(Job &job, const RowBatch &batch, const HttpAnswer &answer)
{
    if (answer.status == 202) // it may do so some time: nobody would know
        return fail(fault(u"http-later"_s));
    const auto stored = job.verb == Verb::Remove ? std::nullopt : m_lookup.recordOf(answer.body);
    if (stored && !holdsKey(*stored, batch, job.row))
        return fail(fault(u"http-own-key"_s));
    if (stored && !holds(*stored, batch, job.row, true))
        m_s.ledger.altered.insert(id(job.verb, batch, job.row));
    if (job.verb != Verb::Remove)
        keepStored(batch, job.row, stored, answer.headers.value("etag"));
    if (job.verb == Verb::Insert && !m_provenInsert) {
        m_s.ledger.done.insert(id(job.verb, batch, job.row));
        job.proving = true;
        return look(job, batch);
    }
    return Next::Done;
}

// A record with less than all columns tells nothing of the others.
void RecordWriter::keepStored(const RowBatch &batch, int row, const std::optional<std::string> &record,
                              const QByteArray &etag)
{
    RecordPicture picture;
    const auto isThere = [&](const Field &field) { return valueAt(*record, field.from).has_value(); };
    if (record && std::all_of(m_fields.begin(), m_fields.end(), isThere))
        picture.record = *record;
    if (!etag.startsWith("W/"))
        picture.etag = etag;
    std::string scratch;
    m_s.ledger.stored.insert_or_assign(Id{m_s.resource.name, std::string(batch.key(row, scratch))}, std::move(picture));
}

Result<RecordWriter::Next> RecordWriter::refusedBy(Job &job, const RowBatch &batch, Error error)
{
    const int status = error.facts.value(Fact::Found).toInt();
    const bool isGone = error.code == ErrorCode::NoSuchTable;
    switch (error.code) {
    case ErrorCode::NoSuchTable:
    case ErrorCode::RequestRefused:
        if (isGone && job.verb == Verb::Remove)
            return Next::Done;
        if (status == 412 || status == 409 || (isGone && job.verb == Verb::Update))
            return job.verb == Verb::Insert ? Result<Next>(fail(Error{ErrorCode::UniqueViolated, {}, error.detail}))
                                            : Result<Next>(fail(rowMoved(error.detail)));
        if (status == 400 || status == 413 || status == 422)
            return fail(Error{ErrorCode::CheckViolated, {}, error.detail});
        return fail(std::move(error));
    case ErrorCode::ServiceFailed:
        if (status == 501 || status == 505)
            return fail(std::move(error));
        [[fallthrough]];
    case ErrorCode::ConnectionLost:
    case ErrorCode::BrokenStream:
    case ErrorCode::Timeout:
    case ErrorCode::Unreachable:
    case ErrorCode::AnswerTooLarge:
        if (job.tries >= m_s.service.http().limits.retries)
            return fail(std::move(error));
        return look(job, batch);
    default:
        return fail(std::move(error));
    }
}

// Was it done? The record tells.
Result<RecordWriter::Next> RecordWriter::look(Job &job, const RowBatch &batch)
{
    job.looking = true;
    TRY_ASSIGN(HttpRequest request, m_lookup.request(batch, job.row));
    job.answer = m_s.service.client().send(std::move(request));
    return Next::Again;
}

Result<RecordWriter::Next> RecordWriter::again(Job &job, const RowBatch &)
{
    if (m_stopping)
        return fail(ErrorCode::ServiceFailed);
    job.looking = false;
    constexpr qint64 longestDelayMs = 60'000;
    job.request.delayMs = std::min(longestDelayMs, m_s.service.http().limits.retryDelayMs << std::min(job.tries, 16));
    ++job.tries;
    launch(job);
    return Next::Again;
}

Result<RecordWriter::Next> RecordWriter::looked(Job &job, const RowBatch &batch,
                                                const std::optional<RecordPicture> &now)
{
    const bool isAsSent = now && job.verb != Verb::Remove && holds(now->record, batch, job.row);
    if (job.proving) {
        if (!now || !holdsKey(now->record, batch, job.row))
            return fail(fault(u"http-own-key"_s));
        if (!isAsSent)
            m_s.ledger.altered.insert(id(job.verb, batch, job.row));
        m_provenInsert = true;
        return Next::Done;
    }
    if (isAsSent)
        keepStored(batch, job.row, now->record, now->etag);
    if (isAsSent || (!now && job.verb == Verb::Remove))
        return Next::Done;
    if (!now && job.verb == Verb::Insert)
        return again(job, batch);
    if (job.verb == Verb::Insert)
        return fail(ErrorCode::UniqueViolated);
    const RecordPicture *const before = pictureOf(batch, job.row);
    const bool isUntouched = now && before != nullptr && now->record == before->record && now->etag == before->etag;
    return isUntouched ? again(job, batch) : Result<Next>(fail(rowMoved()));
}

} // namespace tidemark::http
