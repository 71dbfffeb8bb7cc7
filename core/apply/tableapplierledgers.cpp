// SPDX-License-Identifier: GPL-3.0-or-later
// How the applier tells what it writes to those who keep a record of it.
#include "core/apply/tableapplier.h"

#include <algorithm>

#include "core/data/rowindex.h"

namespace tidemark {

namespace {

int numberOf(const std::unordered_map<std::string, int> *byKey, const RowBatch &rows, int row, std::string &scratch)
{
    if (byKey == nullptr)
        return -1;
    const auto found = byKey->find(std::string(rows.key(row, scratch)));
    return found == byKey->end() ? -1 : found->second;
}

} // namespace

// Each write stands by itself: what may have been done is known before it is.
Result<void> TableApplier::tellIntended(Operation operation, const RowBatch &rows, std::span<const int> which,
                                        const LockedRows &locked)
{
    if (m_s.ledgers.empty() || operation == Operation::Delete) // what is gone is as it was to be
        return {};
    std::vector<WrittenRow> intended;
    intended.reserve(which.size());
    std::string scratch;
    for (const int row : which) {
        WrittenRow one;
        one.decision = operation == Operation::Insert ? Decision::InsertTarget : Decision::UpdateTarget;
        one.handed = one.after = row;
        one.before = numberOf(locked.byKey, rows, row, scratch);
        intended.push_back(one);
    }
    const RowBatch none(m_s.pair.layout);
    const WrittenRows note{locked.rows != nullptr ? *locked.rows : none, rows, rows, intended};
    for (WriteLedger *ledger : m_s.ledgers)
        TRY(ledger->intend(note));
    return {};
}

Result<void> TableApplier::tellLedgers(Operation operation, const RowBatch &rows, std::span<const int> which,
                                       const LockedRows &locked)
{
    if (m_s.ledgers.empty() || which.empty())
        return {};
    const bool deletes = operation == Operation::Delete;
    const bool readsBack = !deletes
        && std::any_of(m_s.ledgers.begin(), m_s.ledgers.end(), [](WriteLedger *one) { return one->wantsAfter(); });
    RowBatch stored(m_s.pair.layout);
    RowNumbers storedByKey;
    if (readsBack) {
        TRY(readLocked(rows, which, stored));
        storedByKey = rowsByKey(stored);
        TRY_ASSIGN(Session * session, begin());
        // What is gone by now somebody has deleted since: it was written, and the delete is theirs.
        for (const int row : which) {
            std::string key;
            if (!session->facts().transactional && !storedByKey.contains(std::string(rows.key(row, key)))) {
                stored.appendRow(rows, row);
                storedByKey.emplace(rows.key(row, key), stored.rowCount() - 1);
            }
        }
    }
    static constexpr Decision decisions[]{Decision::InsertTarget, Decision::UpdateTarget, Decision::DeleteTarget};
    static constexpr Reason reasons[]{Reason::MissingAtTarget, Reason::CellsDiffer, Reason::MissingAtSource};
    const auto kind = static_cast<std::size_t>(operation);
    std::vector<WrittenRow> written;
    written.reserve(which.size());
    std::string scratch;
    for (const int row : which) {
        WrittenRow one{decisions[kind], locked.reason == Reason::None ? reasons[kind] : locked.reason};
        if (const auto contested =
                m_contested.empty() ? m_contested.end() : m_contested.find(std::string(rows.key(row, scratch)));
            contested != m_contested.end()) {
            one.reason = contested->second.reason == Reason::None ? one.reason : contested->second.reason;
            one.cause = contested->second.cause;
        } else if (operation == Operation::Update && m_s.policy != nullptr) {
            one.cause = m_s.policy->causeOf(rows, row);
        }
        one.handed = row;
        one.before = numberOf(locked.byKey, rows, row, scratch);
        if (readsBack)
            one.after = numberOf(&storedByKey, rows, row, scratch);
        else if (!deletes)
            one.after = row;
        written.push_back(one);
    }
    const RowBatch none(m_s.pair.layout);
    const WrittenRows note{locked.rows != nullptr ? *locked.rows : none, readsBack ? stored : rows, rows, written};
    for (WriteLedger *ledger : m_s.ledgers)
        TRY(ledger->note(note));
    m_untold += qint64(which.size());
    const bool spills = m_s.transaction != TransactionScope::Batch && m_untold >= m_s.job.batch.rows;
    for (WriteLedger *ledger : m_s.ledgers) {
        if (spills)
            TRY(ledger->spill(m_s.generation, m_checkpoint.epoch + 1));
    }
    m_untold = spills ? 0 : m_untold;
    return {};
}

Result<void> TableApplier::prepareLedgers()
{
    const bool marked = m_s.job.checkpoint == CheckpointPlace::Target;
    for (WriteLedger *ledger : m_s.ledgers)
        TRY(ledger->prepare(m_s.generation, marked ? m_committing.epoch : 0));
    return {};
}

} // namespace tidemark
