// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"

#include <QFileInfo>

#include "app/cli/followrun.h"
#include "app/cli/progressdisplay.h"
#include "app/cli/reporttext.h"
#include "app/wording/leftrows.h"
#include "app/wording/reportjson.h"
#include "app/wording/wording.h"
#include "core/apply/guard.h"
#include "core/journal/planfile.h"
#include "core/schedule/review.h"

namespace tidemark::cli {

using namespace Qt::StringLiterals;

namespace {

// A failure before any run is an error, not a report.
bool isBeforeRun(const RunReport &report)
{
    return report.error && report.state == RunState::Failed && report.tables.isEmpty();
}

struct Deleted
{
    QString table;
    qint64 rows = 0;
    qint64 of = -1; // the table had so many
    bool sidesChanged = false;
};

void printWaived(Output &out, const Deleted &deleted, const GuardSettings &guard)
{
    if (deleted.rows == 0)
        return;
    const auto count = static_cast<int>(qMin<qint64>(deleted.rows, 2'000'000'000));
    const QString name = wording::safeText(deleted.table);
    if (needsApproval(deleted.rows, deleted.of, guard))
        out.note(Cli::tr("%1: --yes waived the guard: %Ln row(s) deleted.", nullptr, count).arg(name));
    if (deleted.sidesChanged)
        out.note(Cli::tr("%1: --yes waived that a side is another database than at the last run: %Ln row(s) "
                         "deleted.",
                         nullptr, count)
                     .arg(name));
}

// What --yes let pass, of what was really deleted.
void printWaived(Output &out, const JobSettings &job, const RunReport &report)
{
    for (const TableReport &table : report.tables) {
        const auto known = std::find_if(job.tables.begin(), job.tables.end(),
                                        [&](const JobTable &t) { return t.source.display() == table.source; });
        const GuardSettings &guard = known == job.tables.end() ? job.defaults.guard : known->guard;
        printWaived(out, {table.target, table.toTarget.deletes, table.targetRows, table.sidesChanged}, guard);
        const qint64 sourceRows = table.targetRows < 0 ? -1 : table.rowsRead - table.targetRows; // both were read
        printWaived(out, {table.source, table.toSource.deletes, sourceRows, table.sidesChanged}, guard);
    }
}

class Run final : public Command
{
public:
    CommandSpec spec() const override
    {
        return {u"run"_s,
                {u"JOB"_s},
                0,
                pairOptions()
                    + QList<OptionSpec>{{u"--full"_s, {}},
                                        {u"--plan"_s, u"FILE"_s},
                                        {u"--allow-deletes"_s, u"N"_s},
                                        {u"--yes"_s, {}},
                                        {u"--trust"_s, {}}}};
    }
    QString summary() const override
    {
        return Cli::tr("finds what differs and writes it: to the target, or both ways");
    }
    Result<int> run(CommandContext &context, const Arguments &arguments) override
    {
        TRY_ASSIGN(const RunOptions options, readOptions(arguments));
        TRY_ASSIGN(const JobSettings job, context.job(arguments, true));
        TRY_ASSIGN(Runner *const runner, context.runner());
        ProgressBoard board;
        RunReport report;
        {
            const ProgressDisplay display(board, context.clock(), Output::errorsAreSeen() && !context.out().isQuiet());
            report = runner->run(job, options, context.cancellation(), board);
        }
        if (isBeforeRun(report))
            return fail(*report.error);
        if (options.yes)
            printWaived(context.out(), job, report);
        TRY_ASSIGN(Journal *const journal, context.journal());
        TRY_ASSIGN(const QJsonObject document, wording::runJson(*journal, report));
        TRY(show(context, report, document, job.mode == Mode::TwoWay));
        if (countsAsReview(report) && !job.file.isEmpty()) {
            const auto by = options.planFile.isEmpty() ? ReviewedBy::Run : ReviewedBy::Preview;
            TRY(keepReview(*journal, job, by, report.run, context.clock().nowUs()));
        }
        TRY(followRun(context, job, report, document, arguments.has(u"--trust"_s)));
        return report.exitCode();
    }

private:
    static Result<void> show(CommandContext &context, const RunReport &report, const QJsonObject &document, bool twoWay)
    {
        TRY_ASSIGN(Journal *const journal, context.journal());
        context.out().document(document);
        printTables(context.out(), report, twoWay);
        TRY(printLeftRows(context.out(), *journal, report));
        printOutcome(context.out(), report, wording::outcome(report));
        return {};
    }

    static Result<RunOptions> readOptions(const Arguments &arguments)
    {
        RunOptions options;
        options.full = arguments.has(u"--full"_s);
        options.yes = arguments.has(u"--yes"_s);
        if (arguments.has(u"--plan"_s)) {
            options.planFile = QFileInfo(arguments.value(u"--plan"_s)).absoluteFilePath();
            if (options.full)
                return fail(arguments.usage().with(Fact::Option, u"--plan"_s).with(Fact::Found, u"--full"_s));
            if (!QFileInfo::exists(options.planFile))
                return fail(Error{ErrorCode::FileNotFound, {}, {}}.with(Fact::File, options.planFile));
            const auto plan = PlanReader::open(options.planFile);
            if (!plan
                && (plan.error().code == ErrorCode::DatabaseDamaged || plan.error().code == ErrorCode::NotADatabase))
                return fail(arguments.usage()
                                .with(Fact::Option, u"--plan"_s)
                                .with(Fact::Value, arguments.value(u"--plan"_s))
                                .with(Fact::Expected, u"plan-file"_s));
        }
        if (arguments.has(u"--allow-deletes"_s)) {
            const QString text = arguments.value(u"--allow-deletes"_s);
            bool isNumber = false;
            const qint64 count = text.toLongLong(&isNumber);
            if (!isNumber || count < 0 || text.startsWith(u'+'))
                return fail(arguments.usage()
                                .with(Fact::Option, u"--allow-deletes"_s)
                                .with(Fact::Value, text)
                                .with(Fact::Expected, u"integer"_s));
            options.allowDeletes = count;
        }
        return options;
    }
};

class Verify final : public Command
{
public:
    CommandSpec spec() const override { return {u"verify"_s, {u"JOB"_s}, 1, {}}; }
    QString summary() const override { return Cli::tr("proves both sides equal, or says where not"); }
    Result<int> run(CommandContext &context, const Arguments &arguments) override
    {
        TRY_ASSIGN(const JobSettings job, context.job(arguments, false));
        TRY_ASSIGN(Runner *const runner, context.runner());
        ProgressBoard board;
        RunReport report;
        {
            const ProgressDisplay display(board, context.clock(), Output::errorsAreSeen() && !context.out().isQuiet());
            report = runner->verify(job, context.cancellation(), board);
        }
        if (isBeforeRun(report))
            return fail(*report.error);
        context.out().document(wording::reportJson(report));
        printReport(context.out(), report, outcome(report));
        return report.exitCode();
    }

private:
    static QString outcome(const RunReport &report)
    {
        if (report.state == RunState::NeedsAttention)
            return Cli::tr("%Ln row(s) differ.", nullptr,
                           static_cast<int>(qMin<qint64>(report.totals().total(), 2'000'000'000)));
        if (report.state == RunState::Completed)
            return Cli::tr("Both sides are equal.");
        if (report.state == RunState::Cancelled)
            return wording::message(Error{ErrorCode::Cancelled, {}, {}}).what;
        // A report of verify counts differences, not what was written.
        for (const TableReport &table : report.tables) {
            if (table.error)
                return wording::message(*table.error).what;
        }
        return report.error ? wording::message(*report.error).what : QString();
    }
};

} // namespace

void addRunCommands(Commands &commands)
{
    commands.push_back(std::make_unique<Run>());
    commands.push_back(std::make_unique<Verify>());
}

} // namespace tidemark::cli
