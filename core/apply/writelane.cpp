// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/apply/writelane.h"

#include <algorithm>

namespace tidemark {

WriteLane::WriteLane(Connector &connector, ConnectionSettings target, Cancellation &cancellation, TargetGate &gate,
                     bool keepsCheckpoints) :
    m_connector(connector), m_target(std::move(target)), m_cancellation(cancellation), m_gate(gate),
    m_keepsCheckpoints(keepsCheckpoints)
{
}

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
    }
    if (std::find(m_members.begin(), m_members.end(), &member) == m_members.end())
        m_members.push_back(&member);
    return m_session.get();
}

Result<void> WriteLane::commit()
{
    if (!m_inTransaction)
        return {};
    auto done = [&]() -> Result<void> {
        for (LaneMember *member : m_members)
            TRY(member->beforeCommit(*m_session));
        return m_session->commit();
    }();
    if (!done) {
        const Error error = done.error();
        const bool inDoubt = error.code == ErrorCode::CommitInDoubt;
        if (!inDoubt || !lookUpCommit().value_or(false)) {
            rollback();
            return fail(error);
        }
    }
    m_inTransaction = false;
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

void WriteLane::rollback()
{
    if (!m_inTransaction)
        return;
    m_inTransaction = false;
    const bool rolledBack = m_session->rollback().has_value();
    // Members let go of their writers before a session that could not roll back is closed (which rolls back at the server).
    const std::vector<LaneMember *> members = std::exchange(m_members, {});
    for (LaneMember *member : members)
        member->afterRollback();
    if (!rolledBack)
        m_session.reset();
    m_turn = {};
}

void WriteLane::close()
{
    rollback();
    m_session.reset();
}

} // namespace tidemark
