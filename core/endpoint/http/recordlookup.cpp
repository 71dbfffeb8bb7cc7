// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/http/recordlookup.h"

#include <deque>

#include "core/endpoint/http/pagewalker.h"

namespace tidemark::http {

using namespace Qt::StringLiterals;

namespace {

// Encodes single records as rows of a request.
class RowMaker
{
public:
    RowMaker(const ReadRequest &request, const HttpService::Columns &columns)
        : m_request(request), m_fields(columns.columns, request.columns, false),
          m_encoder(request.layout, request.sources)
    { }

    Result<void> append(std::string_view record, RowBatch &out)
    {
        TRY(m_fields.find(record, m_values));
        m_encoder.setBatch(&out);
        m_encoder.beginRow();
        for (std::size_t cell = 0; cell < m_request.layout->cells.size(); ++cell)
            encodeValue(m_values[cell], m_fields.type(cell), m_request.layout->cells[cell].kind, m_encoder, m_scratch);
        m_encoder.endRow();
        return {};
    }

private:
    const ReadRequest &m_request;
    RecordFields m_fields;
    RowEncoder m_encoder;
    std::vector<std::string_view> m_values;
    std::string m_scratch;
};

} // namespace

RecordLookup::RecordLookup(HttpService &service, const HttpResource &resource, const QStringList &keyColumns,
                           Cancellation *cancellation)
    : m_service(service), m_resource(resource), m_path(service.http(), resource.write->update->path, keyColumns),
      m_record(pointerOf(resource.write->record)), m_cancellation(cancellation)
{ }

Error RecordLookup::fault(ErrorCode code, const QString &found) const
{
    return Error{code, {{Fact::Table, m_resource.name}}, {}}.with(Fact::Option, found);
}

Result<HttpRequest> RecordLookup::request(const RowBatch &keys, int row) const
{
    HttpRequest request;
    TRY_ASSIGN(request.url, m_path.of(keys, row));
    return request;
}

std::optional<std::string> RecordLookup::recordOf(const QByteArray &body) const
{
    std::string_view text(body.constData(), std::size_t(body.size()));
    if (text.starts_with("\xef\xbb\xbf"))
        text.remove_prefix(3);
    if (text.empty() || checkJson(text, m_service.http().limits.depth))
        return std::nullopt;
    const auto record = valueAt(text, m_record);
    if (!record || kindOf(*record) != JsonKind::Object)
        return std::nullopt;
    return std::string(*record);
}

Result<std::optional<RecordPicture>> RecordLookup::taken(Result<HttpAnswer> answer) const
{
    if (!answer && answer.error().code == ErrorCode::NoSuchTable) // of this path: the record
        return std::optional<RecordPicture>();
    if (!answer)
        return fail(std::move(answer).error().with(Fact::Table, m_resource.name));
    auto record = recordOf(answer->body);
    if (!record)
        return fail(fault(ErrorCode::RequestRefused, u"http-no-record"_s));
    RecordPicture picture{std::move(*record), answer->headers.value("etag")};
    if (picture.etag.startsWith("W/"))
        picture.etag.clear();
    return std::optional(std::move(picture));
}

Result<void> RecordLookup::read(const ReadRequest &request, const HttpService::Columns &columns, RowSelection keys,
                                RowBatch &out, RecordLedger &ledger) const
{
    struct Flight
    {
        int row;
        std::unique_ptr<PendingAnswer> answer;
        QByteArray written; // the ETag of what was just written; empty: nothing was, or nobody knows
    };
    std::deque<Flight> flights;
    const std::size_t window = 2 * std::size_t(m_service.http().inFlight);
    RowMaker rows(request, columns);
    bool someAbsent = false;
    std::string ours, theirs;
    for (std::size_t next = 0; next < keys.rows.size() || !flights.empty();) {
        while (next < keys.rows.size() && flights.size() < window) {
            const int row = keys.rows[next++];
            const RecordLedger::Id id{m_resource.name, std::string(keys.batch->key(row, ours))};
            QByteArray written;
            if (const auto stored = ledger.stored.find(id); stored != ledger.stored.end()) {
                RecordPicture picture = std::move(stored->second);
                ledger.stored.erase(stored);
                if (!picture.record.empty()) {
                    TRY(rows.append(picture.record, out));
                    ledger.pictures.insert_or_assign(id, std::move(picture));
                    continue;
                }
                written = picture.etag;
            }
            auto asked = this->request(*keys.batch, row);
            if (!asked && !asked.error().isRowFault())
                return fail(std::move(asked).error().with(Fact::Table, m_resource.name));
            if (asked) // a key that no path holds is nowhere
                flights.push_back({row, m_service.client().send(std::move(*asked)), std::move(written)});
        }
        if (flights.empty())
            break;
        const Flight flight = std::move(flights.front());
        flights.pop_front();
        TRY_ASSIGN(auto picture, taken(flight.answer->wait(m_cancellation)));
        const std::string key(keys.batch->key(flight.row, ours));
        const RecordLedger::Id id{m_resource.name, key};
        ledger.pictures.erase(id);
        if (!picture) {
            someAbsent = true;
            continue;
        }
        if (!flight.written.isEmpty() && !picture->etag.isEmpty() && picture->etag != flight.written)
            continue; // not what was written
        TRY(rows.append(picture->record, out));
        if (out.key(out.rowCount() - 1, theirs) != key)
            return fail(fault(ErrorCode::RequestRefused, u"http-other-record"_s));
        ledger.pictures.emplace(id, std::move(*picture));
    }
    if (!someAbsent || ledger.proven.contains(m_resource.name))
        return {};
    TRY(prove(request, columns));
    ledger.proven.insert(m_resource.name);
    return {};
}

// Twice: the record may go in between.
Result<void> RecordLookup::prove(const ReadRequest &request, const HttpService::Columns &columns) const
{
    RowMaker rows(request, columns);
    for (int attempt = 0; attempt < 2; ++attempt) {
        RowBatch listed(request.layout);
        PageWalker walker({m_service.client(), m_service.cache(), m_service.http(), m_resource, {}, m_cancellation});
        TRY(walker.sample(1, [&](std::string_view record) {
            return listed.isEmpty() ? rows.append(record, listed) : Result<void>();
        }));
        if (listed.isEmpty())
            return {};
        TRY_ASSIGN(HttpRequest asked, this->request(listed, 0));
        TRY_ASSIGN(const auto picture, taken(m_service.client().send(std::move(asked))->wait(m_cancellation)));
        if (picture)
            return {};
    }
    return fail(fault(ErrorCode::RequestRefused, u"http-not-found-there"_s));
}

} // namespace tidemark::http
