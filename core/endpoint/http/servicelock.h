// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include "core/base/result.h"

namespace tidemark::http {

// One run of a job at a time on this computer, of this user: a service has no lock to offer. Gone with its holder
// however that ends.
class ServiceLock
{
public:
    ServiceLock() = default;
    ~ServiceLock();
    ServiceLock(const ServiceLock &) = delete;
    ServiceLock &operator=(const ServiceLock &) = delete;
    Result<bool> tryLock(const QString &jobId); // false: somebody else holds it
    bool stands() const; // what was held is held still

private:
    int m_descriptor = -1;
    QByteArray m_file;
};

} // namespace tidemark::http
