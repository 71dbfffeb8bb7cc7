// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcessEnvironment>
#include <QString>
#include <QStringList>

#include "core/base/cancellation.h"

namespace tidemark {

struct ChildCall
{
    QString program; // a path
    QStringList arguments;
    QProcessEnvironment environment;
    qint64 timeoutMs = 60'000;
};

struct ChildEnd
{
    enum class How : quint8 { Exited, Signalled, TimedOut, Cancelled, NotStarted };
    How how = How::NotStarted;
    int status = 0; // exit status, or the signal's number
    QString output; // the last 4 KiB of both channels, without control characters
};

// Runs a program to its end, in a session of its own: no shell, no terminal, nothing to read, none of this program's
// open files, and a group that is ended as a whole when its time is up or cancel() says so.
ChildEnd runChild(const ChildCall &call, Cancellation &cancellation);

// As text that may be shown and logged: escape sequences and control characters gone, but for line ends.
QString printable(const QByteArray &bytes);

} // namespace tidemark
