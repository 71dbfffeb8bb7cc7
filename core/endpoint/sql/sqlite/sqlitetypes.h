// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/tableschema.h"

namespace tidemark {

// What SQLite does to a value that is stored in a column, by the column's declared type.
enum class Affinity : quint8 { None, Text, Numeric, Integer, Real };

Affinity affinityOf(const QString &declared);

// The kind of cells that a column is declared for: by the names that people use, then by affinity. Nothing here says
// what a cell really holds, unless the table is STRICT.
ColumnType typeFromDeclaration(const QString &declared, bool strict = false);

// The declaration of a column that shall keep every value of `type`, and maps back to its kind. In keys and references
// an unsigned 64-bit integer is declared INTEGER, so that joins stay what they were.
QString declarationFor(const ColumnType &type, bool inKey);

} // namespace tidemark
