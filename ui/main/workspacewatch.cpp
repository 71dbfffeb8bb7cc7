// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main/workspacewatch.h"

#include <algorithm>
#include <utility>

#include <sys/inotify.h>
#include <unistd.h>

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QSocketNotifier>

#include "core/base/blockingcall.h"
#include "ui/widgets/background.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static constexpr int intervalMs = 2000; // between two looks, at least
static constexpr int soonMs = 100; // what comes together is seen together
static constexpr int idleMs = 30'000;

WorkspaceWatch::WorkspaceWatch(QString folder, QObject *parent) : QObject(parent), m_folder(std::move(folder))
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &WorkspaceWatch::look);
}

WorkspaceWatch::~WorkspaceWatch()
{
    if (!m_events)
        return;
    m_events->setEnabled(false);
    ::close(static_cast<int>(m_events->socket()));
}

void WorkspaceWatch::start() { look(); }

QByteArray WorkspaceWatch::stampOf(const QString &folder)
{
    const BlockingCall call("looking at the workspace");
    QCryptographicHash hash(QCryptographicHash::Sha1);
    const auto add = [&hash](const QFileInfo &file) {
        hash.addData(file.fileName().toUtf8());
        hash.addData(QByteArray(QByteArray::number(file.size()) + '/'
                                + QByteArray::number(file.lastModified().toMSecsSinceEpoch()) + '\n'));
    };
    const QDir workspace(folder);
    for (const QString &name : {u"connections.json"_s, u"journal.db"_s, u"journal.db-wal"_s})
        add(QFileInfo(workspace, name));
    const QFileInfoList jobs = QDir(workspace.filePath(u"jobs"_s)).entryInfoList(QDir::Files, QDir::Name);
    for (const QFileInfo &job : jobs)
        add(job);
    return hash.result();
}

// −1: the system cannot tell. Blocks: the folder may lie on another machine.
static int watchFolders(const QString &folder)
{
    const BlockingCall call("watching the workspace");
    const int events = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (events < 0)
        return -1;
    constexpr uint32_t what = IN_CREATE | IN_DELETE | IN_MODIFY | IN_MOVED_FROM | IN_MOVED_TO | IN_ATTRIB | IN_ONLYDIR;
    for (const QString &path : {folder, QString(folder + u"/jobs"_s)}) {
        if (::inotify_add_watch(events, QFile::encodeName(path).constData(), what) < 0) {
            ::close(events);
            return -1;
        }
    }
    return events;
}

void WorkspaceWatch::look()
{
    m_isLooking = true;
    struct Look
    {
        QByteArray stamp;
        int events = -1;
    };
    inBackground(
        this,
        [folder = m_folder, first = !m_events]() -> Look {
            const int events = first ? watchFolders(folder) : -1; // before looking: nothing falls between
            return {stampOf(folder), events};
        },
        [this](const Look &found) { looked(found.stamp, found.events); });
}

void WorkspaceWatch::looked(const QByteArray &stamp, int events)
{
    m_isLooking = false;
    m_lastLook.start();
    if (events >= 0) {
        m_events = std::make_unique<QSocketNotifier>(events, QSocketNotifier::Read);
        connect(m_events.get(), &QSocketNotifier::activated, this, &WorkspaceWatch::hear);
    }
    m_timer.start(m_events ? idleMs : intervalMs);
    if (m_events)
        m_events->setEnabled(true);
    if (std::exchange(m_stamp, stamp) != stamp)
        Q_EMIT changed();
}

// What happened does not matter: the look tells. Until then nothing more is heard.
void WorkspaceWatch::hear()
{
    m_events->setEnabled(false);
    char events[4096];
    while (::read(static_cast<int>(m_events->socket()), events, sizeof events) > 0) { }
    if (!m_isLooking)
        m_timer.start(static_cast<int>(std::max<qint64>(soonMs, intervalMs - m_lastLook.elapsed())));
}

} // namespace tidemark
