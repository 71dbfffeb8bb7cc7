// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>

#include "core/reconcile/twoway.h"
#include "tests/endpoint/pairs/cutsession.h"

namespace tidemark {

// The real connector of a pair, whose sessions can be cut.
class CutConnector final : public Connector
{
public:
    explicit CutConnector(const ConnectionSettings &source) : m_source(source)
    {
        for (SessionFaults &faults : m_faults)
            faults.dead = &m_dead;
    }
    Result<std::unique_ptr<Session>> open(const ConnectionSettings &settings, const OpenOptions &options) override
    {
        if (m_dead)
            return fail(ErrorCode::Unreachable);
        const bool atSource = settings.database == m_source.database && settings.schema == m_source.schema
            && settings.driver == m_source.driver;
        const JobSide side = atSource ? JobSide::Source : JobSide::Target;
        IdleSessions *const idle =
            settings.driver == Driver::Sqlite ? nullptr : &m_idle[std::size_t(side)][options.writable ? 1 : 0];
        std::unique_ptr<Session> session = idle != nullptr ? idle->take(settings.driver) : nullptr;
        if (!session) {
            OpenOptions own = options;
            if (idle != nullptr)
                own.cancellation = nullptr; // which it would outlive
            TRY_ASSIGN(session, m_real.open(settings, own));
        }
        return std::unique_ptr<Session>(new CutSession(std::move(session), of(side), idle));
    }
    SessionFaults &of(JobSide side) { return m_faults[std::size_t(side)]; }

private:
    const ConnectionSettings &m_source;
    SqlConnector m_real;
    std::atomic<bool> m_dead = false;
    std::array<SessionFaults, 2> m_faults;
    std::array<std::array<IdleSessions, 2>, 2> m_idle; // by side, and by whether they may write
};

} // namespace tidemark
