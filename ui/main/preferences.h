// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QMap>
#include <QStringList>

#include "ui/widgets/theme.h"

namespace tidemark {

// What the window remembers, in workspace.ini. read() and write() touch the disk: before the window stands, or on a
// worker.
struct Preferences
{
    QString language; // "en", "zh_CN"; empty: the system's
    theme::Choice theme = theme::Choice::System;
    bool compactRows = false;
    int jobsAtOnce = 4; // 1 … 16
    bool staysOpen = true; // in the tray, or minimised, once its window is closed
    bool toldOfTray = false; // that it does, once each
    bool toldOfNoTray = false;
    QByteArray geometry;
    QByteArray splitter;
    QMap<QString, QByteArray> windows; // sizes of the others and of their parts, by the window's object name
    QStringList recentFiles; // job files, the newest first
    QStringList trusted; // jobHash() of what this workspace wrote, and of job files from elsewhere that were trusted

    static Preferences read(const QString &file);
    void write(const QString &file) const;
    void addRecent(const QString &file); // keeps the newest ten
    void trust(const QString &hash); // keeps the newest of some thousand
    bool operator==(const Preferences &) const = default;
};

} // namespace tidemark
