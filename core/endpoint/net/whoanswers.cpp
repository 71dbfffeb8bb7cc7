// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/net/whoanswers.h"

#include <algorithm>

#include <poll.h>
#include <sys/socket.h>

#include "core/base/blockingcall.h"
#include "core/endpoint/net/tlssocket.h"

using namespace Qt::StringLiterals;

namespace tidemark::net {

namespace {

constexpr qint64 longestMs = 700; // of one conversation

// The first bytes that come back after saying `words`; nothing is said where they are empty.
QByteArray reply(const QStringList &addresses, int port, const QByteArray &words, qint64 timeoutMs,
                 const CancelSignal &cancel)
{
    const Deadline deadline(timeoutMs);
    const auto fd = connectTcp(addresses, port, deadline, cancel);
    if (!fd)
        return {};
    if (!words.isEmpty())
        send(fd->get(), words.constData(), static_cast<size_t>(words.size()), MSG_NOSIGNAL);
    if (waitFor(fd->get(), POLLIN, deadline.leftMs(), cancel) != Waited::Ready)
        return {};
    QByteArray bytes(256, Qt::Uninitialized);
    const ssize_t count = recv(fd->get(), bytes.data(), static_cast<size_t>(bytes.size()), 0);
    bytes.truncate(std::max<ssize_t>(count, 0));
    return bytes;
}

bool isMysqlGreeting(const QByteArray &bytes)
{
    return bytes.size() > 5 && bytes[2] == 0 && bytes[3] == 0 && (bytes[4] == 10 || bytes[4] == char(0xff));
}

} // namespace

QString whoAnswers(const ConnectionSettings &settings, const Route *route, qint64 timeoutMs, const CancelSignal &cancel)
{
    const BlockingCall call("a server");
    const qint64 each = std::clamp<qint64>(timeoutMs / 3, 1, longestMs);
    if (settings.host.startsWith(u'/') || settings.host.startsWith(u'@'))
        return {};
    QStringList addresses;
    if (route != nullptr) {
        addresses.append(route->address());
    } else if (const auto found = resolveHost(settings.host, each, cancel)) {
        addresses = *found;
    }
    const int port = route != nullptr ? route->port() : portOf(settings);
    const QByteArray greeting = reply(addresses, port, {}, each, cancel);
    if (isMysqlGreeting(greeting))
        return u"MariaDB or MySQL"_s;
    if (greeting.startsWith("SSH-"))
        return u"SSH"_s;
    if (!greeting.isEmpty())
        return {};
    const QByteArray postgres = reply(addresses, port, QByteArray("\0\0\0\x08\x04\xd2\x16\x2f", 8), each, cancel);
    if (postgres == "S" || postgres == "N")
        return u"PostgreSQL"_s;
    if (postgres.startsWith("\x15\x03")) // an alert
        return u"TLS"_s;
    if (postgres.startsWith("HTTP/")
        || reply(addresses, port, "GET / HTTP/1.0\r\n\r\n", each, cancel).startsWith("HTTP/"))
        return u"HTTP"_s;
    return {};
}

} // namespace tidemark::net
