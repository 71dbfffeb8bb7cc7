// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/sql/mysql/mysqlselect.h"

#include "core/endpoint/sql/condition.h"

using namespace Qt::StringLiterals;

namespace tidemark::mysql {

namespace {

bool isCursorOrder(const ReadRequest &request)
{
    return request.order == ReadRequest::Order::Cursor || request.order == ReadRequest::Order::CursorDescending;
}

// The cursor's own exact text. A FLOAT would come with six digits.
QString exactText(const QString &quoted, const ColumnType &type)
{
    if (type.kind == CellKind::Float && type.bytes == 4)
        return u"CAST(CAST(%1 AS DOUBLE) AS CHAR)"_s.arg(quoted);
    return u"CAST(%1 AS CHAR)"_s.arg(quoted);
}

// cursor >= the text of an earlier read, typed as the column is: a bare text would compare as a double with a number.
QString boundOf(const QString &quoted, const ColumnType &type)
{
    switch (type.kind) {
    case CellKind::Integer:
    case CellKind::Boolean:
        return quoted + (type.isUnsigned ? " >= CAST(? AS UNSIGNED)"_L1 : " >= CAST(? AS SIGNED)"_L1);
    case CellKind::Decimal:
        return quoted + u" >= CAST(? AS DECIMAL(65,%1))"_s.arg(std::max(type.scale, 0));
    case CellKind::Float:
        return quoted + " >= CAST(? AS DOUBLE)"_L1;
    case CellKind::Date:
        return quoted + " >= CAST(? AS DATE)"_L1;
    case CellKind::Time:
        return quoted + " >= CAST(? AS TIME(6))"_L1;
    case CellKind::Timestamp:
    case CellKind::Instant:
        return quoted + " >= CAST(? AS DATETIME(6))"_L1;
    case CellKind::Blob:
        return quoted + " >= CAST(? AS BINARY)"_L1;
    default:
        return quoted + " >= ?"_L1;
    }
}

QString orderBy(const ReadRequest &request)
{
    const MysqlDialect dialect;
    QStringList terms;
    const QString direction = request.order == ReadRequest::Order::CursorDescending ? u" DESC"_s : QString();
    if (isCursorOrder(request) && request.cursorCell >= 0)
        terms.append(dialect.quote(request.columns[request.cursorCell]) + direction);
    for (int i = 0; i < request.layout->keyCount; ++i)
        if (i != request.cursorCell || !isCursorOrder(request))
            terms.append(dialect.quote(request.columns[i]) + direction);
    return terms.isEmpty() ? QString() : " ORDER BY "_L1 + terms.join(", "_L1);
}

} // namespace

QString selectList(const ReadRequest &request)
{
    const MysqlDialect dialect;
    QStringList cells;
    for (int i = 0; i < request.columns.size(); ++i) {
        const QString quoted = dialect.quote(request.columns[i]);
        cells.append(i == request.cursorCell ? exactText(quoted, request.sources[static_cast<size_t>(i)].type)
                                             : quoted);
    }
    return u"SELECT %1 FROM %2"_s.arg(cells.join(", "_L1), dialect.table(request.table->name));
}

QString flagLiteral(const TableSchema &table, const QString &column, const QString &value)
{
    const int index = table.columnIndex(column);
    bool isNumber = false;
    const qint64 number = value.toLongLong(&isNumber);
    if (isNumber && index >= 0 && table.columns[index].type.kind != CellKind::Text)
        return QString::number(number);
    return MysqlDialect().literal(value);
}

QString markCondition(const ReadRequest &request)
{
    const MarkFilter &marks = *request.marks;
    const QString same =
        MysqlDialect().quote(marks.column) + " <=> "_L1 + flagLiteral(*request.table, marks.column, marks.value);
    return marks.rows == MarkFilter::Rows::Marked ? same : "NOT ("_L1 + same + u')';
}

SelectText selectOf(const ReadRequest &request)
{
    const MysqlDialect dialect;
    SelectText select{selectList(request), {}};
    QStringList terms;
    if (!request.where.isEmpty())
        terms.append(enclosed(request.where));
    if (request.marks)
        terms.append(markCondition(request));
    if (request.cursorCell >= 0 && isCursorOrder(request))
        terms.append(dialect.quote(request.columns[request.cursorCell]) + " IS NOT NULL"_L1);
    if (request.cursorCell >= 0 && request.cursorFrom) {
        const ColumnType &type = request.sources[static_cast<size_t>(request.cursorCell)].type;
        terms.append(boundOf(dialect.quote(request.columns[request.cursorCell]), type));
        select.parameters.append(type.kind == CellKind::Blob ? SqlValue(*request.cursorFrom)
                                                             : SqlValue(QString::fromUtf8(*request.cursorFrom)));
    }
    if (!request.flagColumn.isEmpty()) {
        terms.append(dialect.quote(request.flagColumn) + " = "_L1
                     + flagLiteral(*request.table, request.flagColumn, request.flagValue));
    }
    if (!terms.isEmpty())
        select.sql += " WHERE "_L1 + terms.join(" AND "_L1);
    if (request.order != ReadRequest::Order::None)
        select.sql += orderBy(request);
    return select;
}

} // namespace tidemark::mysql
