// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/http/pagecache.h"

namespace tidemark::http {

std::optional<PageCache::Page> PageCache::find(const QByteArray &url)
{
    const std::scoped_lock lock(m_mutex);
    const auto found = m_pages.find(url);
    if (found == m_pages.end()) {
        auto page = m_folder ? m_folder->find(url) : std::nullopt;
        if (page)
            remember(url, *page);
        return page;
    }
    m_order.splice(m_order.begin(), m_order, found->place);
    return found->page;
}

void PageCache::keepIn(PageFolder folder)
{
    const std::scoped_lock lock(m_mutex);
    m_folder = std::move(folder);
}

void PageCache::keep(const QByteArray &url, Page page, bool lasts)
{
    const std::scoped_lock lock(m_mutex);
    if (m_folder && lasts)
        m_folder->keep(url, page);
    remember(url, std::move(page));
}

void PageCache::remember(const QByteArray &url, Page page)
{
    drop(url);
    if (page.body.size() > m_maxBytes)
        return;
    m_bytes += page.body.size();
    m_order.push_front(url);
    m_pages.insert(url, Entry{std::move(page), m_order.begin()});
    while (m_bytes > m_maxBytes)
        drop(QByteArray(m_order.back()));
}

void PageCache::clear()
{
    const std::scoped_lock lock(m_mutex);
    m_pages.clear();
    m_order.clear();
    m_bytes = 0;
    if (m_folder)
        m_folder->clear();
}

void PageCache::drop(const QByteArray &url)
{
    const auto found = m_pages.find(url);
    if (found == m_pages.end())
        return;
    m_bytes -= found->page.body.size();
    m_order.erase(found->place);
    m_pages.erase(found);
}

} // namespace tidemark::http
