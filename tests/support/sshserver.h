// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QTemporaryDir>

namespace tidemark::test {

QList<int> sshProcessesOf(qint64 parent); // those named ssh that it has started and that still run

// An SSH server of the test's own: its own configuration, host key and port on 127.0.0.1, one accepted client key. For
// ssh it writes configurations; the user's ~/.ssh is neither read nor changed.
class SshServer
{
public:
    static bool isThere(); // sshd, ssh and ssh-keygen are installed
    explicit SshServer(const QStringList &configuration = {}); // more lines of sshd_config
    ~SshServer();
    SshServer(const SshServer &) = delete;
    SshServer &operator=(const SshServer &) = delete;

    bool isRunning() const { return m_port > 0; }
    QString log() { return QString::fromUtf8(m_process.readAll()); }
    int port() const { return m_port; }
    QString user() const;
    QString key() const { return m_folder.filePath(QStringLiteral("client")); }
    QString otherKey() const { return m_folder.filePath(QStringLiteral("stranger")); }
    enum class Known : quint8 { Right, Nothing, Other };
    // For ssh -F; offers the accepted key, or names none.
    QString clientConfig(Known known = Known::Right, bool withKey = true) const;

private:
    void start(const QStringList &configuration, int port);
    bool makeKey(const QString &name) const;
    void write(const QString &name, const QString &content) const;
    QString read(const QString &name) const;

    QTemporaryDir m_folder;
    QProcess m_process;
    int m_port = 0;
};

} // namespace tidemark::test
