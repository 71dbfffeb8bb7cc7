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

// namesRecord: the path is that of one record, so that all of the key has its place there.
HttpVerb readVerb(const JsonNode &node, const QStringList &methods, const QStringList &key, bool namesRecord)
{
    HttpVerb verb;
    const QString text = node.text();
    verb.method = text.section(u' ', 0, 0);
    verb.path = text.section(u' ', 1);
    if (!node.isString())
        return verb;
    const QStringList names = placeholdersOf(verb.path);
    bool isSound = methods.contains(verb.method) && isHttpPath(QString(verb.path).replace(placeholder(), u"x"_s));
    for (const QString &name : names)
        isSound = isSound && key.contains(name);
    for (const QString &name : key)
        isSound = isSound && (names.contains(name) || !(namesRecord || verb.method == "PUT"_L1));
    if (!isSound)
        node.wrongValue(u"http-verb"_s);
    return verb;
}

} // namespace

QString readJsonPointer(const JsonNode &node)
{
    static const QRegularExpression form(u"^(?:/(?:[^~/]|~[01])*)*$"_s);
    const QString text = node.string();
    if (node.isString() && !form.match(text).hasMatch())
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
        write.insert = readVerb(*insert, {u"POST"_s, u"PUT"_s}, key, false);
    if (const auto update = object.findSet("update"_L1))
        write.update = readVerb(*update, {u"PUT"_s, u"PATCH"_s}, key, true);
    if (const auto remove = object.findSet("delete"_L1))
        write.remove = readVerb(*remove, {u"DELETE"_s}, key, true);
    if (const auto record = object.findSet("record"_L1))
        write.record = readJsonPointer(*record);
    return write;
}

} // namespace tidemark
