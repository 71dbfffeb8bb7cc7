// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocale>

#include "app/cli/command.h"
#include "app/cli/keyoption.h"
#include "app/cli/progressdisplay.h"
#include "app/cli/reporttext.h"
#include "app/wording/leftrows.h"
#include "app/wording/wording.h"
#include "core/apply/guard.h"
#include "core/journal/undofile.h"
#include "core/run/undorun.h"

namespace tidemark::cli {

using namespace Qt::StringLiterals;

namespace {

int amount(qint64 count) { return static_cast<int>(qMin<qint64>(count, 2'000'000'000)); }

// The job that ran: by its id in the workspace, else by the file that it was read from, else as the run kept it.
Result<JobSettings> jobOf(CommandContext &context, const QString &run)
{
    TRY_ASSIGN(Journal *const journal, context.journal());
    TRY_ASSIGN(const Workspace folder, context.workspace());
    TRY_ASSIGN(const auto report, journal->findRun(run));
    std::optional<UndoHead> head;
    if (const QString file = undoFile(journal->undoFolder(), run); !run.contains(u'/') && QFileInfo::exists(file)) {
        TRY_ASSIGN(const auto reader, UndoReader::open(file));
        head = reader->head();
    }
    if (!report && !head)
        return fail(Error{ErrorCode::NoSuchRun, {{Fact::Run, run}}, {}});
    const QString id = head ? head->jobId : report->jobId;
    TRY_ASSIGN(const auto entries, folder.jobs());
    for (const Workspace::JobEntry &entry : entries) {
        auto job = folder.job(entry.name);
        if (job && job->id == id)
            return job;
    }
    if (head && !head->jobJson.isEmpty())
        return jobFromJson(QJsonDocument::fromJson(head->jobJson).object(), {}, folder);
    if (head && QFileInfo::exists(head->jobFile)) {
        TRY_ASSIGN(JobSettings job, folder.job(head->jobFile));
        if (job.id == id)
            return job;
    }
    if (!head && report->totals().total() > 0)
        return fail(Error{ErrorCode::UndoMissing, {{Fact::Run, run}}, {}});
    if (!head) { // it wrote nothing: its name is all that is asked for
        JobSettings job;
        job.id = report->jobId;
        job.name = report->job;
        return job;
    }
    return fail(Error{ErrorCode::NoSuchJob, {{Fact::Job, head->job}}, {}});
}

class Undo final : public Command
{
public:
    CommandSpec spec() const override
    {
        return {u"undo"_s,
                {u"RUN"_s},
                1,
                {{u"--table"_s, u"T"_s, true},
                 {u"--key"_s, u"COL=VALUE"_s, true},
                 {u"--allow-deletes"_s, u"N"_s},
                 {u"--yes"_s, {}}}};
    }
    QString summary() const override { return Cli::tr("takes back what a run wrote, but no row that changed since"); }
    Result<int> run(CommandContext &context, const Arguments &arguments) override
    {
        UndoRequest request;
        request.run = arguments.at(0);
        request.tables = arguments.values(u"--table"_s);
        request.yes = arguments.has(u"--yes"_s);
        TRY_ASSIGN(request.key, readKey(arguments));
        TRY_ASSIGN(request.allowDeletes, readAllowedDeletes(arguments));
        TRY_ASSIGN(const JobSettings job, jobOf(context, request.run));
        TRY_ASSIGN(Journal *const journal, context.journal());
        ProgressBoard board;
        UndoOutcome outcome;
        {
            const ProgressDisplay display(board, context.clock(), Output::errorsAreSeen() && !context.out().isQuiet());
            outcome =
                undoRun(context.connector(), *journal, context.clock(), job, request, context.cancellation(), board);
        }
        if (outcome.report.error && outcome.report.tables.isEmpty())
            return fail(*outcome.report.error);
        if (request.yes)
            printWaived(context.out(), job, outcome);
        TRY(show(context.out(), *journal, job, outcome));
        return outcome.report.exitCode();
    }

private:
    static const JobTable *tableOf(const JobSettings &job, const QString &source)
    {
        const auto known = std::find_if(job.tables.begin(), job.tables.end(),
                                        [&](const JobTable &one) { return one.source.display() == source; });
        return known == job.tables.end() ? &job.defaults : &*known;
    }

    static void printWaived(Output &out, const JobSettings &job, const UndoOutcome &outcome)
    {
        for (const UndoneTable &table : outcome.tables) {
            const bool atSource = table.written == JobSide::Source;
            const auto report = std::find_if(outcome.report.tables.begin(), outcome.report.tables.end(),
                                             [&](const TableReport &one) { return one.source == table.source; });
            if (report == outcome.report.tables.end())
                continue;
            const qint64 deletes = atSource ? report->toSource.deletes : report->toTarget.deletes;
            if (needsApproval(deletes, table.rowsThere, tableOf(job, table.source)->guard))
                out.note(Cli::tr("%1: --yes waived the guard: %Ln row(s) deleted.", nullptr, amount(deletes))
                             .arg(wording::safeText(atSource ? table.source : table.target)));
        }
    }

    // What the next run makes of the rows put back.
    static void printNext(Output &out, const JobSettings &job, const UndoOutcome &outcome)
    {
        bool comesBack = false;
        bool isEdit = false;
        qint64 asked = 0;
        qint64 decided = 0;
        qint64 moved = 0;
        for (const UndoneTable &table : outcome.tables) {
            moved += table.asked;
            comesBack = comesBack || table.comesBack;
            isEdit = isEdit || table.isEdit;
            const bool asks = tableOf(job, table.source)->conflicts.policy == ConflictPolicy::Ask;
            (asks ? asked : decided) += table.contested;
        }
        if (comesBack && job.mode == Mode::TwoWay)
            out.line(Cli::tr("What was last synced is not known: the job's next run writes to each side what only the "
                             "other one has."));
        else if (comesBack)
            out.line(Cli::tr("The job's next run writes again what the source says."));
        if (asked > 0)
            out.line(Cli::tr("The sides differ again in %Ln row(s) put back; the job's next run asks about them.",
                             nullptr, amount(asked)));
        if (decided > 0)
            out.line(Cli::tr("The sides differ again in %Ln row(s) put back; at the next run the job's conflict policy "
                             "decides anew.",
                             nullptr, amount(decided)));
        if (moved > 0)
            out.line(Cli::tr("The job's next run asks about %Ln row(s) that changed since.", nullptr, amount(moved)));
        if (isEdit)
            out.line(Cli::tr("What was brought back counts as an edit: the job's next run takes it to the other "
                             "side."));
    }

    static Result<void> show(Output &out, Journal &journal, const JobSettings &job, const UndoOutcome &outcome)
    {
        const RunReport &report = outcome.report;
        TRY_ASSIGN(QJsonObject document, wording::runJson(journal, report));
        document.insert(u"undoes"_s, report.undoes);
        QJsonArray tables;
        for (const UndoneTable &table : outcome.tables) {
            tables.append(QJsonObject{{u"source"_s, table.source},
                                      {u"target"_s, table.target},
                                      {u"written"_s, table.written == JobSide::Source ? u"source"_s : u"target"_s},
                                      {u"asBefore"_s, table.asBefore},
                                      {u"lostColumns"_s, QJsonArray::fromStringList(table.lostColumns)},
                                      {u"comesBack"_s, table.comesBack},
                                      {u"contested"_s, table.contested},
                                      {u"asked"_s, table.asked},
                                      {u"isEdit"_s, table.isEdit}});
        }
        document.insert(u"undone"_s, tables);
        if (report.run.isEmpty()) // no run was made
            document.insert(u"run"_s, QJsonValue::Null);
        out.document(document);
        if (report.run.isEmpty()) {
            out.line(Cli::tr("The run %1 wrote nothing: there is nothing to undo.").arg(report.undoes));
            return {};
        }
        printTables(out, report);
        TRY(printLeftRows(out, journal, report));
        printTold(out, job, outcome);
        printOutcome(out, report, wording::outcome(report));
        return {};
    }

    static void printTold(Output &out, const JobSettings &job, const UndoOutcome &outcome)
    {
        for (const UndoneTable &table : outcome.tables) {
            const QString name = wording::safeText(table.written == JobSide::Source ? table.source : table.target);
            if (table.asBefore > 0)
                out.line(
                    Cli::tr("%1: %Ln row(s) are as they were before the run already.", nullptr, amount(table.asBefore))
                        .arg(name));
            if (!table.lostColumns.isEmpty())
                out.line(Cli::tr("%1: rows put back have the defaults in %2, which the job does not sync.")
                             .arg(name, wording::safeText(table.lostColumns.join(u", "_s), 200)));
        }
        printNext(out, job, outcome);
        out.line(Cli::tr("This undo is the run %1, and can be undone likewise.").arg(outcome.report.run));
    }
};

} // namespace

void addUndoCommand(Commands &commands) { commands.push_back(std::make_unique<Undo>()); }

} // namespace tidemark::cli
