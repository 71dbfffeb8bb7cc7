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

void Cancellation::cancel() { end(true); }

void Cancellation::stopAfterBatch() { end(false); }

void Cancellation::end(bool cancels)
{
    const std::scoped_lock running(m_callMutex);
    std::map<int, Callback> callbacks;
    bool stopped = false;
    {
        const std::scoped_lock lock(m_mutex);
        if (m_cancelled || (m_stopping && !cancels))
            return;
        stopped = m_stopping;
        m_stopping = true;
        m_cancelled = cancels;
        callbacks = m_callbacks;
    }
    m_changed.notify_all();
    for (const auto &[id, callback] : callbacks) {
        if (callback.atStop ? !stopped : cancels)
            callback.call();
    }
}

bool Cancellation::isCancelled() const
{
    const std::scoped_lock lock(m_mutex);
    return m_cancelled;
}

bool Cancellation::isStopping() const
{
    const std::scoped_lock lock(m_mutex);
    return m_stopping;
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
    m_changed.wait(lock, [this] { return m_stopping || !m_paused; });
    return m_cancelled;
}

bool Cancellation::wait(std::chrono::milliseconds time)
{
    std::unique_lock lock(m_mutex);
    return m_changed.wait_for(lock, time, [this] { return m_stopping; });
}

Cancellation::Registration Cancellation::onCancel(std::function<void()> callback)
{
    return add({std::move(callback), false});
}

Cancellation::Registration Cancellation::onStop(std::function<void()> callback)
{
    return add({std::move(callback), true});
}

Cancellation::Registration Cancellation::add(Callback callback)
{
    const std::scoped_lock running(m_callMutex);
    int id = 0;
    bool late = false;
    {
        const std::scoped_lock lock(m_mutex);
        id = m_nextId++;
        late = callback.atStop ? m_stopping : m_cancelled;
        m_callbacks.emplace(id, callback);
    }
    if (late)
        callback.call();
    return Registration(this, id);
}

} // namespace tidemark
