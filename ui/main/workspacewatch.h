// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QObject>
#include <QTimer>

namespace tidemark {

// Tells when somebody changes a workspace's files: the command line, another window, an editor. Looks at names, sizes
// and times alone, on a worker, every other second.
class WorkspaceWatch final : public QObject
{
    Q_OBJECT
public:
    explicit WorkspaceWatch(QString folder, QObject *parent = nullptr);
    void start();

    static QByteArray stampOf(const QString &folder); // blocks

Q_SIGNALS:
    void changed(); // also once it has looked for the first time: what is read from then on is watched

private:
    void look();

    QString m_folder;
    QByteArray m_stamp; // empty: not looked yet
    QTimer m_timer; // single shot: a slow disk is not asked twice at a time
};

} // namespace tidemark
