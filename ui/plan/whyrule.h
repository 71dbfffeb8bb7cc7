// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/data/rowbatch.h"

namespace tidemark {

// The rule by which two cells are equal or not: what "Why?" answers.
enum class WhyRule : quint8 {
    Same, // the same bytes
    NotCompared, // carried along
    // Equal although they look different:
    EqualNumbers, // 1.0 and 1.00
    CaseIgnored,
    TrailingSpaceIgnored,
    CaseAndSpaceIgnored,
    EmptyIsNull,
    FractionIgnored,
    SameJson,
    WithinTolerance,
    DigitsIgnored, // of a decimal, or of a float of 32 bits
    EqualOtherwise,
    // Unequal:
    NullIsNotEmpty,
    NullIsNoValue,
    TrailingSpaceCounts,
    LeadingSpaceCounts,
    LineEndCounts,
    CaseCounts,
    UnicodeForm,
    NumbersDiffer,
    TimesDiffer,
    FractionCounts,
    WholeHoursApart,
    JsonDiffers,
    JsonTextCounts,
    BytesDiffer,
    ValuesDiffer,
};

// Pure and total. value: as stored; comparison: by which they were compared.
WhyRule explain(const CellType &type, CellView source, CellView sourceComparison, CellView target,
                CellView targetComparison);
QString whyText(WhyRule rule, const QString &source, const QString &target);

} // namespace tidemark
