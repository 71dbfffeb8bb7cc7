// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/memoryfiles.h"

#include <algorithm>
#include <atomic>

#include <sqlite3.h>

namespace tidemark {

namespace {

std::atomic<int> standing = 0; // else nobody looks
std::mutex standingMutex;
std::vector<MemoryFiles *> standingFiles;

QByteArray drawName()
{
    static std::atomic<int> number = 0;
    return "/tidemark-" + QByteArray::number(++number); // with a slash: shared by the connections of a process
}

} // namespace

void SqliteConnection::close()
{
    for (const auto &[sql, statement] : statements)
        sqlite3_finalize(statement);
    statements.clear();
    sqlite3_close(std::exchange(handle, nullptr));
}

sqlite3_stmt *SqliteConnection::prepared(std::string_view sql, int &code)
{
    sqlite3_stmt *&statement = statements[sql];
    if (!statement)
        code = sqlite3_prepare_v3(handle, sql.data(), int(sql.size()), SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    return statement;
}

MemoryFile::MemoryFile(const char *schema) : m_name(drawName()), m_schema(schema) { }

MemoryFile::~MemoryFile()
{
    for (SqliteConnection &connection : m_idle)
        connection.close();
}

int MemoryFile::take(SqliteConnection &connection)
{
    const std::scoped_lock lock(m_mutex);
    if (!m_idle.empty()) {
        connection = std::move(m_idle.back());
        m_idle.pop_back();
        return SQLITE_OK;
    }
    constexpr int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    return sqlite3_open_v2(m_name.constData(), &connection.handle, flags, "memdb");
}

void MemoryFile::giveBack(SqliteConnection connection)
{
    if (sqlite3_get_autocommit(connection.handle) == 0)
        // As closing it would; what is emptied before it is used again may keep no journal to roll back with.
        run(connection, m_schema ? "COMMIT" : "ROLLBACK");
    const std::scoped_lock lock(m_mutex);
    m_idle.push_back(std::move(connection));
}

QByteArray MemoryFile::image()
{
    SqliteConnection connection;
    sqlite3_int64 size = 0;
    QByteArray image;
    if (take(connection) == SQLITE_OK) {
        unsigned char *const bytes = sqlite3_serialize(connection.handle, "main", &size, 0);
        image = QByteArray(reinterpret_cast<const char *>(bytes), qsizetype(size));
        sqlite3_free(bytes);
    }
    giveBack(std::move(connection));
    return image;
}

void MemoryFile::setImage(const QByteArray &image)
{
    SqliteConnection connection;
    SqliteConnection from;
    QByteArray bytes = image;
    if (take(connection) == SQLITE_OK && sqlite3_open(":memory:", &from.handle) == SQLITE_OK) {
        auto *const data = reinterpret_cast<unsigned char *>(bytes.data());
        sqlite3_deserialize(from.handle, "main", data, bytes.size(), bytes.size(), SQLITE_DESERIALIZE_READONLY);
        sqlite3_backup *const copy = sqlite3_backup_init(connection.handle, "main", from.handle, "main");
        sqlite3_backup_step(copy, -1);
        sqlite3_backup_finish(copy);
    }
    from.close();
    giveBack(std::move(connection));
}

bool MemoryFile::run(SqliteConnection &connection, std::string_view sql)
{
    int code = SQLITE_OK;
    sqlite3_stmt *const statement = connection.prepared(sql, code);
    if (!statement)
        return false;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) { }
    sqlite3_reset(statement);
    return code == SQLITE_DONE;
}

bool MemoryFile::empty()
{
    const std::scoped_lock lock(m_mutex);
    if (m_idle.size() != 1)
        return false;
    if (m_emptying.empty()) {
        sqlite3_stmt *names = nullptr;
        constexpr const char *tables = "SELECT 'DELETE FROM ' || name FROM sqlite_schema WHERE type = 'table'";
        sqlite3_prepare_v2(m_idle.front().handle, tables, -1, &names, nullptr);
        while (names && sqlite3_step(names) == SQLITE_ROW)
            m_emptying.emplace_back(reinterpret_cast<const char *>(sqlite3_column_text(names, 0)));
        sqlite3_finalize(names);
    }
    SqliteConnection &connection = m_idle.front();
    m_isEmptied = run(connection, "BEGIN IMMEDIATE");
    for (const std::string &sql : m_emptying)
        m_isEmptied = m_isEmptied && run(connection, sql);
    for (const char *const sql : {"PRAGMA application_id = 0", "PRAGMA user_version = 0", "COMMIT"})
        m_isEmptied = m_isEmptied && run(connection, sql);
    return m_isEmptied;
}

MemoryFiles::MemoryFiles(const QString &folder) : m_folder(folder + u'/')
{
    // Else all threads wait for one another to count bytes. Refused, and no matter, once SQLite is in use.
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    const std::scoped_lock lock(standingMutex);
    standingFiles.push_back(this);
    ++standing;
}

MemoryFiles::~MemoryFiles()
{
    const std::scoped_lock lock(standingMutex);
    std::erase(standingFiles, this);
    --standing;
}

MemoryFiles *MemoryFiles::of(const QString &path)
{
    if (standing == 0)
        return nullptr;
    const std::scoped_lock lock(standingMutex);
    const auto found = std::find_if(standingFiles.begin(), standingFiles.end(),
                                    [&path](const MemoryFiles *files) { return path.startsWith(files->m_folder); });
    return found == standingFiles.end() ? nullptr : *found;
}

std::shared_ptr<MemoryFile> MemoryFiles::find(const QString &path)
{
    const std::scoped_lock lock(m_mutex);
    const auto found = m_files.find(path);
    return found == m_files.end() ? nullptr : found->second;
}

std::shared_ptr<MemoryFile> MemoryFiles::make(const QString &path, const char *schema)
{
    const std::scoped_lock lock(m_mutex);
    auto &file = m_files[path];
    if (file)
        return file;
    const auto spare =
        std::find_if(m_spare.begin(), m_spare.end(), [schema](const auto &known) { return known->schema() == schema; });
    if (spare == m_spare.end())
        return file = std::make_shared<MemoryFile>(schema);
    file = std::move(*spare);
    m_spare.erase(spare);
    return file;
}

QByteArray MemoryFiles::image(const QString &path)
{
    const auto file = find(path);
    return file ? file->image() : QByteArray();
}

void MemoryFiles::setImage(const QString &path, const QByteArray &image)
{
    if (!image.isEmpty())
        make(path)->setImage(image);
}

void MemoryFiles::remove(const QString &path)
{
    const std::scoped_lock lock(m_mutex);
    const auto found = m_files.find(path);
    if (found == m_files.end())
        return;
    const auto file = std::move(found->second);
    m_files.erase(found);
    if (file->schema() && file.use_count() == 1 && file->empty())
        m_spare.push_back(file);
}

} // namespace tidemark
