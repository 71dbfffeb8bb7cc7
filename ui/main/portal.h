// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QDBusVariant;

namespace tidemark {

// Whether the desktop prefers dark: Qt 6.4 cannot tell, the desktop portal can. Asks without waiting and listens for
// changes; where there is no portal, nothing is ever told.
class DesktopPortal final : public QObject
{
    Q_OBJECT
public:
    explicit DesktopPortal(QObject *parent = nullptr) : QObject(parent) { }
    void ask();

Q_SIGNALS:
    void darkChanged(bool dark);

private Q_SLOTS:
    void settingChanged(const QString &space, const QString &key, const QDBusVariant &value);
};

} // namespace tidemark
