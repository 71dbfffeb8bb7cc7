// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/blockingcall.h"
#include "core/journal/sqlitefile.h"

#include <cerrno>

#include <QFile>
#include <QFileInfo>

#include <sqlite3.h>

namespace tidemark {

namespace {

constexpr int busyTimeoutMs = 10'000;

ErrorCode codeOf(int code, int systemError)
{
    if (systemError == ENOSPC || systemError == EDQUOT)
        return ErrorCode::DiskFull;
    switch (code & 0xff) {
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
    case SQLITE_FORMAT:
        return ErrorCode::DatabaseDamaged; // the file is ours, so it once was a database
    case SQLITE_FULL:
        return ErrorCode::DiskFull;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ErrorCode::LockTimeout;
    case SQLITE_CANTOPEN:
        return ErrorCode::FileUnreadable;
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return ErrorCode::FileUnwritable;
    case SQLITE_IOERR:
        return ErrorCode::InputOutput;
    default:
        return ErrorCode::Internal;
    }
}

Error fileError(ErrorCode code, const QString &path, const QString &detail = {})
{
    return Error{code, {}, detail}.with(Fact::File, path);
}

// SQLite would create the file readable by others.
Result<void> createPrivately(const QString &path)
{
    QFile file(path);
    if (file.open(QIODevice::WriteOnly | QIODevice::NewOnly, QFile::ReadOwner | QFile::WriteOwner))
        return {};
    return fail(fileError(ErrorCode::FileUnwritable, path, file.errorString()));
}

Result<void> prepareFile(const QString &path, SqliteFile::Access access)
{
    const QFileInfo info(path);
    if (info.isDir())
        return fail(fileError(ErrorCode::IsADirectory, path));
    if (access == SqliteFile::Access::CreateNew)
        return createPrivately(path);
    if (info.exists())
        return {};
    if (access == SqliteFile::Access::Existing)
        return fail(fileError(ErrorCode::FileNotFound, path));
    if (auto created = createPrivately(path);
        !created && !QFileInfo::exists(path)) // another process may have been first
        return created;
    return {};
}

} // namespace

SqliteQuery::SqliteQuery(SqliteQuery &&other) noexcept
    : m_file(other.m_file), m_statement(std::exchange(other.m_statement, nullptr)), m_bound(other.m_bound),
      m_fault(other.m_fault)
{ }

SqliteQuery::~SqliteQuery()
{
    if (!m_statement)
        return;
    sqlite3_reset(m_statement);
    sqlite3_clear_bindings(m_statement);
}

void SqliteQuery::noteBind(int code)
{
    if (m_fault == SQLITE_OK)
        m_fault = code;
}

SqliteQuery &SqliteQuery::bind(qint64 value) &
{
    noteBind(sqlite3_bind_int64(m_statement, ++m_bound, value));
    return *this;
}

SqliteQuery &SqliteQuery::bind(const QString &text) &
{
    const QByteArray utf8 = text.toUtf8();
    noteBind(sqlite3_bind_text64(m_statement, ++m_bound, utf8.constData(), static_cast<sqlite3_uint64>(utf8.size()),
                                 SQLITE_TRANSIENT, SQLITE_UTF8));
    return *this;
}

SqliteQuery &SqliteQuery::bind(const QByteArray &bytes) &
{
    const char *const data = bytes.constData() ? bytes.constData() : ""; // a null pointer would bind NULL
    noteBind(
        sqlite3_bind_blob64(m_statement, ++m_bound, data, static_cast<sqlite3_uint64>(bytes.size()), SQLITE_TRANSIENT));
    return *this;
}

SqliteQuery &SqliteQuery::bindView(std::string_view bytes) &
{
    const char *const data = bytes.data() ? bytes.data() : "";
    noteBind(sqlite3_bind_blob64(m_statement, ++m_bound, data, bytes.size(), SQLITE_STATIC));
    return *this;
}

Result<bool> SqliteQuery::next()
{
    if (m_fault)
        return fail(m_file->error(m_fault));
    const BlockingCall call("a journal or plan file");
    const int code = sqlite3_step(m_statement);
    if (code == SQLITE_ROW)
        return true;
    if (code == SQLITE_DONE)
        return false;
    return fail(m_file->error(code));
}

Result<void> SqliteQuery::run()
{
    for (;;) {
        TRY_ASSIGN(const bool more, next());
        if (!more)
            break;
    }
    restart();
    return {};
}

void SqliteQuery::restart()
{
    sqlite3_reset(m_statement);
    m_bound = 0;
}

qint64 SqliteQuery::integer(int column) const { return sqlite3_column_int64(m_statement, column); }

QString SqliteQuery::text(int column) const
{
    const std::string_view utf8 = view(column);
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

QByteArray SqliteQuery::bytes(int column) const
{
    const std::string_view bytes = view(column);
    return QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size()));
}

std::string_view SqliteQuery::view(int column) const
{
    const void *const data = sqlite3_column_blob(m_statement, column);
    if (!data)
        return {};
    return {static_cast<const char *>(data), static_cast<size_t>(sqlite3_column_bytes(m_statement, column))};
}

bool SqliteQuery::isNull(int column) const { return sqlite3_column_type(m_statement, column) == SQLITE_NULL; }

Result<void> SqliteFile::connect(Access access, const char *schema)
{
    int code = SQLITE_OK;
    if (MemoryFiles *const memory = MemoryFiles::of(m_path)) {
        m_inMemory = memory->find(m_path);
        if (!m_inMemory && access == Access::Existing)
            return fail(fileError(ErrorCode::FileNotFound, m_path));
        if (m_inMemory && access == Access::CreateNew)
            return fail(fileError(ErrorCode::FileUnwritable, m_path));
        if (!m_inMemory)
            m_inMemory = memory->make(m_path, schema);
        code = m_inMemory->take(m_connection);
    } else {
        TRY(prepareFile(m_path, access));
        code = sqlite3_open_v2(m_path.toUtf8().constData(), &m_connection.handle,
                               SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    }
    return code == SQLITE_OK ? Result<void>() : fail(error(code));
}

Result<std::unique_ptr<SqliteFile>> SqliteFile::open(const QString &path, Access access, const char *schema)
{
    const BlockingCall call("opening a journal or plan file");
    std::unique_ptr<SqliteFile> file(new SqliteFile(path));
    TRY(file->connect(access, schema));
    TRY(file->setUp());
    return file;
}

Result<void> SqliteFile::setUp()
{
    if (m_connection.isSetUp)
        return {}; // the pragma would have all statements prepared anew
    sqlite3 *const handle = m_connection.handle;
    sqlite3_busy_timeout(handle, busyTimeoutMs);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_QPSG, 1, nullptr); // else a value bound anew prepares some anew
    TRY(execute("PRAGMA cell_size_check = ON"));
    m_connection.isSetUp = true;
    return {};
}

SqliteFile::~SqliteFile()
{
    if (m_inMemory && m_connection.handle)
        m_inMemory->giveBack(std::move(m_connection));
    else
        m_connection.close();
}

Result<void> SqliteFile::execute(const char *sql)
{
    const BlockingCall call("a journal or plan file");
    const int code = sqlite3_exec(m_connection.handle, sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK)
        return fail(error(code));
    return {};
}

Result<SqliteQuery> SqliteFile::query(const char *sql)
{
    int code = SQLITE_OK;
    sqlite3_stmt *const statement = m_connection.prepared(sql, code);
    if (!statement)
        return fail(error(code));
    return SqliteQuery(*this, statement);
}

Result<void> SqliteFile::run(const char *sql)
{
    TRY_ASSIGN(SqliteQuery statement, query(sql));
    return statement.run();
}

Result<qint64> SqliteFile::integer(const char *sql)
{
    TRY_ASSIGN(SqliteQuery rows, query(sql));
    TRY_ASSIGN(const bool found, rows.next());
    return found ? rows.integer(0) : 0;
}

// Not in memory: it would have all statements prepared anew.
Result<void> SqliteFile::forbidWriting(bool forbidden)
{
    if (m_inMemory)
        return {};
    return execute(forbidden ? "PRAGMA query_only = ON" : "PRAGMA query_only = OFF");
}

bool SqliteFile::isWritable() const { return sqlite3_db_readonly(m_connection.handle, "main") == 0; }

qint64 SqliteFile::sizeOnDisk() const { return m_inMemory ? -1 : QFileInfo(m_path).size(); }

Error SqliteFile::error(int code) const
{
    const int system =
        m_connection.handle && (code & 0xff) == SQLITE_IOERR ? sqlite3_system_errno(m_connection.handle) : 0;
    const char *const words = m_connection.handle ? sqlite3_errmsg(m_connection.handle) : sqlite3_errstr(code);
    return fileError(codeOf(code, system), m_path, QString::fromUtf8(words));
}

Result<SqliteTransaction> SqliteTransaction::begin(SqliteFile &file)
{
    TRY(file.run("BEGIN IMMEDIATE"));
    return SqliteTransaction(&file);
}

SqliteTransaction::~SqliteTransaction()
{
    if (m_file)
        (void)m_file->run("ROLLBACK");
}

Result<void> SqliteTransaction::commit()
{
    TRY(m_file->run("COMMIT"));
    m_file = nullptr;
    return {};
}

} // namespace tidemark
