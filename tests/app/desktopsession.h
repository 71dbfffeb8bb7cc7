// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>

#include <sys/stat.h>

#include <QDBusConnection>
#include <QDir>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include "tests/app/fakenotifications.h"

using namespace Qt::StringLiterals;

// A session as people have one: an X server, a window manager, a tray, a session bus.
class DesktopSession
{
protected:
    void start(); // skips where something of it is not installed
    void stop();
    std::unique_ptr<QProcess> begin(const QString &program, const QStringList &arguments);
    QStringList xdotool(const QStringList &arguments);
    QString sign(const QProcess &of); // the window in the tray; empty: none
    bool click(const QString &window, int button);
    qsizetype windowsOf(const QProcess &program);
    bool openMenu(const QString &icon, const QProcess &program); // the tray's
    // Once more where the keys went elsewhere: what comes up may have been the tool tip.
    bool chooseInMenu(const QString &icon, const QProcess &program, const QStringList &keys,
                      const std::function<bool()> &done);
    bool isShown(const QString &title) { return !window(title).isEmpty(); }
    QString window(const QString &title);
    void end(QProcess &process);

    QTemporaryDir m_home;
    QProcessEnvironment m_environment;
    std::unique_ptr<QProcess> m_bus, m_server, m_manager, m_tray;
    FakeNotifications m_notifications;
};

#define WAIT_SIGN(variable, process)                                                                                   \
    QTRY_VERIFY_WITH_TIMEOUT(!sign(*(process)).isEmpty(), 30'000);                                                     \
    const QString variable = sign(*(process))

inline std::unique_ptr<QProcess> DesktopSession::begin(const QString &program, const QStringList &arguments)
{
    auto process = std::make_unique<QProcess>();
    process->setProcessEnvironment(m_environment);
    process->setProcessChannelMode(QProcess::SeparateChannels);
    process->start(program, arguments);
    return process;
}

inline void DesktopSession::start()
{
    for (const QString &program :
         {u"Xvfb"_s, u"openbox"_s, u"trayer"_s, u"xdotool"_s, u"dbus-daemon"_s, u"sqlite3"_s}) {
        if (QStandardPaths::findExecutable(program).isEmpty())
            QSKIP(qPrintable(program + u" is not installed"_s));
    }
    const QString runtime = m_home.filePath(u"runtime"_s);
    QVERIFY(QDir().mkpath(runtime));
    QCOMPARE(::chmod(qPrintable(runtime), 0700), 0);
    m_environment = QProcessEnvironment::systemEnvironment();
    for (const QString &name : {u"WAYLAND_DISPLAY"_s, u"XDG_CURRENT_DESKTOP"_s, u"SESSION_MANAGER"_s})
        m_environment.remove(name);
    m_environment.insert(u"HOME"_s, m_home.path());
    m_environment.insert(u"XDG_CONFIG_HOME"_s, m_home.filePath(u"config"_s));
    m_environment.insert(u"XDG_RUNTIME_DIR"_s, runtime);
    m_environment.insert(u"QT_QPA_PLATFORM"_s, u"xcb"_s);

    m_bus = begin(u"dbus-daemon"_s, {u"--session"_s, u"--nofork"_s, u"--print-address"_s});
    QVERIFY(m_bus->waitForReadyRead(20'000));
    const QString address = QString::fromUtf8(m_bus->readLine()).trimmed();
    m_environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, address);
    QDBusConnection bus = QDBusConnection::connectToBus(address, u"session"_s);
    QVERIFY(bus.registerService(u"org.freedesktop.Notifications"_s));
    QVERIFY(bus.registerObject(u"/org/freedesktop/Notifications"_s, &m_notifications,
                               QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals));

    m_server = begin(
        u"Xvfb"_s,
        {u"-displayfd"_s, u"1"_s, u"-screen"_s, u"0"_s, u"1400x1000x24"_s, u"-nolisten"_s, u"tcp"_s, u"-noreset"_s});
    QVERIFY(m_server->waitForReadyRead(30'000));
    m_environment.insert(u"DISPLAY"_s, u':' + QString::fromUtf8(m_server->readLine()).trimmed());
    m_manager = begin(u"openbox"_s, {});
    m_tray = begin(
        u"trayer"_s,
        {u"--edge"_s, u"bottom"_s, u"--align"_s, u"right"_s, u"--widthtype"_s, u"request"_s, u"--height"_s, u"24"_s});
    QTRY_VERIFY_WITH_TIMEOUT(!xdotool({u"search"_s, u"--class"_s, u"trayer"_s}).isEmpty(), 30'000);
}

inline void DesktopSession::stop()
{
    QDBusConnection::disconnectFromBus(u"session"_s);
    for (QProcess *process : {m_tray.get(), m_manager.get(), m_server.get(), m_bus.get()}) {
        if (process)
            end(*process);
    }
}

inline void DesktopSession::end(QProcess &process)
{
    process.kill();
    process.waitForFinished();
}

inline QStringList DesktopSession::xdotool(const QStringList &arguments)
{
    const auto process = begin(u"xdotool"_s, arguments);
    process->waitForFinished(20'000);
    return QString::fromUtf8(process->readAllStandardOutput()).split(u'\n', Qt::SkipEmptyParts);
}

inline QString DesktopSession::window(const QString &title)
{
    return xdotool({u"search"_s, u"--onlyvisible"_s, u"--name"_s, title}).value(0);
}

// Of all visible windows of the program the one that is as small as a sign.
inline QString DesktopSession::sign(const QProcess &of)
{
    const QStringList windows = xdotool({u"search"_s, u"--onlyvisible"_s, u"--pid"_s, QString::number(of.processId())});
    for (const QString &window : windows) {
        const QStringList geometry = xdotool({u"getwindowgeometry"_s, u"--shell"_s, window});
        for (const QString &line : geometry) {
            if (line.startsWith(u"WIDTH="_s) && line.mid(6).toInt() <= 48)
                return window;
        }
    }
    return {};
}

inline bool DesktopSession::click(const QString &window, int button)
{
    xdotool({u"mousemove"_s, u"--sync"_s, u"--window"_s, window, u"10"_s, u"10"_s});
    xdotool({u"click"_s, QString::number(button)});
    return true;
}

inline qsizetype DesktopSession::windowsOf(const QProcess &program)
{
    return xdotool({u"search"_s, u"--onlyvisible"_s, u"--pid"_s, QString::number(program.processId())}).size();
}

inline bool DesktopSession::openMenu(const QString &icon, const QProcess &program)
{
    const qsizetype before = windowsOf(program);
    return click(icon, 3) && QTest::qWaitFor([&] { return windowsOf(program) > before; }, 10'000);
}

inline bool DesktopSession::chooseInMenu(const QString &icon, const QProcess &program, const QStringList &keys,
                                         const std::function<bool()> &done)
{
    for (int attempt = 0; attempt < 5; ++attempt) {
        if (openMenu(icon, program))
            xdotool(QStringList{u"key"_s} + keys);
        if (QTest::qWaitFor(done, 5'000))
            return true;
        xdotool({u"key"_s, u"Escape"_s});
    }
    return false;
}
