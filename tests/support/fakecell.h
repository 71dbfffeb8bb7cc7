// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

#include "core/base/result.h"
#include "core/data/cellencoder.h"
#include "core/data/tableschema.h"

namespace tidemark {

// A cell of a fake table: VALUE bytes (celltype.h) in its column's own kind; nothing: NULL.
using FakeCell = std::optional<QByteArray>;
using FakeRow = QList<FakeCell>; // in the order of the table's columns
using FakeKey = QList<QByteArray>; // of the primary key; its order is the canonical one

// A cell as a test writes it: {1, "anna", nullptr}.
struct FakeValue
{
    std::optional<QString> text;
    FakeValue(std::nullptr_t) { }
    FakeValue(int number) : text(QString::number(number)) { }
    FakeValue(qint64 number) : text(QString::number(number)) { }
    FakeValue(const char *utf8) : text(QString::fromUtf8(utf8)) { }
    FakeValue(const QString &value) : text(value) { }
};
using FakeValues = QList<FakeValue>;

CellView viewOf(const FakeCell &cell);
Result<FakeCell> parsedCell(const ColumnType &type, const QString &text);
FakeCell cellFromText(const ColumnType &type,
                      const FakeValue &value); // fails the test (qFatal) where the text is no value of the type
QString textOf(const ColumnType &type, const FakeCell &cell); // "NULL"
QStringList textsOf(const TableSchema &schema, const FakeRow &row);

// A cell of a layout as the column stores it: narrowed, and refused where it does not fit.
Result<FakeCell> storedCell(const CellType &from, CellView cell, const CellSource &column);

// What the server's own equality goes by: collations and trailing zeros equate what bytes do not. Nothing: a NULL among
// them.
std::optional<FakeKey> equalityForm(const TableSchema &schema, const FakeRow &row, const QList<int> &columns);

} // namespace tidemark
