// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include <QJsonArray>

#include "app/cli/command.h"
#include "app/wording/changelog.h"
#include "app/wording/reportjson.h"
#include "app/wording/wording.h"
#include "core/run/changelog.h"

namespace tidemark::cli {

using namespace Qt::StringLiterals;

namespace {

// Naming the command is the consent: a run never installs a trigger.
class JobLog final : public Command
{
public:
    CommandSpec spec() const override { return {u"job log"_s, {u"JOB"_s, u"install|remove|state"_s}, 2, {}}; }
    QString summary() const override
    {
        return Cli::tr("installs, removes or shows the triggers of a job that finds changes by a change log");
    }
    Result<int> run(CommandContext &context, const Arguments &arguments) override
    {
        const QString action = arguments.at(1);
        if (action != "install"_L1 && action != "remove"_L1 && action != "state"_L1)
            return fail(
                arguments.usage().with(Fact::Expected, u"install | remove | state"_s).with(Fact::Found, action));
        TRY_ASSIGN(const JobSettings job, context.job(arguments, true));
        if (action == "remove"_L1)
            TRY(removeJobLogs(job, context.connector(), context.cancellation()));
        TRY_ASSIGN(const QList<TableLog> logs,
                   jobLogs(job, action == "install"_L1 ? LogAction::Install : LogAction::Look, context.connector(),
                           context.cancellation()));
        QJsonArray list;
        for (const TableLog &log : logs) {
            list.append(json(log));
            print(context.out(), log, action == "state"_L1);
        }
        context.out().document({{u"job"_s, job.name}, {u"id"_s, job.id}, {u"logs"_s, list}});
        if (logs.isEmpty())
            context.out().line(Cli::tr("No table of this job finds its changes by a change log."));
        return exitCodeOf(logs, action);
    }

private:
    // What was asked for is so: 0. A table is not followed by a log: 1, or 4 where it was to be.
    static int exitCodeOf(const QList<TableLog> &logs, const QString &action)
    {
        int code = 0;
        for (const TableLog &log : logs) {
            if (log.error)
                code = std::max(code, tidemark::exitCode(log.error->code));
            else if (action != "remove"_L1 && log.state.kind != ChangeLogState::Kind::Ready)
                code = std::max(code, action == "install"_L1 ? 4 : 1);
        }
        return action == "install"_L1 && logs.isEmpty() ? 4 : code;
    }

    static void print(Output &out, const TableLog &log, bool withSql)
    {
        const QString table = wording::safeText(log.source);
        if (log.error) {
            out.line(Cli::tr("%1: %2").arg(table, wording::oneLine(*log.error)));
            return;
        }
        out.line(Cli::tr("%1: %2").arg(table, wording::logState(log.state)));
        if (!withSql || log.state.kind == ChangeLogState::Kind::Ready)
            return;
        for (const QString &statement : log.sql) {
            const QStringList lines = QString(statement + u';').split(u'\n');
            for (const QString &line : lines)
                out.line(u"    "_s + wording::safeText(line, 4096));
        }
    }

    static QJsonObject json(const TableLog &log)
    {
        const auto textOrNull = [](const QString &text) {
            return text.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(text);
        };
        return {{u"table"_s, log.source},
                {u"log"_s, textOrNull(log.name)},
                {u"state"_s, wording::logStateName(log.state.kind)},
                {u"reason"_s, textOrNull(log.state.reason)},
                {u"sql"_s, QJsonArray::fromStringList(log.sql)},
                {u"error"_s, log.error ? QJsonValue(wording::errorJson(*log.error)) : QJsonValue(QJsonValue::Null)}};
    }
};

} // namespace

void addJobLogCommand(Commands &commands) { commands.push_back(std::make_unique<JobLog>()); }

} // namespace tidemark::cli
