// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main/portal.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>

using namespace Qt::StringLiterals;

namespace tidemark {

static const QString service = u"org.freedesktop.portal.Desktop"_s;
static const QString path = u"/org/freedesktop/portal/desktop"_s;
static const QString interface = u"org.freedesktop.portal.Settings"_s;
static const QString space = u"org.freedesktop.appearance"_s;
static const QString key = u"color-scheme"_s;

static QVariant unwrapped(QVariant value)
{
    while (value.canConvert<QDBusVariant>())
        value = value.value<QDBusVariant>().variant();
    return value;
}

void DesktopPortal::ask()
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(service, path, interface, u"SettingChanged"_s, this,
                SLOT(settingChanged(QString, QString, QDBusVariant)));
    QDBusMessage message = QDBusMessage::createMethodCall(service, path, interface, u"Read"_s);
    message << space << key;
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(message, 2000), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        const QDBusPendingReply<QVariant> reply = *watcher;
        if (!reply.isError() && unwrapped(reply.value()).toUInt() != 0)
            Q_EMIT darkChanged(unwrapped(reply.value()).toUInt() == 1);
        watcher->deleteLater();
    });
}

void DesktopPortal::settingChanged(const QString &changedSpace, const QString &changedKey, const QDBusVariant &value)
{
    if (changedSpace == space && changedKey == key)
        Q_EMIT darkChanged(unwrapped(value.variant()).toUInt() == 1);
}

} // namespace tidemark
