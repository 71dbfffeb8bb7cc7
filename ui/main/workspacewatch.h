// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <QByteArray>
#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

class QSocketNotifier;

namespace tidemark {

// Tells when somebody changes a workspace's files: the command line, another window, an editor. Looks at names, sizes
// and times alone, on a worker: when the system says that something has happened there, every other second at most; by
// itself only twice a minute, for file systems that say nothing of other machines. Where the system cannot tell at all,
// every other second.
class WorkspaceWatch final : public QObject
{
    Q_OBJECT
public:
    explicit WorkspaceWatch(QString folder, QObject *parent = nullptr);
    ~WorkspaceWatch() override;
    void start();

    static QByteArray stampOf(const QString &folder); // blocks

Q_SIGNALS:
    void changed(); // also once it has looked for the first time: what is read from then on is watched

private:
    void look();
    void looked(const QByteArray &stamp, int events);
    void hear();

    QString m_folder;
    QByteArray m_stamp; // empty: not looked yet
    QTimer m_timer; // single shot: a slow disk is not asked twice at a time
    bool m_isLooking = false;
    QElapsedTimer m_lastLook;
    std::unique_ptr<QSocketNotifier> m_events; // of the folders; null: the system tells nothing
};

} // namespace tidemark
