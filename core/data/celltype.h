// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include <QString>

namespace tidemark {

// The kinds of cell. Two columns that are matched share one kind and one CellType (the comparison type): both
// readers encode into it, and equality is comparing bytes.
//
// VALUE BYTES of a cell (exact: what is written, shown and kept), by kind; NULL is a flag, never bytes:
//   Boolean    1 byte, 0 or 1
//   Integer    9 bytes: 0 (negative) or 1, then the two's complement of 64 bits, big endian; −2⁶³ … 2⁶⁴−1
//   Decimal    ASCII: [-]digits[.digits], no exponent, no '+', no leading zeros but one before the point, its scale
//              as delivered ("1.00"); also "NaN", "Infinity", "-Infinity"
//   Float      8 bytes: IEEE 754 double, big endian, sign bit flipped, and all bits flipped where it was negative
//              (so that bytes sort as numbers). A float of 32 bits is widened.
//   Text       UTF-8 as delivered; never normalised
//   Blob       bytes
//   Date       4 bytes: days since 1970-01-01 (proleptic Gregorian), sign bit flipped, big endian;
//              −infinity is all 0x00, infinity all 0xff
//   Time       8 bytes: microseconds (may be negative or beyond a day: MariaDB), sign bit flipped, big endian
//   Timestamp  8 bytes: microseconds since 1970-01-01 00:00 of its own wall clock, no zone; as Time;
//              −infinity all 0x00, infinity all 0xff
//   Instant    8 bytes: microseconds since 1970-01-01 00:00 UTC; likewise
//   Uuid       16 bytes in the order of its text
//   Json       UTF-8 text as delivered
//   Exact      the database's own text (enum, set, array, interval, inet, range, tsvector, bit …), UTF-8;
//              for binary types without text (geometry) the kind is Blob
//
// COMPARISON BYTES are the value bytes, but:
//   Decimal    no trailing zeros after the point ("1.0" → "1", "-0" → "0"), then floored to `scale` where it is set
//   Float      −0 → 0, every NaN → one NaN, rounded to 32 bits and widened where floatBits is 32; with
//              floatTolerance t: rounded to the nearest multiple of t
//   Text, Exact  ignoreCase → simple case folding (QString::toCaseFolded), ignoreTrailingSpaces → U+0020 cut
//              at the end, emptyIsNull → an empty text compares as NULL
//   Time, Timestamp, Instant  floored to `fraction` digits (towards −infinity)
//   Json       unless jsonAsText: canonical (keys sorted by the bytes of their canonical text, the last of doubled
//   keys, no blanks, numbers as Decimal
//              with exponents resolved, strings with the shortest escapes)
//   Date, Boolean, Integer, Blob, Uuid  as they are
//
// ORDER of keys: cell by cell, comparison bytes as unsigned bytes, a prefix first. That is the numeric order of
// Integer, Float, Date, Time, Timestamp, Instant and the C / BINARY order of Text, Blob, Uuid; Decimal, Json and Exact
// have none that a database shares.
enum class CellKind : quint8 {
    Boolean,
    Integer,
    Decimal,
    Float,
    Text,
    Blob,
    Date,
    Time,
    Timestamp,
    Instant,
    Uuid,
    Json,
    Exact,
};

enum class ZeroDate : quint8 { Refuse, Null }; // MySQL's 0000-00-00 and 2024-00-00
enum class NulByte : quint8 { Refuse, Strip }; // U+0000 in a text, which PostgreSQL cannot hold

// The comparison type of a pair of columns.
struct CellType
{
    CellKind kind = CellKind::Text;
    int scale = -1; // Decimal: digits after the point that count; −1 all
    int fraction = 6; // Time, Timestamp, Instant: fractional digits that count, 0 … 6
    int floatBits = 64; // Float: 32 or 64
    bool ignoreCase = false;
    bool ignoreTrailingSpaces = false;
    bool emptyIsNull = false;
    bool jsonAsText = false;
    double floatTolerance = 0;
    ZeroDate zeroDate = ZeroDate::Refuse;
    NulByte nulByte = NulByte::Refuse;
    bool refuseNul = false; // the other side cannot hold U+0000, so that nulByte applies

    bool operator==(const CellType &) const = default;
};

// The cells of a row, in order: the key columns, then the other columns that are compared, then columns that are
// carried along (written but not compared; a cursor; a flag). The first comparedCount cells make equality and the
// fingerprint.
struct RowLayout
{
    std::vector<CellType> cells;
    int keyCount = 0;
    int comparedCount = 0;

    int size() const { return static_cast<int>(cells.size()); }
    bool operator==(const RowLayout &) const = default;
};

QString cellKindName(CellKind kind); // "integer": for files and messages of developers
std::optional<CellKind> cellKindFromName(QStringView name);

} // namespace tidemark
