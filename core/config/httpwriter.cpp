// SPDX-License-Identifier: GPL-3.0-or-later
#include <QJsonArray>

#include "core/base/units.h"
#include "core/config/httpsettings.h"

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

QJsonObject objectOf(const QList<std::pair<QString, QString>> &pairs)
{
    QJsonObject object;
    for (const auto &[key, value] : pairs)
        object.insert(key, value);
    return object;
}

QString wordOf(HttpPaging::By by)
{
    switch (by) {
    case HttpPaging::By::None:
        break;
    case HttpPaging::By::Page:
        return u"page"_s;
    case HttpPaging::By::Offset:
        return u"offset"_s;
    case HttpPaging::By::Cursor:
        return u"cursor"_s;
    case HttpPaging::By::NextLink:
        return u"next-link"_s;
    }
    return u"none"_s;
}

QJsonObject pagingToJson(const HttpPaging &paging)
{
    QJsonObject object{{u"by"_s, wordOf(paging.by)}};
    const std::pair<QLatin1StringView, const QString &> texts[]{{"param"_L1, paging.param},
                                                                {"sizeParam"_L1, paging.sizeParam},
                                                                {"next"_L1, paging.next},
                                                                {"total"_L1, paging.total}};
    for (const auto &[key, text] : texts) {
        if (!text.isEmpty())
            object.insert(key, text);
    }
    if (paging.size > 0)
        object.insert("size"_L1, paging.size);
    if (paging.first != HttpPaging().first)
        object.insert("first"_L1, paging.first);
    return object;
}

QJsonObject columnsToJson(const QList<HttpColumn> &columns)
{
    QJsonObject object;
    for (const HttpColumn &column : columns) {
        if (column.from.isEmpty())
            object.insert(column.name, column.type);
        else
            object.insert(column.name, QJsonObject{{u"type"_s, column.type}, {u"from"_s, column.from}});
    }
    return object;
}

QJsonObject writeToJson(const HttpWrite &write)
{
    QJsonObject object;
    const std::pair<QLatin1StringView, const std::optional<HttpVerb> &> verbs[]{
        {"insert"_L1, write.insert}, {"update"_L1, write.update}, {"delete"_L1, write.remove}};
    for (const auto &[key, verb] : verbs) {
        if (verb)
            object.insert(key, QString(verb->method + u' ' + verb->path));
    }
    if (!write.record.isEmpty())
        object.insert("record"_L1, write.record);
    return object;
}

QJsonObject resourceToJson(const HttpResource &resource)
{
    QJsonObject object{{u"path"_s, resource.path}};
    if (!resource.records.isEmpty())
        object.insert("records"_L1, resource.records);
    if (!resource.key.isEmpty())
        object.insert("key"_L1, QJsonArray::fromStringList(resource.key));
    if (resource.columns)
        object.insert("columns"_L1, columnsToJson(*resource.columns));
    if (resource.since)
        object.insert("since"_L1,
                      QJsonObject{{u"param"_s, resource.since->param}, {u"field"_s, resource.since->field}});
    if (resource.paging != HttpPaging())
        object.insert("paging"_L1, pagingToJson(resource.paging));
    if (resource.write)
        object.insert("write"_L1, writeToJson(*resource.write));
    if (!resource.query.isEmpty())
        object.insert("query"_L1, objectOf(resource.query));
    return object;
}

QJsonObject limitsToJson(const HttpLimits &limits)
{
    const HttpLimits usual;
    QJsonObject object;
    if (limits.bodyBytes != usual.bodyBytes)
        object.insert("body"_L1, formatSize(limits.bodyBytes));
    const std::tuple<QLatin1StringView, int, int> counts[]{{"depth"_L1, limits.depth, usual.depth},
                                                           {"redirects"_L1, limits.redirects, usual.redirects},
                                                           {"retries"_L1, limits.retries, usual.retries}};
    for (const auto &[key, value, standard] : counts) {
        if (value != standard)
            object.insert(key, value);
    }
    const std::tuple<QLatin1StringView, qint64, qint64> times[]{
        {"request"_L1, limits.requestMs, usual.requestMs},
        {"read"_L1, limits.readMs, usual.readMs},
        {"retryDelay"_L1, limits.retryDelayMs, usual.retryDelayMs},
        {"wait"_L1, limits.waitMs, usual.waitMs}};
    for (const auto &[key, value, standard] : times) {
        if (value != standard)
            object.insert(key, formatDuration(value));
    }
    return object;
}

} // namespace

QJsonObject httpToJson(const HttpSettings &settings)
{
    QJsonObject resources;
    for (const HttpResource &resource : settings.resources)
        resources.insert(resource.name, resourceToJson(resource));
    QJsonObject object{{u"url"_s, settings.url}, {u"resources"_s, resources}};
    if (settings.clearText)
        object.insert("clearText"_L1, true);
    if (!settings.headers.isEmpty())
        object.insert("headers"_L1, objectOf(settings.headers));
    if (settings.inFlight != HttpSettings().inFlight)
        object.insert("inFlight"_L1, settings.inFlight);
    if (const QJsonObject limits = limitsToJson(settings.limits); !limits.isEmpty())
        object.insert("limits"_L1, limits);
    return object;
}

} // namespace tidemark
