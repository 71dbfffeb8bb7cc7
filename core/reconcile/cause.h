// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QtGlobal>

#include "core/data/tablerules.h"

namespace tidemark {

// What decided a row that both sides had a say in. The numbers are those of undo files, which outlive this version.
enum class DecidedBy : quint8 {
    Unknown = 0, // nobody had to; or the run is of a version that did not note it
    Source = 1, // policies
    Target = 2,
    Newest = 3,
    Merge = 4,
    AnswerSource = 5, // a person's
    AnswerTarget = 6,
    AnswerRow = 7,
    EarlierMerge = 8, // an earlier run had made the row, and did not bring it to both sides
};
constexpr DecidedBy lastDecidedBy = DecidedBy::EarlierMerge;

inline bool isAnswer(DecidedBy by) { return by >= DecidedBy::AnswerSource && by <= DecidedBy::AnswerRow; }

// Two bytes a row. `detail` of a merge: a bit for each of the table's rules, in the order of their cells, that decided
// a cell of this row; the last one stands for all from the eighth on. Of an answer: whose, as the run's people are
// numbered from 1; 0: not known.
struct Cause
{
    DecidedBy by = DecidedBy::Unknown;
    quint8 detail = 0;
    bool isKnown() const { return by != DecidedBy::Unknown; }
    bool operator==(const Cause &) const = default;
};

constexpr int mostRuleBits = 8;
constexpr int mostPeople = 255;

inline quint8 ruleBit(int rule) { return quint8(1U << unsigned(rule < mostRuleBits ? rule : mostRuleBits - 1)); }

// The how-manieth of a table's rules that of a cell is; one a compared cell.
inline int ruleNumber(const std::vector<CellRule> &rules, int cell)
{
    int number = 0;
    for (int before = 0; before < cell; ++before)
        number += rules[std::size_t(before)] == CellRule::None ? 0 : 1;
    return number;
}

} // namespace tidemark
