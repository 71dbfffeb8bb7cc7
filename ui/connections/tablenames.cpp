// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/tablenames.h"

using namespace Qt::StringLiterals;

namespace tidemark {

QString lineOfNames(const QStringList &names)
{
    QStringList parts;
    for (const QString &name : names) {
        const bool plain = !name.isEmpty() && name == name.trimmed() && !name.contains(u',') && !name.startsWith(u'"');
        parts << (plain ? name : QString(u'"' + QString(name).replace(u'"', "\"\""_L1) + u'"'));
    }
    return parts.join(u", "_s);
}

// Past the closing quote, or at the end where there is none.
static qsizetype readQuoted(const QString &line, qsizetype at, QString &name)
{
    while (++at < line.size()) {
        if (line.at(at) != u'"') {
            name += line.at(at);
        } else if (at + 1 < line.size() && line.at(at + 1) == u'"') {
            name += line.at(at++);
        } else {
            return at + 1;
        }
    }
    return at;
}

QStringList namesInLine(const QString &line)
{
    QStringList names;
    for (qsizetype at = 0; at < line.size(); ++at) {
        while (at < line.size() && line.at(at).isSpace())
            ++at;
        QString name;
        const bool quoted = at < line.size() && line.at(at) == u'"';
        if (quoted)
            at = readQuoted(line, at, name);
        const qsizetype comma = line.indexOf(u',', at);
        const qsizetype end = comma < 0 ? line.size() : comma;
        const QString rest = line.sliced(std::min(at, end), end - std::min(at, end));
        name += quoted ? QString() : rest.trimmed();
        if (!name.isEmpty())
            names << name;
        at = end;
    }
    return names;
}

} // namespace tidemark
