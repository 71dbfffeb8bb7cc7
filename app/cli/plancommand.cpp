// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"

#include <algorithm>

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QUuid>

#include "app/cli/progressdisplay.h"
#include "app/cli/reporttext.h"
#include "app/wording/reportjson.h"
#include "app/wording/wording.h"
#include "core/journal/planrowjson.h"
#include "core/run/sqlscript.h"

namespace tidemark::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 pageRows = 1000;

template <typename Visit> Result<void> eachRow(PlanReader &plan, int table, const Visit &visit)
{
    for (qint64 offset = 0;; offset += pageRows) {
        TRY_ASSIGN(const QList<PlanRow> rows, plan.rows(table, {}, offset, pageRows));
        for (const PlanRow &row : rows)
            visit(row);
        if (rows.size() < pageRows)
            return {};
    }
}

QByteArray compact(const QJsonObject &object) { return QJsonDocument(object).toJson(QJsonDocument::Compact); }

QJsonObject rowJson(const PlanTable &table, const std::shared_ptr<const RowLayout> &layout, const PlanRow &row)
{
    const auto chain = [](const QByteArray &bytes) {
        return std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size()));
    };
    return planRowToJson(table, layout,
                         {row.place, row.number, row.decision, row.reason, chain(row.source), chain(row.target),
                          chain(row.base), chain(row.mergedSource), chain(row.mergedTarget), row.included});
}

// The one document with the rows in it, written as it is read: a plan may have a million.
Result<void> writeDocumentWithRows(Output &out, const RunReport &report, PlanReader &plan)
{
    QJsonObject document = wording::reportJson(report);
    const QJsonArray tables = document.take("tables"_L1).toArray();
    TRY_ASSIGN(const QList<PlanTable> planned, plan.tables());
    QByteArray head = compact(document);
    head.chop(1);
    out.raw(head + ",\"tables\":[");
    for (int i = 0; i < tables.size(); ++i) {
        QByteArray table = compact(tables[i].toObject());
        table.chop(1);
        out.raw((i > 0 ? "," : "") + table + ",\"rows\":[");
        bool isFirst = true;
        if (i < planned.size()) {
            const auto layout = planned[i].layout();
            TRY(eachRow(plan, i, [&](const PlanRow &row) {
                out.raw((isFirst ? "" : ",") + compact(rowJson(planned[i], layout, row)));
                isFirst = false;
            }));
        }
        out.raw("]}");
    }
    out.raw("]}\n");
    return {};
}

// JSON Lines: a row a line, each with its table; the report without rows is the last.
Result<void> streamRows(Output &out, const RunReport &report, PlanReader &plan)
{
    TRY_ASSIGN(const QList<PlanTable> planned, plan.tables());
    for (int i = 0; i < planned.size(); ++i) {
        const auto layout = planned[i].layout();
        TRY(eachRow(plan, i, [&](const PlanRow &row) {
            QJsonObject object = rowJson(planned[i], layout, row);
            object.insert(u"table"_s, planned[i].report.source);
            out.raw(compact(object) + '\n');
        }));
    }
    out.raw(compact(wording::reportJson(report)) + '\n');
    return {};
}

Result<void> printRows(Output &out, PlanReader &plan)
{
    TRY_ASSIGN(const QList<PlanTable> planned, plan.tables());
    for (int i = 0; i < planned.size(); ++i) {
        const auto layout = planned[i].layout();
        TRY(eachRow(plan, i, [&](const PlanRow &row) { out.line(rowText(planned[i], *layout, row)); }));
    }
    return {};
}

class Plan final : public Command
{
public:
    CommandSpec spec() const override
    {
        return {u"plan"_s,
                {u"JOB"_s},
                0,
                pairOptions()
                    + QList<OptionSpec>{{u"--full"_s, {}},
                                        {u"--sql"_s, u"FILE"_s},
                                        {u"--rows"_s, {}},
                                        {u"--rows-stream"_s, {}},
                                        {u"--save"_s, u"FILE"_s},
                                        {u"--exit-code"_s, {}}}};
    }
    QString summary() const override { return Cli::tr("compares and says what a run would change; writes nothing"); }

    Result<int> run(CommandContext &context, const Arguments &arguments) override
    {
        TRY(checkOptions(context, arguments));
        // A kept plan belongs to a job by its id; one that is thrown away needs none.
        TRY_ASSIGN(JobSettings job, context.job(arguments, arguments.has(u"--save"_s)));
        if (job.mode == Mode::TwoWay && arguments.has(u"--sql"_s)) // a script is for one side
            return fail(Error{ErrorCode::NotAvailable, {}, {}}.with(Fact::Option, u"--sql"_s));
        if (job.id.isEmpty())
            job.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
        TRY_ASSIGN(const Workspace folder, context.workspace());
        const QTemporaryDir temporary(folder.plansFolder() + "/plan-XXXXXX"_L1);
        if (!temporary.isValid())
            return fail(
                Error{ErrorCode::FileUnwritable, {}, temporary.errorString()}.with(Fact::File, folder.plansFolder()));
        const QString file = arguments.has(u"--save"_s) ? QFileInfo(arguments.value(u"--save"_s)).absoluteFilePath()
                                                        : temporary.filePath(u"plan.db"_s);
        TRY_ASSIGN(Runner *const runner, context.runner());
        ProgressBoard board;
        RunReport report;
        {
            const ProgressDisplay display(board, context.clock(), Output::errorsAreSeen() && !context.out().isQuiet());
            RunOptions options;
            options.full = arguments.has(u"--full"_s);
            report = runner->plan(job, options, file, context.cancellation(), board);
        }
        if (report.error && report.tables.isEmpty() && report.state == RunState::Failed)
            return fail(*report.error);
        TRY(show(context, arguments, job, report, file));
        const int code = report.exitCode();
        const bool wouldChange = report.state == RunState::Planned && (report.totals().total() > 0 || asks(report));
        return code == 0 && wouldChange && arguments.has(u"--exit-code"_s) ? 1 : code;
    }

private:
    static bool asks(const RunReport &report)
    {
        return std::any_of(report.tables.begin(), report.tables.end(),
                           [](const TableReport &table) { return table.conflicts > 0; });
    }

    static bool printsScript(const Arguments &arguments) { return arguments.value(u"--sql"_s) == "-"_L1; }

    static Result<void> checkOptions(CommandContext &context, const Arguments &arguments)
    {
        for (const QString &option : {u"--save"_s, u"--sql"_s}) {
            const QString file = arguments.value(option);
            const bool isOutput = file == "-"_L1;
            if (isOutput ? option == "--save"_L1 : QFileInfo::exists(file))
                return fail(arguments.usage()
                                .with(Fact::Option, option)
                                .with(Fact::Value, file)
                                .with(Fact::Expected, u"new-file"_s));
        }
        // Each wants standard output for itself.
        QStringList wanted;
        for (const QString &option : {u"--rows"_s, u"--rows-stream"_s}) {
            if (arguments.has(option))
                wanted.append(option);
        }
        if (printsScript(arguments)) {
            if (context.out().isJson())
                wanted.append(u"--json"_s);
            wanted.append(u"--sql -"_s);
        }
        if (wanted.size() > 1)
            return fail(arguments.usage().with(Fact::Option, wanted[0]).with(Fact::Found, wanted[1]));
        return {};
    }

    static Result<void> writeScript(CommandContext &context, const Arguments &arguments, const JobSettings &job,
                                    PlanReader &plan)
    {
        SqlScript script(context.connector(), job, context.cancellation());
        SqlScript::Options options;
        options.title = wording::safeText(plan.head().source) + u" → "_s + wording::safeText(plan.head().target);
        if (!printsScript(arguments))
            return script.write(plan, arguments.value(u"--sql"_s), std::move(options));
        const QTemporaryDir folder; // a script that fails half-way must not be piped into a database
        const QString file = folder.filePath(u"script.sql"_s);
        TRY(script.write(plan, file, std::move(options)));
        QFile written(file);
        if (!written.open(QIODevice::ReadOnly))
            return fail(Error{ErrorCode::FileUnreadable, {}, written.errorString()}.with(Fact::File, file));
        while (!written.atEnd())
            context.out().raw(written.read(1 << 20));
        return {};
    }

    static Result<void> show(CommandContext &context, const Arguments &arguments, const JobSettings &job,
                             const RunReport &report, const QString &file)
    {
        Output &out = context.out();
        const bool needsRows =
            arguments.has(u"--rows"_s) || arguments.has(u"--rows-stream"_s) || arguments.has(u"--sql"_s);
        if (printsScript(arguments) && report.state != RunState::Planned) {
            for (const TableReport &table : report.tables) {
                if (table.error)
                    out.note(wording::oneLine(*table.error));
            }
            out.note(wording::outcome(report));
            return {};
        }
        if (!needsRows || report.state != RunState::Planned) {
            out.document(wording::reportJson(report));
            printReport(out, report, wording::outcome(report), job.mode == Mode::TwoWay);
            return {};
        }
        TRY_ASSIGN(const auto plan, PlanReader::open(file));
        if (arguments.has(u"--sql"_s))
            TRY(writeScript(context, arguments, job, *plan));
        if (printsScript(arguments)) {
            out.note(wording::outcome(report));
            return {};
        }
        if (arguments.has(u"--rows-stream"_s))
            return streamRows(out, report, *plan);
        if (out.isJson() && arguments.has(u"--rows"_s))
            return writeDocumentWithRows(out, report, *plan);
        if (arguments.has(u"--rows"_s))
            TRY(printRows(out, *plan));
        out.document(wording::reportJson(report));
        printReport(out, report, wording::outcome(report), job.mode == Mode::TwoWay);
        return {};
    }
};

} // namespace

void addPlanCommand(Commands &commands) { commands.push_back(std::make_unique<Plan>()); }

} // namespace tidemark::cli
