// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/config/httpsettings.h"
#include "core/endpoint/http/jsontext.h"
#include "core/endpoint/rowaccess.h"

namespace tidemark::http {

// A table's column and where its value lies in a record.
struct RecordColumn
{
    QString name;
    ColumnType type;
    JsonPointer from; // its first step is a member of the record
};

// Finds the values of some columns in records.
class RecordFields
{
public:
    // strict: members that no column of the resource knows are SchemaChanged.
    RecordFields(const std::vector<RecordColumn> &all, const QStringList &wanted, bool strict);

    // One value a wanted column, empty where the record has none. Views into the record. PageUnusable: a member twice.
    Result<void> find(std::string_view record, std::vector<std::string_view> &values);
    const ColumnType &type(std::size_t column) const { return m_types[column]; }

private:
    struct Hash
    {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
    };
    struct Use
    {
        std::size_t column;
        JsonPointer from;
    };
    std::unordered_map<std::string, std::vector<Use>, Hash, std::equal_to<>> m_members; // of all columns
    std::vector<ColumnType> m_types;
    std::string m_scratch;
    bool m_strict;
};

// Hands a JSON value to the encoder as what its column is said to be: numbers digit by digit, never through a double
// that the column is not. Empty is NULL.
void encodeValue(std::string_view value, const ColumnType &type, CellKind cell, RowEncoder &encoder,
                 std::string &scratch);
// A scalar as text: strings decoded, numbers, true and false as they are; nothing: null, absent or no scalar.
std::optional<std::string_view> scalarText(std::string_view value, std::string &scratch);

// Sorts as what the cursor counts: whole numbers, moments, other texts, in this order; no such bytes are a prefix of
// others.
void appendCursorOrder(std::string_view cursor, std::string &out);

} // namespace tidemark::http
