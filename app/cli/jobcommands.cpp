// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"

#include <QDateTime>
#include <QJsonArray>

#include "app/wording/reportjson.h"
#include "app/wording/schedulewords.h"
#include "app/wording/wording.h"
#include "core/config/jsontext.h"
#include "core/run/twowayexecution.h"
#include "core/schedule/review.h"
#include "core/schedule/schedulenames.h"

namespace tidemark::cli {

using namespace Qt::StringLiterals;

namespace {

QString modeName(Mode mode)
{
    return mode == Mode::Mirror ? u"mirror"_s : mode == Mode::TwoWay ? u"two-way"_s : u"update"_s;
}

// What the jobs are about to do by themselves, by name; those whose file cannot be read are left out.
Result<QHash<QString, JobOutlook>> outlooksOf(CommandContext &context, const Workspace &folder,
                                              const QList<Workspace::JobEntry> &entries)
{
    TRY_ASSIGN(Journal *const journal, context.journal());
    QList<ScheduledJob> jobs;
    for (const Workspace::JobEntry &entry : entries) {
        const auto job = folder.job(entry.name);
        if (!job)
            continue;
        ScheduledJob scheduled{job->id, job->name, job->enabled, job->schedule, false, {}, 0};
        if (scheduled.id.isEmpty()) // no file has this id
            scheduled.id = entry.file;
        TRY_ASSIGN(scheduled.reviewed, isReviewed(*journal, *job));
        jobs.append(scheduled);
    }
    TRY_ASSIGN(const QList<JobOutlook> looks, outlooks(*journal, jobs, context.clock().nowUs()));
    QHash<QString, JobOutlook> found;
    for (const JobOutlook &look : looks)
        found.insert(look.name, look);
    return found;
}

QJsonObject outlookJson(const JobOutlook &look)
{
    const bool comes = look.state == JobOutlook::State::Planned && look.nextUs;
    return {{u"state"_s, outlookName(look.state)},
            {u"next"_s,
             comes
                 ? QJsonValue(QDateTime::fromMSecsSinceEpoch(*look.nextUs / 1000, Qt::UTC).toString(Qt::ISODateWithMs))
                 : QJsonValue(QJsonValue::Null)},
            {u"after"_s, look.after.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(look.after)}};
}

class JobList final : public Command
{
public:
    CommandSpec spec() const override { return {u"job list"_s, {}, 0, {}}; }
    QString summary() const override { return Cli::tr("lists the jobs and how they last ended"); }
    Result<int> run(CommandContext &context, const Arguments &) override
    {
        TRY_ASSIGN(const Workspace folder, context.workspace());
        TRY_ASSIGN(const auto entries, folder.jobs());
        TRY_ASSIGN(Journal *const journal, context.journal());
        TRY_ASSIGN(const auto looks, outlooksOf(context, folder, entries));
        QJsonArray list;
        QList<QStringList> rows;
        for (const Workspace::JobEntry &entry : entries) {
            const auto job = folder.job(entry.name);
            QJsonObject object{{u"name"_s, entry.name}, {u"file"_s, entry.file}};
            object.insert(u"error"_s, job ? QJsonValue(QJsonValue::Null) : QJsonValue(wording::errorJson(job.error())));
            QStringList row{wording::safeText(entry.name)};
            if (!job) {
                row += {QString(), wording::message(job.error()).what, QString()};
            } else {
                object.insert(u"id"_s, job->id);
                object.insert(u"mode"_s, modeName(job->mode));
                object.insert(u"source"_s, job->source.label());
                object.insert(u"target"_s, job->target.label());
                object.insert(u"enabled"_s, job->enabled);
                TRY_ASSIGN(const auto last,
                           job->id.isEmpty() ? Result<std::optional<RunReport>>() : journal->lastRun(job->id));
                object.insert(u"lastRun"_s,
                              last ? QJsonValue(wording::reportJson(*last)) : QJsonValue(QJsonValue::Null));
                row += {wording::safeText(job->source.label() + u" → "_s + job->target.label()),
                        last ? wording::outcome(*last) : Cli::tr("never run"),
                        job->schedule ? wording::outlook(looks.value(job->name), context.clock().nowUs()) : QString()};
                object.insert(u"schedule"_s, outlookJson(looks.value(job->name)));
            }
            list.append(object);
            rows.append(row);
        }
        context.out().document({{u"jobs"_s, list}});
        if (rows.isEmpty())
            context.out().line(Cli::tr("There is no job yet."));
        else
            context.out().table({Cli::tr("Name"), Cli::tr("Sides"), Cli::tr("Last result"), Cli::tr("By itself")},
                                rows);
        return 0;
    }
};

class JobShow final : public Command
{
public:
    CommandSpec spec() const override { return {u"job show"_s, {u"JOB"_s}, 1, {}}; }
    QString summary() const override { return Cli::tr("shows a job's file"); }
    Result<int> run(CommandContext &context, const Arguments &arguments) override
    {
        TRY_ASSIGN(const JobSettings job, context.job(arguments, false));
        TRY_ASSIGN(const QJsonObject json, readJsonFile(job.file));
        TRY_ASSIGN(const Workspace folder, context.workspace());
        TRY_ASSIGN(auto entries, folder.jobs()); // one that it follows may be any
        const bool isKnown = std::any_of(entries.begin(), entries.end(),
                                         [&](const Workspace::JobEntry &entry) { return entry.name == job.name; });
        if (!isKnown)
            entries = {{job.file, job.file}};
        TRY_ASSIGN(const auto looks, outlooksOf(context, folder, entries));
        const JobOutlook look = looks.value(job.name);
        context.out().document({{u"file"_s, job.file}, {u"job"_s, json}, {u"schedule"_s, outlookJson(look)}});
        context.out().line(wording::safeText(job.file, 4096));
        context.out().line(QString::fromUtf8(jsonText(json)));
        if (job.schedule) {
            const QString text = wording::outlook(look, context.clock().nowUs());
            context.out().line(
                Cli::tr("%1: %2", "a schedule and what comes of it").arg(wording::schedule(*job.schedule), text));
            context.out().line(Cli::tr("It runs by itself only while Tidemark is open, or tidemark-cli watch runs."));
        }
        return 0;
    }
};

class JobImport final : public Command
{
public:
    CommandSpec spec() const override { return {u"job import"_s, {u"FILE"_s}, 1, {{u"--trust"_s, {}}}}; }
    QString summary() const override { return Cli::tr("copies a job file into the workspace"); }
    Result<int> run(CommandContext &context, const Arguments &arguments) override
    {
        TRY_ASSIGN(const Workspace folder, context.workspace());
        TRY_ASSIGN(const JobSettings job, folder.importJob(arguments.at(0)));
        TRY_ASSIGN(Journal *const journal, context.journal());
        if (arguments.has(u"--trust"_s))
            TRY(keepTrust(*journal, job, context.clock().nowUs()));
        TRY_ASSIGN(const bool trusted, isTrusted(*journal, job));
        context.out().document(
            {{u"job"_s, job.name}, {u"id"_s, job.id}, {u"file"_s, job.file}, {u"trusted"_s, trusted}});
        context.out().line(Cli::tr("Job %1 imported.").arg(wording::safeText(job.name)));
        if (!trusted && !job.afterRun.isEmpty())
            context.out().note(Cli::tr("What is to follow its runs is not trusted yet, and is not carried out. "
                                       "job import --trust or run --trust lets it act."));
        return 0;
    }
};

class JobRemove final : public Command
{
public:
    CommandSpec spec() const override { return {u"job remove"_s, {u"JOB"_s}, 1, {{u"--clean"_s, {}}}}; }
    QString summary() const override
    {
        return Cli::tr("removes a job; --clean also drops what it created in the databases");
    }
    Result<int> run(CommandContext &context, const Arguments &arguments) override
    {
        TRY_ASSIGN(const Workspace folder, context.workspace());
        if (arguments.has(u"--clean"_s)) {
            TRY_ASSIGN(const JobSettings job, folder.job(arguments.at(0)));
            TRY_ASSIGN(Runner *const runner, context.runner());
            if (!job.id.isEmpty())
                TRY(runner->cleanJob(job, context.cancellation()));
        }
        const auto known = folder.job(arguments.at(0)); // a damaged file is removed as well
        TRY(folder.removeJob(arguments.at(0)));
        if (known && !known->id.isEmpty()) { // what its runs overwrote holds rows of people's tables
            TRY_ASSIGN(Journal *const journal, context.journal());
            TRY(journal->purgeUndo(known->id, 0, 0, 0));
            removeBase(*journal, known->id);
        }
        context.out().document({{u"removed"_s, arguments.at(0)}});
        context.out().line(Cli::tr("Job %1 removed.").arg(wording::safeText(arguments.at(0))));
        return 0;
    }
};

} // namespace

void addJobCommands(Commands &commands)
{
    commands.push_back(std::make_unique<JobList>());
    commands.push_back(std::make_unique<JobShow>());
    addJobCheckCommand(commands);
    addJobLogCommand(commands);
    commands.push_back(std::make_unique<JobImport>());
    commands.push_back(std::make_unique<JobRemove>());
}

} // namespace tidemark::cli
