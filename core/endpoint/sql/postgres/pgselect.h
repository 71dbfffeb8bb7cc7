// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/sql/postgres/pgdialect.h"
#include "core/endpoint/sql/postgres/pgtypes.h"

namespace tidemark::postgres {

// What a request reads, as SQL: each column cast to the wire type that will be decoded, so that a column that was
// retyped meanwhile is converted or refused, never misread.
struct Selection
{
    QString list;
    std::vector<Wire> wires; // one a cell
};
Result<Selection> selectionOf(const ReadRequest &request, const PgDialect &dialect);

// SELECT … FROM … WHERE … ORDER BY … without parameters.
// Of request.marks, to stand in a WHERE.
Result<QString> markCondition(const ReadRequest &request, const PgDialect &dialect);
Result<QString> selectSql(const ReadRequest &request, const Selection &selection, const PgDialect &dialect);

} // namespace tidemark::postgres
