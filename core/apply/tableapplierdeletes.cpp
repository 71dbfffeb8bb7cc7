// SPDX-License-Identifier: GPL-3.0-or-later
// How the applier deletes.
#include "core/apply/tableapplier.h"

#include <algorithm>

#include "core/apply/standin.h"
#include "core/data/rowindex.h"

namespace tidemark {

Result<void> TableApplier::applyDeletes(qint64 targetRows, DeleteApproval &approval)
{
    const qint64 deletes = m_deletes.rowCount();
    if (deletes == 0)
        return {};
    const bool asks = m_s.sidesChanged || needsApproval(deletes, targetRows, m_s.pair.settings.guard);
    const bool withheld = asks && !approval.take(deletes);
    if (withheld) {
        m_counts.withheldDeletes = deletes;
        m_heldDeletes = 0;
        // A complete compare finds them again by itself; otherwise they are remembered one by one.
        const bool foundAgain = m_s.pair.settings.detect.by == DetectBy::Hash
            || m_s.pair.settings.keyCompare.when == KeyCompare::When::Always;
        if (foundAgain)
            return {};
        const auto remember = [&](RowBatch &batch) -> Result<void> {
            const std::vector<int> all = allRows(batch);
            TRY(addRetries(batch, all, RetryReason::Withheld));
            TRY(m_s.journal.addRetries(m_s.job.id, m_s.pair.checkpointKey.table, std::exchange(m_newRetries, {})));
            return {};
        };
        TRY(m_deletes.read(0, m_s.job.batch.bytes, remember));
        return m_deletes.read(1, m_s.job.batch.bytes, remember);
    }
    TRY(m_deletes.read(0, m_s.job.batch.bytes,
                       [&](RowBatch &batch) { return deleteBatch(batch, Reason::MissingAtSource); }));
    return m_deletes.read(1, m_s.job.batch.bytes,
                          [&](RowBatch &batch) { return deleteBatch(batch, Reason::LeftFilter); });
}

Result<void> TableApplier::deleteBatch(const RowBatch &rows, Reason reason)
{
    const std::vector<int> all = allRows(rows);
    for (std::size_t first = 0; first < all.size(); first += std::size_t(m_s.job.batch.rows)) {
        const std::span<const int> part =
            std::span(all).subspan(first, std::min(std::size_t(m_s.job.batch.rows), all.size() - first));
        RowBatch now;
        TRY(readLocked(rows, part, now));
        const auto current = rowsByKey(now);
        std::vector<int> there;
        std::string scratch;
        for (const int row : part) {
            const auto found = current.find(std::string(rows.key(row, scratch)));
            if (found == current.end() || (!m_collided.empty() && m_collided.contains(foldedKey(rows, row))))
                continue; // gone already, or not to be touched
            if (m_planned && now.fingerprint(found->second) != rows.fingerprint(row))
                changed(rows, row);
            else
                there.push_back(row);
        }
        m_heldDeletes = std::max<qint64>(0, m_heldDeletes - qint64(part.size()));
        TRY(write(Operation::Delete, rows, there, {&now, &current, reason}));
        TRY(commitBatch());
    }
    return {};
}

// Rows of one table that rest on each other: they let go of one another first. true: deleted.
Result<bool> TableApplier::deleteCircle(const RowBatch &stuck)
{
    const std::vector<int> cells = foreignCells(m_s.pair);
    if (cells.empty() || m_s.streaming)
        return false;
    const std::vector<int> all = allRows(stuck);
    RowBatch now;
    TRY(readLocked(stuck, all, now));
    const RowNumbers current = rowsByKey(now);
    RowBatch loose(m_s.pair.layout);
    std::string scratch;
    for (const int row : all) {
        const auto found = current.find(std::string(stuck.key(row, scratch)));
        const bool asKnown = found != current.end() && now.fault(found->second) == nullptr
            && (!m_planned || now.fingerprint(found->second) == stuck.fingerprint(row));
        if (!asKnown || !appendStandIn(m_s.pair, now, found->second, cells, false, loose))
            return false;
    }
    TRY_ASSIGN(Session * session, begin());
    TRY(session->savepoint());
    auto done = writeOnce(Operation::Update, loose, allRows(loose));
    if (done)
        done = writeOnce(Operation::Delete, stuck, all);
    if (!done && !done.error().isRowFault())
        return fail(std::move(done).error());
    TRY(done ? session->releaseSavepoint() : session->rollbackToSavepoint());
    if (!done)
        return false;
    m_uncommitted.deletes += qint64(all.size());
    for (const int row : all)
        forgetFailure(stuck, row);
    TRY(tellLedgers(Operation::Delete, stuck, all, {&now, &current, Reason::MissingAtSource}));
    return true;
}

// Rows that other rows rested on, and may no longer.
Result<void> TableApplier::retryDeletes(bool lastPass)
{
    while (!m_refusedDeletes.isEmpty()) {
        const RowBatch rows = std::exchange(m_refusedDeletes, RowBatch(m_s.pair.layout));
        for (int row = 0; row < rows.rowCount(); ++row)
            forgetFailure(rows, row);
        TRY(deleteBatch(rows, Reason::MissingAtSource));
        if (m_refusedDeletes.rowCount() < rows.rowCount())
            continue;
        if (!lastPass)
            return {};
        const RowBatch stuck = std::exchange(m_refusedDeletes, RowBatch(m_s.pair.layout));
        TRY_ASSIGN(const bool broken, deleteCircle(stuck));
        if (broken)
            continue;
        for (int row = 0; row < stuck.rowCount(); ++row) {
            const auto found = m_refusals.find(std::string(stuck.chain(row)));
            const Error error =
                found != m_refusals.end() ? found->second : Error{ErrorCode::ForeignKeyViolated, {}, {}};
            if (leaveMoved(stuck, row, error))
                continue;
            if (!looksAgain(stuck, row, error))
                TRY(asideRow(stuck, row, error));
            else if (m_s.transaction != TransactionScope::Batch)
                return fail(error);
        }
    }
    return {};
}

} // namespace tidemark
