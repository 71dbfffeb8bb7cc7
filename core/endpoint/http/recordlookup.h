// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>

#include "core/endpoint/http/httpservice.h"
#include "core/endpoint/http/recordpath.h"

namespace tidemark::http {

// One record as the service had it.
struct RecordPicture
{
    std::string record; // JSON
    QByteArray etag; // strong ones alone: what If-Match takes
};

// What a session has looked at and written since its transaction began: each write stands by itself, and whoever comes
// with one again is told what became of it.
struct RecordLedger
{
    using Id = std::pair<QString, std::string>; // resource; and a key, or a verb with a row
    std::map<Id, RecordPicture> pictures;
    std::set<Id> done;
    std::map<Id, Error> refused;
    std::set<Id> altered; // stored otherwise than they were sent
    // What was just written, as the answer tells it, for whoever reads it next: once. No record: it tells the ETag
    // alone, and a record that bears another one is somebody else's by now.
    std::map<Id, RecordPicture> stored;
    std::set<QString> proven; // resources whose records are where single ones are said to be
    void clear()
    {
        std::set<QString> known = std::move(proven);
        *this = {};
        proven = std::move(known);
    }
};

// Reads single records where they are written.
class RecordLookup
{
public:
    // keyColumns: of the batches to come. The resource has an update, whose path is its records'.
    RecordLookup(HttpService &service, const HttpResource &resource, const QStringList &keyColumns,
                 Cancellation *cancellation);

    Result<HttpRequest> request(const RowBatch &keys, int row) const;
    // Nothing: there is no such record.
    Result<std::optional<RecordPicture>> taken(Result<HttpAnswer> answer) const;
    // The record of an answer that holds one; nothing: it holds none.
    std::optional<std::string> recordOf(const QByteArray &body) const;

    // The rows with these keys, in any order, several looked for at a time; what was seen goes into the ledger.
    Result<void> read(const ReadRequest &request, const HttpService::Columns &columns, RowSelection keys, RowBatch &out,
                      RecordLedger &ledger) const;
    // Is a record that the resource lists found where single ones are said to be? RequestRefused: no, so nothing that
    // is absent there is absent.
    Result<void> prove(const ReadRequest &request, const HttpService::Columns &columns) const;

private:
    Error fault(ErrorCode code, const QString &found) const;

    HttpService &m_service;
    const HttpResource &m_resource;
    RecordPath m_path;
    JsonPointer m_record;
    Cancellation *m_cancellation;
};

} // namespace tidemark::http
