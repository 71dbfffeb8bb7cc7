// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QJsonValue>
#include <QString>

#include "core/data/rowbatch.h"

namespace tidemark {

// Canonical cells back into plain values; the reverse of RowEncoder, for writers and for the eye. Pure functions; the
// view must be a non-NULL cell of the named kind.
namespace cell {

struct Integer
{
    bool isNegative = false; // then value is the two's complement
    quint64 value = 0;
    qint64 toSigned() const { return static_cast<qint64>(value); }
};

bool boolean(CellView cell);
Integer integer(CellView cell);
double real(CellView cell);
qint32 date(CellView cell); // INT_MIN / INT_MAX: −/+ infinity
qint64 microseconds(CellView cell); // Time, Timestamp, Instant; INT64_MIN / INT64_MAX: −/+ infinity

// The cell as text of its kind: "12.50", "2024-02-29", "2024-02-29 13:00:00.25" (fraction as short as it is, at least
// `digits`), an Instant with "+00:00", "12:00:00", "-838:59:59", uuid text, "true"; binary as it is (callers show size
// and hex).
void appendText(const CellType &type, CellView cell, std::string &out, int digits = 0);
QString text(const CellType &type, CellView cell);

// As the JSON of interfaces.md: integers beyond ±(2⁵³−1) and decimals are strings, binary {"base64": …}, NaN and
// infinities strings, NULL null, JSON as text.
QJsonValue json(const CellType &type, CellView cell);

qint64 floorMicroseconds(qint64 value, int fraction); // towards −infinity; infinities stay

} // namespace cell

// ISO text of dates and times, strict; the one parser of the program. offsetSeconds is set where the text has an offset
// or Z.
struct ParsedTime
{
    qint64 microseconds = 0;
    std::optional<int> offsetSeconds;
};
std::optional<ParsedTime> parseTimestamp(std::string_view text); // date with optional time
std::optional<qint32> parseDate(std::string_view text);
std::optional<qint64> parseTime(std::string_view text);
qint32 daysFromCivil(qint64 year, int month, int day);
void civilFromDays(qint32 days, qint64 &year, int &month, int &day);

} // namespace tidemark
