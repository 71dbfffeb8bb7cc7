// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <QByteArray>
#include <QString>

struct sqlite3;
struct sqlite3_stmt;

namespace tidemark {

// An open database and what has been prepared on it, by its text.
struct SqliteConnection
{
    sqlite3 *handle = nullptr;
    std::unordered_map<std::string_view, sqlite3_stmt *> statements; // the texts are literals
    bool isSetUp = false;
    void close();
};

// A database in memory. Connections that are let go of are kept, with their statements: preparing them anew would cost
// more than all that they do. Thread-safe.
class MemoryFile
{
public:
    MemoryFile();
    ~MemoryFile();
    MemoryFile(const MemoryFile &) = delete;
    MemoryFile &operator=(const MemoryFile &) = delete;
    int take(SqliteConnection &connection); // an SQLite code
    void giveBack(SqliteConnection connection);
    QByteArray image();
    void setImage(const QByteArray &image); // nobody has it open

private:
    const QByteArray m_name; // drawn for this process
    std::mutex m_mutex;
    std::vector<SqliteConnection> m_idle;
};

// While it stands, SqliteFile keeps every file below this folder in memory: for models that play more runs than a disk
// could bear. Nothing of it reaches a disk or outlives it. Only code makes one: no setting and no path leads here.
class MemoryFiles
{
public:
    explicit MemoryFiles(const QString &folder);
    ~MemoryFiles();
    MemoryFiles(const MemoryFiles &) = delete;
    MemoryFiles &operator=(const MemoryFiles &) = delete;

    QString path(const QString &name) const { return m_folder + name; }
    void remove(const QString &path);
    QByteArray image(const QString &path); // as a file would hold it; empty: there is none
    void setImage(const QString &path, const QByteArray &image); // nothing: no file

    static MemoryFiles *of(const QString &path); // null: a file like any other
    std::shared_ptr<MemoryFile> find(const QString &path);
    std::shared_ptr<MemoryFile> make(const QString &path); // or the one that is there by now

private:
    const QString m_folder; // ends with a slash
    std::mutex m_mutex;
    std::map<QString, std::shared_ptr<MemoryFile>> m_files;
};

} // namespace tidemark
