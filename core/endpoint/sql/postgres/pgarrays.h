// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/sql/postgres/pgconnection.h"
#include "core/endpoint/sql/postgres/pgdialect.h"
#include "core/endpoint/sql/postgres/pgencode.h"

namespace tidemark::postgres {

// Cells of rows as one array parameter a column, unnested beside each other in FROM as tidemark_k: any number of rows
// in one statement that is always the same text, and that an index of the key serves.
class ArrayParameters
{
public:
    struct Source
    {
        int cell = -1;
        QString name; // of the column
    };
    ArrayParameters(const TableSchema &table, const RowLayout &layout, const std::vector<CellSource> &cells,
                    const std::vector<Source> &columns);

    QString from() const; // ROWS FROM (…) AS tidemark_k (…)
    QString value(std::size_t index) const; // the expression of a column, cast to its type where that is another
    QString keyMatch(const PgDialect &dialect, const TableName &table, std::size_t keyCount) const;

    // Unfit: a cell that the column's type cannot hold is the row's fault, or (where such a row cannot be there) leaves
    // the row out.
    enum class Unfit { Fault, LeaveOut };
    Result<int> fill(RowSelection rows, Unfit unfit); // rows that are in
    std::vector<PgParameter> parameters() const;

private:
    std::vector<int> m_cells;
    std::vector<ColumnEncoder> m_columns;
    std::vector<std::string> m_arrays;
    int m_rows = 0;
};

// The type's name without its length: a cast to one with it would cut in silence, where an assignment refuses.
QString withoutModifier(const QString &native);

// "7, north": a row's key for people.
QString keyText(RowSelection rows, qsizetype index);

} // namespace tidemark::postgres
