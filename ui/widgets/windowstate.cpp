// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/windowstate.h"

#include <QDataStream>
#include <QHeaderView>
#include <QIODevice>
#include <QMap>
#include <QSplitter>

using namespace Qt::StringLiterals;

namespace tidemark::windowstate {

static const char *const nameProperty = "tidemarkKeptAs";
static constexpr quint32 magic = 0x544d5731; // "TMW1"

void keep(QSplitter &splitter, const QString &name) { splitter.setProperty(nameProperty, name); }

void keep(QHeaderView &header, const QString &name) { header.setProperty(nameProperty, name); }

// Sizes of other columns must not be taken for those of these.
static QString nameOf(const QHeaderView &header)
{
    const QString name = header.property(nameProperty).toString();
    return name.isEmpty() ? QString() : u"%1/%2"_s.arg(name).arg(header.count());
}

QByteArray save(const QWidget &window)
{
    QMap<QString, QByteArray> parts;
    for (const QSplitter *splitter : window.findChildren<QSplitter *>()) {
        if (const QString name = splitter->property(nameProperty).toString(); !name.isEmpty())
            parts.insert(name, splitter->saveState());
    }
    for (const QHeaderView *header : window.findChildren<QHeaderView *>()) {
        if (const QString name = nameOf(*header); !name.isEmpty())
            parts.insert(name, header->saveState());
    }
    if (const QByteArray own = window.property(ownProperty).toByteArray(); !own.isEmpty())
        parts.insert(QLatin1StringView(ownProperty), own);
    QByteArray state;
    QDataStream stream(&state, QIODevice::WriteOnly);
    stream.setVersion(QDataStream::Qt_6_0);
    stream << magic << window.saveGeometry() << parts;
    return state;
}

bool restore(QWidget &window, const QByteArray &state)
{
    QDataStream stream(state);
    stream.setVersion(QDataStream::Qt_6_0);
    quint32 found = 0;
    QByteArray geometry;
    QMap<QString, QByteArray> parts;
    stream >> found;
    if (found != magic)
        return false;
    stream >> geometry >> parts;
    if (stream.status() != QDataStream::Ok || !window.restoreGeometry(geometry))
        return false;
    window.setProperty(ownProperty, parts.value(QLatin1StringView(ownProperty)));
    for (QSplitter *splitter : window.findChildren<QSplitter *>()) {
        if (const QByteArray part = parts.value(splitter->property(nameProperty).toString()); !part.isEmpty())
            splitter->restoreState(part);
    }
    for (QHeaderView *header : window.findChildren<QHeaderView *>()) {
        if (const QByteArray part = parts.value(nameOf(*header)); !part.isEmpty())
            header->restoreState(part);
    }
    return true;
}

} // namespace tidemark::windowstate
