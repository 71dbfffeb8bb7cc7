// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "core/config/secrets.h"
#include "core/endpoint/session.h"

namespace tidemark::http {

class HttpService;
class HttpSession;

// The services that a connector's sessions ask; those of one connection share its limits, its clock and what was
// answered before. Thread-safe.
class HttpServices
{
public:
    HttpServices();
    ~HttpServices();
    HttpServices(const HttpServices &) = delete;
    HttpServices &operator=(const HttpServices &) = delete;

    // Where answers that may be called unchanged outlive the process; before the first open(). Empty: nowhere.
    void keepPagesIn(const QString &folder) { m_pagesFolder = folder; }
    Result<std::unique_ptr<HttpSession>> open(const ConnectionSettings &settings, const Secret &secret,
                                              const OpenOptions &options);

private:
    QString m_pagesFolder;
    std::mutex m_mutex;
    std::vector<std::shared_ptr<HttpService>> m_services; // the latest used at the end
};

} // namespace tidemark::http
