// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/grouping.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace tidemark {

namespace {

using Graph = std::vector<std::vector<int>>; // table → its parents

Graph parentsOf(const QList<TableSchema> &tables)
{
    std::map<TableName, int> index;
    for (int i = 0; i < tables.size(); ++i)
        index.emplace(tables[i].name, i);
    Graph parents(static_cast<std::size_t>(tables.size()));
    for (int i = 0; i < tables.size(); ++i) {
        for (const ForeignKey &key : tables[i].foreignKeys) {
            const auto found = index.find(key.target);
            if (found != index.end() && found->second != i)
                parents[std::size_t(i)].push_back(found->second);
        }
    }
    return parents;
}

// Which tables can be reached from each: small graphs, so the closure is the simplest way to find cycles.
std::vector<std::vector<bool>> reachable(const Graph &parents)
{
    const std::size_t count = parents.size();
    std::vector<std::vector<bool>> reach(count, std::vector<bool>(count, false));
    for (std::size_t from = 0; from < count; ++from) {
        std::vector<int> open(parents[from]);
        while (!open.empty()) {
            const auto next = static_cast<std::size_t>(open.back());
            open.pop_back();
            if (reach[from][next])
                continue;
            reach[from][next] = true;
            open.insert(open.end(), parents[next].begin(), parents[next].end());
        }
    }
    return reach;
}

std::vector<int> levelsOf(const Graph &parents)
{
    const auto reach = reachable(parents);
    const std::size_t count = parents.size();
    std::vector<int> level(count, 0);
    // A parent that can be reached back is in the same cycle and lifts nobody.
    for (bool moved = true; moved;) {
        moved = false;
        for (std::size_t table = 0; table < count; ++table) {
            for (std::size_t other = 0; other < count; ++other) {
                const bool sameCycle = reach[table][other] && reach[other][table];
                const int wanted = sameCycle ? level[other] : level[other] + 1;
                if (reach[table][other] && level[table] < wanted) {
                    level[table] = wanted;
                    moved = true;
                }
            }
        }
    }
    return level;
}

} // namespace

TableOrder orderTables(const QList<TableSchema> &tables)
{
    const Graph parents = parentsOf(tables);
    const std::vector<int> level = levelsOf(parents);
    TableOrder order;
    for (std::size_t table = 0; table < level.size(); ++table) {
        const auto index = static_cast<std::size_t>(level[table]);
        if (order.levels.size() <= index)
            order.levels.resize(index + 1);
        order.levels[index].push_back(int(table));
    }
    std::vector<int> group(level.size());
    std::iota(group.begin(), group.end(), 0);
    for (std::size_t table = 0; table < parents.size(); ++table) {
        for (const int parent : parents[table]) {
            const int from = group[std::size_t(parent)];
            const int into = group[table];
            std::replace(group.begin(), group.end(), from, into);
        }
    }
    std::map<int, std::size_t> place;
    for (const std::vector<int> &tablesOfLevel : order.levels) {
        for (const int table : tablesOfLevel) {
            const auto [found, isNew] = place.emplace(group[std::size_t(table)], order.groups.size());
            if (isNew)
                order.groups.emplace_back();
            order.groups[found->second].push_back(table);
        }
    }
    return order;
}

} // namespace tidemark
