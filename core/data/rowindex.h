// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "core/data/rowbatch.h"

namespace tidemark {

std::vector<int> allRows(const RowBatch &rows); // 0 … rowCount() - 1
std::unordered_map<std::string, int> rowsByKey(const RowBatch &rows); // a key twice: its first row

} // namespace tidemark
