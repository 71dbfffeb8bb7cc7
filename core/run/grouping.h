// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QList>

#include "core/data/tableschema.h"

namespace tidemark {

// The order that foreign keys ask for. Indexes are into the list given; keys to tables outside it and to the table
// itself count for nothing.
struct TableOrder
{
    std::vector<std::vector<int>>
        levels; // parents first; tables of one level need nothing of each other, cycles apart (a cycle shares a level)
    std::vector<std::vector<int>> groups; // tables joined by foreign keys, each parents first
    bool operator==(const TableOrder &) const = default;
};

TableOrder orderTables(const QList<TableSchema> &tables); // schemas of the target

} // namespace tidemark
