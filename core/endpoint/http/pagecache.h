// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <list>
#include <mutex>
#include <optional>

#include <QByteArray>
#include <QHash>

namespace tidemark::http {

// Answers that a service may call unchanged (304): by URL, the latest used within a bound of bytes. Thread-safe.
class PageCache
{
public:
    struct Page
    {
        QByteArray body;
        QByteArray etag;
        QByteArray lastModified;
        QByteArray total; // the header that counts the records
    };

    explicit PageCache(qint64 maxBytes) : m_maxBytes(maxBytes) { }
    std::optional<Page> find(const QByteArray &url);
    void keep(const QByteArray &url, Page page);
    void clear();

private:
    using Order = std::list<QByteArray>; // the latest used first
    struct Entry
    {
        Page page;
        Order::iterator place;
    };
    void drop(const QByteArray &url);

    std::mutex m_mutex;
    QHash<QByteArray, Entry> m_pages;
    Order m_order;
    qint64 m_maxBytes;
    qint64 m_bytes = 0;
};

} // namespace tidemark::http
