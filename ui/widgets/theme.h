// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPalette>

namespace tidemark::theme {

// The colours of both themes, as one table. Widgets ask for those that go with their palette, so that nobody holds a
// "current theme".

struct Tint
{
    QRgb mark; // signs, bars and text
    QRgb row; // behind a row
    QRgb cell; // behind a changed cell
};

struct Colors
{
    QRgb window, panel, text, muted, border, hairline, accent, accentText;
    Tint insert, update, remove, conflict, warning;
};

// clang-format off
inline constexpr Colors light{
    0xffffffff, 0xfff5f6f8, 0xff1b1f24, 0xff57606a, 0xff6e7781, 0xffd0d7de, 0xff0b5cad, 0xffffffff,
    {0xff12652f, 0xffe3f5e8, 0xffbde6c9}, {0xff0b5394, 0xffe4effb, 0xffbbd7f5}, {0xffa8201a, 0xfffde9e7, 0xfff8c6c1},
    {0xff6e3391, 0xfff3e8fa, 0xffdfc3f0}, {0xff7a4b00, 0xfffff3d6, 0xffffdf99}};
inline constexpr Colors dark{
    0xff15191e, 0xff1d2228, 0xffe6eaee, 0xff9aa5b1, 0xff7a8590, 0xff363e47, 0xff6cb2f7, 0xff15191e,
    {0xff6fd08c, 0xff16301f, 0xff21512f}, {0xff7db8f5, 0xff14283d, 0xff1d436b}, {0xffff9c94, 0xff3a1b1b, 0xff6a2826},
    {0xffd5a6f2, 0xff2e1d3a, 0xff53306b}, {0xfff2c063, 0xff33270f, 0xff5b4413}};
// clang-format on

enum class Choice : quint8 { System, Light, Dark };

// A colour by its meaning, for what is painted later than it is named (icons).
enum class Token : quint8 { Text, Muted, Accent, AccentText, Insert, Update, Remove, Conflict, Warning };

bool isDark(const QPalette &palette);
const Colors &of(const QPalette &palette);
QColor color(Token token, const QPalette &palette);
QPalette palette(const Colors &colors);

// WCAG 2.1 contrast ratio, 1 … 21.
double contrast(QRgb a, QRgb b);

// Han characters in the shapes of simplified Chinese, whatever the system's locale would fall back to; Latin letters
// stay in the system's font. Once, after the application stands.
void useFonts();

// The palette that the platform came with, asked once before apply() replaces it, says whether System is dark.
void apply(Choice choice, bool systemIsDark);

// Sizes, px.
inline constexpr int gap = 8;
inline constexpr int group = 16;
inline constexpr int control = 32;
inline constexpr int row = 28; // the least; see rowHeight()
inline constexpr int compactRow = 24;

// The height of a row of data in this font: a person may want them compact (a preference that the application keeps,
// as it keeps palette and font).
int rowHeight(const QFont &font);
bool isCompact();
void setCompact(bool compact); // reaches every table and list that stands

QFont title(const QFont &base); // +3 pt semibold
QFont caption(const QFont &base); // −1 pt
QFont data(const QFont &base); // monospace

} // namespace tidemark::theme
