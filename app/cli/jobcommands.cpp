// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"

#include <QJsonArray>

#include "app/cli/reportjson.h"
#include "app/wording/wording.h"
#include "core/config/jsontext.h"

namespace tidemark::cli {

using namespace Qt::StringLiterals;

namespace {

QString modeName(Mode mode) { return mode == Mode::Mirror ? u"mirror"_s : u"update"_s; }

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
        QJsonArray list;
        QList<QStringList> rows;
        for (const Workspace::JobEntry &entry : entries) {
            const auto job = folder.job(entry.name);
            QJsonObject object{{u"name"_s, entry.name}, {u"file"_s, entry.file}};
            object.insert(u"error"_s, job ? QJsonValue(QJsonValue::Null) : QJsonValue(errorJson(job.error())));
            QStringList row{wording::safeText(entry.name)};
            if (!job) {
                row += {QString(), wording::message(job.error()).what};
            } else {
                object.insert(u"id"_s, job->id);
                object.insert(u"mode"_s, modeName(job->mode));
                object.insert(u"source"_s, job->source.label());
                object.insert(u"target"_s, job->target.label());
                object.insert(u"enabled"_s, job->enabled);
                TRY_ASSIGN(const auto last,
                           job->id.isEmpty() ? Result<std::optional<RunReport>>() : journal->lastRun(job->id));
                object.insert(u"lastRun"_s, last ? QJsonValue(reportJson(*last)) : QJsonValue(QJsonValue::Null));
                row += {wording::safeText(job->source.label() + u" → "_s + job->target.label()),
                        last ? wording::outcome(*last) : Cli::tr("never run")};
            }
            list.append(object);
            rows.append(row);
        }
        context.out().document({{u"jobs"_s, list}});
        if (rows.isEmpty())
            context.out().line(Cli::tr("There is no job yet."));
        else
            context.out().table({Cli::tr("Name"), Cli::tr("Sides"), Cli::tr("Last result")}, rows);
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
        context.out().document({{u"file"_s, job.file}, {u"job"_s, json}});
        context.out().line(wording::safeText(job.file, 4096));
        context.out().line(QString::fromUtf8(jsonText(json)));
        return 0;
    }
};

class JobCheck final : public Command
{
public:
    CommandSpec spec() const override { return {u"job check"_s, {u"JOB"_s}, 1, {{u"--rehearse"_s, {}}}}; }
    QString summary() const override
    {
        return Cli::tr("opens both sides and reports every problem that a run would meet");
    }
    Result<int> run(CommandContext &context, const Arguments &arguments) override
    {
        TRY_ASSIGN(const JobSettings job, context.job(arguments, false));
        TRY_ASSIGN(Runner *const runner, context.runner());
        CheckOptions options;
        options.rehearses = arguments.has(u"--rehearse"_s);
        TRY_ASSIGN(const QList<CheckItem> items, runner->check(job, context.cancellation(), options));
        bool hasProblems = false;
        QJsonArray list;
        QMap<QString, qint64> edges;
        for (const CheckItem &item : items) {
            hasProblems = hasProblems || item.level == CheckItem::Level::Problem;
            list.append(json(item));
            if (item.loss && !item.loss->fromData && ++edges[item.table] > shownEdges)
                continue;
            if (item.rehearsal && edges.value(item.table) > shownEdges)
                context.out().line(
                    Cli::tr("… and %1 more values that columns of %2 could hold; --json lists them.")
                        .arg(QString::number(edges.value(item.table) - shownEdges), wording::safeText(item.table)));
            // Nothing to be done about it, or said by the lag already.
            if (item.finding && (item.finding->grade == Grade::Good || item.finding->code == FindingCode::LateCommits))
                continue;
            context.out().line(levelText(item.level) + u' ' + wording::checkItem(item));
            for (const QString &sql : item.finding ? item.finding->mend : QStringList())
                context.out().line(u"    "_s + wording::safeText(sql, 4096) + u';');
        }
        context.out().document({{u"job"_s, job.name}, {u"id"_s, job.id}, {u"ok"_s, !hasProblems}, {u"items"_s, list}});
        context.out().line(hasProblems ? Cli::tr("This job cannot run as it is.") : Cli::tr("This job can run."));
        return hasProblems ? 4 : 0;
    }

private:
    static constexpr qint64 shownEdges = 8; // of a table

    static QString levelText(CheckItem::Level level)
    {
        switch (level) {
        case CheckItem::Level::Problem:
            return Cli::tr("Problem:");
        case CheckItem::Level::Warning:
            return Cli::tr("Warning:");
        case CheckItem::Level::Note:
            return Cli::tr("Note:");
        }
        return {};
    }

    static QString levelName(CheckItem::Level level)
    {
        return level == CheckItem::Level::Problem ? u"problem"_s
                                                  : (level == CheckItem::Level::Warning ? u"warning"_s : u"note"_s);
    }

    static QJsonObject json(const CheckItem &item)
    {
        QJsonObject object{{u"level"_s, levelName(item.level)}, {u"message"_s, wording::checkItem(item)}};
        object.insert(u"table"_s, item.table.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(item.table));
        if (item.error)
            object.insert(u"code"_s, codeName(item.error->code));
        else
            object.insert(u"code"_s, item.note ? noteName(item.note->kind) : item.code);
        object.insert(u"detail"_s, item.note ? item.note->detail : (item.error ? item.error->detail : item.detail));
        if (item.note)
            object.insert(u"column"_s, item.note->column);
        if (item.finding)
            insert(object, *item.finding);
        if (item.loss)
            insert(object, *item.loss);
        if (item.rehearsal)
            insert(object, *item.rehearsal);
        if (item.grant)
            object.insert(u"grant"_s,
                          QJsonObject{{u"sql"_s, item.grant->sql},
                                      {u"reason"_s, grantReasonName(item.grant->reason)},
                                      {u"optional"_s, item.grant->optional}});
        return object;
    }

    static QJsonValue figure(qint64 value) { return value < 0 ? QJsonValue(QJsonValue::Null) : QJsonValue(value); }

    static void insert(QJsonObject &object, const Finding &finding)
    {
        object.insert(u"column"_s, finding.column);
        object.insert(u"grade"_s, gradeName(finding.grade));
        object.insert(u"query"_s, finding.query);
        object.insert(u"count"_s, figure(finding.count));
        object.insert(u"of"_s, figure(finding.of));
        object.insert(u"sampled"_s, finding.sampled);
        object.insert(u"atLeast"_s, finding.atLeast);
        object.insert(u"fact"_s, finding.text);
        object.insert(u"mend"_s, QJsonArray::fromStringList(finding.mend));
    }

    static void insert(QJsonObject &object, const ValueLoss &loss)
    {
        object.insert(u"column"_s, loss.sourceColumn);
        object.insert(u"targetColumn"_s, loss.targetColumn);
        object.insert(u"loss"_s, lossName(loss.kind));
        object.insert(u"given"_s, loss.given);
        object.insert(u"kept"_s, loss.kind == ValueLoss::Kind::Refused ? QJsonValue() : QJsonValue(loss.kept));
        object.insert(u"fromData"_s, loss.fromData);
        object.insert(u"key"_s, loss.key);
        object.insert(u"count"_s, loss.count);
    }

    static void insert(QJsonObject &object, const Rehearsal &rehearsal)
    {
        const bool isMeasured = rehearsal.method == Rehearsal::Method::Measured;
        object.insert(u"method"_s, isMeasured ? u"measured"_s : u"from-types"_s);
        object.insert(u"sampleRows"_s, rehearsal.sampleRows);
        object.insert(u"edgeValues"_s, rehearsal.edgeValues);
        object.insert(u"losses"_s, rehearsal.losses.size());
    }
};

class JobImport final : public Command
{
public:
    CommandSpec spec() const override { return {u"job import"_s, {u"FILE"_s}, 1, {{u"--trust"_s, {}}}}; }
    QString summary() const override { return Cli::tr("copies a job file into the workspace"); }
    Result<int> run(CommandContext &context, const Arguments &arguments) override
    {
        if (arguments.has(u"--trust"_s))
            return fail(Error{ErrorCode::NotAvailable, {}, {}}.with(Fact::Option, u"--trust"_s));
        TRY_ASSIGN(const Workspace folder, context.workspace());
        TRY_ASSIGN(const JobSettings job, folder.importJob(arguments.at(0)));
        context.out().document({{u"job"_s, job.name}, {u"id"_s, job.id}, {u"file"_s, job.file}});
        context.out().line(Cli::tr("Job %1 imported.").arg(wording::safeText(job.name)));
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
        TRY(folder.removeJob(arguments.at(0)));
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
    commands.push_back(std::make_unique<JobCheck>());
    commands.push_back(std::make_unique<JobImport>());
    commands.push_back(std::make_unique<JobRemove>());
}

} // namespace tidemark::cli
