// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>

#include <QJsonObject>

#include "core/journal/fileformat.h"
#include "core/journal/undofile.h"

// How an undo file is laid out; what writer and reader share.
//
// A row's place is its batch and its number within: a batch that was rolled back is one range. Batches of one table
// follow each other in time. A batch is noted, then prepared (before the target's commit), then applied; noted ones are
// of a run that was cut off, or still under way, and count for nothing. The index by key is made by who asks first.
namespace tidemark::undolayout {

constexpr qint64 applicationId = 0x5444554e; // "TDUN"

inline constexpr std::array formatSteps = {
    "CREATE TABLE head (body TEXT NOT NULL, checksum INTEGER NOT NULL);"
    "CREATE TABLE tables (number INTEGER PRIMARY KEY, body TEXT NOT NULL, checksum INTEGER NOT NULL);"
    "CREATE TABLE batches (number INTEGER PRIMARY KEY, table_number INTEGER NOT NULL, state INTEGER NOT NULL,"
    " epoch INTEGER NOT NULL, filled INTEGER NOT NULL, sum_low INTEGER NOT NULL, sum_high INTEGER NOT NULL);"
    "CREATE TABLE rows (place INTEGER PRIMARY KEY, table_number INTEGER NOT NULL, key BLOB NOT NULL,"
    " key_cells BLOB NOT NULL, decision INTEGER NOT NULL, reason INTEGER NOT NULL, flags INTEGER NOT NULL,"
    " before BLOB NOT NULL, after BLOB NOT NULL, stored BLOB NOT NULL, checksum INTEGER NOT NULL);"
    "CREATE TABLE undone (run TEXT NOT NULL);",
};

enum State : quint8 { Noted = 0, Prepared = 1, Applied = 2 };
enum Flag : quint8 { BeforeUnknown = 1, AfterUnknown = 2, ValuesLeftOut = 4 };

// A row's cause lies above its flags; files from before it was noted have nothing there.
inline qint64 causeFlags(Cause cause) { return qint64{quint8(cause.by)} << 8 | qint64{cause.detail} << 16; }

inline Cause causeOf(qint64 flags)
{
    const auto by = quint8(flags >> 8);
    return by > quint8(lastDecidedBy) ? Cause{} : Cause{DecidedBy(by), quint8(flags >> 16)};
}

constexpr qint64 rowsPerBatch = qint64{1} << 32;

// Fixed numbers: a file outlives the enumerations.
inline constexpr std::array decisions = {Decision::InsertTarget, Decision::UpdateTarget, Decision::DeleteTarget};
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

struct Row
{
    qint64 place = 0, table = 0;
    std::string_view key, keyCells; // keyCells empty: the same
    qint64 decision = 0, reason = 0, flags = 0;
    std::string_view before, after, stored;
};

inline qint64 checksumOf(RecordChecksum &sum, const Row &row)
{
    sum.restart();
    sum.add(row.place).add(row.table).add(row.key).add(row.keyCells).add(row.decision).add(row.reason);
    return sum.add(row.flags).add(row.before).add(row.after).add(row.stored).value();
}

inline qint64 bodyChecksum(qint64 number, const QByteArray &body)
{
    return RecordChecksum().add(number).add(body).value();
}

QByteArray fingerprintBytes(const Fingerprint &fingerprint);
std::optional<Fingerprint> fingerprintFrom(std::string_view bytes);

QByteArray headToJson(const UndoHead &head, bool overflowed);
UndoHead headFromJson(const QByteArray &body, bool &overflowed);
QByteArray tableToJson(const UndoTable &table);
std::optional<UndoTable> tableFromJson(const QByteArray &body); // nothing: a cell's kind is not known here

} // namespace tidemark::undolayout
