// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main/sample.h"

#include <QDir>
#include <QFile>
#include <QJsonObject>
#include <QStandardPaths>

#include "ui/main/samplerecipe.h"

using namespace Qt::StringLiterals;

namespace tidemark {

QString sampleFolder(const Workspace &workspace)
{
    const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    const bool usual = QDir(workspace.folder()) == QDir(Workspace::defaultFolder());
    return usual && QDir(documents).exists() ? documents + u"/Tidemark samples"_s : workspace.folder() + u"/samples"_s;
}

static Result<void> execute(Desk &desk, const ConnectionSettings &side, const QStringList &statements,
                            Cancellation &cancellation)
{
    OpenOptions options;
    options.writable = true;
    options.cancellation = &cancellation;
    TRY_ASSIGN(const auto session, desk.connector().openSql(side, options));
    TRY(session->beginWrite());
    for (const QString &statement : statements)
        TRY(session->execute(statement));
    return session->commit();
}

static Result<void> makeFile(const QString &path)
{
    // Whoever has the old one open keeps it; the sample starts anew.
    for (const QString &suffix : {QString(), u"-wal"_s, u"-shm"_s, u"-journal"_s})
        QFile::remove(path + suffix);
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly))
        return fail(Error{ErrorCode::FileUnwritable, {}, file.errorString()}.with(Fact::File, path));
    return {};
}

// The sample's own name, or the next free one where a person uses it for something else.
static QString connectionName(const QList<ConnectionSettings> &known, const QString &wanted, const QString &file)
{
    QString name = wanted;
    for (int number = 2;; ++number) {
        bool taken = false;
        for (const ConnectionSettings &connection : known)
            taken = taken || (connection.name == name && connection.database != file);
        if (!taken)
            return name;
        name = u"%1 %2"_s.arg(wanted).arg(number);
    }
}

static Result<ConnectionSettings> makeSide(Desk &desk, const QString &name, const QString &file)
{
    TRY(makeFile(file));
    TRY_ASSIGN(const QList<ConnectionSettings> known, desk.workspace().connections());
    ConnectionSettings side;
    side.driver = Driver::Sqlite;
    side.database = file;
    side.name = connectionName(known, name, file);
    bool exists = false;
    for (const ConnectionSettings &connection : known)
        exists = exists || connection.name == side.name;
    TRY(desk.workspace().saveConnection(side, exists ? side.name : QString()));
    return side;
}

static Result<JobSettings> makeJob(Desk &desk, const QString &source, const QString &target)
{
    QJsonObject job{{u"tidemark"_s, 1},       {u"name"_s, u"Till → Report copy"_s},
                    {u"source"_s, source},    {u"target"_s, target},
                    {u"mode"_s, u"mirror"_s}, {u"tables"_s, u"*"_s}};
    const QString name = job.value("name"_L1).toString();
    TRY_ASSIGN(const QList<Workspace::JobEntry> jobs, desk.workspace().jobs());
    bool exists = false;
    for (const Workspace::JobEntry &entry : jobs)
        exists = exists || entry.name == name;
    if (exists) {
        if (const auto before = desk.workspace().job(name); before && !before->id.isEmpty()) {
            job["id"_L1] = before->id;
            TRY(desk.journal().removeJob(before->id));
        }
    }
    TRY(desk.workspace().saveJob(job, exists ? name : QString()));
    return desk.workspace().job(name);
}

Result<Sample> buildSample(Desk &desk, const QString &folder, Cancellation &cancellation)
{
    if (!QDir().mkpath(folder))
        return fail(Error{ErrorCode::FileUnwritable, {}, {}}.with(Fact::File, folder));
    TRY_ASSIGN(const ConnectionSettings till, makeSide(desk, u"Till"_s, folder + u"/till.db"_s));
    TRY_ASSIGN(const ConnectionSettings report, makeSide(desk, u"Report copy"_s, folder + u"/report.db"_s));
    TRY(execute(desk, till, samplerecipe::schema() + samplerecipe::yesterday(), cancellation));
    TRY(execute(desk, report, samplerecipe::schema(), cancellation));
    TRY_ASSIGN(const JobSettings job, makeJob(desk, till.name, report.name));
    ProgressBoard board;
    const RunReport first = desk.run(job, {}, cancellation, board);
    if (first.error)
        return fail(*first.error);
    for (const TableReport &table : first.tables) {
        if (table.error)
            return fail(*table.error);
    }
    TRY(execute(desk, till, samplerecipe::today(), cancellation));
    return Sample{job.name};
}

} // namespace tidemark
