// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/rowindex.h"

#include <numeric>

namespace tidemark {

std::vector<int> allRows(const RowBatch &rows)
{
    std::vector<int> all(std::size_t(rows.rowCount()));
    std::iota(all.begin(), all.end(), 0);
    return all;
}

std::unordered_map<std::string, int> rowsByKey(const RowBatch &rows)
{
    std::unordered_map<std::string, int> index;
    index.reserve(std::size_t(rows.rowCount()));
    std::string scratch;
    for (int row = 0; row < rows.rowCount(); ++row)
        index.emplace(rows.key(row, scratch), row);
    return index;
}

} // namespace tidemark
