// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <QTemporaryDir>

#include "ui/jobs/engine.h"

namespace tidemark {

// A till and a tablet that were in step, a day of edits at both, and the two-way job between them: rows for either
// side, one to be merged, two conflicts.
class TwoWayStage
{
public:
    explicit TwoWayStage(const QJsonObject &more = {}); // what the job says beside
    bool isReady() const { return m_ready; }
    Desk &desk() { return *m_desk; }
    const std::shared_ptr<Desk> &shared() const { return m_desk; }
    const JobSettings &job() const { return m_job; }
    RunReport compare(); // into planFile()
    RunReport apply(); // that plan
    QString planFile() const { return m_planFile; }
    QString workspace() const { return m_folder.filePath(QStringLiteral("workspace")); }
    QStringList rows(bool target, const QString &sql);

private:
    bool build(const QJsonObject &more);
    bool execute(const ConnectionSettings &side, const QStringList &statements);

    QTemporaryDir m_folder;
    std::shared_ptr<Desk> m_desk;
    JobSettings m_job;
    QString m_planFile;
    bool m_ready = false;
};

} // namespace tidemark
