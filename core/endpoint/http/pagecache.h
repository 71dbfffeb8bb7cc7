// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <list>
#include <mutex>
#include <optional>

#include <QByteArray>
#include <QHash>

#include "core/endpoint/http/pagefolder.h"

namespace tidemark::http {

// Answers that a service may call unchanged (304): by URL, the latest used within a bound of bytes. Thread-safe.
class PageCache
{
public:
    using Page = KeptPage;

    explicit PageCache(qint64 maxBytes) : m_maxBytes(maxBytes) { }
    std::optional<Page> find(const QByteArray &url);
    // lasts: as long as the folder, where there is one.
    void keep(const QByteArray &url, Page page, bool lasts = true);
    void keepIn(PageFolder folder); // also those of earlier processes are found from now on
    void clear();

private:
    using Order = std::list<QByteArray>; // the latest used first
    struct Entry
    {
        Page page;
        Order::iterator place;
    };
    void drop(const QByteArray &url);
    void remember(const QByteArray &url, Page page);

    std::mutex m_mutex;
    std::optional<PageFolder> m_folder;
    QHash<QByteArray, Entry> m_pages;
    Order m_order;
    qint64 m_maxBytes;
    qint64 m_bytes = 0;
};

} // namespace tidemark::http
