// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/http/httpservice.h"

#include <chrono>

#include "core/endpoint/http/inference.h"
#include "core/endpoint/http/pagewalker.h"

namespace tidemark::http {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::milliseconds glance(20); // at a cancellation, while another session reads

std::shared_ptr<const HttpService::Columns> explicitColumns(const HttpResource &resource)
{
    auto result = std::make_shared<HttpService::Columns>();
    for (const HttpColumn &column : *resource.columns) {
        RecordColumn known;
        known.name = column.name;
        known.type = *httpColumnType(column.type); // checked where the settings were read
        known.from = column.from.isEmpty() ? JsonPointer{column.name.toStdString()} : pointerOf(column.from);
        result->columns.push_back(std::move(known));
    }
    return result;
}

} // namespace

std::shared_ptr<RecordSnapshot::Entry> RecordSnapshot::entry(const QString &of)
{
    const std::scoped_lock lock(m_mutex);
    std::shared_ptr<Entry> &entry = m_entries[of];
    if (!entry)
        entry = std::make_shared<Entry>();
    return entry;
}

Result<std::shared_ptr<const RecordSpool>> RecordSnapshot::records(const QString &of, Cancellation *cancellation,
                                                                   const Read &read)
{
    const std::shared_ptr<Entry> shared = entry(of);
    std::unique_lock lock(shared->reading, std::defer_lock);
    while (!lock.try_lock_for(glance)) {
        if (cancellation != nullptr && cancellation->isCancelled())
            return fail(ErrorCode::Cancelled);
    }
    if (!shared->spool) {
        TRY_ASSIGN(shared->spool, read());
    }
    return shared->spool;
}

std::shared_ptr<const RecordSpool> RecordSnapshot::find(const QString &of)
{
    const std::shared_ptr<Entry> shared = entry(of);
    const std::unique_lock lock(shared->reading, std::try_to_lock);
    return lock.owns_lock() ? shared->spool : nullptr;
}

Result<std::shared_ptr<HttpService>> HttpService::create(const ConnectionSettings &settings)
{
    std::shared_ptr<HttpService> service(new HttpService(settings));
    TRY_ASSIGN(service->m_client, HttpClient::create(settings));
    return service;
}

Result<std::shared_ptr<const HttpService::Columns>> HttpService::learnColumns(const HttpResource &resource,
                                                                              Cancellation *cancellation)
{
    if (resource.columns)
        return explicitColumns(resource);
    Inference inference(resource.name);
    PageWalker walker({*m_client, m_cache, http(), resource, {}, cancellation});
    TRY(walker.sample(recordsToInferFrom, [&inference](std::string_view record) { return inference.take(record); }));
    auto learned = std::make_shared<Columns>();
    learned->columns = inference.columns();
    learned->inferred = true;
    if (learned->columns.empty())
        return fail(
            Error{ErrorCode::NoSuchColumn, {{Fact::Table, resource.name}}, u"no record to infer columns from"_s});
    const std::scoped_lock lock(m_mutex);
    m_columns[resource.name] = learned;
    return learned;
}

Result<std::shared_ptr<const HttpService::Columns>> HttpService::columns(const HttpResource &resource,
                                                                         Cancellation *cancellation)
{
    {
        const std::scoped_lock lock(m_mutex);
        if (const auto known = m_columns.find(resource.name); known != m_columns.end())
            return known->second;
    }
    return learnColumns(resource, cancellation);
}

Result<std::shared_ptr<const RecordSpool>> HttpService::readAll(const HttpResource &resource, const QString &since,
                                                                Cancellation *cancellation)
{
    auto spool = std::make_shared<RecordSpool>();
    PageWalker walker({*m_client, m_cache, http(), resource, since, cancellation});
    TRY(walker.walk([&spool](std::string_view record) { return spool->append(record); }));
    TRY(spool->finish());
    if (since.isEmpty()) {
        const std::scoped_lock lock(m_mutex);
        m_estimates[resource.name] = spool->count();
    }
    return spool;
}

qint64 HttpService::estimate(const QString &resource)
{
    const std::scoped_lock lock(m_mutex);
    const auto known = m_estimates.find(resource);
    return known == m_estimates.end() ? -1 : known->second;
}

QByteArray HttpService::publish(const std::shared_ptr<RecordSnapshot> &snapshot)
{
    const std::scoped_lock lock(m_mutex);
    std::erase_if(m_snapshots, [](const auto &known) { return known.second.expired(); });
    const QByteArray name = "http-" + QByteArray::number(m_nextSnapshot++);
    m_snapshots[name] = snapshot;
    return name;
}

std::shared_ptr<RecordSnapshot> HttpService::snapshot(const QByteArray &name)
{
    const std::scoped_lock lock(m_mutex);
    const auto known = m_snapshots.find(name);
    return known == m_snapshots.end() ? nullptr : known->second.lock();
}

} // namespace tidemark::http
