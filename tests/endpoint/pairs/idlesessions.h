// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <mutex>
#include <thread>
#include <vector>

#include "core/endpoint/connector.h"

namespace tidemark {

// Sessions with servers that nobody uses just now: logging in anew costs more than all that a history asks.
class IdleSessions
{
public:
    std::unique_ptr<Session> take(Driver driver) // of the one server
    {
        const std::scoped_lock lock(m_mutex);
        m_driver = driver;
        if (m_sessions.empty() || std::this_thread::get_id() != m_home)
            return nullptr;
        auto session = std::move(m_sessions.back());
        m_sessions.pop_back();
        return session;
    }
    void give(std::unique_ptr<Session> session)
    {
        const std::scoped_lock lock(m_mutex);
        if (std::this_thread::get_id() != m_home)
            return;
        const auto unlocked =
            session->asSql()->query(m_driver == Driver::Postgres ? QStringLiteral("SELECT pg_advisory_unlock_all()")
                                                                 : QStringLiteral("SELECT RELEASE_ALL_LOCKS()"));
        if (unlocked)
            m_sessions.push_back(std::move(session));
    }

private:
    const std::thread::id m_home = std::this_thread::get_id(); // a session belongs to the thread that opened it
    std::mutex m_mutex;
    Driver m_driver = Driver::Postgres;
    std::vector<std::unique_ptr<Session>> m_sessions;
};

} // namespace tidemark
