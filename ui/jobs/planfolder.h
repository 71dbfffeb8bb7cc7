// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <QDir>
#include <QLockFile>

#include "core/base/result.h"

namespace tidemark {

// Where one running program keeps the plans of its windows: rows in clear, so nothing of it outlives the program. What
// one that was killed left behind goes with the next start; others that still run keep theirs.
class PlanFolder
{
public:
    static Result<std::unique_ptr<PlanFolder>> open(const QString &plansFolder); // blocks, as does the destructor
    ~PlanFolder();
    PlanFolder(const PlanFolder &) = delete;
    PlanFolder &operator=(const PlanFolder &) = delete;

    QString path() const { return m_folder.path(); }

private:
    explicit PlanFolder(const QString &path) : m_folder(path), m_lock(path + QStringLiteral(".lock")) { }
    QDir m_folder;
    QLockFile m_lock; // beside it: held before the folder is there
};

} // namespace tidemark
