// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <optional>

#include "core/journal/fileformat.h"
#include "core/reconcile/decision.h"

// How a plan file is laid out; what writer and reader share.
//
// Rows lie by table, decision and their number within both, all in the rowid: one append-only tree, no index to be
// built at the end, and the page of one decision is a range. "number" is the row's number within the table and grows
// along each range, so a page over all decisions is found by halving. application_id is set last: a file without it was
// not finished. Skipped rows are ranges of places, disjoint and joined where they meet: a million skipped rows are one.
namespace tidemark::planlayout {

constexpr qint64 applicationId = 0x5444504c; // "TDPL"
constexpr int format = 3;

inline constexpr const char *schema =
    "CREATE TABLE head (body TEXT NOT NULL, checksum INTEGER NOT NULL);"
    "CREATE TABLE tables (number INTEGER PRIMARY KEY, body TEXT NOT NULL, checksum INTEGER NOT NULL,"
    " included INTEGER NOT NULL);"
    "CREATE TABLE counts (table_number INTEGER NOT NULL, decision INTEGER NOT NULL, count INTEGER NOT NULL,"
    " PRIMARY KEY (table_number, decision)) WITHOUT ROWID;"
    "CREATE TABLE rows (place INTEGER PRIMARY KEY, number INTEGER NOT NULL, reason INTEGER NOT NULL, source BLOB NOT "
    "NULL,"
    " target BLOB NOT NULL, checksum INTEGER NOT NULL, base BLOB, merged_source BLOB, merged_target BLOB);"
    "CREATE TABLE column_counts (table_number INTEGER NOT NULL, cell INTEGER NOT NULL, count INTEGER NOT NULL,"
    " PRIMARY KEY (table_number, cell)) WITHOUT ROWID;"
    "CREATE TABLE excluded (first INTEGER PRIMARY KEY, past INTEGER NOT NULL);";

// Fixed numbers: a file may outlive the enumerations.
inline constexpr std::array decisions = {Decision::InsertTarget, Decision::UpdateTarget, Decision::DeleteTarget,
                                         Decision::InsertSource, Decision::UpdateSource, Decision::DeleteSource,
                                         Decision::Merge,        Decision::Conflict};
inline constexpr std::array reasons = {Reason::None,
                                       Reason::MissingAtTarget,
                                       Reason::CellsDiffer,
                                       Reason::MissingAtSource,
                                       Reason::LeftFilter,
                                       Reason::ChangedAtSource,
                                       Reason::ChangedAtTarget,
                                       Reason::DeletedAtSource,
                                       Reason::DeletedAtTarget,
                                       Reason::ChangedAtBoth,
                                       Reason::InsertedAtBoth,
                                       Reason::DeletedAndChanged,
                                       Reason::NoBase};

// The chains of a row.
struct RowChains
{
    std::string_view source, target, base, mergedSource, mergedTarget;
};

template <typename Entry, size_t Count>
constexpr int numberOf(const std::array<Entry, Count> &entries, Entry entry) // −1: none
{
    for (size_t i = 0; i < Count; ++i) {
        if (entries[i] == entry)
            return static_cast<int>(i);
    }
    return -1;
}

constexpr qint64 rowsPerRange = qint64{1} << 40;

constexpr qint64 place(int table, int decision, qint64 nth)
{
    return (qint64{table} * qint64{decisions.size()} + decision) * rowsPerRange + nth;
}

constexpr int decisionOf(qint64 place) { return static_cast<int>(place / rowsPerRange % qint64{decisions.size()}); }

inline qint64 rowChecksum(RecordChecksum &sum, qint64 place, qint64 number, qint64 reason, const RowChains &chains)
{
    sum.restart();
    sum.add(place).add(number).add(reason).add(chains.source).add(chains.target);
    if (!chains.base.empty() || !chains.mergedSource.empty() || !chains.mergedTarget.empty())
        sum.add(chains.base).add(chains.mergedSource).add(chains.mergedTarget);
    return sum.value();
}

inline qint64 bodyChecksum(qint64 number, const QByteArray &body)
{
    return RecordChecksum().add(number).add(body).value();
}

} // namespace tidemark::planlayout
