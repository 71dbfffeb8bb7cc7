// SPDX-License-Identifier: GPL-3.0-or-later
// Rows by their keys, filters and flags.
#include "core/endpoint/sql/postgres/pgsession.h"

#include "core/endpoint/sql/condition.h"
#include "core/endpoint/sql/postgres/pgarrays.h"
#include "core/endpoint/sql/postgres/pgdecode.h"
#include "core/endpoint/sql/postgres/pgreader.h"
#include "core/endpoint/sql/postgres/pgselect.h"
#include "core/endpoint/sql/postgres/pgwriter.h"

using namespace Qt::StringLiterals;

namespace tidemark::postgres {

namespace {

Result<void> decodeRow(const PgResult &result, int row, const Selection &selection, RowEncoder &encoder, RowBatch &out,
                       std::string &scratch)
{
    encoder.beginRow();
    for (std::size_t cell = 0; cell < selection.wires.size(); ++cell) {
        const int column = static_cast<int>(cell);
        if (PQgetisnull(result.get(), row, column) != 0) {
            encoder.null();
            continue;
        }
        const std::string_view field(PQgetvalue(result.get(), row, column),
                                     static_cast<std::size_t>(PQgetlength(result.get(), row, column)));
        switch (decodeField(selection.wires[cell], field, encoder, scratch)) {
        case Decoded::Good:
            break;
        case Decoded::Broken:
            return fail(ErrorCode::BrokenStream, u"not a field of its type"_s);
        case Decoded::NotKept:
            encoder.null();
            out.setFault(Error{ErrorCode::ValueNotKept, {}, {}});
        }
    }
    encoder.endRow();
    return {};
}

} // namespace

Result<std::unique_ptr<RowReader>> PgSession::read(const ReadRequest &request)
{
    return CopyReader::open(*m_connection, m_dialect, request);
}

Result<std::unique_ptr<RowWriter>> PgSession::writer(const WriteRequest &request)
{
    TRY(favourIndexes());
    return PgWriter::open(*m_connection, m_dialect, request);
}

Result<void> PgSession::readKeys(const ReadRequest &request, RowSelection keys, bool lock, RowBatch &out)
{
    out.clear();
    if (keys.rows.empty())
        return {};
    const TableName &name = request.table->name;
    TRY_ASSIGN(const Selection selection, selectionOf(request, m_dialect));
    std::vector<ArrayParameters::Source> columns;
    columns.reserve(static_cast<std::size_t>(request.layout->keyCount));
    for (int cell = 0; cell < request.layout->keyCount; ++cell)
        columns.push_back({cell, request.columns[cell]});
    ArrayParameters parameters(*request.table, *request.layout, request.sources, columns);
    // A key that the column cannot hold is not there.
    TRY_ASSIGN(const int count, parameters.fill(keys, ArrayParameters::Unfit::LeaveOut));
    if (count == 0)
        return {};
    TRY(favourIndexes());
    QString sql = "SELECT "_L1 + selection.list + " FROM "_L1 + parameters.from() + ", "_L1 + m_dialect.table(name)
        + " WHERE "_L1 + parameters.keyMatch(m_dialect, name, columns.size());
    if (!request.where.isEmpty())
        sql += " AND "_L1 + enclosed(request.where);
    if (request.marks) {
        TRY_ASSIGN(const QString unmarked, markCondition(request, m_dialect));
        sql += " AND "_L1 + unmarked;
    }
    if (lock)
        sql += " FOR UPDATE OF "_L1 + m_dialect.quote(name.name);
    auto result = m_connection->exec(sql.toUtf8(), parameters.parameters(), true);
    if (!result)
        return fail(std::move(result).error().with(Fact::Table, name.display()));
    RowEncoder encoder(request.layout, request.sources);
    encoder.setBatch(&out);
    std::string scratch;
    for (int row = 0; row < PQntuples(result->get()); ++row)
        TRY(decodeRow(*result, row, selection, encoder, out, scratch));
    return {};
}

Result<void> PgSession::validateWhere(const TableName &table, const QString &where)
{
    const auto refuse = [&](const QString &detail) {
        return fail(Error{ErrorCode::WhereInvalid, {{Fact::Table, table.display()}, {Fact::Sql, where}}, detail});
    };
    if (where.contains(QChar(0)))
        return refuse(u"U+0000"_s);
    if (!staysInside(where, {.escapeTexts = true, .dollarTexts = true, .nestedComments = true}))
        return refuse(u"a parenthesis, a text or a comment that does not end where it should"_s);
    const bool inside = m_connection->inTransaction();
    TRY(script(inside ? "SAVEPOINT tidemark_where" : "BEGIN READ ONLY"));
    // Prepared, never run: it has to be one statement, and a condition.
    const QString sql = "SELECT 1 FROM "_L1 + m_dialect.table(table) + " WHERE "_L1 + enclosed(where);
    const Result<int> parameters = m_connection->parameterCount(sql.toUtf8());
    if (m_connection->isDead())
        return fail(parameters.error());
    TRY(script(inside ? "ROLLBACK TO SAVEPOINT tidemark_where; RELEASE SAVEPOINT tidemark_where" : "ROLLBACK"));
    if (!parameters && parameters.error().isTransient())
        return fail(parameters.error());
    if (!parameters)
        return refuse(parameters.error().detail);
    return *parameters == 0 ? Result<void>{} : refuse(u"a parameter without a value"_s);
}

Result<void> PgSession::setFlag(const WriteRequest &request, const QString &column, const QString &value,
                                RowSelection keys)
{
    const int index = request.table->columnIndex(column);
    if (index < 0)
        return fail(
            Error{ErrorCode::NoSuchColumn, {{Fact::Table, request.table->name.display()}, {Fact::Column, column}}, {}});
    std::vector<ArrayParameters::Source> columns;
    for (const WriteColumn &written : request.columns)
        if (written.isKey)
            columns.push_back({written.cell, written.name});
    ArrayParameters parameters(*request.table, *request.layout, request.cells, columns);
    TRY_ASSIGN(const int count, parameters.fill(keys, ArrayParameters::Unfit::LeaveOut));
    if (count == 0)
        return {};
    TRY(favourIndexes());
    const TableName &name = request.table->name;
    const QString flag =
        m_dialect.literal(value) + "::"_L1 + withoutModifier(request.table->columns[index].type.native);
    const QString sql = "UPDATE "_L1 + m_dialect.table(name) + " SET "_L1 + m_dialect.quote(column) + " = "_L1 + flag
        + " FROM "_L1 + parameters.from() + " WHERE "_L1 + parameters.keyMatch(m_dialect, name, columns.size())
        + " AND "_L1 + m_dialect.column(name, column) + " IS DISTINCT FROM "_L1 + flag;
    auto updated = m_connection->exec(sql.toUtf8(), parameters.parameters());
    if (!updated)
        return fail(std::move(updated).error().with(Fact::Table, name.display()));
    return {};
}

} // namespace tidemark::postgres
