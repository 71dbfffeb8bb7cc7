// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <memory>
#include <mutex>

#include "core/endpoint/http/httpclient.h"
#include "core/endpoint/http/pagecache.h"
#include "core/endpoint/http/recordrow.h"
#include "core/endpoint/http/recordspool.h"

namespace tidemark::http {

// Records of one service as they were read once: whoever reads in a snapshot sees the same of them, and no resource is
// asked for twice. Thread-safe.
class RecordSnapshot
{
public:
    using Read = std::function<Result<std::shared_ptr<const RecordSpool>>()>;
    // of: resource and since. Read by the first who asks; others wait. Cancelled.
    Result<std::shared_ptr<const RecordSpool>> records(const QString &of, Cancellation *cancellation, const Read &read);
    std::shared_ptr<const RecordSpool> find(const QString &of); // null: not read, or being read

private:
    struct Entry
    {
        std::timed_mutex reading;
        std::shared_ptr<const RecordSpool> spool;
    };
    std::shared_ptr<Entry> entry(const QString &of);

    std::mutex m_mutex;
    std::map<QString, std::shared_ptr<Entry>> m_entries;
};

// What the sessions of one connection share. Thread-safe.
class HttpService
{
public:
    static Result<std::shared_ptr<HttpService>> create(const ConnectionSettings &settings);

    const ConnectionSettings &settings() const { return m_settings; }
    const HttpSettings &http() const { return *m_settings.http; }
    HttpClient &client() { return *m_client; }
    PageCache &cache() { return m_cache; }

    // The columns that its settings or its first records tell of a resource; asked anew each time where inferred.
    struct Columns
    {
        std::vector<RecordColumn> columns;
        bool inferred = false;
    };
    Result<std::shared_ptr<const Columns>> learnColumns(const HttpResource &resource, Cancellation *cancellation);
    // As learned last.
    Result<std::shared_ptr<const Columns>> columns(const HttpResource &resource, Cancellation *cancellation);

    Result<std::shared_ptr<const RecordSpool>> readAll(const HttpResource &resource, const QString &since,
                                                       Cancellation *cancellation);
    qint64 estimate(const QString &resource); // records when it was read last; −1: never

    QByteArray publish(const std::shared_ptr<RecordSnapshot> &snapshot);
    std::shared_ptr<RecordSnapshot> snapshot(const QByteArray &name); // null: gone

private:
    explicit HttpService(const ConnectionSettings &settings) : m_settings(settings), m_cache(cacheBytes) { }
    static constexpr qint64 cacheBytes = 64 << 20;

    const ConnectionSettings m_settings;
    std::unique_ptr<HttpClient> m_client;
    PageCache m_cache;
    std::mutex m_mutex;
    std::map<QString, std::shared_ptr<const Columns>> m_columns;
    std::map<QString, qint64> m_estimates;
    std::map<QByteArray, std::weak_ptr<RecordSnapshot>> m_snapshots;
    quint64 m_nextSnapshot = 1;
};

} // namespace tidemark::http
