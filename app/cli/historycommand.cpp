// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"

#include <QDateTime>
#include <QJsonArray>

#include "app/wording/reportjson.h"
#include "app/wording/wording.h"

namespace tidemark::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostRuns = 100;

class History final : public Command
{
public:
    CommandSpec spec() const override { return {u"history"_s, {u"JOB"_s}, 0, {{u"--key"_s, u"COL=VALUE"_s, true}}}; }
    QString summary() const override { return Cli::tr("lists past runs, the newest first"); }
    Result<int> run(CommandContext &context, const Arguments &arguments) override
    {
        if (arguments.has(u"--key"_s))
            return fail(Error{ErrorCode::NotAvailable, {}, {}}.with(Fact::Option, u"--key"_s));
        QString id;
        if (arguments.count() > 0) {
            TRY_ASSIGN(const JobSettings job, context.job(arguments, false));
            id = job.id;
        }
        TRY_ASSIGN(Journal *const journal, context.journal());
        QList<RunReport> runs;
        if (arguments.count() == 0 || !id.isEmpty()) { // a job without an id has never run
            TRY_ASSIGN(runs, journal->runs(id, mostRuns));
        }
        QJsonArray list;
        QList<QStringList> rows;
        for (const RunReport &run : runs) {
            list.append(wording::reportJson(run));
            rows.append({QDateTime::fromMSecsSinceEpoch(run.startedUs / 1000).toString(u"yyyy-MM-dd HH:mm:ss"_s),
                         wording::safeText(run.job), wording::outcome(run), run.run});
        }
        context.out().document({{u"runs"_s, list}});
        if (rows.isEmpty())
            context.out().line(Cli::tr("There is no run yet."));
        else
            context.out().table({Cli::tr("Started"), Cli::tr("Job"), Cli::tr("Result"), Cli::tr("Run")}, rows);
        return 0;
    }
};

} // namespace

void addHistoryCommand(Commands &commands) { commands.push_back(std::make_unique<History>()); }

} // namespace tidemark::cli
