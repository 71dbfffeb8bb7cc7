// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string_view>

#include "core/endpoint/sql/sqlite/sqlitehandle.h"
#include "core/endpoint/sql/sqlsession.h"

struct sqlite3_stmt;

namespace tidemark {

// One prepared statement. What is bound "static" must live until reset(). Ends before its handle.
class SqliteStatement
{
public:
    SqliteStatement() = default;
    // Exactly one statement; anything after it is SqlRefused.
    static Result<SqliteStatement> prepare(const SqliteHandle &handle, const QString &sql, bool kept = false);

    bool isPrepared() const { return m_statement != nullptr; }
    bool isReadOnly() const;
    Result<bool> step(); // true: a row; false: done, and SQLite said so
    void reset(); // also lets go of what is bound

    void bind(int parameter, const SqlValue &value);
    void bindNull(int parameter);
    void bindInteger(int parameter, qint64 value);
    void bindReal(int parameter, double value);
    void bindStaticText(int parameter, std::string_view utf8);
    void bindText(int parameter, std::string_view utf8); // copied
    void bindStaticBlob(int parameter, std::string_view bytes);

    int parameterCount() const;
    int columnCount() const;
    int storage(int column) const; // SQLITE_INTEGER …
    qint64 integer(int column) const;
    double real(int column) const;
    std::string_view text(int column) const; // valid until the next step
    std::string_view blob(int column) const;
    QString string(int column) const;

private:
    struct Finalizer
    {
        void operator()(sqlite3_stmt *statement) const;
    };
    void note(int bindCode);

    const SqliteHandle *m_handle = nullptr;
    int m_bindCode = 0; // of the first binding that failed: what failed to bind would be NULL
    std::unique_ptr<sqlite3_stmt, Finalizer> m_statement;
};

} // namespace tidemark
