// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

class QHeaderView;
class QSplitter;
class QWidget;

namespace tidemark::windowstate {

// Marks a part of a window whose sizes a person may change, by a name of its own within the window.
void keep(QSplitter &splitter, const QString &name);
void keep(QHeaderView &header, const QString &name);
// Bytes that a window keeps beside its sizes: a dynamic property of it, saved and restored with them.
inline constexpr const char *ownProperty = "tidemarkOwnState";

QByteArray save(const QWidget &window); // its size and place, and every marked part
bool restore(QWidget &window, const QByteArray &state); // false: nothing that could be used; parts keep their sizes

} // namespace tidemark::windowstate
