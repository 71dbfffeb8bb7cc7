// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDeadlineTimer>

#include "core/detect/adviser.h"
#include "core/endpoint/sql/condition.h"
#include "core/endpoint/sql/sqlsession.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr qint64 firstStep = 10'000;

// Where no SQL is spoken: by reading the keys.
Result<RowCount> countByReading(Session &session, const TableName &name, const QString &where,
                                const CountLimits &limits)
{
    TRY_ASSIGN(const TableSchema table, session.describe(name));
    const QString column = table.primaryKey.isEmpty() ? table.columns.value(0).name : table.primaryKey.first();
    RowLayout layout;
    CellType type;
    type.kind = CellKind::Exact;
    layout.cells.push_back(type);
    layout.keyCount = layout.comparedCount = 1;
    ReadRequest request;
    request.table = &table;
    request.layout = std::make_shared<const RowLayout>(layout);
    request.columns = {column};
    request.sources = {CellSource{table.columns[table.columnIndex(column)].type, {}, column}};
    request.where = where;
    const QDeadlineTimer deadline(limits.milliseconds);
    TRY(session.beginRead());
    RowCount count;
    {
        TRY_ASSIGN(const std::unique_ptr<RowReader> reader, session.read(request));
        RowBatch batch(request.layout);
        count.exact = true;
        for (;;) {
            TRY_ASSIGN(const bool more, reader->next(batch));
            if (!more)
                break;
            count.rows += batch.rowCount();
            if (count.rows > limits.rows || deadline.hasExpired()) {
                count.exact = false;
                break;
            }
        }
    }
    TRY(session.rollback());
    return count;
}

} // namespace

// In growing steps, so that a count which runs out of time still knows what it passed.
Result<RowCount> countRows(Session &session, const TableName &table, const QString &where, const CountLimits &limits)
{
    if (!where.isEmpty())
        TRY(session.validateWhere(table, where));
    SqlSession *sql = session.asSql();
    if (sql == nullptr)
        return countByReading(session, table, where, limits);
    const QDeadlineTimer deadline(limits.milliseconds);
    RowCount count;
    for (qint64 step = std::min(firstStep, limits.rows);; step = std::min(step * 10, limits.rows)) {
        if (deadline.hasExpired())
            return count;
        const QString statement = "SELECT count(*) FROM (SELECT 1 AS one FROM "_L1 + sql->dialect().table(table)
            + (where.isEmpty() ? QString() : " WHERE "_L1 + enclosed(where)) + " LIMIT "_L1 + QString::number(step + 1)
            + ") AS s"_L1;
        TRY_ASSIGN(const auto rows, sql->queryWithin(statement, deadline.remainingTime()));
        if (!rows || rows->isEmpty())
            return count;
        const qint64 found = rows->first()[0].value_or("0").toLongLong();
        count.exact = found <= step;
        count.rows = count.exact ? found : step;
        if (count.exact || step >= limits.rows)
            return count;
    }
}

} // namespace tidemark
