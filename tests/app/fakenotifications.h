// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>
#include <QVariantMap>

// A desktop's notification service, as far as a program sees it.
class FakeNotifications : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")
public:
    struct Shown
    {
        uint id = 0;
        QString title, text;
        QStringList actions;
    };
    QList<Shown> shown;
    const Shown *find(const QString &title) const
    {
        for (const Shown &one : shown) {
            if (one.title.contains(title))
                return &one;
        }
        return nullptr;
    }

public Q_SLOTS:
    QStringList GetCapabilities() const
    {
        return {QStringLiteral("body"), QStringLiteral("actions"), QStringLiteral("body-markup")};
    }
    uint Notify(const QString &, uint replaces, const QString &, const QString &title, const QString &text,
                const QStringList &actions, const QVariantMap &, int)
    {
        const uint id = replaces != 0 ? replaces : ++m_last;
        shown += {id, title, text, actions};
        return id;
    }
    void CloseNotification(uint id) { Q_EMIT NotificationClosed(id, 3); }
    QString GetServerInformation(QString &vendor, QString &version, QString &specification)
    {
        vendor = version = QStringLiteral("test");
        specification = QStringLiteral("1.2");
        return QStringLiteral("fake");
    }

Q_SIGNALS:
    void ActionInvoked(uint id, const QString &action);
    void NotificationClosed(uint id, uint reason);

private:
    uint m_last = 0;
};
