// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>

#include <QTest>

#include "core/mapping/tablemapping.h"

// Tables in words for tests of matching.
namespace tidemark {

using namespace Qt::StringLiterals;

using Note = MappingNote::Kind;

inline Column column(const QString &name, CellKind kind = CellKind::Text, bool nullable = true)
{
    Column result;
    result.name = name;
    result.type.kind = kind;
    result.type.native = cellKindName(kind);
    result.nullable = nullable;
    return result;
}

inline Column keyColumn(const QString &name, CellKind kind = CellKind::Integer)
{
    Column result = column(name, kind, false);
    result.type.byteOrder = true;
    return result;
}

inline TableSchema table(const QString &name, const QList<Column> &columns, const QStringList &primaryKey = {u"id"_s})
{
    TableSchema schema;
    schema.name.name = name;
    schema.columns = columns;
    schema.primaryKey = primaryKey;
    return schema;
}

inline TableSchema orders(const QString &name = u"orders"_s)
{
    return table(name, {keyColumn(u"id"_s), column(u"total"_s, CellKind::Decimal), column(u"note"_s)});
}

inline ColumnRule rule(const QString &source)
{
    ColumnRule result;
    result.source = source;
    return result;
}

inline TableMapping mapped(const TableSchema &source, const TableSchema &target, const TableRules &rules = {})
{
    auto mapping = mapTable(source, target, rules);
    if (!mapping)
        qFatal("%s", qPrintable(codeName(mapping.error().code)));
    return *mapping;
}

inline ErrorCode errorOf(const TableSchema &source, const TableSchema &target, const TableRules &rules = {})
{
    const auto mapping = mapTable(source, target, rules);
    return mapping ? ErrorCode::Internal : mapping.error().code;
}

inline bool hasNote(const TableMapping &mapping, Note kind, const QString &name)
{
    return std::any_of(mapping.notes.begin(), mapping.notes.end(),
                       [&](const MappingNote &note) { return note.kind == kind && note.column == name; });
}

} // namespace tidemark
