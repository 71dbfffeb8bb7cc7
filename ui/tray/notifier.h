// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QDBusMessage>
#include <QHash>
#include <QObject>
#include <QSystemTrayIcon>

#include "ui/tray/noticebook.h"

namespace tidemark {

// Shows notifications by the desktop's own service, which tells which one was clicked; where there is none, by the
// tray. Never waits. A newer notification of a job takes the place of its last one.
class Notifier final : public QObject
{
    Q_OBJECT
public:
    explicit Notifier(QSystemTrayIcon *tray, QObject *parent = nullptr);
    void show(const Notice &notice);
    void withdraw(const QString &key); // of a job: what it told has been dealt with

Q_SIGNALS:
    void clicked(const tidemark::NoticePlace &place);

private Q_SLOTS:
    void actionInvoked(uint id, const QString &action);
    void closed(uint id, uint reason);

private:
    void askService();
    void send(const Notice &notice);
    void byTray(const Notice &notice);

    QSystemTrayIcon *m_tray;
    enum class Service : quint8 { Unknown, Asked, There, Absent };
    Service m_service = Service::Unknown;
    bool m_knowsMarkup = false;
    QList<Notice> m_waiting; // until the service has said what it can do
    QHash<uint, NoticePlace> m_places;
    QHash<QString, uint> m_ids; // by job
    NoticePlace m_trayPlace;
};

} // namespace tidemark
