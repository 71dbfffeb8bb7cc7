// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <QStringList>

namespace tidemark::http {

// JSON as it came: nothing is turned into a number or a string before it is known what it shall become, so no digit is
// lost on the way.

enum class JsonKind : quint8 { Null, Boolean, Number, String, Array, Object };
JsonKind kindOf(std::string_view value); // of a value that was checked

struct JsonFault
{
    std::size_t at = 0;
    bool tooDeep = false;
};
// Strict RFC 8259 in UTF-8, at most so many levels; nothing: it is. A byte order mark is no part of JSON.
std::optional<JsonFault> checkJson(std::string_view text, int maxDepth);

// The elements of an array or the members of an object that was checked, blanks around the container or not.
class JsonItems
{
public:
    explicit JsonItems(std::string_view container);
    bool next();
    std::string_view key() const { return m_key; } // with its quotes; of a member
    std::string_view value() const { return m_value; }

private:
    std::string_view m_rest;
    std::string_view m_key;
    std::string_view m_value;
    bool m_isObject = false;
};

// A string with its quotes → UTF-8. Half of a surrogate pair becomes bytes that are no UTF-8, which whoever takes them
// refuses.
void decodeString(std::string_view quoted, std::string &out);
bool isKey(std::string_view quoted, std::string_view name, std::string &scratch); // the same string

using JsonPointer = std::vector<std::string>; // RFC 6901, unescaped
JsonPointer pointerOf(const QString &text);
std::optional<std::string_view> valueAt(std::string_view text, const JsonPointer &pointer, std::size_t first = 0);

} // namespace tidemark::http
