// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QMenu>
#include <QObject>
#include <QSystemTrayIcon>

#include "ui/tray/trayview.h"

namespace tidemark {

// The sign in the desktop's tray with its tool tip and menu.
class TrayIcon final : public QObject
{
    Q_OBJECT
public:
    explicit TrayIcon(QObject *parent = nullptr);
    void show(const TrayView &view);
    void retranslate();
    bool isThere() const; // a tray shows it
    QMenu &menu() { return m_menu; }
    QSystemTrayIcon &icon() { return m_icon; }

Q_SIGNALS:
    void openRequested();
    void runRequested(const QString &key);
    void runAllRequested();
    void pauseRequested(bool pause); // the schedule
    void conflictsRequested(const QString &key);
    void historyRequested();
    void quitRequested();

private:
    void fillMenu();
    void fillJobs(QMenu &menu);
    void fillConflicts();
    QString toolTip() const;

    QMenu m_menu; // before the icon, which lets go of it first
    QSystemTrayIcon m_icon;
    std::optional<TrayView> m_view;
};

} // namespace tidemark
