// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "core/data/rowbatch.h"
#include "core/data/tableschema.h"
#include "core/data/zoneoffsets.h"

namespace tidemark {

// How one side's column differs from its comparison type: what the encoder needs beside the CellType.
struct CellSource
{
    ColumnType type; // the side's own
    QByteArray zone; // IANA zone that a zone-less time is in where the cell is an Instant; empty = UTC
    QString column; // for messages
};

// Turns what a driver delivers into canonical cells of a batch: the only place where values are converted.
// A reader calls beginRow(), one cell function a cell in layout order (whichever fits what it has in hand; the encoder
// converts to the cell's kind), endRow(). A value that the kind cannot hold exactly gives the row a fault
// (ValueNotKept with column, value and type), never another value; the cell is then NULL. Zero dates and U+0000 follow
// the CellType's policies. Conversions accepted, by what is delivered (rows) and the cell's kind – anything else is a
// fault:
//   integer → Integer, Decimal, Boolean (0, 1), Float (where exact), Text and Exact (digits), Json (a number)
//   decimal → Decimal, Integer (where integral), Float (shortest digits that read back, or 17), Text, Exact, Json
//   real    → Float, Decimal (shortest round trip), Integer (where integral and below 2⁵³), Text, Exact, Json
//   text    → Text, Exact, Json (must parse), Blob (its UTF-8), and by strict parsing: Integer, Decimal, Float, Boolean
//   (t, f, true, false, 0, 1),
//             Uuid, Date, Time, Timestamp, Instant (ISO 8601, 'T' or blank, offset or Z for Instant; without:
//             CellSource::zone)
//   blob    → Blob, Uuid (16 bytes), Text (where valid UTF-8)
//   boolean → Boolean, Integer, Text, Exact
//   dates and times → their own kind; Date ↔ Timestamp at 00:00 (also from text); Timestamp ↔ Instant by
//   CellSource::zone; Text, Exact as ISO text uuid    → Uuid, Text, Exact (36 characters, lower case), Blob json    →
//   Json, Text, Exact
// A wall time that a zone has twice (autumn) is the earlier of the two instants; one that it never had (spring) is a
// fault.
class RowEncoder
{
public:
    // One CellSource a cell of the layout. The batch is set with setBatch and may change between rows.
    RowEncoder(std::shared_ptr<const RowLayout> layout, std::vector<CellSource> sources);

    void setBatch(RowBatch *batch) { m_batch = batch; }
    void beginRow();
    void endRow();

    void null();
    void boolean(bool value);
    void integer(qint64 value);
    void unsignedInteger(quint64 value);
    void decimal(std::string_view digits); // any spelling: sign, leading zeros, exponent, NaN, Infinity
    void real(double value);
    void real32(float value);
    void text(std::string_view utf8); // invalid UTF-8 is a fault for Text
    void blob(std::string_view bytes);
    void date(qint32 days); // days since 1970-01-01; INT_MIN / INT_MAX: −/+ infinity
    void time(qint64 microseconds);
    void timestamp(qint64 microseconds); // wall clock; INT64_MIN / INT64_MAX: −/+ infinity
    void instant(qint64 microseconds); // UTC; likewise
    void zeroDate(std::string_view text); // "0000-00-00" and its like
    void uuid(std::string_view bytes16);
    void json(std::string_view utf8);

private:
    friend class CellConversion;
    const CellType &nextType() { return m_types[m_cell++]; }

    std::shared_ptr<const RowLayout> m_layout;
    const CellType *m_types = nullptr; // m_layout's
    std::vector<CellSource> m_sources;
    std::vector<ZoneOffsets> m_zones; // one a cell where any has a zone
    RowBatch *m_batch = nullptr;
    std::size_t m_cell = 0;
    std::string m_scratch;
    std::string m_comparisonScratch;
};

} // namespace tidemark
