// SPDX-License-Identifier: GPL-3.0-or-later
// How the applier writes rows whose keys the target's index may equate. Only the target knows: it is asked, and where
// it does equate them none is written.
#include "core/apply/tableapplier.h"

#include <map>

#include "core/apply/standin.h"
#include "core/data/rowindex.h"

namespace tidemark {

namespace {

struct Group // of one folded key
{
    std::vector<int> inserts;
    std::vector<int> updates;
};

std::map<QString, Group> grouped(const RowBatch &rows, const std::vector<int> &inserts, const std::vector<int> &updates)
{
    std::map<QString, Group> groups;
    for (const int row : inserts)
        groups[foldedKey(rows, row)].inserts.push_back(row);
    for (const int row : updates)
        groups[foldedKey(rows, row)].updates.push_back(row);
    return groups;
}

} // namespace

Result<void> TableApplier::writeDoubtful()
{
    const Batch all = std::exchange(m_doubtful, {});
    m_doubtful.rows.reset(m_s.pair.layout);
    Batch part;
    part.rows.reset(m_s.pair.layout);
    const auto writePart = [&]() -> Result<void> {
        const int count = part.rows.rowCount();
        TRY(dropChanged(part));
        for (const auto &[key, group] : grouped(part.rows, part.inserts, part.updates))
            TRY(writeGroup(part.rows, group.inserts, group.updates));
        m_heldUpserts -= count;
        part.clear();
        return commitBatch();
    };
    for (const auto &[key, group] : grouped(all.rows, all.inserts, all.updates)) {
        for (const int row : group.inserts)
            part.add(Operation::Insert, all.rows, row);
        for (const int row : group.updates)
            part.add(Operation::Update, all.rows, row);
        if (part.rows.rowCount() >= m_s.job.batch.rows)
            TRY(writePart());
    }
    return part.rows.isEmpty() ? Result<void>() : writePart();
}

Result<void> TableApplier::writeGroup(const RowBatch &rows, const std::vector<int> &inserts,
                                      const std::vector<int> &updates)
{
    std::vector<int> all = inserts;
    all.insert(all.end(), updates.begin(), updates.end());
    bool equated = false;
    for (std::size_t probe = 0; !m_s.streaming && all.size() > 1 && probe < inserts.size() && !equated; ++probe) {
        std::swap(all.front(), all[probe]);
        TRY_ASSIGN(equated, isEquated(rows, all.front(), std::span(all).subspan(1)));
    }
    if (!equated)
        return writeRows(rows, inserts, updates);
    for (const int row : all)
        TRY(asideCollision(rows, row, Error{ErrorCode::KeyCollision, {}, {}}));
    return {};
}

// Is a row that is to be inserted, to the target, one of these others? Tried out and taken back.
Result<bool> TableApplier::isEquated(const RowBatch &rows, int row, std::span<const int> others)
{
    TRY_ASSIGN(Session * session, begin());
    TRY(session->savepoint());
    const int which[]{row};
    auto done = writeOnce(Operation::Insert, rows, which);
    if (!done && !done.error().isRowFault())
        return fail(std::move(done).error());
    if (!done)
        TRY(session->rollbackToSavepoint());
    // Looked up by the target's own rules: what comes back under another key is equated with it.
    RowBatch now;
    TRY(readLocked(rows, done ? others : std::span<const int>(which), now));
    bool equated = false;
    for (int found = 0; found < now.rowCount(); ++found)
        equated = equated || (now.compareKeys(found, rows, row) == 0) == done.has_value();
    if (done)
        TRY(session->rollbackToSavepoint());
    return equated;
}

Result<void> TableApplier::asideCollision(const RowBatch &rows, int row, Error error)
{
    error.code = ErrorCode::KeyCollision;
    m_collided.insert(foldedKey(rows, row)); // nor is what it collides with deleted
    return asideRow(rows, row, std::move(error));
}

} // namespace tidemark
