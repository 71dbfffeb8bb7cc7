// SPDX-License-Identifier: GPL-3.0-or-later
// How the samples are built; samplekeeping.cpp finds and removes them.
#include "ui/main/sample.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonObject>
#include <QStandardPaths>

#include "core/run/twowayexecution.h"
#include "ui/main/sampleplaces.h"
#include "ui/main/samplerecipe.h"

using namespace Qt::StringLiterals;

namespace tidemark {

using sampleplaces::Places;

QString sampleFolder(const Workspace &workspace)
{
    const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    const bool usual = QDir(workspace.folder()) == QDir(Workspace::defaultFolder());
    return usual && QDir(documents).exists() ? documents + u"/Tidemark samples"_s : workspace.folder() + u"/samples"_s;
}

static Result<void> execute(Desk &desk, const QString &file, const QStringList &statements, Cancellation &cancellation)
{
    ConnectionSettings side;
    side.driver = Driver::Sqlite;
    side.database = file;
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
    if (!QDir().mkpath(QFileInfo(path).absolutePath()))
        return fail(Error{ErrorCode::FileUnwritable, {}, {}}.with(Fact::File, QFileInfo(path).absolutePath()));
    // Whoever has the old one open keeps it; the sample starts anew.
    sampleplaces::removeFile(path);
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

static Result<QString> saveSide(Desk &desk, const QString &wanted, const QString &file)
{
    TRY_ASSIGN(const QList<ConnectionSettings> known, desk.workspace().connections());
    ConnectionSettings side;
    side.driver = Driver::Sqlite;
    side.database = file;
    side.name = connectionName(known, wanted, file);
    bool exists = false;
    for (const ConnectionSettings &connection : known)
        exists = exists || connection.name == side.name;
    TRY(desk.workspace().saveConnection(side, exists ? side.name : QString()));
    return side.name;
}

// Written in the job: both samples have a till, and a connection's name is used once.
static QJsonObject inlineSide(const QString &name, const QString &file)
{
    return {{u"name"_s, name}, {u"driver"_s, u"sqlite"_s}, {u"database"_s, file}};
}

// Over the job that stands, which keeps its name and loses its past.
static Result<JobSettings> saveJob(Desk &desk, SampleKind which, const Places &places, QJsonObject job)
{
    TRY_ASSIGN(const sampleplaces::Found found, sampleplaces::find(desk.workspace(), which, places));
    job["tidemark"_L1] = 1;
    job["name"_L1] = found.name;
    if (found.exists && !found.id.isEmpty()) {
        job["id"_L1] = found.id;
        TRY(desk.journal().removeJob(found.id));
        removeBase(desk.journal(), found.id);
    }
    TRY(desk.workspace().saveJob(job, found.exists ? found.name : QString()));
    return desk.workspace().job(found.name);
}

static Result<void> runOnce(Desk &desk, const JobSettings &job, Cancellation &cancellation)
{
    ProgressBoard board;
    const RunReport first = desk.run(job, {}, cancellation, board);
    if (first.error)
        return fail(*first.error);
    for (const TableReport &table : first.tables) {
        if (table.error)
            return fail(*table.error);
    }
    return {};
}

Result<Sample> buildSample(Desk &desk, const QString &folder, Cancellation &cancellation)
{
    const Places places = sampleplaces::of(SampleKind::ReportCopy, folder);
    TRY(makeFile(places.source));
    TRY(makeFile(places.target));
    TRY_ASSIGN(const QString till, saveSide(desk, u"Till"_s, places.source));
    TRY_ASSIGN(const QString report, saveSide(desk, u"Report copy"_s, places.target));
    TRY(execute(desk, places.source, samplerecipe::schema() + samplerecipe::yesterday(), cancellation));
    TRY(execute(desk, places.target, samplerecipe::schema(), cancellation));
    TRY_ASSIGN(const JobSettings job,
               saveJob(desk, SampleKind::ReportCopy, places,
                       {{u"source"_s, till}, {u"target"_s, report}, {u"mode"_s, u"mirror"_s}, {u"tables"_s, u"*"_s}}));
    TRY(runOnce(desk, job, cancellation));
    TRY(execute(desk, places.source, samplerecipe::today(), cancellation));
    return Sample{job.name, u"products"_s, u"price"_s};
}

Result<Sample> buildSecondSample(Desk &desk, const QString &folder, Cancellation &cancellation)
{
    const Places places = sampleplaces::of(SampleKind::Tablet, folder);
    TRY(makeFile(places.source));
    TRY(makeFile(places.target));
    const QStringList yesterday = samplerecipe::sharedSchema() + samplerecipe::sharedYesterday();
    TRY(execute(desk, places.source, yesterday, cancellation));
    TRY(execute(desk, places.target, yesterday, cancellation));
    TRY_ASSIGN(const JobSettings job,
               saveJob(desk, SampleKind::Tablet, places,
                       {{u"source"_s, inlineSide(u"Till"_s, places.source)},
                        {u"target"_s, inlineSide(u"Tablet"_s, places.target)},
                        {u"mode"_s, u"two-way"_s},
                        {u"conflicts"_s, QJsonObject{{u"policy"_s, u"merge"_s}}},
                        {u"parallel"_s, 1}, // its conflicts are met in the order in which the tour tells of them
                        {u"tables"_s, QJsonArray{u"products"_s, u"customers"_s}}}));
    TRY(runOnce(desk, job, cancellation));
    TRY(execute(desk, places.source, samplerecipe::todayAtTill(), cancellation));
    TRY(execute(desk, places.target, samplerecipe::todayAtTablet(), cancellation));
    return Sample{job.name, u"products"_s, u"stock"_s};
}

Result<Sample> resetSample(SampleKind which, Desk &desk, const QString &folder, Cancellation &cancellation)
{
    return which == SampleKind::Tablet ? buildSecondSample(desk, folder, cancellation)
                                       : buildSample(desk, folder, cancellation);
}

} // namespace tidemark
