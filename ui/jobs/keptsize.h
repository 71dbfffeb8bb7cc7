// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include "core/data/tableschema.h"

namespace tidemark {

// About how much a two-way job keeps on this machine, before it has run: rows times an average row, by the types of
// its columns.
struct KeptSize
{
    qint64 rows = 0;
    qint64 bytes = 0;
    int unknown = 0; // tables whose rows or columns nobody knows
    KeptSize operator+(const KeptSize &other) const
    {
        return {rows + other.rows, bytes + other.bytes, unknown + other.unknown};
    }
    bool operator==(const KeptSize &) const = default;
};

// rows −1: not known. cells: rows are kept with their values, else their fingerprints alone.
KeptSize keptSize(const TableSchema *schema, qint64 rows, bool cells);

} // namespace tidemark
