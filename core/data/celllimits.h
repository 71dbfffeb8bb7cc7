// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QStringList>

#include "core/data/rowbatch.h"
#include "core/data/tableschema.h"

namespace tidemark {

// What a column takes beyond what its kind says, as its database declares it. Where nothing is known, everything fits:
// the database itself has the last word.
struct CellLimits
{
    bool nullable = true;
    qint64 length = -1; // Text: characters; Blob: bytes; −1: any
    int digits = -1; // Decimal: before the point; −1: any
    int bytes = 0; // Integer: 1, 2, 3, 4, 8; 0: any
    bool isUnsigned = false;
    QStringList words; // of an enum: all there are; empty: any
    bool operator==(const CellLimits &) const = default;
};
CellLimits limitsOf(const Column &column);

// Why a value does not fit.
struct Misfit
{
    enum class Kind : quint8 { IsNull, TooLong, TooManyDigits, OutOfRange, OtherWord };
    Kind kind = Kind::IsNull;
    qint64 limit = 0; // characters, bytes or digits
    QString least, greatest; // OutOfRange
    QStringList words; // OtherWord
    bool operator==(const Misfit &) const = default;
};
std::optional<Misfit> misfitOf(const CellLimits &limits, const CellType &type, CellView cell);

} // namespace tidemark
