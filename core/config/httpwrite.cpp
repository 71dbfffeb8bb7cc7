// SPDX-License-Identifier: GPL-3.0-or-later
// How the records of a resource are written, as its connection's file says.
#include <QRegularExpression>
#include <QUrl>

#include "core/config/httpreader.h"

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

const QRegularExpression &placeholder()
{
    static const QRegularExpression braces(u"\\{([^{}/]*)\\}"_s);
    return braces;
}

QStringList placeholdersOf(const QString &path)
{
    QStringList names;
    for (auto found = placeholder().globalMatch(path); found.hasNext();)
        names += found.next().captured(1);
    return names;
}

HttpVerb readVerb(const JsonNode &node, HttpChange change, const QStringList &key)
{
    HttpVerb verb;
    const QString text = node.text();
    verb.method = text.section(u' ', 0, 0);
    verb.path = text.section(u' ', 1);
    if (node.isString() && !httpVerbFault(verb, change, key).isEmpty())
        node.wrongValue(u"http-verb"_s);
    return verb;
}

} // namespace

QStringList httpMethods(HttpChange change)
{
    switch (change) {
    case HttpChange::Insert:
        return {u"POST"_s, u"PUT"_s};
    case HttpChange::Update:
        return {u"PUT"_s, u"PATCH"_s};
    case HttpChange::Delete:
        break;
    }
    return {u"DELETE"_s};
}

QString httpVerbFault(const HttpVerb &verb, HttpChange change, const QStringList &key)
{
    if (!httpMethods(change).contains(verb.method))
        return u"method"_s;
    if (!isHttpPath(QString(verb.path).replace(placeholder(), u"x"_s)))
        return u"path"_s;
    const QStringList names = placeholdersOf(verb.path);
    for (const QString &name : names) {
        if (!key.contains(name))
            return u"unknown:"_s + name;
    }
    // The path of one record: all of the key has its place there.
    const bool namesRecord = change != HttpChange::Insert || verb.method == "PUT"_L1;
    for (const QString &name : key) {
        if (namesRecord && !names.contains(name))
            return u"missing:"_s + name;
    }
    return {};
}

bool isJsonPointer(const QString &text)
{
    static const QRegularExpression form(u"^(?:/(?:[^~/]|~[01])*)*$"_s);
    return form.match(text).hasMatch();
}

QString readJsonPointer(const JsonNode &node)
{
    const QString text = node.string();
    if (node.isString() && !isJsonPointer(text))
        node.wrongValue(u"json-pointer"_s);
    return text;
}

bool isHttpPath(const QString &path)
{
    const QUrl url = QUrl(path, QUrl::StrictMode);
    return path.startsWith(u'/') && !path.startsWith("//"_L1) && url.isValid() && !url.hasQuery() && !url.hasFragment()
        && !path.contains("/.."_L1);
}

HttpWrite readHttpWrite(const JsonNode &node, const QStringList &key)
{
    HttpWrite write;
    const JsonObjectNode object = node.object({"insert"_L1, "update"_L1, "delete"_L1, "record"_L1});
    if (!node.isObject())
        return write;
    if (key.isEmpty()) { // which a path names
        node.fault(ErrorCode::WrongValue, u"http-write-key"_s, false);
        return write;
    }
    if (const auto insert = object.findSet("insert"_L1))
        write.insert = readVerb(*insert, HttpChange::Insert, key);
    if (const auto update = object.findSet("update"_L1))
        write.update = readVerb(*update, HttpChange::Update, key);
    if (const auto remove = object.findSet("delete"_L1))
        write.remove = readVerb(*remove, HttpChange::Delete, key);
    if (const auto record = object.findSet("record"_L1))
        write.record = readJsonPointer(*record);
    return write;
}

} // namespace tidemark
