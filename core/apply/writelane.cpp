// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/apply/writelane.h"

#include <algorithm>

namespace tidemark {

Result<void> TargetGate::checkLock()
{
    const std::scoped_lock lock(m_lockMutex);
    const bool stands = m_lockHolder != nullptr ? m_lockHolder->isAlive() : !m_wasLocked;
    return stands ? Result<void>() : fail(ErrorCode::LockLost);
}

void TargetGate::watchLock(Session *holder)
{
    const std::scoped_lock lock(m_lockMutex);
    m_lockHolder = holder;
    m_wasLocked = m_wasLocked || holder != nullptr;
}

WriteLane::WriteLane(Connector &connector, ConnectionSettings target, Cancellation &cancellation, TargetGate &gate,
                     bool keepsCheckpoints)
    : m_connector(connector), m_target(std::move(target)), m_cancellation(cancellation), m_gate(gate),
      m_keepsCheckpoints(keepsCheckpoints)
{ }

WriteLane::~WriteLane() { close(); }

Result<Session *> WriteLane::session()
{
    if (!m_session) {
        TRY_ASSIGN(m_session, m_connector.open(m_target, OpenOptions{true, &m_cancellation}));
    }
    return m_session.get();
}

Result<void> WriteLane::ensureCheckpointTable()
{
    const std::scoped_lock lock(m_gate.checkpointTable);
    if (!m_keepsCheckpoints || m_gate.checkpointTableStands)
        return {};
    TRY_ASSIGN(const bool stands, m_session->hasCheckpointTable());
    if (!stands)
        TRY(m_session->createCheckpointTable());
    m_gate.checkpointTableStands = true;
    return {};
}

Result<Session *> WriteLane::begin(LaneMember &member)
{
    TRY(m_gate.checkLock());
    if (!m_inTransaction) {
        TRY(session());
        if (m_gate.oneWriter)
            m_turn = std::unique_lock(m_gate.writing);
        auto begun = ensureCheckpointTable();
        if (begun)
            begun = m_session->beginWrite();
        if (!begun) {
            m_turn = {};
            return fail(std::move(begun).error());
        }
        m_inTransaction = true;
        if (!m_ownJob.isEmpty())
            TRY(m_session->markOwnWrites(m_ownJob));
    }
    if (std::find(m_members.begin(), m_members.end(), &member) == m_members.end())
        m_members.push_back(&member);
    if (std::find(m_everyone.begin(), m_everyone.end(), &member) == m_everyone.end())
        m_everyone.push_back(&member);
    return m_session.get();
}

Result<void> WriteLane::prepare()
{
    if (!m_inTransaction || m_prepared)
        return {};
    for (LaneMember *member : m_members)
        TRY(member->beforeCommit(*m_session));
    m_prepared = true;
    return {};
}

Result<void> WriteLane::commit()
{
    if (!m_inTransaction)
        return {};
    auto done = [&]() -> Result<void> {
        TRY(prepare());
        TRY(m_gate.checkLock());
        return m_session->commit();
    }();
    if (!done) {
        const Error error = done.error();
        const bool inDoubt = error.code == ErrorCode::CommitInDoubt;
        if (!inDoubt || !lookUpCommit().value_or(false)) {
            rollback(error);
            return fail(error);
        }
        endSession();
    }
    m_inTransaction = m_prepared = false;
    m_turn = {};
    const std::vector<LaneMember *> members = std::exchange(m_members, {});
    for (LaneMember *member : members)
        member->afterCommit();
    return {};
}

// The answer to COMMIT was lost: the checkpoint row, read under lock on a new connection, tells.
Result<bool> WriteLane::lookUpCommit()
{
    TRY_ASSIGN(const std::unique_ptr<Session> fresh, m_connector.open(m_target, OpenOptions{true, &m_cancellation}));
    TRY(fresh->beginWrite());
    bool committed = m_keepsCheckpoints && !m_members.empty();
    for (LaneMember *member : m_members) {
        TRY_ASSIGN(const bool found, member->isCommitted(*fresh));
        committed = committed && found;
    }
    TRY(fresh->rollback());
    return committed;
}

void WriteLane::endSession()
{
    for (LaneMember *member : m_everyone)
        member->sessionEnds();
    m_everyone.clear();
    m_session.reset();
}

void WriteLane::rollback(const Error &reason)
{
    if (!m_inTransaction) {
        if (reason.endsSession())
            endSession();
        return;
    }
    // Nothing is taken back where each row stands by itself: what was written is told as such.
    const bool stands = !m_session->facts().transactional && prepare();
    m_inTransaction = m_prepared = false;
    const std::vector<LaneMember *> members = std::exchange(m_members, {});
    for (LaneMember *member : members)
        member->sessionEnds();
    // A connection that died, or cannot roll back, is closed: then the server rolls back.
    if (reason.endsSession() || !m_session->rollback())
        endSession();
    for (LaneMember *member : members)
        stands ? member->afterCommit() : member->afterRollback();
    m_turn = {};
}

void WriteLane::close()
{
    rollback(Error{ErrorCode::ConnectionLost, {}, {}});
    endSession();
}

} // namespace tidemark
