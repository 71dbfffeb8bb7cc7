// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QStringList>

#include "core/data/rowbatch.h"
#include "core/data/rowencoder.h"

namespace tidemark {

// What a database can hold beyond what a column's type says.
struct EdgeTraits
{
    bool notANumber = false;
    bool infinity = false; // of floats
    bool infiniteTimes = false;
    int firstYear = 1; // of dates and times
    std::optional<qint64> firstInstantUs; // not set: the first year's
    qint64 lastInstantUs = 253'402'300'799'999'999; // 9999-12-31 23:59:59.999999
    qint64 greatestTimeUs = 86'399'999'999; // also negative where it is beyond a day
    bool operator==(const EdgeTraits &) const = default;
};

// Values at the edges of what a column of this type can hold: greatest, smallest, longest, empty, odd.
struct EdgeValues
{
    RowBatch rows; // of one cell, the pair's type; a row with a fault could not be encoded into it
    QStringList given; // one a row, for people
};

// cell: the source's column and what it needs to become the pair's type.
EdgeValues edgeValues(const CellSource &cell, const CellType &pair, const EdgeTraits &traits);

} // namespace tidemark
