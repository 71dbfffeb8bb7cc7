// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace tidemark {

// A process as something that can be asked for later: a bare pid comes again after a restart, or sooner.
struct ProcessIdentity
{
    qint64 pid = 0;
    QString boot; // of this start of the machine, in this pid namespace
    qint64 startTick = 0; // of the process, since then

    static ProcessIdentity current();
    bool isAlive() const;
    bool operator==(const ProcessIdentity &) const = default;
};

} // namespace tidemark
