// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "core/endpoint/session.h"

struct sqlite3;

namespace tidemark {

// One open SQLite file, distrusted: no extension, no function of the schema's that is not harmless, no repair by hand.
// Lock waits end with the connection's time-out, everything ends with the cancellation. Belongs to one thread.
class SqliteHandle
{
public:
    // Never creates the file. A session that only reads opens it for writing only where SQLite must first roll back
    // what a killed program left behind.
    static Result<std::unique_ptr<SqliteHandle>> open(const ConnectionSettings &settings, const OpenOptions &options);
    SqliteHandle(const SqliteHandle &) = delete;
    SqliteHandle &operator=(const SqliteHandle &) = delete;
    ~SqliteHandle();

    sqlite3 *db() const { return m_db; }
    const QString &file() const { return m_file; } // canonical
    bool isCancelled() const { return m_cancellation != nullptr && m_cancellation->isCancelled(); }
    void setDeadline(std::optional<qint64> steadyMs) { m_deadlineMs = steadyMs; } // statements end then, as interrupted
    Error error(int extendedCode) const; // of the last call, with Fact::File where the file is to blame
    Result<void> run(const char *sql) const;
    Result<QByteArray> single(const char *sql) const; // the first cell of the first row, as text

private:
    SqliteHandle(QString file, qint64 timeoutMs, Cancellation *cancellation);
    Result<void> openFile(bool writable);
    Result<void> connect(bool writable);
    Result<void> configure() const;
    Result<void> checkSize() const;
    void close();
    bool hasSqliteHeader() const;
    bool waitForLock(int count);
    bool isOverdue() const;

    QString m_file;
    qint64 m_timeoutMs = 0;
    qint64 m_waitStartedMs = 0;
    std::optional<qint64> m_deadlineMs;
    Cancellation *m_cancellation = nullptr;
    sqlite3 *m_db = nullptr;
    Cancellation::Registration m_interrupt;
};

} // namespace tidemark
