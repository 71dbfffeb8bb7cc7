// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/oneway.h"

#include <QSet>

#include "core/data/orderedkey.h"
#include "core/detect/compare.h"
#include "core/run/planner.h"
#include "core/run/rowchains.h"
#include "core/run/twowayrules.h"

namespace tidemark {

namespace {

constexpr qsizetype conflictsPerWrite = 1000;
constexpr qint64 conflictsPerPage = 1000;

QByteArray bytesOf(const std::string &key) { return {key.data(), qsizetype(key.size())}; }

bool isSame(const RowBatch &rows, int row, const std::optional<Fingerprint> &shown)
{
    return shown && rows.fingerprint(row) == *shown;
}

} // namespace

Result<void> OneWayPolicy::open()
{
    m_known.clear();
    restart();
    TRY_ASSIGN(m_rules, twoWaySettings(m_pair));
    ConflictFilter filter;
    filter.table = m_pair.checkpointKey.table;
    filter.states = {ConflictState::Open, ConflictState::Answered, ConflictState::Skipped};
    filter.limit = conflictsPerPage;
    for (;;) {
        TRY_ASSIGN(QList<Conflict> page, m_context.journal.conflicts(m_context.job.id, filter));
        if (page.isEmpty())
            return {};
        filter.afterId = page.last().id;
        for (Conflict &conflict : page) {
            Known known;
            conflict.base.clear();
            for (const JobSide side : {JobSide::Source, JobSide::Target}) {
                QByteArray &chain = side == JobSide::Source ? conflict.source : conflict.target;
                RowBatch row(m_pair.layout);
                // What another mapping showed is nothing that this one reads.
                const bool readable = conflict.mappingDigest == m_pair.mappingDigest && !chain.isEmpty()
                    && row.appendChain(viewOf(chain));
                if (!readable || conflict.state == ConflictState::Open)
                    chain.clear();
                if (!readable)
                    continue;
                (side == JobSide::Source ? known.source : known.target) = row.fingerprint(0);
                RowBatch key(m_pair.keyLayout);
                m_pair.appendKey(row, 0, key);
                known.keyChain = chainOf(key, 0);
            }
            known.conflict = std::move(conflict);
            m_known.emplace(known.conflict.key.toStdString(), std::move(known));
        }
    }
}

bool OneWayPolicy::isActive() const { return m_rules.rules.conflicts != ConflictPolicy::Source || !m_known.empty(); }

void OneWayPolicy::restart()
{
    m_met.clear();
    m_stored.clear();
    m_conflicts = m_skipped = 0;
    for (auto &[key, known] : m_known)
        known.met = known.writing = false;
}

RetryKey OneWayPolicy::keyOf(const Known &known) const
{
    return {known.keyChain, RetryReason::NotSelected, known.conflict.keyText, m_context.run, m_context.clock.nowUs()};
}

QList<RetryKey> OneWayPolicy::withRetries(const QList<RetryKey> &retries) const
{
    QList<RetryKey> keys = retries;
    QSet<QByteArray> there;
    for (const RetryKey &retry : retries)
        there.insert(retry.key);
    for (const auto &[key, known] : m_known) {
        if (!known.keyChain.isEmpty() && !there.contains(known.keyChain))
            keys += keyOf(known);
    }
    return keys;
}

QList<RetryKey> OneWayPolicy::answeredKeys() const
{
    QList<RetryKey> keys;
    for (const auto &[key, known] : m_known) {
        if (!known.keyChain.isEmpty() && known.conflict.state == ConflictState::Answered)
            keys += keyOf(known);
    }
    return keys;
}

OneWayPolicy::Known *OneWayPolicy::find(const RowBatch &rows, int row)
{
    if (m_known.empty())
        return nullptr;
    std::string key;
    appendOrderedKey(rows, row, key);
    const auto found = m_known.find(key);
    return found == m_known.end() ? nullptr : &found->second;
}

// What was said of this row, if both are still what was shown.
const OneWayPolicy::Known *OneWayPolicy::answerTo(const Known *known, const RowBatch &source, int sourceRow,
                                                  const RowBatch &target, int targetRow) const
{
    if (known == nullptr || known->conflict.state == ConflictState::Open)
        return nullptr;
    const bool asShown = isSame(source, sourceRow, known->source) && isSame(target, targetRow, known->target);
    return asShown ? known : nullptr;
}

Verdict OneWayPolicy::verdict(const RowBatch &source, int sourceRow, const RowBatch &target, int targetRow) const
{
    const OneWayRules rules{m_pair.propagatesDeletes(), m_rules.rules.conflicts};
    std::optional<JobSide> newer;
    // A cell that nobody can read is no NULL, and no older.
    if (rules.unequal == ConflictPolicy::Newest && m_rules.newestSource >= 0 && m_rules.newestTarget >= 0
        && target.fault(targetRow) == nullptr)
        newer = newerSide(m_pair.layout->cells[std::size_t(m_rules.newestSource)],
                          source.value(sourceRow, m_rules.newestSource),
                          m_pair.layout->cells[std::size_t(m_rules.newestTarget)],
                          target.value(targetRow, m_rules.newestTarget), m_rules.marginUs);
    return decideOneWay(true, true, false, rules, newer);
}

Result<OneWayPolicy::Judged> OneWayPolicy::decide(const RowBatch &source, int sourceRow, const RowBatch &target,
                                                  int targetRow, bool plans)
{
    const auto pictures = [&] { return std::pair(chainOf(source, sourceRow), chainOf(target, targetRow)); };
    Known *const met = find(source, sourceRow);
    if (const Known *known = answerTo(met, source, sourceRow, target, targetRow)) {
        const ConflictAnswer answer = known->conflict.answer;
        const bool writes = answer == ConflictAnswer::Source || answer == ConflictAnswer::Row;
        const auto [sourceChain, targetChain] = pictures();
        if (!plans)
            TRY(meet(writes ? ConflictState::Answered : ConflictState::Skipped, source, sourceRow, sourceChain,
                     targetChain));
        if (!writes) {
            ++m_skipped;
            return Judged{Decision::Keep, {}};
        }
        met->writing = true;
        return Judged{Decision::UpdateTarget,
                      answer == ConflictAnswer::Row ? known->conflict.rowForTarget : QByteArray()};
    }
    const Verdict verdict = this->verdict(source, sourceRow, target, targetRow);
    if (verdict.decision == Decision::Keep)
        ++m_skipped;
    if (verdict.decision != Decision::Conflict)
        return Judged{verdict.decision, {}};
    ++m_conflicts;
    if (!plans) {
        const auto [sourceChain, targetChain] = pictures();
        TRY(meet(ConflictState::Open, source, sourceRow, sourceChain, targetChain));
    }
    return Judged{Decision::Conflict, {}};
}

Result<Decision> OneWayPolicy::judge(const RowBatch &rows, int row, const RowBatch &now, int nowRow)
{
    Known *const known = find(rows, row);
    if (known != nullptr && known->writing) {
        if (isSame(now, nowRow, known->target))
            return Decision::UpdateTarget;
        known->writing = false; // the target moved: what was answered is not what is there
        ++m_conflicts;
        TRY(meet(ConflictState::Open, rows, row, known->conflict.source, chainOf(now, nowRow)));
        return Decision::Conflict;
    }
    TRY_ASSIGN(const Judged judged, decide(rows, row, now, nowRow, false));
    return judged.decision;
}

// Of policy `source` the reason says it all.
Cause OneWayPolicy::causeOf(const RowBatch &rows, int row)
{
    if (const Known *const known = find(rows, row); known != nullptr && known->writing)
        return answerCause(known->conflict.answer, known->conflict.answeredBy, m_context.undo);
    return m_rules.rules.conflicts == ConflictPolicy::Newest ? Cause{DecidedBy::Newest, 0} : Cause{};
}

Result<void> OneWayPolicy::meetPlanned(const RowBatch &source, int sourceRow, const RowBatch &target, int targetRow)
{
    const bool isAnswered =
        answerTo(find(source, sourceRow), source, sourceRow, target, targetRow) != nullptr; // since the plan was made
    m_conflicts += isAnswered ? 0 : 1;
    return isAnswered
        ? Result<void>()
        : meet(ConflictState::Open, source, sourceRow, chainOf(source, sourceRow), chainOf(target, targetRow));
}

void OneWayPolicy::notePlanned(const RowBatch &source, int sourceRow)
{
    Known *const known = find(source, sourceRow);
    if (known != nullptr && known->conflict.state == ConflictState::Answered)
        known->met = known->writing = true;
}

Conflict OneWayPolicy::found(ConflictState state, const RowBatch &keys, int row, QByteArray source,
                             QByteArray target) const
{
    Conflict conflict;
    conflict.table = m_pair.checkpointKey.table;
    std::string key;
    appendOrderedKey(keys, row, key);
    conflict.key = bytesOf(key);
    conflict.keyText = keyText(keys, row);
    conflict.kind = ConflictKind::Differs;
    conflict.source = std::move(source);
    conflict.target = std::move(target);
    conflict.mappingDigest = m_pair.mappingDigest;
    conflict.run = m_context.run;
    conflict.sinceUs = m_context.clock.nowUs();
    conflict.state = state;
    return conflict;
}

Result<void> OneWayPolicy::meet(ConflictState state, const RowBatch &keys, int row, QByteArray source,
                                QByteArray target)
{
    m_met += found(state, keys, row, std::move(source), std::move(target));
    if (const auto known = m_known.find(m_met.last().key.toStdString()); known != m_known.end())
        known->second.met = true;
    return m_met.size() < conflictsPerWrite ? Result<void>() : flush();
}

Result<void> OneWayPolicy::saveLayout()
{
    if (!m_layoutSaved)
        TRY(m_context.journal.saveConflictTable(m_context.job.id, m_pair.checkpointKey.table, planTableOf(m_pair)));
    m_layoutSaved = true;
    return {};
}

Result<void> OneWayPolicy::flush()
{
    TRY(rememberStored());
    if (m_met.isEmpty())
        return {};
    TRY(saveLayout());
    return m_context.journal.meetConflicts(m_context.job.id, std::exchange(m_met, {}));
}

// The target holds the row that a person made, the source another: that is what was wanted, until either moves.
Result<void> OneWayPolicy::rememberRow(const Known &known)
{
    Conflict resting = known.conflict;
    resting.state = ConflictState::Open;
    resting.kind = ConflictKind::Differs;
    resting.target = known.conflict.rowForTarget;
    resting.run = m_context.run;
    TRY(m_context.journal.meetConflicts(m_context.job.id, {resting}));
    TRY_ASSIGN(const qint64 taken,
               m_context.journal.answerConflicts(m_context.job.id, {{resting.id, ConflictAnswer::Skip, {}, {}}},
                                                 known.conflict.answeredBy, m_context.clock.nowUs()));
    Q_UNUSED(taken) // another program was faster: its answer stands
    return {};
}

Result<void> OneWayPolicy::finish(Read read, const std::function<bool(const QByteArray &)> &isLeft)
{
    TRY(flush());
    const QString &table = m_pair.checkpointKey.table;
    QList<QByteArray> written;
    QList<QByteArray> settled;
    for (const auto &[key, known] : m_known) {
        if (known.writing && isLeft(known.keyChain))
            continue;
        if (known.writing && known.conflict.answer == ConflictAnswer::Row)
            TRY(rememberRow(known));
        else if (known.writing)
            written += known.conflict.key;
        else if (!known.met && read == Read::Answered && known.conflict.state == ConflictState::Answered)
            settled += known.conflict.key;
    }
    const qint64 nowUs = m_context.clock.nowUs();
    TRY(m_context.journal.closeConflicts(m_context.job.id, table, written, ConflictEnd::Answered, nowUs));
    TRY(m_context.journal.closeConflicts(m_context.job.id, table, settled, ConflictEnd::Settled, nowUs));
    return read == Read::Everything ? m_context.journal.closeUnmet(m_context.job.id, table, m_context.run, nowUs)
                                    : Result<void>();
}

Result<qint64> OneWayPolicy::openCount() const
{
    return m_context.journal.conflictCount(m_context.job.id, m_pair.checkpointKey.table);
}

Result<void> OneWaySink::take(const RowBatch &source, const RowBatch &target, std::span<const RowDecision> decisions)
{
    std::vector<RowDecision> passed;
    std::vector<RowDecision> ownRows; // rows of a person's: the source has others
    RowBatch rows(source.layoutPointer());
    RowBatch pictures(target.layoutPointer());
    passed.reserve(decisions.size());
    for (RowDecision decision : decisions) {
        const bool atSource = decision.sourceRow >= 0;
        if (decision.decision != Decision::UpdateTarget) {
            if (m_s.answersOnly)
                TRY(m_s.left(atSource ? source : target, atSource ? decision.sourceRow : decision.targetRow));
            else
                passed.push_back(decision);
            continue;
        }
        TRY_ASSIGN(const OneWayPolicy::Judged judged,
                   m_s.policy.decide(source, decision.sourceRow, target, decision.targetRow, m_s.plans));
        decision.decision = judged.decision;
        if (judged.decision == Decision::Conflict)
            TRY(m_s.left(source, decision.sourceRow));
        if (judged.decision == Decision::Keep || (judged.decision == Decision::Conflict && !m_s.plans))
            continue;
        if (judged.row.isEmpty() || !rows.appendChain(viewOf(judged.row))) {
            passed.push_back(decision);
            continue;
        }
        pictures.appendRow(target, decision.targetRow);
        ownRows.push_back({decision.decision, decision.reason, rows.rowCount() - 1, rows.rowCount() - 1});
    }
    if (!passed.empty())
        TRY(m_s.next.take(source, target, passed));
    return ownRows.empty() ? Result<void>() : m_s.next.take(rows, pictures, ownRows);
}

Result<void> OneWaySink::setAside(const RowBatch &source, int row) { return m_s.next.setAside(source, row); }

bool OneWaySink::restart()
{
    m_s.policy.restart();
    return m_s.next.restart();
}

Result<QList<ConflictReply>> oneWayReplies(Journal &journal, const JobSettings &job,
                                           const QList<ConflictReply> &replies)
{
    QSet<qint64> asked;
    for (const ConflictReply &reply : replies)
        asked.insert(reply.id);
    ConflictFilter filter;
    for (bool more = !asked.isEmpty(); more;) {
        TRY_ASSIGN(const QList<Conflict> page, journal.conflicts(job.id, filter));
        more = !page.isEmpty();
        for (const Conflict &conflict : page) {
            filter.afterId = conflict.id;
            if (asked.contains(conflict.id) && conflict.kind != ConflictKind::Differs)
                return fail(Error{ErrorCode::WrongValue,
                                  {{Fact::File, job.file},
                                   {Fact::JsonPath, QStringLiteral("mode")},
                                   {Fact::Expected, QStringLiteral("\"two-way\"")}},
                                  {}});
        }
    }
    QList<ConflictReply> carried = replies;
    for (ConflictReply &reply : carried) {
        if (reply.answer == ConflictAnswer::Target)
            reply.answer = ConflictAnswer::Skip;
    }
    return carried;
}

} // namespace tidemark
