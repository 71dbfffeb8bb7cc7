// SPDX-License-Identifier: GPL-3.0-or-later
// How the applier keeps to an approved plan: the target must still be as the plan shows it.
#include "core/apply/tableapplier.h"

#include "core/data/rowindex.h"
#include "core/journal/undofile.h"

namespace tidemark {

void TableApplier::noteKeys(const RowBatch &source)
{
    for (int row = 0; m_collates && row < source.rowCount(); ++row)
        m_doubtfulKeys.note(source, row);
}

Result<void> TableApplier::takePlanned(const RowBatch &source, const RowBatch &target,
                                       std::span<const RowDecision> decisions)
{
    m_planned = true;
    m_doubtfulKeys.seal();
    std::vector<int> upserts;
    std::string scratch;
    for (const RowDecision &decision : decisions) {
        const bool deletes = decision.decision == Decision::DeleteTarget;
        const bool contested = isContested(decision.reason);
        if (contested || decision.cause.isKnown()) {
            const std::string_view key =
                deletes ? target.key(decision.targetRow, scratch) : source.key(decision.sourceRow, scratch);
            m_contested.emplace(key, Contested{contested ? decision.reason : Reason::None, decision.cause});
        }
        if (deletes)
            TRY(holdDelete(target, decision));
        else
            upserts.push_back(decision.sourceRow);
    }
    if (upserts.empty())
        return {};
    TRY(begin());
    RowBatch now;
    TRY(readLocked(source, upserts, now));
    const auto current = rowsByKey(now);
    std::vector<int> inserts;
    std::vector<int> updates;
    std::unordered_map<std::string, Fingerprint> pictures;
    for (const RowDecision &decision : decisions) {
        if (decision.decision == Decision::DeleteTarget)
            continue;
        const int row = decision.sourceRow;
        const std::string key(source.key(row, scratch));
        const auto found = current.find(key);
        const bool there = found != current.end();
        const bool update = decision.decision == Decision::UpdateTarget;
        const bool unchanged =
            update ? there && now.fingerprint(found->second) == target.fingerprint(decision.targetRow) : !there;
        if (!unchanged) {
            changed(source, row);
            continue;
        }
        if (update)
            pictures.emplace(key, target.fingerprint(decision.targetRow));
        if (m_doubtfulKeys.contains(source, row)) {
            m_doubtful.add(update ? Operation::Update : Operation::Insert, source, row);
            ++m_heldUpserts;
        } else {
            (update ? updates : inserts).push_back(row);
        }
    }
    TRY(write(Operation::Insert, source, inserts));
    TRY(write(Operation::Update, source, updates, {&now, &current}));
    keepPictures(m_refused, pictures);
    keepPictures(m_doubtful, pictures);
    return commitBatch();
}

// Of rows that are written later, when nobody holds them any more.
void TableApplier::keepPictures(const Batch &later, const std::unordered_map<std::string, Fingerprint> &pictures)
{
    std::string scratch;
    for (const int row : later.updates) {
        const std::string key(later.rows.key(row, scratch));
        if (const auto found = pictures.find(key); found != pictures.end())
            m_pictures.emplace(key, found->second);
    }
}

// Locks and reads rows again that are written after their first transaction: those that changed meanwhile are left.
Result<void> TableApplier::dropChanged(Batch &batch)
{
    if (!m_planned || batch.rows.isEmpty())
        return {};
    const std::vector<int> all = allRows(batch.rows);
    RowBatch now;
    TRY(readLocked(batch.rows, all, now));
    const auto current = rowsByKey(now);
    std::string scratch;
    const auto unchanged = [&](int row) {
        const std::string key(batch.rows.key(row, scratch));
        const auto found = current.find(key);
        const auto picture = m_pictures.find(key);
        if (found == current.end() || picture == m_pictures.end())
            return found == current.end() && picture == m_pictures.end();
        return now.fingerprint(found->second) == picture->second;
    };
    Batch kept;
    kept.rows.reset(m_s.pair.layout);
    const auto sift = [&](Operation operation, const std::vector<int> &rows) {
        for (const int row : rows) {
            if (unchanged(row))
                kept.add(operation, batch.rows, row);
            else
                changed(batch.rows, row);
        }
    };
    sift(Operation::Insert, batch.inserts);
    sift(Operation::Update, batch.updates);
    batch = std::move(kept);
    return {};
}

void TableApplier::changed(const RowBatch &rows, int row)
{
    ++m_counts.changedSincePlan;
    m_newRetries += retryKey(rows, row, RetryReason::ChangedSincePlan);
}

} // namespace tidemark
