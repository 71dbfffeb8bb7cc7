// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"

#include <algorithm>

#include <QJsonArray>

#include "app/cli/conflicttext.h"
#include "app/cli/progressdisplay.h"
#include "app/cli/reporttext.h"
#include "app/cli/resolverequest.h"
#include "app/wording/leftrows.h"
#include "app/wording/systemuser.h"
#include "app/wording/wording.h"
#include "core/journal/conflictrows.h"
#include "core/run/oneway.h"

namespace tidemark::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 mostShown = 1000; // of --json
constexpr qint64 mostPrinted = 10;

int amount(qint64 count) { return static_cast<int>(qMin<qint64>(count, 2'000'000'000)); }

// What became of those that were answered.
struct Outcome
{
    qint64 written = 0;
    qint64 refused = 0; // by a database: set aside
    qint64 skipped = 0;
    qint64 waiting = 0; // answered, and not written yet
    qint64 open = 0; // again, with fresh pictures
    QList<Conflict> back; // the first of them
};

// A person is needed for those that were asked for, not for all others that are open.
int exitCode(const RunReport &report, const Outcome &outcome)
{
    const int code = report.exitCode();
    if (code > 1)
        return code;
    const bool othersAlone =
        std::all_of(report.attention.begin(), report.attention.end(),
                    [](const Attention &attention) { return attention.kind == Attention::Kind::Conflicts; });
    return outcome.open + outcome.waiting > 0 || (code == 1 && !othersAlone) ? 1 : 0;
}

class Resolve final : public Command
{
public:
    CommandSpec spec() const override
    {
        return {u"resolve"_s,
                {u"JOB"_s},
                1,
                {{u"--take"_s, u"SIDE"_s},
                 {u"--set"_s, u"COL=VALUE"_s, true},
                 {u"--set-null"_s, u"COL"_s, true},
                 {u"--id"_s, u"N"_s, true},
                 {u"--table"_s, u"T"_s},
                 {u"--key"_s, u"COL=VALUE"_s, true},
                 {u"--all"_s, {}}}};
    }
    QString summary() const override { return Cli::tr("decides conflicts and writes what was decided"); }
    Result<int> run(CommandContext &context, const Arguments &arguments) override
    {
        TRY_ASSIGN(const ResolveRequest request, ResolveRequest::read(arguments));
        TRY_ASSIGN(const JobSettings job, context.namedJob(arguments, false));
        TRY(checkTable(arguments, job));
        TRY_ASSIGN(Journal *const journal, context.journal());
        TRY_ASSIGN(const QList<ConflictReply> replies, request.replies(*journal, job.id, arguments));
        TRY_ASSIGN(const qint64 unfinished, job.id.isEmpty() ? Result<qint64>(0) : journal->conflictCount(job.id, {}));
        if (replies.isEmpty() && unfinished == 0) {
            context.out().document({{u"job"_s, job.name}, {u"answered"_s, 0}, {u"conflicts"_s, QJsonArray()}});
            context.out().line(Cli::tr("No conflict is open."));
            return 0;
        }
        if (job.mode != Mode::TwoWay && !oneWayReplies(*journal, job, replies)) // it was two-way, once
            return fail(arguments.usage().with(Fact::Expected, u"\"mode\": \"two-way\""_s));
        TRY_ASSIGN(Runner *const runner, context.runner());
        const RunReport report = write(context, *runner, job, replies);
        if (report.error && report.state == RunState::Failed && report.tables.isEmpty()) {
            if (!replies.isEmpty())
                context.out().note(Cli::tr("The answers are kept; the next run writes them."));
            return fail(*report.error);
        }
        TRY_ASSIGN(Outcome outcome, outcomeOf(*journal, job.id, replies));
        countRefused(report, outcome);
        TRY(show(context.out(), *journal, job, report, replies.size(), outcome));
        return exitCode(report, outcome);
    }

private:
    static RunReport write(CommandContext &context, Runner &runner, const JobSettings &job,
                           const QList<ConflictReply> &replies)
    {
        ProgressBoard board;
        const ProgressDisplay display(board, context.clock(), Output::errorsAreSeen() && !context.out().isQuiet());
        return runner.resolve(job, replies, wording::systemUser(), {}, context.cancellation(), board);
    }

    // It wrote what was answered, and nothing else.
    static void countRefused(const RunReport &report, Outcome &outcome)
    {
        for (const TableReport &table : report.tables)
            outcome.refused += table.quarantined;
        outcome.refused = qMin(outcome.refused, outcome.written);
        outcome.written -= outcome.refused;
    }

    static Result<Outcome> outcomeOf(Journal &journal, const QString &jobId, const QList<ConflictReply> &replies)
    {
        Outcome outcome;
        auto reply = replies.begin(); // in the order of their ids, as the visits are
        TRY(eachConflict(journal, jobId, {}, [&](const Conflict &conflict) -> Result<void> {
            while (reply != replies.end() && reply->id < conflict.id)
                ++reply;
            if (reply == replies.end() || reply->id != conflict.id)
                return {};
            switch (conflict.state) {
            case ConflictState::Closed:
                ++outcome.written;
                break;
            case ConflictState::Skipped:
                ++outcome.skipped;
                break;
            case ConflictState::Answered:
                ++outcome.waiting;
                break;
            case ConflictState::Open:
                ++outcome.open;
                if (outcome.back.size() < mostShown)
                    outcome.back.append(conflict);
                break;
            }
            return {};
        }));
        return outcome;
    }

    static Result<void> show(Output &out, Journal &journal, const JobSettings &job, const RunReport &report,
                             qint64 answered, const Outcome &outcome)
    {
        ConflictTables tables(journal, job.id);
        QJsonArray back;
        for (const Conflict &conflict : outcome.back) {
            TRY_ASSIGN(const PlanTable *const table, tables.of(conflict.table));
            back.append(conflictDocument(conflict, table));
        }
        TRY_ASSIGN(QJsonObject document, wording::runJson(journal, report));
        document.insert(u"answered"_s, answered);
        document.insert(u"resolved"_s,
                        QJsonObject{{u"written"_s, outcome.written},
                                    {u"refused"_s, outcome.refused},
                                    {u"skipped"_s, outcome.skipped},
                                    {u"waiting"_s, outcome.waiting},
                                    {u"open"_s, outcome.open}});
        document.insert(u"conflicts"_s, back);
        out.document(document);
        out.line(Cli::tr("%Ln conflict(s) answered.", nullptr, amount(answered)));
        printTables(out, report, true);
        TRY(printLeftRows(out, journal, report));
        if (outcome.written > 0)
            out.line(Cli::tr("%Ln of them settled as answered.", nullptr, amount(outcome.written)));
        if (outcome.refused > 0)
            out.line(Cli::tr("%Ln of them refused by a database, and set aside.", nullptr, amount(outcome.refused)));
        if (outcome.skipped > 0)
            out.line(Cli::tr("%Ln of them left as they are until a side changes.", nullptr, amount(outcome.skipped)));
        if (outcome.waiting > 0)
            out.line(Cli::tr("%Ln of them not written yet; the next run does.", nullptr, amount(outcome.waiting)));
        if (outcome.open > 0) {
            out.line(Cli::tr("%Ln of them changed since they were shown, and are open again:", nullptr,
                             amount(outcome.open)));
            for (qsizetype i = 0; i < qMin<qsizetype>(outcome.back.size(), mostPrinted); ++i) {
                TRY_ASSIGN(const PlanTable *const table, tables.of(outcome.back[i].table));
                printConflict(out, outcome.back[i], table);
            }
            if (outcome.open > mostPrinted)
                out.line(Cli::tr("… and more; tidemark-cli conflicts JOB lists them."));
        }
        printOutcome(out, report, wording::outcome(report));
        return {};
    }
};

} // namespace

void addResolveCommand(Commands &commands) { commands.push_back(std::make_unique<Resolve>()); }

} // namespace tidemark::cli
