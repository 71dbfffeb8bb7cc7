// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>

#include <QString>
#include <QStringList>

class QWidget;

namespace tidemark::looks {

// What is wrong with a window as it stands on screen, a line a fault; empty: nothing.
QStringList cutTexts(const QWidget &window); // labels, buttons, tabs, headers, placeholders wider than their room
QStringList faintTexts(QWidget &window); // contrast below 4.5 : 1 against what is painted behind
QStringList muteControls(const QWidget &window); // no accessible name or role, or never reached by Tab
QStringList allFaults(QWidget &window);

// A way for a screen to be looked at: language, theme and size of fonts.
struct Setting
{
    QString language;
    bool dark = false;
    int fontPercent = 100;
};
void settings_data(); // rows for QFETCH: "en light 100" …
Setting fetch(); // in a test function with these rows
void use(const Setting &setting);

// Renders the window into screenshots/NAME-TAG.png of the build folder and returns its faults.
QStringList shoot(QWidget &window, const QString &name);

} // namespace tidemark::looks
