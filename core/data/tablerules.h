// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QString>
#include <QStringList>

#include "core/data/celltype.h"

namespace tidemark {

// What a job says about one table's comparison: the file's words as plain values, already validated in form.

enum class TimePrecision : quint8 { Auto, Seconds, Milliseconds, Microseconds };

struct CompareOptions // true = such a difference counts
{
    bool caseCounts = true;
    bool trailingSpacesCount = true;
    double floatTolerance = 0;
    TimePrecision timePrecision = TimePrecision::Auto;
    bool emptyIsNull = false;
    bool jsonAsText = false;

    bool operator==(const CompareOptions &) const = default;
};

// What decides a row that both sides changed (interfaces.md, `conflicts.policy`).
enum class ConflictPolicy : quint8 { Source, Target, Newest, Merge, Ask };

// What decides a cell that both sides changed (interfaces.md, `rule`).
enum class CellRule : quint8 { None, Source, Target, Greatest, Least, NonNull, Concatenate, Sum };

struct ColumnRule
{
    QString source;
    std::optional<QString> target; // not set: matched by name; empty: left out
    bool leftOut = false; // "target": null
    bool compare = true;
    bool write = true;
    QString zone; // IANA zone of a zone-less column, empty = compared as written
    ZeroDate zeroDate = ZeroDate::Refuse;
    NulByte nulByte = NulByte::Refuse;
    CellRule rule = CellRule::None; // two-way

    bool operator==(const ColumnRule &) const = default;
};

struct TableRules
{
    QStringList key; // source names; empty: the primary key, else a unique not-null index
    QList<ColumnRule> columns;
    bool columnsOnly = false;
    CompareOptions compare;

    bool operator==(const TableRules &) const = default;
};

} // namespace tidemark
