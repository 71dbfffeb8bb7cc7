// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QUrl>
#include <QUuid>

#include "core/base/blockingcall.h"
#include "core/config/jsonreader.h"
#include "core/config/jsontext.h"
#include "core/config/workspace.h"
#include "core/config/workspacelock.h"

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestFileName = 240;

// Percent-encoded, a leading dot too: the file is neither hidden nor a way out of the folder.
QString encoded(const QString &name)
{
    QString text = QString::fromLatin1(QUrl::toPercentEncoding(name));
    if (text.startsWith(u'.'))
        text.replace(0, 1, "%2E"_L1);
    return text;
}

QString newId() { return QUuid::createUuid().toString(QUuid::WithoutBraces); }

Error noSuchJob(const QString &name, const QList<Workspace::JobEntry> &jobs)
{
    QStringList names;
    for (const Workspace::JobEntry &entry : jobs)
        names.append(entry.name);
    Error error{ErrorCode::NoSuchJob, {}, {}};
    error.with(Fact::Job, name);
    if (const QString near = nearest(name, names); !near.isEmpty())
        error.with(Fact::Expected, near);
    return error;
}

Result<void> checkName(const QString &name)
{
    JsonReader reader(QString{});
    const JsonNode node(reader, name, u"name"_s);
    node.text();
    if (encoded(name).size() > longestFileName)
        node.wrongValue(u"short-name"_s);
    if (reader.failed())
        return fail(*reader.error());
    return {};
}

} // namespace

QString Workspace::jobFile(const QString &name) const { return m_folder + "/jobs/"_L1 + encoded(name) + ".json"_L1; }

Result<QList<Workspace::JobEntry>> Workspace::jobs() const
{
    const BlockingCall call("listing the jobs of a workspace");
    QList<JobEntry> entries;
    const QFileInfoList files = QDir(m_folder + "/jobs"_L1).entryInfoList({u"*.json"_s}, QDir::Files | QDir::Hidden);
    for (const QFileInfo &info : files)
        entries.append({QUrl::fromPercentEncoding(info.completeBaseName().toUtf8()), info.absoluteFilePath()});
    std::sort(entries.begin(), entries.end(),
              [](const JobEntry &a, const JobEntry &b) { return a.name.localeAwareCompare(b.name) < 0; });
    return entries;
}

Result<JobSettings> Workspace::job(const QString &nameOrFile) const
{
    if (nameOrFile.isEmpty())
        return fail(noSuchJob(nameOrFile, {}));
    TRY_ASSIGN(const QList<JobEntry> entries, jobs());
    for (const JobEntry &entry : entries) {
        if (entry.name != nameOrFile)
            continue;
        TRY_ASSIGN(JobSettings found, readJobFile(entry.file, *this));
        if (found.name == entry.name)
            return found;
        return fail(Error{ErrorCode::WrongValue, {}, {}}
                        .with(Fact::File, entry.file)
                        .with(Fact::JsonPath, u"name"_s)
                        .with(Fact::Expected, quoted(entry.name))
                        .with(Fact::Found, quoted(found.name)));
    }
    const bool looksLikeFile = nameOrFile.contains(u'/') || nameOrFile.endsWith(".json"_L1);
    if (!looksLikeFile && !QFileInfo::exists(nameOrFile))
        return fail(noSuchJob(nameOrFile, entries));
    return readJobFile(QFileInfo(nameOrFile).absoluteFilePath(), *this);
}

Result<void> Workspace::refuseUsed(const QString &connection) const
{
    TRY_ASSIGN(const QList<JobEntry> entries, jobs());
    for (const JobEntry &entry : entries) {
        const auto json = readJsonFile(entry.file);
        if (!json) // a damaged job names nothing
            continue;
        if (json->value("source"_L1) != connection && json->value("target"_L1) != connection)
            continue;
        return fail(Error{ErrorCode::Usage, {}, {}}.with(Fact::Connection, connection).with(Fact::Job, entry.name));
    }
    return {};
}

Result<void> Workspace::saveJob(const QJsonObject &job, const QString &replacedName) const
{
    const QString name = job.value("name"_L1).toString();
    const QString file = jobFile(name);
    QJsonObject complete = job;
    if (!complete.contains("id"_L1))
        complete.insert("id"_L1, newId());
    TRY(jobFromJson(complete, file, *this));
    TRY(checkName(name));
    TRY_ASSIGN(const auto lock, lockFile(m_folder + "/jobs/jobs"_L1));
    if (name != replacedName && QFileInfo::exists(file))
        return fail(Error{ErrorCode::DuplicateName, {}, {}}.with(Fact::Job, name));
    TRY(replaceFile(file, jsonText(complete), true));
    if (!replacedName.isEmpty() && replacedName != name)
        QFile::remove(jobFile(replacedName));
    return {};
}

Result<void> Workspace::removeJob(const QString &name) const
{
    TRY_ASSIGN(const QList<JobEntry> entries, jobs());
    for (const JobEntry &entry : entries) {
        if (entry.name != name)
            continue;
        QFile file(entry.file);
        if (file.remove())
            return {};
        return fail(Error{ErrorCode::FileUnwritable, {}, file.errorString()}.with(Fact::File, entry.file));
    }
    return fail(noSuchJob(name, entries));
}

Result<JobSettings> Workspace::importJob(const QString &file) const
{
    const QString path = QFileInfo(file).absoluteFilePath();
    TRY_ASSIGN(QJsonObject json, readJsonFile(path));
    TRY_ASSIGN(const JobSettings read, jobFromJson(json, path, *this));
    // Paths were relative to the file's folder, which is not the workspace's.
    if (json.value("source"_L1).isObject())
        json.insert("source"_L1, connectionToJson(read.source));
    if (json.value("target"_L1).isObject())
        json.insert("target"_L1, connectionToJson(read.target));
    // The id names a job's state: one workspace, one job an id.
    TRY_ASSIGN(const QList<JobEntry> entries, jobs());
    for (const JobEntry &entry : entries) {
        const auto other = readJsonFile(entry.file);
        if (other && !read.id.isEmpty() && other->value("id"_L1).toString().toLower() == read.id)
            json.insert("id"_L1, newId());
    }
    TRY(saveJob(json));
    return readJobFile(jobFile(read.name), *this);
}

Result<QString> ensureJobId(const QString &file)
{
    TRY_ASSIGN(const QJsonObject before, readJsonFile(file));
    if (before.contains("id"_L1))
        return before.value("id"_L1).toString().toLower();
    TRY_ASSIGN(const auto lock, lockFile(file));
    TRY_ASSIGN(QByteArray text, readFile(file)); // again: another program may have been first
    TRY_ASSIGN(const QJsonObject json, parseJson(text, file));
    if (json.contains("id"_L1))
        return json.value("id"_L1).toString().toLower();

    const QString id = newId();
    const QByteArray member = "\"id\": \"" + id.toLatin1() + '"';
    const qsizetype mark = text.startsWith("\xef\xbb\xbf") ? 3 : 0;
    const QList<JsonMember> members = topMembers(text.sliced(mark));
    if (members.isEmpty()) {
        text.insert(text.indexOf('{') + 1, member);
    } else {
        // After "tidemark" where it stands, in the same layout: what lies before the next key is put before the new
        // one.
        const auto version =
            std::find_if(members.begin(), members.end(), [](const JsonMember &m) { return m.key == "tidemark"_L1; });
        const auto place = version == members.end() ? members.begin() : version;
        const qsizetype key = (place + 1 == members.end() ? place : place + 1)->begin + mark;
        qsizetype blank = key;
        while (blank > 0 && QByteArrayView(" \t\r\n").contains(text[blank - 1]))
            --blank;
        text.insert(place->end + mark, ',' + text.sliced(blank, key - blank) + member);
    }
    TRY(replaceFile(file, text, false));
    return id;
}

} // namespace tidemark
