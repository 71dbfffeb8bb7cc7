// SPDX-License-Identifier: GPL-3.0-or-later
// How the applier reads under lock, writes, and finds the rows that the target refuses.
#include "core/apply/tableapplier.h"

#include "core/data/rowindex.h"
#include "core/detect/compare.h"

namespace tidemark {

namespace {

constexpr qint64 asideLimit = 1000; // then the table stops

} // namespace

Result<Session *> TableApplier::begin()
{
    // A pause waits between batches: inside one it would hold the target's locks.
    if (m_s.lane.isOpen() ? m_s.cancellation.isCancelled() : m_s.cancellation.waitWhilePaused())
        return fail(ErrorCode::Cancelled);
    // A batch in hand is written to its end; a transaction that is more than a batch has none.
    if (m_s.transaction != TransactionScope::Batch && m_s.cancellation.isStopping())
        return fail(ErrorCode::Cancelled);
    TRY_ASSIGN(Session * session, m_s.lane.begin(*this));
    if (m_fenced || m_s.job.checkpoint != CheckpointPlace::Target)
        return session;
    TRY_ASSIGN(const auto found, session->loadCheckpoint(m_s.pair.checkpointKey, true));
    // A commit of ours whose answer was lost, and that nobody could look up then.
    if (found && found->epoch == m_committing.epoch && found->generation == m_committing.generation)
        m_checkpoint = m_committing;
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
    const auto current = rowsByKey(now);
    std::vector<int> toInsert;
    std::vector<int> toUpdate;
    std::string scratch;
    for (const int row : updates) {
        const auto found = current.find(std::string(rows.key(row, scratch)));
        if (movedSincePlan(rows, row, now, found == current.end() ? -1 : found->second))
            continue;
        if (found == current.end()) {
            toInsert.push_back(row);
            continue;
        }
        TRY_ASSIGN(const bool writes, mayUpdate(rows, row, now, found->second));
        if (writes)
            toUpdate.push_back(row);
    }
    TRY(write(Operation::Insert, rows, toInsert));
    return write(Operation::Update, rows, toUpdate, {&now, &current});
}

// Where nothing is locked, a row of a plan may move between two looks at it.
bool TableApplier::movedSincePlan(const RowBatch &rows, int row, const RowBatch &now, int nowRow)
{
    std::string scratch;
    const auto picture = m_planned ? m_pictures.find(std::string(rows.key(row, scratch))) : m_pictures.end();
    if (picture == m_pictures.end() || (nowRow >= 0 && now.fingerprint(nowRow) == picture->second))
        return false;
    changed(rows, row);
    return true;
}

// Is the row that is there, locked, to be written over?
Result<bool> TableApplier::mayUpdate(const RowBatch &rows, int row, const RowBatch &now, int nowRow)
{
    if (now.fault(nowRow) == nullptr && rows.equalRows(row, now, nowRow))
        return false;
    std::string scratch;
    const bool isOwn = m_standIns.contains(std::string(rows.key(row, scratch))); // of this very row
    if (m_s.policy == nullptr || m_planned || isOwn)
        return true;
    TRY_ASSIGN(const Decision decision, m_s.policy->judge(rows, row, now, nowRow));
    if (decision == Decision::Conflict)
        m_newRetries += retryKey(rows, row, RetryReason::NotSelected);
    return decision == Decision::UpdateTarget;
}

Result<void> TableApplier::writeOnce(Operation operation, const RowBatch &rows, std::span<const int> which)
{
    TRY_ASSIGN(RowWriter * writer, this->writer());
    const RowSelection selection{&rows, which};
    switch (operation) {
    case Operation::Insert:
        TRY(m_s.pair.targetMark ? insertOrRevive(rows, which) : writer->insert(selection));
        break;
    case Operation::Update:
        TRY(writer->update(selection));
        break;
    case Operation::Delete:
        TRY(m_s.pair.targetMark ? setMark(rows, which, m_s.pair.targetMark->deleted) : writer->remove(selection));
        break;
    }
    return m_s.streaming ? Result<void>() : writer->flush();
}

Result<void> TableApplier::setMark(const RowBatch &rows, std::span<const int> which, const QString &value)
{
    TRY(m_writer->flush());
    TRY_ASSIGN(Session * session, begin());
    return session->setFlag(m_writeRequest, m_s.pair.targetMark->column, value, RowSelection{&rows, which});
}

// A row that counts as deleted may stand under the key: it becomes this one, and its mark is taken off.
Result<void> TableApplier::insertOrRevive(const RowBatch &rows, std::span<const int> which)
{
    TRY(m_writer->flush());
    TRY_ASSIGN(Session * session, begin());
    ReadRequest request = m_s.pair.keysOf(m_s.pair.readTarget(m_s.job.batch));
    request.where.clear();
    request.marks->rows = MarkFilter::Rows::Marked;
    RowBatch marked(m_s.pair.keyLayout);
    TRY(session->readKeys(request, RowSelection{&rows, which}, true, marked));
    const RowNumbers byKey = rowsByKey(marked);
    std::vector<int> revived;
    std::vector<int> inserted;
    std::string scratch;
    for (const int row : which)
        (byKey.contains(std::string(rows.key(row, scratch))) ? revived : inserted).push_back(row);
    if (!revived.empty()) {
        TRY(m_writer->update({&rows, revived}));
        TRY(setMark(rows, revived, m_s.pair.targetMark->present));
    }
    return inserted.empty() ? Result<void>() : m_writer->insert({&rows, inserted});
}

Result<void> TableApplier::write(Operation operation, const RowBatch &rows, std::span<const int> which,
                                 const LockedRows &locked)
{
    if (which.empty())
        return {};
    const auto counted = [&](std::span<const int> done) {
        for (const int row : done)
            m_counts.bytes += qint64(rows.chain(row).size());
        (operation == Operation::Insert       ? m_uncommitted.inserts
             : operation == Operation::Update ? m_uncommitted.updates
                                              : m_uncommitted.deletes) += qint64(done.size());
        tell();
    };
    if (m_s.streaming) {
        TRY(writeOnce(operation, rows, which));
        counted(which);
        return tellLedgers(operation, rows, which, locked);
    }
    TRY_ASSIGN(Session * session, begin());
    const bool stands = !session->facts().transactional;
    if (stands)
        TRY(tellIntended(operation, rows, which, locked));
    TRY(session->savepoint());
    auto done = writeOnce(operation, rows, which);
    if (done) {
        TRY(session->releaseSavepoint());
        counted(which);
        TRY(noteAltered(operation, rows, which));
        return tellLedgers(operation, rows, which, locked);
    }
    const Error error = std::move(done).error();
    if (!error.isRowFault()) {
        if (m_writer) // what stands is counted, whatever becomes of the others
            counted(m_writer->standing({&rows, which}));
        return fail(error);
    }
    TRY(session->rollbackToSavepoint());
    if (which.size() == 1) {
        for (WriteLedger *ledger : m_s.ledgers) {
            if (stands)
                ledger->refused(rows, which.front());
        }
        return refused(operation, rows, which.front(), error);
    }
    // Some row is to blame: by halves, or around the row that the server named.
    bool named = false;
    const auto line = static_cast<std::size_t>(error.facts.value(Fact::Line).toULongLong(&named));
    const bool usable = named && line < which.size();
    const std::size_t middle = usable ? line : which.size() / 2;
    TRY(write(operation, rows, which.first(middle), locked));
    if (!usable)
        return write(operation, rows, which.subspan(middle), locked);
    TRY(write(operation, rows, which.subspan(middle, 1), locked));
    return write(operation, rows, which.subspan(middle + 1), locked);
}

// The target has made something else of what it was given, and says so: the source's row is not what is there, and
// writing it again would not make it so.
Result<void> TableApplier::noteAltered(Operation operation, const RowBatch &rows, std::span<const int> which)
{
    if (!m_s.altered || operation == Operation::Delete)
        return {};
    const std::vector<int> altered = m_writer->takeAltered({&rows, which});
    if (altered.empty())
        return {};
    RowBatch now;
    TRY(readLocked(rows, altered, now));
    const RowNumbers current = rowsByKey(now);
    std::string scratch;
    for (const int row : altered) {
        const auto found = current.find(std::string(rows.key(row, scratch)));
        const bool differs =
            found != current.end() && now.fault(found->second) == nullptr && !rows.equalRows(row, now, found->second);
        if (differs)
            TRY(m_s.altered(rows, row, now, found->second));
    }
    return {};
}

Result<void> TableApplier::refused(Operation operation, const RowBatch &rows, int row, const Error &error)
{
    if (operation == Operation::Insert && error.code == ErrorCode::UniqueViolated)
        return refusedDuplicate(rows, row, error);
    const bool foreign = error.code == ErrorCode::ForeignKeyViolated || isMoved(error);
    if (!foreign && (operation == Operation::Delete || error.code != ErrorCode::UniqueViolated))
        return asideRow(rows, row, error);
    keepRefused(operation, rows, row, error);
    return {};
}

void TableApplier::keepRefused(Operation operation, const RowBatch &rows, int row, const Error &error)
{
    m_refusals.insert_or_assign(std::string(rows.chain(row)), error);
    if (operation == Operation::Delete)
        m_refusedDeletes.appendRow(rows, row);
    else
        m_refused.add(operation, rows, row);
    m_newRetries += retryKey(rows, row, RetryReason::SetAside);
}

// A plain INSERT met a duplicate: of its own key (somebody was faster), or of another unique value.
Result<void> TableApplier::refusedDuplicate(const RowBatch &rows, int row, const Error &error)
{
    RowBatch now;
    const int which[]{row};
    TRY(readLocked(rows, which, now));
    // The server may have looked it up by its collation: only the very bytes are the same key.
    bool collides = !now.isEmpty() && rows.compareKeys(row, now, 0) != 0;
    if (now.isEmpty() && m_collates) {
        TRY_ASSIGN(collides, keysClash(rows, which));
    }
    if (collides)
        return asideCollision(rows, row, error);
    if (now.isEmpty()) {
        keepRefused(Operation::Insert, rows, row, error);
        return {};
    }
    if (m_planned) {
        changed(rows, row);
        return {};
    }
    TRY_ASSIGN(const bool writes, mayUpdate(rows, row, now, 0));
    if (!writes)
        return {};
    const RowNumbers current = rowsByKey(now);
    return write(Operation::Update, rows, which, {&now, &current});
}

Result<void> TableApplier::asideRow(const RowBatch &rows, int row, Error error)
{
    error.with(Fact::Table, m_s.pair.targetName());
    error.with(Fact::Key, keyText(rows, row));
    if (m_s.written == JobSide::Source)
        error.with(Fact::Found, QStringLiteral("source")); // of a row that is refused: where, if not at the target
    if (stopsAtBadRow())
        return fail(std::move(error));
    const RetryKey retry = retryKey(rows, row, RetryReason::SetAside);
    m_newRetries += retry;
    m_asideBy.insert_or_assign(retry.key.toStdString(), error);
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

std::optional<RetryReason> TableApplier::failure(const QByteArray &keyChain) const
{
    const auto found = m_failing.find(keyChain.toStdString());
    return found == m_failing.end() ? std::nullopt : std::optional(found->second);
}

std::optional<Error> TableApplier::refusal(const QByteArray &keyChain) const
{
    const auto found = m_asideBy.find(keyChain.toStdString());
    return found == m_asideBy.end() ? std::nullopt : std::optional(found->second);
}

RetryKey TableApplier::retryKey(const RowBatch &rows, int row, RetryReason reason)
{
    RowBatch key(m_s.pair.keyLayout);
    m_s.pair.appendKey(rows, row, key);
    const std::string_view chain = key.chain(0);
    m_failing.insert_or_assign(std::string(chain), reason);
    return {QByteArray(chain.data(), qsizetype(chain.size())), reason, keyText(rows, row), m_s.run, m_s.clock.nowUs()};
}

} // namespace tidemark
