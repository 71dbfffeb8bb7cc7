// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main/preferences.h"

#include <algorithm>

#include <QSettings>

#include "core/base/blockingcall.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static constexpr qsizetype mostRecent = 10;
static constexpr qsizetype mostTrusted = 2000;
static constexpr QLatin1StringView windowsGroup("windows/");

static QString themeName(theme::Choice choice)
{
    return choice == theme::Choice::Dark ? u"dark"_s : choice == theme::Choice::Light ? u"light"_s : u"system"_s;
}

void Preferences::addRecent(const QString &file)
{
    recentFiles.removeAll(file);
    recentFiles.prepend(file);
    recentFiles = recentFiles.mid(0, mostRecent);
}

void Preferences::trust(const QString &hash)
{
    trusted.removeAll(hash);
    trusted.prepend(hash);
    trusted = trusted.mid(0, mostTrusted);
}

Preferences Preferences::read(const QString &file)
{
    const BlockingCall call("reading the preferences");
    const QSettings ini(file, QSettings::IniFormat);
    Preferences result;
    result.language = ini.value(u"language"_s).toString();
    const QString name = ini.value(u"theme"_s).toString();
    result.theme = name == u"dark" ? theme::Choice::Dark
        : name == u"light"         ? theme::Choice::Light
                                   : theme::Choice::System;
    result.compactRows = ini.value(u"compactRows"_s).toBool();
    result.jobsAtOnce = std::clamp(ini.value(u"jobsAtOnce"_s, 4).toInt(), 1, 16);
    result.staysOpen = ini.value(u"staysOpen"_s, true).toBool();
    result.toldOfTray = ini.value(u"toldOfTray"_s).toBool();
    result.toldOfNoTray = ini.value(u"toldOfNoTray"_s).toBool();
    result.recentFiles = ini.value(u"recentFiles"_s).toStringList().mid(0, mostRecent);
    result.trusted = ini.value(u"trusted"_s).toStringList().mid(0, mostTrusted);
    result.geometry = ini.value(u"window/geometry"_s).toByteArray();
    result.splitter = ini.value(u"window/splitter"_s).toByteArray();
    for (const QString &key : ini.allKeys()) {
        if (key.startsWith(windowsGroup))
            result.windows.insert(key.mid(windowsGroup.size()), ini.value(key).toByteArray());
    }
    return result;
}

void Preferences::write(const QString &file) const
{
    const BlockingCall call("writing the preferences");
    QSettings ini(file, QSettings::IniFormat);
    ini.setValue(u"language"_s, language);
    ini.setValue(u"theme"_s, themeName(theme));
    ini.setValue(u"compactRows"_s, compactRows);
    ini.setValue(u"jobsAtOnce"_s, jobsAtOnce);
    ini.setValue(u"staysOpen"_s, staysOpen);
    ini.setValue(u"toldOfTray"_s, toldOfTray);
    ini.setValue(u"toldOfNoTray"_s, toldOfNoTray);
    ini.setValue(u"recentFiles"_s, recentFiles);
    ini.setValue(u"trusted"_s, trusted);
    ini.setValue(u"window/geometry"_s, geometry);
    ini.setValue(u"window/splitter"_s, splitter);
    for (auto it = windows.cbegin(); it != windows.cend(); ++it)
        ini.setValue(windowsGroup + it.key(), it.value());
}

} // namespace tidemark
