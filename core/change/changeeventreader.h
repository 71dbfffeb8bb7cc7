// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "core/change/changeevent.h"
#include "core/change/changeeventschema.h"

namespace tidemark {

// Parses messages; for one thread. Strict about what it needs (op, the row that goes with it, source.table), lenient
// about what it does not know. A message is a stranger's: it is bounded in size, depth and number of fields, and what
// is wrong has a code and a place (JsonPath, or Line where it is no JSON).
//
//   NotJson        no JSON
//   MissingKey     op, after, before or source.table is not there
//   WrongType      something is of another kind than it has to be
//   WrongValue     another op than those of EventOperation; beyond a bound (Limit)
//   DuplicateName  a member stands twice: which one counts, nobody said
//   NotAvailable   op t (truncate) or m (a message of an application): known, and never a row
class ChangeEventReader
{
public:
    struct Bounds
    {
        qint64 bytes = 16 << 20; // of value and key, each
        int depth = 64;
        int fields = 4096; // of a row
    };

    ChangeEventReader() = default;
    explicit ChangeEventReader(const Bounds &bounds) : m_bounds(bounds) { }

    // value: none, empty or `null` is a tombstone. key: empty where the broker carries none. Both outlive the event.
    Result<void> parse(std::string_view key, std::optional<std::string_view> value, ChangeEvent &event);

private:
    Result<void> parseKey(std::string_view key, ChangeEvent &event);
    Result<void> parseValue(std::string_view value, ChangeEvent &event);
    Result<void> envelope(JsonTokens &tokens, const QString &path, ChangeEvent &event);
    Result<void> member(JsonTokens &tokens, const JsonToken &name, const QString &path, ChangeEvent &event);
    Result<void> row(JsonTokens &tokens, const QString &path, EventRow &row);
    Result<void> check(const QString &path, const ChangeEvent &event) const;
    Result<void> schema(JsonTokens &tokens, bool isKey, const EventSchema *&found);
    Result<void> checkSize(std::string_view text, const QString &path) const;
    static void applySchema(const EventSchema *schema, EventRow &row);

    Bounds m_bounds;
    EventSchemas m_schemas;
    quint32 m_seen = 0; // members of the envelope, to find doubled ones
    bool m_hasOperation = false;
};

} // namespace tidemark
