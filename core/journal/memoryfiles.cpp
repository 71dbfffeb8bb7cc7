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

MemoryFile::MemoryFile() : m_name(drawName()) { }

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
        sqlite3_exec(connection.handle, "ROLLBACK", nullptr, nullptr, nullptr); // as closing it would
    const std::scoped_lock lock(m_mutex);
    m_idle.push_back(std::move(connection));
}

MemoryFiles::MemoryFiles(const QString &folder) : m_folder(folder + u'/')
{
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

std::shared_ptr<MemoryFile> MemoryFiles::make(const QString &path)
{
    const std::scoped_lock lock(m_mutex);
    auto &file = m_files[path];
    if (!file)
        file = std::make_shared<MemoryFile>();
    return file;
}

void MemoryFiles::remove(const QString &path)
{
    const std::scoped_lock lock(m_mutex);
    m_files.erase(path);
}

} // namespace tidemark
