// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

#include "core/base/result.h"
#include "core/config/jobsettings.h"

namespace tidemark {

// The folder of connections.json, jobs/, journal.db, plans/, undo/. Folders 0700, files 0600, files replaced atomically
// (QSaveFile). A value: copies see the same folder; every call reads the disk, so that two programs may use one
// workspace.
class Workspace : public ConnectionLookup
{
public:
    // --workspace DIR, else $TIDEMARK_WORKSPACE, else the platform's application-data folder. Creates what is missing.
    static Result<Workspace> open(const QString &folder);
    static QString defaultFolder();

    const QString &folder() const { return m_folder; }
    QString journalFile() const;
    QString plansFolder() const;
    QString pagesFolder() const; // of web services; made when the first is kept

    Result<QList<ConnectionSettings>> connections() const;
    Result<ConnectionSettings> connection(const QString &name) const override;
    Result<void> saveConnection(const ConnectionSettings &settings,
                                const QString &replacedName = {}) const; // DuplicateName
    Result<void> removeConnection(const QString &name) const; // Usage where a job of the workspace names it

    struct JobEntry
    {
        QString name;
        QString file;
    };
    Result<QList<JobEntry>> jobs() const; // names sorted
    Result<JobSettings> job(const QString &nameOrFile) const; // a name in the workspace or a path
    QString jobFile(const QString &name) const; // percent-encoded
    Result<void> saveJob(const QJsonObject &job,
                         const QString &replacedName = {}) const; // validates; draws the id where missing
    Result<void> removeJob(const QString &name) const;
    Result<JobSettings> importJob(const QString &file) const; // copies it in

private:
    explicit Workspace(QString folder) : m_folder(std::move(folder)) { }
    Result<void> refuseUsed(const QString &connection) const; // Usage with the job that names it
    QString m_folder;
};

// Writes an id into a job file that has none and returns it; keeps the file's order and layout as far as JSON allows.
// FileUnwritable: cannot run.
Result<QString> ensureJobId(const QString &file);

} // namespace tidemark
