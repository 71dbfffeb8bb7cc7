// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include <QByteArray>
#include <QString>
#include <QStringList>

#include "core/base/result.h"
#include "core/data/rowencoder.h"
#include "core/data/tableschema.h"

namespace tidemark {

// What the engine asks of a session about rows, and the streams that answer.

struct BatchLimits
{
    qint64 rows = 5000;
    qint64 bytes = 8 << 20;
};

// Rows that a column marks as deleted, left out or alone. A NULL marks nothing.
struct MarkFilter
{
    enum class Rows : quint8 { Unmarked, Marked };
    QString column;
    QString value; // as setFlag() takes it
    Rows rows = Rows::Unmarked;
};

// Which rows of a table, which columns, in which order.
struct ReadRequest
{
    enum class Order : quint8 {
        None,
        Key, // canonical order of the key cells; only where TableMapping::ordered()
        Cursor, // by cursor, then key; rows whose cursor is NULL are left out
        CursorDescending // likewise, the newest first
    };
    const TableSchema *table = nullptr;
    std::shared_ptr<const RowLayout> layout;
    QStringList columns; // one a cell
    std::vector<CellSource> sources; // one a cell
    QString where; // SQL of this side's dialect, or empty
    std::optional<MarkFilter> marks; // also where rows are read by key
    Order order = Order::None;
    int cursorCell = -1; // a cell of kind Exact: delivered as the database's own exact text
    std::optional<QByteArray> cursorFrom; // only rows with cursor >= this (exact text of an earlier read)
    QString flagColumn; // only rows whose column equals flagValue
    QString flagValue;
    BatchLimits limits;
};

class RowReader
{
public:
    virtual ~RowReader() = default;
    // Clears and refills the batch. false: the end, and the protocol said so; nothing else is ever the end.
    virtual Result<bool> next(RowBatch &batch) = 0;
};

struct WriteColumn
{
    int cell = -1; // of the layout
    QString name; // of the target
    bool isKey = false;
};

struct WriteRequest
{
    const TableSchema *table = nullptr;
    std::shared_ptr<const RowLayout> layout;
    std::vector<WriteColumn> columns; // the key's first; only what is written
    std::vector<CellSource>
        cells; // one a cell: the target's own type, by which values are narrowed before they are bound
    // Names the work until it is settled: where nothing is rolled back, a write that comes again is known by it.
    QByteArray origin;
};

// A row fault: what is there is no longer what was read. It is read and decided again, and nobody is to blame.
inline Error rowMoved(QString detail = {})
{
    return Error{ErrorCode::UniqueViolated, {{Fact::Option, QStringLiteral("row-moved")}}, std::move(detail)};
}
inline bool isMoved(const Error &error)
{
    return error.code == ErrorCode::UniqueViolated && error.facts.value(Fact::Option) == QLatin1StringView("row-moved");
}

// What a job will do to a table's rows.
struct WriteNeeds
{
    bool inserts = false;
    bool updates = false;
    bool deletes = false;
};

// Writes rows inside the caller's transaction. Values are narrowed to the column's type here (fractions floored), never
// by the server; a value that does not fit is the server's to refuse. Each call is all or nothing only up to the
// caller's savepoint. Errors name Table and, where known, Column, Constraint, Key; isRowFault() where a row is to
// blame.
class RowWriter
{
public:
    virtual ~RowWriter() = default;
    virtual Result<void> insert(RowSelection rows) = 0; // plain: a duplicate key is UniqueViolated
    virtual Result<void> update(RowSelection rows) = 0; // by key; rows that are locked and there
    virtual Result<void> remove(RowSelection keys) = 0; // only the key cells are read
    virtual Result<void> flush()
    {
        return {};
    } // what insert() still streams reaches the server; errors of earlier rows surface here
    virtual Result<void> finish() { return flush(); } // also sequences are advanced past identity values
    // Where nothing is rolled back (ServerFacts::transactional): those of the rows, as the last call was given them,
    // that stand although it failed.
    virtual std::vector<int> standing(RowSelection) const { return {}; }
    // Likewise: those that the target has stored, as it says, otherwise than they were handed over; once.
    virtual std::vector<int> takeAltered(RowSelection) { return {}; }
    // insert() may stream across calls until flush(): faster, but an error comes late and cannot be narrowed down to a
    // batch.
    virtual void setStreaming(bool) { }
};

} // namespace tidemark
