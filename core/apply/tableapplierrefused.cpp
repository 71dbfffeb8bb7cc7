// SPDX-License-Identifier: GPL-3.0-or-later
// How the applier writes rows that were in each other's way.
#include "core/apply/tableapplier.h"

#include <algorithm>

#include "core/apply/standin.h"
#include "core/data/rowindex.h"

namespace tidemark {

Result<void> TableApplier::retryRefused(bool lastPass)
{
    TRY(dropChanged(m_refused));
    while (m_refused.rows.rowCount() > 0) {
        const Batch batch = std::exchange(m_refused, {});
        m_refused.rows.reset(m_s.pair.layout);
        for (int row = 0; row < batch.rows.rowCount(); ++row)
            forgetFailure(batch.rows, row);
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
    TRY(retryDeletes(lastPass));
    return commitBatch();
}

void TableApplier::forgetFailure(const RowBatch &rows, int row)
{
    RowBatch key(m_s.pair.keyLayout);
    m_s.pair.appendKey(rows, row, key);
    m_failing.erase(std::string(key.chain(0)));
    m_asideBy.erase(std::string(key.chain(0)));
    m_refusals.erase(std::string(rows.chain(row)));
}

Result<void> TableApplier::asideStuck()
{
    const Batch stuck = std::exchange(m_refused, {});
    m_refused.rows.reset(m_s.pair.layout);
    TRY(removeStandIns(stuck));
    for (int row = 0; row < stuck.rows.rowCount(); ++row) {
        const auto found = m_refusals.find(std::string(stuck.rows.chain(row)));
        const Error error = found != m_refusals.end() ? found->second : Error{ErrorCode::UniqueViolated, {}, {}};
        if (leaveMoved(stuck.rows, row, error))
            continue;
        if (!looksAgain(stuck.rows, row, error))
            TRY(asideRow(stuck.rows, row, error));
        else if (m_s.transaction != TransactionScope::Batch)
            return fail(error);
    }
    return {};
}

// It has moved each time that it was looked at: for the next run.
bool TableApplier::leaveMoved(const RowBatch &rows, int row, const Error &error)
{
    if (!isMoved(error))
        return false;
    m_newRetries += retryKey(rows, row, RetryReason::Locked);
    return true;
}

// Where the source offers no snapshot for all of its tables, the row that this one refers to may have come after its
// table was read: the foreign key has failed once, and the row stays in the retry set for a second look.
bool TableApplier::looksAgain(const RowBatch &rows, int row, const Error &error)
{
    if (!m_s.mayLookAgain || error.code != ErrorCode::ForeignKeyViolated)
        return false;
    RowBatch key(m_s.pair.keyLayout);
    m_s.pair.appendKey(rows, row, key);
    if (m_s.failedBefore.contains(std::string(key.chain(0))))
        return false;
    m_wantsSecondLook = true;
    return true;
}

// What came in without its foreign keys and never got them goes again, unless other rows rest on it: half a row is
// none.
Result<void> TableApplier::removeStandIns(const Batch &stuck)
{
    std::string scratch;
    for (const int row : stuck.updates) {
        if (m_standIns.erase(std::string(stuck.rows.key(row, scratch))) == 0)
            continue;
        TRY_ASSIGN(Session * session, begin());
        const int which[]{row};
        RowBatch now(m_s.pair.layout);
        if (!m_s.ledgers.empty())
            TRY(readLocked(stuck.rows, which, now));
        TRY(session->savepoint());
        auto done = writeOnce(Operation::Delete, stuck.rows, which);
        if (!done && !done.error().isRowFault())
            return done;
        TRY(done ? session->releaseSavepoint() : session->rollbackToSavepoint());
        m_uncommitted.inserts -= done ? 1 : 0;
        const RowNumbers current = rowsByKey(now);
        if (done)
            TRY(tellLedgers(Operation::Delete, stuck.rows, which, {&now, &current}));
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
    if (!unique || cells.empty() || m_s.streaming)
        return false;
    const std::vector<int> all = allRows(m_refused.rows);
    RowBatch now;
    TRY(readLocked(m_refused.rows, all, now));
    RowBatch standIns(m_s.pair.layout);
    for (int row = 0; row < now.rowCount(); ++row) {
        if (now.fault(row) != nullptr || !appendStandIn(m_s.pair, now, row, cells, true, standIns))
            return false;
    }
    const auto there = rowsByKey(now);
    TRY_ASSIGN(const bool some, dropDecided(now, there));
    if (some)
        return true;
    std::vector<int> inserts;
    std::vector<int> updates;
    std::string scratch;
    for (const int row : all) {
        const bool stands = there.contains(std::string(m_refused.rows.key(row, scratch)));
        (stands ? updates : inserts).push_back(row);
    }
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
    m_uncommitted.updates += qint64(updates.size());
    m_uncommitted.inserts += qint64(inserts.size());
    TRY(tellLedgers(Operation::Update, m_refused.rows, updates, {&now, &there}));
    TRY(tellLedgers(Operation::Insert, m_refused.rows, inserts));
    for (const int row : all)
        forgetFailure(m_refused.rows, row);
    m_refused.clear();
    return true;
}

// Rows that moved since they were refused, and that the policy leaves as they are now: they are in nobody's way, and
// are not set aside either. true: there were some.
Result<bool> TableApplier::dropDecided(const RowBatch &now, const RowNumbers &there)
{
    if (m_s.policy == nullptr)
        return false;
    Batch left;
    left.rows.reset(m_s.pair.layout);
    std::string scratch;
    const auto sift = [&](Operation operation, const std::vector<int> &rows) -> Result<void> {
        for (const int row : rows) {
            const auto found = there.find(std::string(m_refused.rows.key(row, scratch)));
            if (found != there.end()) {
                forgetFailure(m_refused.rows, row);
                TRY_ASSIGN(const bool writes, mayUpdate(m_refused.rows, row, now, found->second));
                if (!writes)
                    continue;
            }
            left.add(operation, m_refused.rows, row);
        }
        return {};
    };
    TRY(sift(Operation::Insert, m_refused.inserts));
    TRY(sift(Operation::Update, m_refused.updates));
    const bool some = left.rows.rowCount() < m_refused.rows.rowCount();
    m_refused = std::move(left);
    return some;
}

// Foreign keys in a circle: rows come in without them first, and get them once the others stand. They stay refused
// until then.
Result<void> TableApplier::insertWithoutForeign()
{
    const std::vector<int> cells = foreignCells(m_s.pair);
    if (cells.empty() || m_s.streaming)
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
            if (stands) {
                TRY(tellLedgers(Operation::Insert, standIn, allRows(standIn)));
                TRY(rememberStandIn(batch.rows, row));
            }
        }
        m_refused.add(stands ? Operation::Update : Operation::Insert, batch.rows, row);
    }
    for (const int row : batch.updates)
        m_refused.add(Operation::Update, batch.rows, row);
    return {};
}

Result<void> TableApplier::rememberStandIn(const RowBatch &rows, int row)
{
    std::string scratch;
    const std::string key(rows.key(row, scratch));
    m_standIns.insert(key);
    if (!m_planned)
        return {};
    // From here on the plan's row must be as the target stored it just now.
    RowBatch now;
    const int which[]{row};
    TRY(readLocked(rows, which, now));
    if (!now.isEmpty())
        m_pictures.insert_or_assign(key, now.fingerprint(0));
    return {};
}

} // namespace tidemark
