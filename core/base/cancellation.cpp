// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/cancellation.h"

#include <utility>

namespace tidemark {

Cancellation::Registration::Registration(Registration &&other) noexcept
    : m_owner(std::exchange(other.m_owner, nullptr)), m_id(other.m_id)
{ }

Cancellation::Registration &Cancellation::Registration::operator=(Registration &&other) noexcept
{
    std::swap(m_owner, other.m_owner);
    std::swap(m_id, other.m_id);
    return *this;
}

Cancellation::Registration::~Registration()
{
    if (m_owner == nullptr)
        return;
    const std::scoped_lock running(m_owner->m_callMutex);
    const std::scoped_lock lock(m_owner->m_mutex);
    m_owner->m_callbacks.erase(m_id);
}

void Cancellation::cancel()
{
    const std::scoped_lock running(m_callMutex);
    std::map<int, std::function<void()>> callbacks;
    {
        const std::scoped_lock lock(m_mutex);
        if (m_cancelled)
            return;
        m_cancelled = true;
        callbacks = m_callbacks;
    }
    m_changed.notify_all();
    for (const auto &[id, callback] : callbacks)
        callback();
}

bool Cancellation::isCancelled() const
{
    const std::scoped_lock lock(m_mutex);
    return m_cancelled;
}

void Cancellation::setPaused(bool paused)
{
    {
        const std::scoped_lock lock(m_mutex);
        m_paused = paused;
    }
    m_changed.notify_all();
}

bool Cancellation::isPaused() const
{
    const std::scoped_lock lock(m_mutex);
    return m_paused;
}

bool Cancellation::waitWhilePaused()
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_cancelled || !m_paused; });
    return m_cancelled;
}

bool Cancellation::wait(std::chrono::milliseconds time)
{
    std::unique_lock lock(m_mutex);
    return m_changed.wait_for(lock, time, [this] { return m_cancelled; });
}

Cancellation::Registration Cancellation::onCancel(std::function<void()> callback)
{
    const std::scoped_lock running(m_callMutex);
    int id = 0;
    bool cancelled = false;
    {
        const std::scoped_lock lock(m_mutex);
        id = m_nextId++;
        cancelled = m_cancelled;
        m_callbacks.emplace(id, callback);
    }
    if (cancelled)
        callback();
    return Registration(this, id);
}

} // namespace tidemark
