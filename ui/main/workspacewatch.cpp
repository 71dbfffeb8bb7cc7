// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main/workspacewatch.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>

#include "core/base/blockingcall.h"
#include "ui/widgets/background.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static constexpr int intervalMs = 2000;

WorkspaceWatch::WorkspaceWatch(QString folder, QObject *parent) : QObject(parent), m_folder(std::move(folder))
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(intervalMs);
    connect(&m_timer, &QTimer::timeout, this, &WorkspaceWatch::look);
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

void WorkspaceWatch::look()
{
    inBackground(
        this, [folder = m_folder] { return stampOf(folder); },
        [this](const QByteArray &stamp) {
            const bool differs = stamp != m_stamp;
            m_stamp = stamp;
            m_timer.start();
            if (differs)
                Q_EMIT changed();
        });
}

} // namespace tidemark
