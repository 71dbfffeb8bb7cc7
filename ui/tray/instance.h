// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLocalServer>
#include <QObject>

#include "ui/tray/instancemessage.h"

namespace tidemark {

// One window a workspace and user: the first start listens at a socket that nobody else may reach, every other start
// hands over what it was asked for and ends. A lock that the system takes from a program that ends, however it ends,
// tells which one is first; what a killed one has left behind is replaced.
class Instance final : public QObject
{
    Q_OBJECT
public:
    enum class Role : quint8 {
        First, // listens from now on
        Second, // the first one has what was to be told
        Frozen, // the first one does not answer
        Refused, // it does not understand: another version
        Alone, // no place for a socket: nobody will be told of this one
    };

    // workspace: its folder; runtime: instead of the usual place, for tests.
    explicit Instance(const QString &workspace, const QString &runtime = {}, QObject *parent = nullptr);
    ~Instance() override;

    // Blocks, for the time that it takes to hear an answer: before the window stands.
    Role begin(const InstanceMessage &message, int patienceMs = 5000);
    qint64 otherPid() const { return m_otherPid; } // of the first one, where it is known; else 0
    QString socketFile() const; // empty: none

    // The runtime folder, else one inside the workspace; a folder that others may enter is passed over. Empty: none.
    static QString placeFor(const QString &workspace);

Q_SIGNALS:
    void told(const tidemark::InstanceMessage &message);

private:
    enum class Answer : quint8 { Yes, No, None };
    enum class Lock : quint8 { Ours, Theirs, None };
    Lock takeLock();
    bool listen();
    Answer tell(const QByteArray &frame, int patienceMs);
    void take();
    void readFrom(class QLocalSocket &peer);

    QString m_place;
    QString m_name;
    int m_lock = -1;
    qint64 m_otherPid = 0;
    int m_peers = 0;
    QLocalServer m_server;
};

} // namespace tidemark
