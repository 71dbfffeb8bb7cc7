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
    std::unordered_set<int> equated;
    if (!m_s.streaming && inserts.size() + updates.size() > 1) {
        TRY_ASSIGN(equated, equatedRows(rows, inserts, updates));
    }
    std::vector<int> sure[2];
    for (const bool isUpdate : {false, true}) {
        for (const int row : isUpdate ? updates : inserts) {
            if (equated.contains(row))
                TRY(asideCollision(rows, row, Error{ErrorCode::KeyCollision, {}, {}}));
            else
                sure[isUpdate ? 1 : 0].push_back(row);
        }
    }
    return writeRows(rows, sure[0], sure[1]);
}

// Rows that are there already are not equated with each other; an insert may be with them, or with another insert.
Result<std::unordered_set<int>> TableApplier::equatedRows(const RowBatch &rows, const std::vector<int> &inserts,
                                                          const std::vector<int> &updates)
{
    std::unordered_set<int> equated;
    RowBatch now;
    TRY(readLocked(rows, inserts, now));
    const auto there = rowsByKey(now);
    std::string scratch;
    for (const int row : inserts) {
        if (there.contains(std::string(rows.key(row, scratch))))
            return equated; // somebody was faster: each for itself, then
    }
    for (std::size_t one = 0; one < inserts.size(); ++one) {
        const int alone[]{inserts[one]};
        TRY_ASSIGN(const bool taken, keysClash(rows, alone));
        if (taken) {
            equated.insert(inserts[one]);
            equated.insert(updates.begin(), updates.end());
            continue;
        }
        for (std::size_t other = 0; other < one; ++other) {
            const int both[]{inserts[one], inserts[other]};
            if (equated.contains(inserts[one]) && equated.contains(inserts[other]))
                continue;
            TRY_ASSIGN(const bool clash, keysClash(rows, both));
            if (clash)
                equated.insert({inserts[one], inserts[other]});
        }
    }
    return equated;
}

// Tried out and taken back, with stand-ins for everything else that could be refused: what remains is the key.
Result<bool> TableApplier::keysClash(const RowBatch &rows, std::span<const int> which)
{
    std::vector<int> cells = uniqueCells(m_s.pair);
    const std::vector<int> foreign = foreignCells(m_s.pair);
    cells.insert(cells.end(), foreign.begin(), foreign.end());
    RowBatch probes(m_s.pair.layout);
    for (const int row : which) {
        if (!appendStandIn(m_s.pair, rows, row, cells, true, probes))
            return false; // nobody can tell
    }
    TRY_ASSIGN(Session * session, begin());
    TRY(session->savepoint());
    auto done = writeOnce(Operation::Insert, probes, allRows(probes));
    if (!done && !done.error().isRowFault())
        return fail(std::move(done).error());
    TRY(session->rollbackToSavepoint());
    return !done && done.error().code == ErrorCode::UniqueViolated;
}

Result<void> TableApplier::asideCollision(const RowBatch &rows, int row, Error error)
{
    error.code = ErrorCode::KeyCollision;
    m_collided.insert(foldedKey(rows, row)); // nor is what it collides with deleted
    return asideRow(rows, row, std::move(error));
}

} // namespace tidemark
