// SPDX-License-Identifier: GPL-3.0-or-later
// What a writer of records sends.
#include "core/endpoint/http/recordwriter.h"

#include <QCryptographicHash>

namespace tidemark::http {

using namespace Qt::StringLiterals;

// The same change of the same origin, resting on the same record: the same key.
QByteArray RecordWriter::idempotencyKey(const HttpRequest &request, const RecordPicture *picture) const
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    const QByteArray rest = picture == nullptr ? QByteArray() : QByteArray::fromStdString(picture->record);
    for (const QByteArray &part : {m_s.request.origin, request.method, request.url.toEncoded(), request.body, rest}) {
        hash.addData(QByteArray(QByteArray::number(part.size()) + ':'));
        hash.addData(part);
    }
    return hash.result().toHex().left(32);
}

Result<std::string> RecordWriter::inserted(const RowBatch &batch, int row)
{
    std::string record = "{}";
    for (Field &field : m_fields) {
        TRY_ASSIGN(const std::string value, field.binder.value(batch.value(row, field.column.cell)));
        auto with = withValue(record, field.from, value);
        if (!with)
            return fail(Error{ErrorCode::ValueNotKept, {{Fact::Column, field.column.name}}, {}});
        record = std::move(*with);
    }
    return record;
}

// The record as it was, with what is to be another: whatever the job does not know stays.
Result<std::string> RecordWriter::updated(const RowBatch &batch, int row, const std::string &record)
{
    const bool isWhole = m_s.resource.write->update->method == "PUT"_L1;
    std::string whole = record;
    std::string patch = "{}";
    for (Field &field : m_fields) {
        const CellView cell = batch.value(row, field.column.cell);
        const auto there = valueAt(record, field.from);
        if (field.column.isKey || field.binder.matches(cell, there.value_or(std::string_view())))
            continue; // also in its spelling it stays as it is
        TRY_ASSIGN(const std::string value, field.binder.value(cell));
        auto with = withValue(whole, field.from, value);
        if (!with)
            return fail(Error{ErrorCode::ValueNotKept, {{Fact::Column, field.column.name}}, {}});
        whole = std::move(*with);
        const JsonPointer member{field.from.front()};
        patch = withValue(patch, member, *valueAt(whole, member)).value_or(patch);
    }
    return isWhole ? whole : patch;
}

Result<RecordWriter::Job> RecordWriter::prepare(Verb verb, const RowBatch &batch, int row)
{
    Job job;
    job.verb = verb;
    job.row = row;
    HttpRequest &request = job.request;
    const HttpWrite &write = *m_s.resource.write;
    const auto &path = verb == Verb::Insert ? m_insertPath : verb == Verb::Remove ? m_removePath : m_updatePath;
    const auto &how = verb == Verb::Insert ? write.insert : verb == Verb::Remove ? write.remove : write.update;
    if (!path)
        return fail(Error{ErrorCode::NotAvailable, {{Fact::Table, m_s.resource.name}}, {}}.with(
            Fact::Option, verb == Verb::Insert ? u"http-insert"_s : u"http-delete"_s));
    TRY(m_updatePath.of(batch, row)); // a record that could not be found again is not made
    TRY_ASSIGN(request.url, path->of(batch, row));
    request.method = how->method.toLatin1();
    const RecordPicture *const picture = verb == Verb::Insert ? nullptr : pictureOf(batch, row);
    if (verb == Verb::Insert) {
        TRY_ASSIGN(const std::string body, inserted(batch, row));
        request.body = QByteArray::fromStdString(body);
        if (request.method == "PUT")
            request.headers.append({QByteArray("If-None-Match"), QByteArray("*")});
    } else if (picture == nullptr) {
        return fail(rowMoved()); // nothing was seen that it could rest on
    } else if (verb == Verb::Update) {
        TRY_ASSIGN(const std::string body, updated(batch, row, picture->record));
        request.body = QByteArray::fromStdString(body);
    }
    if (picture != nullptr && !picture->etag.isEmpty())
        request.headers.append({"If-Match", picture->etag});
    request.headers.append({"Idempotency-Key", idempotencyKey(request, picture)});
    return job;
}

bool RecordWriter::holds(std::string_view record, const RowBatch &batch, int row, bool onlyWhatIsThere)
{
    for (Field &field : m_fields) {
        const auto there = valueAt(record, field.from);
        if (!there && onlyWhatIsThere)
            continue;
        if (!field.binder.matches(batch.value(row, field.column.cell), there.value_or(std::string_view())))
            return false;
    }
    return true;
}

bool RecordWriter::holdsKey(std::string_view record, const RowBatch &batch, int row)
{
    for (Field &field : m_fields) {
        const auto there = valueAt(record, field.from);
        if (field.column.isKey && there && !field.binder.matches(batch.value(row, field.column.cell), *there))
            return false;
    }
    return true;
}

} // namespace tidemark::http
