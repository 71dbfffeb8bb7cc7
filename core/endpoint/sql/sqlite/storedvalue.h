// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "core/data/rowencoder.h"
#include "core/endpoint/sql/sqlite/sqlitestatement.h"
#include "core/endpoint/sql/sqlite/sqlitetypes.h"

namespace tidemark {

// A value as SQLite keeps it, whatever the column is declared as. Views bytes of somebody else.
struct StoredValue
{
    enum class Storage : quint8 { Null, Integer, Real, Text, Blob };
    Storage storage = Storage::Null;
    qint64 integer = 0;
    double real = 0;
    std::string_view bytes;

    static StoredValue ofInteger(qint64 value) { return {Storage::Integer, value, 0, {}}; }
    static StoredValue ofReal(double value) { return {Storage::Real, 0, value, {}}; }
    static StoredValue ofText(std::string_view text) { return {Storage::Text, 0, 0, text}; }
    static StoredValue ofBlob(std::string_view bytes) { return {Storage::Blob, 0, 0, bytes}; }
    bool operator==(const StoredValue &) const = default;
};

// Nothing: SQLite had no memory for the text.
std::optional<StoredValue> storedValue(const SqliteStatement &row, int column);
void bindStored(SqliteStatement &statement, int parameter, const StoredValue &value); // its bytes must live on
void encodeStored(RowEncoder &encoder, CellKind kind, const StoredValue &value, std::string &scratch);

// What becomes of a value in a column of this affinity. scratch holds the text of a number.
StoredValue underAffinity(Affinity affinity, const StoredValue &value, std::string &scratch);

// An exact text of a value that keeps its storage class: "i:12", "r:0.1", "t:2024-01-01"; and back.
void appendExact(const StoredValue &value, std::string &out);
SqlValue exactValue(const QByteArray &text);

} // namespace tidemark
