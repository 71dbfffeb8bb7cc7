// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/blockingcall.h"
#include "core/endpoint/sql/sqlite/sqlitestatement.h"

#include <sqlite3.h>

namespace tidemark {

namespace {

bool isBlank(const char *rest)
{
    for (; *rest != '\0'; ++rest)
        if (*rest != ' ' && *rest != '\n' && *rest != '\r' && *rest != '\t' && *rest != ';')
            return false;
    return true;
}

} // namespace

void SqliteStatement::Finalizer::operator()(sqlite3_stmt *statement) const { sqlite3_finalize(statement); }

Result<SqliteStatement> SqliteStatement::prepare(const SqliteHandle &handle, const QString &sql, bool kept)
{
    const QByteArray text = sql.toUtf8();
    sqlite3_stmt *raw = nullptr;
    const char *rest = nullptr;
    // A NUL would end the text early, and what follows would go unseen.
    if (text.contains('\0'))
        return fail(ErrorCode::SqlRefused, QStringLiteral("NUL character in a statement"));
    const int code = sqlite3_prepare_v3(handle.db(), text.constData(), static_cast<int>(text.size()) + 1,
                                        kept ? SQLITE_PREPARE_PERSISTENT : 0, &raw, &rest);
    SqliteStatement statement;
    statement.m_handle = &handle;
    statement.m_statement.reset(raw);
    if (code != SQLITE_OK)
        return fail(handle.error(sqlite3_extended_errcode(handle.db())));
    if (raw == nullptr || !isBlank(rest))
        return fail(ErrorCode::SqlRefused, QStringLiteral("not exactly one statement"));
    return statement;
}

bool SqliteStatement::isReadOnly() const { return sqlite3_stmt_readonly(m_statement.get()) != 0; }

Result<bool> SqliteStatement::step()
{
    if (m_bindCode != SQLITE_OK)
        return fail(m_handle->error(m_bindCode));
    const BlockingCall call("a statement of SQLite");
    const int code = sqlite3_step(m_statement.get());
    if (code == SQLITE_ROW)
        return true;
    if (code == SQLITE_DONE)
        return false;
    const Error error = m_handle->error(sqlite3_extended_errcode(m_handle->db()));
    sqlite3_reset(m_statement.get());
    return fail(error);
}

void SqliteStatement::reset()
{
    sqlite3_reset(m_statement.get());
    sqlite3_clear_bindings(m_statement.get());
    m_bindCode = SQLITE_OK;
}

void SqliteStatement::note(int bindCode)
{
    if (m_bindCode == SQLITE_OK)
        m_bindCode = bindCode;
}

void SqliteStatement::bind(int parameter, const SqlValue &value)
{
    if (const auto *integer = std::get_if<qint64>(&value))
        bindInteger(parameter, *integer);
    else if (const auto *real = std::get_if<double>(&value))
        bindReal(parameter, *real);
    else if (const auto *text = std::get_if<QString>(&value))
        bindText(parameter, text->toUtf8().toStdString());
    else if (const auto *bytes = std::get_if<QByteArray>(&value))
        note(sqlite3_bind_blob64(m_statement.get(), parameter, bytes->constData(),
                                 static_cast<sqlite3_uint64>(bytes->size()), SQLITE_TRANSIENT));
    else
        bindNull(parameter);
}

void SqliteStatement::bindNull(int parameter) { sqlite3_bind_null(m_statement.get(), parameter); }

void SqliteStatement::bindInteger(int parameter, qint64 value)
{
    note(sqlite3_bind_int64(m_statement.get(), parameter, value));
}

void SqliteStatement::bindReal(int parameter, double value)
{
    note(sqlite3_bind_double(m_statement.get(), parameter, value));
}

void SqliteStatement::bindStaticText(int parameter, std::string_view utf8)
{
    const char *bytes = utf8.data() == nullptr ? "" : utf8.data(); // a null pointer would be NULL
    note(sqlite3_bind_text64(m_statement.get(), parameter, bytes, utf8.size(), SQLITE_STATIC, SQLITE_UTF8));
}

void SqliteStatement::bindText(int parameter, std::string_view utf8)
{
    const char *bytes = utf8.data() == nullptr ? "" : utf8.data();
    note(sqlite3_bind_text64(m_statement.get(), parameter, bytes, utf8.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}

void SqliteStatement::bindStaticBlob(int parameter, std::string_view bytes)
{
    if (bytes.empty())
        note(sqlite3_bind_zeroblob(m_statement.get(), parameter, 0));
    else
        note(sqlite3_bind_blob64(m_statement.get(), parameter, bytes.data(), bytes.size(), SQLITE_STATIC));
}

int SqliteStatement::parameterCount() const { return sqlite3_bind_parameter_count(m_statement.get()); }

int SqliteStatement::columnCount() const { return sqlite3_column_count(m_statement.get()); }

int SqliteStatement::storage(int column) const { return sqlite3_column_type(m_statement.get(), column); }

qint64 SqliteStatement::integer(int column) const { return sqlite3_column_int64(m_statement.get(), column); }

double SqliteStatement::real(int column) const { return sqlite3_column_double(m_statement.get(), column); }

std::string_view SqliteStatement::text(int column) const
{
    const unsigned char *bytes = sqlite3_column_text(m_statement.get(), column);
    if (bytes == nullptr)
        return {};
    return {reinterpret_cast<const char *>(bytes),
            static_cast<size_t>(sqlite3_column_bytes(m_statement.get(), column))};
}

std::string_view SqliteStatement::blob(int column) const
{
    const void *bytes = sqlite3_column_blob(m_statement.get(), column);
    if (bytes == nullptr)
        return {};
    return {static_cast<const char *>(bytes), static_cast<size_t>(sqlite3_column_bytes(m_statement.get(), column))};
}

QString SqliteStatement::string(int column) const
{
    const std::string_view bytes = text(column);
    return QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size()));
}

} // namespace tidemark
