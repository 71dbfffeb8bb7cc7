// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/rowbatch.h"
#include "core/run/rehearsal.h"

namespace tidemark {

// How a value that came back differs from the one given; nothing: it is the same value (1.50 for 1.5 is).
std::optional<ValueLoss::Kind> lossOf(CellKind kind, CellView given, CellView kept);

// What the target's type does to a value, as far as its declaration tells..
struct TypeLoss
{
    ValueLoss::Kind kind = ValueLoss::Kind::Refused;
    std::optional<Error> error; // of a refusal
};
std::optional<TypeLoss> lossByType(const CellType &type, CellView given, const ColumnType &target);

// For people: long texts cut in the middle, bytes in hexadecimal.
QString shownValue(const CellType &type, CellView cell);

} // namespace tidemark
