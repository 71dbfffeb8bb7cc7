// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <optional>

#include <QString>

#include "ui/plan/planrow.h"

namespace tidemark {

// Which rows a person wants to see, beyond the category.
struct RowFilter
{
    QString text;
    int cell = -1; // −1: any
    bool exact = false; // the whole value, not a part of it
    bool isNull = false; // instead of a text
    bool skippedOnly = false;
    bool isEmpty() const { return text.isEmpty() && !exact && !isNull && !skippedOnly; }
    bool operator==(const RowFilter &) const = default;
};

// In which order. cell −1: as found.
struct RowOrder
{
    int cell = -1;
    bool target = false; // by the target's values
    bool descending = false;
    bool operator==(const RowOrder &) const = default;
};

// Looks for a text in cells as they lie in the plan, whole: nothing is decoded that need not be. Upper and lower case
// do not count, but for an exact value. Not thread-safe.
class CellSearch
{
public:
    explicit CellSearch(const QString &text, bool exact = false);
    bool matches(const CellType &type, CellView cell);

private:
    bool containsText(std::string_view utf8) const;

    QString m_text;
    QByteArray m_utf8, m_folded;
    bool m_exact;
    bool m_ascii;
    std::string m_scratch;
};

class RowMatch
{
public:
    RowMatch(const PlanTable &table, const RowFilter &filter)
        : m_layout(table.layout()), m_filter(filter), m_search(filter.text, filter.exact)
    { }
    bool matches(const PlanRowRef &row);

private:
    bool side(std::string_view chain);
    std::shared_ptr<const RowLayout> m_layout;
    RowFilter m_filter;
    CellSearch m_search;
    std::vector<CellView> m_cells;
};

// Bytes that sort as the cell does: numbers as numbers, texts without case; NULL first, an absent row last.
void appendSortKey(const CellType &type, const CellView *cell, std::string &out);

// Collects rows in an order; in memory, so that it is bounded and says when it is full.
class RowSort
{
public:
    static constexpr size_t maxBytes = 256 << 20;

    RowSort(const PlanTable &table, const RowOrder &order, size_t limit = maxBytes)
        : m_layout(table.layout()), m_order(order), m_limit(limit)
    { }
    bool add(const PlanRowRef &row); // false: full
    // Sorts, and gives them away; ends early where it is no longer wanted.
    std::vector<qint64> places(const std::function<bool()> &wanted);

private:
    struct Entry
    {
        size_t start = 0;
        qint64 place = 0;
        quint32 length = 0;
    };
    std::shared_ptr<const RowLayout> m_layout;
    RowOrder m_order;
    size_t m_limit;
    std::string m_keys;
    std::vector<Entry> m_entries;
    std::vector<CellView> m_cells;
};

} // namespace tidemark
