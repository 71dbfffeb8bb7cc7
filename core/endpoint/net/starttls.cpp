// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/net/starttls.h"

#include <cerrno>
#include <cstring>

#include <poll.h>
#include <sys/socket.h>

#include <QtEndian>

using namespace Qt::StringLiterals;

namespace tidemark::net {

namespace {

constexpr quint32 clientMysql = 1;
constexpr quint32 clientProtocol41 = 1U << 9;
constexpr quint32 clientTls = 1U << 11;
constexpr quint32 clientSecureConnection = 1U << 15;
constexpr quint8 errorPacket = 0xff;
constexpr quint8 greetingVersion = 10;
constexpr qsizetype longestGreeting = 4096;

quint16 shortAt(const QByteArray &bytes, qsizetype at) { return qFromLittleEndian<quint16>(bytes.constData() + at); }

// A server that greets with an error has no use for us now: too many connections, a blocked host.
Error greetingError(const QByteArray &packet)
{
    if (packet.size() < 3)
        return Error{ErrorCode::ProtocolUnknown, {}, {}};
    const quint16 number = shortAt(packet, 1);
    const QString text = QString::fromUtf8(packet.mid(3)) + u" (%1)"_s.arg(number);
    switch (number) {
    case 1040: // ER_CON_COUNT_ERROR
    case 1203:
        return Error{ErrorCode::TooManyConnections, {}, text};
    case 1129: // ER_HOST_IS_BLOCKED, ER_HOST_NOT_PRIVILEGED
    case 1130:
        return Error{ErrorCode::NoRights, {}, text};
    default:
        return Error{ErrorCode::ConnectionLost, {}, text};
    }
}

// The capabilities that a greeting announces (only those of its lower half are of interest), or nothing.
std::optional<quint16> capabilitiesOf(const QByteArray &greeting)
{
    const qsizetype version = greeting.indexOf('\0', 1);
    if (version < 0)
        return std::nullopt;
    const qsizetype at = version + 1 + 4 + 8 + 1; // behind the thread's number and the scramble
    if (greeting.size() < at + 2)
        return std::nullopt;
    return shortAt(greeting, at);
}

} // namespace

Result<void> Exchange::wait(short events)
{
    switch (waitFor(m_fd, events, m_deadline.leftMs(), m_cancel)) {
    case Waited::Cancelled:
        return fail(ErrorCode::Cancelled);
    case Waited::TimedOut:
        return fail(ErrorCode::Timeout);
    case Waited::Ready:
        break;
    }
    return {};
}

Result<QByteArray> Exchange::read(qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    qsizetype done = 0;
    while (done < size) {
        TRY(wait(POLLIN));
        const ssize_t count = recv(m_fd, bytes.data() + done, static_cast<size_t>(size - done), 0);
        if (count == 0)
            return fail(ErrorCode::ConnectionLost, u"closed by the other side"_s);
        if (count < 0 && errno != EAGAIN && errno != EINTR)
            return fail(ErrorCode::ConnectionLost, QString::fromLocal8Bit(strerror(errno)));
        done += std::max<ssize_t>(count, 0);
    }
    return bytes;
}

Result<void> Exchange::write(QByteArray bytes)
{
    while (!bytes.isEmpty()) {
        TRY(wait(POLLOUT));
        const ssize_t count = send(m_fd, bytes.constData(), static_cast<size_t>(bytes.size()), MSG_NOSIGNAL);
        if (count < 0 && errno != EAGAIN && errno != EINTR)
            return fail(ErrorCode::ConnectionLost, QString::fromLocal8Bit(strerror(errno)));
        bytes.remove(0, std::max<ssize_t>(count, 0));
    }
    return {};
}

Result<void> startPostgresTls(Exchange &exchange)
{
    TRY(exchange.write(QByteArray("\0\0\0\x08\x04\xd2\x16\x2f", 8)));
    TRY_ASSIGN(const QByteArray answer, exchange.read(1));
    if (answer == "S")
        return {};
    return fail(answer == "N" ? ErrorCode::TlsUnavailable : ErrorCode::ProtocolUnknown);
}

Result<void> startMysqlTls(Exchange &exchange)
{
    TRY_ASSIGN(const QByteArray head, exchange.read(4));
    const qsizetype size = qFromLittleEndian<quint32>(head.constData()) & 0xffffffU;
    if (head[3] != 0 || size < 1 || size > longestGreeting)
        return fail(ErrorCode::ProtocolUnknown);
    TRY_ASSIGN(const QByteArray greeting, exchange.read(size));
    const auto kind = static_cast<quint8>(greeting[0]);
    if (kind == errorPacket)
        return fail(greetingError(greeting));
    const auto capabilities = capabilitiesOf(greeting);
    if (kind != greetingVersion || !capabilities)
        return fail(ErrorCode::ProtocolUnknown);
    if ((*capabilities & clientTls) == 0)
        return fail(ErrorCode::TlsUnavailable);
    QByteArray request(4 + 32, '\0');
    request[0] = 32;
    request[3] = 1; // the second packet of the conversation
    qToLittleEndian(clientMysql | clientProtocol41 | clientTls | clientSecureConnection, request.data() + 4);
    qToLittleEndian(quint32(1) << 24, request.data() + 8);
    request[12] = 45; // utf8mb4_general_ci
    return exchange.write(request);
}

} // namespace tidemark::net
