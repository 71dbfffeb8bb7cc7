// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tray/autostart.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QStandardPaths>

#include "core/base/blockingcall.h"
#include "core/config/workspace.h"

using namespace Qt::StringLiterals;

namespace tidemark::autostart {

static bool isUsual(const QString &workspace)
{
    return QDir::cleanPath(workspace) == QDir::cleanPath(Workspace::defaultFolder());
}

// Of the workspace, where it is not the usual one.
static QString suffix(const QString &workspace)
{
    if (isUsual(workspace))
        return {};
    const QByteArray path = QFileInfo(workspace).absoluteFilePath().toUtf8();
    return u'-' + QString::fromLatin1(QCryptographicHash::hash(path, QCryptographicHash::Sha256).toHex().first(8));
}

static QString configFolder() { return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation); }

QString fileFor(const QString &workspace)
{
    return u"%1/autostart/tidemark%2.desktop"_s.arg(configFolder(), suffix(workspace));
}

bool isOn(const QString &file)
{
    const BlockingCall call("reading the autostart entry");
    QFile entry(file);
    if (!entry.open(QIODevice::ReadOnly))
        return false;
    // Desktops switch an entry off by one of these.
    bool on = false;
    const QList<QByteArray> lines = entry.read(64 * 1024).split('\n');
    for (const QByteArray &line : lines) {
        const QByteArray said = line.trimmed().toLower();
        if (said.startsWith("exec="))
            on = true;
        if (said == "hidden=true" || said == "x-gnome-autostart-enabled=false")
            return false;
    }
    return on;
}

QString quoted(const QString &argument)
{
    QString text = argument;
    for (const QChar c : {u'\\', u'"', u'`', u'$'})
        text.replace(c, QString(u'\\') + c);
    text.replace(u'%', u"%%"_s);
    text.replace(u'\\', u"\\\\"_s); // once more: it is a string of the file, too
    return u'"' + text + u'"';
}

static QStringList commandOf(const QString &program, const QString &workspace)
{
    QStringList command{program};
    if (!isUsual(workspace))
        command << u"--workspace"_s << QFileInfo(workspace).absoluteFilePath();
    return command;
}

QByteArray entry(const QString &program, const QString &workspace)
{
    QStringList exec;
    const QStringList command = commandOf(program, workspace) << u"--hidden"_s;
    for (const QString &argument : command)
        exec << quoted(argument);
    QString tried = program;
    tried.replace(u'\\', u"\\\\"_s);
    // Some desktops start what stands here before their panel, and with it the tray.
    return u"[Desktop Entry]\nType=Application\nName=Tidemark\nComment=Runs the jobs that have a schedule\n"
           "Comment[zh_CN]=按设定的时间运行任务\nIcon=tidemark\nTryExec=%1\nExec=%2\nTerminal=false\n"
           "StartupNotify=false\nX-GNOME-Autostart-enabled=true\nX-KDE-autostart-after=panel\n"
           "X-MATE-Autostart-Delay=2\n"_s.arg(tried, exec.join(u' '))
               .toUtf8();
}

static Result<void> writeWhole(const QString &path, const QByteArray &bytes)
{
    const BlockingCall call("writing a start file");
    const auto failed = [&](const QString &why) {
        return fail(Error{ErrorCode::FileUnwritable, {}, why}.with(Fact::File, path));
    };
    if (!QDir().mkpath(QFileInfo(path).absolutePath()))
        return failed({});
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return failed(file.errorString());
    return {};
}

Result<void> setOn(const QString &file, const QString &program, const QString &workspace)
{
    return writeWhole(file, entry(program, workspace));
}

Result<void> setOff(const QString &file)
{
    const BlockingCall call("removing the autostart entry");
    QFile entry(file);
    if (entry.exists() && !entry.remove())
        return fail(Error{ErrorCode::FileUnwritable, {}, entry.errorString()}.with(Fact::File, file));
    return {};
}

QString unitName(const QString &workspace) { return u"tidemark-watch%1.service"_s.arg(suffix(workspace)); }

QString unitFile(const QString &workspace) { return u"%1/systemd/user/%2"_s.arg(configFolder(), unitName(workspace)); }

// As systemd reads an argument: specifiers and variables are none.
static QString unitQuoted(const QString &argument)
{
    QString text = argument;
    text.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s).replace(u'%', u"%%"_s).replace(u'$', u"$$"_s);
    return u'"' + text + u'"';
}

Result<void> writeUnit(const QString &file, const QString &program, const QString &workspace)
{
    QFile pattern(u":/tidemark-watch.service"_s);
    if (!pattern.open(QIODevice::ReadOnly))
        return fail(Error{ErrorCode::Internal, {}, pattern.errorString()});
    QStringList exec;
    const QStringList command = commandOf(program, workspace) << u"watch"_s;
    for (const QString &argument : command)
        exec << unitQuoted(argument);
    const QString text = QString::fromUtf8(pattern.readAll()).replace(u"tidemark-cli watch"_s, exec.join(u' '));
    return writeWhole(file, text.toUtf8());
}

} // namespace tidemark::autostart
