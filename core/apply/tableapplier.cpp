// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/apply/tableapplier.h"

#include <algorithm>

#include "core/apply/collatedkey.h"
#include "core/data/rowindex.h"

namespace tidemark {

namespace {

constexpr qint64 heldInMemory = 16 << 20;

} // namespace

void TableApplier::Batch::add(Operation operation, const RowBatch &from, int row)
{
    (operation == Operation::Insert ? inserts : updates).push_back(rows.rowCount());
    rows.appendRow(from, row);
}

void TableApplier::Batch::clear()
{
    rows.clear();
    inserts.clear();
    updates.clear();
}

TableApplier::TableApplier(Settings settings)
    : m_s(std::move(settings)), m_writeRequest(m_s.pair.write()), m_held(m_s.pair.layout, 2, heldInMemory),
      m_deletes(m_s.pair.layout, 1, heldInMemory)
{
    m_pending.rows.reset(m_s.pair.layout);
    m_refused.rows.reset(m_s.pair.layout);
    if (m_s.known)
        m_checkpoint = *m_s.known;
    m_checkpoint.key = m_s.pair.checkpointKey;
}

TableApplier::~TableApplier() { m_s.lane.close(); } // which must not remember it

Result<void> TableApplier::take(const RowBatch &source, const RowBatch &target, std::span<const RowDecision> decisions)
{
    std::vector<int> inserts;
    bool onlyInserts = true;
    for (const RowDecision &decision : decisions) {
        onlyInserts = onlyInserts && decision.decision == Decision::InsertTarget;
        if (decision.decision == Decision::DeleteTarget)
            TRY(m_deletes.append(0, target.chain(decision.targetRow)));
    }
    // A whole batch of inserts is written where it lies; everything else is gathered into full batches.
    const bool direct = onlyInserts && !m_s.holdUpserts && m_pending.rows.isEmpty()
        && (m_s.streaming || qint64(decisions.size()) * 2 >= m_s.job.batch.rows);
    if (direct) {
        inserts.reserve(decisions.size());
        for (const RowDecision &decision : decisions)
            inserts.push_back(decision.sourceRow);
        TRY(writeRows(source, inserts, {}));
        return commitBatch();
    }
    for (const RowDecision &decision : decisions) {
        if (decision.decision == Decision::DeleteTarget)
            continue;
        const bool insert = decision.decision == Decision::InsertTarget;
        if (m_s.holdUpserts) {
            TRY(m_held.append(insert ? 0 : 1, source.chain(decision.sourceRow)));
            continue;
        }
        m_pending.add(insert ? Operation::Insert : Operation::Update, source, decision.sourceRow);
        if (m_pending.rows.rowCount() >= m_s.job.batch.rows || m_pending.rows.byteSize() >= m_s.job.batch.bytes)
            TRY(flush());
    }
    return {};
}

Result<void> TableApplier::takePlanned(const RowBatch &source, const RowBatch &target,
                                       std::span<const RowDecision> decisions)
{
    m_planned = true;
    std::vector<int> upserts;
    for (const RowDecision &decision : decisions) {
        if (decision.decision == Decision::DeleteTarget)
            TRY(m_deletes.append(0, target.chain(decision.targetRow)));
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
    std::string scratch;
    for (const RowDecision &decision : decisions) {
        if (decision.decision == Decision::DeleteTarget)
            continue;
        const auto found = current.find(std::string(source.key(decision.sourceRow, scratch)));
        const bool there = found != current.end();
        if (decision.decision == Decision::InsertTarget && !there)
            inserts.push_back(decision.sourceRow);
        else if (decision.decision == Decision::UpdateTarget && there
                 && now.fingerprint(found->second) == target.fingerprint(decision.targetRow))
            updates.push_back(decision.sourceRow);
        else
            changed(source, decision.sourceRow);
    }
    TRY(write(Operation::Insert, source, inserts));
    TRY(write(Operation::Update, source, updates));
    return commitBatch();
}

Result<void> TableApplier::setAside(const RowBatch &source, int row)
{
    const Error *fault = source.fault(row);
    return asideRow(source, row, fault != nullptr ? *fault : Error{ErrorCode::ValueNotKept, {}, {}});
}

// What was written so far stays written: compared again it is equal. Deletes rest on a compare that did not end, and
// go.
bool TableApplier::restart()
{
    m_held = SpillFile(m_s.pair.layout, 2, heldInMemory);
    m_deletes = SpillFile(m_s.pair.layout, 1, heldInMemory);
    m_pending.clear();
    return !m_planned;
}

Result<void> TableApplier::addRetries(const RowBatch &rows, std::span<const int> which, RetryReason reason)
{
    for (const int row : which)
        m_newRetries += retryKey(rows, row, reason);
    return {};
}

void TableApplier::setWatermark(const Watermark &watermark)
{
    m_watermarkMoved = m_watermarkMoved || !(watermark == m_watermark);
    m_watermark = watermark;
}

Result<void> TableApplier::release()
{
    for (const Operation operation : {Operation::Insert, Operation::Update}) {
        TRY(m_held.read(
            operation == Operation::Insert ? 0 : 1, m_s.job.batch.bytes, [&](RowBatch &batch) -> Result<void> {
                const std::vector<int> all = allRows(batch);
                // Batches are bounded by rows as well.
                for (std::size_t first = 0; first < all.size(); first += std::size_t(m_s.job.batch.rows)) {
                    const auto count = std::min(std::size_t(m_s.job.batch.rows), all.size() - first);
                    const std::vector<int> part(all.begin() + std::ptrdiff_t(first),
                                                all.begin() + std::ptrdiff_t(first + count));
                    TRY(operation == Operation::Insert ? writeRows(batch, part, {}) : writeRows(batch, {}, part));
                    TRY(commitBatch());
                }
                return {};
            }));
    }
    return {};
}

Result<void> TableApplier::flush()
{
    if (m_pending.rows.isEmpty())
        return {};
    const Batch batch = std::exchange(m_pending, {});
    m_pending.rows.reset(m_s.pair.layout);
    TRY(writeRows(batch.rows, batch.inserts, batch.updates));
    return commitBatch();
}

Result<void> TableApplier::finishUpserts()
{
    TRY(release());
    TRY(flush());
    if (m_refused.rows.rowCount() > 0)
        TRY(retryRefused(false));
    if (m_writer && m_wroteRows) {
        TRY(begin());
        TRY(m_writer->finish());
    }
    return commitBatch();
}

Result<void> TableApplier::applyDeletes(qint64 targetRows, DeleteApproval &approval)
{
    const qint64 deletes = m_deletes.rowCount();
    if (deletes == 0)
        return {};
    const bool withheld = needsApproval(deletes, targetRows, m_s.pair.settings.guard) && !approval.take(deletes);
    if (withheld) {
        m_counts.withheldDeletes = deletes;
        // A complete compare finds them again by itself; otherwise they are remembered one by one.
        const bool foundAgain = m_s.pair.settings.detect.by == DetectBy::Hash
            || m_s.pair.settings.keyCompare.when == KeyCompare::When::Always;
        if (foundAgain)
            return {};
        return m_deletes.read(0, m_s.job.batch.bytes, [&](RowBatch &batch) -> Result<void> {
            const std::vector<int> all = allRows(batch);
            TRY(addRetries(batch, all, RetryReason::Withheld));
            TRY(m_s.journal.addRetries(m_s.job.id, m_s.pair.checkpointKey.table, std::exchange(m_newRetries, {})));
            return {};
        });
    }
    return m_deletes.read(0, m_s.job.batch.bytes, [&](RowBatch &batch) { return deleteBatch(batch); });
}

Result<void> TableApplier::deleteBatch(const RowBatch &rows)
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
        TRY(write(Operation::Delete, rows, there));
        TRY(commitBatch());
    }
    return {};
}

void TableApplier::disconnect() { m_s.lane.close(); }

Result<void> TableApplier::commitBatch()
{
    return m_s.job.transaction == TransactionScope::Batch ? m_s.lane.commit() : Result<void>();
}

Result<void> TableApplier::beforeCommit(Session &session)
{
    if (m_writer)
        TRY(m_writer->flush());
    if (!m_newRetries.isEmpty())
        TRY(m_s.journal.addRetries(m_s.job.id, m_s.pair.checkpointKey.table, m_newRetries));
    if (!m_newAside.isEmpty())
        TRY(m_s.journal.setAside(m_s.job.id, m_newAside));
    m_newRetries.clear();
    m_newAside.clear();
    m_committing = m_checkpoint;
    m_committing.format = Checkpoint::currentFormat;
    m_committing.watermark = m_watermark.toBytes();
    m_committing.mappingDigest = m_s.pair.mappingDigest;
    m_committing.readDigest = m_s.pair.readDigest;
    m_committing.generation = m_s.generation;
    m_committing.journalId = m_s.journal.id();
    ++m_committing.epoch; // raised by every commit, so that one whose answer was lost can be looked up
    return m_s.job.checkpoint == CheckpointPlace::Target ? session.saveCheckpoint(m_committing) : Result<void>();
}

Result<bool> TableApplier::isCommitted(Session &fresh)
{
    TRY_ASSIGN(const auto found, fresh.loadCheckpoint(m_s.pair.checkpointKey, true));
    return found && found->epoch == m_committing.epoch && found->generation == m_committing.generation;
}

void TableApplier::afterCommit()
{
    m_checkpoint = m_committing;
    m_fenced = false;
    m_watermarkMoved = m_s.job.checkpoint != CheckpointPlace::Target;
    m_counts.written.inserts += m_uncommitted.inserts;
    m_counts.written.updates += m_uncommitted.updates;
    m_counts.written.deletes += m_uncommitted.deletes;
    m_uncommitted = {};
    tell();
}

void TableApplier::afterRollback()
{
    m_fenced = false;
    m_uncommitted = {};
}

Result<void> TableApplier::settle(bool completeRead, const QList<QByteArray> &resolved)
{
    const QString &table = m_s.pair.checkpointKey.table;
    if (!m_newRetries.isEmpty())
        TRY(m_s.journal.addRetries(m_s.job.id, table, std::exchange(m_newRetries, {})));
    if (!m_newAside.isEmpty())
        TRY(m_s.journal.setAside(m_s.job.id, std::exchange(m_newAside, {})));
    if (m_watermarkMoved) {
        Checkpoint advanced = m_checkpoint;
        advanced.watermark = m_watermark.toBytes();
        advanced.mappingDigest = m_s.pair.mappingDigest;
        advanced.readDigest = m_s.pair.readDigest;
        advanced.journalId = m_s.journal.id();
        TRY(m_s.journal.saveCheckpoint(advanced));
    }
    QList<QByteArray> done;
    if (completeRead) {
        TRY_ASSIGN(const QList<RetryKey> all, m_s.journal.retries(m_s.job.id, table));
        for (const RetryKey &key : all)
            done += key.key;
    } else {
        done = resolved;
    }
    done.removeIf([this](const QByteArray &key) { return m_failing.contains(key.toStdString()); });
    if (done.isEmpty())
        return {};
    TRY(m_s.journal.removeRetries(m_s.job.id, table, done));
    return m_s.journal.clearAside(m_s.job.id, table, done);
}

void TableApplier::tell()
{
    if (!m_s.progress)
        return;
    ApplyCounts now = m_counts;
    now.written.inserts += m_uncommitted.inserts;
    now.written.updates += m_uncommitted.updates;
    now.written.deletes += m_uncommitted.deletes;
    m_s.progress(now);
}

} // namespace tidemark
