// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/sshserver.h"

#include <pwd.h>
#include <unistd.h>

#include <QDir>
#include <QFile>
#include <QStandardPaths>
#include <QTest>

#include "core/endpoint/net/waiting.h"
#include "tests/support/fakeserver.h"

using namespace Qt::StringLiterals;

namespace tidemark::test {

namespace {

constexpr int patienceMs = 10'000;

QString sshd() { return QStandardPaths::findExecutable(u"sshd"_s, {u"/usr/sbin"_s, u"/sbin"_s, u"/usr/local/sbin"_s}); }

bool takesConnections(int port)
{
    const net::CancelSignal never(nullptr);
    return net::connectTcp({u"127.0.0.1"_s}, port, net::Deadline(1000), never).has_value();
}

} // namespace

QList<int> sshProcessesOf(qint64 parent)
{
    QList<int> found;
    const QStringList all = QDir(u"/proc"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString &process : all) {
        QFile file(u"/proc/"_s + process + u"/stat"_s);
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QString line = QString::fromUtf8(file.readAll()); // pid (name) state parent …
        const QStringList rest = line.section(u')', -1).split(u' ', Qt::SkipEmptyParts);
        if (line.section(u'(', 1).startsWith("ssh)"_L1) && rest.value(0) != "Z"_L1
            && rest.value(1) == QString::number(parent))
            found.append(process.toInt());
    }
    return found;
}

bool SshServer::isThere()
{
    return !sshd().isEmpty() && !QStandardPaths::findExecutable(u"ssh"_s).isEmpty()
        && !QStandardPaths::findExecutable(u"ssh-keygen"_s).isEmpty();
}

bool SshServer::makeKey(const QString &name) const
{
    return QProcess::execute(u"ssh-keygen"_s,
                             {u"-q"_s, u"-t"_s, u"ed25519"_s, u"-N"_s, QString(), u"-C"_s, u"test"_s, u"-f"_s,
                              m_folder.filePath(name)})
        == 0;
}

void SshServer::write(const QString &name, const QString &content) const
{
    QFile file(m_folder.filePath(name));
    if (file.open(QIODevice::WriteOnly | QIODevice::Truncate))
        file.write(content.toUtf8());
}

QString SshServer::read(const QString &name) const
{
    QFile file(m_folder.filePath(name));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QString SshServer::user() const
{
    const passwd *entry = getpwuid(geteuid());
    return entry == nullptr ? QString() : QString::fromLocal8Bit(entry->pw_name);
}

SshServer::SshServer(const QStringList &configuration)
{
    if (!makeKey(u"host"_s) || !makeKey(u"otherhost"_s) || !makeKey(u"client"_s) || !makeKey(u"stranger"_s))
        return;
    if (geteuid() == 0) // sshd wants it to be there, and does not make it
        QDir().mkpath(u"/run/sshd"_s);
    write(u"accepted"_s, read(u"client.pub"_s));
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    // Before sshd takes it, somebody else may have the port.
    for (int attempt = 0; attempt < 5 && m_process.state() == QProcess::NotRunning; ++attempt)
        start(configuration, unusedPort());
}

void SshServer::start(const QStringList &configuration, int port)
{
    const QStringList lines{u"ListenAddress 127.0.0.1:%1"_s.arg(port),
                            u"HostKey "_s + m_folder.filePath(u"host"_s),
                            u"AuthorizedKeysFile "_s + m_folder.filePath(u"accepted"_s),
                            u"PidFile none"_s,
                            u"UsePAM no"_s,
                            u"StrictModes no"_s,
                            u"PasswordAuthentication no"_s,
                            u"KbdInteractiveAuthentication no"_s,
                            u"PermitRootLogin prohibit-password"_s,
                            u"LogLevel VERBOSE"_s};
    write(u"sshd_config"_s, (configuration + lines).join(u'\n') + u'\n'); // what comes first counts
    m_process.start(sshd(), {u"-D"_s, u"-e"_s, u"-f"_s, m_folder.filePath(u"sshd_config"_s)});
    // It may take connections before Qt has noticed that it runs.
    if (!m_process.waitForStarted(patienceMs))
        return;
    if (QTest::qWaitFor([&] { return takesConnections(port) || m_process.state() == QProcess::NotRunning; }, patienceMs)
        && m_process.state() == QProcess::Running)
        m_port = port;
    else if (m_process.state() == QProcess::NotRunning)
        qWarning("sshd on port %d: %s", port, m_process.readAll().constData());
}

SshServer::~SshServer()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.terminate();
    if (!m_process.waitForFinished(patienceMs))
        m_process.kill();
    m_process.waitForFinished();
}

QString SshServer::clientConfig(Known known, bool withKey) const
{
    const QString place = u"[127.0.0.1]:%1 "_s.arg(m_port);
    const QString name = u"known%1"_s.arg(static_cast<int>(known));
    const auto publicKey = [this](const QString &of) { return read(of + u".pub"_s).section(u' ', 0, 1); };
    if (known == Known::Nothing)
        write(name, {});
    else
        write(name, place + publicKey(known == Known::Right ? u"host"_s : u"otherhost"_s) + u'\n');
    const QString config = name + (withKey ? u".config"_s : u".keyless"_s);
    QStringList lines{u"UserKnownHostsFile "_s + m_folder.filePath(name), u"GlobalKnownHostsFile /dev/null"_s,
                      u"IdentityAgent none"_s};
    if (withKey)
        lines.append(u"IdentityFile "_s + key());
    write(config, lines.join(u'\n') + u'\n');
    return m_folder.filePath(config);
}

} // namespace tidemark::test
