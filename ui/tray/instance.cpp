// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tray/instance.h"

#include <cerrno>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <QCryptographicHash>
#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QLocalSocket>
#include <QThread>
#include <QTimer>

#include "core/base/blockingcall.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static constexpr int mostPeers = 16; // at a time
static constexpr int peerMs = 2000; // to say all that it has to say
static constexpr int againMs = 40;
static constexpr QByteArrayView yes = "ok\n";
static constexpr QByteArrayView no = "no\n";

// A folder of this user that nobody else may enter.
static bool isPrivate(const QString &folder)
{
    struct stat status
    {
    };
    return ::lstat(QFile::encodeName(folder).constData(), &status) == 0 && S_ISDIR(status.st_mode)
        && status.st_uid == ::geteuid() && (status.st_mode & (S_IRWXG | S_IRWXO)) == 0;
}

static bool makePrivate(const QString &folder)
{
    return ::mkdir(QFile::encodeName(folder).constData(), S_IRWXU) == 0 || isPrivate(folder);
}

// Whoever is at the other end, by what the system knows of it.
static bool isOwn(const QLocalSocket &socket, qint64 *pid = nullptr)
{
    struct ucred peer
    {
    };
    socklen_t size = sizeof peer;
    const auto descriptor = static_cast<int>(socket.socketDescriptor());
    if (::getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0 || peer.uid != ::geteuid())
        return false;
    if (pid)
        *pid = peer.pid;
    return true;
}

static bool fits(const QString &file)
{
    return QFile::encodeName(file).size() < qsizetype(sizeof(sockaddr_un::sun_path));
}

static QString nameFor(const QString &workspace)
{
    const QString canonical = QFileInfo(workspace).canonicalFilePath();
    const QString said = canonical.isEmpty() ? QFileInfo(workspace).absoluteFilePath() : canonical;
    const QByteArray hash = QCryptographicHash::hash(said.toUtf8(), QCryptographicHash::Sha256).toHex();
    return u"tidemark-"_s + QString::fromLatin1(hash.first(16));
}

QString Instance::placeFor(const QString &workspace)
{
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    if (QDir::isAbsolutePath(runtime) && isPrivate(runtime))
        return QDir::cleanPath(runtime);
    const QString inside = QFileInfo(workspace).absoluteFilePath() + u"/run"_s;
    if (fits(inside + u'/' + nameFor(workspace) + u".sock"_s) && QDir().mkpath(workspace) && makePrivate(inside))
        return inside;
    // Too deep for a socket's name.
    const QString temporary = u"%1/tidemark-%2"_s.arg(QDir::tempPath()).arg(::geteuid());
    return makePrivate(temporary) ? temporary : QString();
}

Instance::Instance(const QString &workspace, const QString &runtime, QObject *parent)
    : QObject(parent), m_place(runtime.isEmpty() ? placeFor(workspace) : runtime), m_name(nameFor(workspace))
{
    connect(&m_server, &QLocalServer::newConnection, this, &Instance::take);
    m_server.setMaxPendingConnections(mostPeers);
}

Instance::~Instance()
{
    if (m_server.isListening())
        m_server.close(); // removes the socket, while nobody else may make one
    if (m_lock >= 0)
        ::close(m_lock);
}

QString Instance::socketFile() const { return m_place.isEmpty() ? QString() : m_place + u'/' + m_name + u".sock"_s; }

Instance::Lock Instance::takeLock()
{
    const QByteArray file = QFile::encodeName(m_place + u'/' + m_name + u".lock"_s);
    const int lock = ::open(file.constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    if (lock < 0)
        return Lock::None;
    if (::flock(lock, LOCK_EX | LOCK_NB) != 0) {
        const bool isTaken = errno == EWOULDBLOCK;
        char text[24] = {};
        if (::pread(lock, text, sizeof text - 1, 0) > 0)
            m_otherPid = QByteArray(text).trimmed().toLongLong();
        ::close(lock);
        return isTaken ? Lock::Theirs : Lock::None;
    }
    const QByteArray pid = QByteArray::number(qint64(::getpid())) + '\n';
    // What stands there only helps to name a program that does not answer.
    if (::ftruncate(lock, 0) != 0 || ::pwrite(lock, pid.constData(), pid.size(), 0) < 0)
        qWarning("The lock %s says nothing of its program", file.constData());
    m_lock = lock;
    return Lock::Ours;
}

bool Instance::listen()
{
    QLocalServer::removeServer(socketFile()); // of one that was killed: the lock is ours
    return m_server.listen(socketFile());
}

Instance::Answer Instance::tell(const QByteArray &frame, int patienceMs)
{
    QDeadlineTimer deadline(patienceMs);
    QLocalSocket socket;
    socket.connectToServer(socketFile());
    if (!socket.waitForConnected(static_cast<int>(deadline.remainingTime())) || !isOwn(socket, &m_otherPid))
        return Answer::None;
    socket.write(frame);
    QByteArray answer;
    while (answer.size() < yes.size()) {
        if (!socket.waitForReadyRead(static_cast<int>(deadline.remainingTime())))
            return Answer::None;
        answer += socket.read(yes.size() - answer.size());
    }
    return answer == yes ? Answer::Yes : Answer::No;
}

Instance::Role Instance::begin(const InstanceMessage &message, int patienceMs)
{
    const BlockingCall call("asking for the first window");
    const QByteArray frame = instancewire::encode(message);
    if (m_place.isEmpty())
        return Role::Alone;
    // The first one may be about to listen, or about to end: both are looked for until time is up.
    for (QDeadlineTimer deadline(patienceMs);;) {
        const Lock lock = takeLock();
        if (lock == Lock::Ours)
            return listen() ? Role::First : Role::Alone;
        if (lock == Lock::None)
            return Role::Alone;
        if (frame.isEmpty())
            return Role::Refused;
        switch (tell(frame, static_cast<int>(deadline.remainingTime()))) {
        case Answer::Yes:
            return Role::Second;
        case Answer::No:
            return Role::Refused;
        case Answer::None:
            break;
        }
        if (deadline.hasExpired())
            return Role::Frozen;
        QThread::msleep(againMs);
    }
}

void Instance::take()
{
    while (QLocalSocket *peer = m_server.nextPendingConnection()) {
        if (m_peers >= mostPeers || !isOwn(*peer)) {
            peer->abort();
            peer->deleteLater();
            continue;
        }
        ++m_peers;
        peer->setReadBufferSize(instancewire::longestFrame);
        connect(peer, &QObject::destroyed, this, [this] { --m_peers; });
        connect(peer, &QLocalSocket::disconnected, peer, &QObject::deleteLater);
        connect(peer, &QLocalSocket::readyRead, this, [this, peer] { readFrom(*peer); });
        QTimer::singleShot(peerMs, peer, [peer] {
            peer->abort();
            peer->deleteLater();
        });
        readFrom(*peer);
    }
}

void Instance::readFrom(QLocalSocket &peer)
{
    const instancewire::Decoded read = instancewire::decode(peer.peek(instancewire::longestFrame));
    if (read.isIncomplete)
        return;
    QObject::disconnect(&peer, &QLocalSocket::readyRead, this, nullptr);
    peer.readAll();
    peer.write((read.message ? yes : no).toByteArray());
    peer.flush();
    peer.disconnectFromServer();
    if (read.message)
        Q_EMIT told(*read.message);
}

} // namespace tidemark
