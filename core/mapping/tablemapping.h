// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <QByteArray>
#include <QList>

#include "core/base/result.h"
#include "core/data/rowencoder.h"
#include "core/data/tablerules.h"
#include "core/data/tableschema.h"

namespace tidemark {

// A remark about a matched table that does not stop it. The wording room words it.
struct MappingNote
{
    enum class Kind : quint8 {
        SourceColumnUnmatched,
        TargetColumnUnmatched,
        TargetColumnGenerated,
        RequiredTargetColumnMissing,
        ValuesMayNotFit, // the target's type is narrower: rows that do not fit are set aside
        FractionFloored, // of a second or a decimal: cut to the digits that the target keeps
        FloatNarrowed,
        TravelsAsText,
        ZonelessComparedAsWritten,
        CollationEquates,
        KeyNotIndexedInOrder,
    };
    Kind kind = Kind::SourceColumnUnmatched;
    QString column;
    QString detail;
    bool operator==(const MappingNote &) const = default;
};

struct ColumnPair
{
    int source = -1; // index into source.columns
    int target = -1; // index into target.columns
    CellType type;
    bool compare = true;
    bool write = true;
    QString zoneSource, zoneTarget; // zone of a zone-less column paired with an Instant
    bool operator==(const ColumnPair &) const = default;
};

// Two tables that are kept in step, their columns matched, in layout order: key, compared, carried along.
struct TableMapping
{
    TableSchema source;
    TableSchema target;
    QList<ColumnPair> columns;
    int keyCount = 0;
    int comparedCount = 0;
    QList<MappingNote> notes;

    std::shared_ptr<const RowLayout> layout() const;
    QStringList sourceColumns() const; // names, one a cell
    QStringList targetColumns() const;
    std::vector<CellSource> sourceCells() const; // for RowEncoder
    std::vector<CellSource> targetCells() const;
    bool ordered() const; // both sides deliver the key in canonical order by an index (ordered merge)
    QByteArray digest() const; // 16 bytes: encoding version, tables, key, columns, comparison types
    bool operator==(const TableMapping &) const = default;
};

constexpr int encodingVersion = 1;

// The comparison type of two columns (types.md of this folder has the table). TypesIncompatible where no kind holds
// both exactly.
Result<CellType> comparisonType(const ColumnType &source, const ColumnType &target, const CompareOptions &options,
                                const ColumnRule &rule);

// Matches columns by name, then without case and underscores (AmbiguousName where that hits two); NoSuchColumn for a
// rule's name; NoKey where neither the rules nor the source name one.
Result<TableMapping> mapTable(const TableSchema &source, const TableSchema &target, const TableRules &rules);

// The one of `names` that `wanted` means: exact, then without case and underscores. NoSuchTable / AmbiguousName.
Result<TableName> matchTable(const TableName &wanted, const QList<TableName> &names);
QString looseName(const QString &name); // case and underscores folded away

} // namespace tidemark
