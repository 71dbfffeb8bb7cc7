// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/httpreader.h"

#include <QRegularExpression>
#include <QUrl>

#include "core/config/connectionreader.h"
#include "core/config/jsonscanner.h"

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

constexpr JsonChoice<HttpPaging::By> ways[]{{"none"_L1, HttpPaging::By::None},
                                            {"page"_L1, HttpPaging::By::Page},
                                            {"offset"_L1, HttpPaging::By::Offset},
                                            {"cursor"_L1, HttpPaging::By::Cursor},
                                            {"next-link"_L1, HttpPaging::By::NextLink}};
constexpr qint64 longestMs = 24 * 3'600'000;
constexpr qint64 mostRecordsAPage = 1'000'000;

QString pointer(const JsonNode &node) { return readJsonPointer(node); }

QString headerName(const JsonNode &node, const QString &name, bool isOfSecret)
{
    const QString fault = httpHeaderFault(name, isOfSecret);
    if (fault == "password-in-clear"_L1)
        node.fault(ErrorCode::PasswordInClear, {}, false);
    else if (!fault.isEmpty())
        node.wrongValue(fault);
    return name;
}

QList<std::pair<QString, QString>> pairs(const JsonNode &node, bool areHeaders)
{
    QList<std::pair<QString, QString>> result;
    if (!node.isObject()) {
        node.wrongType(u"object"_s);
        return result;
    }
    const QJsonObject object = node.value().toObject();
    for (auto member = object.begin(); member != object.end(); ++member) {
        const JsonNode value(node.reader(), member.value(), jsonPath(node.path(), member.key()));
        if (areHeaders)
            headerName(value, member.key(), false);
        result.append({member.key(), value.text()});
    }
    return result;
}

void readAuth(const JsonNode &node, const QString &folder, ConnectionSettings &settings, HttpAuth &auth)
{
    const JsonObjectNode object = node.object({"basic"_L1, "bearer"_L1, "header"_L1});
    if (!node.isObject())
        return;
    if (node.value().toObject().size() != 1)
        return node.fault(ErrorCode::WrongValue, uR"({"basic": …} | {"bearer": …} | {"header": …})"_s, false);
    if (const auto bearer = object.find("bearer"_L1)) {
        auth.kind = HttpAuth::Kind::Bearer;
        settings.password = readPasswordSource(*bearer, folder);
    }
    if (const auto basic = object.find("basic"_L1)) {
        auth.kind = HttpAuth::Kind::Basic;
        const JsonObjectNode parts = basic->object({"user"_L1, "password"_L1});
        if (const auto user = parts.require("user"_L1, u"string"_s)) {
            settings.user = user->text();
            if (settings.user.contains(u':'))
                user->wrongValue(u"user-without-colon"_s);
        }
        if (const auto password = parts.require("password"_L1, u"object"_s))
            settings.password = readPasswordSource(*password, folder);
    }
    if (const auto header = object.find("header"_L1)) {
        auth.kind = HttpAuth::Kind::Header;
        const JsonObjectNode parts = header->object({"name"_L1, "value"_L1});
        if (const auto name = parts.require("name"_L1, u"string"_s))
            auth.header = headerName(*name, name->text(), true);
        if (const auto value = parts.require("value"_L1, u"object"_s))
            settings.password = readPasswordSource(*value, folder);
    }
}

HttpColumn readColumn(const JsonNode &node, const QString &name)
{
    HttpColumn column;
    column.name = name;
    JsonNode type = node;
    if (node.isObject()) {
        const JsonObjectNode object = node.object({"type"_L1, "from"_L1});
        if (const auto given = object.require("type"_L1, u"string"_s))
            type = *given;
        if (const auto from = object.findSet("from"_L1))
            column.from = pointer(*from);
    } else if (!node.isString()) {
        node.wrongType(u"string | object"_s);
        return column;
    }
    column.type = type.text();
    if (type.isString() && !httpColumnType(column.type))
        type.wrongValue(u"column-type"_s);
    return column;
}

// Which keys each way has.
void checkPagingKeys(const JsonObjectNode &object, const HttpPaging &paging)
{
    using By = HttpPaging::By;
    const bool counts = paging.by == By::Page || paging.by == By::Offset;
    const bool follows = paging.by == By::Cursor || paging.by == By::NextLink;
    const std::pair<QLatin1StringView, bool> keys[]{{"param"_L1, counts || paging.by == By::Cursor},
                                                    {"size"_L1, paging.by != By::None},
                                                    {"sizeParam"_L1, paging.by != By::None},
                                                    {"first"_L1, paging.by == By::Page},
                                                    {"next"_L1, follows},
                                                    {"total"_L1, true}};
    for (const auto &[key, fits] : keys) {
        if (!fits && object.findSet(key))
            object.at(key).fault(ErrorCode::WrongValue, u"null"_s, false);
    }
    if (counts || paging.by == By::Cursor)
        object.require("param"_L1, u"string"_s);
    if (paging.by == By::Cursor)
        object.require("next"_L1, u"json-pointer"_s);
    if (!paging.sizeParam.isEmpty() && paging.size == 0)
        object.require("size"_L1, u"integer"_s);
}

HttpPaging readPaging(const JsonNode &node)
{
    HttpPaging paging;
    const JsonObjectNode object =
        node.object({"by"_L1, "param"_L1, "size"_L1, "sizeParam"_L1, "first"_L1, "next"_L1, "total"_L1});
    if (!node.isObject())
        return paging;
    if (const auto by = object.require("by"_L1, u"string"_s))
        paging.by = by->choice(ways);
    if (const auto param = object.findSet("param"_L1))
        paging.param = param->text();
    if (const auto param = object.findSet("sizeParam"_L1))
        paging.sizeParam = param->text();
    if (const auto size = object.findSet("size"_L1))
        paging.size = size->integer(1, mostRecordsAPage);
    if (const auto first = object.findSet("first"_L1))
        paging.first = first->integer(0, 1);
    if (const auto next = object.findSet("next"_L1)) {
        next->text();
        paging.next = pointer(*next);
    }
    if (const auto total = object.findSet("total"_L1))
        paging.total = total->text().startsWith(u'/') ? pointer(*total) : headerName(*total, total->text(), true);
    checkPagingKeys(object, paging);
    return paging;
}

QString readPath(const JsonNode &node)
{
    const QString path = node.text();
    if (node.isString() && !isHttpPath(path))
        node.wrongValue(u"http-path"_s);
    return path;
}

void readColumns(const JsonNode &node, HttpResource &resource)
{
    if (!node.isObject())
        return node.wrongType(u"object"_s);
    const QJsonObject columns = node.value().toObject();
    if (columns.isEmpty())
        node.wrongValue(u"non-empty"_s);
    resource.columns.emplace();
    for (auto member = columns.begin(); member != columns.end(); ++member) {
        const JsonNode column(node.reader(), member.value(), jsonPath(node.path(), member.key()));
        resource.columns->append(readColumn(column, member.key()));
    }
}

// Where the columns are named, key and `since` are among them.
void checkColumns(const JsonObjectNode &object, const HttpResource &resource)
{
    if (!resource.columns)
        return;
    const auto isThere = [&](const QString &name) {
        for (const HttpColumn &column : *resource.columns) {
            if (column.name == name)
                return true;
        }
        return false;
    };
    for (const QString &name : resource.key) {
        if (!isThere(name))
            object.at("key"_L1).wrongValue(u"column"_s);
    }
    if (resource.since && !isThere(resource.since->field))
        object.at("since"_L1).fault(ErrorCode::WrongValue, u"column"_s, false);
}

HttpResource readResource(const JsonNode &node, const QString &name)
{
    HttpResource resource;
    resource.name = name;
    const JsonObjectNode object =
        node.object({"path"_L1, "records"_L1, "key"_L1, "columns"_L1, "since"_L1, "paging"_L1, "query"_L1, "write"_L1});
    if (!node.isObject())
        return resource;
    if (const auto path = object.require("path"_L1, u"string"_s))
        resource.path = readPath(*path);
    if (const auto records = object.findSet("records"_L1))
        resource.records = pointer(*records);
    if (const auto key = object.findSet("key"_L1))
        resource.key = key->texts();
    if (const auto columns = object.findSet("columns"_L1))
        readColumns(*columns, resource);
    if (const auto since = object.findSet("since"_L1)) {
        const JsonObjectNode parts = since->object({"param"_L1, "field"_L1});
        resource.since.emplace();
        if (const auto param = parts.require("param"_L1, u"string"_s))
            resource.since->param = param->text();
        if (const auto field = parts.require("field"_L1, u"string"_s))
            resource.since->field = field->text();
    }
    if (const auto paging = object.findSet("paging"_L1))
        resource.paging = readPaging(*paging);
    if (const auto query = object.findSet("query"_L1))
        resource.query = pairs(*query, false);
    checkColumns(object, resource);
    if (const auto write = object.findSet("write"_L1))
        resource.write = readHttpWrite(*write, resource.key);
    return resource;
}

HttpLimits readLimits(const JsonNode &node)
{
    HttpLimits limits;
    const JsonObjectNode object = node.object(
        {"body"_L1, "depth"_L1, "redirects"_L1, "request"_L1, "read"_L1, "retries"_L1, "retryDelay"_L1, "wait"_L1});
    if (const auto body = object.findSet("body"_L1))
        limits.bodyBytes = body->size(1 << 10, 1 << 30);
    const std::tuple<QLatin1StringView, int *, int, int> counts[]{{"depth"_L1, &limits.depth, 1, 1000},
                                                                  {"redirects"_L1, &limits.redirects, 0, 20},
                                                                  {"retries"_L1, &limits.retries, 0, 100}};
    for (const auto &[key, value, least, most] : counts) {
        if (const auto count = object.findSet(key))
            *value = int(count->integer(least, most));
    }
    const std::pair<QLatin1StringView, qint64 *> times[]{{"request"_L1, &limits.requestMs},
                                                         {"read"_L1, &limits.readMs},
                                                         {"retryDelay"_L1, &limits.retryDelayMs},
                                                         {"wait"_L1, &limits.waitMs}};
    for (const auto &[key, value] : times) {
        if (const auto time = object.findSet(key))
            *value = time->durationMs(1, longestMs);
    }
    return limits;
}

void readResources(const JsonNode &node, HttpSettings &http)
{
    if (!node.isObject())
        return node.wrongType(u"object"_s);
    const QJsonObject resources = node.value().toObject();
    if (resources.isEmpty())
        node.wrongValue(u"non-empty"_s);
    for (auto member = resources.begin(); member != resources.end(); ++member) {
        const JsonNode resource(node.reader(), member.value(), jsonPath(node.path(), member.key()));
        if (member.key().isEmpty() || member.key().startsWith("tidemark_"_L1))
            resource.fault(ErrorCode::WrongValue, u"table-name"_s, false);
        http.resources.append(readResource(resource, member.key()));
    }
}

void readUrl(const JsonNode &node, ConnectionSettings &settings, HttpSettings &http)
{
    QString text = node.text();
    const QUrl url(text, QUrl::StrictMode);
    if (!url.userInfo().isEmpty())
        return node.fault(ErrorCode::PasswordInClear, {}, false);
    if (const QString fault = httpUrlFault(text, http.clearText, settings.password.kind != PasswordSource::Kind::None);
        node.isString() && !fault.isEmpty())
        node.wrongValue(fault);
    while (text.endsWith(u'/'))
        text.chop(1);
    http.url = text;
    settings.host = url.host();
    settings.port = std::max(0, url.port(0));
}

} // namespace

// By RFC 9110.
QString httpHeaderFault(const QString &name, bool isOfSecret)
{
    static const QRegularExpression token(u"^[A-Za-z0-9!#$%&'*+.^_`|~-]+$"_s);
    static const QStringList ours{
        u"host"_s,        u"connection"_s,    u"content-length"_s,    u"transfer-encoding"_s, u"accept-encoding"_s,
        u"range"_s,       u"if-none-match"_s, u"if-modified-since"_s, u"if-match"_s,          u"idempotency-key"_s,
        u"content-type"_s};
    static const QStringList secret{u"authorization"_s, u"proxy-authorization"_s, u"cookie"_s};
    const QString lower = name.toLower();
    if (!token.match(name).hasMatch() || ours.contains(lower))
        return u"http-header"_s;
    return !isOfSecret && secret.contains(lower) ? u"password-in-clear"_s : QString();
}

QString httpUrlFault(const QString &text, bool clearText, bool hasSecret)
{
    const QUrl url(text, QUrl::StrictMode);
    const bool isClear = url.scheme() == "http"_L1;
    if (!url.isValid() || (!isClear && url.scheme() != "https"_L1) || url.host().isEmpty() || url.hasQuery()
        || url.hasFragment() || !url.userInfo().isEmpty())
        return u"http-url"_s;
    ConnectionSettings there;
    there.host = url.host();
    if (!isClear || there.isNear())
        return {};
    if (hasSecret)
        return u"https-for-secrets"_s;
    return clearText ? QString() : u"https-or-clear-text"_s;
}

void readHttp(const JsonObjectNode &object, const QString &folder, ConnectionSettings &settings)
{
    auto http = std::make_shared<HttpSettings>();
    if (const auto clearText = object.findSet("clearText"_L1))
        http->clearText = clearText->boolean();
    if (const auto auth = object.findSet("auth"_L1))
        readAuth(*auth, folder, settings, http->auth);
    if (const auto url = object.require("url"_L1, u"string"_s))
        readUrl(*url, settings, *http);
    if (const auto headers = object.findSet("headers"_L1))
        http->headers = pairs(*headers, true);
    if (const auto resources = object.require("resources"_L1, u"object"_s))
        readResources(*resources, *http);
    if (const auto limits = object.findSet("limits"_L1))
        http->limits = readLimits(*limits);
    if (const auto inFlight = object.findSet("inFlight"_L1))
        http->inFlight = int(inFlight->integer(1, 64));
    if (const auto tls = object.findSet("tls"_L1)) {
        if (settings.tls.mode && *settings.tls.mode != TlsMode::VerifyFull)
            tls->wrongValue(alternatives({u"verify-full"_s}));
    }
    settings.http = std::move(http);
}

} // namespace tidemark
