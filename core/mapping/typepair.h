// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/mapping/tablemapping.h"

namespace tidemark {

bool isNumeric(CellKind kind); // Boolean, Integer, Decimal, Float
bool isTemporal(CellKind kind); // Date, Time, Timestamp, Instant
bool isTextual(CellKind kind); // Text, Exact

// What a person should know about a pair that is written from source to target.
QList<MappingNote> pairNotes(const Column &source, const Column &target, const ColumnPair &pair, bool isKey);

} // namespace tidemark
