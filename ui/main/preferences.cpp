// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main/preferences.h"

#include <QSettings>

using namespace Qt::StringLiterals;

namespace tidemark {

static QString themeName(theme::Choice choice)
{
    return choice == theme::Choice::Dark ? u"dark"_s : choice == theme::Choice::Light ? u"light"_s : u"system"_s;
}

Preferences Preferences::read(const QString &file)
{
    const QSettings ini(file, QSettings::IniFormat);
    Preferences result;
    result.language = ini.value(u"language"_s).toString();
    const QString name = ini.value(u"theme"_s).toString();
    result.theme = name == u"dark" ? theme::Choice::Dark
        : name == u"light"         ? theme::Choice::Light
                                   : theme::Choice::System;
    result.geometry = ini.value(u"window/geometry"_s).toByteArray();
    result.splitter = ini.value(u"window/splitter"_s).toByteArray();
    return result;
}

void Preferences::write(const QString &file) const
{
    QSettings ini(file, QSettings::IniFormat);
    ini.setValue(u"language"_s, language);
    ini.setValue(u"theme"_s, themeName(theme));
    ini.setValue(u"window/geometry"_s, geometry);
    ini.setValue(u"window/splitter"_s, splitter);
}

} // namespace tidemark
