// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

namespace tidemark {

// A locked file beside a database: no rows, no clock, gone with its holder however that ends.
class JobLock
{
public:
    enum class State : quint8 { Held, Taken, Impossible }; // Impossible: no file can be made there

    JobLock() = default;
    JobLock(const JobLock &) = delete;
    JobLock &operator=(const JobLock &) = delete;
    ~JobLock();
    State tryLock(const QString &database, const QString &jobId);
    bool stands() const; // what was held is held still
    static QString fileName(const QString &database, const QString &jobId);

private:
    QByteArray m_file;
    int m_descriptor = -1;
};

} // namespace tidemark
