// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/apply/tableapplier.h"

#include <algorithm>

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

TableApplier::TableApplier(ApplySettings settings)
    : m_s(std::move(settings)), m_collates(keyCollates(m_s.pair.mapping)), m_writeRequest(m_s.pair.write()),
      m_held(m_s.pair.layout, 2, heldInMemory), m_deletes(m_s.pair.layout, 2, heldInMemory), m_watermark(m_s.position)
{
    m_s.streaming = m_s.streaming && !m_s.pair.targetMark; // what stands there, marked, is looked for before inserting
    m_pending.rows.reset(m_s.pair.layout);
    m_doubtful.rows.reset(m_s.pair.layout);
    m_refused.rows.reset(m_s.pair.layout);
    m_refusedDeletes.reset(m_s.pair.layout);
    if (m_s.known)
        m_checkpoint = *m_s.known;
    // Until what is written is settled, and the generation with it, it is the same work.
    m_writeRequest.origin =
        m_s.job.id.toUtf8() + '\n' + m_s.pair.checkpointKey.table.toUtf8() + '\n' + m_checkpoint.generation;
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
            TRY(holdDelete(target, decision));
    }
    // A whole batch of inserts is written where it lies; everything else is gathered into full batches.
    const bool direct = onlyInserts && !holdsUpserts() && m_pending.rows.isEmpty()
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
        const Operation operation = decision.decision == Decision::InsertTarget ? Operation::Insert : Operation::Update;
        if (holdsUpserts()) {
            if (m_collates)
                m_doubtfulKeys.note(source, decision.sourceRow);
            TRY(hold(operation, source, decision.sourceRow));
            continue;
        }
        m_pending.add(operation, source, decision.sourceRow);
        if (m_pending.rows.rowCount() >= m_s.job.batch.rows || m_pending.rows.byteSize() >= m_s.job.batch.bytes)
            TRY(flush());
    }
    return {};
}

Result<void> TableApplier::hold(Operation operation, const RowBatch &rows, int row)
{
    ++m_heldUpserts;
    return m_held.append(operation == Operation::Insert ? 0 : 1, rows.chain(row));
}

Result<void> TableApplier::holdDelete(const RowBatch &target, const RowDecision &decision)
{
    ++m_heldDeletes;
    return m_deletes.append(decision.reason == Reason::LeftFilter ? 1 : 0, target.chain(decision.targetRow));
}

Result<void> TableApplier::setAside(const RowBatch &source, int row)
{
    const Error *fault = source.fault(row);
    return asideRow(source, row, fault != nullptr ? *fault : Error{ErrorCode::ValueNotKept, {}, {}});
}

// What was written so far stays written: compared again it is equal. Deletes rest on a compare that did not end, and
// go; so does the position, which rests on rows that may not be written yet, and what is known of rows that were
// refused.
bool TableApplier::restart()
{
    m_held = SpillFile(m_s.pair.layout, 2, heldInMemory);
    m_deletes = SpillFile(m_s.pair.layout, 2, heldInMemory);
    m_heldUpserts = m_heldDeletes = 0;
    m_doubtfulKeys.clear();
    m_pending.clear();
    m_refused.clear();
    m_refusals.clear();
    m_newRetries.clear();
    m_newAside.clear();
    m_failing.clear();
    m_asideBy.clear();
    m_counts.setAside = 0;
    m_watermark = m_s.position;
    m_watermarkMoved = false;
    return !m_planned;
}

Result<void> TableApplier::addRetries(const RowBatch &rows, std::span<const int> which, RetryReason reason)
{
    for (const int row : which)
        m_newRetries += retryKey(rows, row, reason);
    return {};
}

void TableApplier::advancedTo(const Watermark &watermark)
{
    if (holdsUpserts())
        return; // taken, and not written before the end
    m_watermarkMoved = m_watermarkMoved || !(watermark == m_watermark);
    m_watermark = watermark;
}

void TableApplier::endsAt(const Watermark &watermark) { m_end = watermark; }

Result<void> TableApplier::writeTaken()
{
    return m_s.transaction == TransactionScope::Batch && !holdsUpserts() ? flush() : Result<void>();
}

Result<void> TableApplier::release()
{
    m_doubtfulKeys.seal();
    for (const Operation operation : {Operation::Insert, Operation::Update}) {
        TRY(m_held.read(operation == Operation::Insert ? 0 : 1, m_s.job.batch.bytes,
                        [&](RowBatch &batch) -> Result<void> {
                            const std::vector<int> all = allRows(batch);
                            // Batches are bounded by rows as well.
                            const auto step = static_cast<std::size_t>(m_s.job.batch.rows);
                            for (std::size_t first = 0; first < all.size(); first += step)
                                TRY(releasePart(operation, batch,
                                                std::span(all).subspan(first, std::min(step, all.size() - first))));
                            return {};
                        }));
    }
    return writeDoubtful();
}

Result<void> TableApplier::releasePart(Operation operation, const RowBatch &rows, std::span<const int> part)
{
    std::vector<int> sure;
    for (const int row : part) {
        if (m_doubtfulKeys.contains(rows, row))
            m_doubtful.add(operation, rows, row);
        else
            sure.push_back(row);
    }
    m_heldUpserts -= qint64(sure.size());
    if (sure.empty())
        return {};
    TRY(operation == Operation::Insert ? writeRows(rows, sure, {}) : writeRows(rows, {}, sure));
    return commitBatch();
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
    if (m_writer && m_s.lane.isOpen())
        TRY(m_writer->finish()); // another table may write through the same session next
    return commitBatch();
}

void TableApplier::disconnect() { m_s.lane.close(); }

Result<void> TableApplier::commitBatch()
{
    if (m_s.transaction != TransactionScope::Batch)
        return {};
    TRY(m_s.lane.commit());
    return m_s.cancellation.isStopping() ? Result<void>(fail(ErrorCode::Cancelled)) : Result<void>();
}

Result<void> TableApplier::beforeCommit(Session &session)
{
    if (m_writer)
        TRY(m_writer->finish()); // sequences too: the run may end here, and write nothing the next time
    if (!m_newRetries.isEmpty())
        TRY(m_s.journal.addRetries(m_s.job.id, m_s.pair.checkpointKey.table, m_newRetries));
    if (!m_newAside.isEmpty())
        TRY(m_s.journal.setAside(m_s.job.id, m_newAside));
    m_newRetries.clear();
    m_newAside.clear();
    TRY(noteWrite());
    reachEnd();
    m_committing = m_checkpoint;
    m_committing.format = Checkpoint::currentFormat;
    m_committing.watermark = m_watermark.toBytes();
    m_committing.mappingDigest = m_s.pair.mappingDigest;
    m_committing.readDigest = m_s.pair.readDigest;
    m_committing.generation = m_s.generation;
    m_committing.journalId = m_s.journal.id();
    ++m_committing.epoch; // raised by every commit, so that one whose answer was lost can be looked up
    if (m_s.job.checkpoint == CheckpointPlace::Target)
        TRY(session.saveCheckpoint(m_committing));
    return prepareLedgers();
}

Result<void> TableApplier::noteWrite()
{
    if (m_writeNoted || m_s.job.checkpoint != CheckpointPlace::Target)
        return {};
    Checkpoint note;
    note.key = writeNoteKey(m_s.pair.checkpointKey);
    note.generation = m_s.generation;
    note.watermark = m_s.known ? m_s.known->generation : QByteArray();
    note.journalId = m_s.journal.id();
    TRY(m_s.journal.saveCheckpoint(note));
    m_writeNoted = true;
    return {};
}

void TableApplier::reachEnd()
{
    if (!m_end || heldBack() > 0)
        return;
    m_watermarkMoved = m_watermarkMoved || !(*m_end == m_watermark);
    m_watermark = *m_end;
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
    for (WriteLedger *ledger : m_s.ledgers)
        (void)ledger->committed(); // the rows are in the target, whatever became of the mark
    tell();
}

void TableApplier::afterRollback()
{
    m_fenced = false;
    m_uncommitted = {};
    for (WriteLedger *ledger : m_s.ledgers)
        ledger->rolledBack();
}

Result<void> TableApplier::settle(bool completeRead, const QList<QByteArray> &resolved)
{
    const QString &table = m_s.pair.checkpointKey.table;
    if (!m_newRetries.isEmpty())
        TRY(m_s.journal.addRetries(m_s.job.id, table, std::exchange(m_newRetries, {})));
    if (!m_newAside.isEmpty())
        TRY(m_s.journal.setAside(m_s.job.id, std::exchange(m_newAside, {})));
    m_heldUpserts = m_heldDeletes = 0;
    reachEnd();
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
