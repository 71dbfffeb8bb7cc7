// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/execution.h"

namespace tidemark {

Result<void> Sides::open()
{
    TRY(openSource());
    return openTarget();
}

Result<void> Sides::openSource()
{
    TRY_ASSIGN(m_source, m_context.connector.open(m_context.job.source, OpenOptions{false, &m_context.cancellation}));
    m_context.source = m_source->facts();
    return {};
}

Result<void> Sides::openTarget()
{
    closeTarget();
    TRY_ASSIGN(m_target,
               m_context.connector.open(m_context.job.target, OpenOptions{m_writes, &m_context.cancellation}));
    m_context.target = m_target->facts();
    m_context.gate.oneWriter = m_context.target.oneWriter;
    if (m_writes && m_context.target.readOnly)
        return fail(Error{ErrorCode::ReadOnly, {{Fact::Connection, m_context.job.target.label()}}, {}});
    return {};
}

void Sides::closeTarget()
{
    m_context.gate.watchLock(nullptr);
    m_holdsLock = false;
    m_target.reset();
}

Result<void> Sides::lock()
{
    TRY_ASSIGN(const bool got, m_target->tryJobLock(m_context.job.id));
    if (!got)
        return fail(Error{ErrorCode::Busy, {{Fact::Job, m_context.job.name}}, {}});
    m_wantsLock = m_holdsLock = true;
    m_context.gate.watchLock(m_target.get());
    return {};
}

Result<void> Sides::shareSnapshot()
{
    TRY_ASSIGN(m_context.bound, m_source->commitBound());
    TRY(m_source->beginRead());
    TRY_ASSIGN(m_context.snapshot, m_source->exportSnapshot());
    if (m_context.snapshot.isEmpty())
        TRY(m_source->rollback());
    return {};
}

void Sides::endSnapshot()
{
    if (!m_context.snapshot.isEmpty())
        (void)m_source->rollback();
    m_context.snapshot.clear();
}

Result<void> Sides::ensureAlive()
{
    m_context.snapshot.clear();
    m_source.reset();
    TRY(openSource());
    // A lock that stands is kept: let go of for a moment, it would let another run in.
    if (!m_holdsLock || !m_context.gate.checkLock()) {
        m_lostLock = m_wantsLock;
        TRY(openTarget());
        if (m_wantsLock)
            TRY(lock());
    }
    return shareSnapshot();
}

} // namespace tidemark
