// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/blockingcall.h"
#include "core/config/workspace.h"

#include <QDir>
#include <QFileInfo>
#include <QLockFile>
#include <QStandardPaths>

#include "core/config/connectionreader.h"
#include "core/config/jsontext.h"
#include "core/config/workspacelock.h"

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

constexpr auto onlyOwner = QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner;

Result<void> makeFolder(const QString &folder)
{
    if (QFileInfo(folder).isDir())
        return {};
    QDir().mkpath(QFileInfo(folder).absolutePath());
    if (QDir().mkdir(folder, onlyOwner) || QFileInfo(folder).isDir())
        return {};
    return fail(Error{ErrorCode::FileUnwritable, {}, {}}.with(Fact::File, folder));
}

QString connectionsFile(const QString &folder) { return folder + "/connections.json"_L1; }

// The list as it stands, so that saving one connection leaves the words of the others.
Result<QJsonArray> readList(const QString &file)
{
    if (!QFileInfo::exists(file))
        return QJsonArray();
    TRY_ASSIGN(const QJsonObject json, readJsonFile(file));
    JsonReader reader(file);
    const JsonNode root(reader, json, {});
    if (const auto version = JsonObjectNode(root).require("tidemark"_L1, u"1"_s);
        version && version->integer(1, 1 << 30) > 1)
        version->fault(ErrorCode::WorkspaceNewer, u"1"_s);
    const JsonObjectNode object = root.object({"tidemark"_L1, "connections"_L1});
    if (const auto list = object.require("connections"_L1, u"array"_s))
        list->array(u"array"_s);
    if (reader.failed())
        return fail(*reader.error());
    return json.value("connections"_L1).toArray();
}

Result<QList<ConnectionSettings>> parseList(const QJsonArray &list, const QString &file)
{
    JsonReader reader(file);
    QList<ConnectionSettings> connections;
    const QList<JsonNode> nodes = JsonNode(reader, list, u"connections"_s).array(u"array"_s);
    for (const JsonNode &node : nodes) {
        const ConnectionSettings settings = readConnection(node, QFileInfo(file).absolutePath());
        if (settings.name.isEmpty())
            JsonObjectNode(node).missing("name"_L1, u"string"_s);
        for (const ConnectionSettings &earlier : connections) {
            if (earlier.name == settings.name)
                JsonObjectNode(node).at("name"_L1).fault(ErrorCode::DuplicateName);
        }
        connections.append(settings);
    }
    if (reader.failed())
        return fail(*reader.error());
    return connections;
}

Result<void> writeList(const QString &file, const QJsonArray &list)
{
    return replaceFile(file, jsonText({{u"tidemark"_s, 1}, {u"connections"_s, list}}), true);
}

} // namespace

Result<std::unique_ptr<QLockFile>> lockFile(const QString &file)
{
    auto lock = std::make_unique<QLockFile>(file + ".lock"_L1);
    if (lock->tryLock(5000))
        return lock;
    const auto code = lock->error() == QLockFile::LockFailedError ? ErrorCode::LockTimeout : ErrorCode::FileUnwritable;
    return fail(Error{code, {}, {}}.with(Fact::File, file));
}

QString Workspace::defaultFolder()
{
    const QString named = qEnvironmentVariable("TIDEMARK_WORKSPACE");
    return named.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + "/tidemark"_L1
                           : named;
}

Result<Workspace> Workspace::open(const QString &folder)
{
    const BlockingCall call("opening a workspace");
    const QString path = QDir::cleanPath(QDir().absoluteFilePath(folder.isEmpty() ? defaultFolder() : folder));
    TRY(makeFolder(path));
    TRY(makeFolder(path + "/jobs"_L1));
    TRY(makeFolder(path + "/plans"_L1));
    return Workspace(path);
}

QString Workspace::journalFile() const { return m_folder + "/journal.db"_L1; }
QString Workspace::plansFolder() const { return m_folder + "/plans"_L1; }
QString Workspace::pagesFolder() const { return m_folder + "/pages"_L1; }

Result<QList<ConnectionSettings>> Workspace::connections() const
{
    const QString file = connectionsFile(m_folder);
    TRY_ASSIGN(const QJsonArray list, readList(file));
    return parseList(list, file);
}

Result<ConnectionSettings> Workspace::connection(const QString &name) const
{
    TRY_ASSIGN(const QList<ConnectionSettings> all, connections());
    QStringList names;
    for (const ConnectionSettings &settings : all) {
        if (settings.name == name)
            return settings;
        names.append(settings.name);
    }
    Error error{ErrorCode::NoSuchConnection, {}, {}};
    error.with(Fact::Connection, name);
    if (const QString near = nearest(name, names); !near.isEmpty())
        error.with(Fact::Expected, near);
    return fail(std::move(error));
}

Result<void> Workspace::saveConnection(const ConnectionSettings &settings, const QString &replacedName) const
{
    const QString file = connectionsFile(m_folder);
    TRY_ASSIGN(const auto lock, lockFile(file));
    TRY_ASSIGN(QJsonArray list, readList(file));
    TRY_ASSIGN(const QList<ConnectionSettings> all, parseList(list, file));
    const QJsonObject object = connectionToJson(settings);
    TRY(parseList({object}, {}));
    qsizetype place = -1;
    for (qsizetype i = 0; i < all.size(); ++i) {
        if (all[i].name == (replacedName.isEmpty() ? settings.name : replacedName))
            place = i;
        if (all[i].name == settings.name && settings.name != replacedName)
            return fail(Error{ErrorCode::DuplicateName, {}, {}}.with(Fact::Connection, settings.name));
    }
    if (!replacedName.isEmpty() && place < 0)
        return fail(Error{ErrorCode::NoSuchConnection, {}, {}}.with(Fact::Connection, replacedName));
    if (!replacedName.isEmpty() && replacedName != settings.name)
        TRY(refuseUsed(replacedName));
    if (place < 0)
        list.append(object);
    else
        list[place] = object;
    return writeList(file, list);
}

Result<void> Workspace::removeConnection(const QString &name) const
{
    const QString file = connectionsFile(m_folder);
    TRY_ASSIGN(const auto lock, lockFile(file));
    TRY_ASSIGN(QJsonArray list, readList(file));
    TRY_ASSIGN(const QList<ConnectionSettings> all, parseList(list, file));
    for (qsizetype i = 0; i < all.size(); ++i) {
        if (all[i].name != name)
            continue;
        TRY(refuseUsed(name));
        list.removeAt(i);
        return writeList(file, list);
    }
    return fail(Error{ErrorCode::NoSuchConnection, {}, {}}.with(Fact::Connection, name));
}

} // namespace tidemark
