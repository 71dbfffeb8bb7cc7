// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/execution.h"

namespace tidemark {

Result<void> Sides::open()
{
    TRY_ASSIGN(m_source, m_context.connector.open(m_context.job.source, OpenOptions{false, &m_context.cancellation}));
    TRY_ASSIGN(m_target,
               m_context.connector.open(m_context.job.target, OpenOptions{m_writes, &m_context.cancellation}));
    m_context.source = m_source->facts();
    m_context.target = m_target->facts();
    m_context.gate.oneWriter = m_context.target.oneWriter;
    if (m_writes && m_context.target.readOnly)
        return fail(Error{ErrorCode::ReadOnly, {{Fact::Connection, m_context.job.target.label()}}, {}});
    return {};
}

Result<void> Sides::lock()
{
    TRY_ASSIGN(const bool got, m_target->tryJobLock(m_context.job.id));
    if (!got)
        return fail(Error{ErrorCode::Busy, {{Fact::Job, m_context.job.name}}, {}});
    m_locked = true;
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
    // Both are made anew: cheaper than finding out, and a lock that was lost is asked for again.
    m_source.reset();
    m_target.reset();
    m_context.snapshot.clear();
    TRY(open());
    if (m_locked)
        TRY(lock());
    return shareSnapshot();
}

} // namespace tidemark
