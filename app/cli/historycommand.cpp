// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"

#include <QDateTime>
#include <QJsonArray>

#include "app/cli/keyoption.h"
#include "app/cli/rowhistorytext.h"
#include "app/wording/reportjson.h"
#include "app/wording/wording.h"

namespace tidemark::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostRuns = 100;

class History final : public Command
{
public:
    CommandSpec spec() const override
    {
        return {u"history"_s, {u"JOB"_s}, 0, {{u"--key"_s, u"COL=VALUE"_s, true}, {u"--table"_s, u"T"_s}}};
    }
    QString summary() const override { return Cli::tr("lists past runs, or what they did to one row"); }
    Result<int> run(CommandContext &context, const Arguments &arguments) override
    {
        if (arguments.has(u"--key"_s))
            return ofRow(context, arguments);
        if (arguments.has(u"--table"_s))
            return fail(arguments.usage().with(Fact::Option, u"--table"_s).with(Fact::Expected, u"--key"_s));
        QString id;
        if (arguments.count() > 0) {
            TRY_ASSIGN(const JobSettings job, context.namedJob(arguments, false));
            id = job.id;
        }
        TRY_ASSIGN(Journal *const journal, context.journal());
        QList<RunReport> runs;
        if (arguments.count() == 0 || !id.isEmpty()) { // a job without an id has never run
            TRY_ASSIGN(runs, journal->runs(id, mostRuns));
        }
        show(context.out(), runs);
        return 0;
    }

private:
    static void show(Output &out, const QList<RunReport> &runs)
    {
        QJsonArray list;
        QList<QStringList> rows;
        for (const RunReport &run : runs) {
            QJsonObject document = wording::reportJson(run);
            document.insert(u"undoes"_s, run.undoes.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(run.undoes));
            list.append(document);
            const QString result = wording::outcome(run);
            rows.append({QDateTime::fromMSecsSinceEpoch(run.startedUs / 1000).toString(u"yyyy-MM-dd HH:mm:ss"_s),
                         wording::safeText(run.job),
                         run.undoes.isEmpty() ? result : Cli::tr("Undo of %1: %2").arg(run.undoes, result), run.run});
        }
        out.document({{u"runs"_s, list}});
        if (rows.isEmpty())
            out.line(Cli::tr("There is no run yet."));
        else
            out.table({Cli::tr("Started"), Cli::tr("Job"), Cli::tr("Result"), Cli::tr("Run")}, rows);
    }

    static Result<int> ofRow(CommandContext &context, const Arguments &arguments)
    {
        if (arguments.count() == 0)
            return fail(arguments.usage().with(Fact::Option, u"--key"_s).with(Fact::Expected, u"JOB"_s));
        TRY_ASSIGN(const auto key, readKey(arguments));
        TRY_ASSIGN(const JobSettings job, context.namedJob(arguments, false));
        TRY_ASSIGN(Journal *const journal, context.journal());
        TRY_ASSIGN(const RowHistory history, rowHistory(*journal, job.id, arguments.value(u"--table"_s), key));
        printRowHistory(context.out(), job, key, history);
        return 0;
    }
};

} // namespace

void addHistoryCommand(Commands &commands) { commands.push_back(std::make_unique<History>()); }

} // namespace tidemark::cli
