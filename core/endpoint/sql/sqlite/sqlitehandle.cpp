// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/blockingcall.h"
#include "core/endpoint/sql/sqlite/sqlitehandle.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>

#include <QFile>
#include <QFileInfo>

#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/clock.h"
#include "core/endpoint/sql/sqlite/sqliteerror.h"

using namespace Qt::StringLiterals;
using namespace std::string_view_literals;

namespace tidemark {

namespace {

constexpr int instructionsBetweenChecks = 4000;
constexpr std::string_view magic = "SQLite format 3\0"sv;

Error fileError(ErrorCode code, const QString &file, int systemError = 0)
{
    const QString detail = systemError == 0 ? QString() : QString::fromLocal8Bit(std::strerror(systemError));
    return Error{code, {}, detail}.with(Fact::File, file);
}

// The file that is meant, links followed. It is never opened here: closing it would drop the locks that SQLite holds on
// it for other sessions of this process.
Result<QString> locate(const QString &path)
{
    struct stat status
    {
    };
    const QByteArray name = QFile::encodeName(path);
    if (path.isEmpty() || path.contains(QChar(u'\0')))
        return fail(fileError(ErrorCode::FileNotFound, path));
    if (::stat(name.constData(), &status) != 0) {
        const bool absent = errno == ENOENT || errno == ENOTDIR;
        return fail(fileError(absent ? ErrorCode::FileNotFound : ErrorCode::FileUnreadable, path, errno));
    }
    if (S_ISDIR(status.st_mode))
        return fail(fileError(ErrorCode::IsADirectory, path));
    if (!S_ISREG(status.st_mode))
        return fail(fileError(ErrorCode::NotADatabase, path));
    if (::access(name.constData(), R_OK) != 0)
        return fail(fileError(ErrorCode::FileUnreadable, path, errno));
    return QFileInfo(path).canonicalFilePath();
}

// A killed program's transaction can only be rolled back by somebody who may write; likewise the index of a WAL.
bool wantsRecovery(int extendedCode)
{
    switch (extendedCode) {
    case SQLITE_READONLY_ROLLBACK:
    case SQLITE_READONLY_RECOVERY:
    case SQLITE_READONLY_CANTINIT:
    case SQLITE_READONLY_CANTLOCK:
    case SQLITE_READONLY_DIRECTORY:
        return true;
    default:
        return (extendedCode & 0xff) == SQLITE_CANTOPEN;
    }
}

} // namespace

SqliteHandle::SqliteHandle(QString file, qint64 timeoutMs, Cancellation *cancellation)
    : m_file(std::move(file)), m_timeoutMs(timeoutMs), m_cancellation(cancellation)
{ }

SqliteHandle::~SqliteHandle() { close(); }

Result<std::unique_ptr<SqliteHandle>> SqliteHandle::open(const ConnectionSettings &settings, const OpenOptions &options)
{
    TRY_ASSIGN(QString file, locate(settings.database));
    if (options.writable && settings.readOnly)
        return fail(fileError(ErrorCode::ReadOnly, file));
    std::unique_ptr<SqliteHandle> handle(
        new SqliteHandle(std::move(file), std::max<qint64>(settings.timeoutMs, 0), options.cancellation));
    TRY(handle->openFile(options.writable));
    if (options.writable && sqlite3_db_readonly(handle->db(), "main") != 0)
        return fail(fileError(ErrorCode::ReadOnly, handle->file()));
    TRY(handle->run(options.writable ? "PRAGMA foreign_keys=ON" : "PRAGMA query_only=ON"));
    return handle;
}

Result<void> SqliteHandle::openFile(bool writable)
{
    const bool hadWal = QFile::exists(m_file + "-wal"_L1);
    auto opened = connect(writable);
    if (writable || m_db == nullptr)
        return opened;
    if (!opened && !wantsRecovery(sqlite3_extended_errcode(m_db)))
        return opened;
    if (opened) {
        TRY_ASSIGN(const QByteArray journalMode, single("PRAGMA journal_mode"));
        if (journalMode != "wal" || hadWal)
            return {};
        // Reading has made the files of a WAL; only who may write removes them in the end.
    }
    close();
    return connect(true);
}

Result<void> SqliteHandle::connect(bool writable)
{
    const BlockingCall call("opening an SQLite database");
    const int flags = (writable ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY) | SQLITE_OPEN_NOMUTEX;
    const int code = sqlite3_open_v2(m_file.toUtf8().constData(), &m_db, flags, nullptr);
    if (code != SQLITE_OK)
        return fail(error(m_db != nullptr ? sqlite3_extended_errcode(m_db) : code));
    TRY(configure());
    // The first touch of the file: its header, a hot journal, the WAL, and the whole schema.
    auto touched = run("SELECT count(*) FROM sqlite_schema");
    if (!touched && touched.error().code == ErrorCode::NotADatabase && hasSqliteHeader())
        touched.error().code = ErrorCode::DatabaseDamaged;
    TRY(touched);
    return checkSize();
}

// SQLite reads zeros where the last page is cut off.
Result<void> SqliteHandle::checkSize() const
{
    TRY(run("BEGIN"));
    const auto page = single("PRAGMA page_size");
    const auto count = single("SELECT count(*) FROM sqlite_schema"); // takes the lock
    sqlite3_file *file = nullptr;
    sqlite3_int64 size = 0;
    const bool known = page && count && page->toLongLong() > 0
        && sqlite3_file_control(m_db, "main", SQLITE_FCNTL_FILE_POINTER, &file) == SQLITE_OK && file != nullptr
        && file->pMethods != nullptr && file->pMethods->xFileSize(file, &size) == SQLITE_OK;
    TRY(run("ROLLBACK"));
    TRY(count);
    if (known && size % page->toLongLong() != 0)
        return fail(fileError(ErrorCode::DatabaseDamaged, m_file));
    return {};
}

Result<void> SqliteHandle::configure() const
{
    sqlite3_extended_result_codes(m_db, 1);
    constexpr std::array<std::pair<int, int>, 7> switches{{
        {SQLITE_DBCONFIG_DEFENSIVE, 1},
        {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
        {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
        {SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, 0},
        {SQLITE_DBCONFIG_WRITABLE_SCHEMA, 0},
        {SQLITE_DBCONFIG_DQS_DML, 0},
        {SQLITE_DBCONFIG_DQS_DDL, 0},
    }};
    for (const auto &[option, value] : switches)
        if (const int code = sqlite3_db_config(m_db, option, value, nullptr); code != SQLITE_OK)
            return fail(error(code));
    sqlite3_limit(m_db, SQLITE_LIMIT_ATTACHED, 0);
    auto *context = const_cast<SqliteHandle *>(this);
    sqlite3_busy_handler(
        m_db,
        [](void *handle, int count) -> int { return static_cast<SqliteHandle *>(handle)->waitForLock(count) ? 1 : 0; },
        context);
    sqlite3_progress_handler(
        m_db, instructionsBetweenChecks,
        [](void *context) -> int {
            const auto *handle = static_cast<const SqliteHandle *>(context);
            return handle->isCancelled() || handle->isOverdue() ? 1 : 0;
        },
        context);
    if (m_cancellation != nullptr)
        context->m_interrupt = m_cancellation->onCancel([db = m_db] { sqlite3_interrupt(db); });
    TRY(run("PRAGMA cell_size_check=ON"));
    return run("PRAGMA mmap_size=0"); // a file cut by somebody else must be an error, not a signal
}

void SqliteHandle::close()
{
    m_interrupt = {};
    sqlite3_close_v2(m_db);
    m_db = nullptr;
}

// Reads through SQLite's own file handle, for the reason given above.
bool SqliteHandle::hasSqliteHeader() const
{
    sqlite3_file *file = nullptr;
    std::array<char, magic.size()> bytes{};
    return sqlite3_file_control(m_db, "main", SQLITE_FCNTL_FILE_POINTER, &file) == SQLITE_OK && file != nullptr
        && file->pMethods != nullptr
        && file->pMethods->xRead(file, bytes.data(), static_cast<int>(bytes.size()), 0) == SQLITE_OK
        && std::string_view(bytes.data(), bytes.size()) == magic;
}

bool SqliteHandle::isOverdue() const { return m_deadlineMs && SystemClock().steadyMs() > *m_deadlineMs; }

bool SqliteHandle::waitForLock(int count)
{
    const qint64 now = SystemClock().steadyMs();
    if (count == 0)
        m_waitStartedMs = now;
    const qint64 left = m_timeoutMs - (now - m_waitStartedMs);
    if (left <= 0 || isCancelled())
        return false;
    const auto pause = std::chrono::milliseconds(std::min<qint64>(left, std::min(1 + count * 2, 25)));
    if (m_cancellation != nullptr)
        return !m_cancellation->wait(pause);
    sqlite3_sleep(static_cast<int>(pause.count()));
    return true;
}

Error SqliteHandle::error(int extendedCode) const
{
    Error error = sqliteError(m_db, extendedCode);
    if (isCancelled() && (error.code == ErrorCode::LockTimeout || error.code == ErrorCode::Cancelled))
        return {ErrorCode::Cancelled, {}, {}};
    if (!error.isRowFault())
        error.with(Fact::File, m_file);
    if (error.code == ErrorCode::LockTimeout)
        error.with(Fact::Limit, QString::number(m_timeoutMs));
    return error;
}

Result<void> SqliteHandle::run(const char *sql) const
{
    const BlockingCall call("a statement of SQLite");
    if (const int code = sqlite3_exec(m_db, sql, nullptr, nullptr, nullptr); code != SQLITE_OK)
        return fail(error(sqlite3_extended_errcode(m_db)));
    return {};
}

Result<QByteArray> SqliteHandle::single(const char *sql) const
{
    const BlockingCall call("a statement of SQLite");
    QByteArray cell;
    const auto take = [](void *result, int count, char **cells, char **) -> int {
        if (count > 0 && cells[0] != nullptr)
            *static_cast<QByteArray *>(result) = cells[0];
        return 0;
    };
    if (sqlite3_exec(m_db, sql, take, &cell, nullptr) != SQLITE_OK)
        return fail(error(sqlite3_extended_errcode(m_db)));
    return cell;
}

} // namespace tidemark
