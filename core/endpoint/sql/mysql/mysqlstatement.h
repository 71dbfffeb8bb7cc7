// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "core/endpoint/sql/mysql/mysqllink.h"
#include "core/endpoint/sql/sqlsession.h"

namespace tidemark::mysql {

// A cell of a binary row where it lies in the library's receive buffer; valid until the next fetch.
struct RawCell
{
    std::string_view
        bytes; // numbers little-endian in their width, dates and times in their packed form, else text or bytes
    bool isNull = true;
};

struct ResultColumn
{
    enum_field_types type = MYSQL_TYPE_NULL;
    bool isUnsigned = false;
    unsigned charset = 0; // 63: binary
    unsigned decimals = 0;
};

// A prepared statement. Rows come unbuffered, one by one, straight from the socket's buffer.
class Statement
{
public:
    explicit Statement(Link &link) : m_link(link) { }
    ~Statement();
    Statement(const Statement &) = delete;
    Statement &operator=(const Statement &) = delete;

    Result<void> prepare(const QByteArray &sql);
    int parameterCount() const { return static_cast<int>(mysql_stmt_param_count(m_statement)); }
    Result<void> bind(std::span<MYSQL_BIND> parameters); // copied; what it points to must live until execute() ends
    // Arrays of parameters: fill(data, binds, row) is called for each of `rows` rows while the request is built. Bind
    // the types first.
    void setRows(unsigned rows, ps_param_callback fill, void *data);
    Result<void> execute();
    qint64 affectedRows() const { return static_cast<qint64>(mysql_stmt_affected_rows(m_statement)); }
    unsigned warningCount() const { return mysql_warning_count(m_link.handle()); }

    Result<bool> fetch(); // false: the end, and the server said so
    const std::vector<ResultColumn> &columns() const { return m_columns; }
    const std::vector<RawCell> &row() const { return m_row; }
    void finish(); // ends a result, read to its end or not
    bool isStreaming() const { return m_streaming; }
    Error error();

private:
    static void takeCell(void *self, unsigned column, unsigned char **row);
    void readColumns();
    void drain();

    Link &m_link;
    MYSQL_STMT *m_statement = nullptr;
    std::vector<ResultColumn> m_columns;
    std::vector<RawCell> m_row;
    bool m_streaming = false;
};

// Small parameters, held for as long as they are bound.
class Parameters
{
public:
    explicit Parameters(const QList<SqlValue> &values);
    std::span<MYSQL_BIND> binds() { return m_binds; }

private:
    struct Value
    {
        qint64 integer = 0;
        double real = 0;
        QByteArray bytes;
    };
    std::vector<Value> m_values;
    std::vector<MYSQL_BIND> m_binds;
};

} // namespace tidemark::mysql
