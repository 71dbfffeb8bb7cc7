// SPDX-License-Identifier: GPL-3.0-or-later
// A web service as the side that is written.
#include "core/endpoint/http/httpsession.h"
#include "core/endpoint/http/recordwriter.h"

namespace tidemark::http {

using namespace Qt::StringLiterals;

Error HttpSession::refusal(const TableName &name, const QString &option) const
{
    return Error{ErrorCode::NotAvailable, {{Fact::Table, name.display()}}, {}}
        .with(Fact::Connection, m_service->settings().label())
        .with(Fact::Option, option);
}

Result<void> HttpSession::offers(const TableName &name, const WriteNeeds &needs)
{
    TRY_ASSIGN(const HttpResource *const to, resource(name));
    const HttpWrite write = to->write.value_or(HttpWrite());
    if (needs.inserts && !write.insert)
        return fail(refusal(name, u"http-insert"_s));
    if (needs.updates && !write.update)
        return fail(refusal(name, u"http-update"_s));
    if (needs.deletes && !write.remove)
        return fail(refusal(name, u"http-delete"_s));
    TRY_ASSIGN(const auto columns, placed(m_service->columns(*to, m_cancellation)));
    for (const RecordColumn &column : columns->columns) {
        if (to->key.contains(column.name) && !fitsPath(column.type.kind))
            return fail(refusal(name, u"http-key"_s).with(Fact::Column, column.name));
    }
    return {};
}

Result<TableSchema> HttpSession::planTable(const TableSchema &, const TableName &name)
{
    return fail(refusal(name, u"http-create"_s));
}

Result<void> HttpSession::beginWrite()
{
    if (!m_writable)
        return fail(Error{ErrorCode::ReadOnly, {{Fact::Connection, m_service->settings().label()}}, {}});
    m_writing = true;
    m_ledger.clear();
    return {};
}

bool HttpSession::readsSingly(const ReadRequest &request, RowSelection keys) const
{
    constexpr std::size_t few = 100;
    const auto from = resource(request.table->name);
    return !m_snapshot && !m_writing && !request.marks && keys.rows.size() <= few && from && (*from)->write
        && (*from)->write->update;
}

// Record by record, where each is written: what is seen here is what a write rests on.
Result<void> HttpSession::readRecords(const ReadRequest &request, RowSelection keys, RowBatch &out)
{
    TRY_ASSIGN(const HttpResource *const from, resource(request.table->name));
    TRY(offers(request.table->name, {.updates = true}));
    out.reset(request.layout);
    TRY_ASSIGN(const auto columns, m_service->columns(*from, m_cancellation));
    const RecordLookup lookup(*m_service, *from, request.columns.mid(0, request.layout->keyCount), m_cancellation);
    TRY(lookup.read(request, *columns, keys, out, m_ledger));
    if (!m_writing)
        m_ledger.clear();
    return {};
}

Result<std::unique_ptr<RowWriter>> HttpSession::writer(const WriteRequest &request)
{
    TRY_ASSIGN(const HttpResource *const to, resource(request.table->name));
    TRY(offers(request.table->name, {.updates = true}));
    TRY_ASSIGN(auto columns, placed(m_service->columns(*to, m_cancellation)));
    TRY_ASSIGN(auto writer,
               placed(RecordWriter::open({*m_service, *to, std::move(columns), request, m_ledger, m_cancellation})));
    return std::unique_ptr<RowWriter>(std::move(writer));
}

} // namespace tidemark::http
