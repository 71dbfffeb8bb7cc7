// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"

#include <QJsonArray>

#include "app/wording/wording.h"

namespace tidemark::cli {

using namespace Qt::StringLiterals;

namespace {

// "values-may-not-fit"
QString noteName(MappingNote::Kind kind)
{
    switch (kind) {
    case MappingNote::Kind::SourceColumnUnmatched:
        return u"source-column-unmatched"_s;
    case MappingNote::Kind::TargetColumnUnmatched:
        return u"target-column-unmatched"_s;
    case MappingNote::Kind::TargetColumnGenerated:
        return u"target-column-generated"_s;
    case MappingNote::Kind::RequiredTargetColumnMissing:
        return u"required-target-column-missing"_s;
    case MappingNote::Kind::ValuesMayNotFit:
        return u"values-may-not-fit"_s;
    case MappingNote::Kind::FractionFloored:
        return u"fraction-floored"_s;
    case MappingNote::Kind::FloatNarrowed:
        return u"float-narrowed"_s;
    case MappingNote::Kind::TravelsAsText:
        return u"travels-as-text"_s;
    case MappingNote::Kind::ZonelessComparedAsWritten:
        return u"zoneless-compared-as-written"_s;
    case MappingNote::Kind::CollationEquates:
        return u"collation-equates"_s;
    case MappingNote::Kind::KeyNotIndexedInOrder:
        return u"key-not-indexed-in-order"_s;
    }
    return {};
}

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
            printItem(context.out(), item);
        }
        if (job.schedule)
            context.out().line(levelText(CheckItem::Level::Note) + u' '
                               + Cli::tr("It runs by itself only while Tidemark is open, or tidemark-cli watch runs."));
        context.out().document({{u"job"_s, job.name}, {u"id"_s, job.id}, {u"ok"_s, !hasProblems}, {u"items"_s, list}});
        context.out().line(hasProblems ? Cli::tr("This job cannot run as it is.") : Cli::tr("This job can run."));
        return hasProblems ? 4 : 0;
    }

private:
    static constexpr qint64 shownEdges = 8; // of a table

    static void printItem(Output &out, const CheckItem &item)
    {
        CheckItem head = item;
        QStringList statements = item.finding ? item.finding->mend : QStringList();
        if (item.code.startsWith("creates-"_L1))
            statements = {std::exchange(head.detail, {})};
        out.line(levelText(item.level) + u' ' + wording::checkItem(head).trimmed());
        for (const QString &sql : std::as_const(statements)) {
            const QStringList lines = QString(sql + u';').split(u'\n');
            for (const QString &line : lines)
                out.line(u"    "_s + wording::safeText(line, 4096));
        }
    }

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

} // namespace

void addJobCheckCommand(Commands &commands) { commands.push_back(std::make_unique<JobCheck>()); }

} // namespace tidemark::cli
