// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/sql/mysql/mysqlstatement.h"

#include <errmsg.h>
#include <mysqld_error.h>

using namespace Qt::StringLiterals;

namespace tidemark::mysql {

namespace {

constexpr int rowsBeforeKill = 1000; // so many are rather read to the end than stopped

// The width of a number on the wire; 0: a length comes first.
size_t fixedSize(enum_field_types type)
{
    switch (type) {
    case MYSQL_TYPE_TINY:
        return 1;
    case MYSQL_TYPE_SHORT:
    case MYSQL_TYPE_YEAR:
        return 2;
    case MYSQL_TYPE_LONG:
    case MYSQL_TYPE_INT24:
    case MYSQL_TYPE_FLOAT:
        return 4;
    case MYSQL_TYPE_LONGLONG:
    case MYSQL_TYPE_DOUBLE:
        return 8;
    default:
        return 0;
    }
}

size_t takeLength(unsigned char *&place)
{
    const unsigned first = *place++;
    int bytes = 0;
    if (first <= 250)
        return first;
    if (first == 252)
        bytes = 2;
    else if (first == 253)
        bytes = 3;
    else
        bytes = 8;
    quint64 length = 0;
    for (int i = 0; i < bytes; ++i)
        length |= quint64(*place++) << (8 * i);
    return length;
}

} // namespace

Statement::~Statement()
{
    if (m_statement == nullptr)
        return;
    finish();
    if (m_link.isDead()) { // the socket is shut: the library finds that out at once, and frees
        mysql_stmt_close(m_statement);
        return;
    }
    m_link.run<my_bool>(
        1, [&](my_bool *result) { return mysql_stmt_close_start(result, m_statement); },
        [&](my_bool *result, int events) { return mysql_stmt_close_cont(result, m_statement, events); });
}

Error Statement::error()
{
    if (m_statement == nullptr || mysql_stmt_errno(m_statement) == 0)
        return m_link.error();
    return m_link.error(mysql_stmt_errno(m_statement), mysql_stmt_error(m_statement));
}

Result<void> Statement::prepare(const QByteArray &sql)
{
    if (m_link.isDead())
        return fail(m_link.error());
    m_statement = mysql_stmt_init(m_link.handle());
    if (m_statement == nullptr)
        return fail(m_link.error());
    const int failed = m_link.run<int>(
        1,
        [&](int *result) {
            return mysql_stmt_prepare_start(result, m_statement, sql.constData(),
                                            static_cast<unsigned long>(sql.size()));
        },
        [&](int *result, int events) { return mysql_stmt_prepare_cont(result, m_statement, events); });
    if (failed != 0)
        return fail(error());
    return {};
}

Result<void> Statement::bind(std::span<MYSQL_BIND> parameters)
{
    if (parameters.size() != static_cast<size_t>(parameterCount()))
        return fail(ErrorCode::Internal, u"%1 parameters bound of %2"_s.arg(parameters.size()).arg(parameterCount()));
    if (!parameters.empty() && mysql_stmt_bind_param(m_statement, parameters.data()) != 0)
        return fail(error());
    return {};
}

void Statement::setRows(unsigned rows, ps_param_callback fill, void *data)
{
    mysql_stmt_attr_set(m_statement, STMT_ATTR_ARRAY_SIZE, &rows);
    mysql_stmt_attr_set(m_statement, STMT_ATTR_CB_PARAM, reinterpret_cast<const void *>(fill));
    mysql_stmt_attr_set(m_statement, STMT_ATTR_CB_USER_DATA, data);
}

Result<void> Statement::execute()
{
    const int failed = m_link.run<int>(
        1, [&](int *result) { return mysql_stmt_execute_start(result, m_statement); },
        [&](int *result, int events) { return mysql_stmt_execute_cont(result, m_statement, events); });
    if (failed != 0)
        return fail(error());
    if (mysql_stmt_field_count(m_statement) == 0)
        return {};
    readColumns();
    mysql_stmt_attr_set(m_statement, STMT_ATTR_CB_USER_DATA, this);
    mysql_stmt_attr_set(m_statement, STMT_ATTR_CB_RESULT, reinterpret_cast<const void *>(&Statement::takeCell));
    m_streaming = true;
    return {};
}

void Statement::readColumns()
{
    m_columns.clear();
    MYSQL_RES *metadata = mysql_stmt_result_metadata(m_statement);
    const unsigned count = mysql_stmt_field_count(m_statement);
    for (unsigned i = 0; metadata != nullptr && i < count; ++i) {
        const MYSQL_FIELD &field = metadata->fields[i];
        m_columns.push_back({field.type, (field.flags & UNSIGNED_FLAG) != 0, field.charsetnr, field.decimals});
    }
    mysql_free_result(metadata);
    m_row.assign(m_columns.size(), {});
}

// Called by the library for each cell of a row that has arrived whole; moves its pointer past the cell.
void Statement::takeCell(void *self, unsigned column, unsigned char **row)
{
    auto *statement = static_cast<Statement *>(self);
    RawCell &cell = statement->m_row[column];
    cell.isNull = row == nullptr;
    if (row == nullptr)
        return;
    const enum_field_types type = statement->m_columns[column].type;
    size_t size = fixedSize(type);
    if (size == 0 && type != MYSQL_TYPE_NULL)
        size = takeLength(*row);
    cell.bytes = {reinterpret_cast<const char *>(*row), size};
    *row += size;
}

Result<bool> Statement::fetch()
{
    const int code = m_link.run<int>(
        1, [&](int *result) { return mysql_stmt_fetch_start(result, m_statement); },
        [&](int *result, int events) { return mysql_stmt_fetch_cont(result, m_statement, events); });
    if (code == 0)
        return true;
    m_streaming = false;
    if (code == MYSQL_NO_DATA && !m_link.isDead() && mysql_stmt_errno(m_statement) == 0)
        return false;
    Error failure = error();
    if (failure.code == ErrorCode::Internal) // neither a row, nor the end, nor a reason
        failure.code = ErrorCode::BrokenStream;
    return fail(std::move(failure));
}

// The rest of a result must be read before the connection can be used again: a long one is stopped at the server first.
void Statement::drain()
{
    for (int i = 0; i < rowsBeforeKill; ++i)
        if (const auto more = fetch(); !more || !*more)
            return;
    if (!m_link.killQuery())
        return m_link.abandon();
    for (;;)
        if (const auto more = fetch(); !more || !*more)
            break;
    // The kill may have come after the last row; it then hits the next statement, which this is.
    if (!m_link.isDead()) [[maybe_unused]]
        const auto hit = m_link.execute("DO 0");
}

void Statement::finish()
{
    if (m_streaming)
        drain();
    m_streaming = false;
}

Parameters::Parameters(const QList<SqlValue> &values) : m_values(values.size()), m_binds(values.size())
{
    for (qsizetype i = 0; i < values.size(); ++i) {
        const auto index = static_cast<size_t>(i);
        Value &value = m_values[index];
        MYSQL_BIND &bind = m_binds[index];
        bind = {};
        if (const auto *integer = std::get_if<qint64>(&values[i])) {
            value.integer = *integer;
            bind.buffer_type = MYSQL_TYPE_LONGLONG;
            bind.buffer = &value.integer;
        } else if (const auto *real = std::get_if<double>(&values[i])) {
            value.real = *real;
            bind.buffer_type = MYSQL_TYPE_DOUBLE;
            bind.buffer = &value.real;
        } else if (std::holds_alternative<std::monostate>(values[i])) {
            bind.buffer_type = MYSQL_TYPE_NULL;
        } else {
            const auto *text = std::get_if<QString>(&values[i]);
            value.bytes = text != nullptr ? text->toUtf8() : std::get<QByteArray>(values[i]);
            bind.buffer_type = text != nullptr ? MYSQL_TYPE_STRING : MYSQL_TYPE_BLOB;
            bind.buffer = value.bytes.data();
            bind.buffer_length = static_cast<unsigned long>(value.bytes.size());
        }
    }
}

} // namespace tidemark::mysql
