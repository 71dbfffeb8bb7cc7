// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/change/changeevent.h"

namespace tidemark {

// Rows of parsed events, kept so that their messages are parsed once although their columns are known only when all of
// them have come: of each field where its value lies, and what is the same in most rows once. Views into the messages,
// which outlive it; about 16 bytes a field. For one thread.
class EventRows
{
public:
    struct Shape // fields that come together, in their order
    {
        std::string names; // as in the messages, one behind the other
        std::vector<EventField> fields; // views into them; without values
    };

    // Its number; −1: it is not present. slot: which of an event's rows it is; rows of one slot mostly share a shape.
    int add(const EventRow &row, std::size_t slot);
    void restore(int number, EventRow &row) const; // as it was added; −1: not present
    int shapeOf(int number) const { return m_rows[static_cast<std::size_t>(number)].shape; }
    const Shape &shape(int number) const { return m_shapes[static_cast<std::size_t>(number)]; }
    void clear();

    static constexpr std::size_t slots = 3;

private:
    struct Value
    {
        const char *text;
        quint32 size;
        JsonToken::Kind kind;
        bool hasEscapes;
        bool isWhole;
    };
    struct Row
    {
        int shape;
        std::size_t first; // of its values
    };
    int shapeFor(const EventRow &row, std::size_t slot);
    static bool isSame(const Shape &shape, const EventRow &row);
    static quint64 hashOf(const EventRow &row);

    std::deque<Shape> m_shapes;
    std::unordered_map<quint64, int> m_byHash;
    int m_last[slots] = {-1, -1, -1};
    std::vector<Row> m_rows;
    std::vector<Value> m_values;
};

// Names that stand in a shape, unescaped; those that are no text are left out.
std::vector<std::string> columnNames(const EventRows::Shape &shape);

} // namespace tidemark
