// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/data/rowbatch.h"
#include "core/mapping/tablemapping.h"

namespace tidemark {

bool keyCollates(const TableMapping &mapping); // could the target's key index equate a key with another one?

// The key as the loosest collation sees it: no case, no accents, no trailing spaces. Equal ones may be equated by the
// target, others are hardly ever.
QString foldedKey(const RowBatch &rows, int row);

// Finds keys that may be equated with one another among all that are to be written: eight bytes a key.
class DoubtfulKeys
{
public:
    void note(const RowBatch &rows, int row);
    void seal(); // all were noted; until clear()
    bool contains(const RowBatch &rows, int row) const; // shares its folded key with another one (or with its hash)
    void clear();

private:
    std::vector<quint64> m_hashes; // sealed: those met twice, in order
    bool m_sealed = false;
};

} // namespace tidemark
