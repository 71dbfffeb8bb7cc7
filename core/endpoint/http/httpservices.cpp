// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/http/httpservices.h"

#include <algorithm>

#include <QJsonDocument>

#include "core/endpoint/http/httpsession.h"

namespace tidemark::http {

namespace {

constexpr std::size_t mostServices = 16; // beyond, the one that was used longest ago is forgotten
constexpr qint64 mostPageBytes = 256 << 20; // of all services, on disk

// Whatever its answers may depend on: where it is, who asks and how. No secret is part of it.
QByteArray identityOf(const ConnectionSettings &settings)
{
    return QJsonDocument(connectionToJson(settings)).toJson(QJsonDocument::Compact);
}

} // namespace

HttpServices::HttpServices() = default;
HttpServices::~HttpServices() = default;

Result<std::unique_ptr<HttpSession>> HttpServices::open(const ConnectionSettings &settings, const Secret &secret,
                                                        const OpenOptions &options)
{
    const std::scoped_lock lock(m_mutex);
    const auto known = std::find_if(m_services.begin(), m_services.end(),
                                    [&](const auto &service) { return service->settings() == settings; });
    std::shared_ptr<HttpService> service;
    if (known != m_services.end()) {
        service = *known;
        m_services.erase(known);
    } else {
        TRY_ASSIGN(service, HttpService::create(settings));
        if (!m_pagesFolder.isEmpty())
            service->cache().keepIn(PageFolder(m_pagesFolder, identityOf(settings), mostPageBytes));
    }
    service->client().setSecret(secret);
    m_services.push_back(service);
    if (m_services.size() > mostServices)
        m_services.erase(m_services.begin());
    return std::make_unique<HttpSession>(std::move(service), options);
}

} // namespace tidemark::http
