// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/twowayconflicts.h"

#include <algorithm>

#include "core/data/orderedkey.h"
#include "core/detect/compare.h"
#include "core/run/planner.h"
#include "core/run/rowchains.h"
#include "core/run/twowayrules.h"

namespace tidemark {

namespace {

constexpr qsizetype conflictsPerWrite = 1000;
constexpr qint64 answersPerPage = 5000;

QByteArray bytesOf(const std::string &key) { return {key.data(), qsizetype(key.size())}; }

} // namespace

Result<void> TwoWayConflicts::openPeculiar()
{
    const auto isPeculiar = [](ConflictKind kind) {
        return kind == ConflictKind::GuardFailed || kind == ConflictKind::Constraint || kind == ConflictKind::InDoubt;
    };
    const QString &table = m_pair.checkpointKey.table;
    TRY_ASSIGN(const QList<ConflictCount> counts, m_context.journal.conflictCounts(m_context.job.id));
    const bool any = std::any_of(counts.begin(), counts.end(), [&](const ConflictCount &count) {
        return count.table == table && isPeculiar(count.kind) && count.count > 0;
    });
    ConflictFilter filter;
    filter.table = table;
    filter.states = {ConflictState::Open};
    filter.limit = answersPerPage;
    while (any) {
        TRY_ASSIGN(const QList<Conflict> page, m_context.journal.conflicts(m_context.job.id, filter));
        if (page.isEmpty())
            break;
        filter.afterId = page.last().id;
        for (const Conflict &conflict : page) {
            if (isPeculiar(conflict.kind))
                m_peculiar.emplace(conflict.key, Peculiar{conflict.kind, picturesPrint(conflict), conflict.refusal});
        }
    }
    return {};
}

Result<void> TwoWayConflicts::open()
{
    TRY(openPeculiar());
    const std::shared_ptr<const RowLayout> &layout = m_pair.layout;
    const auto printOf = [&layout](const QByteArray &chain) -> std::optional<Fingerprint> {
        RowBatch row(layout);
        if (chain.isEmpty() || !row.appendChain(viewOf(chain)))
            return {};
        return row.fingerprint(0);
    };
    ConflictFilter filter;
    filter.table = m_pair.checkpointKey.table;
    filter.states = {ConflictState::Answered, ConflictState::Skipped};
    filter.limit = answersPerPage;
    for (;;) {
        TRY_ASSIGN(const QList<Conflict> page, m_context.journal.conflicts(m_context.job.id, filter));
        if (page.isEmpty())
            return {};
        filter.afterId = page.last().id;
        for (const Conflict &conflict : page) {
            if (conflict.mappingDigest != m_pair.mappingDigest)
                continue; // what was shown then is nothing that this mapping reads
            m_answers.emplace(conflict.key.toStdString(),
                              KnownAnswer{conflict.answer, printOf(conflict.source), printOf(conflict.target),
                                          conflict.base, conflict.rowForSource, conflict.rowForTarget,
                                          answerCause(conflict.answer, conflict.answeredBy, m_context.undo)});
            if (conflict.state == ConflictState::Answered)
                m_answeredKeys += conflict;
        }
    }
}

Result<void> TwoWayConflicts::eachKey(const std::function<Result<void>(const RowBatch &)> &tell) const
{
    ConflictFilter filter;
    filter.table = m_pair.checkpointKey.table;
    filter.states = {ConflictState::Open, ConflictState::Answered, ConflictState::Skipped};
    filter.limit = answersPerPage;
    for (;;) {
        TRY_ASSIGN(const QList<Conflict> page, m_context.journal.conflicts(m_context.job.id, filter));
        if (page.isEmpty())
            return {};
        filter.afterId = page.last().id;
        RowBatch keys(m_pair.layout);
        for (const Conflict &conflict : page)
            (void)keys.appendChain(viewOf(conflict.source.isEmpty() ? conflict.target : conflict.source));
        TRY(tell(keys));
    }
}

Result<std::set<std::string>> TwoWayConflicts::openAmong(const std::map<std::string, BaseMerge> &merges) const
{
    std::set<std::string> open;
    ConflictFilter filter;
    filter.table = m_pair.checkpointKey.table;
    filter.states = {ConflictState::Open};
    filter.limit = answersPerPage;
    while (!merges.empty()) {
        TRY_ASSIGN(const QList<Conflict> page, m_context.journal.conflicts(m_context.job.id, filter));
        if (page.isEmpty())
            break;
        filter.afterId = page.last().id;
        for (const Conflict &conflict : page) {
            if (const std::string key = conflict.key.toStdString(); merges.contains(key))
                open.insert(key);
        }
    }
    return open;
}

RowBatch TwoWayConflicts::answeredKeys() const
{
    RowBatch keys(m_pair.layout);
    for (const Conflict &conflict : m_answeredKeys)
        (void)keys.appendChain(viewOf(conflict.source.isEmpty() ? conflict.target : conflict.source));
    return keys;
}

Result<void> TwoWayConflicts::meet(const OpenConflict &met)
{
    Conflict conflict;
    conflict.table = m_pair.checkpointKey.table;
    conflict.key = bytesOf(met.key);
    conflict.source = met.source;
    conflict.target = met.target;
    conflict.base = met.base;
    conflict.mappingDigest = m_pair.mappingDigest;
    conflict.run = m_context.run;
    conflict.sinceUs = m_context.clock.nowUs();
    conflict.state = met.state;
    const auto known = m_peculiar.find(conflict.key);
    conflict.kind = met.kind ? *met.kind : known == m_peculiar.end() ? ConflictKind::InDoubt : known->second.kind;
    const bool isKnown = known != m_peculiar.end() && known->second.print == picturesPrint(conflict);
    if (!met.kind && !isKnown && isConflict(met.which))
        conflict.kind = conflictKind(met.which);
    if (conflict.kind == ConflictKind::Constraint)
        conflict.refusal = met.refusal || !isKnown ? met.refusal : known->second.refusal;
    RowBatch row(m_pair.layout);
    if (row.appendChain(viewOf(met.source.isEmpty() ? met.target : met.source)))
        conflict.keyText = keyText(row, 0);
    m_doubtful.remove(conflict.key);
    m_met += std::move(conflict);
    return m_met.size() < conflictsPerWrite ? Result<void>() : flush();
}

void TwoWayConflicts::forgetMet()
{
    m_met.clear();
    m_doubtful += std::exchange(m_written, {});
}

Result<void> TwoWayConflicts::flush()
{
    if (m_met.isEmpty())
        return {};
    if (!m_layoutSaved)
        TRY(m_context.journal.saveConflictTable(m_context.job.id, m_pair.checkpointKey.table, planTableOf(m_pair)));
    m_layoutSaved = true;
    for (const Conflict &conflict : std::as_const(m_met)) {
        if (conflict.state == ConflictState::Open)
            m_written.insert(conflict.key);
    }
    return m_context.journal.meetConflicts(m_context.job.id, std::exchange(m_met, {}));
}

Result<void> TwoWayConflicts::finish(bool complete)
{
    TRY(flush());
    if (!m_doubtful.isEmpty()) // met in an order that proved broken, and not again
        TRY(close(std::exchange(m_doubtful, {}).values()));
    return complete ? m_context.journal.closeUnmet(m_context.job.id, m_pair.checkpointKey.table, m_context.run,
                                                   m_context.clock.nowUs())
                    : Result<void>();
}

Result<void> TwoWayConflicts::close(const QList<QByteArray> &keys)
{
    return m_context.journal.closeConflicts(m_context.job.id, m_pair.checkpointKey.table, keys, ConflictEnd::Answered,
                                            m_context.clock.nowUs());
}

Result<qint64> TwoWayConflicts::openCount() const
{
    return m_context.journal.conflictCount(m_context.job.id, m_pair.checkpointKey.table);
}

} // namespace tidemark
