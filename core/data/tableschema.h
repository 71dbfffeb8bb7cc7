// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

#include "core/data/celltype.h"

namespace tidemark {

// A column's type as its database declares it, and what that means here.
struct ColumnType
{
    CellKind kind = CellKind::Exact;
    QString native; // as the database writes it: "numeric(12,2)", "varchar(40)"
    bool isUnsigned = false; // Integer
    int bytes = 8; // Integer 1, 2, 3, 4, 8; Float 4, 8
    int precision = -1; // Decimal: all digits; −1 no limit
    int scale = -1; // Decimal: digits after the point; −1 any
    qint64 length = -1; // Text: characters; Blob: bytes; −1 no limit
    int fraction = 6; // Time, Timestamp, Instant
    QString collation; // Text; empty = the database's default
    bool byteOrder = false; // ORDER BY on this column delivers the canonical order of celltype.h
    bool caseInsensitive = false; // its unique index equates what bytes do not (collation)
    bool padSpace = false; // likewise for trailing spaces
    bool isDynamic = false; // SQLite: a cell may hold another storage class than declared
    bool holdsNul = true; // Text: U+0000 can be stored (not PostgreSQL)
    bool isBoolean01 = false; // tinyint(1): a boolean only where the data says so

    bool operator==(const ColumnType &) const = default;
};

enum class Identity : quint8 { None, ByDefault, Always }; // also AUTO_INCREMENT, serial, rowid alias: ByDefault

struct Column
{
    QString name;
    ColumnType type;
    bool nullable = true;
    bool generated = false; // computed; can never be written
    Identity identity = Identity::None;
    QString sequence; // PostgreSQL: the sequence behind it, quoted and qualified
    QString defaultSql; // as the database writes it; empty = none
    bool changesOnUpdate = false; // ON UPDATE CURRENT_TIMESTAMP

    bool operator==(const Column &) const = default;
};

struct Index
{
    QString name;
    QStringList columns; // an index over expressions has none and is never a key
    bool unique = false;
    bool partial = false;

    bool operator==(const Index &) const = default;
};

struct TableName
{
    QString schema; // empty: the connection's default (always for SQLite and MySQL)
    QString name;

    QString display() const { return schema.isEmpty() ? name : schema + u'.' + name; } // for people, not for SQL
    bool operator==(const TableName &) const = default;
    auto operator<=>(const TableName &other) const
    {
        const int order = schema.compare(other.schema);
        return (order != 0 ? order : name.compare(other.name)) <=> 0;
    }
};

struct ForeignKey
{
    QString name;
    QStringList columns;
    TableName target;
    QStringList targetColumns;
    bool deferrable = false;
    QString onDelete; // "NO ACTION", "CASCADE" …
    QString onUpdate;

    bool operator==(const ForeignKey &) const = default;
};

struct Trigger
{
    QString name;
    QString timing; // "BEFORE INSERT" …, as the database says
    QString sql; // its text or the function it calls

    bool operator==(const Trigger &) const = default;
};

struct TableSchema
{
    TableName name;
    QList<Column> columns;
    QStringList primaryKey;
    QList<Index> indexes; // without the primary key's
    QList<ForeignKey> foreignKeys;
    QList<Trigger> triggers;
    bool transactional = true; // false: MyISAM and its like
    bool rowSecurity = false; // PostgreSQL: rows may be hidden from this role
    QString engine; // MySQL: the storage engine

    int columnIndex(QStringView column) const // −1: no such column; exact name
    {
        for (qsizetype i = 0; i < columns.size(); ++i)
            if (columns[i].name == column)
                return static_cast<int>(i);
        return -1;
    }
    bool operator==(const TableSchema &) const = default;
};

} // namespace tidemark
