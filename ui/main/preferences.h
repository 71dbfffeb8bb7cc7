// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include "ui/widgets/theme.h"

namespace tidemark {

// What the window remembers, in workspace.ini. read() and write() touch the disk: before the window stands, or on a
// worker.
struct Preferences
{
    QString language; // "en", "zh_CN"; empty: the system's
    theme::Choice theme = theme::Choice::System;
    QByteArray geometry;
    QByteArray splitter;

    static Preferences read(const QString &file);
    void write(const QString &file) const;
    bool operator==(const Preferences &) const = default;
};

} // namespace tidemark
