// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
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
    sqlite3_stmt *prepared(std::string_view sql, int &code); // null: see `code`
};

// A database in memory. Connections that are let go of are kept, with their statements: preparing them anew would cost
// more than all that they do. Thread-safe.
class MemoryFile
{
public:
    explicit MemoryFile(const char *schema = nullptr);
    ~MemoryFile();
    MemoryFile(const MemoryFile &) = delete;
    MemoryFile &operator=(const MemoryFile &) = delete;
    int take(SqliteConnection &connection); // an SQLite code
    void giveBack(SqliteConnection connection);
    QByteArray image();
    void setImage(const QByteArray &image); // nobody has it open
    const char *schema() const { return m_schema; }
    bool isEmptied() const { return m_isEmptied; } // its tables stand
    bool empty(); // nobody has it open; false: it cannot be used again

private:
    static bool run(SqliteConnection &connection, std::string_view sql);

    const QByteArray m_name; // drawn for this process
    const char *const m_schema;
    std::mutex m_mutex;
    std::vector<SqliteConnection> m_idle;
    std::vector<std::string> m_emptying; // statements; they stand as long as what is prepared
    bool m_isEmptied = false;
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
    // Or the one that is there by now. Where an earlier file of the same schema was removed, that one comes back,
    // empty.
    std::shared_ptr<MemoryFile> make(const QString &path, const char *schema = nullptr);

private:
    const QString m_folder; // ends with a slash
    std::mutex m_mutex;
    std::map<QString, std::shared_ptr<MemoryFile>> m_files;
    std::vector<std::shared_ptr<MemoryFile>> m_spare; // emptied
};

} // namespace tidemark
