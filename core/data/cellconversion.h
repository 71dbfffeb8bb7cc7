// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/rowencoder.h"

namespace tidemark {

// One value that was delivered as something else than its cell's kind, or whose comparison bytes may differ: the slow
// half of RowEncoder. It appends exactly one cell.
class CellConversion
{
public:
    CellConversion(RowEncoder &encoder, const CellType &type) : m_encoder(encoder), m_type(type) { }

    void integer(bool isNegative, quint64 bits); // two's complement
    void decimal(std::string_view digits);
    void real(double value);
    void real32(float value);
    void text(std::string_view utf8);
    void blob(std::string_view bytes);
    void boolean(bool value);
    void date(qint32 days);
    void time(qint64 microseconds);
    void timestamp(qint64 microseconds);
    void instant(qint64 microseconds);
    void zeroDate(std::string_view text);
    void uuid(std::string_view bytes16);
    void json(std::string_view utf8);

    void put(std::string_view value); // value bytes of the cell's kind; adds comparison bytes where they differ
    void putReal(double value);
    void putTime(qint64 microseconds);
    void putText(std::string_view utf8); // checked

private:
    static bool isTextual(CellKind kind) { return kind == CellKind::Text || kind == CellKind::Exact; }
    void putBoolean(bool value);
    void putDate(qint32 days);
    void putDigits(std::string_view normal); // Decimal, Text, Exact or Json
    void putWholeReal(double value, std::string_view shown);
    void parseInteger(std::string_view text);
    void parseReal(std::string_view text);
    void parseBoolean(std::string_view text);
    void parseUuid(std::string_view text);
    void parseDateOrTime(std::string_view text);
    void putDay(qint64 wall, std::string_view shown);
    void putWallTime(qint64 microseconds, std::string_view shown); // as an Instant
    ZoneOffsets &zone();
    void refuse(std::string_view shown, bool isBinary = false);

    RowEncoder &m_encoder;
    const CellType &m_type;
};

} // namespace tidemark
