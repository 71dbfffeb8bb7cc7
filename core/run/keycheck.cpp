// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/keycheck.h"

#include "core/data/rowindex.h"
#include "core/endpoint/sql/condition.h"
#include "core/endpoint/sql/sqlsession.h"
#include "core/run/uniquekey.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

// One key that the database takes for that of several rows.
QString sharedKey(const SqlSession &sql, const TablePair &pair)
{
    QStringList cells;
    QStringList conditions;
    for (const QString &column : pair.mapping.sourceColumns().mid(0, pair.mapping.keyCount)) {
        cells += sql.dialect().quote(column);
        conditions += cells.last() + " IS NOT NULL"_L1; // a NULL is another matter
    }
    if (!pair.settings.whereSource.isEmpty())
        conditions += enclosed(pair.settings.whereSource);
    const QString key = cells.join(", "_L1);
    return "SELECT "_L1 + key + " FROM "_L1 + sql.dialect().table(pair.mapping.source.name) + " WHERE "_L1
        + conditions.join(" AND "_L1) + " GROUP BY "_L1 + key + " HAVING count(*) > 1 LIMIT 1"_L1;
}

// Its rows as a run reads them: a collation may take keys for one that differ, and a mark may take a row away.
Result<void> readThem(Session &source, const TablePair &pair, const QString &shared)
{
    QStringList cells;
    for (const QString &column : pair.mapping.sourceColumns().mid(0, pair.mapping.keyCount))
        cells += source.asSql()->dialect().quote(column);
    ReadRequest request = pair.keysOf(pair.readSource({}));
    request.order = ReadRequest::Order::None;
    const QString own = "("_L1 + cells.join(", "_L1) + ") IN (SELECT * FROM ("_L1 + shared + ") AS shared_key)"_L1;
    request.where = request.where.isEmpty() ? own : QString(enclosed(request.where) + " AND "_L1 + own);
    TRY_ASSIGN(const std::unique_ptr<RowReader> reader, source.read(request));
    RowBatch rows(request.layout);
    TRY_ASSIGN(const bool any, reader->next(rows));
    return any ? requireUnique(rows, rowsByKey(rows)) : Result<void>();
}

} // namespace

Result<bool> keysDiffer(Session &source, const TablePair &pair, qint64 milliseconds)
{
    SqlSession *const sql = source.asSql();
    if (sql == nullptr || keyIsUnique(pair))
        return true; // of a service there is nobody to ask
    const QString shared = sharedKey(*sql, pair);
    const auto found = sql->queryWithin(shared, milliseconds);
    if (!found && found.error().endsSession())
        return fail(found.error());
    if (!found || !*found)
        return false;
    if ((*found)->isEmpty())
        return true;
    TRY(source.beginRead());
    const auto read = readThem(source, pair, shared);
    if (!read && read.error().endsSession())
        return fail(read.error());
    TRY(source.rollback());
    if (!read && read.error().code == ErrorCode::KeyNotUnique)
        return fail(read.error());
    return false;
}

} // namespace tidemark
