// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tray/notifier.h"

#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

using namespace Qt::StringLiterals;

namespace tidemark {

static constexpr int answerMs = 5000;
static const QString service = u"org.freedesktop.Notifications"_s;
static const QString path = u"/org/freedesktop/Notifications"_s;

static QDBusPendingCall call(const QString &method, const QVariantList &arguments)
{
    QDBusMessage message = QDBusMessage::createMethodCall(service, path, service, method);
    message.setArguments(arguments);
    return QDBusConnection::sessionBus().asyncCall(message, answerMs);
}

Notifier::Notifier(QSystemTrayIcon *tray, QObject *parent) : QObject(parent), m_tray(tray)
{
    connect(m_tray, &QSystemTrayIcon::messageClicked, this, [this] { Q_EMIT clicked(m_trayPlace); });
}

void Notifier::show(const Notice &notice)
{
    switch (m_service) {
    case Service::Unknown:
        m_waiting += notice;
        askService();
        break;
    case Service::Asked:
        m_waiting += notice;
        break;
    case Service::There:
        send(notice);
        break;
    case Service::Absent:
        byTray(notice);
        break;
    }
}

void Notifier::askService()
{
    m_service = Service::Asked;
    QDBusConnection bus = QDBusConnection::sessionBus();
    bus.connect(service, path, service, u"ActionInvoked"_s, this, SLOT(actionInvoked(uint, QString)));
    bus.connect(service, path, service, u"NotificationClosed"_s, this, SLOT(closed(uint, uint)));
    auto *watcher = new QDBusPendingCallWatcher(call(u"GetCapabilities"_s, {}), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        watcher->deleteLater();
        const QDBusPendingReply<QStringList> reply = *watcher;
        m_service = reply.isError() ? Service::Absent : Service::There;
        m_knowsMarkup = !reply.isError() && reply.value().contains(u"body-markup"_s);
        const QList<Notice> waiting = std::exchange(m_waiting, {});
        for (const Notice &notice : waiting)
            show(notice);
    });
}

void Notifier::send(const Notice &notice)
{
    // Names of jobs are shown as they are, never obeyed.
    const QString text = m_knowsMarkup ? notice.text.toHtmlEscaped() : notice.text;
    const QVariantMap hints{{u"desktop-entry"_s, QCoreApplication::applicationName()}, {u"category"_s, u"transfer"_s}};
    const QVariantList arguments{tr("Tidemark"), m_ids.value(notice.place.key),         u"tidemark"_s, notice.title,
                                 text,           QStringList{u"default"_s, tr("Show")}, hints,         -1};
    auto *watcher = new QDBusPendingCallWatcher(call(u"Notify"_s, arguments), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, notice] {
        watcher->deleteLater();
        const QDBusPendingReply<uint> reply = *watcher;
        if (reply.isError()) {
            m_service = Service::Unknown; // it may come back
            byTray(notice);
            return;
        }
        m_places[reply.value()] = notice.place;
        m_ids[notice.place.key] = reply.value();
    });
}

void Notifier::byTray(const Notice &notice)
{
    if (!m_tray->isVisible() || !QSystemTrayIcon::supportsMessages())
        return;
    m_trayPlace = notice.place;
    m_tray->showMessage(notice.title, notice.text, m_tray->icon());
}

void Notifier::withdraw(const QString &key)
{
    if (const uint id = m_ids.take(key); id != 0 && m_service == Service::There)
        call(u"CloseNotification"_s, {id});
}

void Notifier::actionInvoked(uint id, const QString &action)
{
    if (action == u"default"_s && m_places.contains(id))
        Q_EMIT clicked(m_places.value(id));
}

void Notifier::closed(uint id, uint)
{
    if (const auto place = m_places.constFind(id); place != m_places.constEnd()) {
        if (m_ids.value(place->key) == id)
            m_ids.remove(place->key);
        m_places.erase(place);
    }
}

} // namespace tidemark
