// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/planfolder.h"

#include <QFile>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace tidemark {

static void removeAbandoned(const QDir &plans)
{
    for (const QString &name : plans.entryList({u"window-*"_s}, QDir::Dirs)) {
        QLockFile lock(plans.filePath(name + u".lock"_s));
        lock.setStaleLockTime(0); // only that its owner is gone makes it stale, never its age
        if (lock.tryLock(0))
            QDir(plans.filePath(name)).removeRecursively();
    }
}

Result<std::unique_ptr<PlanFolder>> PlanFolder::open(const QString &plansFolder)
{
    removeAbandoned(QDir(plansFolder));
    const QString path = plansFolder + u"/window-"_s + QUuid::createUuid().toString(QUuid::WithoutBraces);
    std::unique_ptr<PlanFolder> folder(new PlanFolder(path));
    folder->m_lock.setStaleLockTime(0);
    if (!folder->m_lock.tryLock(0) || !QDir().mkdir(path)
        || !QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner))
        return fail(Error{ErrorCode::FileUnwritable, {}, {}}.with(Fact::File, path));
    return folder;
}

PlanFolder::~PlanFolder() { m_folder.removeRecursively(); }

} // namespace tidemark
