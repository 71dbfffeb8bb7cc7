// SPDX-License-Identifier: GPL-3.0-or-later
// Rows that a target stores otherwise than it was handed them.
#include <QSet>

#include "core/run/oneway.h"
#include "core/run/rowchains.h"

namespace tidemark {

namespace {

constexpr qsizetype rowsPerWrite = 1000;

} // namespace

Result<void> OneWayPolicy::storedOtherwise(const RowBatch &source, int sourceRow, const RowBatch &target, int targetRow)
{
    m_stored += found(ConflictState::Open, source, sourceRow, chainOf(source, sourceRow), chainOf(target, targetRow));
    if (const auto known = m_known.find(m_stored.last().key.toStdString()); known != m_known.end()) {
        known->second.met = true;
        known->second.writing = false; // it does not end with what was written: it rests
    }
    return m_stored.size() < rowsPerWrite ? Result<void>() : rememberStored();
}

Result<void> OneWayPolicy::rememberStored()
{
    if (m_stored.isEmpty())
        return {};
    QSet<QByteArray> keys;
    for (const Conflict &stored : m_stored)
        keys.insert(stored.key);
    TRY(saveLayout());
    TRY(m_context.journal.meetConflicts(m_context.job.id, std::exchange(m_stored, {})));
    QList<ConflictReply> replies;
    ConflictFilter filter;
    filter.table = m_pair.checkpointKey.table;
    filter.states = {ConflictState::Open};
    for (;;) {
        TRY_ASSIGN(const QList<Conflict> page, m_context.journal.conflicts(m_context.job.id, filter));
        if (page.isEmpty())
            break;
        filter.afterId = page.last().id;
        for (const Conflict &conflict : page) {
            if (keys.contains(conflict.key))
                replies += {conflict.id, ConflictAnswer::Skip, {}, {}};
        }
    }
    const QString nobody;
    TRY(m_context.journal.answerConflicts(m_context.job.id, replies, nobody, m_context.clock.nowUs()));
    return {};
}

} // namespace tidemark
