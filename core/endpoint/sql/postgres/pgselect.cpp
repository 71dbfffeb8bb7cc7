// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/sql/postgres/pgselect.h"

#include "core/endpoint/sql/condition.h"
#include "core/endpoint/sql/postgres/pgarrays.h"

using namespace Qt::StringLiterals;

namespace tidemark::postgres {

namespace {

Result<const Column *> columnOf(const TableSchema &table, const QString &name)
{
    const int index = table.columnIndex(name);
    if (index < 0)
        return fail(Error{ErrorCode::NoSuchColumn, {{Fact::Table, table.name.display()}, {Fact::Column, name}}, {}});
    return &table.columns[index];
}

QString cast(const QString &expression, const QString &type) { return expression + "::"_L1 + type; }

QString orderOf(const ReadRequest &request, const PgDialect &dialect)
{
    using Order = ReadRequest::Order;
    if (request.order == Order::None)
        return {};
    const QLatin1StringView direction = request.order == Order::CursorDescending ? " DESC"_L1 : QLatin1StringView();
    QStringList terms;
    if (request.order != Order::Key)
        terms.append(dialect.column(request.table->name, request.columns[request.cursorCell]) + direction);
    for (int cell = 0; cell < request.layout->keyCount; ++cell) {
        const QString &name = request.columns[cell];
        const int index = request.table->columnIndex(name);
        const ColumnType &type = request.table->columns[index].type;
        // COLLATE only where the order would be wrong without: it keeps an index of another collation from being used.
        const bool foreign = type.kind == CellKind::Text && !type.byteOrder && request.order == Order::Key;
        terms.append(dialect.column(request.table->name, name) + (foreign ? " COLLATE \"C\""_L1 : QLatin1StringView())
                     + direction);
    }
    return " ORDER BY "_L1 + terms.join(", "_L1);
}

} // namespace

Result<Selection> selectionOf(const ReadRequest &request, const PgDialect &dialect)
{
    Selection selection;
    QStringList terms;
    for (int cell = 0; cell < request.layout->size(); ++cell) {
        const QString &name = request.columns[cell];
        TRY_ASSIGN(const Column *column, columnOf(*request.table, name));
        const bool asText =
            cell == request.cursorCell || request.layout->cells[static_cast<std::size_t>(cell)].kind == CellKind::Exact;
        const Wire wire = asText ? Wire::AsText : wireOf(column->type);
        selection.wires.push_back(wire);
        terms.append(cast(dialect.column(request.table->name, name), QLatin1StringView(nameOf(wire))));
    }
    selection.list = terms.join(", "_L1);
    return selection;
}

Result<QString> markCondition(const ReadRequest &request, const PgDialect &dialect)
{
    const MarkFilter &marks = *request.marks;
    TRY_ASSIGN(const Column *column, columnOf(*request.table, marks.column));
    const bool marked = marks.rows == MarkFilter::Rows::Marked;
    return QString(dialect.column(request.table->name, marks.column)
                   + (marked ? " IS NOT DISTINCT FROM "_L1 : " IS DISTINCT FROM "_L1)
                   + cast(dialect.literal(marks.value), withoutModifier(column->type.native)));
}

Result<QString> selectSql(const ReadRequest &request, const Selection &selection, const PgDialect &dialect)
{
    using Order = ReadRequest::Order;
    QStringList conditions;
    if (!request.where.isEmpty())
        conditions.append(enclosed(request.where));
    if (request.marks) {
        TRY_ASSIGN(const QString unmarked, markCondition(request, dialect));
        conditions.append(unmarked);
    }
    const bool byCursor = request.order == Order::Cursor || request.order == Order::CursorDescending;
    if ((byCursor || request.cursorFrom) && request.cursorCell < 0)
        return fail(ErrorCode::Internal, u"a cursor without its cell"_s);
    if (byCursor || request.cursorFrom) {
        const QString &name = request.columns[request.cursorCell];
        TRY_ASSIGN(const Column *column, columnOf(*request.table, name));
        const QString expression = dialect.column(request.table->name, name);
        if (byCursor)
            conditions.append(expression + " IS NOT NULL"_L1);
        if (request.cursorFrom)
            conditions.append(expression + " >= "_L1
                              + cast(dialect.literal(QString::fromUtf8(*request.cursorFrom)), column->type.native));
    }
    if (!request.flagColumn.isEmpty()) {
        TRY_ASSIGN(const Column *column, columnOf(*request.table, request.flagColumn));
        conditions.append(dialect.column(request.table->name, request.flagColumn) + " = "_L1
                          + cast(dialect.literal(request.flagValue), column->type.native));
    }
    QString sql = "SELECT "_L1 + selection.list + " FROM "_L1 + dialect.table(request.table->name);
    if (!conditions.isEmpty())
        sql += " WHERE "_L1 + conditions.join(" AND "_L1);
    return sql + orderOf(request, dialect);
}

} // namespace tidemark::postgres
