// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/sql/sqlite/sqlitereader.h"

#include "core/endpoint/sql/condition.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

Error withTable(Error error, const QString &table) { return std::move(error).with(Fact::Table, table); }

QStringList ordering(const ReadRequest &request)
{
    const SqliteDialect dialect;
    QStringList terms;
    if (request.order == ReadRequest::Order::None)
        return terms;
    if (request.order == ReadRequest::Order::Cursor)
        terms.append(dialect.quote(request.columns[request.cursorCell]));
    else if (request.order == ReadRequest::Order::CursorDescending)
        terms.append(dialect.quote(request.columns[request.cursorCell]) + " DESC"_L1);
    for (int i = 0; i < request.layout->keyCount; ++i)
        terms.append(dialect.quote(request.columns[i]));
    return terms;
}

// The text of SELECT, and the values of its parameters.
QString selectSql(const ReadRequest &request, QList<SqlValue> &parameters)
{
    const SqliteDialect dialect;
    QStringList conditions;
    const auto parameter = [&](const SqlValue &value) {
        parameters.append(value);
        return dialect.parameter(static_cast<int>(parameters.size()));
    };
    if (!request.where.isEmpty())
        conditions.append(enclosed(request.where));
    if (request.marks)
        conditions.append(markCondition(request));
    if (request.order == ReadRequest::Order::Cursor || request.order == ReadRequest::Order::CursorDescending)
        conditions.append(dialect.quote(request.columns[request.cursorCell]) + " IS NOT NULL"_L1);
    if (request.cursorFrom)
        conditions.append(dialect.quote(request.columns[request.cursorCell]) + " >= "_L1
                          + parameter(exactValue(*request.cursorFrom)));
    if (!request.flagColumn.isEmpty()) {
        const int index = request.table->columnIndex(request.flagColumn);
        const ColumnType type = index < 0 ? ColumnType() : request.table->columns[index].type;
        conditions.append(dialect.quote(request.flagColumn) + " = "_L1
                          + parameter(flagValueFor(type, request.flagValue)));
    }
    QString sql = u"SELECT %1 FROM %2"_s.arg(dialect.columns(request.columns), dialect.table(request.table->name));
    if (!conditions.isEmpty())
        sql += " WHERE "_L1 + conditions.join(" AND "_L1);
    if (const QStringList terms = ordering(request); !terms.isEmpty())
        sql += " ORDER BY "_L1 + terms.join(", "_L1);
    return sql;
}

} // namespace

SqliteReader::SqliteReader(const SqliteHandle &handle, const ReadRequest &request)
    : m_handle(handle), m_layout(request.layout), m_encoder(request.layout, request.sources),
      m_table(request.table->name.display()), m_cursorCell(request.cursorCell), m_limits(request.limits)
{ }

Result<std::unique_ptr<SqliteReader>> SqliteReader::make(const SqliteHandle &handle, const ReadRequest &request)
{
    std::unique_ptr<SqliteReader> reader(new SqliteReader(handle, request));
    if (auto prepared = reader->prepare(request); !prepared)
        return fail(withTable(std::move(prepared).error(), reader->m_table));
    return reader;
}

Result<void> SqliteReader::prepare(const ReadRequest &request)
{
    QList<SqlValue> parameters;
    const QString sql = selectSql(request, parameters);
    TRY_ASSIGN(m_statement, SqliteStatement::prepare(m_handle, sql));
    if (!m_statement.isReadOnly())
        return fail(ErrorCode::WhereInvalid);
    for (qsizetype i = 0; i < parameters.size(); ++i)
        m_statement.bind(static_cast<int>(i) + 1, parameters[i]);
    return {};
}

Result<bool> SqliteReader::next(RowBatch &batch)
{
    batch.reset(m_layout);
    if (m_handle.isCancelled())
        return fail(ErrorCode::Cancelled);
    m_encoder.setBatch(&batch);
    while (!m_atEnd && batch.rowCount() < m_limits.rows && batch.byteSize() < m_limits.bytes) {
        auto more = m_statement.step();
        if (!more)
            return fail(withTable(std::move(more).error(), m_table));
        m_atEnd = !*more;
        if (*more)
            TRY(encodeRow(m_encoder, *m_layout, m_statement, m_cursorCell, m_scratch));
    }
    return !batch.isEmpty();
}

Result<void> encodeRow(RowEncoder &encoder, const RowLayout &layout, const SqliteStatement &row, int cursorCell,
                       std::string &scratch)
{
    encoder.beginRow();
    for (int i = 0; i < layout.size(); ++i) {
        const auto value = storedValue(row, i);
        if (!value)
            return fail(ErrorCode::Internal, u"out of memory"_s);
        if (i == cursorCell && value->storage != StoredValue::Storage::Null) {
            scratch.clear();
            appendExact(*value, scratch);
            encoder.text(scratch);
        } else {
            encodeStored(encoder, layout.cells[static_cast<size_t>(i)].kind, *value, scratch);
        }
    }
    encoder.endRow();
    return {};
}

Result<void> readRowsByKey(const SqliteHandle &handle, const ReadRequest &request, KeyLookup &lookup, RowSelection keys,
                           RowBatch &out)
{
    const SqliteDialect dialect;
    out.reset(request.layout);
    TRY(lookup.refresh());
    QString sql = u"SELECT %1 FROM %2 WHERE %3"_s.arg(dialect.columns(request.columns),
                                                      dialect.table(request.table->name), lookup.where(1));
    if (!request.where.isEmpty())
        sql += " AND "_L1 + enclosed(request.where);
    if (request.marks)
        sql += " AND "_L1 + markCondition(request);
    TRY_ASSIGN(auto statement, SqliteStatement::prepare(handle, sql));
    RowEncoder encoder(request.layout, request.sources);
    encoder.setBatch(&out);
    std::string scratch;
    constexpr std::size_t betweenChecks = 64;
    for (std::size_t i = 0; i < keys.rows.size(); ++i) {
        if (i % betweenChecks == 0 && handle.isCancelled())
            return fail(ErrorCode::Cancelled);
        const int row = keys.rows[i];
        const auto bound = lookup.bind(statement, 1, *keys.batch, row);
        if (!bound && bound.error().code != ErrorCode::ValueNotKept)
            return bound;
        for (bool more = bound.has_value(); more;) { // a key that cannot be stored is not there
            TRY_ASSIGN(more, statement.step());
            if (more)
                TRY(encodeRow(encoder, *request.layout, statement, request.cursorCell, scratch));
        }
        statement.reset();
    }
    return {};
}

QString markCondition(const ReadRequest &request)
{
    const SqliteDialect dialect;
    const MarkFilter &marks = *request.marks;
    const int index = request.table->columnIndex(marks.column);
    const SqlValue value = flagValueFor(index < 0 ? ColumnType() : request.table->columns[index].type, marks.value);
    const qint64 *number = std::get_if<qint64>(&value);
    const bool marked = marks.rows == MarkFilter::Rows::Marked;
    return dialect.quote(marks.column) + (marked ? " IS "_L1 : " IS NOT "_L1)
        + (number != nullptr ? QString::number(*number) : dialect.literal(marks.value));
}

SqlValue flagValueFor(const ColumnType &column, const QString &value)
{
    if (column.kind == CellKind::Boolean && (value == "true"_L1 || value == "false"_L1))
        return qint64(value == "true"_L1 ? 1 : 0);
    bool isInteger = false;
    const qint64 integer = value.toLongLong(&isInteger);
    // A column without affinity compares classes first: 1 is not '1' there.
    if (isInteger && affinityOf(column.native) == Affinity::None && QString::number(integer) == value)
        return integer;
    return value;
}

} // namespace tidemark
