// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include "core/base/result.h"
#include "core/config/connectionsettings.h"

namespace tidemark::ssh {

// The far end of a tunnel: a host and port as the SSH server sees them.
struct Destination
{
    QString host;
    int port = 0;
    bool operator==(const Destination &) const = default;
};

// What ssh is told, one argument an item; nothing of it passes a shell. configFile: instead of the user's own (-F).
// It reads the user's known hosts and never asks: a host key that is not known there is refused, whatever a
// configuration says. SshUnavailable where a word would not be taken for what it is.
Result<QStringList> sshArguments(const SshSettings &ssh, const Destination &to, int localPort, qint64 timeoutMs,
                                 const QString &configFile);

// The line that ssh prints on its standard output once the way stands.
constexpr QLatin1StringView readyLine{"tidemark-tunnel"};

// What ssh's last words mean. Detail: the line that says so.
Error sshError(const QString &standardError);
bool portWasTaken(const QString &standardError); // the local one: another port may do
// A tunnel stands, but a connection through it was refused at its far end; nothing where the words do not say so.
std::optional<Error> channelError(const QString &line);

} // namespace tidemark::ssh
