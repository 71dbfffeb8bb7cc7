// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/apply/tableapplier.h"

#include <algorithm>
#include <numeric>

#include "core/apply/standin.h"
#include "core/detect/compare.h"

namespace tidemark {

namespace {

constexpr qint64 asideLimit = 1000; // then the table stops
constexpr qint64 heldInMemory = 16 << 20;

std::vector<int> allRows(const RowBatch &rows)
{
    std::vector<int> all(std::size_t(rows.rowCount()));
    std::iota(all.begin(), all.end(), 0);
    return all;
}

std::unordered_map<std::string, int> byKey(const RowBatch &rows)
{
    std::unordered_map<std::string, int> index;
    index.reserve(std::size_t(rows.rowCount()));
    std::string scratch;
    for (int row = 0; row < rows.rowCount(); ++row)
        index.emplace(rows.key(row, scratch), row);
    return index;
}

// Could the target's key index equate this key with another one?
bool keyCollates(const TableMapping &mapping)
{
    for (int cell = 0; cell < mapping.keyCount; ++cell) {
        const ColumnType &type = mapping.target.columns[mapping.columns[cell].target].type;
        if (type.caseInsensitive || type.padSpace)
            return true;
    }
    return false;
}

// The key as the loosest collation sees it.
QString foldedKey(const RowBatch &rows, int row)
{
    QStringList parts;
    for (int cell = 0; cell < rows.layout().keyCount; ++cell) {
        const CellView view = rows.value(row, cell);
        const QString text = QString::fromUtf8(view.bytes.data(), qsizetype(view.bytes.size())).toCaseFolded();
        qsizetype end = text.size();
        while (end > 0 && text[end - 1] == u' ')
            --end;
        parts += text.left(end);
    }
    return parts.join(QChar(0));
}

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
    const auto current = byKey(now);
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

Result<Session *> TableApplier::begin()
{
    if (m_s.cancellation.waitWhilePaused())
        return fail(ErrorCode::Cancelled);
    TRY_ASSIGN(Session * session, m_s.lane.begin(*this));
    if (m_fenced || m_s.job.checkpoint != CheckpointPlace::Target)
        return session;
    TRY_ASSIGN(const auto found, session->loadCheckpoint(m_s.pair.checkpointKey, true));
    if ((found ? found->epoch : 0) != m_checkpoint.epoch) {
        // Another run has written since this one began: it must not go on (fencing).
        return fail(Error{ErrorCode::Busy, {{Fact::Table, m_s.pair.targetName()}}, QStringLiteral("epoch")});
    }
    m_fenced = true;
    TRY(checkSchema(*session));
    return session;
}

// At most once a second: the lock that the transaction holds keeps the schema still from here on.
Result<void> TableApplier::checkSchema(Session &session)
{
    const qint64 nowMs = m_s.clock.steadyMs();
    if (m_s.targetToken.isEmpty() || (m_schemaCheckedMs != 0 && nowMs - m_schemaCheckedMs < 1000))
        return {};
    TRY_ASSIGN(const QByteArray token, session.schemaToken(m_s.pair.mapping.target.name));
    if (token != m_s.targetToken)
        return fail(Error{ErrorCode::SchemaChanged, {{Fact::Table, m_s.pair.targetName()}}, {}});
    m_schemaCheckedMs = nowMs;
    return {};
}

Result<RowWriter *> TableApplier::writer()
{
    TRY_ASSIGN(Session * session, begin());
    if (!m_writer) {
        TRY_ASSIGN(m_writer, session->writer(m_writeRequest));
        m_writer->setStreaming(m_s.streaming);
    }
    return m_writer.get();
}

Result<void> TableApplier::readLocked(const RowBatch &rows, std::span<const int> which, RowBatch &out)
{
    TRY_ASSIGN(Session * session, begin());
    if (m_writer)
        TRY(m_writer->flush());
    ReadRequest request = m_s.pair.readTarget(m_s.job.batch);
    request.where.clear(); // the guard sees the row wherever it is
    out.reset(m_s.pair.layout);
    return session->readKeys(request, RowSelection{&rows, which}, true, out);
}

// A direct run: inserts are plain, and a duplicate is the guard failing; updates rest on the picture read here under
// lock.
Result<void> TableApplier::writeRows(const RowBatch &rows, const std::vector<int> &inserts,
                                     const std::vector<int> &updates)
{
    TRY(write(Operation::Insert, rows, inserts));
    if (updates.empty())
        return {};
    RowBatch now;
    TRY(readLocked(rows, updates, now));
    const auto current = byKey(now);
    std::vector<int> toInsert;
    std::vector<int> toUpdate;
    std::string scratch;
    for (const int row : updates) {
        const auto found = current.find(std::string(rows.key(row, scratch)));
        if (found == current.end())
            toInsert.push_back(row);
        else if (now.fault(found->second) != nullptr || !rows.equalRows(row, now, found->second))
            toUpdate.push_back(row);
    }
    TRY(write(Operation::Insert, rows, toInsert));
    return write(Operation::Update, rows, toUpdate);
}

Result<void> TableApplier::writeOnce(Operation operation, const RowBatch &rows, std::span<const int> which)
{
    TRY_ASSIGN(RowWriter * writer, this->writer());
    const RowSelection selection{&rows, which};
    switch (operation) {
    case Operation::Insert:
        TRY(writer->insert(selection));
        break;
    case Operation::Update:
        TRY(writer->update(selection));
        break;
    case Operation::Delete:
        TRY(writer->remove(selection));
        break;
    }
    return m_s.streaming ? Result<void>() : writer->flush();
}

Result<void> TableApplier::write(Operation operation, const RowBatch &rows, std::span<const int> which)
{
    if (which.empty())
        return {};
    const auto count = static_cast<qint64>(which.size());
    const auto counted = [&] {
        m_wroteRows = true;
        (operation == Operation::Insert       ? m_uncommitted.inserts
             : operation == Operation::Update ? m_uncommitted.updates
                                              : m_uncommitted.deletes) += count;
        tell();
    };
    if (m_s.streaming) {
        TRY(writeOnce(operation, rows, which));
        counted();
        return {};
    }
    TRY_ASSIGN(Session * session, begin());
    TRY(session->savepoint());
    auto done = writeOnce(operation, rows, which);
    if (done) {
        TRY(session->releaseSavepoint());
        counted();
        return {};
    }
    const Error error = std::move(done).error();
    if (!error.isRowFault())
        return fail(error);
    TRY(session->rollbackToSavepoint());
    if (which.size() == 1)
        return refused(operation, rows, which.front(), error);
    // Some row is to blame: by halves, or around the row that the server named.
    bool named = false;
    const auto line = static_cast<std::size_t>(error.facts.value(Fact::Line).toULongLong(&named));
    const bool usable = named && line < which.size();
    const std::size_t middle = usable ? line : which.size() / 2;
    TRY(write(operation, rows, which.first(middle)));
    if (!usable)
        return write(operation, rows, which.subspan(middle));
    TRY(write(operation, rows, which.subspan(middle, 1)));
    return write(operation, rows, which.subspan(middle + 1));
}

Result<void> TableApplier::refused(Operation operation, const RowBatch &rows, int row, const Error &error)
{
    if (operation == Operation::Insert && error.code == ErrorCode::UniqueViolated)
        return refusedDuplicate(rows, row, error);
    const bool mayClear = error.code == ErrorCode::UniqueViolated || error.code == ErrorCode::ForeignKeyViolated;
    if (operation == Operation::Delete || !mayClear)
        return asideRow(rows, row, error);
    m_refusals.insert_or_assign(std::string(rows.chain(row)), error);
    m_refused.add(operation, rows, row);
    m_newRetries += retryKey(rows, row, RetryReason::SetAside);
    return {};
}

// A plain INSERT met a duplicate: of its own key (somebody was faster), or of another unique value.
Result<void> TableApplier::refusedDuplicate(const RowBatch &rows, int row, const Error &error)
{
    RowBatch now;
    const int which[]{row};
    TRY(readLocked(rows, which, now));
    // The server may have looked it up by its collation: only the very bytes are the same key.
    if (!now.isEmpty() && rows.compareKeys(row, now, 0) != 0)
        now.clear();
    if (now.isEmpty() && keyCollates(m_s.pair.mapping)) {
        Error collision = error;
        collision.code = ErrorCode::KeyCollision;
        m_collided.insert(foldedKey(rows, row)); // nor is what it collides with deleted
        return asideRow(rows, row, collision);
    }
    if (now.isEmpty()) {
        m_refusals.insert_or_assign(std::string(rows.chain(row)), error);
        m_refused.add(Operation::Insert, rows, row);
        m_newRetries += retryKey(rows, row, RetryReason::SetAside);
        return {};
    }
    if (m_planned) {
        changed(rows, row);
        return {};
    }
    return rows.equalRows(row, now, 0) ? Result<void>() : write(Operation::Update, rows, which);
}

Result<void> TableApplier::asideRow(const RowBatch &rows, int row, Error error)
{
    error.with(Fact::Table, m_s.pair.targetName());
    error.with(Fact::Key, keyText(rows, row));
    if (stopsAtBadRow())
        return fail(std::move(error));
    const RetryKey retry = retryKey(rows, row, RetryReason::SetAside);
    m_newRetries += retry;
    m_newAside += SetAsideRow{m_s.pair.checkpointKey.table,
                              retry.key,
                              keyText(rows, row),
                              QByteArray(rows.chain(row).data(), qsizetype(rows.chain(row).size())),
                              error,
                              m_s.run,
                              m_s.clock.nowUs()};
    ++m_counts.setAside;
    if (m_counts.setAside >= asideLimit)
        return fail(error.with(Fact::Limit, QString::number(asideLimit)));
    tell();
    return {};
}

void TableApplier::changed(const RowBatch &rows, int row)
{
    ++m_counts.changedSincePlan;
    m_newRetries += retryKey(rows, row, RetryReason::ChangedSincePlan);
}

RetryKey TableApplier::retryKey(const RowBatch &rows, int row, RetryReason reason)
{
    RowBatch key(m_s.pair.keyLayout);
    m_s.pair.appendKey(rows, row, key);
    const std::string_view chain = key.chain(0);
    m_failing.emplace(chain);
    return {QByteArray(chain.data(), qsizetype(chain.size())), reason};
}

Result<void> TableApplier::retryRefused(bool lastPass)
{
    while (m_refused.rows.rowCount() > 0) {
        const Batch batch = std::exchange(m_refused, {});
        m_refused.rows.reset(m_s.pair.layout);
        m_refusals.clear();
        for (int row = 0; row < batch.rows.rowCount(); ++row) {
            RowBatch key(m_s.pair.keyLayout);
            m_s.pair.appendKey(batch.rows, row, key);
            m_failing.erase(std::string(key.chain(0)));
        }
        TRY(writeRows(batch.rows, batch.inserts, batch.updates));
        if (m_refused.rows.rowCount() < batch.rows.rowCount())
            continue; // some moved: the others may follow
        TRY_ASSIGN(const bool swapped, swapUnique());
        if (swapped)
            continue;
        if (!lastPass)
            TRY(insertWithoutForeign());
        else
            TRY(asideStuck());
        break;
    }
    return commitBatch();
}

Result<void> TableApplier::asideStuck()
{
    const Batch stuck = std::exchange(m_refused, {});
    m_refused.rows.reset(m_s.pair.layout);
    for (int row = 0; row < stuck.rows.rowCount(); ++row) {
        const auto found = m_refusals.find(std::string(stuck.rows.chain(row)));
        TRY(asideRow(stuck.rows, row,
                     found != m_refusals.end() ? found->second : Error{ErrorCode::UniqueViolated, {}, {}}));
    }
    return {};
}

// Unique values that swap places: those that are in the way step aside together, then all take their own. true:
// written.
Result<bool> TableApplier::swapUnique()
{
    const bool unique = std::any_of(m_refusals.begin(), m_refusals.end(), [](const auto &refusal) {
        return refusal.second.code == ErrorCode::UniqueViolated;
    });
    const std::vector<int> cells = uniqueCells(m_s.pair);
    if (!unique || cells.empty() || m_planned || m_s.streaming)
        return false;
    const std::vector<int> all = allRows(m_refused.rows);
    RowBatch now;
    TRY(readLocked(m_refused.rows, all, now));
    RowBatch standIns(m_s.pair.layout);
    for (int row = 0; row < now.rowCount(); ++row) {
        if (now.fault(row) != nullptr || !appendStandIn(m_s.pair, now, row, cells, true, standIns))
            return false;
    }
    const auto there = byKey(now);
    std::vector<int> inserts;
    std::vector<int> updates;
    std::string scratch;
    for (const int row : all)
        (there.contains(std::string(m_refused.rows.key(row, scratch))) ? updates : inserts).push_back(row);
    if (updates.empty())
        return false;
    TRY_ASSIGN(Session * session, begin());
    TRY(session->savepoint());
    auto done = [&]() -> Result<void> {
        TRY(writeOnce(Operation::Update, standIns, allRows(standIns)));
        TRY(writeOnce(Operation::Update, m_refused.rows, updates));
        return inserts.empty() ? Result<void>() : writeOnce(Operation::Insert, m_refused.rows, inserts);
    }();
    if (!done) {
        if (!done.error().isRowFault())
            return fail(std::move(done).error());
        TRY(session->rollbackToSavepoint());
        return false;
    }
    TRY(session->releaseSavepoint());
    m_wroteRows = true;
    m_uncommitted.updates += qint64(updates.size());
    m_uncommitted.inserts += qint64(inserts.size());
    for (const int row : all) {
        RowBatch key(m_s.pair.keyLayout);
        m_s.pair.appendKey(m_refused.rows, row, key);
        m_failing.erase(std::string(key.chain(0)));
    }
    m_refused.clear();
    m_refusals.clear();
    return true;
}

// Foreign keys in a circle: rows come in without them first, and get them once the others stand. They stay refused
// until then.
Result<void> TableApplier::insertWithoutForeign()
{
    const std::vector<int> cells = foreignCells(m_s.pair);
    if (cells.empty() || m_planned || m_s.streaming)
        return {};
    const Batch batch = std::exchange(m_refused, {});
    m_refused.rows.reset(m_s.pair.layout);
    TRY_ASSIGN(Session * session, begin());
    for (const int row : batch.inserts) {
        const auto found = m_refusals.find(std::string(batch.rows.chain(row)));
        const bool foreign = found != m_refusals.end() && found->second.code == ErrorCode::ForeignKeyViolated;
        RowBatch standIn(m_s.pair.layout);
        bool stands = false;
        if (foreign && appendStandIn(m_s.pair, batch.rows, row, cells, false, standIn)) {
            TRY(session->savepoint());
            auto done = writeOnce(Operation::Insert, standIn, allRows(standIn));
            if (!done && !done.error().isRowFault())
                return done;
            TRY(done ? session->releaseSavepoint() : session->rollbackToSavepoint());
            stands = done.has_value();
            m_uncommitted.inserts += stands ? 1 : 0;
        }
        m_refused.add(stands ? Operation::Update : Operation::Insert, batch.rows, row);
    }
    for (const int row : batch.updates)
        m_refused.add(Operation::Update, batch.rows, row);
    return {};
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
        const auto current = byKey(now);
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
