// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"

#include <QJsonDocument>

#include "app/cli/conflicttext.h"
#include "app/wording/wording.h"
#include "core/journal/conflictrows.h"

namespace tidemark::cli {

using namespace Qt::StringLiterals;

namespace {

int amount(qint64 count) { return static_cast<int>(qMin<qint64>(count, 2'000'000'000)); }

QByteArray compact(const QJsonObject &object) { return QJsonDocument(object).toJson(QJsonDocument::Compact); }

class Conflicts final : public Command
{
public:
    CommandSpec spec() const override
    {
        return {u"conflicts"_s, {u"JOB"_s}, 1, {{u"--table"_s, u"T"_s}, {u"--skipped"_s, {}}}};
    }
    QString summary() const override { return Cli::tr("lists the rows that wait for a decision"); }
    Result<int> run(CommandContext &context, const Arguments &arguments) override
    {
        TRY_ASSIGN(const JobSettings job, context.namedJob(arguments, false));
        TRY(checkTable(arguments, job));
        TRY_ASSIGN(Journal *const journal, context.journal());
        QList<ConflictState> states{ConflictState::Open, ConflictState::Answered};
        if (arguments.has(u"--skipped"_s))
            states.append(ConflictState::Skipped);
        Output &out = context.out();
        ConflictTables tables(*journal, job.id);
        qint64 open = 0, answered = 0, shown = 0;
        if (out.isJson()) { // written as it is read: there may be a million
            QByteArray head = compact({{u"id"_s, job.id.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(job.id)},
                                       {u"job"_s, job.name}});
            head.chop(1);
            out.raw(head + ",\"conflicts\":[");
        }
        TRY(eachConflict(*journal, job.id, states, [&](const Conflict &conflict) -> Result<void> {
            if (!isOfTable(conflict, arguments.value(u"--table"_s)))
                return {};
            TRY_ASSIGN(const PlanTable *const table, tables.of(conflict.table));
            if (out.isJson())
                out.raw((shown == 0 ? "" : ",") + compact(conflictDocument(conflict, table)));
            printConflict(out, conflict, table);
            ++shown;
            open += conflict.state == ConflictState::Open ? 1 : 0;
            answered += conflict.state == ConflictState::Answered ? 1 : 0;
            return {};
        }));
        if (out.isJson())
            out.raw("]}\n");
        printEnd(out, open, answered);
        return 0;
    }

private:
    static void printEnd(Output &out, qint64 open, qint64 answered)
    {
        if (answered > 0)
            out.line(Cli::tr("%Ln conflict(s) answered; the next run writes them.", nullptr, amount(answered)));
        if (open == 0) {
            out.line(Cli::tr("No conflict is open."));
            return;
        }
        out.line(Cli::tr("%Ln conflict(s) open.", nullptr, amount(open)));
        out.line(Cli::tr("Decide one with tidemark-cli resolve JOB --id N --take source, target or skip."));
    }
};

} // namespace

void addConflictsCommand(Commands &commands) { commands.push_back(std::make_unique<Conflicts>()); }

} // namespace tidemark::cli
