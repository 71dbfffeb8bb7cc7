// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "core/config/connectionsettings.h"
#include "tests/endpoint/http/webservice.h"

namespace tidemark {

// A service with orders {id, name, total, updated_at}, in pages of every kind; a test bends its answers.
class ShopService
{
public:
    explicit ShopService(int orders = 0) : web([this](const WebRequest &request) { return answer(request); })
    {
        for (int id = 1; id <= orders; ++id)
            put(id, QStringLiteral("order %1").arg(id), QStringLiteral("%1.50").arg(id));
    }

    void put(int id, const QString &name, const QString &total, const QString &updated = {})
    {
        const QString stamp = updated.isEmpty() ? QStringLiteral("2024-01-01T00:00:00Z") : updated;
        const QByteArray record = QStringLiteral("{\"id\":%1,\"name\":%2,\"total\":%3,\"updated_at\":\"%4\"}")
                                      .arg(QString::number(id), quotedText(name), total, stamp)
                                      .toUtf8();
        const std::scoped_lock lock(m_mutex);
        m_orders[id] = record;
        m_stamps[id] = stamp;
    }
    void remove(int id)
    {
        const std::scoped_lock lock(m_mutex);
        m_orders.remove(id);
        m_stamps.remove(id);
    }
    // page: from 0. Bends the answer to it.
    using Bend = std::function<void(WebReply &, const WebRequest &, int page)>;
    void bend(Bend bend)
    {
        const std::scoped_lock lock(m_mutex);
        m_bend = std::move(bend);
    }

    // paging: as in a connection; `more` is merged into the connection, `orders` into the resource.
    ConnectionSettings settings(const QJsonObject &paging, const QJsonObject &more = {}, const QJsonObject &orders = {})
    {
        QJsonObject resource{{QStringLiteral("path"), QStringLiteral("/orders")},
                             {QStringLiteral("records"), QStringLiteral("/data")},
                             {QStringLiteral("key"), QJsonArray{QStringLiteral("id")}},
                             {QStringLiteral("paging"), paging}};
        for (auto it = orders.begin(); it != orders.end(); ++it)
            resource[it.key()] = it.value();
        QJsonObject object{
            {QStringLiteral("name"), QStringLiteral("crm")},
            {QStringLiteral("driver"), QStringLiteral("http")},
            {QStringLiteral("url"), web.url()},
            {QStringLiteral("timeout"), QStringLiteral("3s")},
            {QStringLiteral("limits"),
             QJsonObject{{QStringLiteral("retries"), 2}, {QStringLiteral("retryDelay"), QStringLiteral("1ms")}}},
            {QStringLiteral("resources"), QJsonObject{{QStringLiteral("orders"), resource}}}};
        for (auto it = more.begin(); it != more.end(); ++it)
            object[it.key()] = it.value();
        const auto settings = connectionFromJson(object, QStringLiteral("crm.json"), {}, QStringLiteral("/"));
        if (!settings)
            qFatal("%s %s %s", qPrintable(codeName(settings.error().code)),
                   qPrintable(settings.error().facts.value(Fact::JsonPath)),
                   qPrintable(settings.error().facts.value(Fact::Expected)));
        return *settings;
    }

    static QJsonObject paging(const QString &by)
    {
        const auto text = [](const char *word) { return QString::fromLatin1(word); };
        if (by == text("page"))
            return {
                {text("by"), by}, {text("param"), text("page")}, {text("size"), 10}, {text("sizeParam"), text("n")}};
        if (by == text("offset"))
            return {
                {text("by"), by}, {text("param"), text("from")}, {text("size"), 10}, {text("sizeParam"), text("n")}};
        if (by == text("cursor"))
            return {{text("by"), by}, {text("param"), text("after")}, {text("next"), text("/next")}};
        return {{text("by"), by}};
    }

private:
    static QString quotedText(const QString &text)
    {
        const QByteArray list = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
        return QString::fromUtf8(list.mid(1, list.size() - 2));
    }

    WebReply answer(const WebRequest &request)
    {
        const std::scoped_lock lock(m_mutex);
        QList<QByteArray> found;
        const QString since = request.value(QStringLiteral("since"));
        for (auto it = m_orders.begin(); it != m_orders.end(); ++it) {
            if (since.isEmpty() || m_stamps[it.key()] >= since)
                found.append(it.value());
        }
        const QString size = request.value(QStringLiteral("n"));
        const qsizetype step = size.isEmpty() ? 10 : size.toLongLong();
        qsizetype first = 0;
        if (request.query.hasQueryItem(QStringLiteral("page")))
            first = (request.value(QStringLiteral("page")).toLongLong() - 1) * step;
        for (const char *name : {"from", "after", "link"}) {
            if (request.query.hasQueryItem(QString::fromLatin1(name)))
                first = request.value(QString::fromLatin1(name)).toLongLong();
        }
        const QList<QByteArray> page = request.path == QStringLiteral("/all") ? found : found.mid(first, step);
        const bool isLast = first + step >= found.size();
        WebReply reply;
        reply.headers["Date"] = "Wed, 01 Jan 2025 00:00:00 GMT";
        reply.headers["X-Total-Count"] = QByteArray::number(found.size());
        if (!isLast)
            reply.headers["Link"] = "</orders?link=0>; rel=\"first\", </orders?link=" + QByteArray::number(first + step)
                + ">; rel=\"next\"";
        reply.body = "{\"data\":[" + page.join(',') + "],\"total\":" + QByteArray::number(found.size())
            + ",\"next\":" + (isLast ? QByteArray("null") : QByteArray::number(first + step)) + "}";
        if (m_bend)
            m_bend(reply, request, step > 0 ? int(first / step) : 0);
        return reply;
    }

    std::mutex m_mutex;
    QMap<int, QByteArray> m_orders;
    QMap<int, QString> m_stamps;
    Bend m_bend;

public:
    WebService web; // ends first: its thread uses all of the above
};

} // namespace tidemark
