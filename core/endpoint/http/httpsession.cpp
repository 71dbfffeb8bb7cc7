// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/http/httpsession.h"

#include <algorithm>

#include <QCryptographicHash>
#include <QDateTime>

#include "core/endpoint/http/pagewalker.h"
#include "core/endpoint/http/recordreader.h"
#include "core/endpoint/http/recordwriter.h"

namespace tidemark::http {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 usPerMs = 1000;

TableSchema schemaOf(const HttpResource &resource, const HttpService::Columns &columns)
{
    TableSchema schema;
    schema.name.name = resource.name;
    schema.primaryKey = resource.key;
    for (const RecordColumn &known : columns.columns) {
        Column column;
        column.name = known.name;
        column.type = known.type;
        column.nullable = !resource.key.contains(known.name);
        schema.columns.append(column);
    }
    // Asked for by that column, the service sends what is new alone: as good as an index.
    if (resource.since)
        schema.indexes.append(Index{resource.since->param, {resource.since->field}});
    return schema;
}

bool isOfOneResource(const Error &error)
{
    return error.code == ErrorCode::NoSuchTable || error.code == ErrorCode::PageUnusable
        || error.code == ErrorCode::NoRights || error.code == ErrorCode::RequestRefused
        || error.code == ErrorCode::AnswerTooLarge;
}

} // namespace

HttpSession::HttpSession(std::shared_ptr<HttpService> service, const OpenOptions &options)
    : m_service(std::move(service)), m_cancellation(options.cancellation),
      m_writable(options.writable && !m_service->settings().readOnly)
{
    m_facts.readOnly = m_service->settings().readOnly;
    m_facts.transactionalDdl = m_facts.transactional = false;
    m_facts.holdsLock = false;
    m_facts.identity = u"http "_s + m_service->http().url;
}

const ServerFacts &HttpSession::facts() const
{
    const ServiceState state = m_service->client().state();
    m_facts.product = state.product.isEmpty() ? u"HTTP"_s : state.product;
    m_facts.tls = state.tls;
    return m_facts;
}

Error HttpSession::refusal() const
{
    return Error{ErrorCode::NotAvailable, {{Fact::Connection, m_service->settings().label()}}, {}}.with(Fact::Option,
                                                                                                        u"http-flag"_s);
}

Result<const HttpResource *> HttpSession::resource(const TableName &name) const
{
    const HttpResource *found = name.schema.isEmpty() ? m_service->http().resource(name.name) : nullptr;
    if (found != nullptr)
        return found;
    return fail(Error{ErrorCode::NoSuchTable, {{Fact::Table, name.display()}}, {}}.with(Fact::Connection,
                                                                                        m_service->settings().label()));
}

Result<qint64> HttpSession::probe()
{
    qint64 answered = 0;
    std::optional<Error> first;
    for (const HttpResource &resource : m_service->http().resources) {
        PageWalker walker({m_service->client(), m_service->cache(), m_service->http(), resource, {}, m_cancellation});
        auto looked = placed(walker.sample(1, [](std::string_view) { return Result<void>(); }));
        if (looked) {
            ++answered;
            continue;
        }
        if (!isOfOneResource(looked.error()))
            return fail(std::move(looked).error());
        if (!first)
            first = std::move(looked).error();
    }
    return answered == 0 && first ? Result<qint64>(fail(*first)) : Result<qint64>(answered);
}

Result<QList<TableName>> HttpSession::tables()
{
    QList<TableName> names;
    for (const HttpResource &resource : m_service->http().resources)
        names.append(TableName{{}, resource.name});
    return names;
}

Result<TableSchema> HttpSession::describe(const TableName &name)
{
    TRY_ASSIGN(const HttpResource *const from, resource(name));
    TRY_ASSIGN(const auto columns, placed(m_service->learnColumns(*from, m_cancellation)));
    TableSchema schema = schemaOf(*from, *columns);
    QStringList needed = from->key;
    if (from->since)
        needed.append(from->since->field);
    for (const QString &column : needed) {
        if (schema.columnIndex(column) < 0)
            return fail(Error{ErrorCode::NoSuchColumn, {{Fact::Table, name.display()}}, {}}
                            .with(Fact::Column, column)
                            .with(Fact::Connection, m_service->settings().label()));
    }
    return schema;
}

// Inferred columns are as good as the records that they were learned from: it is told while reading where those are no
// longer true.
Result<QByteArray> HttpSession::schemaToken(const TableName &name)
{
    TRY_ASSIGN(const HttpResource *const from, resource(name));
    TRY_ASSIGN(const auto columns, placed(m_service->columns(*from, m_cancellation)));
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const RecordColumn &column : columns->columns)
        hash.addData(QString(column.name + u'\n' + column.type.native + u'\n').toUtf8());
    hash.addData(from->key.join(u'\n').toUtf8());
    return hash.result();
}

Result<qint64> HttpSession::estimateRows(const TableName &name)
{
    TRY(resource(name));
    return m_service->estimate(name.name);
}

Result<void> HttpSession::beginRead(const QByteArray &snapshot)
{
    m_snapshot = snapshot.isEmpty() ? std::make_shared<RecordSnapshot>() : m_service->snapshot(snapshot);
    if (!m_snapshot)
        return placed(Result<void>(fail(ErrorCode::ConnectionLost, u"what was read together is gone"_s)));
    return {};
}

Result<QByteArray> HttpSession::exportSnapshot() { return m_snapshot ? m_service->publish(m_snapshot) : QByteArray(); }

Result<void> HttpSession::commit()
{
    m_snapshot.reset();
    m_writing = false;
    m_ledger.clear();
    return {};
}

Result<void> HttpSession::rollback() { return commit(); }

Result<std::shared_ptr<const RecordSpool>> HttpSession::records(const HttpResource &resource, const QString &since)
{
    const auto snapshot = m_snapshot ? m_snapshot : std::make_shared<RecordSnapshot>();
    // All that there is serves who wants but what is new.
    if (!since.isEmpty()) {
        if (auto all = snapshot->find(resource.name))
            return all;
    }
    const QString of = since.isEmpty() ? resource.name : QString(resource.name + u'\n' + since);
    return snapshot->records(of, m_cancellation, [&] { return m_service->readAll(resource, since, m_cancellation); });
}

Result<std::unique_ptr<RecordReader>> HttpSession::open(const ReadRequest &request, bool wantsCursor)
{
    if (!request.flagColumn.isEmpty())
        return fail(refusal());
    TRY_ASSIGN(const HttpResource *const from, resource(request.table->name));
    if (!request.where.isEmpty())
        TRY(validateWhere(request.table->name, request.where));
    QString since;
    const bool knowsSince = from->since && wantsCursor && request.cursorFrom && request.cursorCell >= 0;
    if (knowsSince && request.columns[request.cursorCell] == from->since->field)
        since = QString::fromUtf8(*request.cursorFrom);
    TRY_ASSIGN(const auto columns, m_service->columns(*from, m_cancellation));
    TRY_ASSIGN(auto spool, records(*from, since));
    return RecordReader::open(std::move(spool), columns, request, m_cancellation);
}

Result<std::unique_ptr<RowReader>> HttpSession::read(const ReadRequest &request)
{
    const bool byCursor =
        request.order == ReadRequest::Order::Cursor || request.order == ReadRequest::Order::CursorDescending;
    TRY_ASSIGN(auto reader, placed(open(request, byCursor)));
    return std::unique_ptr<RowReader>(std::move(reader));
}

Result<void> HttpSession::readKeys(const ReadRequest &request, RowSelection keys, bool lock, RowBatch &out)
{
    if ((m_writing && lock) || readsSingly(request, keys))
        return placed(readRecords(request, keys, out));
    ReadRequest all = request;
    all.order = ReadRequest::Order::None;
    all.cursorFrom.reset();
    all.flagColumn.clear();
    out.reset(request.layout);
    if (keys.rows.empty())
        return {};
    TRY_ASSIGN(const auto reader, placed(open(all, false)));
    return placed(reader->pick(keys, out));
}

// The service's clock, as its answers tell it: to the second, rounded down. Without one nothing is known to be past,
// and no cursor becomes a watermark.
Result<CommitBound> HttpSession::commitBound()
{
    auto ahead = m_service->client().state().clockAheadUs;
    if (!ahead && !m_service->http().resources.isEmpty()) {
        TRY(probe());
        ahead = m_service->client().state().clockAheadUs;
    }
    CommitBound bound;
    if (ahead)
        bound.boundUs = bound.serverNowUs = QDateTime::currentMSecsSinceEpoch() * usPerMs + *ahead;
    return bound;
}

Result<ChangeLogState> HttpSession::changeLogState(const ChangeLog &)
{
    return fail(Error{ErrorCode::NotAvailable, {{Fact::Connection, m_service->settings().label()}}, {}}.with(
        Fact::Option, u"\"by\": \"log\""_s));
}

Result<void> HttpSession::validateWhere(const TableName &table, const QString &)
{
    return fail(Error{ErrorCode::NotAvailable, {{Fact::Table, table.display()}}, {}}
                    .with(Fact::Connection, m_service->settings().label())
                    .with(Fact::Option, u"http-where"_s));
}

} // namespace tidemark::http
