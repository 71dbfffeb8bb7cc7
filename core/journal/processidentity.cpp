// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/processidentity.h"

#include <QCoreApplication>
#include <QFile>

namespace tidemark {

namespace {

QString bootIdentity()
{
    QFile file(QStringLiteral("/proc/sys/kernel/random/boot_id"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QString boot = QString::fromLatin1(file.readAll().trimmed());
    return boot + u' ' + QFile::symLinkTarget(QStringLiteral("/proc/self/ns/pid")).section(u'/', -1);
}

qint64 startTickOf(qint64 pid) // 0: no such process
{
    QFile file(QStringLiteral("/proc/%1/stat").arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray stat = file.readAll();
    // The program's name is in parentheses and may hold blanks; the state follows it, the start time is the 20th field
    // from there.
    const QList<QByteArray> fields = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
    const bool ended = fields.value(0) == "Z" || fields.value(0) == "X";
    return ended ? 0 : fields.value(19).toLongLong();
}

} // namespace

ProcessIdentity ProcessIdentity::current()
{
    const qint64 pid = QCoreApplication::applicationPid();
    return {pid, bootIdentity(), startTickOf(pid)};
}

bool ProcessIdentity::isAlive() const
{
    const ProcessIdentity self = current();
    if (boot != self.boot)
        return false;
    return pid == self.pid ? startTick == self.startTick : startTick != 0 && startTickOf(pid) == startTick;
}

} // namespace tidemark
