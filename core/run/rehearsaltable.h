// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <map>

#include "core/endpoint/sql/sqlsession.h"
#include "core/mapping/tablemapping.h"

namespace tidemark {

// The temporary table of a rehearsal: rows go in by the target's own writer and come back by its own reader, each
// under a number of its own. One refused row does not keep the others out.
class RehearsalTable
{
public:
    // columns: indexes into mapping.columns of those that are written.
    // target: null where there is no SQL; then it cannot be opened.
    RehearsalTable(SqlSession *target, const TableMapping &mapping, const std::vector<int> &columns);

    Result<void> open(); // an error that does not end the session: it cannot be made
    Result<void> close();

    // The layout of rows(): the number, then one cell a column.
    RowBatch &rows() { return m_rows; }
    void beginRow(); // numbers it; cells of the columns follow
    void endRow() { m_rows.endRow(); }

    Result<void> write();
    const std::map<int, Error> &refused() const { return m_refused; } // by row of rows()
    // Calls back with each row that came back: its row of rows(), the batch, its row there.
    Result<void> readBack(const std::function<void(int, const RowBatch &, int)> &take);

private:
    Result<void> insert(std::span<const int> rows);
    Result<void> insertOnce(std::span<const int> rows);

    SqlSession *m_target;
    QList<Column> m_columns;
    std::vector<CellSource> m_cells;
    std::shared_ptr<const RowLayout> m_layout;
    TableSchema m_table;
    RowBatch m_rows;
    std::map<int, Error> m_refused;
};

} // namespace tidemark
