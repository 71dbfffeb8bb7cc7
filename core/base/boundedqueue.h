// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>

#include "core/base/result.h"

namespace tidemark {

// A queue between two stages, bounded by bytes. Thread-safe; std primitives, so that TSan sees it.
// The producer ends it with close() or fail(error); the consumer with abandon(), after which push() refuses.
// An item larger than the bound passes alone. Items queued before fail() are dropped: an error is not an end of data.
template <typename T> class BoundedQueue
{
public:
    explicit BoundedQueue(qint64 maxBytes) : m_maxBytes(maxBytes) { }

    bool push(T item, qint64 bytes) // false: abandoned or closed, stop producing
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [&] { return m_ended || m_items.empty() || m_bytes + bytes <= m_maxBytes; });
        if (m_ended)
            return false;
        m_bytes += bytes;
        m_items.push_back({std::move(item), bytes});
        lock.unlock();
        m_changed.notify_all();
        return true;
    }

    Result<std::optional<T>> pop() // nothing: the end, proven by close()
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [&] { return m_ended || !m_items.empty(); });
        if (m_error)
            return tidemark::fail(*m_error);
        if (m_items.empty())
            return std::optional<T>();
        Entry entry = std::move(m_items.front());
        m_items.pop_front();
        m_bytes -= entry.bytes;
        lock.unlock();
        m_changed.notify_all();
        return std::optional<T>(std::move(entry.item));
    }

    void close() { end(std::nullopt, false); }
    void fail(Error error) { end(std::move(error), true); }
    void abandon() { end(Error{ErrorCode::Cancelled, {}, {}}, true); }

private:
    struct Entry
    {
        T item;
        qint64 bytes;
    };

    void end(std::optional<Error> error, bool drop)
    {
        {
            const std::scoped_lock lock(m_mutex);
            if (m_ended && !drop)
                return;
            m_ended = true;
            if (error && !m_error)
                m_error = std::move(error);
            if (drop)
                m_items.clear();
        }
        m_changed.notify_all();
    }

    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<Entry> m_items;
    std::optional<Error> m_error;
    qint64 m_maxBytes;
    qint64 m_bytes = 0;
    bool m_ended = false;
};

} // namespace tidemark
