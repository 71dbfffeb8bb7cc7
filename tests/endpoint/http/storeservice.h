// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "core/config/connectionsettings.h"
#include "tests/endpoint/http/webservice.h"

namespace tidemark {

// A service whose records are read and written one by one: {"data": [{"id", "name", "total", …}, …]}. A test looks at
// what was asked of it, and stands in the way before and after.
class StoreService
{
public:
    struct Write
    {
        QByteArray method;
        QString path;
        QByteArray idempotencyKey;
        QByteArray ifMatch;
        QByteArray body;
        int status = 0; // as it was done, whatever was answered
    };

    StoreService() : web([this](const WebRequest &request) { return answer(request); }) { }

    void put(const QString &id, const QByteArray &record) // as somebody else
    {
        const std::scoped_lock lock(m_mutex);
        store(id, record);
    }
    void remove(const QString &id)
    {
        const std::scoped_lock lock(m_mutex);
        m_records.remove(id);
    }
    QStringList records()
    {
        const std::scoped_lock lock(m_mutex);
        const QByteArrayList list = m_records.values();
        return list.isEmpty() ? QStringList() : QString::fromUtf8(list.join('\n')).split(u'\n');
    }
    QString record(const QString &id)
    {
        const std::scoped_lock lock(m_mutex);
        return QString::fromUtf8(m_records.value(id));
    }
    QList<Write> takeWrites()
    {
        const std::scoped_lock lock(m_mutex);
        return std::exchange(m_writes, {});
    }

    // Before a request is served; an answer stands instead of it. The store may be changed by store() and erase().
    using Before = std::function<std::optional<WebReply>(const WebRequest &)>;
    void before(Before before)
    {
        const std::scoped_lock lock(m_mutex);
        m_before = std::move(before);
    }
    using After = std::function<void(const WebRequest &, WebReply &)>;
    void after(After after)
    {
        const std::scoped_lock lock(m_mutex);
        m_after = std::move(after);
    }
    // What it makes of a record that it is sent.
    void alter(std::function<QByteArray(QByteArray)> alter)
    {
        const std::scoped_lock lock(m_mutex);
        m_alter = std::move(alter);
    }
    // Within a hook.
    void store(const QString &id, const QByteArray &record)
    {
        m_records[id] = record;
        ++m_versions[id];
    }
    void erase(const QString &id) { m_records.remove(id); }

    QJsonObject connection(const QJsonObject &orders = {}, const QJsonObject &more = {}) const
    {
        const auto text = [](const char *word) { return QString::fromLatin1(word); };
        QJsonObject resource{{text("path"), text("/orders")},
                             {text("records"), text("/data")},
                             {text("key"), QJsonArray{text("id")}},
                             {text("columns"),
                              QJsonObject{{text("id"), text("integer")},
                                          {text("name"), text("text")},
                                          {text("total"), text("decimal(12,2)")},
                                          {text("updated_at"), text("text")}}},
                             {text("write"),
                              QJsonObject{{text("insert"), text("POST /orders")},
                                          {text("update"), text("PUT /orders/{id}")},
                                          {text("delete"), text("DELETE /orders/{id}")}}}};
        for (auto it = orders.begin(); it != orders.end(); ++it)
            resource[it.key()] = it.value();
        QJsonObject object{{text("name"), text("crm")},
                           {text("driver"), text("http")},
                           {text("url"), web.url()},
                           {text("timeout"), text("5s")},
                           {text("limits"), QJsonObject{{text("retries"), 2}, {text("retryDelay"), text("1ms")}}},
                           {text("resources"), QJsonObject{{text("orders"), resource}}}};
        for (auto it = more.begin(); it != more.end(); ++it)
            object[it.key()] = it.value();
        return object;
    }

    bool givesTags = true;
    QString member = QStringLiteral("id"); // that names a record

private:
    QByteArray tag(const QString &id) const { return "\"v" + QByteArray::number(m_versions.value(id)) + '"'; }
    QString idOf(const QByteArray &record) const
    {
        return QJsonDocument::fromJson(record).object().value(member).toVariant().toString();
    }

    WebReply answer(const WebRequest &request)
    {
        const std::scoped_lock lock(m_mutex);
        std::optional<WebReply> instead = m_before ? m_before(request) : std::nullopt;
        WebReply reply = instead ? *instead : served(request);
        if (request.method != "GET")
            m_writes << Write{request.method,
                              request.path,
                              request.headers.value("idempotency-key"),
                              request.headers.value("if-match"),
                              request.body,
                              instead ? 0 : reply.status};
        if (m_after && !instead)
            m_after(request, reply);
        return reply;
    }

    WebReply served(const WebRequest &request)
    {
        const QString id = request.path.section(u'/', 2);
        if (id.isEmpty() && request.method == "GET")
            return {200, "{\"data\":[" + m_records.values().join(',') + "]}"};
        const QByteArray sent = m_alter && !request.body.isEmpty() ? m_alter(request.body) : request.body;
        if (id.isEmpty() && request.method == "POST") {
            const QString fresh = idOf(sent);
            if (m_records.contains(fresh))
                return {409, "{\"error\":\"it is there\"}"};
            store(fresh, sent);
            return said(201, fresh);
        }
        const QByteArray ifMatch = request.headers.value("if-match");
        const bool isThere = m_records.contains(id);
        if (request.method == "PUT" && request.headers.contains("if-none-match")) {
            if (isThere)
                return {412, "{}"};
            store(id, sent);
            return said(201, id);
        }
        if (!isThere)
            return {404, "{}"};
        if (!ifMatch.isEmpty() && ifMatch != tag(id))
            return {412, "{}"};
        if (request.method == "DELETE") {
            m_records.remove(id);
            return {204, {}};
        }
        if (request.method == "PUT") {
            store(id, sent);
        } else if (request.method == "PATCH") {
            QJsonObject now = QJsonDocument::fromJson(m_records[id]).object();
            const QJsonObject patch = QJsonDocument::fromJson(sent).object();
            for (auto it = patch.begin(); it != patch.end(); ++it)
                now[it.key()] = it.value();
            store(id, QJsonDocument(now).toJson(QJsonDocument::Compact));
        }
        return said(200, id);
    }

    WebReply said(int status, const QString &id) const
    {
        WebReply reply{status, m_records.value(id)};
        if (givesTags)
            reply.headers["ETag"] = tag(id);
        return reply;
    }

    std::mutex m_mutex;
    QMap<QString, QByteArray> m_records;
    QHash<QString, int> m_versions;
    QList<Write> m_writes;
    Before m_before;
    After m_after;
    std::function<QByteArray(QByteArray)> m_alter;

public:
    WebService web; // ends first: its thread uses all of the above
};

} // namespace tidemark
