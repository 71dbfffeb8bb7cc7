// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <set>

#include "core/run/twowaybase.h"

namespace tidemark {

// What the base of a two-way job says of rows that an undo put back at one side.
//
// The row is as it was there, and at the other side it is what the undone run made of both, or took from there. A base
// from before the run would let the next one write the same again, and the base of the run would let it carry the undo
// to the other side; neither is what a person asked for who wanted a run to be undone. So the base says that both sides
// have moved since: fingerprints that no row has, and no cells to merge by. What follows is the table of semantics.md:
//   put back an older row          both there and unequal     both-updated
//   took back an insert            there at the other side    updated-and-deleted
//   brought a deleted row back     there at this side         updated-and-deleted
// The job's policy decides those, or a person; a merge asks about every cell that has no rule. Where both sides are
// equal again, that is the base.
//
// One row that was asked for by its key, and that had lost to a policy or a person, is an edit: who brings a lost value
// back wants it to win. The base stays what the run left, and the next run takes the row to the other side.
//
// Where there is no base to be trusted, none is made: what is unequal is for the policy `first`, and what is at one
// side alone is written to the other.
class UndoneMarks final : public WriteLedger
{
public:
    UndoneMarks(TwoWayBase &base, JobSide side, bool areEdits) : m_base(base), m_side(side), m_areEdits(areEdits) { }
    bool wantsAfter() const override { return false; }
    Result<void> note(const WrittenRows &rows) override;
    Result<void> prepare(const QByteArray &generation, qint64 epoch) override;
    Result<void> committed() override;
    void rolledBack() override;

    // Rows that are about to be put back, and whose merges the undone run has not brought to both sides: from now on
    // both sides have moved, and nobody finishes the merge. Durable when it returns.
    static Result<void> stopMerges(BaseFile &file, const QString &table, const std::set<std::string> &keys);

private:
    TwoWayBase &m_base;
    JobSide m_side;
    bool m_areEdits;
    qint64 m_epoch = 0;
    bool m_promised = false;
    std::optional<qint64> m_doubtful; // the epoch of a transaction that may have been committed
    std::vector<BaseChange> m_changes;
};

} // namespace tidemark
