// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <mutex>

#include <QFile>
#include <QJsonObject>
#include <QString>

#include "app/cli/output.h"
#include "core/base/clock.h"

namespace tidemark::cli {

// A file that is set aside as FILE.1, FILE.2 … before it grows beyond a size; the oldest goes. Follows when somebody
// else has moved it away. For one thread at a time.
class RotatingFile
{
public:
    RotatingFile(QString path, qint64 mostBytes, int kept)
        : m_path(std::move(path)), m_most(mostBytes), m_kept(kept) { }
    Result<void> open(); // 0600 where it is made
    Result<void> append(const QByteArray &line);

private:
    void rotate();
    bool isMoved() const;

    QString m_path;
    qint64 m_most;
    int m_kept; // files beside it
    QFile m_file;
};

// What watch tells: lines for people on standard error or in a file, JSON Lines on standard output (--json) or in a
// file. Thread-safe.
class WatchLog
{
public:
    struct Settings
    {
        QString file; // empty: standard error
        bool jsonFile = false; // the file has JSON Lines
        qint64 mostBytes = 8 << 20;
        int kept = 5;
    };
    WatchLog(Output &output, const Clock &clock, const Settings &settings);
    Result<void> open();

    // `object`: the line's members, after "time" and "event"; `text`: the same for people, empty: nothing to read.
    void tell(const QString &event, const QJsonObject &object, const QString &text);

private:
    Output &m_output;
    const Clock &m_clock;
    Settings m_settings;
    RotatingFile m_file;
    bool m_failed = false; // told once
    std::mutex m_mutex;
};

} // namespace tidemark::cli
