// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/rowhistorytext.h"

#include <QDateTime>
#include <QJsonArray>

#include "app/cli/command.h"
#include "app/cli/reporttext.h"
#include "app/wording/decidedby.h"
#include "app/wording/wording.h"
#include "core/journal/planrowjson.h"

namespace tidemark::cli {

using namespace Qt::StringLiterals;

namespace {

PlanTable planTable(const RowChange &change)
{
    PlanTable table;
    table.report.source = table.report.target = change.table;
    table.columns = change.columns;
    table.keyCount = change.layout->keyCount;
    table.comparedCount = change.layout->comparedCount;
    return table;
}

QString reasonText(const RowChange &change)
{
    switch (change.reason) {
    case Reason::MissingAtTarget:
        return Cli::tr("the target lacked it");
    case Reason::CellsDiffer:
        return Cli::tr("the source had other values");
    case Reason::MissingAtSource:
        return Cli::tr("the source lacked it");
    case Reason::LeftFilter:
        return Cli::tr("it had left the filter");
    case Reason::ChangedAtSource:
        return Cli::tr("the source had changed it");
    case Reason::ChangedAtTarget:
        return Cli::tr("the target had changed it");
    case Reason::DeletedAtSource:
        return Cli::tr("the source had deleted it");
    case Reason::DeletedAtTarget:
        return Cli::tr("the target had deleted it");
    case Reason::ChangedAtBoth:
        return Cli::tr("both sides had changed it");
    case Reason::InsertedAtBoth:
        return Cli::tr("both sides had inserted it");
    case Reason::DeletedAndChanged:
        return Cli::tr("one side had deleted it, the other changed it");
    case Reason::NoBase:
        return Cli::tr("the sides differed when they first met");
    case Reason::None:
        break;
    }
    return {};
}

QString ruleText(const RowChange &change)
{
    if (!change.undoes.isEmpty())
        return Cli::tr("undo of %1").arg(change.undoes);
    const QString reason = reasonText(change);
    const QString decided = wording::decidedBy(change);
    if (!decided.isEmpty())
        return Cli::tr("%1; %2", "why a row was written; and what decided it").arg(reason, decided);
    return isContested(change.reason)
        ? Cli::tr("%1, and the policy or a person decided", "why a row was written").arg(reason)
        : reason;
}

QString rowLine(const RowChange &change, const QMap<QString, QString> &key)
{
    PlanRow row;
    row.decision = change.entry.decision;
    row.source = change.entry.after;
    row.target = change.entry.before;
    const QString text = rowText(planTable(change), *change.layout, row);
    if (!text.isEmpty())
        return text;
    QStringList parts;
    for (auto part = key.cbegin(); part != key.cend(); ++part)
        parts += wording::safeText(part.key() + u" = "_s + part.value());
    const QString sign = row.decision == Decision::InsertTarget ? u"+"_s
        : row.decision == Decision::UpdateTarget                ? u"~"_s
                                                                : u"−"_s;
    return sign + u' ' + wording::safeText(change.table) + u" ("_s + parts.join(u", "_s) + u')';
}

// What lost can be brought back.
QString remedy(const RowChange &change, const QMap<QString, QString> &key)
{
    const auto quoted = [](QString text) -> QString { return u'\'' + text.replace(u'\'', "'\\''"_L1) + u'\''; };
    QStringList parts;
    for (auto part = key.cbegin(); part != key.cend(); ++part)
        parts += u"--key "_s + quoted(part.key() + u'=' + part.value());
    const QString command =
        u"tidemark-cli undo %1 --table %2 %3"_s.arg(change.run, quoted(change.table), parts.join(u' '));
    return Cli::tr("What stood there before has lost; this brings it back: %1").arg(wording::safeText(command, 400));
}

void printChange(Output &out, const RowChange &change, const QMap<QString, QString> &key)
{
    const QString at = QDateTime::fromMSecsSinceEpoch(change.startedUs / 1000).toString(u"yyyy-MM-dd HH:mm:ss"_s);
    const QString head = at + u"  "_s + change.run;
    if (change.filledTable) {
        out.line(head);
        out.line(u"    "_s
                 + Cli::tr("The run filled the empty table %1; it may have brought the row.")
                       .arg(wording::safeText(change.table)));
        return;
    }
    const QString rule = ruleText(change);
    out.line(rule.isEmpty() ? head : Cli::tr("%1: %2", "a run and why it wrote a row").arg(head, rule));
    const QString line = rowLine(change, key);
    out.line(u"    "_s
             + (change.written == JobSide::Source ? Cli::tr("%1 – at the source", "a row that was written").arg(line)
                                                  : line));
    if (isContested(change.reason) && change.undoneBy.isEmpty() && change.undoes.isEmpty())
        out.line(u"    "_s + remedy(change, key));
    if (!change.entry.valuesKept)
        out.line(u"    "_s + Cli::tr("The job keeps fingerprints alone: the values are not known."));
    if (change.entry.inDoubt)
        out.line(u"    "_s + Cli::tr("The run was cut off: whether this was written, undo finds out."));
    if (!change.undoneBy.isEmpty())
        out.line(u"    "_s + Cli::tr("Undone by %1.").arg(change.undoneBy));
}

QJsonValue orNull(const QString &text) { return text.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(text); }

QJsonObject changeJson(const RowChange &change)
{
    QJsonObject object{
        {u"run"_s, change.run},
        {u"at"_s, QDateTime::fromMSecsSinceEpoch(change.startedUs / 1000, Qt::UTC).toString(Qt::ISODateWithMs)},
        {u"table"_s, change.table},
        {u"undoes"_s, orNull(change.undoes)},
        {u"undoneBy"_s, orNull(change.undoneBy)}};
    if (change.filledTable) {
        object.insert(u"decision"_s, u"fill-table"_s);
        return object;
    }
    const UndoEntry &entry = change.entry;
    object.insert(u"written"_s, change.written == JobSide::Source ? u"source"_s : u"target"_s);
    object.insert(u"decision"_s, decisionName(change.decision));
    object.insert(u"reason"_s, orNull(reasonName(change.reason)));
    object.insert(u"contested"_s, isContested(change.reason));
    if (const QJsonValue decided = wording::decidedByJson(change); !decided.isUndefined())
        object.insert(u"decidedBy"_s, decided);
    object.insert(u"inDoubt"_s, entry.inDoubt);
    const auto view = [](const QByteArray &bytes) {
        return std::string_view(bytes.constData(), std::size_t(bytes.size()));
    };
    PlanRowRef row;
    row.decision = entry.decision;
    row.source = view(entry.after);
    row.target = view(entry.before);
    const QJsonObject pictures = planRowToJson(planTable(change), change.layout, row);
    if (!entry.before.isEmpty() || entry.decision == Decision::InsertTarget)
        object.insert(u"before"_s, pictures.value("target"_L1));
    if (!entry.after.isEmpty() || entry.decision == Decision::DeleteTarget)
        object.insert(u"after"_s, pictures.value("source"_L1));
    return object;
}

} // namespace

void printRowHistory(Output &out, const JobSettings &job, const QMap<QString, QString> &key, const RowHistory &history)
{
    QJsonArray changes;
    for (const RowChange &change : history.changes)
        changes.append(changeJson(change));
    QJsonObject keyJson;
    for (auto part = key.cbegin(); part != key.cend(); ++part)
        keyJson.insert(part.key(), part.value());
    out.document({{u"job"_s, job.name},
                  {u"key"_s, keyJson},
                  {u"changes"_s, changes},
                  {u"damaged"_s, QJsonArray::fromStringList(history.damaged)}});
    for (const QString &file : history.damaged)
        out.note(Cli::tr("%1 is damaged and left out.").arg(wording::safeText(file, 4096)));
    for (const RowChange &change : history.changes)
        printChange(out, change, key);
    if (!history.changes.isEmpty())
        return;
    out.line(history.runsRead == 0 ? Cli::tr("Of this job's runs nothing is kept: none wrote a row, or undo.days and "
                                             "undo.bytes let go of it.")
                                   : Cli::tr("No run that is still kept wrote this row."));
}

} // namespace tidemark::cli
