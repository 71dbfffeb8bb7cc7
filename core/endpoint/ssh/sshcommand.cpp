// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/ssh/sshcommand.h"

#include <algorithm>

namespace tidemark::ssh {

using namespace Qt::StringLiterals;

namespace {

struct Words
{
    QLatin1StringView text;
    ErrorCode code;
};

// In this order: what comes first decides, for the later ones are often only its consequence.
constexpr Words meanings[]{
    {"Bad configuration option"_L1, ErrorCode::SshUnavailable},
    {"bad configuration options"_L1, ErrorCode::SshUnavailable},
    {"Bad owner or permissions on"_L1, ErrorCode::SshUnavailable},
    {"Can't open user config file"_L1, ErrorCode::SshUnavailable},
    {"has changed and you have requested"_L1, ErrorCode::SshHostKey},
    {"host key is known for"_L1, ErrorCode::SshHostKey},
    {"HOST IDENTIFICATION HAS CHANGED"_L1, ErrorCode::SshHostKey},
    {"Host key verification failed"_L1, ErrorCode::SshHostKey},
    {"Unable to negotiate"_L1, ErrorCode::SshUnavailable},
    {"Permission denied"_L1, ErrorCode::SshAuth},
    {"Too many authentication failures"_L1, ErrorCode::SshAuth},
    {"Could not resolve hostname"_L1, ErrorCode::SshUnreachable},
    {"connect to host"_L1, ErrorCode::SshUnreachable},
    {"kex_exchange_identification"_L1, ErrorCode::SshUnreachable},
    {"ssh_exchange_identification"_L1, ErrorCode::SshUnreachable},
    {"banner"_L1, ErrorCode::SshUnreachable},
    {"Connection closed"_L1, ErrorCode::SshUnreachable},
    {"Connection reset"_L1, ErrorCode::SshUnreachable},
    {"Connection to"_L1, ErrorCode::SshUnreachable},
    {"not responding"_L1, ErrorCode::SshUnreachable},
    {"timed out"_L1, ErrorCode::SshUnreachable},
};

constexpr Words channelMeanings[]{
    {"administratively prohibited"_L1, ErrorCode::SshForwardRefused},
    {"Name or service not known"_L1, ErrorCode::HostNotFound},
    {"name resolution"_L1, ErrorCode::HostNotFound},
    {"No address associated"_L1, ErrorCode::HostNotFound},
    {"unknown host"_L1, ErrorCode::HostNotFound},
    {"timed out"_L1, ErrorCode::Timeout},
    {"open failed"_L1, ErrorCode::Unreachable},
};

// A far host: what ssh itself takes between its colons.
QString forwardHost(const QString &host) { return host.contains(u':') ? QString(u'[' + host + u']') : host; }

bool isPlain(const QString &host) { return isSshWord(host) && !host.contains(u'[') && !host.contains(u']'); }

} // namespace

Result<QStringList> sshArguments(const SshSettings &ssh, const Destination &to, int localPort, qint64 timeoutMs,
                                 const QString &configFile)
{
    for (const QString &word : {ssh.host, ssh.user, to.host}) {
        if (!word.isEmpty() && !isPlain(word))
            return fail(ErrorCode::SshUnavailable, u"not a host's or user's name: "_s + word);
    }
    if (ssh.host.isEmpty() || to.host.isEmpty())
        return fail(ErrorCode::SshUnavailable, u"no host"_s);
    const qint64 seconds = std::max<qint64>(1, (timeoutMs + 999) / 1000);
    QStringList arguments{u"-N"_s, u"-T"_s, u"-x"_s, u"-a"_s};
    if (!configFile.isEmpty())
        arguments << u"-F"_s << configFile;
    const QString options[]{
        u"BatchMode=yes"_s,
        u"StrictHostKeyChecking=yes"_s,
        u"NoHostAuthenticationForLocalhost=no"_s,
        u"UpdateHostKeys=no"_s,
        u"ExitOnForwardFailure=yes"_s,
        u"ControlMaster=no"_s, // a shared connection would outlive this one, and its end would be nobody's to see
        u"ControlPath=none"_s,
        u"RemoteCommand=none"_s,
        u"GatewayPorts=no"_s,
        u"LogLevel=INFO"_s, // what failed is told in words alone
        u"ConnectTimeout=%1"_s.arg(seconds),
        u"ServerAliveInterval=%1"_s.arg(std::max<qint64>(1, seconds / 3)),
        u"ServerAliveCountMax=3"_s,
        u"PermitLocalCommand=yes"_s, // run once the forwarding stands
        u"LocalCommand=echo "_s + readyLine,
    };
    for (const QString &option : options)
        arguments << u"-o"_s << option;
    if (!ssh.key.isEmpty())
        arguments << u"-o"_s << u"IdentitiesOnly=yes"_s << u"-i"_s << ssh.key;
    if (ssh.port != SshSettings().port) // an alias of the configuration may have a port of its own
        arguments << u"-p"_s << QString::number(ssh.port);
    if (!ssh.user.isEmpty())
        arguments << u"-l"_s << ssh.user;
    arguments << u"-L"_s << u"127.0.0.1:%1:%2:%3"_s.arg(localPort).arg(forwardHost(to.host)).arg(to.port);
    return arguments << u"--"_s << ssh.host;
}

Error sshError(const QString &standardError)
{
    const QStringList lines = standardError.split(u'\n', Qt::SkipEmptyParts);
    for (const Words &meaning : meanings) {
        for (const QString &line : lines) {
            if (line.contains(meaning.text))
                return Error{meaning.code, {}, line.trimmed()};
        }
    }
    return Error{ErrorCode::SshUnavailable, {}, lines.isEmpty() ? QString() : lines.last().trimmed()};
}

bool portWasTaken(const QString &standardError)
{
    return standardError.contains("Address already in use"_L1) || standardError.contains("cannot listen to port"_L1);
}

std::optional<Error> channelError(const QString &line)
{
    if (!line.contains("open failed"_L1))
        return std::nullopt;
    for (const Words &meaning : channelMeanings) {
        if (line.contains(meaning.text))
            return Error{meaning.code, {}, line.trimmed()};
    }
    return std::nullopt;
}

} // namespace tidemark::ssh
