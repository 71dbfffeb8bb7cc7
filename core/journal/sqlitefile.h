// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string_view>
#include <utility>

#include <QByteArray>
#include <QString>

#include "core/base/result.h"
#include "core/journal/memoryfiles.h"

namespace tidemark {

class SqliteFile;

// A prepared statement in use: bind in order, then next() until false, or run(). Its end gives the statement back.
class SqliteQuery
{
public:
    SqliteQuery(SqliteFile &file, sqlite3_stmt *statement) : m_file(&file), m_statement(statement) { }
    SqliteQuery(SqliteQuery &&other) noexcept;
    SqliteQuery(const SqliteQuery &) = delete;
    SqliteQuery &operator=(const SqliteQuery &) = delete;
    SqliteQuery &operator=(SqliteQuery &&) = delete;
    ~SqliteQuery();

    SqliteQuery &bind(qint64 value) &;
    SqliteQuery &bind(const QString &text) &;
    SqliteQuery &bind(const QByteArray &bytes) &;
    SqliteQuery &bindView(std::string_view bytes) &; // not copied: must live until the statement ran

    Result<bool> next();
    Result<void> run(); // to its end, and ready to be bound anew
    void restart(); // without going to its end

    qint64 integer(int column) const;
    QString text(int column) const;
    QByteArray bytes(int column) const;
    std::string_view view(int column) const; // until next()
    bool isNull(int column) const;

private:
    void noteBind(int code);

    SqliteFile *m_file;
    sqlite3_stmt *m_statement;
    int m_bound = 0;
    int m_fault = 0; // the first of a bind
};

// One of our own SQLite files, open. Not thread-safe: its owner locks. Every error names the file.
class SqliteFile
{
public:
    enum class Access : quint8 {
        Existing, // read and write where the system lets us
        CreateNew, // refuses to replace; 0600
        CreateIfMissing,
    };
    // `schema`: a literal, what the caller makes of a new file.
    static Result<std::unique_ptr<SqliteFile>> open(const QString &path, Access access, const char *schema = nullptr);
    bool hasSchema() const { return m_inMemory && m_inMemory->isEmptied(); } // new, and made by an earlier owner
    ~SqliteFile();
    SqliteFile(const SqliteFile &) = delete;
    SqliteFile &operator=(const SqliteFile &) = delete;

    const QString &path() const { return m_path; }
    Result<void> execute(const char *sql); // one or several statements without parameters
    Result<SqliteQuery> query(const char *sql); // prepared once for each text; one user of a text at a time
    Result<void> run(const char *sql); // likewise, and to its end
    Result<qint64> integer(const char *sql); // the first cell of the first row
    Result<void> forbidWriting(bool forbidden); // by what is prepared from now on
    bool isWritable() const;
    bool liesOnDisk() const { return !m_inMemory; }
    qint64 sizeOnDisk() const; // −1: it lies on none
    Error error(int code) const;

private:
    friend class SqliteQuery;
    explicit SqliteFile(QString path) : m_path(std::move(path)) { }
    Result<void> connect(Access access, const char *schema);
    Result<void> setUp();

    QString m_path;
    SqliteConnection m_connection;
    std::shared_ptr<MemoryFile> m_inMemory; // null: it lies on a disk
};

// BEGIN IMMEDIATE now; ROLLBACK unless committed.
class SqliteTransaction
{
public:
    static Result<SqliteTransaction> begin(SqliteFile &file);
    SqliteTransaction(SqliteTransaction &&other) noexcept : m_file(std::exchange(other.m_file, nullptr)) { }
    SqliteTransaction(const SqliteTransaction &) = delete;
    SqliteTransaction &operator=(const SqliteTransaction &) = delete;
    SqliteTransaction &operator=(SqliteTransaction &&) = delete;
    ~SqliteTransaction();
    Result<void> commit();

private:
    explicit SqliteTransaction(SqliteFile *file) : m_file(file) { }
    SqliteFile *m_file;
};

} // namespace tidemark
